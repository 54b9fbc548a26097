"""The schema gate: nothing enters a corpus that its published schema does not allow, or that no reader takes."""

from __future__ import annotations

from dataclasses import replace

import orjson

from corpus_loader.corpus.jsonlines import LINE_LIMIT
from corpus_loader.corpus.lines import check_row, too_long
from corpus_loader.corpus.rows import to_line
from corpus_loader.corpus.schema import Kind
from corpus_loader.errors import SchemaError
from corpus_loader.records import Article, Rejection

__all__ = ["refuse_invalid", "without_invalid"]


def refuse_invalid(article: Article) -> Article | Rejection:
    """The article itself, or, where it breaks the schema, a rejection that says where and how."""
    fault = _fault(article)
    if fault is None:
        return article
    place = article.provenance
    return Rejection(place.page, place.page_sha256, place.media_type, article.url, article.source, "schema", fault)


def without_invalid(rejection: Rejection) -> Rejection:
    """The rejection itself, or, where it breaks the schema, one of the same page that says only where and how.

    Raises SchemaError where even the page's name is not allowed.
    """
    fault = _fault(rejection)
    if fault is None:
        return rejection
    bare = replace(rejection, url=None, source=None, reason="schema", detail=fault, candidates=())
    if (again := _fault(bare)) is not None:
        raise SchemaError(f"page {rejection.page!r} can't be rejected: {again}", next_step="give the page another name")
    return bare


def _fault(record: Article | Rejection) -> str | None:
    """The first rule of the schema that the record breaks, or that its line would be too long to be read again."""
    try:
        line = to_line(record).removesuffix(b"\n")
    except SchemaError as error:
        return error.what.encode("utf-8", "backslashreplace").decode("utf-8")
    kind: Kind = "article" if isinstance(record, Article) else "rejection"
    faults = check_row(orjson.loads(line), kind) if len(line) <= LINE_LIMIT else (too_long(len(line)),)
    for broken in faults:
        return f"{broken.pointer or 'the record'}: found {broken.found}; expected {broken.expected}"
    return None
