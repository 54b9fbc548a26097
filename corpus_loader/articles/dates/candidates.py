"""What is seen on a page of its dates, before anyone decides: one sighting per place where a day is stated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from corpus_loader.articles.dates.expression import DateExpression
from corpus_loader.articles.dates.stamps import Moment
from corpus_loader.records import Candidate, DateBasis, Evidence, Origin

__all__ = ["Role", "Sighting", "candidates_of"]

#: What the page says that the day is: of the article's publication, of its creation or last change, of the page's
#: fetching (a clock), of something else, or nothing.
Role = Literal["published", "created", "modified", "clock", "other", "unsaid"]


class Sighting(NamedTuple):
    """One day that a page states, where, and in what part."""

    #: The day; None where the year is open and nothing on the page settles it.
    day: dt.date | None
    #: ISO day, or XXXX-MM-DD where the year is open.
    value: str
    role: Role
    #: What it would be the basis of, if it is the publication day.
    basis: DateBasis
    #: Kebab-case name of the rule that read it.
    rule: str
    origin: Origin
    start: int | None
    end: int | None
    quote: str | None
    #: The block that it stands in, where it stands in one.
    block: int | None = None
    #: The instant, where a machine wrote it.
    moment: Moment | None = None
    #: The expression, where people wrote it.
    expression: DateExpression | None = None

    @property
    def is_disputed(self) -> bool:
        """Do its two calendars name two days, and no weekday says which is meant?"""
        read = self.expression
        return read is not None and read.calendars_agree is False and not read.weekday_ok

    def evidence(self, confidence: float | None = None) -> Evidence:
        """The sighting as the evidence of a record's date."""
        return Evidence("date", self.rule, self.start, self.end, self.quote, self.origin, confidence)


#: Where an evidence stands, as a reader meets it: the address, the markup, the text.
_ORIGINS: tuple[Origin, ...] = ("container", "url", "markup", "text", "declaration")


def candidates_of(
    sightings: Iterable[Sighting], confidences: Mapping[dt.date, float] | None = None
) -> tuple[Candidate, ...]:
    """The sightings as the candidates of a finding, in page order, each with the probability of its day.

    Each place counts once for each value, by the rule that read it first.
    """
    shares = confidences or {}
    places: dict[tuple[str, Origin, int | None, str], Sighting] = {}
    for seen in sightings:
        places.setdefault((seen.value, seen.origin, seen.start, "" if seen.start is not None else seen.rule), seen)
    ordered = sorted(places.values(), key=lambda seen: (_ORIGINS.index(seen.origin), seen.start or 0))
    return tuple(Candidate(seen.value, seen.evidence(shares.get(seen.day) if seen.day else None)) for seen in ordered)
