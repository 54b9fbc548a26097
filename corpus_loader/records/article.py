"""What a corpus keeps: articles, and the pages that did not become one. Days are Gregorian."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from corpus_loader.records.finding import Candidate, DateBasis, DatePrecision, Evidence
from corpus_loader.records.page import MediaType


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a record came from, and the evidence for each of its fields."""

    page: str
    page_sha256: str
    media_type: MediaType
    #: As the WHATWG Encoding Standard names it.
    encoding: str
    #: Characters that stand for bytes which mean nothing in that encoding.
    replaced: int
    #: name/version of the program that made the record.
    extractor: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One record of a corpus; the fields are those of `schema/article.schema.json`, in its order."""

    id: str
    source: str
    source_name: str | None
    language: str
    date: dt.date
    date_precision: DatePrecision
    date_basis: DateBasis
    title: str | None
    body: str
    byline: str | None
    credit: str | None
    url: str | None
    retrieved: dt.date | None
    cluster: str | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Rejection:
    """A page that did not become an article: the first reason, in words, and what was seen."""

    page: str
    page_sha256: str | None
    media_type: MediaType | None
    url: str | None
    source: str | None
    #: A code of `schema/rejection.schema.json`.
    reason: str
    detail: str
    candidates: tuple[Candidate, ...] = field(default=())
