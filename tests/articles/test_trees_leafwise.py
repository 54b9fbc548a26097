"""Trees grown leaf by leaf, evaluated flat, against walking them one by one."""

import numpy as np
import pytest

from corpus_loader.articles.trees_leafwise import LeafwiseForest

TREES, LEAVES, FEATURES = 9, 32, 5


@pytest.fixture
def forest() -> LeafwiseForest:
    """Random trees of random shapes: each of the later questions is put in a leaf's place."""
    random = np.random.default_rng(1)
    below = np.full((TREES, LEAVES - 1, 2), -1, np.int8)
    for tree in range(TREES):
        for question in range(1, LEAVES - 1 - tree):  # the later trees have fewer leaves
            above, answer = random.permutation(np.argwhere(below[tree, :question] == -1))[0]
            below[tree, above, answer] = question
        _number(below[tree], 0, 0)
    thresholds = random.normal(size=(TREES, LEAVES - 1)).astype(np.float32)
    for tree in range(1, TREES):
        thresholds[tree, -tree:] = np.inf
    features = random.integers(0, FEATURES, (TREES, LEAVES - 1)).astype(np.int16)
    return LeafwiseForest(features, thresholds, below, random.normal(size=(TREES, LEAVES)).astype(np.float32))


def _number(below: np.ndarray, question: int, leaf: int) -> int:
    """Number the leaves behind a question from left to right; the number that comes next."""
    for answer in (0, 1):
        if below[question, answer] > 0:
            leaf = _number(below, int(below[question, answer]), leaf)
        else:
            below[question, answer] = -1 - leaf
            leaf += 1
    return leaf


@pytest.fixture
def columns() -> np.ndarray:
    return np.random.default_rng(2).normal(size=(FEATURES, 40)).astype(np.float32)


def walk(forest: LeafwiseForest, row: np.ndarray) -> float:
    total = 0.0
    for tree in range(TREES):
        place = 0
        while place >= 0:
            yes = int(row[forest.features[tree, place]] > forest.thresholds[tree, place])
            place = int(forest.below[tree, place, yes])
        total += float(forest.leaves[tree, -1 - place])
    return total


def test_the_flat_evaluation_is_the_walk(forest: LeafwiseForest, columns: np.ndarray) -> None:
    assert forest.log_odds(columns) == pytest.approx([walk(forest, row) for row in columns.T], abs=1e-4)


def test_a_block_scores_the_same_alone(forest: LeafwiseForest, columns: np.ndarray) -> None:
    alone = [forest.log_odds(columns[:, [block]])[0] for block in range(columns.shape[1])]
    assert forest.log_odds(columns).tolist() == alone


def test_a_table_without_all_features_is_refused(forest: LeafwiseForest, columns: np.ndarray) -> None:
    with pytest.raises(ValueError, match="the trees ask about 5 features, but there are 4"):
        forest.log_odds(columns[:4])


def test_a_forest_whose_parts_do_not_fit_is_refused(forest: LeafwiseForest, columns: np.ndarray) -> None:
    for part, message in (("thresholds", "thresholds for all"), ("below", "what follows"), ("leaves", "each tree has")):
        with pytest.raises(ValueError, match=message):
            forest._replace(**{part: getattr(forest, part)[:-1]}).log_odds(columns)
    with pytest.raises(ValueError, match="features are numbered from 0"):
        forest._replace(features=forest.features - np.int16(1)).log_odds(columns)


def test_contributions_add_up_to_the_change_from_the_mean(forest: LeafwiseForest, columns: np.ndarray) -> None:
    used = [LEAVES - tree if tree else LEAVES for tree in range(TREES)]
    start = sum(forest.leaves[tree, :count].mean() for tree, count in enumerate(used))
    moved = forest.contributions(columns).sum(axis=0)
    assert start + moved == pytest.approx(forest.log_odds(columns), abs=1e-4)


def test_no_blocks_have_no_scores(forest: LeafwiseForest) -> None:
    assert forest.log_odds(np.zeros((FEATURES, 0), np.float32)).shape == (0,)
