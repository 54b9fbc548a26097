"""Oblivious trees, evaluated flat, against walking them one by one."""

import numpy as np
import pytest

from corpus_loader.articles.trees import Forest, probability


@pytest.fixture
def forest() -> Forest:
    random = np.random.default_rng(1)
    return Forest(
        random.integers(0, 5, (4, 7)).astype(np.int16),
        random.normal(size=(4, 7)).astype(np.float32),
        random.normal(size=(7, 16)).astype(np.float32),
        0.25,
    )


@pytest.fixture
def columns() -> np.ndarray:
    return np.random.default_rng(2).normal(size=(5, 11)).astype(np.float32)


def walk(forest: Forest, row: np.ndarray) -> float:
    total = forest.bias
    for tree in range(forest.features.shape[1]):
        leaf = 0
        for level in range(forest.features.shape[0]):
            leaf = 2 * leaf + int(row[forest.features[level, tree]] > forest.thresholds[level, tree])
        total += float(forest.leaves[tree, leaf])
    return total


def test_the_flat_evaluation_is_the_walk(forest: Forest, columns: np.ndarray) -> None:
    expected = [walk(forest, row) for row in columns.T]
    assert forest.log_odds(columns) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("levels", [0, 1, 2, 3])
def test_trees_can_have_any_number_of_levels(forest: Forest, columns: np.ndarray, levels: int) -> None:
    lower = Forest(forest.features[:levels], forest.thresholds[:levels], forest.leaves[:, : 2**levels], 0.25)
    assert lower.log_odds(columns) == pytest.approx([walk(lower, row) for row in columns.T], abs=1e-5)


def test_a_block_scores_the_same_among_many(forest: Forest, columns: np.ndarray) -> None:
    assert forest.log_odds(np.tile(columns, 100)).tolist() == forest.log_odds(columns).tolist() * 100


def test_a_table_without_all_features_is_refused(forest: Forest, columns: np.ndarray) -> None:
    with pytest.raises(ValueError, match="the trees ask about 5 features, but there are 4"):
        forest.log_odds(columns[:4])


@pytest.mark.parametrize("part", ["thresholds", "leaves"])
def test_a_forest_whose_parts_do_not_fit_is_refused(forest: Forest, columns: np.ndarray, part: str) -> None:
    with pytest.raises(ValueError, match="a forest has thresholds for all questions, and leaves for all answers"):
        forest._replace(**{part: getattr(forest, part)[:, :-1]}).log_odds(columns)
    with pytest.raises(ValueError, match="features are numbered from 0"):
        forest._replace(features=forest.features - np.int16(1)).log_odds(columns)


def test_contributions_add_up_to_the_change_from_the_mean(forest: Forest, columns: np.ndarray) -> None:
    start = forest.bias + forest.leaves.mean(axis=1).sum()
    moved = forest.contributions(columns).sum(axis=0)
    assert start + moved == pytest.approx(forest.log_odds(columns), abs=1e-4)


def test_no_blocks_have_no_scores(forest: Forest) -> None:
    assert forest.log_odds(np.zeros((5, 0), np.float32)).shape == (0,)


def test_probability() -> None:
    assert probability(np.array([0.0, 100.0, -100.0], np.float32)) == pytest.approx([0.5, 1, 0])
