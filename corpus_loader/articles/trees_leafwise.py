"""Boosted trees grown leaf by leaf, evaluated without walking them: for blocks that quicker trees leave in doubt.

Such a tree spends its leaves where they tell most, and so sees more than an oblivious one of as many. Which leaf a
block falls into is found from all questions of the tree at once: each answer "yes" strikes out the leaves to the left
of its question, and the first leaf that is left is the block's (QuickScorer; Lucchese et al., SIGIR 2015).
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.trees import GRAIN

__all__ = ["LeafwiseForest"]


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
    def _grains(self) -> npt.NDArray[np.int32]:
        """What each leaf adds, as whole numbers of grains: their sums are exact, whatever their order."""
        grains: npt.NDArray[np.int32] = np.rint(self.leaves * GRAIN).astype(np.int32)
        return grains

    def log_odds(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The log-odds of each block, the same whatever blocks are beside it; `columns` is features × blocks."""
        beyond, _ = self._beyond
        left = np.full((len(self.leaves), columns.shape[1]), 2**32 - 1, np.uint32)
        for question in range(self.features.shape[1]):
            yes = columns.take(self.features[:, question], axis=0) > self.thresholds[:, question, None]
            left &= ~(yes * beyond[:, question, :1])
        first = np.frexp((left & (~left + np.uint32(1))).astype(np.float64))[1] - 1
        found: npt.NDArray[np.int32] = np.take_along_axis(self._grains, first, axis=1).sum(axis=0, dtype=np.int32)
        return (found / GRAIN).astype(np.float32)

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
