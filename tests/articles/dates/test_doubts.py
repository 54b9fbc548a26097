"""Days that something on the page speaks against: how sure they are, what the refusal says, what it offers."""

import datetime as dt

import pytest

from corpus_loader.articles.dates.resolve import likely_or_refused, resolve_date
from corpus_loader.articles.language import find_language
from corpus_loader.pages import cut
from corpus_loader.records import Label, LabelledBlock, Page

PROSE = "The council of the town met again and said that it will mend the old bridge before the winter comes. " * 2
FILLER = "أعلن المجلس في بيان له أن الأعمال سوف تستمر حتى إشعار آخر وأن السكان سوف يبلغون بكل جديد في حينه."
TITLE = "Title of the article"
AUTUMN = (dt.date(2015, 9, 1), dt.date(2016, 1, 31))


def resolve(*lines, url=None, fetched=None, **known):
    page = cut(Page("page", "\n".join(lines).encode(), "text/plain", url, fetched))
    texts = [page.texts[index] for index in range(len(page.blocks))]
    kinds = [Label.TITLE if t == TITLE else Label.BODY if len(t) > 90 else Label.FURNITURE for t in texts]
    return page, resolve_date(page, [LabelledBlock(kind, 0.5) for kind in kinds], **known)


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("آخر تحديث: 7 أكتوبر 2015", "ar"),
        ("Last updated: 7 October 2015", "en"),
        ("به‌روز شده در ۱۵ مهر ۱۳۹۴", "fa"),
        ("Zuletzt aktualisiert: 7. Oktober 2015", "de"),
    ],
)
def test_a_day_of_the_last_change_alone_is_said_to_be_one(line, language):
    _, found = resolve("Home", TITLE, line, PROSE, PROSE, language=language)
    (evidence,) = found.evidence
    assert (found.value.day, evidence.rule) == (dt.date(2015, 10, 7), "printed-modified")
    assert 0.5 <= evidence.confidence < 0.9


def test_a_day_that_is_also_stated_as_published_is_as_sure_as_ever():
    lines = ("Home", TITLE, "Published: 7 October 2015", "Updated: 7 October 2015", PROSE, PROSE)
    assert resolve(*lines, language="en")[1].evidence[0].confidence > 0.76


@pytest.mark.parametrize(("line", "value"), [("12 April 2015", "2015-04-12"), ("April 2015", "2015-04")])
def test_an_address_of_another_month_is_told_and_leaves_no_confident_day(line, value):
    url = "https://example.org/2015/03/title"
    _, found = resolve("Home", TITLE, line, PROSE, PROSE, url=url, language="en")
    (evidence,) = found.evidence
    assert evidence.rule.endswith("-against-url")
    assert evidence.confidence < 0.5
    refused = likely_or_refused(found)
    assert (refused.value, refused.reason) == (None, "conflicting-dates")
    assert "the page's address states another month" in refused.detail
    assert {value, "2015-03"} <= {seen.value for seen in refused.candidates}


@pytest.mark.parametrize("line", ["12 March 2015", "1 April 2015", "28 February 2015", "March 2015"])
def test_an_address_of_the_same_month_or_of_the_night_before_agrees(line):
    url = "https://example.org/2015/03/title"
    _, found = resolve("Home", TITLE, line, PROSE, PROSE, url=url, language="en")
    assert not found.evidence[0].rule.endswith("-against-url")
    assert found.evidence[0].confidence > 0.5


def test_a_told_day_of_another_month_than_the_address_is_not_sure():
    story = f"قال المتحدث باسم الوزارة يوم الجمعة 2 أكتوبر/تشرين الأول إن {FILLER}"
    lines = (TITLE, story, FILLER, f"وأكد الوزير الجمعة ذلك. {FILLER}")
    known = {"language": "ar", "window": AUTUMN}
    assert resolve(*lines, **known)[1].evidence[0].confidence > 0.5
    _, found = resolve(*lines, url="https://example.org/2015/12/title", **known)
    assert found.value.day == dt.date(2015, 10, 2)
    assert found.evidence[0].rule.endswith("-against-url")
    assert found.evidence[0].confidence < 0.5


@pytest.mark.parametrize("line", ["March 2015", "مارس 2015"])
def test_no_month_after_the_page_was_fetched(line):
    assert resolve(TITLE, line, PROSE, PROSE, latest=dt.date(2015, 3, 9))[1].value.day == dt.date(2015, 3, 1)
    assert resolve(TITLE, line, PROSE, PROSE, latest=dt.date(2015, 2, 9))[1].value is None


def test_no_told_day_after_the_page_was_fetched():
    story = f"قال المتحدث باسم الوزارة يوم الجمعة 2 أكتوبر/تشرين الأول 2015 إن {FILLER}"
    lines = (TITLE, story, FILLER, f"وأكد الوزير الجمعة ذلك. {FILLER}")
    assert resolve(*lines, language="ar", latest=dt.date(2015, 10, 2))[1].value.day == dt.date(2015, 10, 2)
    _, found = resolve(*lines, language="ar", latest=dt.date(2015, 9, 2))
    assert found.value is None
    assert "after the page was fetched" in found.detail


def test_the_day_of_fetching_settles_an_open_year_of_the_window():
    two_years = (dt.date(2015, 1, 1), dt.date(2016, 12, 31))
    lines = (TITLE, "7 October", PROSE, PROSE)
    assert resolve(*lines, language="en", window=two_years)[1].value is None
    fetched = dt.datetime(2016, 5, 1, tzinfo=dt.UTC)
    _, found = resolve(*lines, language="en", window=two_years, fetched=fetched)
    assert found.value.day == dt.date(2015, 10, 7)
    assert "2016-10-07" not in {seen.value for seen in found.candidates}


@pytest.mark.parametrize(
    ("line", "calendars"),
    [
        ("۱۵ مهر ۱۳۹۴ - ۹ اکتبر ۲۰۱۵", "2015-10-07 (Jalali) and 2015-10-09 (Gregorian)"),
        ("20 محرم 1437 - 9 أكتوبر 2015", "2015-11-02 (Hijri) and 2015-10-09 (Gregorian)"),
    ],
)
def test_two_calendars_that_disagree_say_both_days_and_where(line, calendars):
    _, found = resolve(TITLE, line, PROSE, PROSE)
    assert (found.value, found.reason) == (None, "conflicting-dates")
    assert f"«{line}» in line 2 names two days, {calendars}" in found.detail
    assert found.detail.endswith("name the day in corpus.toml")
    assert {seen.value for seen in found.candidates} == {calendars[:10], "2015-10-09"}


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("12 تشرين الأول/نوفمبر 2015", ["2015-10-12", "2015-11-12"]),
        ("الأربعاء 12 آذار/أبريل 2015", ["2015-03-12", "2015-04-12"]),
        ("12 آذار (أبريل)", ["XXXX-03-12", "XXXX-04-12"]),
    ],
)
def test_two_names_of_a_month_that_disagree_say_both_days(line, days):
    _, found = resolve(TITLE, line, FILLER, FILLER, language="ar")
    assert (found.value, found.reason) == (None, "conflicting-dates")
    assert f"names two days, {' and '.join(days)}, by two names of a month, and " in found.detail
    assert [seen.value for seen in found.candidates] == days


def test_a_stamp_without_a_year_says_what_would_settle_it():
    lines = (TITLE, "الأربعاء 7 أكتوبر", FILLER, FILLER)
    assert find_language(FILLER).value == "ar"
    _, found = resolve(*lines, language="ar")
    assert (found.value, found.reason) == (None, "ambiguous-date")
    assert "«الأربعاء 7 أكتوبر» in line 2 names no year" in found.detail
    assert "state a window" in found.detail
    assert [seen.value for seen in found.candidates] == ["XXXX-10-07"]


def test_a_window_of_two_fitting_years_names_both_as_candidates():
    window = (dt.date(2009, 1, 1), dt.date(2016, 1, 31))
    _, found = resolve(TITLE, "الأربعاء 7 أكتوبر", FILLER, FILLER, language="ar", window=window)
    assert (found.value, found.reason) == (None, "ambiguous-date")
    assert "2009-10-07, 2015-10-07" in found.detail
    assert [seen.value for seen in found.candidates] == ["2009-10-07", "2015-10-07"]


def test_a_window_that_no_year_fits_says_so():
    window = (dt.date(2010, 1, 1), dt.date(2012, 1, 31))
    _, found = resolve(TITLE, "الأربعاء 7 أكتوبر", FILLER, FILLER, language="ar", window=window)
    assert found.reason == "ambiguous-date"
    assert "fits no day from 2010-01-01 to 2012-01-31" in found.detail


FIGURES = (TITLE, "05/07/2019", PROSE, PROSE)


@pytest.mark.parametrize("language", ["en", None])
def test_figures_of_open_order_are_refused_with_both_days(language):
    _, found = resolve(*FIGURES, language=language)
    (evidence,) = found.evidence
    assert evidence.rule.endswith("-open-order")
    refused = likely_or_refused(found)
    assert (refused.value, refused.reason) == (None, "conflicting-dates")
    assert "the month may stand first" in refused.detail
    assert {"2019-07-05", "2019-05-07"} == {seen.value for seen in refused.candidates}


@pytest.mark.parametrize(
    ("known", "day"),
    [
        ({"window": (dt.date(2019, 5, 1), dt.date(2019, 5, 31))}, "2019-05-07"),
        ({"window": (dt.date(2019, 7, 1), dt.date(2019, 7, 31))}, "2019-07-05"),
        ({"url": "https://example.org/2019/05/title"}, "2019-05-07"),
        ({"url": "https://example.org/2019/07/05/title"}, "2019-07-05"),
        ({"fetched": dt.datetime(2019, 6, 1, tzinfo=dt.UTC)}, "2019-05-07"),
    ],
)
def test_a_bound_settles_the_order_of_figures(known, day):
    _, found = resolve(*FIGURES, language="en", **known)
    assert found.value.day.isoformat() == day
    assert found.evidence[0].confidence > 0.5


@pytest.mark.parametrize(("language", "day"), [("en-US", "2019-05-07"), ("en-GB", "2019-07-05"), ("ar", "2019-07-05")])
def test_the_language_settles_the_order_of_figures(language, day):
    _, found = resolve(*FIGURES, language=language)
    assert found.value.day.isoformat() == day
    assert found.evidence[0].confidence > 0.5
