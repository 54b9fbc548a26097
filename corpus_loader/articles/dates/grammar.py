"""The orders in which a date is written, as regular expressions over the tags of a run.

`<m>` in a pattern is any word with that role (see `words.Role`); `a b z y` are numbers of one, two, two and four
digits; signs stand for themselves. Rules are tried from the left end of a run; the first that fits and can be read
wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from corpus_loader.articles.dates.lexicon import lexicon

__all__ = ["RULES", "Fit", "fits"]

_WEEKDAY: Final = (
    r"(?:<r>[:,]?)?"
    r"(?:\(?(?:<p>|<i>){0,2}(?:<v>)?(?P<weekday><w>)\)?[.]?<h>?(?:<v>|<P>)?[,.\-|(:]{0,2}(?:<p>?<h>)?(?:<q>)?)?(?:<p>|<i>){0,2}<x>?-?"
)
_DAY: Final = r"(?<![abz]:)(?P<day>[ab]|<o>)(?:['\-]?<s>)?(?:\.|°)?"
_OF: Final = r"[,/\-]?<f>{0,2}[./\-]?"
_MONTH: Final = r"(?:\((?P<twin_before><m>)\))?(?P<month><m>)\.?(?:[/|\-]?(?P<twin><m>)|\((?P<twin_in><m>)\)?)?"
_ERA: Final = r"(?:[.(]{0,2}(?P<era><E>)\)?|<Y>)"
_YEAR: Final = rf"(?:[,.'/\-]{{0,2}}(?:<f>|<i>){{0,2}}(?:<Y>){{0,2}}'?\(?(?P<year>y|[bz](?!:)){_ERA}{{0,2}}\)?)"
_AFTER: Final = r"(?:[,\-|]?\(?<p>?(?P<weekday_after><w>)\)?(?![,.]?<p>?(?:[ab](?!:)|<o>)))?"
_SHIFT: Final = r"(?:(?:<f>|<i>){0,2}(?P<shift><v>)|(?:<f>|<i>|,){0,2}(?P<period><P>))"
_DAY_1: Final = r"(?<![abz]:)(?P<first_day>[ab]|<o>)(?:['\-]?<s>)?\.?"
_MONTH_1: Final = r"(?P<first_month><m>)\.?(?:[/\-]?<m>|\(<m>\)?)?"
_TO: Final = r"(?:-|<R>-?)"
_TO_OR_AND: Final = r"(?:-|<R>-?|<A>)"
_HEAD: Final = r"(?:<B>)?(?:(?:<p>|<i>){0,2}<w>[,.]?(?:<A><p>?<w>)?)?(?:<p>|<i>)?<x>?"

#: Rule name → pattern, in the order of trial.
RULES: Final[dict[str, str]] = {
    "figures-to-figures": (
        r"(?P<one>[aby])(?P<sign>[/.\-])(?P<two>[ab])(?P=sign)(?P<three>[aby])(?:<R>|[\-/])"
        r"(?P<four>[aby])(?P=sign)(?P<five>[ab])(?P=sign)(?P<six>[aby])"
    ),
    "numeric": (
        rf"{_WEEKDAY}(?P<one>[abzy])(?P<sign>[/.|\-])(?P<two>[abz])(?P=sign)(?P<three>[abzy])(?:\.?"
        rf"{_ERA}{{0,2}})?\)?{_AFTER}"
    ),
    "figures-to-numeric": (
        r"(?P<first_day>[ab])(?P<sign>[/.])(?P<first_month>[ab])\.?(?:<R>|-)(?:<p>)?(?P<day>[ab])(?P=sign)"
        r"(?P<month_number>[ab])(?P=sign)(?P<year>y)(?P<era><E>)?"
    ),
    "days-numeric": (
        rf"{_HEAD}(?P<first_day>[ab]){_TO}{_HEAD}(?P<day>[ab])/(?P<month_number>[ab])/(?P<year>y)(?P<era><E>)?"
    ),
    "numeric-izafe": rf"{_WEEKDAY}(?P<day>[ab])<f>{{1,2}}(?P<month_number>[ab])<f>(?P<year>y)",
    "days-month-year": rf"{_HEAD}{_DAY_1}(?:/|{_TO_OR_AND}){_HEAD}{_DAY}{_OF}{_MONTH}{_YEAR}",
    "days-month": rf"{_HEAD}{_DAY_1}{_TO_OR_AND}{_HEAD}{_DAY}{_OF}{_MONTH}(?:{_SHIFT})?",
    "month-days-year": rf"{_MONTH}{_DAY_1}{_TO}{_DAY},?(?P<year>y)",
    "day-month-to-day-month-year": (
        rf"{_HEAD}{_DAY_1}{_OF}{_MONTH_1}(?:[,.]?(?:<f>)?(?P<first_year>y)<E>?)?{_TO_OR_AND}{_HEAD}{_DAY}{_OF}{_MONTH}{_YEAR}"
    ),
    "day-month-to-day-month": rf"{_HEAD}{_DAY_1}{_OF}{_MONTH_1}{_TO_OR_AND}{_HEAD}{_DAY}{_OF}{_MONTH}(?:{_SHIFT})?",
    "month-day-to-month-day-year": rf"{_MONTH_1}{_DAY_1}(?:,?(?P<first_year>y))?{_TO}{_MONTH}{_DAY},?(?P<year>y)",
    "day-month-year": rf"{_WEEKDAY}{_DAY}{_OF}{_MONTH}{_YEAR}{_AFTER}",
    "month-day-year": rf"{_WEEKDAY}{_MONTH}[,./\-]?<x>?{_DAY}{_YEAR}{_AFTER}",
    "year-month-day": (
        rf"{_WEEKDAY}(?:<i>|<f>|<Y>)?(?P<year>y)\.?(?:<E>)?(?:-?<Y>\.?)?[,/\-]?(?:<f>|<i>){{0,2}}{_MONTH}[,/\-]?(?:<f>|<i>)?"
        rf"{_DAY}(?:<f>\.?)?(?!,?y){_AFTER}"
    ),
    "year-day-month": (
        rf"{_WEEKDAY}(?:<i>|<f>|<Y>)?(?P<year>y)\.?(?:-?<Y>\.?)?[,/\-]?(?:(?P<weekday_inside><w>)[.]?,?)?{_DAY}{_OF}"
        rf"{_MONTH}(?!,?y){_AFTER}"
    ),
    "month-days": rf"{_MONTH}{_DAY_1}{_TO}{_DAY}(?![:])",
    "month-day-to-month-day": rf"{_MONTH_1}{_DAY_1}{_TO}{_MONTH}{_DAY}",
    "asctime": r"(?:(?P<weekday><w>),?)?(?P<month><m>)(?P<day>[ab])[abz](?::[abz]){1,2}(?:[+\-]?[abzy])?(?P<year>y)",
    "day-month": (
        rf"{_WEEKDAY}{_DAY}{_OF}{_MONTH}\)?(?:{_SHIFT})?(?:,?\(?<p>?"
        rf"(?P<weekday_after><w>)\)?(?![,.]?<p>?[ab](?!:)))?"
    ),
    "month-day": rf"{_WEEKDAY}(?P<before><i>)?{_MONTH}<x>?{_DAY}(?:{_SHIFT})?{_AFTER}",
    "weekday-numeric": (
        r"(?:<p>|<i>){0,2}(?P<weekday><w>)[.]?[,.\-]?(?:<p>|<i>)?(?P<day>[ab])(?P<sign>[/.])"
        r"(?P<month_number>[ab])\.?"
    ),
    "figures-after-letter": r"(?P<letter><i>)-(?P<day>[ab])(?P<sign>[/.])(?P<month_number>[ab])(?![./:\-][abzy])",
    "days-of-this-month": rf"{_HEAD}{_DAY_1}{_TO_OR_AND}{_HEAD}{_DAY}(?:<f>|<i>){{0,2}}(?P<period><P>)",
    "day-of-this-month": rf"(?:<p>|<i>){{0,2}}<x>?{_DAY}(?:<f>|<i>){{0,2}}(?:(?P<period><P>)|<c>)",
    "months-year": rf"(?:<B>)?(?:<f>)?{_MONTH_1}(?:,?(?P<first_year>y))?{_TO_OR_AND}(?:<f>)?{_MONTH}{_YEAR}",
    "month-year": rf"(?:<f>)?{_MONTH}{_YEAR}",
    "year-month": rf"(?P<year>y)(?:<E>)?(?:<Y>|<S>)(?:<f>|<i>){{0,2}}{_MONTH}(?!,?(?:[aby]|<o>))",
    "month-shift": rf"(?:(?P<shift_before><v>)(?P<month_after><m>)(?!\.?<x>?[ab])|(?:<f>)?{_MONTH}{_SHIFT})",
    "years": (
        r"(?:<B>)?<Y>{1,2}(?:<i>|<f>)?(?P<first_year>[yz])<E>?(?:-|<R>|<A>)<Y>?(?P<year>y|z(?!:))"
        r"(?:[.(]?(?P<era><E>)\)?)?"
    ),
    "year": r"<Y>{1,2}(?:<i>|<f>)?(?P<year>y|[bz](?!:))(?:[.(]?(?P<era><E>)\)?){0,2}",
    "year-era": r"(?P<year>y|z)\.?(?:(?P<era><E>)<E>?|(?P<year_word><S>))",
    "since-year": r"(?P<elapsed><X>)(?P<year>y)(?:[.(]?(?P<era><E>)\)?)?",
    "elapsed": r"(?P<elapsed><X>)",
    "day-name": r"(?:<p>|<i>){0,2}(?P<name><r>)(?:[,:(]?<p>?<h>?<p>?(?P<weekday><w>)\)?)?",
    "weekday-of-week": r"(?:<p>|<i>){0,2}(?P<weekday><W>)(?:<f>|<i>){0,2}(?P<period><P>)",
    "weekday-shift": (
        r"(?:<p>|<i>){0,2}(?:(?P<weekday><W>)(?:<f>)?(?P<shift><v>)|(?P<shift_before><v>)<p>?"
        r"(?P<weekday_after><W>))"
    ),
    "weekday": r"(?:<p>|<i>){0,2}(?P<weekday><W>)(?:\(?(?P<name><r>)\)?)?",
    "period": r"(?P<period><P>)",
}
_ROLE: Final = re.compile(r"<(\w)>")


class Fit(NamedTuple):
    """One rule that fits: its name, the tokens that it covers, and which of them is which part."""

    rule: str
    start: int
    end: int
    parts: dict[str, int]


@lru_cache(maxsize=65536)
def fits(tags: str, place: int) -> tuple[Fit, ...]:
    """The rules that fit at the first place, from `place` on, where any does; in the order of trial.

    Runs of the same shape come by the thousand, so the answers are kept.
    """
    if not _worth_a_search().search(tags, place):
        return ()
    while first := _first_rule().search(tags, place):
        matches = [(name, rule.match(tags, first.start())) for name, rule in _rules()]
        found = tuple(_fit(name, match) for name, match in matches if match is not None)
        if found:
            return found
        place = first.start() + 1  # «1234 - 10/4/2018»: the signs of one date are alike
    return ()


def _fit(rule: str, match: re.Match[str]) -> Fit:
    parts = {name: match.start(name) for name in match.re.groupindex if match.start(name) >= 0}
    return Fit(rule, match.start(), match.end(), parts)


@cache
def _rules() -> Sequence[tuple[str, re.Pattern[str]]]:
    """The name and the expression of each rule, in the order of trial."""
    return [(name, re.compile(_spelled(pattern))) for name, pattern in RULES.items()]


@lru_cache(maxsize=1)
def _worth_a_search() -> re.Pattern[str]:
    """What every rule needs at least: a name, or three numbers with signs."""
    return re.compile(
        _spelled(
            r"<m>|<w>|<r>|<P>|<c>|<X>|<Y>|<S>|<i>-[ab][/.][ab]|y\.?<E>|z\.?<E>|[abzy][/.|\-][abz][/.|\-][abzy]|[ab]<f>{1,2}[ab]<f>y"
        )
    )


@lru_cache(maxsize=1)
def _first_rule() -> re.Pattern[str]:
    """All rules in one expression: its search finds the next place where any of them fits."""
    return re.compile(_spelled("|".join(map(_unnamed, RULES.values()))))


def _spelled(pattern: str) -> str:
    tags = lexicon().tags

    def alternatives(role: re.Match[str]) -> str:
        found = "".join(tag for roles, tag in tags.items() if role[1] in roles)
        return f"[{found}]" if found else "(?!)"

    return _ROLE.sub(alternatives, pattern)


def _unnamed(pattern: str) -> str:
    """The pattern without named groups; the sign repeated in a numeric date is then any sign."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern).replace("(?P=sign)", r"[/.|\-]")
