"""Days of four calendars: Gregorian, Jalali (Iran and Afghanistan), Hijri (Umm al-Qura) and Hebrew.

Arithmetic is that of `persiantools` and `hijridate`, which agree with ICU. The Hijri table covers 1343 to 1500 AH;
a day outside a calendar's range does not exist here.
"""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
from functools import lru_cache
from typing import Literal

from corpus_loader.articles.dates.hebrew_calendar import MONTHS, from_hebrew, to_hebrew

__all__ = ["Calendar", "days_of_month", "first_day", "from_gregorian", "full_year", "last_day", "to_gregorian"]

Calendar = Literal["gregorian", "jalali", "hijri", "hebrew"]


@lru_cache(maxsize=4096)
def to_gregorian(calendar: Calendar, year: int, month: int, day: int) -> dt.date | None:
    """The Gregorian day, or None where the calendar has no such day."""
    try:
        if calendar == "gregorian":
            return dt.date(year, month, day)
        if calendar == "jalali":
            from persiantools.jdatetime import JalaliDate

            converted: dt.date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
            return converted
        if calendar == "hebrew":
            return from_hebrew(year, month, day)
        from hijridate import Hijri

        return dt.date(*Hijri(year, month, day).to_gregorian().datetuple())
    except (ValueError, OverflowError):
        return None


def from_gregorian(calendar: Calendar, day: dt.date) -> tuple[int, int, int] | None:
    """Year, month and day of a Gregorian day in another calendar, or None outside the calendar's range."""
    try:
        if calendar == "gregorian":
            return day.year, day.month, day.day
        if calendar == "jalali":
            from persiantools.jdatetime import JalaliDate

            converted = JalaliDate.to_jalali(day.year, day.month, day.day)  # type: ignore[no-untyped-call]
            return converted.year, converted.month, converted.day
        if calendar == "hebrew":
            return to_hebrew(day)
        from hijridate import Gregorian

        year, month, number = Gregorian(day.year, day.month, day.day).to_hijri().datetuple()
        return year, month, number
    except (ValueError, OverflowError):
        return None


def days_of_month(calendar: Calendar, year: int, month: int) -> int:
    """How many days the month has; 0 where the month does not exist."""
    if calendar == "gregorian":
        return gregorian.monthrange(year, month)[1] if 1 <= month <= 12 and 1 <= year <= 9999 else 0
    return next((day for day in (31, 30, 29) if to_gregorian(calendar, year, month, day)), 0)


def first_day(calendar: Calendar, year: int, month: int | None = None) -> dt.date | None:
    """The Gregorian day on which a month, or a year, begins."""
    return to_gregorian(calendar, year, month or 1, 1)


def last_day(calendar: Calendar, year: int, month: int | None = None) -> dt.date | None:
    """The Gregorian day on which a month, or a year, ends."""
    month = month or (MONTHS if calendar == "hebrew" else 12)
    return to_gregorian(calendar, year, month, days_of_month(calendar, year, month))


def full_year(calendar: Calendar, year: int, near: dt.date | None = None) -> int:
    """The year that a two-digit year stands for: nearest to `near`, else the last century's from its own pivot.

    Without a reference 98 is Jalali 1398 and 02 is 1402 (pivot 20); 15 is Gregorian 2015 and 67 is 1967 (pivot 50).
    """
    if year >= 100:
        return year
    if near is not None:
        own = from_gregorian(calendar, near)
        if own is not None:
            century = own[0] // 100 * 100
            return min((century - 100 + year, century + year, century + 100 + year), key=lambda y: abs(y - own[0]))
    if calendar == "gregorian":
        return year + (2000 if year < 50 else 1900)
    return year + (1400 if year < 20 or calendar == "hijri" else 1300)
