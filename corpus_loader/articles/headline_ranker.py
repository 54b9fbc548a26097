"""How likely each candidate is the headline: a forest over `headline_features`, then a calibration table.

Both are data (`weights/headline.npz`), made by `training/headline.py`; the card is `weights/headline.json`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.headline_features import FEATURES
from corpus_loader.articles.trees import Forest

__all__ = ["Ranker", "shipped"]


class Ranker(NamedTuple):
    """The forest, and what its scores were worth on held-out pages."""

    forest: Forest
    #: Two rows: log-odds of a page's best candidate, ascending; the share of right titles from there on.
    calibration: npt.NDArray[np.float32]

    def scores(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """The log-odds of each row."""
        return [float(score) for score in self.forest.log_odds(np.asarray(rows, np.float32).T)]

    def confidence(self, score: float) -> float:
        """The share of right titles among held-out pages whose best candidate scored like this."""
        steps, shares = self.calibration
        return float(shares[max(int(np.searchsorted(steps, score, "right")) - 1, 0)])


@cache
def shipped() -> Ranker:
    """The ranker that ships with the package."""
    with as_file(files("corpus_loader.articles").joinpath("weights", "headline.npz")) as path, np.load(path) as stored:
        if tuple(stored["names"]) != FEATURES:
            raise ValueError("headline.npz was trained on other features than headline_features has: train it again")
        forest = Forest(stored["features"], stored["thresholds"], stored["leaves"], float(stored["bias"]))
        return Ranker(forest, stored["calibration"])
