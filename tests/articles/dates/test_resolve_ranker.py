import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.dates.resolve_features import NAMES
from corpus_loader.articles.dates.resolve_ranker import certainty, shipped

SCORES = st.lists(st.floats(-12, 12), min_size=1, max_size=12)


@given(SCORES, st.sampled_from(["html", "text"]))
def test_the_probabilities_of_a_page_are_those_of_rivals(scores, form):
    shares = shipped().confidences(scores, form=form)
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) <= 1 + 1e-9


@given(SCORES)
def test_a_rival_makes_the_best_day_less_sure(scores):
    best = max(scores)
    assert 0 <= certainty(scores) <= 1
    assert certainty([*scores, best]) <= certainty(scores)


@pytest.mark.parametrize("form", ["html", "text"])
def test_confidence_rises_with_certainty_and_never_claims_all(form):
    steps = shipped().calibration[form]
    lows, shares = zip(*steps, strict=True)
    assert list(lows) == sorted(lows)
    assert list(shares) == sorted(shares)
    assert shares[-1] < 1


def test_the_card_tells_of_the_ranker_that_ships():
    card = json.loads(files("corpus_loader.articles.dates").joinpath("tables/ranker.json").read_text("utf-8"))
    assert tuple(card["features"]) == NAMES
    for form, steps in card["confidence"].items():
        assert [tuple(step) for step in steps] == [tuple(step) for step in shipped().calibration[form]]


def test_one_row_scores_the_same_alone_and_among_others():
    rows = [[float(i % 7) for i in range(len(NAMES))], [-999.0] * len(NAMES), [1.0] * len(NAMES)]
    together = shipped().scores(rows)
    assert together == pytest.approx([shipped().scores([row])[0] for row in rows])
