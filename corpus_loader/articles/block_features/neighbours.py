# cython: boundscheck=False, wraparound=False
"""What stands in the lines before and after a line."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_loader.articles.block_features.rows import Rows

__all__ = ["fill_distances", "fill_neighbours", "neighbour_names"]


def neighbour_names(names: Sequence[str], reach: int) -> tuple[str, ...]:
    """The features that `fill_neighbours` writes for features of these names, in order."""
    return tuple(f"{name}{offset:+d}" for offset in range(-reach, reach + 1) if offset for name in names)


def fill_neighbours(rows: Rows, sources: Sequence[int], reach: int, row: int, beyond: float = -1.0) -> None:
    """Write, from that row on, the values of the lines up to `reach` lines before and after each line.

    Args:
        rows: the table.
        sources: the rows of the features that are looked at.
        reach: how many lines each way.
        row: the row of the first neighbour's first feature.
        beyond: the value of lines beyond the page.

    """
    for offset in range(-reach, reach + 1):
        if offset:
            for source in sources:
                _fill_moved(rows, source, offset, row, beyond)
                row += 1


def _fill_moved(rows: Rows, source: int, offset: int, row: int, beyond: float) -> None:
    n = rows.shape[1]
    low, high = min(max(-offset, 0), n), max(min(n - offset, n), 0)
    for i in range(low):
        rows[row, i] = beyond
    for i in range(low, high):
        rows[row, i] = rows[source, i + offset]
    for i in range(high, n):
        rows[row, i] = beyond


def fill_distances(rows: Rows, source: int, least: float, far: int, row: int) -> None:
    """Write how far the nearest line before each line is whose value is so great, and, in the next row, the one after.

    Args:
        rows: the table.
        source: the row of the values.
        least: the value, or a greater one.
        far: of lines that are farther away, or beyond the page, this is written.
        row: the row of the distances to lines before.

    """
    n = rows.shape[1]
    since = until = far
    for i in range(n):
        rows[row, i] = since
        since = 1 if rows[source, i] >= least else min(since + 1, far)
    for i in range(n - 1, -1, -1):
        rows[row + 1, i] = until
        until = 1 if rows[source, i] >= least else min(until + 1, far)
