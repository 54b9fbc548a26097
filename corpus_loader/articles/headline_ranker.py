"""How likely each candidate is the headline: boosted trees over `headline_features`.

The trees are data (`weights/headline.npz`), made by `training/headline.py`; its card is `weights/headline.json`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.headline_features import FEATURES

__all__ = ["ALL_LEAVES", "Ranker", "shipped"]

#: A tree's leaves are the bits of a 16-bit number; all of them.
ALL_LEAVES = 0xFFFF


class Ranker:
    """Trees, read the way of QuickScorer (Lucchese et al., SIGIR 2015): all nodes of all trees at once.

    A node whose test fails makes the leaves below its left side unreachable; the leaf that a row ends in is the
    leftmost one that no failed test has taken away. On a few dozen rows this is many times as fast as walking.

    Args:
        feature: the tested feature of each node, trees × nodes.
        threshold: a node's test holds where the feature is at most this.
        mask: the leaves that stay reachable where a node's test fails, as bits, the leftmost leaf lowest.
        leaves: the value of each leaf, trees × leaves.
        calibration: log-odds, ascending, and the share of right titles from there on, two rows.

    """

    def __init__(
        self,
        feature: npt.NDArray[np.int16],
        threshold: npt.NDArray[np.float64],
        mask: npt.NDArray[np.uint16],
        leaves: npt.NDArray[np.float64],
        calibration: npt.NDArray[np.float64],
    ) -> None:
        self._trees, self._nodes = feature.shape
        self._feature, self._threshold, self._mask = feature.ravel(), threshold.ravel(), mask.ravel()
        self._leaves = leaves.ravel()
        self._offsets = np.arange(self._trees) * leaves.shape[1]
        bits = np.arange(ALL_LEAVES + 1)
        self._lowest = np.log2(np.maximum(bits & -bits, 1)).astype(np.uint8)
        self._calibration = calibration

    def scores(self, rows: Sequence[Sequence[float]]) -> npt.NDArray[np.float64]:
        """The log-odds of each row."""
        values = np.asarray(rows, np.float64)
        fails = values[:, self._feature] > self._threshold
        kept = np.where(fails, self._mask, np.uint16(ALL_LEAVES)).reshape(len(values), self._trees, self._nodes)
        reached = self._lowest[np.bitwise_and.reduce(kept, axis=2)]
        total: npt.NDArray[np.float64] = self._leaves[reached + self._offsets].sum(axis=1)
        return total

    def confidence(self, score: float) -> float:
        """The share of right titles among held-out pages whose best candidate scored like this."""
        steps, shares = self._calibration
        return float(shares[max(int(np.searchsorted(steps, score, "right")) - 1, 0)])


@cache
def shipped() -> Ranker:
    """The ranker that ships with the package."""
    with as_file(files("corpus_loader.articles").joinpath("weights", "headline.npz")) as path, np.load(path) as stored:
        if tuple(stored["features"]) != FEATURES:
            raise ValueError("headline.npz was trained on other features than headline_features has: train it again")
        return Ranker(stored["feature"], stored["threshold"], stored["mask"], stored["leaves"], stored["calibration"])
