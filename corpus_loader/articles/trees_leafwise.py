# cython: boundscheck=False, wraparound=False
"""Boosted trees grown leaf by leaf, evaluated without walking them: for blocks that quicker trees leave in doubt.

Such a tree spends its leaves where they tell most, and so sees more than an oblivious one of as many. Its leaves are
numbered from that of noes only to that of yeses only. A yes to a question rules out the leaves behind its no. So a
block falls into the first leaf that no yes rules out, even if all questions of the tree are asked, whether they stand
on the block's way or not (Lucchese et al., QuickScorer, 2015).
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.trees import GRAIN, Grains, features_asked, refuse_fewer

__all__ = ["LeafwiseForest"]

#: Sets of the leaves of a tree as bits. A 32nd leaf has none: it is what is left where no other is possible.
_Leaves = npt.NDArray[np.int32]
_ALL_LEAVES = 0x7FFFFFFF
_MOST_LEAVES = 32


class _Trees(NamedTuple):
    """What a forest is stored as. A tree of fewer leaves than others has questions that nobody answers with yes."""

    #: The feature that each question of each tree asks about, trees × questions.
    features: npt.NDArray[np.int16]
    #: The answer is yes where the feature is greater than this, trees × questions.
    thresholds: npt.NDArray[np.float32]
    #: What follows the answers no and yes, trees × questions × 2: the number of a later question of the tree, or -1
    #: less the number of a leaf. The first question is the root.
    below: npt.NDArray[np.int8]
    #: What each leaf adds, trees × leaves, at most 32, from the leaf of noes only to the leaf of yeses only.
    leaves: npt.NDArray[np.float32]


class LeafwiseForest(_Trees):
    """Trees whose leaves add up to the log-odds of a block being body."""

    @cached_property
    def _beyond(self) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float32]]:
        """The leaves behind each answer, as bits, trees × questions × 2; their mean behind each question."""
        leaves = np.where(self.below < 0, np.left_shift(np.uint32(1), (-1 - self.below).clip(0).astype(np.uint32)), 0)
        beyond = leaves.astype(np.uint32)
        trees = np.arange(len(beyond))[:, None]
        means = np.zeros(self.features.shape, np.float32)
        for question in reversed(range(self.features.shape[1])):  # what follows a question has a higher number
            following = self.below[:, question].astype(np.intp)
            behind = beyond[trees, following.clip(0)]
            beyond[:, question] |= np.where(following >= 0, behind[..., 0] | behind[..., 1], 0).astype(np.uint32)
            both = beyond[:, question, 0] | beyond[:, question, 1]
            inside = (both[:, None] >> np.arange(self.leaves.shape[1], dtype=np.uint32)) & 1
            means[:, question] = (self.leaves * inside).sum(axis=1) / inside.sum(axis=1)
        return beyond, means

    @cached_property
    def _left(self) -> _Leaves:
        """The leaves that are possible after a yes to each question, trees × questions."""
        beyond, _ = self._beyond
        return (~beyond[..., 0] & np.uint32(_ALL_LEAVES)).astype(np.int32)

    @cached_property
    def _grains(self) -> Grains:
        """What each leaf adds, at the remainder of its bit divided by 37: no two bits have the same."""
        found = np.zeros((len(self.leaves), 37), np.int32)
        places = [(1 << leaf & _ALL_LEAVES) % 37 for leaf in range(self.leaves.shape[1])]
        found[:, places] = np.rint(self.leaves * GRAIN)
        return found

    @cached_property
    def _asked(self) -> int:
        """The number of features that a block needs; the parts are found to fit, as nobody looks again."""
        trees, questions = self.features.shape
        if (self.thresholds.shape, self.below.shape) != ((trees, questions), (trees, questions, 2)):
            raise ValueError("a forest has thresholds for all questions, and what follows their answers")
        if len(self.leaves) != trees or self.leaves.shape[1] > _MOST_LEAVES:
            raise ValueError(f"each tree has leaves, at most {_MOST_LEAVES}")
        return features_asked(self.features)

    def log_odds(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The log-odds of each block, the same whatever blocks are beside it; `columns` is features × blocks."""
        refuse_fewer(self._asked, columns)
        n = columns.shape[1]
        grains = np.zeros(n + 7, np.int32)  # eight blocks at a time
        _add_leaves(columns, self.features, self.thresholds, self._left, self._grains, grains)
        return (grains[:n] / GRAIN).astype(np.float32)

    def contributions(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """How much each feature moved each block's log-odds, features × blocks (Saabas).

        An answer's share is the change of the mean over the leaves that are still possible before and after it.
        """
        _, means = self._beyond
        found = np.zeros_like(columns)
        for block, values in enumerate(columns.T):
            trees, question = np.arange(len(self.leaves)), np.zeros(len(self.leaves), np.intp)
            while len(trees):
                asked = self.features[trees, question]
                yes = (values[asked] > self.thresholds[trees, question]).astype(np.intp)
                following = self.below[trees, question, yes].astype(np.intp)
                inner = following >= 0
                after = np.where(inner, means[trees, following.clip(0)], self.leaves[trees, (-1 - following).clip(0)])
                np.add.at(found[:, block], asked.astype(np.intp), after - means[trees, question])
                trees, question = trees[inner], following[inner]
        return found


def _add_leaves(
    columns: npt.NDArray[np.float32],
    features: npt.NDArray[np.int16],
    thresholds: npt.NDArray[np.float32],
    left: _Leaves,
    leaves: Grains,
    grains: Grains,
) -> None:
    """Add to the grains of each block the leaves that it falls into.

    Eight blocks are looked at together, whose features stand beside each other. So `grains` has room for seven more.
    """
    n = columns.shape[1]
    beside, possible = np.zeros((columns.shape[0], 8), np.float32), np.empty(8, np.int32)
    for start in range(0, n, 8):
        for feature in range(columns.shape[0]):
            for i in range(min(n - start, 8)):
                beside[feature, i] = columns[feature, start + i]
        _add_to_eight(beside, features, thresholds, left, leaves, possible, grains[start : start + 8])


def _add_to_eight(
    beside: npt.NDArray[np.float32],
    features: npt.NDArray[np.int16],
    thresholds: npt.NDArray[np.float32],
    left: _Leaves,
    leaves: Grains,
    possible: _Leaves,
    grains: Grains,
) -> None:
    """The same for eight blocks. A compiler that is told their number answers a question for several at once."""
    for tree in range(leaves.shape[0]):
        for i in range(8):
            possible[i] = _ALL_LEAVES
        for question in range(features.shape[1]):
            asked, threshold, rest = features[tree, question], thresholds[tree, question], left[tree, question]
            for i in range(8):
                yes = int(beside[asked, i] > threshold)
                possible[i] &= rest | (yes - 1)  # not a branch, which would be mispredicted
        for i in range(8):
            first = possible[i] & -possible[i]
            grains[i] += leaves[tree, first % 37]
