"""The Hebrew calendar: its arithmetic, its numerals, its dates in texts."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.dates import find_dates
from corpus_loader.articles.dates.calendars import days_of_month, first_day, from_gregorian, last_day, to_gregorian
from corpus_loader.articles.dates.hebrew import numeral
from corpus_loader.articles.dates.hebrew_calendar import from_hebrew, is_leap, to_hebrew


@given(st.dates(dt.date(2, 1, 1), dt.date(9998, 12, 31)))
def test_every_day_comes_back(day):
    assert from_hebrew(*to_hebrew(day)) == day


#: New years of both kinds and all lengths, and known days: from the tables in «Calendrical Calculations» and calendars.
@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ((5708, 9, 5), "1948-05-14"),
        ((5775, 1, 1), "2014-09-25"),
        ((5776, 1, 1), "2015-09-14"),
        ((5784, 1, 1), "2023-09-16"),
        ((5784, 7, 14), "2024-03-24"),
        ((5784, 6, 14), "2024-02-23"),
        ((5806, 1, 1), "2045-09-12"),
        ((5807, 1, 1), "2046-10-01"),
        ((5756, 1, 5), "1995-09-29"),
        ((5800, 1, 1), "2039-09-19"),
    ],
)
def test_known_days(printed, day):
    assert to_gregorian("hebrew", *printed) == dt.date.fromisoformat(day)
    assert from_gregorian("hebrew", dt.date.fromisoformat(day)) == printed


def test_years_begin_on_lawful_weekdays_and_have_lawful_lengths():
    for year in range(5600, 6000):
        first, last = first_day("hebrew", year), last_day("hebrew", year)
        assert first.weekday() in {0, 1, 3, 5}
        assert (last - first).days + 1 in ({383, 384, 385} if is_leap(year) else {353, 354, 355})
        assert (days_of_month("hebrew", year, 6) == 30) is is_leap(year)


def test_days_that_a_year_does_not_have_do_not_exist():
    for printed in ((5775, 6, 1), (5775, 14, 1), (5775, 0, 1), (5775, 4, 30), (5775, 3, 0)):
        assert to_gregorian("hebrew", *printed) is None


def test_numerals():
    for letters, number in (("ט״ו", 15), ('י"ב', 12), ("תשע״ה", 775), ("ל'", 30), ("תש״ף", 780)):
        assert numeral(letters) == number


def test_a_printed_pair_is_one_day():
    (found,) = find_dates('יום חמישי, י"ב בכסלו תשע"ה, 4 בדצמבר 2014, 14:30', language="he")
    assert (found.value, found.rule, found.weekday_ok, found.hour) == ("2014-12-04", "two-calendars", True, 14)
    (found,) = find_dates("15.12.2015, ג' בטבת תשע\"ו", language="he")
    assert (found.value, found.calendars_agree, found.weekday) == ("2015-12-15", True, None)
    (found,) = find_dates("4 December 2014 - 14 Kislev 5775")
    assert (found.rule, found.calendars_agree) == ("two-calendars-disagree", False)


def test_the_evening_before_is_no_contradiction():
    (found,) = find_dates("3 December 2014 / 12 Kislev 5775")
    assert (found.value, found.calendars_agree) == ("2014-12-03", True)


def test_a_hebrew_day_gives_the_year_of_the_day_beside_it():
    (found,) = find_dates('י"ב בכסלו תשע"ה, 4 בדצמבר', language="he")
    assert (found.value, found.quote) == ("2014-12-04", 'י"ב בכסלו תשע"ה, 4 בדצמבר')


def test_the_weekday_is_a_checksum():
    (found,) = find_dates('יום שלישי, י"ב בכסלו תשע"ה')
    assert (found.weekday, found.weekday_ok) == (1, False)


def test_the_clock_beside_it_is_read():
    (found,) = find_dates("12 Kislev 5775, 14:30")
    assert (found.hour, found.minute) == (14, 30)
