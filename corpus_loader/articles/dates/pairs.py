"""Expressions that belong together: one day in two or three calendars, two days that are the ends of a period."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from corpus_loader.articles.dates.calendars import from_gregorian
from corpus_loader.articles.dates.clocks import clock_near
from corpus_loader.articles.dates.expression import DateExpression, possible_days, swapped
from corpus_loader.articles.dates.reading import Context, value_of_days
from corpus_loader.articles.dates.tokens import Token
from corpus_loader.articles.dates.words import Role

__all__ = ["joined", "neighbours_joined", "with_clock"]

_SIGNS: Final = frozenset("-/(|,:).'")
_BETWEEN: Final = frozenset({Role.EQUALS, Role.NOUN, Role.PREPOSITION, Role.OF, Role.ERA, Role.ARTICLE, Role.YEAR_WORD})
_MOST_BETWEEN: Final = 5
#: One lunar and one solar day meet only in some years: as many as two open days are tried in.
_YEARS_TRIED: Final = (dt.date(1990, 1, 1), dt.date(2040, 12, 31))

#: A Hijri month begins where its moon is seen; a Hebrew day begins in the evening, with the next Gregorian one.
_BY_SIGHT: Final = frozenset({"hijri", "hebrew"})
_GAP: Final = re.compile(r"[ ,.()/|–—\-]{1,5}")

Placed = tuple[DateExpression, int, int]


def joined(context: Context, run: list[Token], found: list[Placed]) -> list[DateExpression]:
    """The expressions of a run, those that belong together made one, with the clock time beside both."""
    kept: list[Placed] = []
    for placed in found:
        if kept:
            one = _together(context, run, kept[-1], placed)
            if one is not None:
                kept[-1] = with_clock(context.text, one[0]), one[1], one[2]
                continue
        kept.append(placed)
    return [expression for expression, _, _ in kept]


def neighbours_joined(text: str, found: list[DateExpression]) -> list[DateExpression]:
    """Days of the Hebrew calendar, each made one with the weekday before it and the day of another calendar beside."""
    kept: list[DateExpression] = []
    for read in found:
        expression = with_clock(text, read) if read.calendar == "hebrew" else read
        one = _beside(text, kept[-1], expression) if kept else None
        if one is None:
            kept.append(expression)
        else:
            kept[-1] = one
    return kept


def _beside(text: str, one: DateExpression, two: DateExpression) -> DateExpression | None:
    if "hebrew" not in (one.calendar, two.calendar) or not _GAP.fullmatch(text, one.end, two.start):
        return None
    if one.precision != "day" or two.precision != "day":
        return None
    if one.calendar == "relative" and one.weekday is not None and one.shift is None:
        merged: DateExpression | None = _on_weekday(two, one.weekday)
    elif "relative" in (one.calendar, two.calendar) or one.calendar == two.calendar:
        merged = None
    else:
        merged = _pair(one, two, stated=False)
    if merged is None:
        return None
    end = two.end + (text[two.end : two.end + 1] == ")" and "(" in text[one.end : two.start])
    return replace(merged, quote=text[one.start : end], start=one.start, end=end)


def _on_weekday(day: DateExpression, weekday: int) -> DateExpression:
    fits = None if day.first is None else day.first.weekday() == weekday
    return replace(day, weekday=weekday, weekday_ok=fits)


def with_clock(text: str, expression: DateExpression) -> DateExpression:
    """The expression with the clock time printed beside it, if it is a day."""
    if expression.precision != "day":
        return expression
    clock = clock_near(text, expression.start, expression.end)
    if clock is None:
        return expression
    return replace(expression, hour=clock.hour, minute=clock.minute, utc_offset=clock.utc_offset)


def _together(context: Context, run: list[Token], left: Placed, right: Placed) -> Placed | None:
    one, start, middle = left
    two, after, end = right
    between = run[middle:after]
    if one.precision != "day" or two.precision != "day" or len(between) > _MOST_BETWEEN:
        return None
    if "relative" in (one.calendar, two.calendar):
        return None
    roles = {role for token in between for role in (token.entry.roles if token.entry else token.tag)}
    if one.calendar == two.calendar:
        merged = _range(one, two) if Role.TO in roles else None
    elif all(_connects(token) for token in between):
        merged = _pair(one, two, stated=Role.EQUALS in roles)
    else:
        merged = None
    if merged is None:
        return None
    if "(" in roles and end < len(run) and run[end].tag == ")":
        end += 1
    first, last = one.start, max(two.end, run[end - 1].end)
    return replace(merged, quote=context.text[first:last], start=first, end=last), start, end


def _connects(token: Token) -> bool:
    return token.tag in _SIGNS if token.entry is None else bool(set(token.entry.roles) & _BETWEEN)


def _range(one: DateExpression, two: DateExpression) -> DateExpression | None:
    if one.first is None or two.first is None or one.first >= two.first:
        return None
    return replace(
        one,
        value=value_of_days(one.first, two.first),
        precision="range",
        rule="day-to-day",
        last=two.first,
        day=None,
        weekday=None,
        hour=None,
        minute=None,
        utc_offset=None,
    )


def _pair(one: DateExpression, two: DateExpression, *, stated: bool) -> DateExpression | None:
    """One day in two calendars. Without a word that says «equals», days that can't meet are two dates."""
    agree = _agree(one, two)
    if not agree and _agree(swapped(one), swapped(two)):
        one, two, agree = swapped(one), swapped(two), True
    printed = not (_open(one) or _open(two))
    if not agree and not (stated or printed):
        return None
    kept = _surest(one, two)
    weekday = one.weekday if one.weekday is not None else two.weekday
    fits = None if weekday is None or kept.first is None else kept.first.weekday() == weekday
    if not agree and weekday is not None and not fits:
        kept = next((each for each in (one, two) if each.first and each.first.weekday() == weekday), kept)
        fits = kept.first is not None and kept.first.weekday() == weekday
    three = one.rule.startswith("two-calendars")
    return replace(
        kept,
        rule="two-calendars" if agree and one.calendars_agree is not False else "two-calendars-disagree",
        weekday=weekday,
        weekday_ok=fits,
        calendars_agree=agree and one.calendars_agree is not False if three else agree,
        other_day=None if agree else kept.other_day,
    )


def _open(expression: DateExpression) -> bool:
    return expression.first is None or expression.from_reference


def _surest(one: DateExpression, two: DateExpression) -> DateExpression:
    """The one whose year is printed; of two such the Gregorian, then the Jalali."""
    ranks: dict[str, int] = {"gregorian": 0, "jalali": 1, "hijri": 2, "hebrew": 3}
    return min((one, two), key=lambda each: (_open(each), ranks[each.calendar]))


def _agree(one: DateExpression, two: DateExpression) -> bool:
    slack = 0 if _BY_SIGHT.isdisjoint((one.calendar, two.calendar)) else 1
    if not _open(one) and not _open(two):
        return one.first is not None and two.first is not None and abs((one.first - two.first).days) <= slack
    if _open(one) and _open(two):
        bare = [replace(each, first=None, last=None, weekday=None) for each in (one, two)]
        days = [set(possible_days(each, _YEARS_TRIED)) for each in bare]
        return any(day + dt.timedelta(days=near) in days[1] for day in days[0] for near in range(-slack, slack + 1))
    fixed, open_ = (two, one) if _open(one) else (one, two)
    return any(_same_day(open_, day) for day in _around(fixed.first, slack))


def _around(day: dt.date | None, slack: int) -> Iterable[dt.date]:
    return [] if day is None else [day + dt.timedelta(days=near) for near in range(-slack, slack + 1)]


def _same_day(expression: DateExpression, day: dt.date) -> bool:
    if expression.calendar == "relative":
        return False
    own = from_gregorian(expression.calendar, day)
    return own is not None and own[1:] == (expression.month, expression.day)
