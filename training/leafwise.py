"""Gradient boosting of trees grown leaf by leaf, by LightGBM, in a form that needs no LightGBM to be evaluated.

The same rows and the same version of LightGBM give the same bytes: one thread, seeded, and its deterministic way of
adding up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import lightgbm
import numpy as np
import numpy.typing as npt

from corpus_loader.articles.trees_leafwise import LeafwiseForest

__all__ = ["Recipe", "fit"]

Tree = dict[str, Any]


class Recipe(NamedTuple):
    """How a forest is grown."""

    #: So many forests are grown from different seeds, and their answers averaged.
    forests: int = 2
    trees: int = 200
    leaves: int = 31
    rate: float = 0.08
    #: Added to the second derivatives of a leaf.
    penalty: float = 20.0
    smallest_leaf: int = 50
    #: The share of rows, and of features, that each tree looks at.
    row_share: float = 0.5
    feature_share: float = 0.5
    bins: int = 63


def fit(
    rows: npt.NDArray[np.float32], wanted: npt.NDArray[np.float32], weights: npt.NDArray[np.float32], recipe: Recipe
) -> LeafwiseForest:
    """A forest that tells the wanted class, 0 or 1, from each row's features; arguments as of `boosting.fit`."""
    data = lightgbm.Dataset(rows, wanted, weight=weights, params={"max_bin": recipe.bins, "verbose": -1})
    grown = [
        tree["tree_structure"]
        for seed in range(1, recipe.forests + 1)
        for tree in lightgbm.train(_parameters(recipe, seed), data, recipe.trees).dump_model()["tree_info"]
    ]
    return _flat(grown, recipe)


def _parameters(recipe: Recipe, seed: int) -> dict[str, Any]:
    return {
        "objective": "binary",
        "num_leaves": recipe.leaves,
        "learning_rate": recipe.rate,
        "lambda_l2": recipe.penalty,
        "min_data_in_leaf": recipe.smallest_leaf,
        "bagging_fraction": recipe.row_share,
        "bagging_freq": 1,
        "feature_fraction": recipe.feature_share,
        "use_missing": False,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "seed": seed,
        "verbose": -1,
    }


def _flat(grown: list[Tree], recipe: Recipe) -> LeafwiseForest:
    """The trees as arrays; questions keep LightGBM's numbers, leaves are numbered from left to right."""
    shape = (len(grown), recipe.leaves - 1)
    features, thresholds = np.zeros(shape, np.int16), np.full(shape, np.inf, np.float32)
    below, leaves = np.full((*shape, 2), -1, np.int8), np.zeros((len(grown), recipe.leaves), np.float32)
    for tree, root in enumerate(grown):
        numbers = {_key(leaf): number for number, leaf in enumerate(_leaves(root))}
        for leaf in _leaves(root):
            leaves[tree, numbers[_key(leaf)]] = leaf["leaf_value"] / recipe.forests
        for split in _splits(root):
            question = split["split_index"]
            features[tree, question] = split["split_feature"]
            thresholds[tree, question] = _single(split["threshold"])
            for answer, following in enumerate((split["left_child"], split["right_child"])):
                inner = "split_index" in following
                below[tree, question, answer] = following["split_index"] if inner else -1 - numbers[_key(following)]
    return LeafwiseForest(features, thresholds, below, leaves)


def _key(leaf: Tree) -> int:
    return int(leaf.get("leaf_index", 0))  # a tree of one leaf does not number it


def _leaves(node: Tree) -> Iterator[Tree]:
    if "split_index" in node:
        yield from _leaves(node["left_child"])
        yield from _leaves(node["right_child"])
    else:
        yield node


def _splits(node: Tree) -> Iterator[Tree]:
    if "split_index" in node:
        yield node
        yield from _splits(node["left_child"])
        yield from _splits(node["right_child"])


def _single(threshold: float) -> np.float32:
    """The greatest number of single precision that is not above: features are of single precision, and fall alike."""
    found = np.float32(threshold)
    return found if found <= threshold else np.nextafter(found, np.float32(-np.inf))
