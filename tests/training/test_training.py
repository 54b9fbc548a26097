"""The parts of the training: boosting, block labels out of gold texts, lexicons."""

import numpy as np
import pytest

from training import classes
from training.boosting import Recipe, fit, mean
from training.classes import run_lengths
from training.gold import align
from training.lexicon import Lexicon, Lines

RECIPE = Recipe(trees=20, depth=3, rate=0.3, penalty=1.0, row_share=0.5, feature_share=1.0)


def problem() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    rows = random.normal(size=(2000, 6)).astype(np.float32)
    wanted = ((rows[:, 1] > 0.2) ^ (rows[:, 4] > 0)).astype(np.float32)
    return rows, wanted, np.ones(2000, np.float32)


def test_boosting_learns_what_no_single_feature_tells() -> None:
    rows, wanted, weights = problem()
    forest = fit(rows[:1500], wanted[:1500], weights[:1500], RECIPE)
    right = (forest.log_odds(rows[1500:].T) > 0) == wanted[1500:]
    assert right.mean() > 0.95


def test_boosting_gives_the_same_bytes_again() -> None:
    one, other = fit(*problem(), RECIPE), fit(*problem(), RECIPE)
    assert [part.tobytes() for part in one[:3]] == [part.tobytes() for part in other[:3]]
    assert one.bias == other.bias


def test_the_mean_of_forests_is_one_whose_log_odds_are_theirs() -> None:
    rows, wanted, weights = problem()
    forests = [fit(rows, wanted, weights, RECIPE._replace(seed=seed)) for seed in range(3)]
    expected = sum(forest.log_odds(rows.T) for forest in forests) / 3
    assert mean(forests).log_odds(rows.T) == pytest.approx(expected, abs=1e-4)


def test_a_constant_feature_does_no_harm() -> None:
    rows, wanted, weights = problem()
    rows[:, 0] = 3
    forest = fit(rows, wanted, weights, RECIPE)
    assert np.isfinite(forest.log_odds(rows.T)).all()


@pytest.mark.parametrize(
    ("texts", "gold", "expected"),
    [
        (["menu here", "one two three four five", "footer"], "one two three four five", [0, 1, 0]),
        # A short subheading between two paragraphs counts only if the gold has it there.
        (["a b c d e", "head", "f g h i j"], "a b c d e head f g h i j", [1, 1, 1]),
        (["a b c d e", "head", "f g h i j"], "a b c d e f g h i j", [1, 0, 1]),
        # A teaser that repeats a sentence of the body is not the body.
        (["a b c d e", "x", "a b c d e", "f g h i j"], "a b c d e\n\nf g h i j", [0, 0, 1, 1]),
        (["漢字漢文です", "別の行です。"], "漢字漢文です", [1, 0]),
        (["one"], "", [0]),
        ([], "one two three four", []),
    ],
)
def test_blocks_get_their_labels_from_the_gold(texts: list[str], gold: str, expected: list[int]) -> None:
    share, _ = align(texts, gold)
    assert (share >= 0.5).astype(int).tolist() == expected


def test_a_lexicon_scores_a_site_without_its_own_pages() -> None:
    pages = [Lines(f"site{i}", [{"cookie"}, {"said"}], [False, True]) for i in range(5)]
    pages.append(Lines("odd", [{"cookie"}, {"said"}], [True, False]))
    lexicon = Lexicon(pages, sites=3, limit=10)
    assert lexicon.scores["cookie"] < 0 < lexicon.scores["said"]
    assert lexicon.without("odd")["cookie"] < lexicon.scores["cookie"]
    assert lexicon.without("elsewhere") == lexicon.scores


def test_a_lexicon_leaves_out_words_of_few_sites() -> None:
    pages = [Lines("one", [{"rare"}], [True]), Lines("two", [{"rare"}], [True])]
    assert Lexicon(pages, sites=3, limit=10).scores == {}


def test_the_shipped_character_classes_are_those_of_the_unicode_database() -> None:
    import unicodedata
    from importlib.resources import as_file, files

    if unicodedata.unidata_version != "14.0.0":
        pytest.skip("the shipped table is of Unicode 14, which Python 3.11 has")
    with as_file(files("corpus_loader.articles").joinpath("weights", "character_classes.npz")) as path:
        stored = np.load(path)
        starts, classes = run_lengths()
        assert stored["starts"].tolist() == starts.tolist()
        assert stored["classes"].tolist() == classes.tolist()


def test_trees_grown_leaf_by_leaf_answer_as_lightgbm_does() -> None:
    lightgbm = pytest.importorskip("lightgbm", reason="lightgbm comes with the extra `benchmark`")
    from training import leafwise

    rows, wanted, weights = problem()
    rows[:, 2] = np.round(rows[:, 2])  # many equal values, zeros among them
    recipe = leafwise.Recipe(forests=1, trees=20, leaves=9, smallest_leaf=5, feature_share=1.0)
    forest = leafwise.fit(rows, wanted, weights, recipe)
    data = lightgbm.Dataset(rows, wanted, weight=weights, params={"max_bin": recipe.bins, "verbose": -1})
    booster = lightgbm.train(leafwise._parameters(recipe, 1), data, recipe.trees)
    assert forest.log_odds(rows.T) == pytest.approx(booster.predict(rows, raw_score=True), abs=1e-4)
    assert ((forest.log_odds(rows.T) > 0) == wanted).mean() > 0.9


def test_trees_grown_leaf_by_leaf_are_the_same_bytes_again() -> None:
    pytest.importorskip("lightgbm", reason="lightgbm comes with the extra `benchmark`")
    from training import leafwise

    recipe = leafwise.Recipe(trees=10, leaves=7)
    one, other = leafwise.fit(*problem(), recipe), leafwise.fit(*problem(), recipe)
    assert all(part.tobytes() == again.tobytes() for part, again in zip(one, other, strict=True))


def test_classes_that_nothing_tells_apart_make_trees_of_one_leaf() -> None:
    pytest.importorskip("lightgbm", reason="lightgbm comes with the extra `benchmark`")
    from training import leafwise

    rows, wanted, weights = problem()
    forest = leafwise.fit(np.zeros_like(rows), wanted, weights, leafwise.Recipe(trees=3, leaves=5))
    share = wanted.mean()
    assert forest.log_odds(np.zeros((6, 2), np.float32)) == pytest.approx(np.log(share / (1 - share)), abs=1e-2)


@pytest.mark.parametrize(
    ("name", "file"), [("classes", "weights/character_classes.npz"), ("cldr_dates", "dates/tables/cldr.json")]
)
def test_a_table_is_written_only_where_that_was_asked(name, file, capsys):
    module = pytest.importorskip(f"training.{name}", reason="needs Babel")
    path = classes.WEIGHTS.parent / file
    before = path.stat().st_mtime_ns
    with pytest.raises(SystemExit):
        module.main(["--help"])
    assert module.main([]) == 0
    assert f"usage: python -m training.{name} [-h] [--write]" in capsys.readouterr().out
    assert path.stat().st_mtime_ns == before
