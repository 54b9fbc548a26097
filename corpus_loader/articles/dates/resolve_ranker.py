"""How likely each stated day is the publication day: a forest over `resolve_features`, then a calibration table.

Both are data (`tables/ranker.npz`), made by `training/date_ranker.py`; the card is `tables/ranker.json`.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from corpus_loader.articles.dates.resolve_features import NAMES

if TYPE_CHECKING:
    from corpus_loader.articles.trees import Forest

__all__ = ["Ranker", "Steps", "certainty", "confidence", "shipped"]

#: Pairs of the lowest certainty of a step and the share of right days in it, ascending.
Steps = Sequence[tuple[float, float]]


class Ranker(NamedTuple):
    """The forest, and what its scores were worth on held-out pages, by form: `html` or `text`."""

    forest: Forest
    calibration: Mapping[str, Steps]

    def scores(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """The log-odds of each row."""
        import numpy as np  # on use: whoever reads date expressions alone needs none of it

        return [float(score) for score in self.forest.log_odds(np.asarray(rows, np.float32).T)]

    def confidences(self, scores: Sequence[float], *, form: str) -> list[float]:
        """The probability of each day of a page; their sum is at most 1.

        That of the best day is the share right among held-out pages whose best day stood out like this; the others
        share what it leaves, by their odds.
        """
        best = confidence(certainty(scores), self.calibration[form])
        place = max(range(len(scores)), key=lambda i: scores[i])
        odds = [math.exp(min(score, 50.0)) for score in scores]
        others = sum(odds) - odds[place]
        return [best if i == place else (1 - best) * odds[i] / (1 + others) for i in range(len(scores))]


def certainty(scores: Sequence[float]) -> float:
    """How far a page's best day stands out, 0 to 1: it is right and the next best is wrong."""
    first, *rest = sorted((1 / (1 + math.exp(-score)) for score in scores), reverse=True)
    return first * (1 - (rest[0] if rest else 0.0))


def confidence(certain: float, steps: Steps) -> float:
    """The share of the step that a certainty falls into."""
    place = bisect_right(steps, certain, key=itemgetter(0)) - 1
    return float(steps[max(place, 0)][1])


@cache
def shipped() -> Ranker:
    """The ranker that ships with the package."""
    import numpy as np

    from corpus_loader.articles.trees import Forest

    with (
        as_file(files("corpus_loader.articles.dates").joinpath("tables", "ranker.npz")) as path,
        np.load(path) as stored,
    ):
        if tuple(stored["names"]) != NAMES:
            raise ValueError("ranker.npz was trained on other features than resolve_features has: train it again")
        forest = Forest(stored["features"], stored["thresholds"], stored["leaves"], float(stored["bias"]))
        steps = {form: [(float(low), float(share)) for low, share in stored[form]] for form in ("html", "text")}
        return Ranker(forest, steps)
