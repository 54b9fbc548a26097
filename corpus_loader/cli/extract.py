"""`corpus-loader extract`."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import orjson

from corpus_loader.articles.registry import Registry
from corpus_loader.articles.understand import Setting, understand
from corpus_loader.cli.input_options import input_options
from corpus_loader.corpus.manifest import Input
from corpus_loader.corpus.rows import evidence_row
from corpus_loader.pages import cut_or_reject
from corpus_loader.records import Document, Extract, Finding, Findings, MediaType, Page, Rejection

#: Pages that are labelled in one go.
BATCH = 64

FIELDS = ("title", "body", "byline", "credit", "date", "retrieved", "source", "language", "url")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE...")
@input_options
@click.option("--url", help="Where the page was fetched; for a single page.")
@click.option(
    "--media-type",
    type=click.Choice(["text/plain", "text/html"]),
    help="What the pages are, where names and content mislead.",
)
@click.option("--fetched", type=click.DateTime(), help="When the pages were fetched, UTC.")
def extract(
    files: tuple[Path, ...],
    input: Input,  # noqa: A002
    url: str | None,
    media_type: MediaType | None,
    fetched: dt.datetime | None,
) -> None:
    """Take the article out of each page in FILE...; one JSON line a page, in order.

    A FILE is a page (text dump or HTML) or a container of pages (WARC, zip, JSONL ...). Every field is there; one that
    could not be established is null, and `reasons` says why, with the candidates that were seen.
    """
    if url and len(files) > 1:
        raise click.UsageError("--url is for a single page")
    found = (_stated(page, url, media_type, fetched) for file in files for page in _pages(file, input))
    setting = Setting(Registry.shipped())
    for batch in _batched(found, BATCH):
        for row in _rows(batch, setting):
            click.echo(orjson.dumps(row))


def _pages(file: Path, options: Input) -> Iterator[Page | Rejection]:
    """The pages of one file, named by the path that the user gave; a file without pages gives one rejection."""
    reader, empty = options.reader(file), True
    for found in reader:
        empty = False
        name = found.name if isinstance(found, Page) else found.page
        shown = file.as_posix() + (f"#{name.partition('#')[2]}" if "#" in name else "") if file.is_file() else name
        yield replace(found, name=shown) if isinstance(found, Page) else replace(found, page=shown)
    if empty:
        skipped = ", ".join(f"{count} × {kind}" for kind, count in reader.skipped.items()) or "nothing in it"
        yield Rejection(file.as_posix(), None, None, None, None, "unreadable", f"it holds no page: {skipped}")


def _stated(
    found: Page | Rejection, url: str | None, media_type: MediaType | None, fetched: dt.datetime | None
) -> Page | Rejection:
    """The page with what the user says of it in the place of what its container says."""
    if isinstance(found, Rejection):
        return found
    return replace(
        found,
        url=url or found.url,
        media_type=media_type or found.media_type,
        fetched=fetched.replace(tzinfo=dt.UTC) if fetched else found.fetched,
    )


def _batched(items: Iterable[Page | Rejection], size: int) -> Iterator[list[Page | Rejection]]:
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch


def _rows(batch: list[Page | Rejection], setting: Setting) -> Iterator[dict[str, Any]]:
    cuts = [found if isinstance(found, Rejection) else cut_or_reject(found) for found in batch]
    extracts = iter(understand([found for found in cuts if isinstance(found, Document)], setting))
    for found in cuts:
        yield _refused(found) if isinstance(found, Rejection) else _row(next(extracts))


def _row(extract: Extract) -> dict[str, Any]:
    findings = extract.findings
    date, source = findings.date.value, findings.source.value
    return {
        "page": extract.document.page.name,
        "title": extract.title,
        "body": extract.body,
        "byline": extract.byline,
        "credit": extract.credit,
        "date": extract.date,
        "date_precision": date.precision if date else None,
        "date_basis": date.basis if date else None,
        "source": extract.source,
        "source_name": source.name if source else None,
        "language": extract.language,
        "retrieved": extract.retrieved,
        "url": extract.url,
        "reasons": _reasons(findings),
        "evidence": [
            {"field": item.field, **evidence_row(item)} for name in FIELDS for item in getattr(findings, name).evidence
        ],
    }


def _reasons(findings: Findings) -> dict[str, Any]:
    """Why each field that is null is null, what was seen of it, and why the page would be no article for a corpus."""
    named: dict[str, Finding[Any]] = {name: getattr(findings, name) for name in ("article", *FIELDS)}
    return {
        name: {
            "reason": finding.reason or f"no-{name}",
            "detail": finding.detail or f"the page states no {name}",
            "candidates": [{"value": c.value, **evidence_row(c.evidence)} for c in finding.candidates],
        }
        for name, finding in named.items()
        if finding.value is None
    }


def _refused(rejection: Rejection) -> dict[str, Any]:
    """The line of a page that can't even be read: all null, and why."""
    empty = dict.fromkeys(
        ("title", "body", "byline", "credit", "date", "date_precision", "date_basis", "source", "source_name",
         "language", "retrieved")
    )  # fmt: skip
    reason = {"reason": rejection.reason, "detail": rejection.detail, "candidates": []}
    return {"page": rejection.page, **empty, "url": rejection.url, "reasons": {"article": reason}, "evidence": []}
