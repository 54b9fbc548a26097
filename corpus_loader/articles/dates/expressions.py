"""The reader of date expressions: `find_dates`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from corpus_loader.articles.dates.east_asian import find_east_asian
from corpus_loader.articles.dates.expression import DateExpression
from corpus_loader.articles.dates.grammar import fits
from corpus_loader.articles.dates.hebrew import find_hebrew
from corpus_loader.articles.dates.lexicon import lexicon
from corpus_loader.articles.dates.named import (
    read_day,
    read_month,
    read_month_shift,
    read_open_day,
    read_since_year,
    read_year,
)
from corpus_loader.articles.dates.numeric import (
    in_one_order,
    read_days_numeric,
    read_figures_after_letter,
    read_figures_to_figures,
    read_figures_to_numeric,
    read_izafe,
    read_numeric,
    read_weekday_numeric,
)
from corpus_loader.articles.dates.order import month_first
from corpus_loader.articles.dates.pairs import joined, neighbours_joined
from corpus_loader.articles.dates.ranges import read_months, read_range, read_years
from corpus_loader.articles.dates.reading import Context, Parts
from corpus_loader.articles.dates.relative import (
    read_day_name,
    read_day_of_month,
    read_days_of_month,
    read_elapsed,
    read_period,
    read_weekday,
    read_weekday_of_week,
)
from corpus_loader.articles.dates.tokens import Token, runs
from corpus_loader.errors import UsageError

__all__ = ["DateExpression", "find_dates", "find_stamps"]

_READERS: Final[dict[str, Callable[[Parts], DateExpression | None]]] = {
    "figures-to-figures": read_figures_to_figures,
    "numeric": read_numeric,
    "figures-to-numeric": read_figures_to_numeric,
    "days-numeric": read_days_numeric,
    "numeric-izafe": read_izafe,
    "days-month-year": read_range,
    "days-month": read_range,
    "month-days-year": read_range,
    "day-month-to-day-month-year": read_range,
    "day-month-to-day-month": read_range,
    "month-day-to-month-day-year": read_range,
    "day-month-year": read_day,
    "month-day-year": read_day,
    "year-month-day": read_day,
    "year-day-month": read_day,
    "month-days": read_range,
    "month-day-to-month-day": read_range,
    "asctime": read_day,
    "day-month": read_open_day,
    "month-day": read_open_day,
    "weekday-numeric": read_weekday_numeric,
    "figures-after-letter": read_figures_after_letter,
    "days-of-this-month": read_days_of_month,
    "day-of-this-month": read_day_of_month,
    "months-year": read_months,
    "month-year": read_month,
    "year-month": read_month,
    "month-shift": read_month_shift,
    "years": read_years,
    "year": read_year,
    "year-era": read_year,
    "since-year": read_since_year,
    "elapsed": read_elapsed,
    "day-name": read_day_name,
    "weekday-of-week": read_weekday_of_week,
    "weekday-shift": read_weekday,
    "weekday": read_weekday,
    "period": read_period,
}


_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*\Z")


def find_dates(text: str, *, language: str | None = None, reference: dt.date | None = None) -> list[DateExpression]:
    """The date expressions of a text, in its order, never overlapping.

    Args:
        text: Any text; an expression never crosses a line.
        language: BCP 47 tag of the text where it is known. It settles what several languages share (`hier`), which
            calendar a number such as 1402 counts in, and whether figures are day first: they are but for `en-US` and
            its like. English without a region leaves that open, and so does no language (see
            `DateExpression.other_day`). Words of other languages are still read.
        reference: The day of speaking, Gregorian. Without it yesterday, weekdays and days without a year stay open.

    Raises:
        UsageError: an argument is of another type, the language is no tag, or the reference lies in the first or the
            last year that Python knows, where its neighbours do not.

    """
    if not isinstance(text, str):
        raise UsageError(f"the text is of type {type(text).__name__}", next_step="give a str; decode bytes first")
    if not isinstance(language, str | None):
        raise UsageError(f"the language is {language!r}", next_step="give a BCP 47 tag such as fa, or None")
    plain = text[:]  # what is compiled takes no subclass of str, such as NumPy has
    return _found(Context(plain, *_known(language), _day(reference)))


def find_stamps(text: str, *, language: str | None = None) -> list[DateExpression]:
    """As `find_dates`, but runs of words that hold no day with its month («2 hours ago») are not read."""
    context = Context(text, *_known(language), None)
    return _found(context, stamps=True)


def _found(context: Context, *, stamps: bool = False) -> list[DateExpression]:
    found = find_east_asian(context.text, context.reference)
    hebrew = find_hebrew(context.text, context.language)
    found += hebrew
    text = _without(hebrew, context.text) if hebrew else context.text
    for run in runs(text, hinted=context.language != 0 and not stamps, stamps=stamps):
        found += joined(context, run, _read(context, run))
    if len(found) > 1:
        found = in_one_order(_apart(found))
    return neighbours_joined(context.text, found) if hebrew else found


def _without(read: list[DateExpression], text: str) -> str:
    """The text, a barrier in place of what is read already: «ג'» in «ג' בטבת תשע"ו» is no weekday."""
    pieces: list[str] = []
    done = 0
    for each in read:
        pieces += [text[done : each.start], "#" * (each.end - each.start)]
        done = each.end
    return "".join([*pieces, text[done:]])


@lru_cache(maxsize=1024)
def _known(language: str | None) -> tuple[int, bool | None]:
    """The language's bit, and whether its figures are month first: None where that is unknown, as in English alone."""
    if not language:
        return 0, None
    if not isinstance(language, str) or not _TAG.match(language):
        raise UsageError(f"{language!r} is no language tag", next_step="give a BCP 47 tag such as fa, ckb or en-US")
    return lexicon().mask(language), month_first(language)


def _day(reference: dt.date | None) -> dt.date | None:
    if reference is None:
        return None
    if not isinstance(reference, dt.date):
        raise UsageError(f"the reference is {reference!r}", next_step="give a datetime.date")
    if not dt.MINYEAR < reference.year < dt.MAXYEAR:
        raise UsageError(f"no reference day can be {reference}", next_step="give a day of the years 2 to 9998")
    return reference.date() if isinstance(reference, dt.datetime) else reference


def _apart(found: list[DateExpression]) -> list[DateExpression]:
    """In text order; of two that overlap the first."""
    kept: list[DateExpression] = []
    for expression in sorted(found, key=lambda expression: (expression.start, -expression.end)):
        if not kept or expression.start >= kept[-1].end:
            kept.append(expression)
    return kept


def _read(context: Context, run: list[Token]) -> list[tuple[DateExpression, int, int]]:
    """The expressions of one run, each with the tokens that it covers."""
    tags = "".join([token.tag for token in run])
    found: list[tuple[DateExpression, int, int]] = []
    place = 0
    while place < len(tags) and (possible := fits(tags, place)):
        place = possible[0].start + 1
        for fit in possible:
            parts = Parts(context, run, fit)
            expression = _READERS[fit.rule](parts)
            if expression is not None:
                found.append((expression, parts.start, parts.end))
                place = parts.end
                break
            if parts.impossible:
                place = fit.end
                break
    return found
