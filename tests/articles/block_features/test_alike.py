"""What the first look thought of the lines that are like a line."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.block_features.alike import COMPANY_NAMES, SHAPE_NAMES, fill_company, fill_shapes
from corpus_loader.articles.block_features.characters import Characters
from corpus_loader.articles.block_features.text import TEXT_NAMES
from corpus_loader.articles.block_features.words import read_words

Lines = list[tuple[str, float]]
PAGES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["one", "two", "three", "four", "!"]), min_size=1, max_size=9).map(" ".join),
        st.integers(0, 10000).map(lambda first: first / 10000),
    ),
    min_size=1,
)


def company(*lines: tuple[str, float]) -> dict[str, np.ndarray]:
    texts, first = zip(*lines, strict=True)
    rows = np.full((len(COMPANY_NAMES) + 2, len(lines)), np.nan, np.float32)
    text = np.zeros((len(TEXT_NAMES), len(lines)), np.float32)
    fill_company(read_words(Characters(texts)), np.array(first, np.float32), text, rows, 1)
    assert np.isnan(rows[[0, -1]]).all()
    return dict(zip(COMPANY_NAMES, rows[1:-1], strict=True))


def shapes(first: list[float], features: dict[str, list[float]]) -> dict[str, np.ndarray]:
    text = np.zeros((len(TEXT_NAMES), len(first)), np.float32)
    for name, values in features.items():
        text[TEXT_NAMES.index(name)] = values
    rows = np.full((len(SHAPE_NAMES) + 2, len(first)), np.nan, np.float32)
    fill_shapes(np.array(first, np.float32), text, rows, 1)
    assert np.isnan(rows[[0, -1]]).all()
    return dict(zip(SHAPE_NAMES, rows[1:-1], strict=True))


def test_a_line_keeps_the_company_of_the_lines_that_its_words_stand_in() -> None:
    found = company(
        ("Welcome", 0),
        ("The bridge was rebuilt by the council", 0.9),
        ("A council in doubt about its bridge", 0.4),
        ("Recipes of the week: lemon cake", 0.4),
        ("More cake recipes", 0),
    )
    assert found["company"][2] > 0.8
    assert found["company"][3] < 0.3
    assert found["company"][0] == -1
    assert found["company_in_body"][0] == 0
    assert found["company_no_body"][4] == pytest.approx(2 / 3)


def test_the_words_of_the_headline_are_counted() -> None:
    found = company(("Bridge rebuilt", 0), ("The bridge is rebuilt", 0.5), ("Lemon cake", 0.5))
    assert found["headline_words"].tolist() == pytest.approx([1, 2 / 3, 0])


@given(PAGES)
def test_company_is_kept_by_what_is_printed_elsewhere(lines: Lines) -> None:
    found = company(*lines)
    words = [[word for word in text.split() if word != "!"] for text, _ in lines]
    printed = Counter(word for own in words for word in own)
    for i, (own, (_, first)) in enumerate(zip(words, lines, strict=True)):
        shared = [word for word in own if printed[word] > 1]
        others = {word: printed[word] - 1 for word in shared}
        likely = {w: sum(f * all_.count(w) for all_, (_, f) in zip(words, lines, strict=True)) - first for w in shared}
        weights = sum(1 / others[word] for word in shared)
        expected = sum(likely[word] / others[word] ** 2 for word in shared) / weights if shared else -1
        assert found["company"][i] == pytest.approx(expected, abs=1e-5)
        assert found["company_words"][i] == pytest.approx(len(shared) / max(len(own), 1))
        in_body, no_body = found["company_in_body"][i], found["company_no_body"][i]
        assert in_body + no_body == pytest.approx(found["company_words"][i], abs=1e-6)
        assert found["company_only_body"][i] <= in_body


def test_a_line_is_known_by_the_other_lines_of_its_shape() -> None:
    found = shapes([0.1, 0.2, 0.9], {"size": [2.3, 2.4, 3.6], "stopped": [0, 0, 1]})
    assert found["shape_company"].tolist() == pytest.approx([0.2, 0.1, -1])
    assert found["same_shape"].tolist() == pytest.approx(np.log([3, 3, 2]).tolist())


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("size", 2.0, 3.0),
        ("stopped", 0, 1),
        ("first_kind", 1, 4),
        ("digits", 0, 0.01),
        ("letter_end", 0, 1),
        ("commas", 0, 1),
    ],
)
def test_a_shape_has_several_sides(name: str, one: float, other: float) -> None:
    assert shapes([0.5, 0.5], {name: [one, other]})["shape_company"].tolist() == [-1, -1]
    assert shapes([0.5, 0.5], {name: [one, one]})["shape_company"].tolist() == [0.5, 0.5]
