"""The article's body as the page states it."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.block_features.stated import Passages, fill_stated, stated_body
from tests.articles.pages import OTHER, PARAGRAPH, page


def stating(body: str, markup: str):
    article = json.dumps({"@type": "NewsArticle", "articleBody": body})
    return page(markup, head=f'<script type="application/ld+json">{article}</script>')


def stated(document) -> list[float]:
    rows = np.empty((1, len(document.blocks)), np.float32)
    fill_stated(document, rows, 0)
    return rows[0].tolist()


def test_the_beginning_and_the_end_of_each_block_are_looked_for():
    body = f"{PARAGRAPH}\n\n{OTHER}\n{PARAGRAPH}"
    blocks = [PARAGRAPH, f"Comments: {OTHER}", f"{OTHER} Read more about the bridge and the river below it.", "Share"]
    document = stating(body, "".join(f"<p>{block}</p>" for block in [*blocks, "old bridge", "the"]))
    assert stated_body(document) == f"{PARAGRAPH} {OTHER} {PARAGRAPH}"
    assert stated(document) == [2, 1, 1, 0, 2, 0]


@pytest.mark.parametrize("document", [page(f"<p>{PARAGRAPH}</p>"), stating("Short.", f"<p>{PARAGRAPH}</p>")])
def test_a_page_may_state_no_body_or_a_summary(document):
    assert stated(document) == [-1]


def test_a_page_that_asks_for_endless_searches_is_told_no():
    body = Passages("bridges and " * 200_000)
    assert body.holds("bridges")
    assert not all(body.holds("bridges and bridges") for _ in range(100))


@given(st.text(alphabet="ab語\ud800 ", max_size=60), st.text(alphabet="ab語\ud800 ", max_size=7))
def test_passages_are_those_of_the_text(text, passage):
    assert Passages(text).holds(passage) == (passage in text)
    assert all(Passages(text).holds(text[i : i + 9]) for i in range(len(text)))
