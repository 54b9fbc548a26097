"""The elements around elements, of several HTML pages at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.lines import Numbers, Vector

__all__ = ["Elements"]


class Elements:
    """The elements of several pages, one after another; each page's first is the page itself.

    What holds for all elements around one is found in few steps: an element asks the one around it, then the one two
    further out, then four, eight … (pointer jumping).

    Args:
        parents: the number of the element around each element; a page's own number for the page.

    """

    def __init__(self, parents: Numbers) -> None:
        self.n, self.parents = len(parents), parents
        self.pages = np.flatnonzero(parents == np.arange(self.n))
        self._jumps: list[Numbers] = []
        depth, jump = (parents != np.arange(self.n)).astype(np.intp), parents
        while True:
            self._jumps.append(jump)
            further = depth[jump]
            if not further.any():
                break
            depth = depth + further
            jump = jump[jump]
        #: How many elements there are from the page down to each element: 0 for the page.
        self.depth: Numbers = depth

    def inherited(self, bits: Numbers) -> Numbers:
        """For each element its bits, and those of all elements around it."""
        for jump in self._jumps:
            bits = bits | bits[jump]
        return bits

    def nearest(self, marked: npt.NDArray[np.bool_]) -> Numbers:
        """The innermost marked element that is each element or around it; the page where none is marked."""
        found = np.where(marked, np.arange(self.n), self.parents)
        for _ in self._jumps:
            found = found[found]
        return found

    def held(self, amounts: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """The sum of the amounts of each element and of all elements in it."""
        found = amounts.astype(np.float64)
        for step, jump in enumerate(self._jumps):
            found = found + np.bincount(jump, np.where(self.depth >= 1 << step, found, 0), self.n)
        return found

    def first_greatest(self, values: Vector) -> Numbers:
        """For each page its first element with the greatest value."""
        sizes = np.diff(self.pages, append=self.n)
        greatest = np.flatnonzero(values == np.repeat(np.maximum.reduceat(values, self.pages), sizes))
        return greatest[np.searchsorted(greatest, self.pages)]
