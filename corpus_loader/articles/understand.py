"""Understand pages: every finding of one page, in the order in which one rests on another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from corpus_loader.articles.address import find_url
from corpus_loader.articles.byline import find_byline
from corpus_loader.articles.credit import find_credit
from corpus_loader.articles.dates import find_retrieved, resolve_date
from corpus_loader.articles.gate import find_article
from corpus_loader.articles.headline import find_title
from corpus_loader.articles.labeller import label_many
from corpus_loader.articles.language import find_language
from corpus_loader.articles.slices import find_body
from corpus_loader.articles.sources import Registry, find_source
from corpus_loader.records import Document, Extract, Findings, LabelledBlock

__all__ = ["Setting", "understand"]


@dataclass(frozen=True)
class Setting:
    """What is known before a page is read."""

    registry: Registry
    #: First and last day on which the pages can have been published, both included.
    window: tuple[dt.date, dt.date] | None = None


def understand(documents: Sequence[Document], setting: Setting) -> list[Extract]:
    """One extract a document, in their order; each depends on its own document alone."""
    return [
        _extract(document, labels, setting) for document, labels in zip(documents, label_many(documents), strict=True)
    ]


def _extract(document: Document, labels: Sequence[LabelledBlock], setting: Setting) -> Extract:
    body = find_body(document, labels)
    language = find_language(body)
    source = find_source(document, labels, setting.registry)
    zone = setting.registry.zone_of(source.value.host) if source.value else None
    retrieved = find_retrieved(document, labels, window=setting.window)
    return Extract(
        document,
        labels,
        Findings(
            article=find_article(document, labels),
            title=find_title(document, labels),
            body=body,
            byline=find_byline(document, labels),
            credit=find_credit(document, labels),
            date=resolve_date(
                document, labels, language=language.value, zone=zone, window=setting.window, latest=retrieved.value
            ),
            retrieved=retrieved,
            source=source,
            language=language,
            url=find_url(document),
        ),
    )
