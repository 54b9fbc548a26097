# cython: boundscheck=False, wraparound=False
"""The characters of one page, line after line, and what kind each of them is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.block_features.rows import Numbers
from corpus_loader.articles.character_classes import class_of_code_points

__all__ = ["Characters", "Kinds"]

#: The class of each character.
Kinds = npt.NDArray[np.uint8]


class Characters:
    """The characters of a page's lines, one line after another, with a line break after each.

    Args:
        texts: the lines.

    """

    text: str
    kinds: Kinds
    #: The places of each line's first character, and of the line break after its last.
    starts: Numbers
    ends: Numbers

    def __init__(self, texts: Sequence[str]) -> None:
        self.text = "\n".join([*texts, ""])
        self.kinds = _kinds(self.text, class_of_code_points())
        self.starts, self.ends = np.empty((2, len(texts)), np.intp)
        _divide(texts, self.starts, self.ends)


def _kinds(text: str, class_of: Kinds) -> Kinds:
    kinds = np.empty(len(text), np.uint8)
    for place, character in enumerate(text):
        kinds[place] = class_of[ord(character)]
    return kinds


def _divide(texts: Sequence[str], starts: Numbers, ends: Numbers) -> None:
    """Write where each line starts and ends."""
    place = 0
    for line, text in enumerate(texts):
        starts[line] = place
        place += len(text)
        ends[line] = place
        place += 1
