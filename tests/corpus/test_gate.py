"""What breaks its schema does not enter a corpus, and is not lost either."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_loader.corpus.gate import refuse_invalid, without_invalid
from corpus_loader.corpus.jsonlines import LINE_LIMIT
from corpus_loader.corpus.lines import check_line
from corpus_loader.corpus.rows import from_row, to_line
from corpus_loader.errors import SchemaError
from corpus_loader.records import Article, Rejection
from tests.corpus.records import ARTICLE, articles, rejections

ODD = st.sampled_from(["", " ", "\0", "a\0b", "\ud800", "EXAMPLE.org", "x" * 300])


def is_valid(rejection: Rejection) -> bool:
    return check_line(to_line(rejection)[:-1], "rejection")[1] == ()


@settings(max_examples=100)
@given(articles, st.sampled_from(["body", "source", "url", "title"]), ODD)
def test_an_article_that_breaks_the_schema_is_rejected_with_the_place(article, name, value):
    assert refuse_invalid(article) is article
    broken = replace(article, **{name: value})
    refused = refuse_invalid(broken)
    if isinstance(refused, Rejection):
        sound = without_invalid(refused)
        assert is_valid(sound)
        assert (sound.reason, sound.page) == ("schema", article.provenance.page)
    else:
        assert check_line(to_line(broken)[:-1])[1] == ()


def test_an_article_of_a_line_that_no_reader_takes_is_rejected():
    article = from_row(ARTICLE)
    for body in ("x" * (LINE_LIMIT - 10_000), "x" * LINE_LIMIT):
        kept = refuse_invalid(replace(article, body=body))
        is_read = check_line(to_line(replace(article, body=body))[:-1])[1] == ()
        assert isinstance(kept, Article) == is_read
    assert isinstance(kept, Rejection)
    assert kept.detail.startswith("the record: found a line of 16,77")
    assert is_valid(without_invalid(kept))


@settings(max_examples=100)
@given(rejections, st.sampled_from(["url", "source", "detail"]), ODD)
def test_a_rejection_that_breaks_the_schema_says_so_instead(rejection, name, value):
    assert without_invalid(rejection) is rejection
    sound = without_invalid(replace(rejection, **{name: value}))
    assert is_valid(sound)
    assert (sound.page, sound.page_sha256) == (rejection.page, rejection.page_sha256)


def test_a_page_whose_name_can_not_be_written_is_a_mistake():
    with pytest.raises(SchemaError, match="next: give the page another name"):
        without_invalid(Rejection("\0", None, None, None, None, "unreadable", "x"))
