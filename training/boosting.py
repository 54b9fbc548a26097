"""Gradient boosting of oblivious trees for two classes, in NumPy alone: the same bytes on every machine.

Logistic loss with Newton leaves (Friedman, Annals of Statistics 2001), histograms over quantile bins as in LightGBM (Ke
et al., NeurIPS 2017), one split a level as in CatBoost (Prokhorenkova et al., NeurIPS 2018), and minimal variance
sampling of rows (Ibragimov and Gusev, NeurIPS 2019): most blocks of a page are soon sure, and need not be looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.trees import Forest

__all__ = ["Recipe", "fit", "mean"]

_BINS = 64


class Recipe(NamedTuple):
    """How a forest is grown."""

    trees: int = 130
    depth: int = 6
    rate: float = 0.12
    #: Added to the second derivatives of a leaf.
    penalty: float = 20.0
    #: The share of rows, and of features, that each tree looks at.
    row_share: float = 0.25
    feature_share: float = 0.5
    seed: int = 0


def fit(
    rows: npt.NDArray[np.float32], wanted: npt.NDArray[np.float32], weights: npt.NDArray[np.float32], recipe: Recipe
) -> Forest:
    """A forest that tells the wanted class, 0 or 1, from each row's features.

    Args:
        rows: rows × features.
        wanted: the class of each row.
        weights: how much each row counts.
        recipe: how to grow it.

    """
    random = np.random.default_rng(recipe.seed)
    edges = [_edges(rows[:, f]) for f in range(rows.shape[1])]
    bins = np.stack([np.searchsorted(edge, rows[:, f]).astype(np.uint8) for f, edge in enumerate(edges)])
    share = float(np.average(wanted, weights=weights))
    bias = float(np.log(share / (1 - share)))
    scores = np.full(len(rows), bias, np.float64)
    shape = (recipe.depth, recipe.trees)
    features, thresholds = np.zeros(shape, np.int16), np.zeros(shape, np.float32)
    leaves = np.zeros((recipe.trees, 2**recipe.depth), np.float32)
    for tree in range(recipe.trees):
        chance = 1 / (1 + np.exp(-scores))
        first, second = weights * (chance - wanted), weights * chance * (1 - chance)
        sample, factor = _sample(first, second, recipe, random)
        asked = np.sort(random.permutation(len(edges))[: max(1, int(len(edges) * recipe.feature_share))])
        splits = _grow(bins, sample, first[sample] * factor, second[sample] * factor, asked, recipe)
        numbers = np.zeros(len(rows), np.int64)
        for level, (feature, place) in enumerate(splits):
            own = edges[feature]  # beyond them all rows answer no: the level asks nothing
            features[level, tree], thresholds[level, tree] = feature, own[place] if place < len(own) else np.inf
            numbers = numbers * 2 + (bins[feature] > place)
        count = 2**recipe.depth
        slope = np.bincount(numbers, first, count)
        curve = np.bincount(numbers, second, count)
        leaves[tree] = -recipe.rate * slope / (curve + recipe.penalty)
        scores += leaves[tree][numbers]
    return Forest(features, thresholds, leaves, bias)


def _edges(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """At most `_BINS` − 1 values between which the rows fall into about equal shares."""
    found = np.unique(np.quantile(values, np.linspace(0, 1, _BINS + 1)[1:-1], method="lower"))
    distinct = np.unique(values)
    if len(distinct) < _BINS:
        found = distinct[:-1] if len(distinct) > 1 else distinct
    return found.astype(np.float32)


def _sample(
    first: npt.NDArray[np.float64], second: npt.NDArray[np.float64], recipe: Recipe, random: np.random.Generator
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Rows, the more surely the more they can move a leaf, and the factor that makes up for those left out."""
    size = np.sqrt(first**2 + 0.1 * second**2)
    limit = float(size.mean()) / recipe.row_share
    for _ in range(20):  # the limit above which a row is always taken, so that the share comes out as asked
        limit *= float(np.minimum(size / limit, 1).mean()) / recipe.row_share
    taken = np.minimum(size / limit, 1)
    sample = np.flatnonzero(random.random(len(size)) < taken)
    return sample, 1 / taken[sample]


def _grow(
    bins: npt.NDArray[np.uint8],
    sample: npt.NDArray[np.int64],
    first: npt.NDArray[np.float64],
    second: npt.NDArray[np.float64],
    asked: npt.NDArray[np.int64],
    recipe: Recipe,
) -> list[tuple[int, int]]:
    """The question of each level: the feature, and the bin above which the answer is yes."""
    local = [bins[feature][sample] for feature in asked]
    base = np.zeros(len(sample), np.int64)
    splits: list[tuple[int, int]] = []
    for level in range(recipe.depth):
        best, gain = (0, 0), -np.inf
        size = _BINS << level
        for i, own in enumerate(local):
            place = base + own
            slope = np.bincount(place, first, size).reshape(-1, _BINS).cumsum(axis=1)
            curve = np.bincount(place, second, size).reshape(-1, _BINS).cumsum(axis=1)
            below = slope**2 / (curve + recipe.penalty)
            above = (slope[:, -1:] - slope) ** 2 / (curve[:, -1:] - curve + recipe.penalty)
            gains = (below + above).sum(axis=0)[:-1]
            where = int(gains.argmax())
            if gains[where] > gain:
                best, gain = (i, where), float(gains[where])
        splits.append((int(asked[best[0]]), best[1]))
        base = (base // _BINS * 2 + (local[best[0]] > best[1])) * _BINS
    return splits


def mean(forests: Sequence[Forest]) -> Forest:
    """One forest whose log-odds are the mean of theirs; their trees have the same number of levels."""
    n = len(forests)
    return Forest(
        np.concatenate([forest.features for forest in forests], axis=1),
        np.concatenate([forest.thresholds for forest in forests], axis=1),
        np.concatenate([forest.leaves for forest in forests]) / np.float32(n),
        sum(forest.bias for forest in forests) / n,
    )
