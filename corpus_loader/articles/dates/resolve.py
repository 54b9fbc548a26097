"""Which of the days that a page states is its publication day.

Evidence in order, surest first: the page's metadata; a stamp printed beside the headline; the address; a dateline; the
day that the article tells as its present. All days that are stated stand against each other with everything that
speaks for them (`resolve_features`), so that an agreement of two weak places can outweigh one strong one; the surest
place that states the chosen day is its evidence. What is not established is not answered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple

from corpus_loader.articles.dates.calendars import days_of_month
from corpus_loader.articles.dates.candidates import Sighting, candidates_of
from corpus_loader.articles.dates.candidates_labels import EVENT, RIGHTS
from corpus_loader.articles.dates.candidates_layout import Layout
from corpus_loader.articles.dates.candidates_metadata import sightings_in_metadata, sightings_in_url
from corpus_loader.articles.dates.printed import Printed, printed_on
from corpus_loader.articles.dates.resolve_features import days_of, page_facts, row
from corpus_loader.articles.dates.resolve_month import MONTH_CONFIDENCE, month_on
from corpus_loader.articles.dates.resolve_narrative import Told, confidence_of, tell
from corpus_loader.articles.dates.resolve_ranker import shipped
from corpus_loader.articles.dates.resolve_refusals import AGAINST_URL, OPEN_ORDER, doubted, outside_window, refused
from corpus_loader.articles.dates.urls import dates_in_address
from corpus_loader.records import DateBasis, Document, Finding, LabelledBlock, PublicationDate

__all__ = ["ESTABLISHED", "likely_or_refused", "resolve_date", "sightings_on"]

#: Below this no day is given. From here to one half the best day is far likelier than any other of the page, though not
#: sure; its confidence says how sure it is, and no corpus is built with it (`likely_or_refused`).
ESTABLISHED = 0.25
#: Below this a day is likelier wrong than right: good for a look at one page, too bad for a corpus.
_LIKELY = 0.5
#: A printed day whose weekday is another's, or whose address states another month, is no surer than this: one of the
#: two is a mistake. (On the labelled pages the day was right on 2 of 6 whose address contradicts it.) Nor is one in
#: figures of open order, such as «05/07/2019» in English. (It was right on none of 3.)
_CONTRADICTED = 0.45
#: Nor is one that is said to be that of the last change alone surer than this: it was that of publication, too, in 60
#: of 78 such answers on labelled pages; by the rule of succession (60 + 1) / (78 + 2).
_CHANGED = 0.76
#: From here on nobody asks what the story tells.
_ENOUGH = 0.6
#: A day outside the window that is less sure than this is some other day of the page's; it is surer in metadata or URL.
_SURELY_OUTSIDE = {"metadata": 0.5, "url": 0.5}
_SURELY_PRINTED_OUTSIDE = 0.8
_FAR = 10  # blocks
_SUREST_FIRST: tuple[DateBasis, ...] = ("metadata", "stamp", "url", "dateline", "narrative")
_ROLES = ("published", "unsaid", "created", "other", "modified", "clock")
_ONE_DAY = dt.timedelta(days=1)
#: A page of the first of April may have got its address on the last of March, in another zone.
_GRACE = 2 * _ONE_DAY

Window = tuple[dt.date, dt.date]


def resolve_date(
    document: Document,
    labels: Sequence[LabelledBlock],
    *,
    language: str | None = None,
    zone: str | None = None,
    window: Window | None = None,
    latest: dt.date | None = None,
    printed: Printed | None = None,
) -> Finding[PublicationDate]:
    """The publication day with its evidence, or the reason why there is none, with every day that was seen.

    Args:
        document: the page.
        labels: one label per block of it.
        language: BCP 47 tag of the article, where known.
        zone: the outlet's IANA zone, which decides the day of a UTC timestamp; without it the day is as written.
        window: first and last possible publication day, both included.
        latest: a day on which the article was already published, such as the day of the crawl.
        printed: what `printed_on` gave for the page and the same arguments; it spares a second reading.

    Confidence is calibrated: see `resolve_ranker`.

    """
    printed = printed or printed_on(document, labels, language=language, zone=zone, window=window)
    layout, sightings = printed.layout, sightings_on(document, printed, language=language, zone=zone)
    last = latest + _ONE_DAY if latest else dt.date.max  # a day's grace for zones
    days = [day for day in days_of(document, sightings) if day <= last]
    ranked = _ranked(document, layout, sightings, days)
    if window is not None and ranked and not window[0] <= ranked[0].day <= window[1]:
        if _is_surely(ranked[0], sightings, layout):
            best = _evidence_for(ranked[0].day, sightings, layout)
            return outside_window(document, best, ranked[0].confidence, sightings, window)
        days = [day for day in days if window[0] <= day <= window[1]]
        ranked = _ranked(document, layout, sightings, days)
    sure = ranked[0].confidence if ranked else 0.0
    if sure >= _ENOUGH:
        return _established(ranked[0], sightings, layout)
    told = tell(document, labels, language=language, window=window, latest=last)
    if told.present is not None and confidence_of(told.present.rule) > sure:
        return _told(document, told, sightings)
    if sure >= ESTABLISHED:
        return _established(ranked[0], sightings, layout)
    month = month_on(document, layout, language=language, window=window, latest=last)
    if month is not None:
        return _of_the_month(document, month, sightings)
    rivals = [day.day for day in ranked if day.confidence >= ESTABLISHED / 2]
    return refused(document, sightings, told, likely=_shares(ranked), rivals=rivals, window=window)


def likely_or_refused(found: Finding[PublicationDate]) -> Finding[PublicationDate]:
    """The finding, or a refusal with its day among the candidates where the day is not even as likely as not."""
    sure = min((evidence.confidence for evidence in found.evidence if evidence.confidence is not None), default=1.0)
    if found.value is None or sure >= _LIKELY:
        return found
    return doubted(found)


class _Ranked(NamedTuple):
    day: dt.date
    confidence: float
    #: Does the address state another month?
    is_against_url: bool = False
    #: Is it stated in figures alone that name another day if the month stands first?
    has_open_order: bool = False


def sightings_on(
    document: Document, printed: Printed, *, language: str | None = None, zone: str | None = None
) -> list[Sighting]:
    """Every day that the page states: in its metadata, its address, its text."""
    stated = [_in_place(seen, printed) for seen in sightings_in_metadata(document, zone=zone, language=language)]
    others = {seen.start for seen in stated if seen.rule in (EVENT, RIGHTS)} - {None}
    stated = [seen for seen in stated if seen.start not in others or seen.block is not None]  # read again in the source
    published = {(seen.block, seen.value) for seen in stated if seen.role == "published" and seen.block is not None}
    return [*stated, *sightings_in_url(document), *(_published(seen, published) for seen in printed.sightings)]


def _published(seen: Sighting, published: Collection[tuple[int | None, str]]) -> Sighting:
    """The printed day; one with such a label as any other where its own element says that it is the publication's."""
    if seen.rule not in (EVENT, RIGHTS) or (seen.block, seen.value) not in published:
        return seen
    return seen._replace(day=dt.date.fromisoformat(seen.value), role="unsaid", rule="printed-unsaid")


def _in_place(seen: Sighting, printed: Printed) -> Sighting:
    """The day that an element states: one far from the article is another's; the words beside it may say whose."""
    if seen.block is None:
        return seen
    layout = printed.layout
    if layout.distance(seen.block) > _FAR and not layout.first <= seen.block < layout.last:
        return seen._replace(role="unsaid", rule="element-away")
    beside = [one for one in printed.sightings if (one.block, one.value) == (seen.block, seen.value)]
    if seen.role == "published" and any(one.role == "modified" for one in beside):
        return seen._replace(role="modified", rule="time-modified")
    label = next((one.rule for one in beside if one.rule in (EVENT, RIGHTS)), None)
    return seen._replace(day=None, role="other", rule=label) if seen.role == "unsaid" and label else seen


def _ranked(
    document: Document, layout: Layout, sightings: Sequence[Sighting], days: Sequence[dt.date]
) -> list[_Ranked]:
    """The days, likeliest first."""
    if not days:
        return []
    facts = page_facts(document, layout, sightings)
    ranker = shipped()
    scores = ranker.scores([row(day, facts) for day in days])
    shares = ranker.confidences(scores, form="html" if document.page.media_type == "text/html" else "text")
    ranked = [_Ranked(day, share) for day, share in zip(days, shares, strict=True)]
    return sorted((_trusted(day, sightings, document) for day in ranked), key=lambda day: -day.confidence)


def _shares(ranked: Sequence[_Ranked]) -> list[tuple[dt.date, float]]:
    return [(day.day, day.confidence) for day in ranked]


def _evidence_for(day: dt.date, sightings: Sequence[Sighting], layout: Layout) -> Sighting:
    """The surest place that states the day: by basis, by what it says that the day is, by nearness to the article."""

    def rank(seen: Sighting) -> tuple[int, int, int]:
        distance = layout.distance(seen.block) if seen.block is not None else 0
        return _SUREST_FIRST.index(seen.basis), _ROLES.index(seen.role), distance

    return min((seen for seen in sightings if seen.day == day and seen.role != "clock"), key=rank)


def _established(day: _Ranked, sightings: list[Sighting], layout: Layout) -> Finding[PublicationDate]:
    best = _evidence_for(day.day, sightings, layout)
    others = [seen for seen in sightings if seen.day != day.day]
    value = PublicationDate(day.day, "day", best.basis)
    if day.is_against_url:
        best = best._replace(rule=best.rule + AGAINST_URL)
    elif day.has_open_order and best.expression is not None and best.expression.other_day is not None:
        other = best.expression.other_day
        others.append(best._replace(day=other, value=other.isoformat()))
        best = best._replace(rule=best.rule + OPEN_ORDER)
    return Finding(value, (best.evidence(day.confidence),), candidates=candidates_of(others))


def _trusted(day: _Ranked, sightings: Sequence[Sighting], document: Document) -> _Ranked:
    """The same, no surer than what speaks against it allows: its weekday, the address, «updated», another order."""
    own = [seen for seen in sightings if seen.day == day.day and seen.role != "clock"]
    is_against_url = all(seen.origin == "text" for seen in own) and _is_against_url(document, day.day)
    is_contradicted = all(seen.expression is not None and seen.expression.weekday_ok is False for seen in own)
    if is_contradicted or is_against_url:
        day = _Ranked(day.day, min(day.confidence, _CONTRADICTED), is_against_url)
    if all(seen.role == "modified" for seen in own):
        day = day._replace(confidence=min(day.confidence, _CHANGED))
    if all(seen.expression is not None and seen.expression.other_day for seen in own):
        day = day._replace(confidence=min(day.confidence, _CONTRADICTED), has_open_order=True)
    return day


def _is_against_url(document: Document, day: dt.date, grace: dt.timedelta = _GRACE) -> bool:
    """Does the address state a month, but no day, that the day does not lie in?"""
    stated = dates_in_address(document)
    if not stated or stated[0].precision != "month":
        return False
    first = stated[0].day
    last = first.replace(day=days_of_month("gregorian", first.year, first.month))
    return not first - grace <= day <= last + grace


def _of_the_month(document: Document, stamp: Sighting, others: Sequence[Sighting]) -> Finding[PublicationDate]:
    assert stamp.day is not None  # noqa: S101
    value, confidence = PublicationDate(stamp.day, "month", "stamp"), MONTH_CONFIDENCE
    if _is_against_url(document, stamp.day, dt.timedelta()):
        stamp, confidence = stamp._replace(rule=stamp.rule + AGAINST_URL), _CONTRADICTED
    return Finding(value, (stamp.evidence(confidence),), candidates=candidates_of(others))


def _told(document: Document, told: Told, sightings: list[Sighting]) -> Finding[PublicationDate]:
    present = told.present
    assert present is not None  # noqa: S101
    assert present.day is not None  # noqa: S101
    value, confidence = PublicationDate(present.day, "day", "narrative"), confidence_of(present.rule)
    others = [seen for seen in (*sightings, *told.sightings) if seen.day != present.day and seen.end != present.end]
    if _is_against_url(document, present.day):
        present, confidence = present._replace(rule=present.rule + AGAINST_URL), _CONTRADICTED
    return Finding(value, (present.evidence(confidence),), candidates=candidates_of(others))


def _is_surely(day: _Ranked, sightings: Sequence[Sighting], layout: Layout) -> bool:
    best = _evidence_for(day.day, sightings, layout)
    return day.confidence >= _SURELY_OUTSIDE.get(best.basis, _SURELY_PRINTED_OUTSIDE)
