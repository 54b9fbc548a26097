"""How likely each stated day is the publication day: boosted trees over `resolve_features`, then a calibration table.

Both are data (`tables/ranker.json`), made by `training/date_ranker.py`, whose card is in the same file.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from corpus_loader.articles.dates.resolve_features import NAMES

__all__ = ["Ranker", "certainty", "confidence", "shipped"]


class Ranker:
    """Trees and calibration out of their file."""

    def __init__(self, table: dict[str, Any]) -> None:
        import numpy as np  # on use: the package's root must import without it

        if tuple(table["features"]) != NAMES:
            raise ValueError("ranker.json was trained on other features than resolve_features states: train it again")
        self._np = np
        trees = table["trees"]
        size = max(len(tree["feature"]) for tree in trees)
        pad = lambda key, fill: np.array([t[key] + [fill] * (size - len(t[key])) for t in trees])  # noqa: E731
        self._feature, self._threshold = pad("feature", -1).astype(np.int32), pad("threshold", 0.0)
        self._left, self._right = pad("left", 0).astype(np.int32), pad("right", 0).astype(np.int32)
        self._value = pad("value", 0.0)
        self._depth: int = table["depth"]
        self._calibration = {form: tuple(map(tuple, steps)) for form, steps in table["calibration"].items()}

    def scores(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """The log-odds of each row, from -inf to inf."""
        np = self._np
        values = np.asarray(rows, dtype=np.float64)
        day, tree = np.arange(len(values))[:, None], np.arange(len(self._feature))[None, :]
        node = np.zeros((len(values), len(self._feature)), dtype=np.int32)
        for _ in range(self._depth):
            feature = self._feature[tree, node]
            goes_left = values[day, feature] <= self._threshold[tree, node]
            following = np.where(goes_left, self._left[tree, node], self._right[tree, node])
            node = np.where(feature < 0, node, following)
        return [float(total) for total in self._value[tree, node].sum(axis=1)]

    def confidences(self, scores: Sequence[float], *, form: str) -> list[float]:
        """The probability of each day of a page of that form, `html` or `text`; their sum is at most 1.

        That of the best day is the share right among held-out pages whose best day stood out like this; the others
        share what it leaves, by their odds.
        """
        best = confidence(certainty(scores), self._calibration[form])
        place = max(range(len(scores)), key=lambda i: scores[i])
        odds = [math.exp(min(score, 50.0)) for score in scores]
        others = sum(odds) - odds[place]
        return [best if i == place else (1 - best) * odds[i] / (1 + others) for i in range(len(scores))]


def certainty(scores: Sequence[float]) -> float:
    """How far a page's best day stands out, 0 to 1: it is right and the next best is wrong."""
    first, *rest = sorted((1 / (1 + math.exp(-score)) for score in scores), reverse=True)
    return first * (1 - (rest[0] if rest else 0.0))


def confidence(certain: float, steps: Sequence[Sequence[float]]) -> float:
    """The share of the step that a certainty falls into; steps are (lowest certainty, share), ascending."""
    place = bisect_right([step[0] for step in steps], certain) - 1
    return float(steps[max(place, 0)][1])


@lru_cache(maxsize=1)
def shipped() -> Ranker:
    """The ranker that ships with the package."""
    return Ranker(json.loads(files("corpus_loader.articles.dates").joinpath("tables/ranker.json").read_bytes()))
