"""The schema gate: nothing enters a corpus that its published schema does not allow."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs
import orjson

from corpus_loader.corpus.rows import to_line
from corpus_loader.corpus.schema import definition
from corpus_loader.errors import SchemaError
from corpus_loader.records import Article, Rejection

__all__ = ["refuse_invalid"]


@cache
def _validator() -> Any:
    return jsonschema_rs.validator_for(definition("article"), validate_formats=True)


def refuse_invalid(record: Article | Rejection) -> Article | Rejection:
    """The record itself, or, for an article that breaks the schema, a rejection that says where and how."""
    if isinstance(record, Rejection):
        return record
    try:
        row = orjson.loads(to_line(record))
    except SchemaError as error:
        return _rejection(record, error.what)
    broken = next(_validator().iter_errors(row), None)
    if broken is None:
        return record
    pointer = "/" + "/".join(str(step) for step in broken.instance_path)
    return _rejection(record, f"{pointer}: {broken.message}")


def _rejection(article: Article, detail: str) -> Rejection:
    place = article.provenance
    return Rejection(place.page, place.page_sha256, place.media_type, article.url, article.source, "schema", detail)
