"""The schema gate: nothing enters a corpus that its published schema does not allow."""

from __future__ import annotations

import orjson

from corpus_loader.corpus.lines import check_row
from corpus_loader.corpus.rows import to_line
from corpus_loader.errors import SchemaError
from corpus_loader.records import Article, Rejection

__all__ = ["refuse_invalid"]


def refuse_invalid(record: Article | Rejection) -> Article | Rejection:
    """The record itself, or, for an article that breaks the schema, a rejection that says where and how."""
    if isinstance(record, Rejection):
        return record
    try:
        row = orjson.loads(to_line(record))
    except SchemaError as error:
        return _rejection(record, error.what)
    for broken in check_row(row):
        return _rejection(record, f"{broken.pointer}: found {broken.found}; expected {broken.expected}")
    return record


def _rejection(article: Article, detail: str) -> Rejection:
    place = article.provenance
    return Rejection(place.page, place.page_sha256, place.media_type, article.url, article.source, "schema", detail)
