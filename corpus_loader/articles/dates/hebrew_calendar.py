"""The arithmetic Hebrew calendar: its days as Gregorian days, and back.

After E. M. Reingold and N. Dershowitz, «Calendrical Calculations», 4th edition (2018), chapter 8. Months are numbered
as in CLDR: 1 Tishri … 5 Shevat, 6 the first Adar of leap years, 7 Adar (in leap years the second), 8 Nisan … 13 Elul.
A day is the civil day on which it has its daylight; that it begins the evening before is not considered.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Final

__all__ = ["MONTHS", "from_hebrew", "is_leap", "to_hebrew"]

#: The day before 1 Tishri of year 1, counted from 1 January of year 1.
_EPOCH: Final = -1373428
#: A month of the moon is 29 days and so many parts of a day; the first began so many parts after the epoch.
_PARTS_OF_DAY: Final = 25920
_PARTS_OF_MONTH: Final = 13753
_PARTS_OF_FIRST: Final = 12084
#: The most months that a year has, and the number of its last.
MONTHS: Final = 13


def from_hebrew(year: int, month: int, day: int) -> dt.date:
    """The Gregorian day. Raises ValueError where the calendar, or Python, has no such day."""
    lengths = _lengths(year)
    if not 1 <= month <= MONTHS or not 1 <= day <= lengths[month - 1]:
        raise ValueError("no such day in the Hebrew calendar")
    return dt.date.fromordinal(_new_year(year) + sum(lengths[: month - 1]) + day - 1)


def to_hebrew(day: dt.date) -> tuple[int, int, int]:
    """Year, month and day of a Gregorian day."""
    ordinal = day.toordinal()
    year = day.year + 3760
    year += ordinal >= _new_year(year + 1)
    rest = ordinal - _new_year(year)
    for month, length in enumerate(_lengths(year), 1):
        if rest < length:
            return year, month, rest + 1
        rest -= length
    raise AssertionError("a year is as long as its months")


def is_leap(year: int) -> bool:
    """Has the year two months of Adar?"""
    return (7 * year + 1) % 19 < 7


@lru_cache(maxsize=1024)
def _new_year(year: int) -> int:
    """The ordinal of 1 Tishri: the molad, put off for Sunday, Wednesday and Friday and for years of unlawful length."""
    before, own, after = (_elapsed(each) for each in (year - 1, year, year + 1))
    return _EPOCH + 1 + own + (2 if after - own == 356 else 1 if own - before == 382 else 0)


def _elapsed(year: int) -> int:
    months = (235 * year - 234) // 19
    days = 29 * months + (_PARTS_OF_FIRST + _PARTS_OF_MONTH * months) // _PARTS_OF_DAY
    return days + 1 if 3 * (days + 1) % 7 < 3 else days


def _lengths(year: int) -> list[int]:
    """The days of each month; of the first Adar none in common years."""
    length = _new_year(year + 1) - _new_year(year)
    long_heshvan, short_kislev = length % 10 == 5, length % 10 == 3
    return [30, 29 + long_heshvan, 30 - short_kislev, 29, 30, 30 * is_leap(year), 29, 30, 29, 30, 29, 30, 29]
