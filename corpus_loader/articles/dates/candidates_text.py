"""The days that are printed on a page: which lines are read, and what the words beside a day say that it is."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, chain, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from corpus_loader.articles.dates.candidates import Role, Sighting
from corpus_loader.articles.dates.candidates_labels import RIGHTS, label_above, label_before, label_behind
from corpus_loader.articles.dates.candidates_layout import Layout
from corpus_loader.articles.dates.expression import DateExpression, possible_days, swapped
from corpus_loader.articles.dates.expressions import find_stamps
from corpus_loader.articles.dates.urls import archived_on, dates_in_address
from corpus_loader.records import DateBasis, Document

__all__ = ["below_others", "rights_year", "sightings_in_text", "speaks_of_rights"]

_LINE = 240  # code points: a printed stamp with all its company; longer blocks are prose
_OPENING = 160  # code points: of a longer block near the headline its beginning is read, for a dateline
_NEAR = 8  # blocks from the headline on
_LEAD = 3  # paragraphs
_LINES = 120  # at most so many lines are read, nearest to the headline and the body's edges
_REACH, _BEHIND = 80, 24  # code points before and behind a day in which its cue stands
_PUNCTUATION = " -|,.:"
_COMPANY = 40  # a cue may stand alone on the line above, if that line is as short as this
_SECTION = 15  # blocks: the length of a list of other articles
_DATELINE = 60  # code points: place, agency and day before the dash
_TAIL = 4000  # code points: copyright lines stand at the end
_Period = tuple[dt.date, dt.date]
_EVER = (dt.date.min, dt.date.max)
_DIGIT = re.compile(r"\d")
_JOINERS = re.compile("[\u200b-\u200f\u0640]")
_DASH = re.compile(r"[^\w]{0,3}(?:\([^)]{1,40}\)\s*)?[-–—:]|\s*\([^)]{1,30}\)")
_RIGHTS_SIGNS = (
    *("©", "Ⓒ", "ⓒ", "(c)", "(C)", "copyright", "Copyright", "COPYRIGHT"),
    *("حقوق", "کپی‌رایت", "کپی رایت", "کپیرایت"),
)
_ANY_RIGHTS = "|".join(map(re.escape, _RIGHTS_SIGNS))
_RIGHTS = re.compile(rf"(?:{_ANY_RIGHTS})\D{{0,40}}?(?:(\d{{4}})\s?[-–]\s?)?(\d{{4}})")
#: Where a dump has run two elements together: «CorrespondentDec 22, 2023», «11:00 AMNov 17, 2023», «26.01.2022Strava».
#: (The look-behinds stand after the first character, so that the search can leap to it; the first of them, which says
#: no more than the others together, spares most places those.)
_SEAM = re.compile(
    r"[A-Z\d](?<=[a-zA-Z.)\d\u3040-\u9fff].)"
    r"(?:(?<=[a-zA-Z.)\d][A-Z])[a-z]{2,8}\.? \d{1,2},? |(?<=\d{4}[A-Z])[a-z]"
    r"|(?<=[a-z]\d)\d\.\d{2}\.\d{4}|(?<=[\u3040-\u9fff]\d)\d{3}-\d\d-)"
)


def sightings_in_text(
    document: Document,
    layout: Layout,
    *,
    language: str | None = None,
    window: tuple[dt.date, dt.date] | None = None,
) -> list[Sighting]:
    """Every day printed on the lines that can hold a stamp, and in the lead, in page order.

    A day of open year gets its year from the window, else from the page's address, where that leaves one day, else from
    the copyright line, where the weekday fits it; else its `day` is None. Figures of open order («05/07/2019») get
    theirs where only one of their days lies in the window, or about the address's day, or before the page was fetched.
    """
    lines = _lines(document, layout)
    found: list[Sighting] = []
    address = _around_address(document)
    period = _until_fetched(window or address, document)
    bounds = [each for each in (window, address, _until_fetched(_EVER, document)) if each is not None]
    block, end = -1, 0
    for read in _read(document, lines, language):
        seen = read._replace(expression=_in_order(read.expression, bounds))
        expression = seen.expression
        if expression.precision != "day" or expression.value is None or expression.month is None:
            continue
        if document.text[seen.start - 1 : seen.start] == "/" in document.text[seen.start : seen.end]:
            continue  # an address printed in the text
        day = expression.first
        if day is None and seen.block not in layout.prose:  # a story tells its days: see resolve_narrative
            day = _only_day(expression, period) if period else _in_rights_year(expression, document)
        after = end if seen.block == block else document.blocks[seen.block].start
        sighting = _sighting(document, layout, seen, day, _role(document, seen, after))
        label = _label(document, layout, seen, after)
        found.append(sighting._replace(day=None, role="other", rule=label) if label else sighting)
        block, end = seen.block, seen.end
    return found


class _Seen(NamedTuple):
    """A date expression at its place in the document's text."""

    expression: DateExpression
    block: int
    start: int
    end: int


def _lines(document: Document, layout: Layout) -> list[int]:
    """The blocks to read, in page order: short ones with a figure, and the lead where it begins with one."""
    text, has_digit = document.text, _DIGIT.search
    lead = {*layout.body[: _LEAD + 1], *range(layout.title, layout.title + _NEAR)}
    lines = [
        index
        for index, (start, end, _) in enumerate(document.blocks)
        if (end - start <= _LINE or index in lead)
        and has_digit(text, start, end if end - start <= _LINE else start + _OPENING)
    ]
    return lines if len(lines) <= _LINES else sorted(sorted(lines, key=layout.distance)[:_LINES])


def _read(document: Document, lines: Sequence[int], language: str | None) -> Iterator[_Seen]:
    """The dates of the lines, in page order.

    One reading for all: a date never crosses a line break, and a reading costs more to begin than to go on. A seam is
    made a line break, too.
    """
    texts = [_line(document, index) for index in lines]
    offsets = [0, *accumulate(len(text) + 1 for text in texts)]
    text = "\n".join(texts)
    seams = [seam.start() for seam in _SEAM.finditer(text)]
    breaks = [place + before for before, place in enumerate(seams)]
    for expression in find_stamps("\n".join(_parts(text, seams)), language=language):
        start = expression.start - bisect_right(breaks, expression.start)
        place = bisect_right(offsets, start) - 1
        start += document.blocks[lines[place]].start - offsets[place]
        yield _Seen(expression, lines[place], start, start + expression.end - expression.start)


def _line(document: Document, index: int) -> str:
    """What is read of a block, in one line and as long as it is there."""
    start, end, _ = document.blocks[index]
    return document.text[start : end if end - start <= _LINE else start + _OPENING].replace("\n", " ")


def _parts(text: str, cuts: Sequence[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise((0, *cuts, len(text)))]


def _around_address(document: Document) -> _Period | None:
    """The days around the day or month that the page's address states."""
    dates = dates_in_address(document)
    if not dates:
        return None
    near = dt.timedelta(days=5 if dates[0].precision == "day" else 35)
    return dates[0].day - near, dates[0].day + near


def _in_order(read: DateExpression, bounds: Sequence[_Period]) -> DateExpression:
    """Figures of open order in the one that a bound leaves; else as they are."""
    if read.first is None or read.other_day is None:
        return read
    for first, last in bounds:
        is_possible = first <= read.first <= last
        if is_possible != (first <= read.other_day <= last):
            return replace(read, other_day=None) if is_possible else swapped(read)
    return read


def _until_fetched(period: _Period | None, document: Document) -> _Period | None:
    """The period up to the day after the page was fetched or archived, where that is known."""
    archived = archived_on(document.page.url or "")
    fetched = document.page.fetched.date() if document.page.fetched else archived.day if archived else None
    if period is None or fetched is None or fetched > period[1]:
        return period
    return period[0], fetched + dt.timedelta(days=1)  # a day's grace for zones


def _in_rights_year(expression: DateExpression, document: Document) -> dt.date | None:
    """The day in the copyright line's year: that is an upper bound alone, so the printed weekday must bear it out."""
    year = rights_year(document) if expression.weekday is not None else None
    return _only_day(expression, (dt.date(year, 1, 1), dt.date(year, 12, 31))) if year else None


def _only_day(expression: DateExpression, period: tuple[dt.date, dt.date]) -> dt.date | None:
    days = possible_days(expression, period)
    return days[0] if len(days) == 1 else None


def rights_year(document: Document) -> int | None:
    """The last year of the page's copyright lines: the page was served then or later, its article may be older."""
    tail = document.text[-_TAIL:]
    places = [place for sign in _RIGHTS_SIGNS if (place := tail.find(sign)) >= 0]
    years = [int(match[2]) for match in _RIGHTS.finditer(tail, min(places))] if places else []
    return max((year for year in years if 1990 < year < 2100), default=None)


def speaks_of_rights(text: str) -> bool:
    """Does a copyright sign stand in the text?"""
    return any(sign in text for sign in _RIGHTS_SIGNS)


def _sighting(document: Document, layout: Layout, seen: _Seen, day: dt.date | None, role: Role) -> Sighting:
    basis, rule = _basis(document, layout, seen, role)
    if seen.expression.weekday_ok is False:
        rule += "-wrong-weekday"
    value = day.isoformat() if day else str(seen.expression.value)
    quote = document.text[seen.start : seen.end]
    return Sighting(
        day, value, role, basis, rule, "text", seen.start, seen.end, quote, seen.block, expression=seen.expression
    )


def _basis(document: Document, layout: Layout, seen: _Seen, role: Role) -> tuple[DateBasis, str]:
    """A day at the very beginning of a paragraph, before a dash, is a dateline; elsewhere in one it is told."""
    if seen.block not in layout.prose:
        return "stamp", f"printed-{role}" if seen.expression.first else f"printed-{role}-open-year"
    if seen.start - document.blocks[seen.block].start < _DATELINE and _DASH.match(document.text, seen.end):
        return "dateline", "dateline"
    return "narrative", "told-in-prose"


# -------------------------------------------------------------------------------------------------------- what it says


class _Cues(NamedTuple):
    words: re.Pattern[str]
    roles: dict[str, Role]
    others: tuple[str, ...]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    """Any cue: of those that begin at one place the first role's longest; by first letter, which is fast to search."""
    table = tomllib.loads(files("corpus_loader.articles.dates").joinpath("tables/cues_text.toml").read_text("utf-8"))
    roles: dict[str, Role] = {}
    for role in _CUED:
        for word in sorted(table[role], key=len, reverse=True):
            roles.setdefault(word, role)
    letters = (
        re.escape(first) + f"(?:{'|'.join(re.escape(word[1:]) for word in words)})"
        for first, words in groupby(sorted(roles, key=itemgetter(0)), itemgetter(0))
    )
    return _Cues(re.compile("|".join(letters)), roles, tuple(table["others"]))


def below_others(document: Document, layout: Layout, blocks: Collection[int]) -> frozenset[int]:
    """Those of the blocks above which, not far and below the article's end, stands a heading of other articles."""
    above = {block: range(max(layout.last, block - _SECTION), block) for block in blocks}
    headings = {index for index in set(chain(*above.values())) if _heads_others(document, index)}
    return frozenset(block for block, indices in above.items() if not headings.isdisjoint(indices))


def _heads_others(document: Document, index: int) -> bool:
    start, end, _ = document.blocks[index]
    return end - start <= _COMPANY and document.text[start:end].lower().startswith(_cues().others)


def _role(document: Document, seen: _Seen, after: int) -> Role:
    """The nearest cue before the day (but `after` the day before it), else right behind it, else on the line above."""
    start, end = document.blocks[seen.block].start, document.blocks[seen.block].end
    before = document.text[max(after, seen.start - _REACH) : seen.start]
    role = _last_cue(before)
    if role == "unsaid":
        behind = document.text[seen.end : min(end, seen.end + _BEHIND)]
        cue = _cues().words.search(behind.lower())
        if cue and not _DIGIT.search(document.text, seen.end + cue.end(), end):  # else it speaks of the next day
            role = _last_cue(behind)
    if role == "unsaid" and seen.block and after == start and not before.strip(_PUNCTUATION):
        above = document.texts[seen.block - 1]
        if len(above) <= _COMPANY and not _DIGIT.search(above):
            role = _last_cue(above)
    return role


def _label(document: Document, layout: Layout, seen: _Seen, after: int) -> str | None:
    """What a label beside the day says that it is instead of the page's; `after` is the end of the day before it.

    A copyright line with a clock time is an agency's stamp: «© dpa 07.11.2023 08:03».
    """
    start, end = document.blocks[seen.block].start, document.blocks[seen.block].end
    before, behind = document.text[max(after, seen.start - _REACH) : seen.start], document.text[seen.end : end]
    label = label_before(before) or label_behind(behind[:_BEHIND])
    if label is None and seen.block and after == start and not before.strip(_PUNCTUATION):
        above = document.texts[seen.block - 1]
        if len(above) <= _COMPANY and not _DIGIT.search(above) and seen.block - 1 != layout.title:
            label = label_above(above)
    return None if label == RIGHTS and seen.expression.hour is not None else label


_CUED: tuple[Role, ...] = ("modified", "published", "other")


@lru_cache(maxsize=4096)  # as the labels of `candidates_labels`
def _last_cue(text: str) -> Role:
    """What the last cue of the text says; `unsaid` where there is none."""
    words, roles, _ = _cues()
    cues = words.findall(text.lower() if text.isascii() else _JOINERS.sub("", text.lower())) if text else ()
    return roles[cues[-1]] if cues else "unsaid"
