# cython: boundscheck=False, wraparound=False
"""How far the nearest lines likely to be body are, what stands between, and how many there are in all."""

from __future__ import annotations

from corpus_loader.articles.block_features.rows import Amounts, Rows

__all__ = ["BODY_GAP_NAMES", "fill_body_gaps"]

#: How likely body a line must be for a gap to end at it.
_LEVELS = (0.3, 0.6, 0.85)
_SIDES = ("since", "until"), ("other_since", "other_until"), ("count_before", "count_after")
BODY_GAP_NAMES = tuple(f"{name}_{level}" for level in _LEVELS for names in _SIDES for name in names)

#: Lines farther away count as if they were so far.
_FAR = 60


def fill_body_gaps(first: Amounts, mass: Amounts, rows: Rows, row: int) -> None:
    """Write, from that row on, the gaps before and after each line, by each level of likeliness.

    Args:
        first: the probability that the first look gave each line.
        mass: how much text each line has.
        rows: the table.
        row: the row of the first of the features.

    """
    last = first.shape[0] - 1
    for level in _LEVELS:
        _fill_side(first, mass, level, 0, 1, rows, row)
        _fill_side(first, mass, level, last, -1, rows, row + 1)
        row += 6


def _fill_side(first: Amounts, mass: Amounts, level: float, i: int, step: int, rows: Rows, row: int) -> None:
    """For each line from line `i` on: the lines since a likely one, the text between that is not body, and the count.

    Where no likely line came yet, the distance is the farthest, and the text is -1.
    """
    since, other, count = _FAR, -1.0, 0
    for _ in range(first.shape[0]):
        rows[row, i] = since
        rows[row + 2, i] = other
        rows[row + 4, i] = count
        if first[i] >= level:
            since, other = 1, 0.0
            count += 1
        else:
            since = min(since + 1, _FAR)
            if other >= 0.0:
                other += mass[i] * (1.0 - first[i])
        i += step
