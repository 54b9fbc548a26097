"""How likely each stated day is the publication day: boosted trees over `resolve_features`, then a calibration table.

Both are data (`tables/ranker.json`), made by `training/date_ranker.py`, whose card is in the same file.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from corpus_loader.articles.dates.resolve_features import NAMES

__all__ = ["Ranker", "shipped"]


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
        self._calibration = {kind: tuple(map(tuple, steps)) for kind, steps in table["calibration"].items()}

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

    def confidence(self, score: float, *, kind: str) -> float:
        """The share of right days among held-out pages of that kind whose best day scored like this."""
        steps = self._calibration[kind]
        place = bisect_right([step[0] for step in steps], score) - 1
        return float(steps[max(place, 0)][1])


@lru_cache(maxsize=1)
def shipped() -> Ranker:
    """The ranker that ships with the package."""
    return Ranker(json.loads(files("corpus_loader.articles.dates").joinpath("tables/ranker.json").read_bytes()))
