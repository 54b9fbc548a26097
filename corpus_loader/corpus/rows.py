r"""Records as plain rows and as canonical lines, and back.

A row is what JSON and Arrow readers give: a dict of plain values, nested as in the schema. A line is the row in the
archive's one spelling: keys in schema order, no blanks outside strings, UTF-8 without ASCII escapes, ended by "\n".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import orjson

from corpus_loader.errors import SchemaError
from corpus_loader.records import Article, Candidate, Evidence, Provenance, Rejection

__all__ = ["evidence_row", "from_row", "rejection_from_row", "to_line", "to_row"]

Row = dict[str, Any]


def to_row(record: Article | Rejection) -> Row:
    """The record as a dict in schema order; days stay `datetime.date`, a rejection's candidates are flat."""
    return _article_row(record) if isinstance(record, Article) else _rejection_row(record)


def to_line(record: Article | Rejection | Mapping[str, Any]) -> bytes:
    """The record, or a row in schema order, as one canonical line with its newline.

    Equal records give equal bytes. Raises SchemaError where a string holds a lone surrogate, which UTF-8 can't spell.
    """
    row = record if isinstance(record, Mapping) else to_row(record)
    try:
        return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError as error:
        raise SchemaError(
            f"record {row.get('id') or row.get('page')!r} can't be written as JSON: {error}",
            next_step="look at the page's encoding: half a surrogate pair is not a character",
        ) from error


def from_row(row: Mapping[str, Any]) -> Article:
    """The typed article of a valid row out of JSON (days as text) or Arrow (days as dates)."""
    provenance = row["provenance"]
    return Article(
        **{name: row[name] for name in _PLAIN},
        date=_day(row["date"]),
        retrieved=None if row["retrieved"] is None else _day(row["retrieved"]),
        provenance=Provenance(
            page=provenance["page"],
            page_sha256=provenance["page_sha256"],
            media_type=provenance["media_type"],
            encoding=provenance["encoding"],
            replaced=int(provenance["replaced"]),
            extractor=provenance["extractor"],
            evidence=tuple(_evidence(item) for item in provenance["evidence"]),
        ),
    )


def rejection_from_row(row: Mapping[str, Any]) -> Rejection:
    """The typed rejection of a valid row."""
    plain = {name: value for name, value in row.items() if name != "candidates"}
    return Rejection(**plain, candidates=tuple(Candidate(item["value"], _evidence(item)) for item in row["candidates"]))


#: The article's fields whose plain value is the record's value.
_PLAIN = ("id", "source", "source_name", "language", "date_precision", "date_basis", "title", "body", "byline",
          "credit", "url", "cluster")  # fmt: skip


def _article_row(article: Article) -> Row:
    provenance = article.provenance
    return {
        "id": article.id,
        "source": article.source,
        "source_name": article.source_name,
        "language": article.language,
        "date": article.date,
        "date_precision": article.date_precision,
        "date_basis": article.date_basis,
        "title": article.title,
        "body": article.body,
        "byline": article.byline,
        "credit": article.credit,
        "url": article.url,
        "retrieved": article.retrieved,
        "cluster": article.cluster,
        "provenance": {
            "page": provenance.page,
            "page_sha256": provenance.page_sha256,
            "media_type": provenance.media_type,
            "encoding": provenance.encoding,
            "replaced": provenance.replaced,
            "extractor": provenance.extractor,
            "evidence": [{"field": item.field, **evidence_row(item)} for item in provenance.evidence],
        },
    }


def _rejection_row(rejection: Rejection) -> Row:
    return {
        "page": rejection.page,
        "page_sha256": rejection.page_sha256,
        "media_type": rejection.media_type,
        "url": rejection.url,
        "source": rejection.source,
        "reason": rejection.reason,
        "detail": rejection.detail,
        "candidates": [
            {"field": item.evidence.field, "value": item.value, **evidence_row(item.evidence)}
            for item in rejection.candidates
        ],
    }


def evidence_row(evidence: Evidence) -> Row:
    """The evidence without its field, in schema order; a whole confidence is spelled 1.0, as Arrow gives it back."""
    return {
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "rule": evidence.rule,
        "confidence": None if evidence.confidence is None else float(evidence.confidence),
        "origin": evidence.origin,
    }


def _evidence(item: Mapping[str, Any]) -> Evidence:
    return Evidence(
        field=item["field"],
        rule=item["rule"],
        start=None if item["start"] is None else int(item["start"]),  # JSON may spell 7 as 7.0
        end=None if item["end"] is None else int(item["end"]),
        quote=item["quote"],
        origin=item["origin"],
        confidence=None if item["confidence"] is None else float(item["confidence"]),
    )


def _day(value: str | dt.date) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
