"""Whether a curated day can be right: the corpus's window, and the characters that the decision itself quotes."""

from __future__ import annotations

import datetime as dt

from corpus_loader.articles.dates.calendars import days_of_month
from corpus_loader.articles.dates.expression import DateExpression, possible_days, swapped
from corpus_loader.articles.dates.expressions import find_dates
from corpus_loader.articles.dates.resolve_refusals import both_days
from corpus_loader.records import DatePrecision

__all__ = ["contradicted_by", "period_of"]

_ONE_DAY = dt.timedelta(days=1)
_Period = tuple[dt.date, dt.date]


def period_of(day: dt.date, precision: DatePrecision) -> _Period:
    """The first and last day of the day's own day, month or year."""
    if precision == "day":
        return day, day
    last = 12 if precision == "year" else day.month
    return day, dt.date(day.year, last, days_of_month("gregorian", day.year, last))


def contradicted_by(quote: str, period: _Period, language: str | None) -> str | None:
    """The days that the quote names, where none of them lies in the period; None where it does not contradict it.

    A weekday alone says nothing (what is told of Tuesday may be published on Wednesday) but for that of today; where
    «yesterday» is quoted, nothing does.
    """
    read = find_dates(quote, language=language)
    if any(one.shift for one in read):
        return None
    named = [each for one in read for each in (both_days(one.quote) or (one,)) if _names_a_day(each, period)]
    if not named or any(_may_be(one, period) for one in named):
        return None
    return " and ".join(dict.fromkeys(one.value if one.value and one.first else "another day" for one in named))


def _names_a_day(read: DateExpression, period: _Period) -> bool:
    """A day or a month; a year only where no more was decided, else it is that of something told: «منذ عام 2011»."""
    if read.first is not None:
        return read.precision != "year" or period[0].month != period[1].month
    is_today = read.shift == 0 and read.weekday is not None
    return is_today or (read.precision == "day" and read.open_year and read.calendar != "relative")


def _may_be(read: DateExpression, period: _Period) -> bool:
    first, last = period
    if read.first is None:
        return (
            read.weekday == first.weekday() or first != last if read.shift == 0 else bool(possible_days(read, period))
        )
    slack = _ONE_DAY if read.calendar == "hijri" else dt.timedelta()
    return any(
        one.first - slack <= last and first <= one.last + slack
        for one in (read, swapped(read))
        if one.first and one.last
    )
