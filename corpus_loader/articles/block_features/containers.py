# cython: boundscheck=False, wraparound=False
"""The containers around the blocks of an HTML page: what they hold, and which of them holds the article."""

from __future__ import annotations

import numpy as np

from corpus_loader.articles.block_features.elements import Elements
from corpus_loader.articles.block_features.rows import Amounts, Numbers, Rows

__all__ = ["BEST_NAMES", "CONTAINER_NAMES", "container_levels", "fill_best", "fill_containers"]

#: So many containers around a block are looked at.
_LEVELS = 4
#: What `fill_containers` writes.
CONTAINER_NAMES = tuple(f"{name}_in_{k}" for k in range(_LEVELS) for name in ("prose", "mass", "links", "blocks"))
_BLOCKS, _EACH = 3, 4
#: What `fill_best` writes.
BEST_NAMES = (
    *("in_best", "below_best", "beside_best", "best_share", "place_in_best"),
    *("container_score", "parent_score"),
)
#: How much prose counts for the containers around it, the innermost first.
_SHARES = (1.0, 0.6, 0.25)


def container_levels(elements: Elements) -> Numbers:
    """Row by row the nearest containers around each block, the page beyond the outermost."""
    n = elements.own.shape[0]
    levels = np.empty((_LEVELS, n), np.intp)
    for i in range(n):
        here = elements.own[i]
        for k in range(_LEVELS):
            here = elements.container[here]
            levels[k, i] = here
            here = elements.parents[here]
    return levels


def fill_containers(
    elements: Elements, levels: Numbers, prose: Amounts, mass: Amounts, links: Amounts, rows: Rows, row: int
) -> None:
    """Write, from that row on, how much prose, text and links the containers around each block hold.

    Args:
        elements: the elements around the blocks.
        levels: the containers around the blocks.
        prose: how much prose outside links each element holds.
        mass: how much text.
        links: how much text inside links.
        rows: the table.
        row: the row of the first of the features.

    """
    whole_prose, whole_mass = max(prose[0], 1.0), max(mass[0], 1.0)
    for k in range(_LEVELS):
        at = row + _EACH * k
        for i in range(levels.shape[1]):
            here = levels[k, i]
            rows[at, i] = prose[here] / whole_prose
            rows[at + 1, i] = mass[here] / whole_mass
            rows[at + 2, i] = links[here] / max(mass[here], 1.0)
            rows[at + _BLOCKS, i] = elements.blocks[here]
    blocks = np.asarray(rows)[row + _BLOCKS : row + _EACH * _LEVELS : _EACH]
    np.log1p(blocks, out=blocks)


def fill_best(elements: Elements, levels: Numbers, prose: Amounts, held: Amounts, rows: Rows, row: int) -> None:
    """Write, from that row on, where each block stands to the page's best container.

    Args:
        elements: the elements around the blocks.
        levels: the containers around the blocks.
        prose: how much of each block is prose outside links.
        held: how much of it each element holds.
        rows: the table.
        row: the row of the first of the features.

    """
    score = _scores(elements, levels, prose)
    best = _first_greatest(score)
    shared = _shared_depths(elements, best)
    top, share, depth = max(score[best], 1.0), held[best] / max(held[0], 1.0), elements.depth[best]
    start, end = _span(elements, shared, depth)
    length = max(end - start, 1)
    for i in range(elements.own.shape[0]):
        own = elements.own[i]
        climbs = depth - shared[own]
        rows[row, i] = climbs == 0
        rows[row + 1, i] = -1 if climbs else elements.depth[own] - depth
        rows[row + 2, i] = climbs
        rows[row + 3, i] = share
        rows[row + 4, i] = min(max((i - start) / length, -0.5), 1.5)
        rows[row + 5, i] = score[levels[0, i]] / top
        rows[row + 6, i] = score[levels[1, i]] / top


def _scores(elements: Elements, levels: Numbers, prose: Amounts) -> Amounts:
    """How much prose stands in each container: it counts fully in its own container, and less further out."""
    found = np.zeros(elements.n)
    for k, share in enumerate(_SHARES):
        for i in range(levels.shape[1]):
            found[levels[k, i]] += share * prose[i]
    found[0] = 0.0  # the page is best only where nothing else is
    return found


def _first_greatest(values: Amounts) -> int:
    best = 0
    for i in range(1, values.shape[0]):
        if values[i] > values[best]:
            best = i
    return best


def _shared_depths(elements: Elements, best: int) -> Numbers:
    """For each element the depth of the innermost element around it, or itself, that is also around the best one."""
    found = np.zeros(elements.n, np.intp)
    around = best
    while around:
        found[around] = elements.depth[around]
        around = elements.parents[around]
    for element in range(1, elements.n):
        if not found[element]:
            found[element] = found[elements.parents[element]]
    return found


def _span(elements: Elements, shared: Numbers, depth: int) -> tuple[int, int]:
    """Where the blocks inside the best container begin and have ended; there is one at least."""
    start = end = 0
    for i in range(elements.own.shape[0]):
        if shared[elements.own[i]] == depth:
            start, end = start if end else i, i + 1
    return start, end
