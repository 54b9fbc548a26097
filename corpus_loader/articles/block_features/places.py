# cython: boundscheck=False, wraparound=False
"""Where each line stands in its page, how it compares with the page, and how much prose stands around it."""

from __future__ import annotations

import math

import numpy as np

from corpus_loader.articles.block_features.lines import LINE_NAMES
from corpus_loader.articles.block_features.rows import Amounts, Rows

__all__ = ["AROUND_NAMES", "PLACE_NAMES", "fill_around", "fill_places"]

PLACE_NAMES = (
    "from_top",
    "from_bottom",
    "place",
    "lines",
    "page_prose",
    "prose_before",
    "prose_after",
    "prose_share",
    "of_longest",
    "other_script",
    "page_capitals",
    "page_word_length",
)
#: How much less a line counts than its neighbour that is one line nearer.
_DECAYS = (0.5, 0.8, 0.92)
AROUND_NAMES = tuple(f"prose_{side}_{decay}" for decay in _DECAYS for side in ("behind", "ahead"))

_PROSE = LINE_NAMES.index("prose")
_MASS = LINE_NAMES.index("mass")
_LATIN = LINE_NAMES.index("latin")
_CAPITALS = LINE_NAMES.index("capitals")
_WORD_LENGTH = LINE_NAMES.index("word_length")

#: The weight of a line without prose in the page's averages, where a letter of prose weighs 1.
_LEAST = 1e-3
#: So many lines each way are looked at.
_REACH = 40


def fill_places(rows: Rows, row: int) -> None:
    """Write where each line stands in the page, and how it compares with the page.

    Args:
        rows: the table, with the features of lines from its first row on.
        row: the row of the first of the features.

    """
    n = rows.shape[1]
    prose = weights = longest = latin = capitals = word_length = 0.0
    for i in range(n):
        here = float(rows[_PROSE, i])
        weight = here + _LEAST
        prose += here
        weights += weight
        longest = max(longest, float(rows[_MASS, i]))
        latin += weight * float(rows[_LATIN, i])
        capitals += weight * float(rows[_CAPITALS, i])
        word_length += weight * float(rows[_WORD_LENGTH, i])
    prose, longest = max(prose, 1.0), max(longest, 1.0)
    page_prose, logarithms = math.log1p(prose), np.log1p(np.arange(n + 1))
    before = 0.0
    for i in range(n):
        here = float(rows[_PROSE, i])
        rows[row, i] = logarithms[i]
        rows[row + 1, i] = logarithms[n - 1 - i]
        rows[row + 2, i] = i / n
        rows[row + 3, i] = logarithms[n]
        rows[row + 4, i] = page_prose
        rows[row + 5, i] = before / prose
        rows[row + 6, i] = (prose - before - here) / prose
        rows[row + 7, i] = here / prose
        rows[row + 8, i] = float(rows[_MASS, i]) / longest
        rows[row + 9, i] = float(rows[_LATIN, i]) - latin / weights
        rows[row + 10, i] = capitals / weights
        rows[row + 11, i] = word_length / weights
        before += here


def fill_around(amounts: Amounts, rows: Rows, row: int) -> None:
    """Write how much stands before each line, and after its next line, which is looked at elsewhere.

    Args:
        amounts: how much each line counts.
        rows: the table.
        row: the row of the first of the features.

    """
    for decay in _DECAYS:
        _fill_faded(amounts, decay, rows, row)
        row += 2


def _fill_faded(amounts: Amounts, decay: float, rows: Rows, row: int) -> None:
    n = amounts.shape[0]
    gone = decay ** (_REACH + 1)
    behind = ahead = 0.0
    for i in range(n):
        rows[row, i] = behind
        behind = (behind + amounts[i]) * decay
        if i >= _REACH:
            behind -= amounts[i - _REACH] * gone
    rows[row + 1, n - 1] = ahead
    for i in range(n - 1, 0, -1):
        rows[row + 1, i - 1] = ahead
        ahead = (ahead + amounts[i]) * decay
        if i + _REACH < n:
            ahead -= amounts[i + _REACH] * gone
