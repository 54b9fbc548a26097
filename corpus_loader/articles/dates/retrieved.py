"""When the page was fetched: what its container says, or the clock that the site printed into its header.

A header line such as «جمعه ۲ آذر ۱۴۰۳ تهران ۱۰:۲۲» is the day of the crawl. It is never the publication day; it is an
upper bound of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from corpus_loader.articles.dates.candidates import Sighting
from corpus_loader.articles.dates.candidates_layout import Layout, layout_of
from corpus_loader.articles.dates.candidates_text import sightings_in_text
from corpus_loader.articles.dates.urls import archived_on
from corpus_loader.records import Document, Evidence, Finding, LabelledBlock

__all__ = ["find_retrieved", "is_site_clock", "mark_clocks"]

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


def find_retrieved(
    document: Document,
    labels: Sequence[LabelledBlock],
    *,
    window: tuple[dt.date, dt.date] | None = None,
    latest: dt.date | None = None,
) -> Finding[dt.date]:
    """The day on which the page was fetched, UTC where its container says it, else as the site's own clock printed it.

    Days after `latest` are no answer, nor are days before the `window` begins: a page can't be fetched before it is
    published.
    """
    page = document.page
    if page.fetched is not None:
        return Finding(page.fetched.date(), (Evidence("retrieved", "fetch-time", origin="container", confidence=1.0),))
    archived = archived_on(page.url) if page.url else None
    if archived is not None and page.url is not None:
        quote = page.url[archived.start : archived.end]
        evidence = Evidence("retrieved", archived.rule, archived.start, archived.end, quote, "url", 0.99)
        return Finding(archived.day, (evidence,))
    layout = layout_of(document, labels)
    header = sightings_in_text(document, layout, before=_header(layout))
    first = window[0] if window else dt.date.min
    for seen in mark_clocks(document, layout, header, window):
        if seen.role == "clock" and seen.day and first <= seen.day <= (latest or dt.date.max):
            evidence = Evidence("retrieved", "site-clock", seen.start, seen.end, seen.quote, "text", 0.97)
            return Finding(seen.day, (evidence,))
    return Finding(None)


def _header(layout: Layout) -> int:
    """One past the last block that can be masthead."""
    return min(layout.title, layout.first)


def mark_clocks(
    document: Document, layout: Layout, sightings: Sequence[Sighting], window: tuple[dt.date, dt.date] | None = None
) -> list[Sighting]:
    """The sightings, those of the site's clock with the role `clock`."""
    return [
        seen._replace(role="clock", rule="site-clock") if is_site_clock(document, layout, seen, window) else seen
        for seen in sightings
    ]


def is_site_clock(
    document: Document, layout: Layout, seen: Sighting, window: tuple[dt.date, dt.date] | None = None
) -> bool:
    """Is this printed day the site's own clock?

    It stands above the headline, on a line of its own but for a time and a place, and has its weekday or a time with
    its zone. A stamp right above a headline looks the same but for the place, so without one it is a clock only far
    from the headline, at the very top, or where the day lies after the window of possible publication days.
    """
    if seen.origin != "text" or seen.block is None or seen.day is None or seen.role in ("published", "modified"):
        return False
    block = document.blocks[seen.block]
    if seen.block >= _header(layout) or block.end - block.start > _LINE:
        return False
    bare, times = _TIME.subn(" ", document.block_text(seen.block).replace(seen.quote or "", " ", 1))
    words = [word for word in _WORD.findall(bare) if word.lower() not in _NO_PLACE]
    if window is not None and seen.day > window[1]:
        return len(words) <= _COMPANY
    named = seen.expression is not None and seen.expression.weekday is not None
    if len(words) > _COMPANY or not (named or (times and _ZONE.search(bare))):
        return False
    gap = layout.title - seen.block
    return gap > _FAR or (seen.block < _TOP and gap > _NEXT) or (times == 1 and len(words) > 0)
