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

__all__ = [
    "counts_something",
    "ends_phrase",
    "follows_first_name",
    "names_section",
    "names_something",
    "odd_company",
    "of_a_version",
]

#: A word before an expression stands within so many code points.
_REACH: Final = 40
_WORD_AFTER: Final = re.compile(r"[\s\u200c]*([^\W\d_]+)")
_ON_THE_LINE: Final = re.compile(r"[ \u200c]*(\w+)")
_FIRST_NAME: Final = re.compile(r"[^\W\d_a-zäöü][a-zäöüß]+ $")
_SECTION: Final = re.compile(r"\s*ال\w+ ")
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)[\s\u200c]*$")


@lru_cache(maxsize=1)
def _suspects() -> dict[str, dict[str, frozenset[str]]]:
    table = tomllib.loads((files("corpus_loader.articles.dates") / "tables" / "suspects.toml").read_text("utf-8"))
    return {
        where: {word_key(name): frozenset(map(word_key, words.split("|"))) for name, words in entries.items()}
        for where, entries in table.items()
    }


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
    """Does the word before the day make it a name («شارع 26 يوليو»)?"""
    return _word_before(parts) in _suspects()["named"]["words"]


def ends_phrase(parts: Parts, token: Token) -> bool:
    """Does nothing follow that the number could count: a sign, the line's end, a word such as «in»?"""
    found = _ON_THE_LINE.match(parts.context.text, token.end)
    return found is None or word_key(found[1]) in _suspects()["counted"]["never"]


def of_a_version(parts: Parts) -> bool:
    """Is the expression the number of a version, or an address?"""
    return _word_before(parts) in _suspects()["version"]["words"]


def follows_first_name(parts: Parts) -> bool:
    """Does a name stand right before («Alisa Sonntag»)? A weekday follows small letters, or a word of dates."""
    start = parts.tokens[parts.start].start
    found = _FIRST_NAME.search(parts.context.text[max(start - _REACH, 0) : start])
    return found is not None and parts.start == 0


def names_section(parts: Parts) -> bool:
    """Is the line one unknown noun with its article and the expression («المملكة اليوم», a newspaper's pages)?"""
    token = parts.tokens[parts.start]
    line = parts.context.text[: token.start].rpartition("\n")[2]
    rest = parts.context.text[parts.tokens[parts.end - 1].end :].partition("\n")[0]
    return not rest.strip() and _SECTION.fullmatch(line) is not None and parts.start == 0


def _word_after(parts: Parts, end: int) -> str:
    found = _WORD_AFTER.match(parts.context.text, end)
    return word_key(found[1]) if found else ""


def _word_before(parts: Parts) -> str:
    start = parts.tokens[parts.start].start
    found = _WORD_BEFORE.search(parts.context.text[max(start - _REACH, 0) : start])
    return word_key(found[1]) if found else ""
