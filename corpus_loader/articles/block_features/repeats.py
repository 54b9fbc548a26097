# cython: boundscheck=False, wraparound=False
"""Lines that a page prints more than once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus_loader.articles.block_features.rows import Rows

__all__ = ["REPEAT_NAMES", "fill_repeats"]

REPEAT_NAMES = ("copies", "copy", "twin")

#: More copies of a line are not counted, nor more before it.
_COPIES, _BEFORE = 4, 3


def fill_repeats(texts: Sequence[str], rows: Rows, row: int) -> None:
    """Write how often the page has each line, how often before it, and whether the line beside it is the same.

    Args:
        texts: the lines.
        rows: the table.
        row: the row of the first of the features.

    """
    places: dict[str, int] = {}
    firsts, copies = np.zeros((2, len(texts)), np.intp)
    for i in range(rows.shape[1]):
        first = firsts[i] = places.setdefault(texts[i], i)
        rows[row + 1, i] = min(copies[first], _BEFORE)
        rows[row + 2, i] = 0.0
        if i > 0 and firsts[i - 1] == first:
            rows[row + 2, i - 1] = rows[row + 2, i] = 1.0
        copies[first] += 1
    for i in range(rows.shape[1]):
        rows[row, i] = min(copies[firsts[i]], _COPIES)
