"""The days that are printed on a page, read once for all who ask, and which of them is the site's own clock."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus_loader.articles.dates.candidates import Sighting
from corpus_loader.articles.dates.candidates_layout import Layout, layout_of
from corpus_loader.articles.dates.candidates_text import below_others, sightings_in_text
from corpus_loader.articles.dates.order import english_of
from corpus_loader.records import Document, LabelledBlock

__all__ = ["Printed", "is_site_clock", "printed_on"]

_TIME = re.compile(
    r"(?<!\d)(?:GMT\s*)?\d{1,2}\s?[:٫]\s?\d{2}(?:\s?[:٫]\s?\d{2})?(?:\s?(?:[ap]\.?m\.?|[صم](?!\w)|ق\.?ظ|ب\.?ظ))?(?!\d)",
    re.IGNORECASE,
)
_ZONE = re.compile(r"GMT|UTC|غرينتش|گرینویچ", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[\u200c'’-][^\W\d_]+)*")
_LINE = 80  # code points: a clock and its company
_COMPANY = 2  # words: a place, a country
_FAR = 8  # blocks: between masthead and headline stands the menu
_TOP, _NEXT = 6, 2  # blocks: a dump without its menu has its clock among its first lines
_NO_PLACE = frozenset(
    {"uhr", "at", "um", "h", "kl", "gmt", "utc", "am", "pm", "ساعت", "الساعة", "à", "às", "alle", "om"}
)


#: A line that says so beside its day tells what day it is, not when something was published.
_TODAY = frozenset({"امروز", "اليوم", "today", "heute", "hoy", "bugün", "сегодня", "היום", "آج", "نن", "ئەمڕۆ"})
#: Class and id tokens of a site's clock.
_CLOCKS = frozenset({"clock", "today", "current-date", "currentdate", "date-today", "todays-date", "header-date"})


class Printed(NamedTuple):
    """Where a page's article is, and the days printed on the page, in its order; clocks have the role `clock`."""

    layout: Layout
    sightings: tuple[Sighting, ...]


def printed_on(
    document: Document,
    labels: Sequence[LabelledBlock],
    *,
    language: str | None = None,
    zone: str | None = None,
    window: tuple[dt.date, dt.date] | None = None,
) -> Printed:
    """What the page prints, in that language and for an outlet of that zone; see `resolve_date` for the arguments."""
    if language == "en" and zone is not None:
        language = english_of(zone)
    layout = layout_of(document, labels)
    seen = sightings_in_text(document, layout, language=language, window=window)
    return Printed(layout, _listed(document, layout, [_marked(document, layout, one, window) for one in seen]))


def _listed(document: Document, layout: Layout, seen: list[Sighting]) -> tuple[Sighting, ...]:
    """The sightings, those of a list of other articles marked: two dated lines below its heading make a list."""
    below = below_others(document, layout, {one.block for one in seen if one.block is not None})
    if len(below) < 2:
        return tuple(seen)
    return tuple(one._replace(role="other", rule="printed-in-list") if one.block in below else one for one in seen)


def _is_marked_clock(document: Document, block: int) -> bool:
    markup = document.blocks[block].markup
    return markup is not None and not _CLOCKS.isdisjoint(markup.tokens)


def _marked(document: Document, layout: Layout, seen: Sighting, window: tuple[dt.date, dt.date] | None) -> Sighting:
    is_clock = is_site_clock(document, layout, seen, window)
    return seen._replace(role="clock", rule="site-clock") if is_clock else seen


def is_site_clock(
    document: Document, layout: Layout, seen: Sighting, window: tuple[dt.date, dt.date] | None = None
) -> bool:
    """Is this printed day the site's own clock?

    It stands above the headline, on a line of its own but for a time and a place, and has its weekday or a time with
    its zone, or says that it is today, or is marked as a clock. A stamp right above a headline looks the same but for
    the place, so without one it is a clock only far from the headline, at the very top, or where the day lies after the
    window of possible publication days.
    """
    if seen.origin != "text" or seen.block is None or seen.day is None or seen.role in ("published", "modified"):
        return False
    block = document.blocks[seen.block]
    if seen.block >= min(layout.title, layout.first) or block.end - block.start > _LINE:
        return False
    bare, times = _TIME.subn(" ", document.texts[seen.block].replace(seen.quote or "", " ", 1))
    words = [word for word in _WORD.findall(bare) if word.lower() not in _NO_PLACE]
    if window is not None and seen.day > window[1]:
        return len(words) <= _COMPANY
    named = seen.expression is not None and seen.expression.weekday is not None
    if len(words) > _COMPANY or not (named or (times and _ZONE.search(bare))):
        return False
    if not _TODAY.isdisjoint(_WORD.findall(document.texts[seen.block].lower())) or _is_marked_clock(
        document, seen.block
    ):
        return True
    gap = layout.title - seen.block
    return gap > _FAR or (seen.block < _TOP and gap > _NEXT) or (times == 1 and len(words) > 0)
