# cython: boundscheck=False, wraparound=False
"""What the labeller looks at in each block of an HTML page beside its text."""

from __future__ import annotations

import numpy as np

from corpus_loader.articles.block_features.containers import (
    BEST_NAMES,
    CONTAINER_NAMES,
    container_levels,
    fill_best,
    fill_containers,
)
from corpus_loader.articles.block_features.elements import TAG_NAMES, Elements, fill_tags
from corpus_loader.articles.block_features.looks import ALIKE_NAMES, fill_alike, looks
from corpus_loader.articles.block_features.rows import Amounts, Numbers, Rows
from corpus_loader.articles.block_features.stated import STATED_NAMES, fill_stated
from corpus_loader.articles.block_features.text import TEXT_NAMES
from corpus_loader.articles.block_features.tokens import block_tokens, fill_tokens
from corpus_loader.articles.block_features.word_scores import WordScores
from corpus_loader.records import Document

__all__ = ["MARKUP_NAMES", "MARKUP_SECOND_NAMES", "PageMarkup"]

_LINK_NAMES = ("link_share", "link_mass")
#: What `fill_markup` writes.
MARKUP_NAMES = (*_LINK_NAMES, *TAG_NAMES, *CONTAINER_NAMES, *BEST_NAMES, *ALIKE_NAMES, *STATED_NAMES)
#: So many of the containers around a block are looked at again.
_CONTAINERS = 3
_GROUPS = (*(f"in_{k}" for k in range(_CONTAINERS)), "alike")
#: What `fill_second` writes.
MARKUP_SECOND_NAMES = tuple(f"{name}_{group}" for group in _GROUPS for name in ("sure", "body"))
_PROSE, _MASS = TEXT_NAMES.index("prose"), TEXT_NAMES.index("mass")


class PageMarkup:
    """The markup of one page.

    Args:
        document: an HTML page with blocks.

    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._elements = Elements(document.blocks)
        self._levels: Numbers = container_levels(self._elements)
        self._looks: Numbers = looks(self._elements)

    def fill_markup(self, rows: Rows, row: int) -> None:
        """Write the markup features from that row on; the text features stand above them."""
        elements, levels = self._elements, self._levels
        n = elements.own.shape[0]
        prose, mass, links = np.empty(n), np.empty(n), np.empty(n)
        for i in range(n):
            share = elements.link_share[i]
            prose[i], mass[i] = rows[_PROSE, i] * (1 - share), rows[_MASS, i]
            rows[row, i] = share
            rows[row + 1, i] = links[i] = share * mass[i]
        row += len(_LINK_NAMES)
        fill_tags(elements, rows, row)
        row += len(TAG_NAMES)
        held = elements.held(prose)
        fill_containers(elements, levels, held, elements.held(mass), elements.held(links), rows, row)
        row += len(CONTAINER_NAMES)
        fill_best(elements, levels, prose, held, rows, row)
        row += len(BEST_NAMES)
        fill_alike(self._looks, prose, rows, row)
        fill_stated(self._document, rows, row + len(ALIKE_NAMES))

    def fill_tokens(self, scores: WordScores, rows: Rows, row: int) -> None:
        """Write, from that row on, what the class and id words around each block say."""
        fill_tokens(self._elements, scores, rows, row)

    def tokens(self) -> list[set[str]]:
        """The class and id words of each block's element and of those around it."""
        return block_tokens(self._elements)

    def fill_second(self, first: Amounts, rows: Rows, row: int) -> None:
        """Write how likely body is, by the first look, in the containers around each block and in blocks like it.

        Args:
            first: the first look's probability of body for each block.
            rows: the table, the text features in its first rows.
            row: the row of the first of the features.

        """
        mass = np.sqrt(np.asarray(rows)[_MASS] + 1.0, dtype=np.float64)
        for k in range(_CONTAINERS):
            _fill_sure(self._levels[k], self._elements.n, first, mass, rows, row + 2 * k)
        _fill_sure(self._looks, self._looks.shape[0], first, mass, rows, row + 2 * _CONTAINERS)


def _fill_sure(group: Numbers, groups: int, first: Amounts, mass: Amounts, rows: Rows, row: int) -> None:
    """Write how likely body is in each block's group, and what share of the page's body the group holds."""
    whole = 0.0
    body, held = np.zeros(groups), np.zeros(groups)
    for i in range(group.shape[0]):
        whole += first[i] * mass[i]
        body[group[i]] += first[i] * mass[i]
        held[group[i]] += mass[i]
    whole = max(whole, 1e-3)
    for i in range(group.shape[0]):
        rows[row, i] = body[group[i]] / max(held[group[i]], 1e-9)
        rows[row + 1, i] = body[group[i]] / whole
