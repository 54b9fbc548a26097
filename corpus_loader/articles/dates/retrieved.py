"""When the page was fetched: what its container says, or the clock that the site printed into its header.

A header line such as «جمعه ۲ آذر ۱۴۰۳ تهران ۱۰:۲۲» is the day of the crawl. It is never the publication day; it is an
upper bound of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from corpus_loader.articles.dates.printed import Printed, printed_on
from corpus_loader.articles.dates.urls import archived_on
from corpus_loader.records import Document, Evidence, Finding, LabelledBlock

__all__ = ["find_retrieved"]


def find_retrieved(
    document: Document,
    labels: Sequence[LabelledBlock],
    *,
    window: tuple[dt.date, dt.date] | None = None,
    latest: dt.date | None = None,
    printed: Printed | None = None,
) -> Finding[dt.date]:
    """The day on which the page was fetched, UTC where its container says it, else as the site's own clock printed it.

    Days after `latest` are no answer, nor are days before the `window` begins: a page can't be fetched before it is
    published. `printed` spares a second reading of the page.
    """
    page = document.page
    if page.fetched is not None:
        return Finding(page.fetched.date(), (Evidence("retrieved", "fetch-time", origin="container", confidence=1.0),))
    archived = archived_on(page.url) if page.url else None
    if archived is not None and page.url is not None:
        quote = page.url[archived.start : archived.end]
        evidence = Evidence("retrieved", archived.rule, archived.start, archived.end, quote, "url", 0.99)
        return Finding(archived.day, (evidence,))
    printed = printed or printed_on(document, labels, window=window)
    first = window[0] if window else dt.date.min
    for seen in printed.sightings:
        if seen.role == "clock" and seen.day and first <= seen.day <= (latest or dt.date.max):
            evidence = Evidence("retrieved", "site-clock", seen.start, seen.end, seen.quote, "text", 0.97)
            return Finding(seen.day, (evidence,))
    return Finding(None, reason="no-clock", detail="neither the container nor a clock on the page says it")
