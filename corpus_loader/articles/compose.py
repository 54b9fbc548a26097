"""Compose: an extract and what a person decided become an article, or a rejection that says why."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from corpus_loader.articles.dates.resolve import likely_or_refused
from corpus_loader.articles.registry import Registry
from corpus_loader.errors import DeclarationError
from corpus_loader.records import (
    Article,
    Decision,
    Document,
    Evidence,
    Extract,
    Finding,
    Findings,
    Page,
    Provenance,
    PublicationDate,
    Rejection,
)
from corpus_loader.spelling import toml_string
from corpus_loader.version import __version__

__all__ = ["article_id", "compose", "misfits", "reasons_of", "settle"]

EXTRACTOR = f"corpus_loader/{__version__}"

#: The findings that an article can't do without, in the order in which their reasons are given.
REQUIRED = ("article", "body", "source", "language", "date")

#: The findings that a person can settle with a value alone: where one of these is missing, all are told.
_SETTLED_BY_VALUE = ("source", "language", "date")
#: Before each further reason in the detail of a rejection, and a colon behind it.
_ALSO = "; also "
_FURTHER = re.compile(rf"{_ALSO}([a-z]+(?:-[a-z]+)+): ")

T = TypeVar("T")


def article_id(url: str | None, page_sha256: str) -> str:
    """First 16 hex digits of the SHA-256 of the canonical URL, or of the raw bytes where there is no URL."""
    return hashlib.sha256(url.encode()).hexdigest()[:16] if url else page_sha256[:16]


def compose(extract: Extract) -> Article | Rejection:
    """The article, or the rejection with the first reason, in its detail the others, and every candidate that was seen.

    A day that is likelier wrong than right is none: see `likely_or_refused`.
    """
    findings = replace(extract.findings, date=likely_or_refused(extract.findings.date))
    page = extract.document.page
    body, source, language, date = (
        findings.body.value,
        findings.source.value,
        findings.language.value,
        findings.date.value,
    )
    if not findings.article.value or body is None or source is None or language is None or date is None:
        return _rejection(page, findings)
    return Article(
        id=article_id(findings.url.value, page.sha256),
        source=source.host,
        source_name=source.name,
        language=language,
        date=date.day,
        date_precision=date.precision,
        date_basis=date.basis,
        title=findings.title.value,
        body=body,
        byline=findings.byline.value,
        credit=findings.credit.value,
        url=findings.url.value,
        retrieved=findings.retrieved.value,
        cluster=None,
        provenance=Provenance(
            page=page.name,
            page_sha256=page.sha256,
            media_type=page.media_type,
            encoding=extract.document.encoding,
            replaced=extract.document.replaced,
            extractor=EXTRACTOR,
            evidence=tuple(_evidence(findings)),
        ),
    )


def _evidence(findings: Findings) -> Iterator[Evidence]:
    """The evidence of every field that has a value, in the order of the record's fields."""
    for name in ("source", "language", "date", "title", "body", "byline", "credit", "url", "retrieved"):
        yield from getattr(findings, name).evidence


def _rejection(page: Page, findings: Findings) -> Rejection:
    required: list[Finding[Any]] = [getattr(findings, name) for name in REQUIRED]
    first, *others = [finding for finding in required if not finding.value]
    if any(first is getattr(findings, name) for name in _SETTLED_BY_VALUE):
        further = [f"{_ALSO}{other.reason}: {other.detail}" for other in others]
    else:
        further = []  # without a body, its language and day say nothing
    return Rejection(
        page=page.name,
        page_sha256=page.sha256,
        media_type=page.media_type,
        url=findings.url.value,
        source=findings.source.value.host if findings.source.value else None,
        reason=first.reason or "schema",
        detail="".join([first.detail or "no reason was given", *further]),
        candidates=tuple(candidate for finding in required for candidate in finding.candidates),
    )


def reasons_of(rejection: Rejection) -> tuple[str, ...]:
    """The reason of a rejection that `compose` made, and the further ones that its detail tells."""
    return (rejection.reason, *_FURTHER.findall(rejection.detail))


# ---------------------------------------------------------------------------------------------- what a person decided


def settle(extract: Extract, decision: Decision, registry: Registry) -> Extract:
    """The extract with a person's decisions in the place of what was found.

    Raises the first of the `misfits`.
    """
    for misfit in misfits(extract.document, decision):
        raise misfit
    document, found = extract.document, extract.findings
    changes: dict[str, Finding[Any]] = {}
    if decision.date is not None:
        day = PublicationDate(decision.date, decision.date_precision, "curated")
        changes["date"] = _decided("date", day, document, decision)
    if decision.source is not None:
        changes["source"] = _decided("source", registry.source(decision.source), document, decision)
    if decision.language is not None:
        changes["language"] = _decided("language", decision.language, document, decision)
    if decision.title is not None:
        quoted = replace(decision, quote=decision.title)
        changes["title"] = _decided("title", decision.title, document, quoted)
    if decision.body_from is not None and decision.body_to is not None:
        changes["body"] = _body_between(document, decision, decision.body_from, decision.body_to)
        changes["article"] = Finding(True)
    return Extract.settled(document, extract.labels, replace(found, **changes))


def misfits(document: Document, decision: Decision) -> Iterator[DeclarationError]:
    """All that does not fit the page: a day after it was fetched, a quote or a line start that does not stand in it."""
    fetched = document.page.fetched
    if decision.date and fetched and decision.date > fetched.date() + dt.timedelta(days=1):  # a day's grace for zones
        what = f"is {decision.date}, but the page was fetched on {fetched.date()}"
        yield _misfit(document, "date", what, "correct the day: no page is fetched before it is published")
    for key, quote in (("quote", decision.quote), ("title", decision.title)):
        if quote is not None and quote not in document.text:
            what = f"is {quote!r}, which does not stand in the text of the page"
            yield _misfit(document, key, what, "copy the characters from the page, letter by letter")
    places = {"body_from": decision.body_from, "body_to": decision.body_to}
    lines = {key: _line_at(document, opening) for key, opening in places.items() if opening is not None}
    for key in (key for key, line in lines.items() if line < 0):
        what = f"is {places[key]!r}, with which no line of the page begins"
        yield _misfit(document, key, what, "copy how a line begins; corpus-loader explain --page shows every line")
    if 0 <= lines.get("body_to", -1) < lines.get("body_from", -1):
        yield _misfit(document, "body_to", "stands before body_from", "swap the two")


def _misfit(document: Document, key: str, what: str, next_step: str) -> DeclarationError:
    name = f"pages.{toml_string(document.page.name)}.{key}"
    return DeclarationError(f"{name} {what}", next_step=next_step, key=name)


def _decided(name: str, value: T, document: Document, decision: Decision) -> Finding[T]:
    rule = f"curated: {decision.why}"
    if decision.quote is None:
        return Finding(value, (Evidence(name, rule, origin="declaration", confidence=1.0),))
    start = document.text.index(decision.quote)
    return Finding(value, (Evidence(name, rule, start, start + len(decision.quote), decision.quote, confidence=1.0),))


def _body_between(document: Document, decision: Decision, first: str, last: str) -> Finding[str]:
    start, end = _line_at(document, first), _line_at(document, last)
    rule = f"curated: {decision.why}"
    blocks = document.blocks[start : end + 1]
    evidence = tuple(Evidence("body", rule, block.start, block.end, confidence=1.0) for block in blocks)
    return Finding("\n\n".join(document.text[block.start : block.end] for block in blocks), evidence)


def _line_at(document: Document, opening: str) -> int:
    """Which line of the page is the first that begins so; -1 where none does."""
    numbers = range(len(document.blocks))
    return next((number for number in numbers if document.texts[number].startswith(opening)), -1)
