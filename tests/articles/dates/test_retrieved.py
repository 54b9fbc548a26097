import datetime as dt

import pytest

from corpus_loader.articles.dates.retrieved import find_retrieved
from corpus_loader.pages import cut
from corpus_loader.records import Label, LabelledBlock, Page

PROSE = "The council of the town met again and said that it will mend the old bridge before the winter comes. " * 2
MENU = tuple(f"Section {letter}" for letter in "ABCDEFGHIJKL")
TITLE = "The title of the article stands here"


def find(*lines, url=None, **known):
    page = cut(Page("page", "\n".join(lines).encode(), "text/plain", url))
    kinds = {TITLE: Label.TITLE, PROSE.strip(): Label.BODY}
    labels = [LabelledBlock(kinds.get(page.texts[i], Label.FURNITURE), 0.5) for i in range(len(page.blocks))]
    return page, find_retrieved(page, labels, **known)


@pytest.mark.parametrize(
    ("clock", "quote", "day"),
    [
        ("جمعه ۲ آذر ۱۴۰۳ تهران ۱۰:۲۲", "جمعه ۲ آذر ۱۴۰۳", "2024-11-22"),
        ("القاهرة: الأربعاء، 07 أكتوبر 2020 12:19 م", "الأربعاء، 07 أكتوبر 2020", "2020-10-07"),
        ("۵۹ : ۱۸ - يکشنبه ۲۱ ارديبهشت ۱۳۹۹", "يکشنبه ۲۱ ارديبهشت ۱۳۹۹", "2020-05-10"),
        ("Sunday, December 24, 2023", "Sunday, December 24, 2023", "2023-12-24"),
    ],
)
def test_a_masthead_states_the_day_of_the_crawl(clock, quote, day):
    page, found = find("Home", clock, *MENU, TITLE, PROSE)
    assert found.value == dt.date.fromisoformat(day)
    (evidence,) = found.evidence
    assert (evidence.field, evidence.rule, evidence.quote) == ("retrieved", "site-clock", quote)
    assert page.text[evidence.start : evidence.end] == quote


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("7 October 2015", id="a day without its weekday or a place"),
        pytest.param("Published Wednesday, 7 October 2015 10:30", id="a stamp that says so"),
        pytest.param("Wednesday, 7 October 2015", id="right above the headline"),
        pytest.param("Concert in the town hall of the city on Wednesday, 7 October 2015", id="an event"),
    ],
)
def test_other_days_above_the_headline_are_no_clock(line):
    assert find("Home", *MENU, line, TITLE, PROSE)[1].value is None


def test_a_day_below_the_headline_is_no_clock():
    assert find("Home", TITLE, "Wednesday, 7 October 2015", PROSE)[1].value is None


def test_a_page_is_not_fetched_before_it_can_be_published():
    lines = ("Home", "Sunday, December 24, 2023", *MENU, TITLE, PROSE)
    assert find(*lines, window=(dt.date(2024, 1, 1), dt.date(2024, 12, 31)))[1].value is None
    assert find(*lines, latest=dt.date(2023, 12, 1))[1].value is None


def test_right_above_the_headline_a_day_after_the_window_is_a_clock():
    lines = ("Home", "Sunday, 24 December 2023", TITLE, PROSE)
    assert find(*lines)[1].value is None
    assert find(*lines, window=(dt.date(2015, 9, 1), dt.date(2016, 1, 31)))[1].value == dt.date(2023, 12, 24)


def test_an_archive_states_when_it_was_there():
    url = "https://web.archive.org/web/20130307194448/http://example.org/title"
    _, found = find(TITLE, PROSE, url=url)
    assert found.value == dt.date(2013, 3, 7)
    (evidence,) = found.evidence
    assert (evidence.origin, url[evidence.start : evidence.end]) == ("url", "20130307")
