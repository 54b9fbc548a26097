"""One date expression as it stands in a text, and the days that it can mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from corpus_loader.articles.dates.calendars import Calendar, from_gregorian, to_gregorian

__all__ = ["DateExpression", "fit_weekday", "possible_days", "swapped"]

ExpressionCalendar = Literal["gregorian", "jalali", "hijri", "hebrew", "relative"]
ExpressionPrecision = Literal["day", "month", "year", "range"]

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A day or period that a text names: where it stands, what it means, and how far it is fixed.

    `value` is Gregorian wherever the Gregorian days are fixed: an ISO day, `YYYY-MM`, `YYYY`, or an interval `a/b` of
    these, both ends included. A month or year of another calendar is an interval: of days for Jalali and Hebrew; of
    months for Hijri, whose months begin a day apart from country to country. Where the year is open the value is
    `XXXX-MM-DD` (or `XXXX-MM`, or an interval of these) in the expression's own `calendar`. It is None where nothing is
    fixed: a bare weekday or «yesterday» without a reference day, or two days that contradict each other.
    """

    quote: str
    #: Offsets of the quote in the text, in code points; `end` is exclusive.
    start: int
    end: int
    value: str | None
    #: The calendar in which the expression is written; "relative" for words such as «yesterday» or a bare weekday.
    calendar: ExpressionCalendar
    precision: ExpressionPrecision
    #: Kebab-case name of the reading that gave the value.
    rule: str
    #: Does the printed weekday fit the value? None where none is printed, or where nothing is fixed to hold it against.
    weekday_ok: bool | None = None
    #: First and last Gregorian day of the period; None while the year or the reference is open.
    first: dt.date | None = None
    last: dt.date | None = None
    #: The printed weekday, Monday is 0.
    weekday: int | None = None
    #: Year, month and day in the expression's own calendar, as far as they are printed.
    year: int | None = None
    month: int | None = None
    day: int | None = None
    #: The clock time printed with the date, and its distance from UTC in minutes.
    hour: int | None = None
    minute: int | None = None
    utc_offset: int | None = None
    #: Do the days of two calendars printed side by side agree? None where there is only one.
    calendars_agree: bool | None = None
    #: What day figures name if the month stands before the day, or behind it («05/07/2019»), where neither the language
    #: nor the line nor another date of the text says which; `value` is then the likelier of the two, and not sure.
    other_day: dt.date | None = None
    #: For relative words: days from the reference («yesterday» is -1).
    shift: int | None = None
    #: Did the reference day fix the value? What is printed alone leaves it open.
    from_reference: bool = False

    @property
    def open_year(self) -> bool:
        """Is a day and month printed, or a month, whose year nothing fixes?"""
        return self.month is not None and self.first is None


def possible_days(expression: DateExpression, window: tuple[dt.date, dt.date]) -> list[dt.date]:
    """Every Gregorian day of the window (both ends included) that the printed day, month and weekday fit, in order.

    A fixed day gives itself, a day and month one day a year of their own calendar, a bare weekday one day a week. The
    printed weekday must fit; a Hijri day may move by one day for it, as moon sightings do. An expression that
    names no single day (a period, «yesterday») gives nothing.
    """
    first, last = window
    if expression.first is not None:
        fixed = expression.first == expression.last and first <= expression.first <= last
        return [expression.first] if fixed else []
    if expression.month is not None and expression.day is not None and expression.calendar != "relative":
        if expression.precision != "day":
            return []
        days = _every_year(expression.calendar, expression.month, expression.day, first, last)
        return [day for near in days if (day := fit_weekday(expression.calendar, near, expression.weekday)) is not None]
    if expression.weekday is not None and expression.month is None and not expression.shift:
        start = first + _ONE_DAY * ((expression.weekday - first.weekday()) % 7)
        return [start + _ONE_DAY * 7 * week for week in range(((last - start).days // 7) + 1)]
    return []


def fit_weekday(calendar: Calendar, day: dt.date, weekday: int | None) -> dt.date | None:
    """The day itself where no weekday contradicts it, the neighbour of a Hijri day that fits, or None."""
    if weekday is None or day.weekday() == weekday:
        return day
    if calendar == "hijri":
        return next((near for near in (day - _ONE_DAY, day + _ONE_DAY) if near.weekday() == weekday), None)
    return None


def swapped(expression: DateExpression) -> DateExpression:
    """A day of open order, read in its other order; nothing is open then."""
    day = expression.other_day
    if day is None:
        return expression
    return replace(
        expression,
        value=day.isoformat(),
        first=day,
        last=day,
        month=expression.day,
        day=expression.month,
        other_day=None,
    )


def _every_year(calendar: Calendar, month: int, day: int, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    lowest, highest = from_gregorian(calendar, first), from_gregorian(calendar, last)
    if lowest is None or highest is None:
        return
    for year in range(lowest[0], highest[0] + 1):
        found = to_gregorian(calendar, year, month, day)
        if found is not None and first <= found <= last:
            yield found
