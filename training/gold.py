"""Block labels out of gold texts: which blocks of a page make the body that a person, or another tool, took from it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["align", "tokens"]

#: Scripts written without spaces: each character is a token.
_SPACELESS = (
    "\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
_TOKEN = re.compile(rf"[{_SPACELESS}]|[^\W{_SPACELESS}]+")
_INVISIBLE = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_GRAM = 4


def tokens(text: str) -> list[str]:
    """The text's words, or characters where words aren't spaced; invisible characters don't count."""
    return _TOKEN.findall(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)))


def align(texts: Sequence[str], gold: str) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """The share of each block that the gold body holds, 0 to 1, and the number of the block's tokens.

    A token is held if it stands in a 4-gram of the page's token stream that the gold has too: so a short subheading
    between two paragraphs counts only if the gold has it at that place. Of several copies of a passage, the gold holds
    as many as it has, taken from where the page follows the gold for longest.
    """
    stream: list[str] = []
    owner: list[int] = []
    for i, text in enumerate(texts):
        found = tokens(text)
        stream += found
        owner += [i] * len(found)
    sizes = np.bincount(owner, minlength=len(texts)) if owner else np.zeros(len(texts), np.int64)
    runs = _runs(stream, tokens(gold))
    held = np.zeros(len(stream), bool)
    taken: set[int] = set()
    for length, start, place in runs:
        fresh = [k for k in range(length) if place + k not in taken and not held[start + k]]
        if len(fresh) >= min(_GRAM, length) and len(fresh) >= length / 2:
            taken.update(place + k for k in fresh)
            held[start : start + length] = True
    share = np.bincount(owner, weights=held, minlength=len(texts)) if owner else np.zeros(len(texts))
    return (share / np.maximum(sizes, 1)).astype(np.float32), sizes


def _runs(stream: list[str], gold: list[str]) -> list[tuple[int, int, int]]:
    """Passages that the stream and the gold have in common: (length, start in stream, start in gold), longest first."""
    gram = min(_GRAM, max(len(gold), 1))
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in range(len(gold) - gram + 1):
        places[tuple(gold[j : j + gram])].append(j)
    runs = []
    open_runs: dict[int, int] = {}  # diagonal → start in stream
    for i in range(len(stream) - gram + 2):
        here = places.get(tuple(stream[i : i + gram]), []) if i <= len(stream) - gram else []
        diagonals = {j - i for j in here}
        for diagonal in [d for d in open_runs if d not in diagonals]:
            start = open_runs.pop(diagonal)
            runs.append((i - start + gram - 1, start, start + diagonal))
        for diagonal in sorted(diagonals):
            open_runs.setdefault(diagonal, i)
    return sorted(runs, key=lambda run: (-run[0], run[1]))
