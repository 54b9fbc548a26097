"""Days told from a reference day: «15 December last», «Friday of next week», «three months ago»."""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from corpus_loader.articles.dates.calendars import Calendar, first_day, from_gregorian, last_day, to_gregorian
from corpus_loader.articles.dates.expression import fit_weekday

__all__ = ["day_of_year", "moved", "nearest_day", "nearest_month", "period_days", "weekday_near"]

_DAY: Final = dt.timedelta(days=1)
#: As far back as a printed weekday is followed: every weekday comes round within these years in all three calendars.
_YEARS_BACK: Final = 30


def nearest_day(
    calendar: Calendar, month: int, day: int, weekday: int | None, reference: dt.date, shift: int | None
) -> tuple[int, dt.date] | None:
    """Year and day of a day and month without a year, or None where the calendar never has it.

    With «last» the latest before the reference, with «next» the first after it, with «this» the one in the reference's
    own year; else the nearest. Where a weekday is printed and the nearest does not fit it, the latest earlier day that
    fits: Wednesday 15 Mehr, read in 1403, is that of 1394.
    """
    own = from_gregorian(calendar, reference)
    if own is None:
        return None
    around = list(_years(calendar, month, day, range(own[0] - 5, own[0] + 6)))  # a leap day within reach
    if shift == -1:
        around = [pair for pair in around if pair[1] < reference][::-1]
    elif shift == 1:
        around = [pair for pair in around if pair[1] > reference]
    elif shift == 0:
        around = [pair for pair in around if pair[0] == own[0]]
    if not around:
        return None
    nearest = around[0] if shift is not None else min(around, key=lambda pair: abs(pair[1] - reference))
    if shift is not None or weekday is None or fit_weekday(calendar, nearest[1], weekday) is not None:
        return nearest
    earlier = _years(calendar, month, day, range(own[0], own[0] - _YEARS_BACK, -1))
    fitting = (pair for pair in earlier if pair[1] <= reference and fit_weekday(calendar, pair[1], weekday) is not None)
    return next(fitting, nearest)


def _years(calendar: Calendar, month: int, day: int, years: Iterable[int]) -> Iterator[tuple[int, dt.date]]:
    """The day in each of the years that have it."""
    for year in years:
        found = to_gregorian(calendar, year, month, day)
        if found is not None:
            yield year, found


def day_of_year(calendar: Calendar, month: int, day: int, reference: dt.date, years: int) -> tuple[int, dt.date] | None:
    """Year and day in the reference's own year, or so many years from it («15 Mehr of last year»)."""
    own = from_gregorian(calendar, reference)
    if own is None:
        return None
    found = to_gregorian(calendar, own[0] + years, month, day)
    return None if found is None else (own[0] + years, found)


def nearest_month(calendar: Calendar, month: int, reference: dt.date, shift: int) -> int | None:
    """The year of «last October», «next October» or «this October»."""
    own = from_gregorian(calendar, reference)
    if own is None:
        return None
    if shift < 0:
        return own[0] - (month >= own[1])
    return own[0] + (month <= own[1] if shift > 0 else 0)


def moved(day: dt.date, unit: str, count: int) -> dt.date | None:
    """The day so many units later; months and years keep the day of the month where they can."""
    try:
        if unit in {"month", "year"}:
            months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
            year, month = divmod(months, 12)
            return dt.date(year, month + 1, min(day.day, gregorian.monthrange(year, month + 1)[1]))
        days = {"week": 7 * count, "day": count, "hour": int(count / 24), "minute": 0}[unit]
        return day + _DAY * days
    except (ValueError, OverflowError):
        return None


def weekday_near(weekday: int, reference: dt.date, shift: int | None) -> dt.date:
    """A bare weekday is on or before the reference; «last» is strictly before it, «next» strictly after."""
    if shift == 1:
        return reference + _DAY * ((weekday - reference.weekday() - 1) % 7 + 1)
    back = (reference.weekday() - weekday) % 7
    return reference - _DAY * (back + 7 if shift == -1 and back == 0 else back)


def period_days(
    unit: str, shift: int, reference: dt.date, calendar: Calendar, week_start: int
) -> tuple[dt.date, dt.date, int | None, int | None] | None:
    """First and last day of «last week», «this month», «next year», and its year and month in the calendar."""
    if unit == "week":
        start = reference - _DAY * ((reference.weekday() - week_start) % 7) + _DAY * 7 * shift
        return start, start + _DAY * 6, None, None
    own = from_gregorian(calendar, reference)
    if own is None:
        return None
    year, month = own[0], None
    if unit == "year":
        year += shift
    else:
        year, month = divmod(own[0] * 12 + own[1] - 1 + shift, 12)
        month += 1
    first, last = first_day(calendar, year, month), last_day(calendar, year, month)
    return None if first is None or last is None else (first, last, year, month)
