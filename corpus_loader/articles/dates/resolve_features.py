"""What speaks for each day that a page states: one row of numbers per day, the same for text dumps and for HTML.

The rows are what the shipped ranker was trained on; the order of `NAMES` is part of its file.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from corpus_loader.articles.dates.candidates import Sighting
from corpus_loader.articles.dates.candidates_layout import Layout
from corpus_loader.articles.dates.candidates_text import rights_year
from corpus_loader.articles.dates.urls import dates_in_address
from corpus_loader.records import Document, Label

__all__ = ["NAMES", "PageFacts", "days_of", "page_facts", "row"]

_TIERS = (
    "jsonld-article-published",
    "jsonld-page-published",
    "meta-published",
    "itemprop-published",
    "time-published",
    "time-unsaid",
    "element-away",
    "jsonld-media-published",
    "jsonld-article-created",
    "jsonld-article-modified",
    "jsonld-page-modified",
    "meta-created",
    "meta-modified",
    "itemprop-modified",
    "time-modified",
    "source-published",
    "source-created",
    "source-modified",
    "source-unsaid",
    "image-url-day",
    "jsonld-part-published",
)
_PAGE = ("html", "published_days", "text_days", "dated_lines", "places")
_METADATA = ("surest", "tiers", "published_share", "earliest", "latest", "utc_hour", "may_be", "modified_gap", "local")
_URL = ("url_day", "url_gap", "url_month", "url_later")
_TEXT = (
    "printed", "printed_short", "title_gap", "body_gap", "end_gap", "above", "in_body", "order", "order_below",
    "max_day", "min_day", "age", "line", "share", "clock", "weekday", "published_cue", "modified_cue", "other_cue",
    "said", "depth", "crowd", "before_title", "below_title", "open_year", "rights_gap", "kind",
)  # fmt: skip
NAMES = (*_PAGE, *_TIERS, *_METADATA, *_URL, *_TEXT)

_CLOCK = re.compile(r"(?<!\d)\d{1,2}\s?[:٫.h]\s?\d{2}(?!\d|[.]\d)")
_PARTS = re.compile(r"[\s,،.]+")
#: A day told later in its paragraph than this is one of the story's days: see `resolve_narrative`.
_OPENING = 25  # code points
#: A day right behind one of these, without a space, was a line of its own («its recovery?Monday, 6 January 2020»).
_FULL_STOPS = frozenset(".?!؟")
#: Where a number can not be told. An outlier rather than NaN: trees then need no rule of their own for it.
_NAN = -999.0
#: What the labels of blocks are to a day in them, from unlike a stamp to like one.
_KINDS = {
    Label.CAPTION: -1.0,
    Label.FURNITURE: 0.0,
    Label.BODY: 1.0,
    Label.SUBHEADING: 1.0,
    Label.STANDFIRST: 1.0,
    Label.TITLE: 2.0,
    Label.CREDIT: 3.0,
    Label.BYLINE: 3.0,
}
_FAR = 60
_NEAR = 8  # blocks between a stamp and its article


class PageFacts(NamedTuple):
    """What the rows of one page share."""

    document: Document
    layout: Layout
    #: The sightings of each day, those by the site's clock left out.
    by_day: dict[dt.date, list[Sighting]]
    url_days: tuple[dt.date, ...]
    url_month: tuple[int, int] | None
    #: How many dates are printed on each block.
    crowd: Counter[int]
    #: The sightings in metadata that are called the publication, and their distinct days, earliest first.
    stated: tuple[Sighting, ...]
    published: tuple[dt.date, ...]
    last_modified: dt.date | None
    #: Days printed near the article that a published instant in UTC can be, and that no metadatum states.
    local: frozenset[dt.date]
    #: The distinct days that are printed, in page order; those from the headline on.
    printed: list[dt.date]
    below: list[dt.date]
    #: The days that each kind of metadatum states, in page order; the first day of the surest kind.
    tiers: dict[str, list[dt.date]]
    surest: dt.date | None
    rights: int | None
    #: The numbers that are the same for all days.
    page: list[float]


def days_of(document: Document, sightings: Sequence[Sighting]) -> list[dt.date]:
    """The distinct days that can be the publication day, earliest first.

    Where the metadata state a day of publication, a later one that is said to be that of a change alone is none.
    """
    roles: dict[dt.date, set[str]] = defaultdict(set)
    for seen in sightings:
        if seen.day is not None and _can_be_it(document, seen):
            roles[seen.day].add(seen.role if seen.rule != "element-away" else "modified")
    published = _days_published(sightings)
    return sorted(day for day, said in roles.items() if not (said == {"modified"} and published and published[0] < day))


def _days_published(sightings: Sequence[Sighting]) -> list[dt.date]:
    return sorted(
        {seen.day for seen in sightings if seen.day and seen.basis == "metadata" and seen.role == "published"}
    )


def _can_be_it(document: Document, seen: Sighting) -> bool:
    """Neither the site's clock, nor that of a listed article, nor two calendars that disagree, nor told in a sentence.

    A clock time beside it makes a day told in a sentence a stamp.
    """
    if seen.role == "clock" or seen.rule == "printed-in-list" or seen.is_disputed:
        return False
    if seen.basis != "narrative" or seen.block is None or seen.start is None or seen.expression is None:
        return True
    opening = seen.start - document.blocks[seen.block].start
    ends_sentence = document.text[seen.start - 1] in _FULL_STOPS
    return opening <= _OPENING or seen.expression.hour is not None or ends_sentence


def page_facts(document: Document, layout: Layout, sightings: Sequence[Sighting]) -> PageFacts:
    """The shared facts of a page's rows."""
    by_day: dict[dt.date, list[Sighting]] = defaultdict(list)
    for seen in sightings:
        if seen.day is not None and seen.role != "clock":
            by_day[seen.day].append(seen)
    printed = [seen for seen in sightings if seen.origin == "text" and seen.role != "clock"]
    days = list(dict.fromkeys(seen.day for seen in printed if seen.day))
    below = list(dict.fromkeys(seen.day for seen in printed if seen.day and (seen.block or 0) >= layout.title))
    months = [d.day for d in dates_in_address(document) if d.precision == "month"]
    url_days = tuple(seen.day for seen in sightings if seen.rule.startswith("url-") and seen.day)
    named = (*url_days, *months)
    metadata = [seen for seen in sightings if seen.basis == "metadata" and seen.day]
    stated = tuple(seen for seen in metadata if seen.role == "published")
    crowd = Counter(seen.block for seen in printed if seen.block is not None)
    tiers = _by_rule(sightings)
    is_html = document.page.media_type == "text/html"
    return PageFacts(
        document=document,
        layout=layout,
        by_day=by_day,
        url_days=url_days,
        url_month=(named[0].year, named[0].month) if named else None,
        crowd=crowd,
        stated=stated,
        published=tuple(_days_published(sightings)),
        last_modified=max((seen.day for seen in metadata if seen.day and seen.role == "modified"), default=None),
        local=_local(stated, printed, layout),
        printed=days,
        below=below,
        tiers=tiers,
        surest=next((found[0] for tier, found in tiers.items() if tier.endswith("-published") and found), None),
        rights=rights_year(document),
        page=[float(is_html), len({seen.day for seen in stated}), min(len(days), 20), min(len(crowd), 40)],
    )


def _local(stated: Sequence[Sighting], printed: Sequence[Sighting], layout: Layout) -> frozenset[dt.date]:
    near = {seen.day for seen in printed if seen.day and layout.distance(seen.block or 0) <= _NEAR}
    days = {seen.day for seen in stated}
    moments = [seen.moment for seen in stated if seen.moment and seen.moment.is_utc and seen.day not in near]
    return frozenset(day for day in near - days if any(moment.may_be(day) for moment in moments))


def _by_rule(sightings: Sequence[Sighting]) -> dict[str, list[dt.date]]:
    tiers: dict[str, list[dt.date]] = {tier: [] for tier in _TIERS}
    for seen in sightings:
        if seen.day is not None and seen.rule in tiers:
            tiers[seen.rule].append(seen.day)
    return tiers


def row(day: dt.date, facts: PageFacts) -> list[float]:
    """The numbers that speak for one day, in the order of `NAMES`."""
    mine = facts.by_day[day]
    return [
        *facts.page,
        _places(mine, facts.layout),
        *_tiers(day, facts),
        *_metadata(day, mine, facts),
        *_url(day, facts),
        *_text(day, mine, facts),
    ]


def _places(mine: Sequence[Sighting], layout: Layout) -> float:
    """In how many kinds of places the day stands: head, elements, address, picture, print; not as that of a change."""
    return float(
        len(
            {
                seen.rule.partition("-")[0] if seen.block is None else layout.distance(seen.block) <= _NEAR
                for seen in mine
                if seen.role in ("published", "unsaid", "created") and seen.rule != "element-away"
            }
        )
    )


def _tiers(day: dt.date, facts: PageFacts) -> list[float]:
    """Per kind of metadatum: 1 it states this day first, .5 later on, -1 only other days, 0 it is not there."""
    return [
        0.0 if not days else 1.0 if days[0] == day else 0.5 if day in days else -1.0 for days in facts.tiers.values()
    ]


def _metadata(day: dt.date, mine: Sequence[Sighting], facts: PageFacts) -> list[float]:
    modified = _days_between(day, facts.last_modified) if facts.last_modified else _NAN
    if not facts.stated:
        return [_NAN if facts.surest is None else float(facts.surest == day), 0.0, *[_NAN] * 5, modified, 0.0]
    own = [seen for seen in mine if seen.basis == "metadata" and seen.role == "published"]
    hours = [s.moment.instant.hour for s in own if s.moment and s.moment.is_utc and s.moment.instant]
    return [
        _NAN if facts.surest is None else float(facts.surest == day),
        len({seen.rule for seen in own}),
        len(own) / len(facts.stated),
        float(day == facts.published[0]),
        float(day == facts.published[-1]),
        hours[0] if hours else _NAN,
        float(any(seen.moment.may_be(day) for seen in facts.stated if seen.moment)),
        modified,
        1.0 if day in facts.local else -float(bool(facts.local)),
    ]


def _url(day: dt.date, facts: PageFacts) -> list[float]:
    month = facts.url_month
    return [
        0.0 if not facts.url_days else 1.0 if day in facts.url_days else -1.0,
        _days_between(facts.url_days[0], day) if facts.url_days else _NAN,
        0.0 if month is None else 1.0 if (day.year, day.month) == month else -1.0,
        0.0 if month is None else float((day.year, day.month) > month),
    ]


def _text(day: dt.date, mine: Sequence[Sighting], facts: PageFacts) -> list[float]:
    printed = [seen for seen in mine if seen.origin == "text" and seen.block is not None]
    shared = [_NAN] * 3
    if facts.printed:
        latest = max(facts.printed)
        shared = [float(day == latest), float(day == min(facts.printed)), _days_between(day, latest)]
    rights = facts.rights - day.year if facts.rights else _NAN
    if not printed:
        return [0.0, 0.0, *[_NAN] * 7, *shared, *[_NAN] * 12, 0.0, rights, _NAN]
    nearest = min(printed, key=lambda seen: facts.layout.distance(seen.block or 0))
    return [
        min(len(printed), 9),
        sum(_line_length(seen, facts) < 60 for seen in printed),
        *_place(nearest, day, facts),
        *shared,
        *_line(nearest, facts),
        *(float(any(seen.role == role for seen in printed)) for role in ("published", "modified", "other")),
        float(nearest.role != "unsaid"),
        (nearest.block or 0) / max(1, len(facts.document.blocks)),
        sum(facts.crowd[b] for b in range((nearest.block or 0) - 6, (nearest.block or 0) + 7)),
        float(any((seen.block or 0) <= facts.layout.title for seen in printed)),
        float((nearest.block or 0) > facts.layout.title),
        float(any(seen.expression is not None and seen.expression.open_year for seen in printed)),
        rights,
        _KINDS[facts.layout.labels[nearest.block or 0]],
    ]


def _place(nearest: Sighting, day: dt.date, facts: PageFacts) -> list[float]:
    block, layout = nearest.block or 0, facts.layout
    return [
        _clip(block - layout.title),
        _clip(block - layout.first),
        _clip(block - layout.last),
        float(block < layout.first),
        float(layout.first <= block < layout.last),
        min(facts.printed.index(day), 20),
        min(facts.below.index(day), 20) if day in facts.below else -1.0,
    ]


def _line(nearest: Sighting, facts: PageFacts) -> list[float]:
    text = facts.document.texts[nearest.block or 0]
    quote = nearest.quote or ""
    rest = text.replace(quote, " ", 1)
    return [
        min(len(text), 240),
        len(quote) / len(text),
        float(_CLOCK.search(rest) is not None),
        float(any(len(part) > 3 and part.isalpha() for part in _PARTS.split(quote, 2)[:2])),
    ]


def _line_length(seen: Sighting, facts: PageFacts) -> int:
    block = facts.document.blocks[seen.block or 0]
    return block.end - block.start


def _clip(blocks: int) -> float:
    return float(max(-_FAR, min(_FAR, blocks)))


def _days_between(first: dt.date, second: dt.date) -> float:
    """Signed, and flat where far: a day counts more beside a week than beside a year."""
    days = (second - first).days
    return math.copysign(min(math.log2(1 + abs(days)), 14.0), days)
