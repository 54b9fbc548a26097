"""The days that are printed on a page: which lines are read, and what the words beside a day say that it is."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from corpus_loader.articles.dates.candidates import Role, Sighting
from corpus_loader.articles.dates.expression import DateExpression, possible_days
from corpus_loader.articles.dates.expressions import find_dates
from corpus_loader.articles.dates.urls import dates_in_url
from corpus_loader.records import BODY_LABELS, DateBasis, Document, Label, LabelledBlock

__all__ = ["Layout", "layout_of", "rights_year", "sightings_in_text"]

_LINE = 240  # code points: a printed stamp with all its company; longer blocks are prose
_LINES = 120  # at most so many lines are read, nearest to the headline and the body's edges
_COMPANY = 40  # a cue may stand alone on the line above, if that line is as short as this
_DIGIT = re.compile(r"\d")
_PROSE = 100  # code points: a block of the body this long is a paragraph, not a stamp
_HEADLINE = 20  # code points: a shorter line can stand in the title by chance
_LEAD = 3  # paragraphs
_DATELINE = 60  # code points: place, agency and day before the dash
_DASH = re.compile(r"[^\w]{0,3}(?:\([^)]{1,40}\)\s*)?[-–—:]|\s*\([^)]{1,30}\)")
_TAIL = 4000  # code points: copyright lines stand at the end
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright|حقوق)\D{0,40}?(?:(\d{4})\s?[-–]\s?)?(\d{4})", re.IGNORECASE)
_JOINERS = re.compile("[\u200b-\u200f\u0640]")


class Layout(NamedTuple):
    """Where on the page the article is: indices of blocks."""

    title: int
    #: The first and one past the last block of the body.
    first: int
    last: int

    def distance(self, block: int) -> int:
        """Blocks between this one and the nearest of: headline, beginning of the body, end of the body."""
        return min(abs(block - self.title), abs(block - self.first), abs(block - self.last))


def layout_of(document: Document, labels: Sequence[LabelledBlock]) -> Layout:
    """The article's place: by the page's own first-level heading, else by the labels, else the page's beginning."""
    body = [i for i, label in enumerate(labels) if label.label in BODY_LABELS]
    first, last = (body[0], body[-1] + 1) if body else (0, len(document.blocks))
    titles = _headings(document) or [i for i, label in enumerate(labels) if label.label is Label.TITLE]
    above = [i for i in titles if i <= first]
    title = above[-1] if above else titles[0] if titles else max(0, first - 1)
    return Layout(title, first, last)


def _headings(document: Document) -> list[int]:
    """The blocks that the page itself names as its headline: its h1; in a dump, what repeats the `<title>` line."""
    if not document.blocks:
        return []
    stated = {datum.value for datum in document.stated("h1")}
    if stated:
        return [i for i in range(len(document.blocks)) if document.block_text(i) in stated]
    head = document.block_text(0)
    return [
        i
        for i, block in enumerate(document.blocks[1:], start=1)
        if _HEADLINE <= block.end - block.start <= len(head) and document.block_text(i) in head
    ]


def sightings_in_text(
    document: Document,
    labels: Sequence[LabelledBlock],
    *,
    language: str | None = None,
    window: tuple[dt.date, dt.date] | None = None,
    before: int | None = None,
) -> list[Sighting]:
    """Every day printed on the lines that can hold a stamp, and in the lead, in page order.

    A day of open year gets its year from the window, else from the page's address, else from its copyright line, where
    that leaves one day; else its `day` is None. `before` ends the reading at that block.
    """
    layout = layout_of(document, labels)
    lines = [line for line in _lines(document, labels, layout) if before is None or line[0] < before]
    found: list[Sighting] = []
    spans: list[tuple[dt.date, dt.date]] | None = None
    for index, in_prose in lines:
        text = document.block_text(index)
        end = 0
        for expression in find_dates(text, language=language):
            if expression.precision != "day" or expression.value is None or expression.month is None:
                continue
            day = expression.first
            if day is None and not in_prose:  # the present of a story is told day by day: see resolve_narrative
                spans = _spans(document, window) if spans is None else spans
                day = _only_day(expression, spans)
            role = _role(document, index, text[end : expression.start], text[expression.end :])
            found.append(_sighting(document, index, expression, day, role, in_prose))
            end = expression.end
    return found


def _lines(document: Document, labels: Sequence[LabelledBlock], layout: Layout) -> list[tuple[int, bool]]:
    """The blocks to read, in page order, each with: is it a paragraph of the body?"""
    body = [i for i, label in enumerate(labels) if label.label in BODY_LABELS]
    prose = {i for i in body if document.blocks[i].end - document.blocks[i].start >= _PROSE}
    lead = {i for i in body[: _LEAD + 1] if i in prose}
    lines = [i for i, b in enumerate(document.blocks) if _can_hold_a_stamp(document, b.start, b.end, i in lead)]
    if len(lines) > _LINES:
        lines = sorted(sorted(lines, key=layout.distance)[:_LINES])
    return [(i, i in prose) for i in lines]


def _can_hold_a_stamp(document: Document, start: int, end: int, in_lead: bool) -> bool:
    return (in_lead or end - start <= _LINE) and _DIGIT.search(document.text, start, end) is not None


def _spans(document: Document, window: tuple[dt.date, dt.date] | None) -> list[tuple[dt.date, dt.date]]:
    """The periods that can give a printed day its year, surest first."""
    if window is not None:
        return [window]
    dates = dates_in_url(document.page.url or "")
    if dates:
        near = dt.timedelta(days=5 if dates[0].precision == "day" else 35)
        return [(dates[0].day - near, dates[0].day + near)]
    year = rights_year(document)
    return [(dt.date(year, 1, 1), dt.date(year, 12, 31))] if year else []


def _only_day(expression: DateExpression, spans: Sequence[tuple[dt.date, dt.date]]) -> dt.date | None:
    for span in spans:
        days = possible_days(expression, span)
        if days:
            return days[0] if len(days) == 1 else None
    return None


def rights_year(document: Document) -> int | None:
    """The last year of the page's copyright lines: the page was served then or later, its article may be older."""
    years = [int(match[2]) for match in _RIGHTS.finditer(document.text, max(0, len(document.text) - _TAIL))]
    return max((year for year in years if 1990 < year < 2100), default=None)


def _sighting(
    document: Document, index: int, expression: DateExpression, day: dt.date | None, role: Role, in_prose: bool
) -> Sighting:
    start = document.blocks[index].start
    basis, rule = _basis(document, index, expression, role, in_prose)
    value = day.isoformat() if day else str(expression.value)
    return Sighting(
        day, value, role, basis, rule, "text",
        start + expression.start, start + expression.end, expression.quote, index, expression=expression,
    )  # fmt: skip


def _basis(
    document: Document, index: int, expression: DateExpression, role: Role, in_prose: bool
) -> tuple[DateBasis, str]:
    """A day at the very beginning of a paragraph, before a dash, is a dateline; elsewhere in one it is told."""
    if not in_prose:
        return "stamp", f"printed-{role}" if expression.first else f"printed-{role}-open-year"
    text = document.block_text(index)
    if expression.start < _DATELINE and _DASH.match(text, expression.end):
        return "dateline", "dateline"
    return "narrative", "told-in-prose"


# -------------------------------------------------------------------------------------------------------- what it says


@lru_cache(maxsize=1)
def _cues() -> re.Pattern[str]:
    table = tomllib.loads(files("corpus_loader.articles.dates").joinpath("tables/cues_text.toml").read_text("utf-8"))
    groups = (
        "|".join(sorted(map(re.escape, table[role]), key=len, reverse=True))
        for role in ("modified", "published", "other")
    )
    return re.compile("({})|({})|({})".format(*groups))


def _role(document: Document, index: int, before: str, after: str) -> Role:
    """The nearest cue before the day, else right after it, else alone on the line above."""
    role = _last_cue(before[-80:])
    if role == "unsaid":
        role = _last_cue(after[:24])
    if role == "unsaid" and index and not before.strip(" -|,.:"):
        above = document.block_text(index - 1)
        if len(above) <= _COMPANY and not _DIGIT.search(above):
            role = _last_cue(above)
    return role


def _last_cue(text: str) -> Role:
    if not text.strip():
        return "unsaid"
    role: Role = "unsaid"
    for match in _cues().finditer(_JOINERS.sub("", text.lower())):
        role = ("modified", "published", "other")[(match.lastindex or 1) - 1]  # type: ignore[assignment]
    return role
