"""Boosted trees grown leaf by leaf, evaluated without walking them: for blocks that quicker trees leave in doubt.

Such a tree spends its leaves where they tell most, and so sees more than an oblivious one of as many. The number of the
leaf that a block falls into is the number of questions that it passes: that have it on the side of the later leaves.
It passes a question where it passes the one that ends the question's leaves, or where it passes the one that begins
them and answers yes. So the answers of eight blocks are the bits of one byte, and a few operations on bytes answer a
question in all trees.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.trees import GRAIN, different_questions

__all__ = ["LeafwiseForest"]

#: Blocks that are looked at together: their answers stay in the processor's cache.
_CHUNK = 256
#: Leaves of a tree at most, and places for the questions between them: number 0 is always passed, the last one never.
_LEAVES = 32


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
    def _passing(self) -> npt.NDArray[np.intp]:
        """For each question of each tree the places of three: itself, and those that end and that begin its leaves.

        The question between the leaves i - 1 and i has the place i; 3 × questions × trees.
        """
        beyond, _ = self._beyond
        following, both = (beyond[..., 1], beyond[..., 0] | beyond[..., 1])
        own, begin = (np.frexp((bits & (~bits + np.uint32(1))).astype(np.float64))[1] - 1 for bits in (following, both))
        end = np.frexp(both.astype(np.float64))[1]
        nobody = own == begin  # a question that nobody answers with yes
        own, end = np.where(nobody, _LEAVES, own), np.where(nobody, _LEAVES, end)
        places: npt.NDArray[np.intp] = np.stack([own, end, begin]).transpose(0, 2, 1) * len(beyond)
        return places + np.arange(len(beyond))

    @cached_property
    def _adding(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.intp]]:
        """The leaves of all trees in a row, as whole numbers of grains, and where each tree's begin.

        Sums of whole numbers are exact, whatever their order.
        """
        return np.rint(self.leaves.ravel() * GRAIN).astype(np.int32), np.arange(
            0, self.leaves.size, self.leaves.shape[1]
        )

    def leaf_numbers(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
        """The leaf of each tree that each block falls into, trees × blocks; `columns` is features × blocks."""
        features, thresholds, asked = self._questions
        answers = np.packbits(columns.take(features, axis=0) > thresholds, axis=1)
        passed = np.zeros(((_LEAVES + 1) * len(self.leaves), answers.shape[1]), np.uint8)
        passed[: len(self.leaves)] = 255
        for question, own, end, begin in zip(asked.T, *self._passing, strict=True):
            yes = answers.take(question, axis=0)
            yes &= passed.take(begin, axis=0)
            yes |= passed.take(end, axis=0)
            passed[own] = yes
        by_place = passed.reshape(_LEAVES + 1, len(self.leaves), -1)
        found = np.zeros((len(self.leaves), columns.shape[1]), np.uint8)
        for step in (16, 8, 4, 2, 1):  # those that are passed come before those that are not
            found += found
            found |= np.unpackbits(np.bitwise_xor.reduce(by_place[step::step]), axis=1, count=columns.shape[1])
        return found

    def log_odds(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The log-odds of each block, the same whatever blocks are beside it; `columns` is features × blocks."""
        leaves, firsts = self._adding
        grains = np.empty(columns.shape[1], np.int32)
        for start in range(0, columns.shape[1], _CHUNK):
            numbers = self.leaf_numbers(columns[:, start : start + _CHUNK])
            leaves.take(numbers + firsts[:, None]).sum(axis=0, dtype=np.int32, out=grains[start : start + _CHUNK])
        return (grains / GRAIN).astype(np.float32)

    @cached_property
    def _questions(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32], npt.NDArray[np.intp]]:
        return different_questions(self.features, self.thresholds)

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
