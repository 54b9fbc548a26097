"""The day that an article tells as its present, where its page states no day of publication.

News tells in its lead what has just happened: «Parliament voted on Wednesday 7 October …». A weekday, day and month in
the first paragraphs, of which no later day is told anywhere in the body, is taken for the article's present. The year
comes from the window of possible publication days alone; where the window leaves two, nothing is chosen. A day without
its weekday, or a weekday without its day, is never enough: either is the publication day in the minority of articles.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus_loader.articles.dates.candidates import Sighting
from corpus_loader.articles.dates.expression import DateExpression, possible_days
from corpus_loader.articles.dates.expressions import find_dates
from corpus_loader.records import BODY_LABELS, Document, LabelledBlock

__all__ = ["Told", "tell"]

_LEAD = 3  # paragraphs
_PARAGRAPH = 60  # code points: a shorter block is a subheading or a stray line
_NEAR = dt.timedelta(days=45)  # a day and month told without its year is taken for the one nearest to the present
#: What can stand between two days of a story: yesterday's news told today.
_DAY_WORD = re.compile(r"(?:روز|يوم|یوم|اليوم|ڕۆژی)\s+\Z")


class Told(NamedTuple):
    """The days told in the lead, and which of them is the article's present."""

    present: Sighting | None
    #: What speaks for it: `told-today`, `told-repeated`, `told-alone`, `told-among-others`.
    strength: str
    #: Every day that may be it, in page order.
    sightings: tuple[Sighting, ...]
    #: Why there is none: `ambiguous-date` or `no-date`, and in words.
    reason: str = ""
    detail: str = ""


class _Telling(NamedTuple):
    expression: DateExpression
    paragraph: int
    block: int
    #: Where the block begins in the text.
    offset: int
    days: tuple[dt.date, ...]


def tell(
    document: Document,
    labels: Sequence[LabelledBlock],
    *,
    language: str | None = None,
    window: tuple[dt.date, dt.date] | None = None,
) -> Told:
    """What the body tells of its day, days outside the window (both ends included) left out."""
    tellings = _tellings(document, labels, language, window)
    lead = [
        t
        for t in tellings
        if t.paragraph < _LEAD and t.expression.precision == "day" and t.expression.weekday is not None
    ]
    dated = [t for t in lead if t.expression.month is not None and t.expression.weekday_ok is not False]
    sightings = tuple(seen for t in lead for seen in _sightings(document, t))
    if not dated:
        return Told(None, "", sightings, "no-date", _nothing(lead, document))
    open_ = next((t for t in dated if len(t.days) != 1), None)
    if open_ is not None:
        return Told(None, "", sightings, "ambiguous-date", _ambiguous(open_, window))
    present = max(dated, key=lambda t: t.days[0])
    strength = _strength(present, tellings)
    if strength is None:
        quote = present.expression.quote
        return Told(
            None, "", sightings, "ambiguous-date", f"the body tells days after «{quote}», or another day as today"
        )
    chosen = _sightings(document, present)[0]
    return Told(chosen._replace(rule=strength), strength, sightings)


def _tellings(
    document: Document, labels: Sequence[LabelledBlock], language: str | None, window: tuple[dt.date, dt.date] | None
) -> list[_Telling]:
    found = []
    body = [i for i, label in enumerate(labels) if label.label in BODY_LABELS]
    paragraphs = [i for i in body if document.blocks[i].end - document.blocks[i].start >= _PARAGRAPH]
    for number, index in enumerate(paragraphs):
        for expression in find_dates(document.block_text(index), language=language):
            days = _days(expression, window)
            found.append(_Telling(expression, number, index, document.blocks[index].start, days))
    return found


def _days(expression: DateExpression, window: tuple[dt.date, dt.date] | None) -> tuple[dt.date, ...]:
    if expression.month is None:
        return ()
    if window is not None:
        return tuple(possible_days(expression, window))
    fixed = expression.first is not None and expression.first == expression.last
    return (expression.first,) if fixed and expression.first else ()


def _strength(present: _Telling, tellings: Sequence[_Telling]) -> str | None:
    """How the rest of the body bears out that day; None where it tells a later one, or another day as today."""
    day = present.days[0]
    weekdays = [
        t.expression.weekday for t in tellings if t.expression.month is None and t.expression.weekday is not None
    ]
    todays = [t.expression for t in tellings if t.expression.shift == 0]
    if any(e.weekday is not None and e.weekday != day.weekday() for e in todays):
        return None
    if any(later > day and later - day < _NEAR for t in tellings for later in t.days):
        return None
    if todays or present.expression.shift == 0:
        return "told-today"
    if day.weekday() in weekdays:
        return "told-repeated"
    return "told-among-others" if weekdays else "told-alone"


def _sightings(document: Document, telling: _Telling) -> list[Sighting]:
    """One sighting per day that the telling can mean; one of open year where that is none."""
    e = telling.expression
    start, end = telling.offset + e.start, telling.offset + e.end
    word = _DAY_WORD.search(document.text, telling.offset, start)
    start = word.start() if word else start
    rule = "told-day" if e.month is not None else "told-weekday"
    quote = document.text[start:end]
    values = [(day, day.isoformat()) for day in telling.days] or [(None, e.value or "XXXX-XX-XX")]
    return [
        Sighting(day, value, "unsaid", "narrative", rule, "text", start, end, quote, telling.block)
        for day, value in values[:_MOST]
    ]


_MOST = 12


def _nothing(lead: Sequence[_Telling], document: Document) -> str:
    if not lead:
        return "the page states no day of publication, and its first paragraphs tell none"
    quotes = ", ".join(dict.fromkeys(f"«{t.expression.quote}»" for t in lead))
    return f"the page states no day of publication; its first paragraphs tell only a weekday: {quotes}"


def _ambiguous(telling: _Telling, window: tuple[dt.date, dt.date] | None) -> str:
    quote = telling.expression.quote
    if window is None:
        return f"«{quote}» names no year, and corpus.toml states no window of possible publication days"
    if not telling.days:
        return f"«{quote}» fits no day from {window[0]} to {window[1]}"
    fits = ", ".join(day.isoformat() for day in telling.days)
    return f"«{quote}» fits more than one day from {window[0]} to {window[1]}: {fits}"
