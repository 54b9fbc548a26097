"""The words beside a number and a name that make them no date: bullets fired, versions, newspapers named Today."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Final

from corpus_loader.articles.dates.folding import word_key
from corpus_loader.articles.dates.reading import Parts
from corpus_loader.articles.dates.tokens import Token
from corpus_loader.articles.dates.words import Role

__all__ = [
    "counted_in_month",
    "counts_something",
    "divides",
    "ends_phrase",
    "follows_first_name",
    "in_a_fraction",
    "is_dated",
    "is_numbered",
    "names_section",
    "names_something",
    "odd_company",
    "of_a_file",
    "of_a_score",
    "of_a_version",
]

#: A word before an expression stands within so many code points.
_REACH: Final = 40
#: On the line: a headline that ends with «Android» says nothing of the day below it.
_WORD_AFTER: Final = re.compile(r"(?:[^\S\n]|\u200c)*([^\W\d_]+)")
_ON_THE_LINE: Final = re.compile(r"[ \u200c]*(\w+)")
_FIRST_NAME: Final = re.compile(r"[^\W\d_a-zäöü][a-zäöüß]+ $")
_SECTION: Final = re.compile(r"\s*ال\w+ ")
_LINE_ENDS: Final = re.compile(r"[^\S\n]*(?:\n|\Z)")
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)(?:[^\S\n]|\u200c)*\Z")
#: What may stand between a word and its number: «No. 3», «n° 4», «العدد (12)», «מס' 5».
_SIGNS_OF_NUMBER: Final = ".:°º#('׳ \u200c\u200f"
#: A sign that parts a number from the month behind it; so does the end of its bracket («العدد (12) مارس»).
_APART: Final = re.compile(r"[\s.]*([)\-–—,،/|])")
_DOUBLE: Final = re.compile(r"\d+[-–/]$")
_GOAL_SIGNS: Final = frozenset("-–:")
_GOAL_BEFORE: Final = re.compile(r"(?<![\d:.])(\d{1,2}) ?[-–:] ?$")


@lru_cache(maxsize=1)
def _suspects() -> dict[str, dict[str, frozenset[str]]]:
    table = tomllib.loads((files("corpus_loader.articles.dates") / "tables" / "suspects.toml").read_text("utf-8"))
    return {
        where: {word_key(name): frozenset(map(word_key, _listed(words))) for name, words in entries.items()}
        for where, entries in table.items()
    }


def _listed(words: str | list[str]) -> list[str]:
    return words.split("|") if isinstance(words, str) else words


def odd_company(parts: Parts, token: Token) -> bool:
    """Do the words beside the expression make the name something else («3 تیر» fired, «صلاة الجمعة»)?"""
    suspects = _suspects()
    after, before = (suspects[side].get(token.key, frozenset()) for side in ("after", "before"))
    end = max(token.end, parts.tokens[parts.end - 1].end)
    return (bool(after) and _word_after(parts, end) in after) or (bool(before) and _word_before(parts) in before)


def counts_something(parts: Parts, token: Token) -> bool:
    """Does the number count what follows it («15 Mehr 90 people»)?"""
    return _word_after(parts, token.end) in _suspects()["counted"]["words"]


def names_something(parts: Parts) -> bool:
    """Does the word before the day, or behind it, make it a name («شارع 26 يوليو», «19 Mayıs Üniversitesi»)?"""
    if _word_before(parts) in _suspects()["named"]["words"]:
        return True
    return _word_after(parts, parts.tokens[parts.end - 1].end) in _suspects()["named_after"]["words"]


def is_numbered(parts: Parts, day: str = "day", month: str = "month") -> bool:
    """Is the number that would be the day that of an issue or a page («No. 12, March 2015», «العدد 12 - مارس»)?

    Where the word may also stand before a day («شماره ۱۲ آذر»), a sign must part the number from the month, and another
    than stands behind the month («12-Mar-2015»).
    """
    text, number, name = parts.context.text, parts[day], parts[month]
    if number is None or name is None or not (before := _before(text, number.start)):
        return False
    if before[-1] in "-–/":  # a double issue: «No. 3-4»
        before = _DOUBLE.sub("", before)
    words, last = _suspects()["numbering"], _last_word(before)
    if number.entry is not None and not words["divided"].isdisjoint(last):
        return True
    if not words["always"].isdisjoint(last):
        return True
    apart = _APART.match(text, number.end) if not words["apart"].isdisjoint(last) else None
    return apart is not None and text[name.end : name.end + 3].strip()[:1] != apart[1]


def divides(parts: Parts) -> bool:
    """Is the weekday before an ordinal a week («هفته اول مهر»)? In Urdu it is a Saturday."""
    weekday, day = parts["weekday"], parts["day"]
    if weekday is None or day is None or day.entry is None or parts.speaks("ur"):
        return False
    return weekday.key in _suspects()["numbering"]["divided"]


def is_dated(parts: Parts, number: Token) -> bool:
    """Does a word for date stand right before the number?"""
    before = _before(parts.context.text, number.start)
    return bool(before) and not _suspects()["dated"]["words"].isdisjoint(_last_word(before))


def of_a_file(parts: Parts) -> bool:
    """Are the figures the number of a law or a file («قرار رقم 12/5/2019»)?

    Telephones and files are also sections («Mobile 12/05/2015»), and no telephone is written like a day: of their words
    only such abbreviations count as are no section's name («Tel. 01/03/2020»).
    """
    before = _before(parts.context.text, parts.tokens[parts.start].start)
    if not before:
        return False
    words, last = _suspects()["filed"], _last_word(before)
    if not words["words"].isdisjoint(last):
        return True
    return not words["of"].isdisjoint(last) and word_key(before.split()[-2:][0]) in words["number"]


def of_a_score(parts: Parts) -> bool:
    """Is the day the second number of a score («فاز 2-1 مايو 2014»)? A word for winning stands right before it.

    In a range both its numbers are read; else the first stands before the expression. A final has a result, and days:
    behind such a word numbers that rise are a range.
    """
    text, day, goal = parts.context.text, parts["day"], parts["first_day"]
    if day is None or day.entry is not None:
        return False
    if goal is None and _GOAL_SIGNS.isdisjoint(text[max(day.start - 2, 0) : day.start]):
        return False
    before = _before(text, (goal or day).start)
    first = 0 if goal is None else goal.number or 0
    if goal is None:
        found = _GOAL_BEFORE.search(before)
        if found is None:
            return False
        before, first = before[: found.start()], int(found[1])
    if not before:
        return False
    words, last = _suspects()["score"], _last_word(before)
    return not words["words"].isdisjoint(last) or (first >= (day.number or 0) and not words["falling"].isdisjoint(last))


def counted_in_month(parts: Parts) -> bool:
    """Does the number only stand «in» the month («won 5 in May», «فوز 2 - 1 في مايو»)? An ordinal is a day.

    Where a year follows, the word may also join a day to its month: at the start of a line («12 in May 2015»), and that
    of «joining» anywhere («ولد 25 في مايو 1990»), but behind goals, a word for winning or counting, or a name that the
    number is written onto («كوفيد-19 في مارس 2020»).
    """
    day, name, text = parts["day"], parts["month"], parts.context.text
    if day is None or name is None or day.entry is not None or not 3 < name.start - day.end < 8:
        return False
    if parts.first.entry is not None and Role.FROM in parts.first.entry.roles:
        return False
    between, words = word_key(text[day.end : name.start]), _suspects()["stands_in"]
    if between not in words["joining"] and between not in words["beginning"]:
        return between in words["words"]
    start = (parts["first_day"] or day).start
    before = _before(text, start)
    if parts["year"] is None or not before:
        return parts["year"] is None
    if between not in words["joining"] or text[start - 1] in "-–" or _GOAL_BEFORE.search(before):
        return True
    return not (_suspects()["score"]["words"] | words["counting"]).isdisjoint(_last_word(before))


def in_a_fraction(parts: Parts) -> bool:
    """Do the figures go on to the left («3.5 مايو»)?"""
    day, text = parts["day"], parts.context.text
    return day is not None and day.start > 1 and text[day.start - 1] in ".,٫" and text[day.start - 2].isdigit()


def _before(text: str, start: int) -> str:
    """What stands before a place on its line, without the space; empty where nothing does."""
    before = text[max(start - _REACH, 0) : start].rstrip(" \u200c\u200f") if start else ""
    return before.rpartition("\n")[2] if "\n" in before else before


def _last_word(before: str) -> tuple[str, ...]:
    """The keys of the last word: as it stands, and without the signs around it."""
    words = before.rsplit(None, 2) or [""]  # a tab, a space that does not break
    if words[-1] == "ی" and len(words) > 1:  # «شماره ی»
        words = [words[-2] + words[-1]]
    return _keys(words[-1]) or _keys(words[-2:][0])


@lru_cache(maxsize=4096)
def _keys(word: str) -> tuple[str, ...]:
    bare = word.strip(_SIGNS_OF_NUMBER)
    return (word_key(word.lstrip("(")), word_key(bare)) if bare else ()


def ends_phrase(parts: Parts, token: Token) -> bool:
    """Does nothing follow that the number could count: a sign, the line's end, a word such as «in»?"""
    found = _ON_THE_LINE.match(parts.context.text, token.end)
    return found is None or word_key(found[1]) in _suspects()["counted"]["never"]


def of_a_version(parts: Parts) -> bool:
    """Is the expression the number of a version, an address or a price? With a year none is written «12/05/2015»."""
    full = any(token.tag == "y" for name in ("one", "three") if (token := parts[name]) is not None)
    if full and parts.tokens[parts.place("sign")].tag != ".":
        return False
    return _word_before(parts) in _suspects()["version"]["words"]


def follows_first_name(parts: Parts) -> bool:
    """Does a name stand right before («Alisa Sonntag»)? A weekday follows small letters, or a word of dates."""
    start = parts.tokens[parts.start].start
    found = _FIRST_NAME.search(parts.context.text[max(start - _REACH, 0) : start])
    return found is not None and parts.start == 0


def names_section(parts: Parts) -> bool:
    """Is the line one unknown noun with its article and the expression («المملكة اليوم», a newspaper's pages)?"""
    if parts.start:
        return False
    text, end = parts.context.text, parts.tokens[parts.end - 1].end
    line = text[max(parts.tokens[0].start - _REACH, 0) : parts.tokens[0].start].rpartition("\n")[2]
    return _SECTION.fullmatch(line) is not None and _LINE_ENDS.match(text, end) is not None


def _word_after(parts: Parts, end: int) -> str:
    found = _WORD_AFTER.match(parts.context.text, end)
    return word_key(found[1]) if found else ""


def _word_before(parts: Parts) -> str:
    start = parts.tokens[parts.start].start
    found = _WORD_BEFORE.search(parts.context.text[max(start - _REACH, 0) : start])
    return word_key(found[1]) if found else ""
