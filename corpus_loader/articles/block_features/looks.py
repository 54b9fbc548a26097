# cython: boundscheck=False, wraparound=False
"""Blocks of an HTML page that look alike, as the paragraphs of an article and the entries of a list do."""

from __future__ import annotations

import numpy as np

from corpus_loader.articles.block_features.elements import Elements
from corpus_loader.articles.block_features.rows import Amounts, Numbers, Rows

__all__ = ["ALIKE_NAMES", "fill_alike", "looks"]

#: What `fill_alike` writes.
ALIKE_NAMES = ("alike_prose", "alike", "alike_mean")


def looks(elements: Elements) -> Numbers:
    """A number for each block, less than that of blocks: equal where tag, attributes and the tag around are."""
    n, tags = elements.own.shape[0], len(elements.starts)
    found = np.empty(n, np.intp)
    numbers: dict[int, int] = {}
    for i in range(n):
        own = elements.own[i]
        start = tags if elements.is_paragraph(own) else elements.start[own]  # paragraphs are alike
        pair = start * tags + elements.start[elements.parents[own]]
        found[i] = numbers.setdefault(pair, len(numbers))
    return found


def fill_alike(look: Numbers, prose: Amounts, rows: Rows, row: int) -> None:
    """Write, from that row on, how much of the page's prose stands in blocks that look like each, and in how many.

    Args:
        look: how each block looks, as a number.
        prose: how much of each block is prose.
        rows: the table.
        row: the row of the first of the features.

    """
    n = look.shape[0]
    whole = 0.0
    held, count = np.zeros(n), np.zeros(n)
    for i in range(n):
        whole += prose[i]
        held[look[i]] += prose[i]
        count[look[i]] += 1.0
    whole = max(whole, 1.0)
    for i in range(n):
        rows[row, i] = held[look[i]] / whole
        rows[row + 1, i] = count[look[i]]
        rows[row + 2, i] = held[look[i]] / count[look[i]]
    logarithms = np.asarray(rows)[row + 1 : row + 3]
    np.log1p(logarithms, out=logarithms)
