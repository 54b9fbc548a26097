# cython: boundscheck=False, wraparound=False
"""The run of lines with the greatest sum of gains, and where each line of the page stands to it."""

from __future__ import annotations

from corpus_loader.articles.block_features.rows import Amounts, Rows

__all__ = ["fill_run", "run_names"]

#: Lines farther away count as if they were so far.
_FAR = 60


def run_names(run: str) -> tuple[str, ...]:
    """The features that `fill_run` writes, in order."""
    return f"in_{run}", f"to_{run}", f"place_in_{run}", f"{run}_share"


def fill_run(gains: Amounts, mass: Amounts, rows: Rows, row: int) -> None:
    """Write, from that row on, where each line stands to the run of lines with the greatest sum of gains.

    A page without a gain has its run, of no lines, before its first line.

    Args:
        gains: what each line adds to a run.
        mass: how much each line counts in the run's share of the page.
        rows: the table.
        row: the row of the first of the features.

    """
    n = gains.shape[0]
    start, end = _greatest(gains)
    whole = held = 0.0
    for i in range(n):
        whole += mass[i]
        if start <= i < end:
            held += mass[i]
    share = held / max(whole, 1.0)
    length = max(end - start, 1)
    for i in range(n):
        inside = start <= i < end
        rows[row, i] = inside
        rows[row + 1, i] = max(i - start, -_FAR) if i < start else min(max(i - end + 1, 0), _FAR)
        rows[row + 2, i] = (i - start) / length if inside else -1.0
        rows[row + 3, i] = share


def _greatest(gains: Amounts) -> tuple[int, int]:
    """Where the run begins and where it has ended: of several the first to end, of these the shortest (Kadane)."""
    begin = start = end = 0
    so_far = lowest = best = 0.0
    for i in range(gains.shape[0]):
        if so_far <= lowest:
            lowest, begin = so_far, i
        so_far += gains[i]
        if so_far - lowest > best:
            best, start, end = so_far - lowest, begin, i + 1
    return start, end
