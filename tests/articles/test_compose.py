"""What is missing of an article, told at once; what a person decided, held against the page."""

import datetime as dt

import pytest

from corpus_loader.articles.compose import compose, reasons_of, settle
from corpus_loader.articles.door import extract
from corpus_loader.articles.registry import Registry
from corpus_loader.errors import DeclarationError
from corpus_loader.records import Article, Decision, Page, Rejection

PARAGRAPHS = [
    "The water minister said that the talks would deal with the drought that has struck the region for years.",
    "He added that the neighbouring countries had agreed to share what they know about their common basins.",
    "Experts called for less water to be used on farms, which take more than half of all that there is.",
]
TITLE = "Talks on water open in the capital"
STAMP = "Published: 7 October 2015"


def page(*lines, **known):
    return Page("a.txt", "\n".join(lines).encode(), "text/plain", **known)


def test_all_that_a_value_would_settle_is_told_at_once():
    found = compose(extract(page("Home", TITLE, *PARAGRAPHS)))
    assert isinstance(found, Rejection)
    assert reasons_of(found) == ("no-source", "no-date")
    assert found.detail.startswith("the page states no address")
    assert "; also no-date: the page states no day" in found.detail


def test_what_was_found_is_not_told_as_missing():
    assert reasons_of(compose(extract(page("Home", TITLE, STAMP, *PARAGRAPHS)))) == ("no-source",)
    url = "https://www.aljazeera.net/water"
    assert reasons_of(compose(extract(page("Home", TITLE, *PARAGRAPHS, url=url)))) == ("no-date",)
    assert isinstance(compose(extract(page("Home", TITLE, STAMP, *PARAGRAPHS, url=url))), Article)


def test_a_page_without_an_article_misses_nothing_else():
    found = compose(extract(page("Home", "Contact", "About us", "Terms of use")))
    assert isinstance(found, Rejection)
    assert reasons_of(found) == (found.reason,)
    assert "; also " not in found.detail


@pytest.mark.parametrize(("day", "fits"), [("2015-10-09", True), ("2015-10-10", True), ("2015-10-11", False)])
def test_a_curated_day_after_the_page_was_fetched_is_refused(day, fits):
    found = extract(page(TITLE, *PARAGRAPHS, fetched=dt.datetime(2015, 10, 9, 22, tzinfo=dt.UTC)))
    decision = Decision(why="w", date=dt.date.fromisoformat(day))
    if fits:
        assert settle(found, decision, Registry.shipped()).date == decision.date
        return
    with pytest.raises(DeclarationError, match=r"date is 2015-10-11, but the page was fetched on 2015-10-09"):
        settle(found, decision, Registry.shipped())
