"""Boosted oblivious trees, evaluated flat: all trees over all blocks at once, by a few array operations a level.

A tree is oblivious (symmetric) where all nodes of a level ask the same question, so that the answers, read as a binary
number, are the number of the leaf. This needs no walking, which is what makes trees slow outside compiled code: 130
trees of 64 leaves take half a microsecond a block.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Forest", "probability"]

#: Blocks that are looked at together: what is made of so many stays in the processor's cache.
_CHUNK = 1024
#: Leaves count to the nearest millionth, nearly.
_GRAIN = 2.0**20


class Forest(NamedTuple):
    """Trees whose leaves add up to the log-odds of a block being body."""

    #: The feature that each level of each tree asks about, levels × trees.
    features: npt.NDArray[np.int16]
    #: The answer is yes where the feature is greater than this, levels × trees.
    thresholds: npt.NDArray[np.float32]
    #: What each leaf adds, trees × leaves; the first level's answer is the highest bit of the leaf's number.
    leaves: npt.NDArray[np.float32]
    #: What every block starts from.
    bias: float

    def leaf_numbers(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
        """The leaf of each tree that each block falls into, trees × blocks; `columns` is features × blocks."""
        found = np.zeros((self.features.shape[1], columns.shape[1]), np.uint8)
        for feature, threshold in zip(self.features, self.thresholds, strict=True):
            found += found
            found |= columns.take(feature, axis=0) > threshold[:, None]
        return found

    def log_odds(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The log-odds of each block, the same whatever blocks are beside it; `columns` is features × blocks."""
        offsets = np.arange(0, self.leaves.size, self.leaves.shape[1], dtype=np.uint16)[:, None]
        # Sums of whole numbers are exact: the order in which they are made, which depends on their number, is nothing.
        leaves = np.rint(self.leaves.ravel() * _GRAIN).astype(np.int32)
        found = np.empty(columns.shape[1], np.float32)
        for start in range(0, columns.shape[1], _CHUNK):
            chunk = np.ascontiguousarray(columns[:, start : start + _CHUNK])
            reached = leaves.take(self.leaf_numbers(chunk) + offsets)
            found[start : start + _CHUNK] = reached.sum(axis=0, dtype=np.int32) / _GRAIN + self.bias
        return found

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


def probability(log_odds: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The probability, 0 to 1, that log-odds stand for, to four decimals: machines differ in the last bits of `exp`."""
    found: npt.NDArray[np.float32] = np.round(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))), 4)
    return found
