"""`corpus-loader extract`."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import orjson

from corpus_loader.articles.door import stated_instant
from corpus_loader.articles.registry import Registry
from corpus_loader.articles.understand import Setting
from corpus_loader.cli.input_options import INSTANT, address, input_options
from corpus_loader.cli.terminal import show
from corpus_loader.corpus.batches import understood
from corpus_loader.corpus.manifest import Input
from corpus_loader.corpus.rows import evidence_row
from corpus_loader.errors import UsageError
from corpus_loader.pages.input_file import printable
from corpus_loader.records import Extract, Finding, Findings, MediaType, Page, Rejection

_NEXT_STEP = "give pages as text or HTML, or a whole container of them; --input-format says what it is"

FIELDS = ("title", "body", "byline", "credit", "date", "retrieved", "source", "language", "url")


@click.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, allow_dash=True, readable=False),
    metavar="FILE...",
)
@input_options
@click.option(
    "--url",
    metavar="URL",
    callback=address,
    show_default="what its container says",
    help="Where the page was fetched; for a single page.",
)
@click.option(
    "--media-type",
    type=click.Choice(["text/plain", "text/html"]),
    show_default="what name and content say",
    help="What the pages are.",
)
@click.option(
    "--fetched",
    type=click.DateTime(),
    metavar=INSTANT,
    show_default="what their container says",
    help="When the pages were fetched, UTC.",
)
def extract(
    files: tuple[Path, ...],
    input: Input,  # noqa: A002
    url: str | None,
    media_type: MediaType | None,
    fetched: dt.datetime | None,
) -> None:
    """Take the article out of each page in FILE...; one JSON line a page, in order.

    A FILE is a page (text dump or HTML), a container of pages (WARC, zip, JSONL ...), or a folder of both; - is the
    standard input. Every field is there; one that could not be established is null, and `reasons` says why, with the
    candidates that were seen. A FILE of which no page can be read is told on standard error, and the exit code is then
    1; 2 where none of them can.

    \b
    Examples:
      corpus-loader extract page.html dump.txt
      curl -s https://example.org/a.html | corpus-loader extract -
    """  # noqa: D301 - click keeps the line breaks of a paragraph that starts with a backspace
    moment = stated_instant(fetched)
    origins: deque[int] = deque()
    found = (_stated(page, url, media_type, moment) for page in _all_pages(files, input, origins))
    broken: dict[int, Rejection] = {}
    sound: set[int] = set()
    for item in understood(_single(found) if url else found, Setting(Registry.shipped())):
        origin = origins.popleft()
        if isinstance(item, Rejection):
            click.echo(orjson.dumps(_refused(item)))
            broken.setdefault(origin, item)
        else:
            click.echo(orjson.dumps(_row(item)))
            sound.add(origin)
    for origin in sorted(broken.keys() - sound):
        _tell_broken(_shown(files[origin]), broken[origin])
    if len(sound) < len(files):
        sys.exit(1 if sound else 2)


def _tell_broken(name: str, first: Rejection) -> None:
    """Says that no page of that file can be read, and what was wrong with its first one."""
    why = first.detail if first.page == name else f"{first.page}: {first.detail}"
    show(f"error: no page of {name} can be read: {why}\n  next: {_NEXT_STEP}", err=True)


def _single(found: Iterator[Page | Rejection]) -> list[Page | Rejection]:
    first = list(itertools.islice(found, 2))
    if len(first) > 1:
        raise click.UsageError("--url is for a single page")
    return first


def _all_pages(files: Sequence[Path], options: Input, origins: deque[int]) -> Iterator[Page | Rejection]:
    """The pages of all files; the index of the file that each is of is noted. What can't be read at all is told."""
    for index, file in enumerate(files):
        try:
            for found in _pages(file, options):
                origins.append(index)
                yield found
        except UsageError as error:
            show(f"error: {error}", err=True)


def _pages(file: Path, options: Input) -> Iterator[Page | Rejection]:
    """The pages of one file, a pipe too. Raises UsageError where there is none."""
    try:
        if str(file) == "-" or file.is_fifo():
            with tempfile.TemporaryDirectory() as folder:
                yield from _named(_piped(file, Path(folder)), file.as_posix(), options)
        else:
            yield from _named(file, _shown(file), options)
    except OSError as error:
        raise UsageError(
            f"{_shown(file)} can't be read: {error.strerror or error}", next_step="check the path and its permissions"
        ) from error


def _shown(file: Path) -> str:
    return printable(file.as_posix())


def _piped(pipe: Path, folder: Path) -> Path:
    """What the standard input or another pipe holds, as a file: most containers can't be read from a pipe."""
    path = folder / "piped"
    with path.open("wb") as file, nullcontext(sys.stdin.buffer) if str(pipe) == "-" else pipe.open("rb") as held:
        shutil.copyfileobj(held, file)
    return path


def _named(file: Path, shown: str, options: Input) -> Iterator[Page | Rejection]:
    """The pages of one file, named by the path that the user gave; a file without pages gives one rejection."""
    if file.exists() and not os.access(file, os.R_OK):
        raise UsageError(f"{shown} may not be read", next_step="look at its permissions")
    reader, empty, own = options.reader(file), True, len(printable(file.name))
    for found in reader:
        empty = False
        name = found.name if isinstance(found, Page) else found.page
        name = f"{shown}/{name}" if file.is_dir() else shown + name[own:]
        yield replace(found, name=name) if isinstance(found, Page) else replace(found, page=name)
    if empty:
        skipped = ", ".join(f"{count} × {kind}" for kind, count in reader.skipped.items()) or "nothing in it"
        yield Rejection(shown, None, None, None, None, "unreadable", f"it holds no page: {skipped}")


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
        fetched=fetched or found.fetched,
    )


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
