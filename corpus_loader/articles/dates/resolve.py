"""Which of the days that a page states is its publication day.

Evidence in order, surest first: the page's metadata; a stamp printed beside the headline; the address; a dateline; the
day that the article tells as its present. All days that are stated stand against each other with everything that
speaks for them (`resolve_features`), so that an agreement of two weak places can outweigh one strong one; the surest
place that states the chosen day is its evidence. What is not established is not answered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from corpus_loader.articles.dates.candidates import Sighting, candidates_of
from corpus_loader.articles.dates.candidates_layout import Layout
from corpus_loader.articles.dates.candidates_metadata import sightings_in_metadata, sightings_in_url
from corpus_loader.articles.dates.printed import Printed, printed_on
from corpus_loader.articles.dates.resolve_features import days_of, page_facts, row
from corpus_loader.articles.dates.resolve_month import MONTH_CONFIDENCE, month_on
from corpus_loader.articles.dates.resolve_narrative import Told, confidence_of, tell
from corpus_loader.articles.dates.resolve_ranker import shipped
from corpus_loader.records import Candidate, DateBasis, Document, Finding, LabelledBlock, PublicationDate

__all__ = ["ESTABLISHED", "likely_or_refused", "resolve_date", "sightings_on"]

#: Below this no day is given. From here to one half the best day is far likelier than any other of the page, though not
#: sure; its confidence says how sure it is, and no corpus is built with it (`likely_or_refused`).
ESTABLISHED = 0.25
#: Below this a day is likelier wrong than right: good for a look at one page, too bad for a corpus.
_LIKELY = 0.5
#: A day whose printed weekday is another's is no surer than this: one of the two is a mistake.
_CONTRADICTED = 0.45
#: From here on nobody asks what the story tells.
_ENOUGH = 0.6
#: A day outside the window that is less sure than this is some other day of the page's; it is surer in metadata or URL.
_SURELY_OUTSIDE = {"metadata": 0.5, "url": 0.5}
_SURELY_PRINTED_OUTSIDE = 0.8
_FAR = 10  # blocks
_SUREST_FIRST: tuple[DateBasis, ...] = ("metadata", "stamp", "url", "dateline", "narrative")
_ROLES = ("published", "unsaid", "created", "other", "modified", "clock")
_ONE_DAY = dt.timedelta(days=1)

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
            return _outside(ranked[0], sightings, layout, window)
        ranked = _ranked(document, layout, sightings, [day for day in days if window[0] <= day <= window[1]])
    sure = ranked[0].confidence if ranked else 0.0
    if sure >= _ENOUGH:
        return _established(ranked[0], sightings, layout)
    told = tell(document, labels, language=language, window=_bounded(window, latest))
    if told.present is not None and confidence_of(told.present.rule) > sure:
        return _told(told, sightings)
    if sure >= ESTABLISHED:
        return _established(ranked[0], sightings, layout)
    month = month_on(document, layout, language=language, window=_bounded(window, latest))
    return _of_the_month(month, sightings) if month else _refused(ranked, sightings, told)


def likely_or_refused(found: Finding[PublicationDate]) -> Finding[PublicationDate]:
    """The finding, or a refusal with its day among the candidates where the day is not even as likely as not."""
    sure = min((evidence.confidence for evidence in found.evidence if evidence.confidence is not None), default=1.0)
    if found.value is None or sure >= _LIKELY:
        return found
    (evidence,) = found.evidence
    detail = f"the likeliest day is {found.value.day} ({evidence.rule}), with a probability of only {sure:.2f}"
    own = Candidate(found.value.day.isoformat(), evidence)
    return Finding(None, reason="no-date", detail=detail, candidates=(own, *found.candidates))


class _Ranked(NamedTuple):
    day: dt.date
    confidence: float


def sightings_on(
    document: Document, printed: Printed, *, language: str | None = None, zone: str | None = None
) -> list[Sighting]:
    """Every day that the page states: in its metadata, its address, its text."""
    stated = [_in_place(seen, printed) for seen in sightings_in_metadata(document, zone=zone, language=language)]
    return [*stated, *sightings_in_url(document.page), *printed.sightings]


def _in_place(seen: Sighting, printed: Printed) -> Sighting:
    """The day that an element states: one far from the article is another's; the words beside it may say «updated»."""
    if seen.block is None:
        return seen
    layout = printed.layout
    if layout.distance(seen.block) > _FAR and not layout.first <= seen.block < layout.last:
        return seen._replace(role="unsaid", rule="element-away")
    updated = any(
        one.role == "modified" and (one.block, one.day) == (seen.block, seen.day) for one in printed.sightings
    )
    return seen._replace(role="modified", rule="time-modified") if updated and seen.role == "published" else seen


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
    return sorted((_trusted(day, sightings) for day in ranked), key=lambda day: -day.confidence)


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
    return Finding(value, (best.evidence(day.confidence),), candidates=candidates_of(others))


def _trusted(day: _Ranked, sightings: Sequence[Sighting]) -> _Ranked:
    """The same, no surer than `_CONTRADICTED` where the weekday printed with it is another's wherever it stands."""
    own = [seen.expression for seen in sightings if seen.day == day.day and seen.role != "clock"]
    contradicted = all(read is not None and read.weekday_ok is False for read in own)
    return day._replace(confidence=min(day.confidence, _CONTRADICTED)) if contradicted else day


def _of_the_month(stamp: Sighting, others: Sequence[Sighting]) -> Finding[PublicationDate]:
    assert stamp.day is not None  # noqa: S101
    value = PublicationDate(stamp.day, "month", "stamp")
    return Finding(value, (stamp.evidence(MONTH_CONFIDENCE),), candidates=candidates_of(others))


def _told(told: Told, sightings: list[Sighting]) -> Finding[PublicationDate]:
    present = told.present
    assert present is not None  # noqa: S101
    assert present.day is not None  # noqa: S101
    value = PublicationDate(present.day, "day", "narrative")
    others = [seen for seen in (*sightings, *told.sightings) if seen.day != present.day and seen.end != present.end]
    return Finding(value, (present.evidence(confidence_of(present.rule)),), candidates=candidates_of(others))


def _is_surely(day: _Ranked, sightings: Sequence[Sighting], layout: Layout) -> bool:
    best = _evidence_for(day.day, sightings, layout)
    return day.confidence >= _SURELY_OUTSIDE.get(best.basis, _SURELY_PRINTED_OUTSIDE)


def _bounded(window: Window | None, latest: dt.date | None) -> Window | None:
    return (window[0], min(window[1], latest)) if window and latest else window


# ---------------------------------------------------------------------------------------------------------- refusals


def _outside(day: _Ranked, sightings: list[Sighting], layout: Layout, window: Window) -> Finding[PublicationDate]:
    best = _evidence_for(day.day, sightings, layout)
    detail = f"published on {day.day} ({best.rule}), outside the window from {window[0]} to {window[1]}"
    return Finding(
        None, reason="outside-window", detail=detail, candidates=candidates_of(sightings, {day.day: day.confidence})
    )


def _refused(ranked: Sequence[_Ranked], sightings: list[Sighting], told: Told) -> Finding[PublicationDate]:
    candidates = candidates_of([*sightings, *told.sightings], {day.day: day.confidence for day in ranked})
    rivals = [day.day.isoformat() for day in ranked if day.confidence >= ESTABLISHED / 2]
    if len(rivals) > 1:
        detail = f"the page states {' and '.join(rivals[:2])}, and neither is sure"
        return Finding(None, reason="conflicting-dates", detail=detail, candidates=candidates)
    quotes = [seen.quote for seen in sightings if seen.is_disputed]
    if quotes and not ranked:
        detail = f"«{quotes[0]}» names two days in two calendars"
        return Finding(None, reason="conflicting-dates", detail=detail, candidates=candidates)
    if told.reason == "ambiguous-date" or not ranked:
        return Finding(None, reason=told.reason or "no-date", detail=told.detail, candidates=candidates)
    likeliest = f"{ranked[0].day} with a probability of {ranked[0].confidence:.2f}"
    detail = f"none of the days that the page states is sure to be the publication day; the likeliest is {likeliest}"
    return Finding(None, reason="no-date", detail=detail, candidates=candidates)
