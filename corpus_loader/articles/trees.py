"""Boosted oblivious trees, evaluated flat: all trees over all blocks at once, by a few array operations a level.

A tree is oblivious (symmetric) where all nodes of a level ask the same question, so that the answers, read as a binary
number, are the number of the leaf. This needs no walking, which is what makes trees slow outside compiled code: 130
trees of 64 leaves take half a microsecond a block.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["GRAIN", "Forest", "different_questions", "probability"]

#: Blocks that are looked at together: what is made of so many stays in the processor's cache.
_CHUNK = 2048
#: Leaves count to the nearest millionth, nearly.
GRAIN = 2.0**20


class _Trees(NamedTuple):
    """What a forest is stored as."""

    #: The feature that each level of each tree asks about, levels × trees.
    features: npt.NDArray[np.int16]
    #: The answer is yes where the feature is greater than this, levels × trees.
    thresholds: npt.NDArray[np.float32]
    #: What each leaf adds, trees × leaves; the first level's answer is the highest bit of the leaf's number.
    leaves: npt.NDArray[np.float32]
    #: What every block starts from.
    bias: float


class Forest(_Trees):
    """Trees whose leaves add up to the log-odds of a block being body."""

    @cached_property
    def _questions(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32], npt.NDArray[np.intp]]:
        return different_questions(self.features, self.thresholds)

    @cached_property
    def _adding(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.unsignedinteger[Any]]]:
        """The leaves of all trees in a row, as whole numbers of grains, and where each tree's begin.

        Sums of whole numbers are exact. So the order in which leaves are added, which is another for one block than
        for many, makes no difference.
        """
        firsts = np.arange(0, self.leaves.size, self.leaves.shape[1], dtype=np.min_scalar_type(self.leaves.size))
        return np.rint(self.leaves.ravel() * GRAIN).astype(np.int32), firsts[:, None]

    def leaf_numbers(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
        """The leaf of each tree that each block falls into, trees × blocks; `columns` is features × blocks."""
        features, thresholds, asked = self._questions
        answers = (columns.take(features, axis=0) > thresholds).view(np.uint8)
        found: npt.NDArray[np.uint8] = answers.take(asked[0], axis=0)
        for level in asked[1:]:
            found += found
            found |= answers.take(level, axis=0)
        return found

    def log_odds(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The log-odds of each block, the same whatever blocks are beside it; `columns` is features × blocks."""
        leaves, firsts = self._adding
        grains = np.empty(columns.shape[1], np.int32)
        for start in range(0, columns.shape[1], _CHUNK):
            numbers = self.leaf_numbers(columns[:, start : start + _CHUNK])
            leaves.take(numbers + firsts).sum(axis=0, dtype=np.int32, out=grains[start : start + _CHUNK])
        return (grains / GRAIN + self.bias).astype(np.float32)

    def contributions(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """How much each feature moved each block's log-odds, features × blocks (Saabas).

        A level's share is the change of the mean over the leaves that are still possible before and after its answer.
        """
        numbers = self.leaf_numbers(columns)
        depth, trees = self.features.shape
        found = np.zeros_like(columns)
        means = self.leaves.mean(axis=1)[:, None] * np.ones((1, columns.shape[1]), np.float32)
        for level in range(depth):
            possible = self.leaves.reshape(trees, 2 ** (level + 1), -1).mean(axis=2)
            after = np.take_along_axis(possible, (numbers >> (depth - 1 - level)).astype(np.intp), axis=1)
            np.add.at(found, self.features[level].astype(np.intp), after - means)
            means = after
        return found


def different_questions(
    features: npt.NDArray[np.int16], thresholds: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32], npt.NDArray[np.intp]]:
    """The features and thresholds of all different questions; which of them is each one."""
    pairs = np.stack([features.ravel().astype(np.float32), thresholds.ravel()])
    different, asked = np.unique(pairs, axis=1, return_inverse=True)
    return different[0].astype(np.intp), different[1][:, None], asked.reshape(features.shape)


def probability(log_odds: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The probability, 0 to 1, that log-odds stand for, to four decimals: machines differ in the last bits of `exp`."""
    found: npt.NDArray[np.float32] = np.round(1 / (1 + np.exp(-np.minimum(np.maximum(log_odds, -30), 30))), 4)
    return found
