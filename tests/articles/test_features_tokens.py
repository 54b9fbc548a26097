"""The words of classes and ids, against the pattern that says what they are."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.features_tokens import StartTags
from corpus_loader.articles.words import WordScores

#: What a word is: `c-postBody__text` is post, body, text.
WORD = re.compile(r"[A-Z]{3,}(?![a-z])|[A-Z]?[a-z]{2,}")
VALUE = st.text(alphabet="abzABZ-_ 7é\n{[@`漢", max_size=20)


@given(st.lists(VALUE, max_size=5))
def test_words_are_what_the_pattern_finds(values: list[str]) -> None:
    starts = [f'<div class="{value}">' for value in values]
    assert StartTags(starts).words() == [{word.lower() for word in WORD.findall(value)} for value in values]


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ('<div class="c-postBody__text">', {"post", "body", "text"}),
        ('<p id="HTMLParser" class="a XMLa">', {"html", "parser"}),
        ('<p role="main" itemprop="articleBody" title="other">', {"main", "article", "body"}),
        ("<p class=side>", {"side"}),
        ("<p class='side bar'>", {"side", "bar"}),
        ("<p>", set()),
    ],
)
def test_words_are_of_the_attributes_that_name_things(start: str, words: set[str]) -> None:
    assert StartTags([start]).words() == [words]


def test_columns_are_the_lowest_and_highest_scores_around_a_block() -> None:
    tags = StartTags(["", '<p class="text">', '<div class="body side">', '<div class="unknown">'])
    near = np.array([[1, 3], [2, 3], [3, 0], [0, 0], [0, 0], [0, 0]])
    scores = WordScores({"text": 0.5, "body": 0.75, "side": -0.25, "lone": 1.0})
    found = {name: row.tolist() for name, row in tags.columns(near, scores).items()}
    assert found == {
        "own_token_low": [0.5, 0],
        "own_token_high": [0.5, 0],
        "token_low_1": [-0.25, 0],
        "token_high_1": [0.75, 0],
        "token_low": [-0.25, 0],
        "token_high": [0.75, 0],
        "token_sum": [1.5, 0],
    }
