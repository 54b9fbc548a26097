# cython: boundscheck=False, wraparound=False
"""Passages, lines likely to be body with small gaps between them: where each line stands to those of its page."""

from __future__ import annotations

from corpus_loader.articles.block_features.rows import Amounts, Rows

__all__ = ["PASSAGE_NAMES", "fill_passages"]

PASSAGE_NAMES = ("passage_share", "passage_rank", "to_passage", "from_greatest", "passages")

#: How likely body a line must be, and how far the next such line of a passage can be.
_LIKELY, _GAP = 0.4, 6
#: Lines farther from the nearest likely line, and from the greatest passage, count as if they were so far.
_FAR, _FARTHEST = 30, 99

#: How much body a passage holds, negative so that the greatest comes first in order; its first and its last line.
_Passage = tuple[float, int, int]


def fill_passages(first: Amounts, body: Amounts, total: float, rows: Rows, row: int) -> None:
    """Write, from that row on, where each line stands to the passage nearest to it, and to the greatest.

    All is -1 on a page without passages.

    Args:
        first: the probability that the first look gave each line.
        body: how much body each line holds by it.
        total: how much the page counts as holding.
        rows: the table.
        row: the row of the first of the features.

    """
    passages = _passages(first, body)
    if passages:
        _fill_nearest(first, passages, total, rows, row)
        _fill_greatest(min(passages), len(passages), rows, row + 3)
    else:
        for i in range(first.shape[0]):
            for k in range(row, row + 5):
                rows[k, i] = -1.0


def _passages(first: Amounts, body: Amounts) -> list[_Passage]:
    """The passages of the page, in order."""
    found = []
    begin, last, held = -1, -1, 0.0
    for i in range(first.shape[0]):
        if first[i] >= _LIKELY:
            if begin >= 0 and i - last > _GAP:
                found.append((-held, begin, last))
                begin, held = -1, 0.0
            if begin < 0:
                begin = i
            last = i
            held += body[i]
    if begin >= 0:
        found.append((-held, begin, last))
    return found


def _fill_nearest(first: Amounts, passages: list[_Passage], total: float, rows: Rows, row: int) -> None:
    """The share and the rank of the passage of the nearest likely line, of two the later, and the way from there."""
    n = first.shape[0]
    ranks = {passage: rank for rank, passage in enumerate(sorted(passages))}
    before, after = -1, _next_likely(first, 0)
    before_in = after_in = 0  # the passages that the two lines are in
    told, share, rank = -1, 0.0, 0
    for i in range(n):
        if i > after:
            before, before_in, after = after, after_in, _next_likely(first, i)
            after_in += after - before > _GAP
        is_later = before < 0 or (after < n and after - i <= i - before)
        nearest, own = (after, after_in) if is_later else (before, before_in)
        if own != told:
            told, share, rank = own, -passages[own][0] / total, ranks[passages[own]]
        rows[row, i] = share
        rows[row + 1, i] = rank
        rows[row + 2, i] = min(max(i - nearest, -_FAR), _FAR)


def _next_likely(first: Amounts, start: int) -> int:
    """The first likely line from that line on; the number of lines where there is none."""
    place = start
    while place < first.shape[0] and first[place] < _LIKELY:
        place += 1
    return place


def _fill_greatest(greatest: _Passage, passages: int, rows: Rows, row: int) -> None:
    """How far each line is from the greatest passage, and the number of passages."""
    _, begin, last = greatest
    for i in range(rows.shape[1]):
        rows[row, i] = max(i - begin, -_FARTHEST) if i < begin else min(max(i - last, 0), _FARTHEST)
        rows[row + 1, i] = passages
