"""The words of classes and ids, against the pattern that says what they are."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.block_features.elements import Elements
from corpus_loader.articles.block_features.tokens import (
    TOKEN_NAMES,
    block_tokens,
    fill_tokens,
    read_starts,
    tag_tokens,
)
from corpus_loader.articles.block_features.word_scores import WordScores
from corpus_loader.records import Block, Markup, Outline

#: What a word is.
WORD = re.compile(r"[A-Z]{3,}(?![a-z])|[A-Z]?[a-z]{2,}")
VALUE = st.text(alphabet="abzABZ-_ 7é\n{[@`漢\ud800", max_size=20)


@given(VALUE)
def test_words_are_what_the_pattern_finds(value):
    assert tag_tokens(f'<div class="{value}">') == {word.lower() for word in WORD.findall(value)}


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ('<div class="c-postBody__text">', {"post", "body", "text"}),
        ('<p id="HTMLParser" class="a XMLa">', {"html", "parser"}),
        ('<p role="main" itemprop="articleBody" title="other">', {"main", "article", "body"}),
        ('<p class="" data-id="other" id="side">', {"side"}),
        ("<p class=side>", {"side"}),
        ("<p\nclass=side>", {"side"}),
        ("<p class='side bar' id=new>", {"side", "bar", "new"}),
        ("<p class='side id=new", {"side", "new"}),
        ('<p class=bare id="side">', {"side"}),
        ('<p class="cut off', set()),
        ("<p class=", set()),
        ("<p>", set()),
        ("", set()),
    ],
)
def test_words_are_of_the_attributes_that_name_things(start, words):
    assert tag_tokens(start) == words


def nested(*starts: str) -> Elements:
    """One block, in these elements, the innermost first."""
    outline = Outline((0, *range(len(starts))), ("", *("div" for _ in starts)), ("", *reversed(starts)))
    return Elements([Block(0, 1, Markup(outline, len(starts), 0.0))])


def test_features_are_the_lowest_and_highest_scores_around_a_block():
    far = '<div class="far">'
    elements = nested('<p class="TEXT">', '<div class="body side">', '<p class="text unknown">', far, "<i>", "<b>", far)
    rows = np.empty((len(TOKEN_NAMES), 1), np.float32)
    fill_tokens(elements, WordScores({"text": 0.5, "body": 0.75, "side": -0.25, "far": -1.0}), rows, 0)
    assert dict(zip(TOKEN_NAMES, rows[:, 0].tolist(), strict=True)) == {
        "own_token_low": 0.5,
        "own_token_high": 0.5,
        "token_low_1": -0.25,
        "token_high_1": 0.75,
        "token_low": -1,
        "token_high": 0.75,
        "token_sum": 0.5,
    }
    assert block_tokens(elements) == [{"text", "body", "side", "unknown", "far"}]


@given(st.dictionaries(st.text("abc", min_size=2, max_size=4), st.floats(-1, 1, width=32), max_size=40))
def test_every_word_has_its_own_score(scores):
    words = [*scores, "other"]
    low, high = np.empty(len(words)), np.empty(len(words))
    read_starts([f'<p id="{word}">' for word in words], WordScores(scores), low, high)
    assert low.tolist() == high.tolist() == [*scores.values(), 0]
