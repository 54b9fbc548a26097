# cython: boundscheck=False, wraparound=False
"""The lines around but for those that the page prints often: `Advertisement` between any two paragraphs."""

from __future__ import annotations

import numpy as np

from corpus_loader.articles.block_features.rows import Amounts, Numbers, Rows
from corpus_loader.articles.block_features.text import TEXT_NAMES

__all__ = ["LONE_NAMES", "fill_lone"]

#: So many lone lines each way are looked at.
_NEAR = 3
_VALUES = ("first", "size", "stopped")
_OFFSETS = [offset for offset in range(-_NEAR, _NEAR + 1) if offset]
LONE_NAMES = ("lone", "lone_lines", *(f"lone_{value}{offset:+d}" for offset in _OFFSETS for value in _VALUES))

#: A line of fewer letters that a page prints so often stands between its lines as blank lines do.
_OFTEN, _SHORT = 4, 60

_MASS, _SIZE = TEXT_NAMES.index("mass"), TEXT_NAMES.index("size")
_STOPPED, _COPIES = TEXT_NAMES.index("stopped"), TEXT_NAMES.index("copies")


def fill_lone(first: Amounts, text: Rows, rows: Rows, row: int) -> None:
    """Write, from that row on, whether a line is lone, how many of the page's are, and what those around look like.

    All values of a line beyond the page are -1.

    Args:
        first: the probability that the first look gave each line.
        text: the table that has the text features from its first row on.
        rows: the table that is written to.
        row: the row of the first of the features.

    """
    n = first.shape[0]
    places = np.full(n + 2 * _NEAR, -1, np.intp)  # of the lone lines, and -1 for those before and after them
    share = _find_lone(text, places) / n
    passed = 0  # lone lines before this one
    for i in range(n):
        lone = places[_NEAR + passed] == i
        rows[row, i] = lone
        rows[row + 1, i] = share
        for k in range(_NEAR):
            _fill_values(first, text, places[passed + k], rows, row + 2 + 3 * k, i)
            _fill_values(first, text, places[passed + _NEAR + lone + k], rows, row + 2 + 3 * (_NEAR + k), i)
        passed += lone


def _find_lone(text: Rows, places: Numbers) -> int:
    """The number of lone lines, whose places are written down."""
    count = 0
    for i in range(text.shape[1]):
        if text[_COPIES, i] < _OFTEN or text[_MASS, i] >= _SHORT:
            places[_NEAR + count] = i
            count += 1
    return count


def _fill_values(first: Amounts, text: Rows, place: int, rows: Rows, row: int, i: int) -> None:
    """What the line at that place is like, written for line `i`."""
    if place < 0:
        rows[row, i] = rows[row + 1, i] = rows[row + 2, i] = -1.0
    else:
        rows[row, i] = first[place]
        rows[row + 1, i] = text[_SIZE, place]
        rows[row + 2, i] = text[_STOPPED, place]
