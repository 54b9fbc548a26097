"""Moments as machines write them: the values of meta tags, JSON-LD and `datetime` attributes.

ISO 8601 in all the spellings that pages use, RFC 2822, JavaScript's own, Unix time in seconds or milliseconds; years of
the Jalali calendar are known by their size. Whatever people write is left to `find_dates`.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import zoneinfo
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from corpus_loader.articles.dates.calendars import to_gregorian

__all__ = ["Moment", "day_in", "read_moment"]

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ISO = re.compile(
    r"\D{0,3}?(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})"
    r"(?:[T\s,_-]+(\d{1,2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{1,2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
#: Wed, 07 Oct 2015 10:00:00 GMT; Wed Oct 07 2015 10:00:00 GMT+0200.
_MAIL = re.compile(
    r"\s*(?:[A-Z][a-z]{2},?\s+)?(?:(\d{1,2})[\s-]([A-Z][a-z]{2})[\s-]|([A-Z][a-z]{2})\s+(\d{1,2})\s+)(\d{4})"
    r"\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:(?:GMT|UTC)?([+-]\d{2}:?\d{2})|(Z|GMT|UTC))?"
)
_UNIX = re.compile(r"\s*(\d{10}|\d{13})\s*\Z")
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_YEARS = range(1900, 2100)
_JALALI_YEARS = range(1280, 1479)


class Moment(NamedTuple):
    """A day as written and, where a clock and an offset stand beside it, the instant itself."""

    day: dt.date
    instant: dt.datetime | None
    #: Is the instant stated in UTC, so that the outlet's own day may be another?
    is_utc: bool

    def may_be(self, day: dt.date) -> bool:
        """Can the outlet's own day be this one, in some zone of the world?"""
        if not self.is_utc or self.instant is None:
            return day == self.day
        return (self.instant - dt.timedelta(hours=12)).date() <= day <= (self.instant + dt.timedelta(hours=14)).date()


@lru_cache(maxsize=1024)
def read_moment(value: str) -> Moment | None:
    """The moment that a value states, or None where it is not written by machine or names no real day."""
    value = value if value.isascii() else value.translate(_DIGITS)
    unix = _UNIX.match(value)
    if unix:
        return _at(dt.datetime.fromtimestamp(int(unix[1][:10]), dt.UTC), is_utc=True)
    iso = _ISO.match(value)
    if iso:
        return _read_iso(iso)
    mail = _MAIL.match(value)
    return _read_mail(mail) if mail else None


def day_in(moment: Moment, zone: str | None, language: str | None = None) -> dt.date:
    """The outlet's own day at that moment: in its zone where zone and instant are known, else as written.

    Without the zone, an instant that is midnight where the language is spoken is how systems there write a day without
    a clock in UTC: 2022-11-06T23:00:00Z is 7 November on a page in German.
    """
    if moment.instant is None:
        return moment.day
    if zone is not None:
        return moment.instant.astimezone(_zone(zone)).date()
    if moment.is_utc and not (moment.instant.second or moment.instant.minute % 30):
        local = (moment.instant.astimezone(_zone(name)) for name in _zones_of((language or "").partition("-")[0]))
        return next((time.date() for time in local if not (time.hour or time.minute)), moment.day)
    return moment.day


@lru_cache(maxsize=512)
def _zones_of(language: str) -> tuple[str, ...]:
    table = tomllib.loads((files("corpus_loader.articles.dates") / "tables" / "zones.toml").read_text("utf-8"))
    return tuple(zone for zone, languages in table.items() if language in languages)


@lru_cache(maxsize=512)
def _zone(name: str) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(name)


def _at(instant: dt.datetime, *, is_utc: bool) -> Moment | None:
    return Moment(instant.date(), instant, is_utc) if instant.year in _YEARS else None


def _read_iso(match: re.Match[str]) -> Moment | None:
    year, separator, month, day, hour, minute, second, offset = match.groups()
    if not separator and (len(month) != 2 or len(day) != 2 or _goes_on(match)):
        return None
    return _moment(int(year), int(month), int(day), (hour, minute, second), offset)


def _goes_on(match: re.Match[str]) -> bool:
    rest = match.string[match.end() : match.end() + 1]
    return rest.isdigit()


def _read_mail(match: re.Match[str]) -> Moment | None:
    day, month, month_first, day_second, year, hour, minute, second, offset, utc = match.groups()
    number = _MONTHS.get(month or month_first)
    if number is None:
        return None
    return _moment(int(year), number, int(day or day_second), (hour, minute, second), offset or utc)


def _moment(
    year: int, month: int, day: int, clock: tuple[str | None, str | None, str | None], offset: str | None
) -> Moment | None:
    stated = _day(year, month, day)
    if stated is None:
        return None
    hour, minute, second = (int(part or 0) for part in clock)
    zone = _offset(offset) if offset else None
    if zone is None or hour > 23 or minute > 59 or second > 59:
        return Moment(stated, None, False)
    if zone is dt.UTC and not (hour or minute or second):
        return Moment(stated, None, False)  # midnight UTC is how systems write a day without a clock
    instant = dt.datetime.combine(stated, dt.time(hour, minute, second), zone)
    return Moment(stated, instant, zone is dt.UTC)


def _day(year: int, month: int, day: int) -> dt.date | None:
    if year in _YEARS:
        return to_gregorian("gregorian", year, month, day)
    return to_gregorian("jalali", year, month, day) if year in _JALALI_YEARS else None


def _offset(text: str) -> dt.timezone:
    if text[0] not in "+-":
        return dt.UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    shift = dt.timedelta(hours=int(hours), minutes=int(minutes))
    if not shift or shift >= dt.timedelta(days=1):
        return dt.UTC
    return dt.timezone(-shift if text[0] == "-" else shift)
