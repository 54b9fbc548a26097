# cython: boundscheck=False, wraparound=False
"""The elements around the blocks of an HTML page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus_loader.articles.block_features.rows import Amounts, Numbers, Rows
from corpus_loader.records import Block, Outline

__all__ = ["TAG_NAMES", "Elements", "fill_tags"]

#: Tags that say something about the text inside, as bits of one number for each element.
_TAG_GROUPS = (
    ("p",),
    ("h1",),
    ("h2", "h3", "h4"),
    ("h5", "h6"),
    ("li", "dt", "dd"),
    ("td", "th"),
    ("blockquote", "pre"),
    ("figure", "figcaption"),
    ("article", "main"),
    ("nav", "footer", "form", "menu"),
    ("header",),
    ("aside",),
    ("button", "label"),
    ("a",),
    ("strong", "b", "em", "i"),
    ("time", "address"),
)
_CONTAINERS = (
    *("html", "body", "div", "section", "article", "main", "td", "table", "ul", "ol", "dl", "li"),
    *("aside", "header", "footer", "nav", "form", "blockquote", "center"),
)
_GROUPS = len(_TAG_GROUPS)
_PARAGRAPH, _CONTAINER = 1, 1 << _GROUPS
_TAG_BITS = {name: 1 << i for i, names in enumerate(_TAG_GROUPS) for name in names}
_TAG_BITS |= {name: _TAG_BITS.get(name, 0) | _CONTAINER for name in _CONTAINERS}
#: What `fill_tags` writes.
TAG_NAMES = ("depth", "depth_change", *(f"in_{names[0]}" for names in _TAG_GROUPS), "is_p", "is_container")

_NO_OUTLINE = Outline((0,), ("",), ("",))


class Elements:
    """The elements of one page, numbered as in its outline; the first is the page itself.

    An element has a higher number than the one around it. So what holds for all that is inside an element is handed on
    in one pass, and what elements hold is summed in one pass back. Elements without a block are not looked at.

    Args:
        blocks: the page's blocks. One without markup stands in the page itself.

    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        #: The number of each block's own element, and the share of the block's characters inside links.
        self.own: Numbers = np.zeros(len(blocks), np.intp)
        self.link_share: Amounts = np.zeros(len(blocks))
        parents, names, starts = self._read_blocks(blocks)
        self.n = len(parents)
        if not len(names) == self.n == len(starts):
            raise ValueError("an outline has a parent, a name and a start tag for each element")
        #: The element around each element.
        self.parents: Numbers = np.zeros(self.n, np.intp)
        self._read_parents(parents)
        self._check_own()
        #: How many blocks stand in each element.
        self.blocks: Amounts = self.held(np.ones(len(blocks)))
        #: How many elements there are from the page down to each element: 0 for the page.
        self.depth: Numbers = np.zeros(self.n, np.intp)
        #: The different start tags as written, and the number of each element's.
        self.starts: list[str] = []
        self.start: Numbers = np.zeros(self.n, np.intp)
        #: The bits of each element's tag, and those of its tag and of all around it.
        self.bits: Numbers = np.zeros(self.n, np.intp)
        self.inside: Numbers = np.zeros(self.n, np.intp)
        #: The innermost container that is each element or around it; the page where there is none.
        self.container: Numbers = np.zeros(self.n, np.intp)
        self._hand_down(names)
        self._number(starts)

    def _read_blocks(self, blocks: Sequence[Block]) -> Outline:
        outline = _NO_OUTLINE
        for i, block in enumerate(blocks):
            markup = block.markup
            if markup is not None:
                outline, self.own[i], self.link_share[i] = markup.outline, markup.element, markup.link_share
        return outline

    def _check_own(self) -> None:
        for i in range(self.own.shape[0]):
            if not 0 <= self.own[i] < self.n:
                raise ValueError("a block stands in an element that its outline lacks")

    def _read_parents(self, parents: Sequence[int]) -> None:
        for element in range(1, self.n):
            around = parents[element]
            if not 0 <= around < element:
                raise ValueError("an element stands before the one around it")
            self.parents[element] = around

    def _hand_down(self, names: Sequence[str]) -> None:
        """Find out what the elements around each element make of it."""
        self.bits[0] = self.inside[0] = _TAG_BITS.get(names[0], 0)
        for element in range(1, self.n):
            if not self.blocks[element]:
                continue
            around, bits = self.parents[element], _TAG_BITS.get(names[element], 0)
            self.depth[element] = self.depth[around] + 1
            self.bits[element] = bits
            self.inside[element] = self.inside[around] | bits
            self.container[element] = element if bits & _CONTAINER else self.container[around]

    def _number(self, starts: Sequence[str]) -> None:
        numbers: dict[str, int] = {}
        for element in range(self.n):
            if self.blocks[element]:
                self.start[element] = numbers.setdefault(starts[element], len(numbers))
        self.starts = list(numbers)

    def held(self, amounts: Amounts) -> Amounts:
        """The sum of the blocks' amounts in each element."""
        found = np.zeros(self.n)
        for i in range(self.own.shape[0]):
            found[self.own[i]] += amounts[i]
        for element in range(self.n - 1, 0, -1):
            found[self.parents[element]] += found[element]
        return found

    def is_paragraph(self, element: int) -> bool:
        """Whether its tag is `p`."""
        return bool(self.bits[element] & _PARAGRAPH)


def fill_tags(elements: Elements, rows: Rows, row: int) -> None:
    """Write, from that row on, how deep each block stands, and in which elements."""
    depth = 0
    for i in range(elements.own.shape[0]):
        own = elements.own[i]
        before, depth = depth if i else elements.depth[own], elements.depth[own]
        rows[row, i] = depth
        rows[row + 1, i] = depth - before
        inside, bits = elements.inside[own], elements.bits[own]
        for group in range(_GROUPS):
            rows[row + 2 + group, i] = inside >> group & 1
        rows[row + 2 + _GROUPS, i] = bits & _PARAGRAPH
        rows[row + 3 + _GROUPS, i] = (bits & _CONTAINER) > 0
