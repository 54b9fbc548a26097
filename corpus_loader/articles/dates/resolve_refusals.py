"""Why no day of a page is given: what it states instead, where, and what would settle it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from corpus_loader.articles.dates.candidates import Sighting, candidates_of
from corpus_loader.articles.dates.candidates_labels import EVENT, RIGHTS
from corpus_loader.articles.dates.expression import DateExpression, possible_days
from corpus_loader.articles.dates.expressions import find_dates
from corpus_loader.articles.dates.resolve_narrative import Told
from corpus_loader.records import Candidate, Document, Finding, PublicationDate

__all__ = ["AGAINST_URL", "OPEN_ORDER", "WRONG_WEEKDAY", "both_days", "doubted", "outside_window", "refused"]

#: How the rules end of days that something on the page contradicts.
AGAINST_URL, WRONG_WEEKDAY = "-against-url", "-wrong-weekday"
#: … and of days in figures that name another day in their other order.
OPEN_ORDER = "-open-order"

_DOUBTS = {
    AGAINST_URL: "the page's address states another month",
    WRONG_WEEKDAY: "the weekday printed with it is another day's",
    OPEN_ORDER: "the month may stand first",
}
_LABELS = {EVENT: "is called the day of something else", RIGHTS: "is the day of a copyright line"}
#: Characters of an ISO day that name a day, a month, a year.
_LENGTHS = {"day": 10, "month": 7, "year": 4}
#: So many of the days that a stamp without a year can mean are candidates.
_MOST = 12
_NAME_IT = "name the day in corpus.toml"
_BETWEEN = re.compile(r"\W+")
#: A day and a month with another name of it, and perhaps a year: «12 تشرين الأول/نوفمبر 2015», «12 آذار (أبريل)».
_TWO_MONTHS = re.compile(r"([^/(]*\d\w*\s+)?([^\d/(]+?)\s*[/(]\s*([^\d/()]+?)\s*\)?(?:\s+(\d.*))?")

_Refusal = Finding[PublicationDate]
_Window = tuple[dt.date, dt.date]


def doubted(found: Finding[PublicationDate]) -> _Refusal:
    """A refusal with the finding's own day, which is likelier wrong than right, among the candidates."""
    (evidence,) = found.evidence
    assert found.value is not None  # noqa: S101
    period = found.value.precision
    value = found.value.day.isoformat()[: _LENGTHS[period]]
    sure = f"with a probability of only {evidence.confidence:.2f}"
    candidates = (Candidate(value, evidence), *found.candidates)
    why = next((why for end, why in _DOUBTS.items() if evidence.rule.endswith(end)), None)
    if why is None:
        detail = f"the likeliest {period} is {value} ({evidence.rule}), {sure}"
        return Finding(None, reason="no-date", detail=detail, candidates=candidates)
    detail = f"«{evidence.quote}» names {value}, but {why}, so it is right {sure}: {_NAME_IT}"
    return Finding(None, reason="conflicting-dates", detail=detail, candidates=candidates)


def outside_window(
    document: Document, best: Sighting, share: float, sightings: Sequence[Sighting], window: _Window
) -> _Refusal:
    """The refusal of a page that was surely published on a day outside the corpus's window: `best` states it."""
    detail = (
        f"published on {best.value} ({_quoted(best, document)}, {best.rule}), outside the window from {window[0]} to "
        f"{window[1]}: widen window in corpus.toml, or remove the page there"
    )
    candidates = candidates_of(sightings, {best.day: share} if best.day else {})
    return Finding(None, reason="outside-window", detail=detail, candidates=candidates)


def refused(
    document: Document,
    sightings: Sequence[Sighting],
    told: Told,
    *,
    likely: Sequence[tuple[dt.date, float]],
    rivals: Sequence[dt.date],
    window: _Window | None,
) -> _Refusal:
    """The refusal of a page none of whose days is sure.

    Args:
        document: the page.
        sightings: every day that it states.
        told: what its body tells.
        likely: the days that can be it with their probabilities, likeliest first.
        rivals: those of them between which nothing decides.
        window: first and last possible publication day.

    """
    seen = [*sightings, *told.sightings]
    shares = dict(likely)
    stamps = [one for one in sightings if one.basis == "stamp" and one.role not in ("clock", "other")]
    disputed = next((one for one in sightings if one.is_disputed), None)
    open_year = next((one for one in stamps if one.day is None and one.expression and one.expression.open_year), None)
    if len(rivals) > 1:
        both = " and ".join(_stated(day, sightings, document) for day in rivals[:2])
        detail = f"the page states {both}, and nothing on it says which of them is the publication day: {_NAME_IT}"
        return Finding(None, reason="conflicting-dates", detail=detail, candidates=candidates_of(seen, shares))
    if disputed is not None and not likely:
        detail = _two_days(disputed, document)
        return Finding(
            None, reason="conflicting-dates", detail=detail, candidates=candidates_of(_each_day(seen), shares)
        )
    if told.reason == "no-date" and open_year is not None and not likely:
        detail = _no_year(open_year, document, window)
        stated = [each for one in seen for each in (_each_year(one, window) if one is open_year else (one,))]
        return Finding(None, reason="ambiguous-date", detail=detail, candidates=candidates_of(stated, shares))
    if told.reason == "ambiguous-date" or not likely:
        others = [f"; {_quoted(one, document)} {_LABELS[one.rule]}" for one in sightings if one.rule in _LABELS][:1]
        detail = "".join([told.detail, *others])
        return Finding(None, reason=told.reason or "no-date", detail=detail, candidates=candidates_of(seen, shares))
    likeliest = f"{likely[0][0]} with a probability of {likely[0][1]:.2f}"
    detail = f"none of the days that the page states is sure to be the publication day; the likeliest is {likeliest}"
    return Finding(None, reason="no-date", detail=detail, candidates=candidates_of(seen, shares))


def _stated(day: dt.date, sightings: Sequence[Sighting], document: Document) -> str:
    """The day with the first place that states it."""
    first = next(one for one in sightings if one.day == day and one.role != "clock")
    return f"{day} ({_quoted(first, document)})"


def _quoted(seen: Sighting, document: Document) -> str:
    """The characters and where they stand; lines are counted in a dump alone, whose text is the file's."""
    if seen.origin != "text" or seen.start is None:
        place = {"url": "the address", "markup": "the markup"}.get(seen.origin, "the page")
    elif document.page.media_type == "text/html":
        place = "the text"
    else:
        place = f"line {document.text.count(chr(10), 0, seen.start) + 1}"
    return f"«{seen.quote}» in {place}"


# ----------------------------------------------------------------------------------------- two calendars, two months


def _two_days(seen: Sighting, document: Document) -> str:
    both = both_days(seen.quote or "")
    is_of_months = seen.expression is not None and seen.expression.rule == "month-names-disagree"
    days = [str(read.value) if is_of_months else f"{read.value} ({read.calendar.capitalize()})" for read in both]
    apart = "by two names of a month" if is_of_months else "in two calendars"
    named = f"two days, {' and '.join(days)}" if days else f"two days {apart}"
    named += ", by two names of a month" if days and is_of_months else ""
    weekday = seen.expression.weekday if seen.expression else None
    why = (
        "no weekday beside them says which is meant"
        if weekday is None
        else "the weekday beside them is that of neither"
    )
    return f"{_quoted(seen, document)} names {named}, and {why}: {_NAME_IT}"


def both_days(quote: str) -> tuple[DateExpression, ...]:
    """The two days of a quote in two calendars, or by two names of a month, each as it reads alone.

    Nothing where they can't be parted.
    """
    for sign in _BETWEEN.finditer(quote):
        parts = (find_dates(quote[: sign.start()]), find_dates(quote[sign.end() :]))
        if all(len(part) == 1 and part[0].precision == "day" and part[0].first for part in parts):
            (left,), (right,) = parts
            if left.calendar != right.calendar:
                return left, right
    return _both_months(quote)


def _both_months(quote: str) -> tuple[DateExpression, ...]:
    """«12 تشرين الأول/نوفمبر 2015» with the one month, and with the other."""
    found = _TWO_MONTHS.fullmatch(quote)
    if found is None:
        return ()
    before, one, two, after = found.groups(default="")
    parts = [find_dates(f"{before}{month} {after}".strip()) for month in (one, two)]
    if not all(len(part) == 1 for part in parts) or parts[0][0].precision != parts[1][0].precision:
        return ()
    (left,), (right,) = parts
    is_one_day = left.value == right.value or left.calendar != right.calendar
    return () if is_one_day or None in (left.month, right.month) else (left, right)


def _each_day(sightings: Sequence[Sighting]) -> Iterator[Sighting]:
    """The same, a disputed pair once for each of its days."""
    for seen in sightings:
        both = both_days(seen.quote or "") if seen.is_disputed else ()
        yield from (seen._replace(day=read.first, value=str(read.value)) for read in both) if both else (seen,)


# -------------------------------------------------------------------------------------------------------- open years


def _no_year(seen: Sighting, document: Document, window: _Window | None) -> str:
    if window is None:
        return (
            f"{_quoted(seen, document)} names no year, and corpus.toml states no window of possible publication days: "
            f"state a window there that leaves one year, or {_NAME_IT}"
        )
    days = [day.isoformat() for day in _possible(seen, window)]
    which = f"more than one day from {window[0]} to {window[1]}: {', '.join(days)}"
    which = which if days else f"no day from {window[0]} to {window[1]}"
    remedy = "a shorter window leaves one" if days else "correct the window"
    return f"{_quoted(seen, document)} names no year, and fits {which}; {remedy}, or {_NAME_IT}"


def _each_year(seen: Sighting, window: _Window | None) -> list[Sighting]:
    days = _possible(seen, window) if window else []
    return [seen._replace(value=day.isoformat()) for day in days] or [seen]


def _possible(seen: Sighting, window: _Window) -> list[dt.date]:
    return possible_days(seen.expression, window)[:_MOST] if seen.expression else []
