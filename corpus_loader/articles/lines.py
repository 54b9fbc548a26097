"""The lines of several pages, one after another in one array, and what to do with them page by page.

Pages are labelled many at a time, because a hundred small array operations cost little more for twenty pages than for
one. Still each page's values must be the same, to the last bit, whatever pages are beside it. So no value crosses from
page to page here, and nothing is summed over a page's border and taken off again, unless the sums are `exact`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Lines", "Numbers", "Vector", "exact"]

Vector = npt.NDArray[np.floating[Any]]
Numbers = npt.NDArray[np.integer[Any]]

_GRAIN = 2.0**16


def exact(amounts: Vector) -> npt.NDArray[np.float64]:
    """The amounts to the nearest 65536th: sums of such numbers are exact, in any order, up to 100 thousand million."""
    return np.rint(np.multiply(amounts, _GRAIN, dtype=np.float64)) / _GRAIN


class Lines:
    """The lines of several pages. Arrays over the lines have them along their last axis.

    Args:
        counts: the number of lines of each page, none of them 0.

    """

    def __init__(self, counts: Numbers) -> None:
        self.pages, self.n = len(counts), int(counts.sum())
        #: The number of lines of each page, and its first line's place among all lines.
        self.counts, self.starts = counts, np.cumsum(counts) - counts
        #: The place of each line among all, its page, and how many lines of its page stand before and after it.
        self.places = np.arange(self.n)
        self.page = np.repeat(np.arange(self.pages), counts)
        self.before = self.places - self.starts[self.page]
        self.after = counts[self.page] - 1 - self.before
        self._edges: dict[int, Numbers] = {}

    def shifted(self, values: Any, offset: int, beyond: float = 0) -> Any:
        """The values of the line `offset` lines further on (back, if negative), or `beyond` if the page has none."""
        found = np.empty_like(values)
        if offset > 0:
            found[..., :-offset] = values[..., offset:]
        else:
            found[..., -offset:] = values[..., : self.n + offset] if -offset < self.n else 0
        found[..., self._edge(offset)] = beyond
        return found

    def _edge(self, offset: int) -> Numbers:
        """The lines from which a page has none at the offset."""
        if offset not in self._edges:
            self._edges[offset] = np.flatnonzero(self.after < offset if offset > 0 else self.before < -offset)
        return self._edges[offset]

    def total(self, values: Any) -> Any:
        """The sum of each page's values."""
        return np.add.reduceat(values, self.starts)

    def greatest(self, values: Any) -> Any:
        """The greatest of each page's values."""
        return np.maximum.reduceat(values, self.starts)

    def first(self, marked: npt.NDArray[np.bool_]) -> Numbers:
        """The place of each page's first marked line; −1 where none is."""
        found = np.full(self.pages, -1)
        places = np.flatnonzero(marked)[::-1]
        found[self.page[places]] = places  # the last one that is written stays
        return found

    def last(self, marked: npt.NDArray[np.bool_]) -> Numbers:
        """The place of each page's last marked line; −1 where none is."""
        found = np.full(self.pages, -1)
        places = np.flatnonzero(marked)
        found[self.page[places]] = places
        return found

    def so_far(self, amounts: Any) -> Any:
        """The sum of the page's amounts, made `exact`, up to and with each line."""
        amounts = exact(amounts)
        sums = np.cumsum(amounts)
        return sums - (sums - amounts)[self.starts][self.page]

    def faded(self, values: Vector, decays: tuple[float, ...], reach: int) -> tuple[Vector, Vector]:
        """Row by row for each decay, the sums over the `reach` lines before each line, and over those after it.

        The nearest line's value counts `decay` times, the next one's `decay²` times, and so on. Sums over 1, 2, 4, 8 …
        lines are made from each other, and those that make up `reach` are added.
        """
        decay: Vector = np.array(decays, np.float32).reshape(-1, *[1] * values.ndim)
        return self._faded(values, decay, reach, -1), self._faded(values, decay, reach, 1)

    def _faded(self, values: Vector, decay: Vector, reach: int, step: int) -> Vector:
        part: Vector = decay * self.shifted(values, step)
        found, width, done = np.zeros_like(part), 1, 0
        while True:
            if reach & width:
                found += decay**done * self.shifted(part, step * done) if done else part
                done += width
            if done == reach:
                return found
            part = part + decay**width * self.shifted(part, step * width)
            width *= 2
