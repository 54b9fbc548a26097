"""When a page was fetched, as tables and crawlers write it."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

__all__ = ["read_instant"]

#: No page was on the web before 1990; a year after 2100 is a slip, or a number of something else.
_YEARS = range(1990, 2101)
# Numbers are seconds since 1970, or thousandths, millionths, billionths of one.
_UNITS_PER_SECOND = (1, 10**3, 10**6, 10**9)
_SECONDS = range(631_152_000, 4_133_980_800)

# As CDX indexes and the Wayback Machine write it: 20200118102030, some with milliseconds.
_CDX = re.compile(r"(\d{8})(\d{6})(\d{3})?", re.ASCII)
_NUMBER = re.compile(r"\d{9,19}(?:\.\d+)?", re.ASCII)
# As HTTP headers write it (RFC 1123): Sat, 18 Jan 2020 10:20:30 GMT.
_HTTP = re.compile(
    r"(?:[a-z]{3}, *)?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)?(?: (?:[a-z]{1,4}|[+-]\d{4}))?", re.I | re.A
)
_UTC = re.compile(r"\s*(?:UTC|GMT)$", re.I)


def read_instant(value: object) -> dt.datetime | None:
    """The instant, UTC, of a date or time of the years 1990 to 2100; None for anything else.

    Read are ISO 8601, CDX (`20200118102030`), RFC 1123 (`Sat, 18 Jan 2020 10:20:30 GMT`), typed dates, and seconds
    since 1970 or their thousandths, millionths or billionths, as number or text. A time without a zone is UTC, as
    crawlers write it; a day without a time begins at midnight.
    """
    instant = _instant(value)
    return instant if instant and instant.year in _YEARS else None


def _instant(value: object) -> dt.datetime | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) or _CDX.fullmatch(str(value)):
        value = _from_text(str(value).strip())
    if isinstance(value, int | float):
        return _from_number(value)
    if isinstance(value, dt.datetime):
        instant = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        try:
            return instant.astimezone(dt.UTC)
        except OverflowError:
            return None
    return dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC) if isinstance(value, dt.date) else None


def _from_text(text: str) -> dt.datetime | None:
    if _NUMBER.fullmatch(text) and (found := _from_number(float(text))):
        return found
    try:
        if cdx := _CDX.fullmatch(text):
            return dt.datetime.fromisoformat(f"{cdx[1]}T{cdx[2]}.{cdx[3] or 0}")
        if _HTTP.fullmatch(text):
            return parsedate_to_datetime(text)
        return dt.datetime.fromisoformat(_UTC.sub("+00:00", text))
    except ValueError:
        return None


def _from_number(number: float) -> dt.datetime | None:
    if not 0 < number < _SECONDS.stop * _UNITS_PER_SECOND[-1]:  # NaN is not, either
        return None
    seconds = next((number / units for units in _UNITS_PER_SECOND if int(number / units) in _SECONDS), None)
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC)
