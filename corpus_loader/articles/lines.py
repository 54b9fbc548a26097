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

    def around(self, values: Any, reach: int, beyond: float = 0) -> dict[int, Any]:
        """The values of the lines up to `reach` lines before (−reach … −1) and after (1 … reach) each line.

        Where the page has no such line, the value is `beyond`.
        """
        apart, places = self._apart(values, reach, beyond)
        return {offset: apart.take(places + offset, axis=-1) for offset in range(-reach, reach + 1) if offset}

    def _apart(self, values: Any, gap: int, between: float) -> tuple[Any, Numbers]:
        """The values with a gap before, between and after the pages; and the lines' places there."""
        places = self.places + gap * (self.page + 1)
        apart = np.full((*values.shape[:-1], self.n + gap * (self.pages + 1)), between, values.dtype)
        apart[..., places] = values
        return apart, places

    def total(self, values: Any) -> Any:
        """The sum of each page's values."""
        return np.add.reduceat(values, self.starts, axis=-1)

    def greatest(self, values: Any) -> Any:
        """The greatest of each page's values."""
        return np.maximum.reduceat(values, self.starts, axis=-1)

    def first(self, marked: npt.NDArray[np.bool_]) -> Numbers:
        """The place of each page's first marked line; the number of all lines where none is."""
        return np.minimum.reduceat(np.where(marked, self.places, self.n), self.starts, axis=-1)

    def last(self, marked: npt.NDArray[np.bool_]) -> Numbers:
        """The place of each page's last marked line; −1 where none is."""
        return np.maximum.reduceat(np.where(marked, self.places, -1), self.starts, axis=-1)

    def beside(self, marked: npt.NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
        """The places of the nearest marked lines before and after each line; −1, and the number of all, for none."""
        before, after = np.full(marked.shape, -1), np.full(marked.shape, self.n)
        here = np.where(marked, self.places, -1)
        np.maximum.accumulate(here[..., :-1], axis=-1, out=before[..., 1:])
        here = np.where(marked, self.places, self.n)[..., ::-1]
        np.minimum.accumulate(here[..., :-1], axis=-1, out=after[..., -2::-1])
        return (
            np.where(self.places - before <= self.before, before, -1),
            np.where(after - self.places <= self.after, after, self.n),
        )

    def so_far(self, amounts: Any) -> Any:
        """The sum of the page's amounts, made `exact` where they are no whole numbers, up to and with each line."""
        amounts = exact(amounts) if amounts.dtype.kind == "f" else amounts.astype(np.intp)
        sums = amounts.cumsum(axis=-1)
        return sums - (sums - amounts).take(self.starts, axis=-1).take(self.page, axis=-1)

    def whole(self, sums: Any) -> Any:
        """The last of each page's values, at each line of the page: of sums `so_far`, the page's own."""
        return sums.take(self.starts + self.counts - 1, axis=-1).take(self.page, axis=-1)

    def faded(self, values: Vector, decays: tuple[float, ...], reach: int) -> tuple[Vector, Vector]:
        """Row by row for each decay, the sums over the `reach` lines before each line, and over those after it.

        The nearest line's value counts `decay` times, the next one's `decay²` times, and so on. Sums over 2, 4, 8 …
        lines are made from each other, and those that make up `reach` are added.
        """
        forward, places = self._apart(values, reach, 0)  # what is summed over a page's border is nothing
        both = np.stack([forward, forward[..., ::-1]])
        decay = np.array(decays, np.float32).reshape(-1, *[1] * both.ndim)
        found = decay * _faded(both, decay, reach)
        return found[:, 0].take(places - 1, axis=-1), found[:, 1].take(both.shape[-1] - 2 - places, axis=-1)


def _faded(values: Vector, decay: Vector, reach: int) -> Vector:
    """The sums over each place and those before it, `reach` in all; each counts `decay` times the one after it."""
    part: Vector = values * np.ones_like(decay)
    found, width, done = np.zeros_like(part), 1, 0
    while True:
        if reach & width:
            found[..., done:] += decay**done * part[..., : part.shape[-1] - done]
            done += width
            if done == reach:
                return found
        part[..., width:] += decay**width * part[..., :-width]
        width *= 2
