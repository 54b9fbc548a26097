# cython: boundscheck=False, wraparound=False
"""How far the nearest lines of prose are, and how dense they stand around each line: comments are thinly sown.

For pages with markup alone: in text dumps this is learned from the length of menus, and holds nowhere else.
"""

from __future__ import annotations

from corpus_loader.articles.block_features.neighbours import fill_distances
from corpus_loader.articles.block_features.rows import Rows
from corpus_loader.articles.block_features.text import TEXT_NAMES

__all__ = ["GAP_NAMES", "fill_gaps"]

#: What `fill_gaps` writes.
GAP_NAMES = ("since_prose", "until_prose", "prose_lines", "prose_lines_wide", "page_prose_lines")

_PROSE = TEXT_NAMES.index("prose")
#: A line of prose has so much of it.
_FULL = 60.0
#: Lines of prose farther away count as if they were so far.
_FAR = 40
#: So many lines each way are looked at.
_NEAR, _WIDE = 6, 18


def fill_gaps(rows: Rows, row: int) -> None:
    """Write, from that row on, how far and how dense the lines of prose are, read from the row of prose."""
    fill_distances(rows, _PROSE, _FULL, _FAR, row)
    _fill_share(rows, row + 2, _NEAR)
    _fill_share(rows, row + 3, _WIDE)
    _fill_share(rows, row + 4, rows.shape[1])


def _fill_share(rows: Rows, row: int, reach: int) -> None:
    """Write what share of the lines around each line, so many each way, are lines of prose."""
    n = rows.shape[1]
    start = end = full = 0
    for i in range(n):
        while end < min(i + reach + 1, n):
            full += rows[_PROSE, end] >= _FULL
            end += 1
        while start < i - reach:
            full -= rows[_PROSE, start] >= _FULL
            start += 1
        rows[row, i] = full / (end - start)
