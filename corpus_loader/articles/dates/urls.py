"""The day that a page's address states: /2015/10/07/, -20151007-, /1394/07/15/, /2015/oct/07/.

An address is the surest thing that a text dump keeps of its page's markup. Its numbers are mostly ids, so a date is
read only where the digits stand alone, name a real day, and lie in the years in which there were web pages.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from corpus_loader.articles.dates.calendars import to_gregorian
from corpus_loader.records import DatePrecision, Document, Origin

__all__ = ["Address", "UrlDate", "address_of", "archived_on", "dates_in_address", "dates_in_url"]

_YEARS = range(1994, 2100)
_JALALI_YEARS = range(1373, 1479)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}

#: A web archive's copy: the moment of the crawl, then the address of the page itself.
_ARCHIVE = re.compile(
    r"(?:/web|/wayback|//archive\.(?:ph|today|is|li|fo|md|vn)|archive-it\.org/\d+)/(\d{4})(\d\d)(\d\d)\d{0,6}(?:[a-z]{2}_)?/"
)
#: What all of these need.
_YEAR = re.compile(r"\d{4}")
_YEAR_FIRST = re.compile(r"(?<![\d.])(\d{4})([-/_.])(\d{1,2})\2(\d{1,2})(?!\d)")
_NAMED_MONTH = re.compile(r"(?<!\d)(\d{4})([-/_])([a-z]{3})[a-z]*\2(\d{1,2})(?!\d)", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})([-/_.])(\d{1,2})\2(\d{4})(?!\d)")
_SPLIT = re.compile(r"(?<!\d)(\d{4})[-/](\d{2})[-/]?(\d{2})(?=[/_-]|$)")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)(\d*)(?!\d)")
_MONTH = re.compile(r"/(\d{4})[-/](\d{1,2})(?=/|$)")


class UrlDate(NamedTuple):
    """One date in an address: the day (the first of the month where only that is stated) and its characters."""

    day: dt.date
    precision: DatePrecision
    rule: str
    start: int
    end: int


class Address(NamedTuple):
    """A page's address: its characters, and where they stand."""

    text: str
    #: `url`, or `markup` where the page states it itself.
    origin: Origin
    #: Where the text begins in it; None where it stands there in other characters (`&amp;`).
    start: int | None


def address_of(document: Document) -> Address | None:
    """The address that the page was fetched from; where that is not known, the one that it states as its own."""
    if document.page.url is not None:
        return Address(document.page.url, "url", 0)
    for datum in (*document.stated("link:canonical"), *document.stated("meta:og:url")):
        start = datum.start if document.source[datum.start : datum.end] == datum.value else None
        return Address(datum.value, "markup", start)
    return None


def dates_in_address(document: Document) -> tuple[UrlDate, ...]:
    """The dates in the page's address; none where it is not known. See `dates_in_url`."""
    address = address_of(document)
    return dates_in_url(address.text) if address else ()


@lru_cache(maxsize=256)
def dates_in_url(url: str) -> tuple[UrlDate, ...]:
    """All dates that the address states, surest reading first; the day of an archive's crawl is not among them.

    Two-digit years (110417: 2011 or 2017?), bare years and days whose order with the month is open are not read.
    """
    archive = list(_ARCHIVE.finditer(url))
    start = archive[-1].end() if archive else _path_start(url)
    query = url.find("?", start)
    end = query if query >= 0 else len(url)
    if not _YEAR.search(url, start, end):
        return ()
    found: list[UrlDate] = []
    for rule, pattern in _READERS:
        for match in pattern.finditer(url, start, end):
            day = _day(rule, match)
            overlaps = any(match.start() < other.end and other.start < match.end() for other in found)
            if day is not None and not overlaps:
                precision: DatePrecision = "month" if rule == "url-month" else "day"
                found.append(UrlDate(day, precision, _named(rule, match), match.start(), _end(rule, match)))
    return tuple(found)


def archived_on(url: str) -> UrlDate | None:
    """The day of the crawl, where the address is that of a web archive's copy."""
    match = _ARCHIVE.search(url)
    day = _gregorian(*match.groups()) if match else None
    return UrlDate(day, "day", "archive-url", match.start(1), match.end(3)) if match and day else None


def _path_start(url: str) -> int:
    """Where the path begins: a host's numbers are no dates."""
    scheme = url.find("//")
    slash = url.find("/", scheme + 2 if scheme >= 0 else 0)
    return slash if slash >= 0 else len(url)


_READERS = (
    ("url-day", _YEAR_FIRST),
    ("url-day", _NAMED_MONTH),
    ("url-day", _SPLIT),
    ("url-day", _DAY_FIRST),
    ("url-compact-day", _COMPACT),
    ("url-month", _MONTH),
)


def _named(rule: str, match: re.Match[str]) -> str:
    digits = match.group(1)
    jalali = len(digits) == 4 and int(digits) in _JALALI_YEARS
    return f"{rule}-jalali" if jalali else rule


def _end(rule: str, match: re.Match[str]) -> int:
    return match.end(3) if rule == "url-compact-day" else match.end()


def _day(rule: str, match: re.Match[str]) -> dt.date | None:
    if rule == "url-month":
        year, month = match.groups()
        return _gregorian(year, month, "1") if int(year) in _YEARS else None  # a Jalali month lies in two of ours
    if rule == "url-compact-day":
        year, month, day, rest = match.groups()
        return _gregorian(year, month, day) if _is_clock_or_id(rest) else None
    if match.re is _DAY_FIRST:
        first, _, second, year = match.groups()
        if int(first) <= 12 and int(second) <= 12 and first != second:
            return None  # 7/10 is a day of July or of October: the address does not say which
        day, month = (second, first) if int(second) > 12 else (first, second)
        return _gregorian(year, month, day)
    if match.re is _SPLIT:
        return _gregorian(*match.groups())
    year, _, month, day = match.groups()
    return _gregorian(year, str(_MONTHS.get(month.lower(), 0)) if month.isalpha() else month, day)


def _is_clock_or_id(rest: str) -> bool:
    """After the eight digits: nothing, a clock of four or six digits, or a long serial number."""
    if len(rest) in (4, 6):
        return int(rest[:2]) < 24 and int(rest[2:4]) < 60
    return not rest or len(rest) >= 8


def _gregorian(year: str, month: str, day: str) -> dt.date | None:
    y, m, d = int(year), int(month), int(day)
    if y in _YEARS:
        return to_gregorian("gregorian", y, m, d)
    return to_gregorian("jalali", y, m, d) if y in _JALALI_YEARS else None
