# cython: boundscheck=False, wraparound=False
"""Boosted oblivious trees, evaluated flat: each level of a tree for all blocks at once.

A tree is oblivious (symmetric) where all nodes of a level ask the same question, so that the answers, read as a binary
number, are the number of the leaf. This needs no walking, and a processor answers a question for several blocks at a
time: 130 trees of 64 leaves take a fifth of a microsecond a block.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["GRAIN", "Forest", "Grains", "features_asked", "probability", "refuse_fewer"]

#: Blocks that are looked at together: what is made of so many stays in the processor's cache.
_CHUNK = 512
#: Leaves count to the nearest millionth, nearly.
GRAIN = 2.0**20

#: Whole numbers of grains. Their sums are exact: the order in which leaves are added makes no difference.
Grains = npt.NDArray[np.int32]


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
    def _asked(self) -> int:
        """The number of features that a block needs; the parts are found to fit, as nobody looks again."""
        levels, trees = self.features.shape
        if (self.thresholds.shape, self.leaves.shape) != ((levels, trees), (trees, 2**levels)):
            raise ValueError("a forest has thresholds for all questions, and leaves for all answers")
        return features_asked(self.features)

    @cached_property
    def _grains(self) -> Grains:
        found: Grains = np.rint(self.leaves * GRAIN).astype(np.int32)
        return found

    def log_odds(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The log-odds of each block, the same whatever blocks are beside it; `columns` is features × blocks."""
        refuse_fewer(self._asked, columns)
        grains = np.zeros(columns.shape[1], np.int32)
        _add_leaves(np.ascontiguousarray(columns), self.features, self.thresholds, self._grains, grains)
        return (grains / GRAIN + self.bias).astype(np.float32)

    def contributions(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """How much each feature moved each block's log-odds, features × blocks (Saabas).

        A level's share is the change of the mean over the leaves that are still possible before and after its answer.
        """
        trees = len(self.leaves)
        found = np.zeros_like(columns)
        numbers = np.zeros((trees, columns.shape[1]), np.intp)
        means = self.leaves.mean(axis=1)[:, None] * np.ones((1, columns.shape[1]), np.float32)
        for level, (features, thresholds) in enumerate(zip(self.features, self.thresholds, strict=True)):
            numbers = 2 * numbers + (columns[features] > thresholds[:, None])
            possible = self.leaves.reshape(trees, 2 ** (level + 1), -1).mean(axis=2)
            after = np.take_along_axis(possible, numbers, axis=1)
            np.add.at(found, features.astype(np.intp), after - means)
            means = after
        return found


def features_asked(features: npt.NDArray[np.int16]) -> int:
    """The number of features that trees need which ask about these; ValueError where one has no number from 0 on."""
    if features.min(initial=0) < 0:
        raise ValueError("features are numbered from 0")
    return int(features.max(initial=-1)) + 1


def refuse_fewer(asked: int, columns: npt.NDArray[np.float32]) -> None:
    """Raise ValueError where there are fewer features than trees ask about: compiled, nobody looks again."""
    if len(columns) < asked:
        raise ValueError(f"the trees ask about {asked} features, but there are {len(columns)}")


def _add_leaves(
    columns: npt.NDArray[np.float32],
    features: npt.NDArray[np.int16],
    thresholds: npt.NDArray[np.float32],
    leaves: Grains,
    grains: Grains,
) -> None:
    """Add to the grains of each block the leaves that it falls into."""
    n, levels = columns.shape[1], features.shape[0]
    numbers = np.empty(min(n, _CHUNK), np.int32)  # of the leaf that each block falls into, as far as is known
    for start in range(0, n, _CHUNK):
        together = min(n - start, _CHUNK)
        for tree in range(leaves.shape[0]):
            for i in range(together):
                numbers[i] = 0
            for level in range(1, levels, 2):  # two answers at a time take two thirds of the time
                feature, threshold = features[level - 1, tree], thresholds[level - 1, tree]
                next_feature, next_threshold = features[level, tree], thresholds[level, tree]
                for i in range(together):
                    is_greater = columns[feature, start + i] > threshold
                    numbers[i] = 4 * numbers[i] + 2 * is_greater + (columns[next_feature, start + i] > next_threshold)
            for level in range(levels - levels % 2, levels):
                feature, threshold = features[level, tree], thresholds[level, tree]
                for i in range(together):
                    numbers[i] = 2 * numbers[i] + (columns[feature, start + i] > threshold)
            for i in range(together):
                grains[start + i] += leaves[tree, numbers[i]]


def probability(log_odds: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The probability, 0 to 1, that log-odds stand for, to four decimals: machines differ in the last bits of `exp`."""
    found: npt.NDArray[np.float32] = np.round(1 / (1 + np.exp(-np.minimum(np.maximum(log_odds, -30), 30))), 4)
    return found
