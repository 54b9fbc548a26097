"""The day that an article tells as its present, where its page states no day of publication.

News tells in its lead what has just happened: «Parliament voted on Wednesday 7 October …». A weekday, day and month in
the first paragraphs is taken for the article's present where the whole body bears it out: no later day is told; and the
story goes on to speak of that day by its weekday alone, as one does on the day itself, or of the day after it. The year
comes from the window of possible publication days alone; where the window leaves two, nothing is chosen. A day without
its weekday, or a weekday without its day, is never enough: either is the publication day in the minority of articles.
In most languages even all that is not: `tables/cues_told.toml` says where it is, and how sure it is.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from corpus_loader.articles.dates.candidates import Sighting
from corpus_loader.articles.dates.expression import DateExpression, possible_days
from corpus_loader.articles.dates.expressions import find_dates
from corpus_loader.records import BODY_LABELS, Document, LabelledBlock

__all__ = ["Told", "confidence_of", "tell"]

_LEAD = 3  # paragraphs
_PARAGRAPH = 60  # code points: a shorter block is a subheading or a stray line
_NEAR = dt.timedelta(days=45)  # a later day of the same season; one much later is an anniversary or a plan
_BESIDE = 16  # code points: «الجمعة الماضي», «چهارشنبه گذشته»
_MOST = 12  # candidates of one telling
_DAY_WORD = re.compile(r"(?:روز|يوم|یوم|اليوم|ڕۆژی)\s+\Z")
#: It begins no further above the day's name.
_WORD_ABOVE = 40


class _Cues(NamedTuple):
    languages: frozenset[str]
    other_times: re.Pattern[str]
    today: re.Pattern[str]
    confidence: dict[str, float]


@cache
def _cues() -> _Cues:
    path = files("corpus_loader.articles.dates").joinpath("tables/cues_told.toml")
    table = tomllib.loads(path.read_text("utf-8"))
    other_times, today = (
        re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in table[key]))
        for key in ("other_times", "today")
    )
    return _Cues(frozenset(table["languages"]), other_times, today, table["confidence"])


def confidence_of(strength: str) -> float:
    """The share of pages on which a day told like that is the publication day."""
    return _cues().confidence[strength]


class Told(NamedTuple):
    """The days told in the lead, and which of them is the article's present; its rule says what bears it out."""

    present: Sighting | None
    #: Every day that may be it, in page order.
    sightings: tuple[Sighting, ...]
    #: Why there is none: `ambiguous-date` or `no-date`, and in words.
    reason: str = ""
    detail: str = ""


class _Telling(NamedTuple):
    expression: DateExpression
    block: int
    #: Where the block begins in the text.
    offset: int
    days: tuple[dt.date, ...]
    #: Is it said to be a day to come or gone by? Is it said to be today?
    is_other_time: bool
    is_today: bool


def tell(
    document: Document,
    labels: Sequence[LabelledBlock],
    *,
    language: str | None = None,
    window: tuple[dt.date, dt.date] | None = None,
    latest: dt.date = dt.date.max,
) -> Told:
    """What the body tells of its day, days outside the window (both ends included) and after `latest` left out."""
    paragraphs = _paragraphs(document, labels)
    opening = _tellings(document, paragraphs[:_LEAD], language, window, latest)
    lead = [t for t in opening if t.expression.precision == "day" and t.expression.weekday is not None]
    dated = [t for t in lead if t.expression.month is not None and t.expression.weekday_ok is not False]
    sightings = tuple(seen for t in lead for seen in _sightings(document, t))
    told = [t for t in dated if not t.is_other_time]
    if not told:
        return Told(None, sightings, "no-date", _nothing(lead))
    for telling in told:
        if len(telling.days) != 1:
            return Told(None, sightings, "ambiguous-date", _ambiguous(telling, window, latest))
    present = max(told, key=lambda t: t.days[0])
    rest = _tellings(document, paragraphs[_LEAD:], language, window, latest)
    strength = _strength(present, [*opening, *rest], language)
    if strength is None:
        return Told(
            None,
            sightings,
            "ambiguous-date",
            f"nothing says that «{present.expression.quote}» in the first paragraphs is the day of the report: "
            "name the day in corpus.toml",
        )
    return Told(_sightings(document, present)[0]._replace(rule=strength), sightings)


def _paragraphs(document: Document, labels: Sequence[LabelledBlock]) -> list[int]:
    """The blocks of the body that are long enough to tell something."""
    long = (i for i, (start, end, _) in enumerate(document.blocks) if end - start >= _PARAGRAPH)
    return [i for i in long if labels[i].label in BODY_LABELS]


def _tellings(
    document: Document,
    paragraphs: Sequence[int],
    language: str | None,
    window: tuple[dt.date, dt.date] | None,
    latest: dt.date,
) -> list[_Telling]:
    found = []
    for index in paragraphs:
        for expression in find_dates(document.texts[index], language=language):
            offset = document.blocks[index].start
            start, end = offset + expression.start, offset + expression.end
            beside = document.text[max(offset, start - _BESIDE) : min(document.blocks[index].end, end + _BESIDE)]
            is_other_time = _cues().other_times.search(beside) is not None
            is_today = (
                expression.shift == 0
                or _cues().today.search(document.text[max(offset, start - _BESIDE) : end]) is not None
            )
            days = tuple(day for day in _days(expression, window) if day <= latest)
            found.append(_Telling(expression, index, offset, days, is_other_time, is_today))
    return found


def _days(expression: DateExpression, window: tuple[dt.date, dt.date] | None) -> tuple[dt.date, ...]:
    if expression.month is None:
        return ()
    if window is not None:
        return tuple(possible_days(expression, window))
    fixed = expression.first is not None and expression.first == expression.last
    return (expression.first,) if fixed and expression.first else ()


def _strength(present: _Telling, tellings: Sequence[_Telling], language: str | None) -> str | None:
    """What bears out that day as the present; None where nothing does, or a later day is told, or another as today."""
    day = present.days[0]
    others = [t for t in tellings if not t.is_other_time]
    if any(day < later < day + _NEAR for t in others for later in t.days):
        return None
    todays = {t.expression.weekday for t in others if t.is_today} - {None}
    if todays:
        return "told-today" if todays == {day.weekday()} else None
    if (language or "").partition("-")[0] not in _cues().languages:
        return None
    bare = {t.expression.weekday for t in others if t.expression.month is None} - {None}
    if day.weekday() in bare:
        return "told-repeated"
    return "told-eve" if bare == {(day.weekday() + 1) % 7} else None


def _sightings(document: Document, telling: _Telling) -> list[Sighting]:
    """One sighting per day that the telling can mean; one of open year where that is none."""
    e = telling.expression
    start, end = telling.offset + e.start, telling.offset + e.end
    # A page can be one line with a hundred thousand days in it.
    word = _DAY_WORD.search(document.text, max(telling.offset, start - _WORD_ABOVE), start)
    start = word.start() if word else start
    rule = "told-day" if e.month is not None else "told-weekday"
    quote = document.text[start:end]
    values: list[tuple[dt.date | None, str]] = [(day, day.isoformat()) for day in telling.days] or [
        (None, e.value or "XXXX-XX-XX")
    ]
    return [
        Sighting(day, value, "unsaid", "narrative", rule, "text", start, end, quote, telling.block)
        for day, value in values[:_MOST]
    ]


def _nothing(lead: Sequence[_Telling]) -> str:
    if not lead:
        return "the page states no day of publication, and its first paragraphs tell none"
    quotes = ", ".join(dict.fromkeys(f"«{t.expression.quote}»" for t in lead))
    return f"the page states no day of publication; its first paragraphs tell no more than {quotes}"


def _ambiguous(telling: _Telling, window: tuple[dt.date, dt.date] | None, latest: dt.date) -> str:
    expression = telling.expression
    told, name_it = f"«{expression.quote}» in the first paragraphs", "name the day in corpus.toml"
    if expression.first is not None and expression.first > latest:
        return f"{told} is a day after the page was fetched: {name_it}"
    if window is None:
        return (
            f"{told} names no year, and corpus.toml states no window of possible publication days: state a window "
            f"there that leaves one year, or {name_it}"
        )
    until = min(window[1], latest)
    if not telling.days:
        return f"{told} fits no day from {window[0]} to {until}: correct the window, or {name_it}"
    fits = ", ".join(day.isoformat() for day in telling.days)
    return (
        f"{told} names no year, and fits more than one day from {window[0]} to {until}: {fits}; "
        f"a shorter window leaves one, or {name_it}"
    )
