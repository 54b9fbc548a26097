"""The month of a stamp that names no day: «آذر ۱۳۹۳», "March 2015", alone on a line beside the headline."""

from __future__ import annotations

import datetime as dt
import re

from corpus_loader.articles.dates.candidates import Sighting
from corpus_loader.articles.dates.candidates_labels import label_before, names_archive
from corpus_loader.articles.dates.candidates_layout import Layout
from corpus_loader.articles.dates.candidates_text import speaks_of_rights
from corpus_loader.articles.dates.expressions import find_dates
from corpus_loader.records import BODY_LABELS, Document

__all__ = ["MONTH_CONFIDENCE", "month_on"]

#: It was the month of the publication on 15 of 17 labelled pages: by the rule of succession (15 + 1) / (17 + 2).
MONTH_CONFIDENCE = 0.84
_ABOVE, _BELOW = 3, 6  # blocks around the headline
_LINE = 60  # code points
_COMPANY = 3  # words beside the month: «Published in», an author
_WORD = re.compile(r"[^\W\d_]+")


def month_on(
    document: Document,
    layout: Layout,
    *,
    language: str | None = None,
    window: tuple[dt.date, dt.date] | None = None,
    latest: dt.date = dt.date.max,
) -> Sighting | None:
    """The only month that is stamped beside the headline, its first day as `day`; None where there is none, or two.

    A month without a day of the window (both ends included), or that begins after `latest`, does not count; nor does
    that of an archive, of an event, or of a copyright line.
    """
    first_day, last_day = window or (dt.date.min, dt.date.max)
    last_day = min(last_day, latest)
    found: dict[dt.date, Sighting] = {}
    for index in range(max(0, layout.title - _ABOVE), min(len(document.blocks), layout.title + _BELOW)):
        start, end, _ = document.blocks[index]
        if end - start > _LINE or layout.labels[index] in BODY_LABELS:
            continue
        line = document.text[start:end]
        for read in find_dates(line, language=language):
            if read.precision != "month" or read.first is None or read.last is None:
                continue
            rest = line.replace(read.quote, " ", 1)
            outside = read.last < first_day or last_day < read.first
            if outside or speaks_of_rights(rest) or len(_WORD.findall(rest)) > _COMPANY:
                continue
            if names_archive(rest) or label_before(line[: read.start]):
                continue
            place = start + read.start, start + read.end
            seen = Sighting(
                read.first, read.value or "", "unsaid", "stamp", "printed-month", "text", *place, read.quote, index
            )
            found.setdefault(read.first, seen)
    return next(iter(found.values())) if len(found) == 1 else None
