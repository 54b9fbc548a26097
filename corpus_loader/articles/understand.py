"""Understand pages: every finding of one page, in the order in which one rests on another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from corpus_loader.articles.address import find_url
from corpus_loader.articles.byline import find_byline
from corpus_loader.articles.credit import find_credit
from corpus_loader.articles.dates.printed import printed_on
from corpus_loader.articles.dates.resolve import resolve_date
from corpus_loader.articles.dates.retrieved import find_retrieved
from corpus_loader.articles.gate import find_article
from corpus_loader.articles.headline import find_title
from corpus_loader.articles.labeller import label_many
from corpus_loader.articles.language import find_language
from corpus_loader.articles.registry import Registry
from corpus_loader.articles.repeated import NO_LINES, Repeated
from corpus_loader.articles.slices import find_body
from corpus_loader.articles.sources import find_source
from corpus_loader.articles.structure import refine
from corpus_loader.records import Document, Extract, Finding, Findings, LabelledBlock

__all__ = ["Setting", "understand"]


@dataclass(frozen=True)
class Setting:
    """What is known before a page is read."""

    registry: Registry
    #: First and last day on which the pages can have been published, both included.
    window: tuple[dt.date, dt.date] | None = None
    #: Lines that stand on more than one article of the pages' sites.
    repeated: Repeated = NO_LINES


def understand(documents: Sequence[Document], setting: Setting) -> list[Extract]:
    """One extract a document, in their order; each depends on its own document and the setting alone."""
    return [
        _extract(document, labels, setting) for document, labels in zip(documents, label_many(documents), strict=True)
    ]


def _extract(document: Document, labels: Sequence[LabelledBlock], setting: Setting) -> Extract:
    title = find_title(document, labels)
    labels = refine(document, setting.repeated.refuse(document, labels), title)
    body = find_body(document, labels)
    return Extract(document, labels, title, body, partial(_findings, document, labels, title, body, setting))


def _findings(
    document: Document, labels: Sequence[LabelledBlock], title: Finding[str], body: Finding[str], setting: Setting
) -> Findings:
    source = find_source(document, labels, setting.registry)
    outlet, edition = (source.value.host, source.value.name) if source.value else ("", None)
    stated = [datum.value for datum in document.stated("html@lang")]
    language = _language(body, hints=(*stated, *setting.registry.languages_of(outlet, edition)))
    zone = setting.registry.zone_of(outlet)
    known = {"language": language.value, "zone": zone.key if zone else None}
    printed = printed_on(document, labels, **known, window=setting.window)
    retrieved = find_retrieved(document, labels, window=setting.window, printed=printed)
    return Findings(
        article=find_article(document, labels),
        title=title,
        body=body,
        byline=find_byline(document, labels),
        credit=find_credit(document, labels),
        date=resolve_date(document, labels, **known, window=setting.window, latest=retrieved.value, printed=printed),
        retrieved=retrieved,
        source=source,
        language=language,
        url=find_url(document),
    )


def _language(body: Finding[str], hints: Sequence[str]) -> Finding[str]:
    """The body's language; its evidence spans the body, from the first slice to the last."""
    found = find_language(body.value or "", hints=hints)
    if not body.evidence:
        return found
    start, end = body.evidence[0].start, body.evidence[-1].end
    return replace(found, evidence=tuple(replace(item, start=start, end=end) for item in found.evidence))
