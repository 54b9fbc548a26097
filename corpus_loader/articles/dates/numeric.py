"""Readers of dates in figures: which number is the year, which the month, and in which calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from corpus_loader.articles.dates.calendars import Calendar, full_year, to_gregorian
from corpus_loader.articles.dates.company import counts_something, is_dated, of_a_file, of_a_version
from corpus_loader.articles.dates.expression import DateExpression, swapped
from corpus_loader.articles.dates.named import fixed_day, open_day
from corpus_loader.articles.dates.reading import Parts, value_of_days, weekday_of
from corpus_loader.articles.dates.tokens import Token
from corpus_loader.articles.dates.words import Month, Role

__all__ = [
    "in_one_order",
    "read_days_numeric",
    "read_figures_after_letter",
    "read_figures_to_figures",
    "read_figures_to_numeric",
    "read_izafe",
    "read_numeric",
    "read_weekday_numeric",
]

#: Figures that go on beyond one of these are an address, a telephone number, a version.
_JOINTS: Final = frozenset("/.-:_\\")
_MONEY: Final = frozenset("+#=%$€£@&*~^_")
_CLOCK: Final = r"\d{1,2}:\d\d(?![\d.])"
_CLOCK_AFTER: Final = re.compile(rf"[-–/]{_CLOCK}")
#: A clock beside «1.11.23» makes it a day.
_CLOCK_NEAR: Final = re.compile(rf"[ ,|–-]{{1,3}}{_CLOCK}")
_CLOCK_BEFORE: Final = re.compile(r"(?<![\d:.])\d{1,2}:\d\d(?::\d\d)?[ ,|–-]{1,3}$")
#: So many code points on either side of a date are looked at.
_LINE: Final = 120
#: Letters and figures of scripts whose languages write the day first: all but Latin and those of East Asia.
_OTHER_SCRIPTS: Final = re.compile("[\u0370-\u1dff]")
#: Languages that print 7.10.15.
_DOTTED: Final = (
    *("he", "de", "ru", "uk", "be", "bg", "mk", "sr", "hr", "bs", "sl", "fi", "nb", "da", "is", "cs", "sk", "pl", "tr"),
    *("az", "kk", "ky", "uz", "hy", "ka", "et", "lv", "ro", "sq"),
)
#: Letters of those of them that have their own.
_DOTTED_SCRIPTS: Final = re.compile("[\u0400-\u05ff\u10a0-\u10ff]")


class _Order(NamedTuple):
    """One way to read three numbers."""

    year: int
    month: int
    day: int
    rule: str


def read_numeric(parts: Parts) -> DateExpression | None:
    """Three numbers with the same sign between them."""
    tokens = [parts[name] for name in ("one", "two", "three")]
    one, two, three = (token for token in tokens if token is not None)
    named = parts["weekday"] is None and (of_a_version(parts) or of_a_file(parts))
    if named or _glued(parts.context.text, one.start, three.end):
        parts.impossible = True
        return None
    era = parts.value("era", Role.ERA)
    weekday = "weekday" if parts["weekday"] is not None else "weekday_after"
    best: tuple[_Order, Calendar, dt.date] | None = None
    for order in _orders(parts, one, two, three):
        for calendar in _calendars(parts, order.year, era):
            day = to_gregorian(
                calendar, full_year(calendar, order.year, parts.context.reference), order.month, order.day
            )
            if day is None:
                continue
            if best is None:
                best = order, calendar, day
            if parts[weekday] is None or weekday_of(parts, weekday, 0, day) == day.weekday():
                best = best if parts[weekday] is None else (order, calendar, day)
                return _express(parts, *best)
    return None if best is None else _express(parts, *best)


def _express(parts: Parts, order: _Order, calendar: Calendar, day: dt.date) -> DateExpression:
    parts.rule = order.rule
    year = full_year(calendar, order.year, parts.context.reference)
    read = fixed_day(parts, Month(calendar, order.month, 2), 0, year, order.day, day)
    if parts.context.month_first is None and read.weekday is None and _is_open(parts, read, order):
        return replace(read, other_day=to_gregorian(calendar, year, order.day, order.month))
    return read


def _is_open(parts: Parts, read: DateExpression, order: _Order) -> bool:
    """Does nothing say whether the month stands first? Points, other scripts than Latin and their figures say no."""
    months = max(order.month, order.day) <= 12 and order.month != order.day
    if not months or order.rule == "numeric-ymd" or parts.tokens[parts.place("sign")].tag not in "/-":
        return False
    figures = parts.context.text[read.start : read.end]
    return _OTHER_SCRIPTS.search(figures + _line_of(parts, read.start, read.end)) is None


def in_one_order(found: list[DateExpression]) -> list[DateExpression]:
    """The expressions of a text: a day whose order is open has that of the days in which only one is possible."""
    if all(each.other_day is None for each in found):
        return found
    rules = {
        each.rule
        for each in found
        if each.day is not None and each.month is not None and max(each.day, each.month) > 12
    } & {"numeric-dmy", "numeric-mdy"}
    if len(rules) != 1:
        return found
    (rule,) = rules
    return [each if each.other_day is None else _ordered(each, rule) for each in found]


def _ordered(read: DateExpression, rule: str) -> DateExpression:
    """The day of open order in the order of a rule."""
    if read.rule == rule or read.other_day is None:
        return replace(read, other_day=None)
    return replace(swapped(read), rule=rule)


def _orders(parts: Parts, one: Token, two: Token, three: Token) -> Iterator[_Order]:
    """The readings of three numbers, likeliest first: year first, day first, month first where it can't be else."""
    a, b, c = (token.number or 0 for token in (one, two, three))
    if one.tag == "y":
        yield _Order(a, b, c, "numeric-ymd")
        if parts.tokens[parts.place("sign")].tag != "-":
            yield _Order(a, c, b, "numeric-ydm")
    elif three.tag == "y":
        yield from _day_and_month(parts, c, a, b)
    elif two.tag != "y" and _two_digit_years(parts, one, two, three):
        persian = _in_persian(parts, one)
        if a > 31 and not (persian or parts.context.language or parts["weekday"]):
            return  # 94/07/15 is of 1994, or Jalali 1394
        if a > 31 or (persian and c <= 31 and (a > 12 or one.key.startswith("0"))):
            yield _Order(a, b, c, "numeric-ymd")
        yield from _day_and_month(parts, c, a, b)


def _day_and_month(parts: Parts, year: int, a: int, b: int) -> Iterator[_Order]:
    orders = [_Order(year, b, a, "numeric-dmy"), _Order(year, a, b, "numeric-mdy")]
    yield from reversed(orders) if parts.context.month_first else orders


def _two_digit_years(parts: Parts, one: Token, two: Token, three: Token) -> bool:
    """Three short numbers are a date only in full dress: 07.10.15, ۹۸/۱۱/۲۹, 7/10/15; never 1-2-15.

    1.2.15 is one beside a clock, a weekday or a word for date, and in a language that prints it or its letters.
    """
    lengths = [token.end - token.start for token in (one, two, three)]
    sign = parts.tokens[parts.place("sign")].tag
    if lengths[0] == 2 and (one.number or 0) > 31:
        in_ascii = parts.context.text[one.start : one.end].isascii()
        return lengths[2] <= 2 and not (sign == "." and in_ascii)  # 85.12.10 is a price or a version, ۸۵.۱۲.۱۰ a day
    if sign == "|" or lengths[2] != 2 or counts_something(parts, three):
        return False
    dressed = sign == "/" or lengths[:2] == [2, 2]
    if dressed or sign != ".":
        return dressed
    said = parts["weekday"] is not None or is_dated(parts, one)
    return said or parts.speaks(*_DOTTED) or _beside_clock(parts, one, three) or _in_dotted_script(parts, one, three)


def _in_dotted_script(parts: Parts, one: Token, three: Token) -> bool:
    return parts.context.language == 0 and _DOTTED_SCRIPTS.search(_line_of(parts, one.start, three.end)) is not None


def _line_of(parts: Parts, start: int, end: int) -> str:
    """What stands around a date on its line."""
    text = parts.context.text
    return text[max(start - _LINE, 0) : start].rpartition("\n")[2] + text[end : end + _LINE].partition("\n")[0]


def _beside_clock(parts: Parts, one: Token, three: Token) -> bool:
    text = parts.context.text
    before = text[max(one.start - 12, 0) : one.start]
    return bool(_CLOCK_NEAR.match(text, three.end) or _CLOCK_BEFORE.search(before))


def _calendars(parts: Parts, year: int, era: Calendar | None) -> tuple[Calendar, ...]:
    """The calendars that a year of this size can be of, likeliest first.

    A day that a lunar or solar year can't have is none: «۱۴۰۰/۱۲/۳۰» is a mistake, not the year 1980.
    """
    if era is not None:
        return (era,)
    if year >= 1600:
        return ("gregorian",) if year < 2200 else ()
    one = parts["one"] or parts["day"]
    persian = one is not None and _in_persian(parts, one)
    if year < 100:
        return ("jalali", "gregorian") if persian else ("gregorian", "jalali") if year > 31 else ("gregorian",)
    if year > 1450 or year < 1200:
        return ()
    if persian or year < 1343:
        return ("jalali",)
    return ("hijri",) if year > (1400 if parts.speaks("ar", "ur") else 1412) else ("jalali",)


def _in_persian(parts: Parts, token: Token) -> bool:
    """Is the number Persian, by the text's language or by its figures? Urdu shares the figures, not the calendar."""
    if parts.context.language:
        return parts.speaks("fa", "prs", "ps")
    return any("۰" <= character <= "۹" for character in parts.context.text[token.start : token.end])


def _glued(text: str, start: int, end: int) -> bool:
    """Do the figures go on beyond the three numbers? A clock may follow a dash («28.01.2020-15:49»)."""
    if _CLOCK_AFTER.match(text, end):
        end += 1
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    if before and (before[-1] in _MONEY or (before[-1].isascii() and before[-1].isalpha())):
        return True
    if before[-1:] in _JOINTS and before[:-1].isdigit() and not _CLOCK_BEFORE.search(text, max(start - 12, 0), start):
        return True
    return (after[:1] in _JOINTS and after[1:].isdigit()) or after[:1] in _MONEY


def read_izafe(parts: Parts) -> DateExpression | None:
    """Kurdish «٧ی ١٠ی ٢٠١٥»."""
    day, month, year = (parts[name] for name in ("day", "month_number", "year"))
    if day is None or month is None or year is None:
        return None
    number, of, in_year = day.number or 0, month.number or 0, year.number or 0
    calendar: Calendar = "gregorian" if in_year > 1500 else "jalali"
    fixed = to_gregorian(calendar, in_year, of, number)
    return None if fixed is None else fixed_day(parts, Month(calendar, of, 2), 0, in_year, number, fixed)


def read_days_numeric(parts: Parts) -> DateExpression | None:
    """«من 1 إلى 5 / 10 / 1436هـ»."""
    first, last, month, year = (parts[name] for name in ("first_day", "day", "month_number", "year"))
    if first is None or last is None or month is None or year is None:
        return None
    in_year, of = year.number or 0, month.number or 0
    for calendar in _calendars(parts, in_year, parts.value("era", Role.ERA)):
        start, end = (to_gregorian(calendar, in_year, of, token.number or 0) for token in (first, last))
        if start is not None and end is not None and start < end:
            return parts.express(value_of_days(start, end), calendar, "range", first=start, last=end)
    return None


def read_figures_to_numeric(parts: Parts) -> DateExpression | None:
    """«5/5 - 7/6/2015»: the days of both ends, day first, with one year."""
    tokens = [token for name in _ENDS if (token := parts[name]) is not None]
    day, month, last_day, last_month, year = (token.number or 0 for token in tokens)
    if parts.context.month_first or _glued(parts.context.text, tokens[0].start, tokens[-1].end):
        return None
    for calendar in _calendars(parts, year, parts.value("era", Role.ERA)):
        start = to_gregorian(calendar, year - ((month, day) > (last_month, last_day)), month, day)
        end = to_gregorian(calendar, year, last_month, last_day)
        if start is not None and end is not None:
            return parts.express(value_of_days(start, end), calendar, "range", first=start, last=end)
    return None


_ENDS: Final = ("first_day", "first_month", "day", "month_number", "year")


def read_weekday_numeric(parts: Parts) -> DateExpression | None:
    """«Wednesday 7/10»: day and month in figures, which only a weekday makes a date."""
    day, month = parts["day"], parts["month_number"]
    if day is None or month is None or _glued(parts.context.text, day.start, month.end):
        return None
    weekday = weekday_of(parts, "weekday", 0, None)
    numbers = day.number or 0, month.number or 0
    if weekday is None:
        return None
    calendar: Calendar = "jalali" if _in_persian(parts, day) else "gregorian"
    if calendar == "jalali" and numbers[0] <= 12 < numbers[1] <= 31:
        numbers = numbers[::-1]
    if not (1 <= numbers[1] <= 12 and 1 <= numbers[0] <= 31):
        return None
    return open_day(parts, calendar, numbers[1], numbers[0], weekday)


def read_figures_to_figures(parts: Parts) -> DateExpression | None:
    """«2019-05-03/2019-05-05», «12.10.2015-12.11.2015»: years in full at both ends, both in the same order."""
    tokens = [token for name in ("one", "two", "three", "four", "five", "six") if (token := parts[name]) is not None]
    if _glued(parts.context.text, tokens[0].start, tokens[-1].end):
        return None
    for order in ("ymd", "mdy", "dmy") if parts.context.month_first else ("ymd", "dmy", "mdy"):
        start, end = _in_order(parts, order, tokens[:3]), _in_order(parts, order, tokens[3:])
        if start and end and start[0] == end[0] and start[1] < end[1]:
            return parts.express(value_of_days(start[1], end[1]), start[0], "range", first=start[1], last=end[1])
    return None


def _in_order(parts: Parts, order: str, tokens: Sequence[Token]) -> tuple[Calendar, dt.date] | None:
    """The likeliest calendar and day of three numbers in that order, the year in full."""
    numbers = dict(zip(order, tokens, strict=True))
    year, month, day = (numbers[letter].number or 0 for letter in "ymd")
    calendars = _calendars(parts, year, None) if numbers["y"].tag == "y" else ()
    found = ((calendar, to_gregorian(calendar, year, month, day)) for calendar in calendars)
    return next(((calendar, fixed) for calendar, fixed in found if fixed), None)


def read_figures_after_letter(parts: Parts) -> DateExpression | None:
    """Hebrew «ה-7.10», «ב-7/10»: the letter «the» or «on» makes day and month of the figures."""
    day, month = parts["day"], parts["month_number"]
    letter = parts.context.text[parts.first.start : parts.first.end]
    if day is None or month is None or letter not in _HEBREW or not 1 <= (month.number or 0) <= 12:
        return None
    return open_day(parts, "gregorian", month.number or 0, day.number or 0, None)


_HEBREW: Final = frozenset("הבלמ")
