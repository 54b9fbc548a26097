"""Dates of the Hebrew calendar: «י"ב בכסלו תשע"ה», «12 Kislev 5775», «כסלו תשע"ה», «שנת תשע"ה».

Only such as print their year: a day and month alone are mostly the name of a feast («ט' באב»). The year is found first,
which is rare and has its own letters, then what stands before or behind it.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from corpus_loader.articles.dates.calendars import first_day, last_day, to_gregorian
from corpus_loader.articles.dates.expression import DateExpression
from corpus_loader.articles.dates.folding import word_key
from corpus_loader.articles.dates.hebrew_calendar import is_leap
from corpus_loader.articles.dates.lexicon import lexicon
from corpus_loader.articles.dates.reading import value_of_days

__all__ = ["find_hebrew", "numeral"]

#: A year in letters, at its hundreds, and in figures; a text without such years mostly lacks this of each.
_LETTERS: Final = "ת"
_YEAR_IN_LETTERS: Final = re.compile("ת[קרשת]?[א-ת]?(?:[\"״”“]|'')[א-ת](?![א-ת\"״])")
_FIGURES: Final = ("57", "56")
_YEAR_IN_FIGURES: Final = re.compile(r"5[67]\d\d(?!\d)", re.ASCII)
_THOUSANDS: Final = 5000
#: Years that are read: those of 1839 to 2039.
_FIRST: Final = 5600
_LAST: Final = 5799
#: Day and month stand within so many code points before their year.
_REACH: Final = 40
_VALUES: Final = {
    **dict(zip("אבגדהוזחט", range(1, 10), strict=True)),
    **dict(zip("יכלמנסעפצ", range(10, 100, 10), strict=True)),
    **dict(zip("קרשת", range(100, 500, 100), strict=True)),
    **dict(zip("ךםןףץ", (20, 40, 50, 80, 90), strict=True)),
}
_ADAR, _FIRST_ADAR = 7, 6
_WORD_AFTER: Final = re.compile(r"[ \xa0]+[^\W\d_]")


class _Patterns(NamedTuple):
    before: re.Pattern[str]
    months: tuple[re.Pattern[str], ...]
    #: Names that some languages have for Gregorian months, and the bits of these, and of languages that never do.
    shared: frozenset[str]
    ours: int
    theirs: int


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    table = tomllib.loads((files("corpus_loader.articles.dates") / "tables" / "hebrew.toml").read_text("utf-8"))
    months: list[str] = table["months"]
    day = r"(?<![\w\"״'׳])(?P<day>[א-טיכל]['’‘׳]|[טיכל](?:[\"״”“]|'')[א-ט]|[0-3]?\d(?!\d))(?:st|nd|rd|th)?"
    of = r"(?:[ ,\-]+|of|de|в|לחודש|בחודש|חודש|[בל](?=[א-ת]))*"
    month = rf"(?<![^\W\d_בל])(?P<month>{'|'.join(months)})(?!\w)"
    behind = r"(?: (?P<day_behind>[0-3]?\d)(?:st|nd|rd|th)?)?"
    year = r"(?:[ ,\-]|of|שנת|ב?שנה|год|года)*?(?:ב?ה['’׳\-]*|ב)?"
    return _Patterns(
        re.compile(rf"(?:{day}{of})?{month}{behind}{year}$|(?P<word>(?<!\w)ב?שנת )(?:ה['’׳]?)?$", re.IGNORECASE),
        tuple(re.compile(name, re.IGNORECASE) for name in months),
        frozenset(table["shared"]),
        sum(lexicon().languages[code] for code in table["ours"]),
        sum(lexicon().languages[code] for code in table["theirs"]),
    )


def find_hebrew(text: str, language: int = 0) -> list[DateExpression]:
    """The days, months and years of the Hebrew calendar in a text, in its order.

    `language` is the bit mask of the text's language, 0 where it is unknown: Nisan and Adar are no months of it in
    Turkish and Kurdish, and in no language but Hebrew and English where a word follows the year.
    """
    years: list[tuple[int, int, int]] = []
    if _LETTERS in text:
        years = [
            (found.start(), found.end(), _THOUSANDS + numeral(found[0])) for found in _YEAR_IN_LETTERS.finditer(text)
        ]
    if _FIGURES[0] in text or _FIGURES[1] in text:
        years += [(found.start(), found.end(), int(found[0])) for found in _YEAR_IN_FIGURES.finditer(text)]
    if not years:
        return []
    found: list[DateExpression] = []
    for year in sorted(years):
        expression = _read(text, language, *year)
        if expression is not None and not (found and expression.start < found[-1].end):
            found.append(expression)
    return found


def numeral(letters: str) -> int:
    """The number that Hebrew letters write; marks count nothing."""
    return sum(_VALUES.get(letter, 0) for letter in letters)


def _read(text: str, language: int, start: int, end: int, year: int) -> DateExpression | None:
    if not _FIRST <= year <= _LAST:
        return None
    reach = max(start - _REACH, 0)
    line = max(text.rfind("\n", reach, start) + 1, reach)
    found = _patterns().before.search(text[line:start])
    if found is None:
        return None
    begin = line + found.start()
    if found["word"]:
        return _period(text, begin, end, year, None)
    if word_key(found["month"]) in _patterns().shared and _is_ours(text, language, end):
        return None
    month = next(number for number, name in enumerate(_patterns().months, 1) if name.fullmatch(found["month"]))
    if month == _ADAR and is_leap(year) and " " not in found["month"]:
        return None  # which of the two is not said
    if month == _FIRST_ADAR and not is_leap(year):
        return None
    printed = found["day"] or found["day_behind"]
    if printed is None:
        return _period(text, begin, end, year, month)
    day = int(printed) if printed.isdecimal() else numeral(printed)
    fixed = to_gregorian("hebrew", year, month, day)
    return None if fixed is None else _express(text, begin, end, fixed, fixed, (year, month, day))


def _is_ours(text: str, language: int, end: int) -> bool:
    """Is a shared name a month of ours, and what follows it a count («12 Nisan 5775 kişi»)?"""
    if language & _patterns().ours:
        return True
    return not language & _patterns().theirs and _WORD_AFTER.match(text, end) is not None


def _period(text: str, start: int, end: int, year: int, month: int | None) -> DateExpression | None:
    first, last = first_day("hebrew", year, month), last_day("hebrew", year, month)
    return None if first is None or last is None else _express(text, start, end, first, last, (year, month, None))


def _express(
    text: str, start: int, end: int, first: dt.date, last: dt.date, printed: tuple[int, int | None, int | None]
) -> DateExpression:
    year, month, day = printed
    precision = "year" if month is None else "month" if day is None else "day"
    return DateExpression(
        text[start:end],
        start,
        end,
        value_of_days(first, last),
        "hebrew",
        precision,  # type: ignore[arg-type]
        f"hebrew-{precision}",
        first=first,
        last=last,
        year=year,
        month=month,
        day=day,
    )
