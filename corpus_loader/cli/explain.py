"""`corpus-loader explain`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import orjson

from corpus_loader.articles.door import page_of
from corpus_loader.articles.labeller import explain as explain_label
from corpus_loader.articles.registry import Registry
from corpus_loader.articles.repeated import NO_LINES, site_of
from corpus_loader.articles.understand import Setting, understand
from corpus_loader.cli.again import again, given
from corpus_loader.cli.input_options import INSTANT, address, input_options
from corpus_loader.cli.progress import counting
from corpus_loader.cli.terminal import counted, harmless
from corpus_loader.corpus.manifest import Input
from corpus_loader.corpus.rows import to_line
from corpus_loader.corpus.sample import take_sample
from corpus_loader.errors import ArticleNotFoundError, PageError, UsageError
from corpus_loader.loaders.articles import get
from corpus_loader.pages import cut
from corpus_loader.pages.input_file import printable
from corpus_loader.records import Article, Evidence, Extract, Page, Rejection

#: Unicode first-strong isolate and its end: a terminal then orders each quote by its own script, right to left or left
#: to right, without disturbing the line it stands in.
_ISOLATE, _END = "\u2068", "\u2069"
#: A value is shown in one line; one that closes the isolate would disturb that line after all.
_FLAT = str.maketrans("\t\n\r", "   ", _END)

FIELDS = ("source", "language", "date", "title", "body", "byline", "credit", "url", "retrieved")
SHOWN = 200  # code points of a value or block

_AS_FETCHED = "give the page as text or HTML, with the bytes that were fetched"


@click.command()
@click.argument("id", required=False)
@click.option(
    "--corpus",
    metavar="CORPUS",
    show_default="the seed corpus",
    help="A folder, a JSONL file, or USER/NAME on the Hub.",
)
@click.option("--page", metavar="FILE[#MEMBER]", help="A raw page, before any corpus exists; or one in a container.")
@click.option(
    "--among",
    type=click.Path(exists=True, path_type=Path),
    show_default="none",
    help="The pages that it is built with: lines that repeat across them count as they do in build; with --page.",
)
@click.option(
    "--url",
    metavar="URL",
    callback=address,
    show_default="what its container says",
    help="Where the page was fetched; with --page.",
)
@click.option(
    "--media-type",
    type=click.Choice(["text/plain", "text/html"]),
    show_default="what name and content say",
    help="What the page is; with --page.",
)
@click.option(
    "--fetched",
    type=click.DateTime(),
    metavar=INSTANT,
    show_default="what its container says",
    help="When the page was fetched, UTC; with --page.",
)
@input_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: the record; with --page, the labels.")
def explain(
    id: str | None,  # noqa: A002
    corpus: str | None,
    page: str | None,
    among: Path | None,
    input: Input,  # noqa: A002
    as_json: bool,
    **stated: Any,
) -> None:
    """Show for the article ID each value with its quote, offsets and rule; or, with --page, what a raw page would give.

    With --page every line of the page is shown with its label, how sure the labeller is that it is body (0 to 1), and
    why: a rule's name, or the features that moved the score most, as NAME=VALUE (PULL), where a pull above 0 is towards
    body. A page inside a WARC, zip, table ... is named as rejected.jsonl and the articles' provenance name it.

    \b
    Examples:
      corpus-loader explain c3e1739d3acde09c
      corpus-loader explain --page crawl.warc.gz#1568 --fetched 2015-10-07
    """  # noqa: D301 - click keeps the line breaks of a paragraph that starts with a backspace
    if (id is None) == (page is None):
        raise UsageError(
            "explain takes an article's ID or --page FILE, one of them",
            next_step="corpus-loader explain c3e1739d3acde09c, or corpus-loader explain --page page.html",
        )
    _refuse_idle_options("page" if page is not None else "id")
    if page is not None:
        pages = input.reader(among) if among else ()
        lines = _explain_page(_extracted(_find_page(page, input), page, pages, **stated), as_json)
    else:
        lines = _explain_article(_find_article(id or "", corpus), as_json)
    for line in lines:
        click.echo(line if as_json else harmless(line))


def _refuse_idle_options(asked: str) -> None:
    """An option that would be ignored says that something else was meant."""
    idle = ("corpus",) if asked == "page" else ("among", "url", "media_type", "fetched", "input_format", "columns")
    for name, spelled in given().items():
        if name in idle:
            why = "an article, and a --page has no corpus" if asked == "page" else "a --page; an article has its own"
            raise UsageError(f"{spelled} speaks of {why}", next_step=f"leave it out: {again(**dict.fromkeys(idle))}")


# ------------------------------------------------------------------------------------------------------- an article


def _find_article(id: str, corpus: str | None) -> Article:  # noqa: A002
    try:
        return get(id, corpus)
    except ArticleNotFoundError as error:
        next_step = "an id is the first value of each line in articles/*.jsonl; name another corpus with --corpus"
        if Path(id).is_file():
            next_step = f"to see what a page gives: {again(id=None, corpus=None, page=id)}"
        raise ArticleNotFoundError(error.what, next_step=next_step) from error


def _explain_article(article: Article, as_json: bool) -> Iterator[str]:
    if as_json:
        yield to_line(article).decode().rstrip("\n")
        return
    yield f"{article.id}  from {article.provenance.page}"
    values = {name: getattr(article, name) for name in FIELDS}
    values["date"] = f"{article.date} ({article.date_precision}, {article.date_basis})"
    for name, value in values.items():
        yield from _value_lines(name, value, [e for e in article.provenance.evidence if e.field == name])


def _value_lines(name: str, value: object, evidence: list[Evidence]) -> Iterator[str]:
    yield ""
    yield f"{name}: {_legible(str(value))}" if value is not None else f"{name}: none"
    for item in evidence if name != "body" else evidence[:1]:
        yield f"    rule  {item.rule}" + (
            f"  (confidence {item.confidence:.2f})" if item.confidence is not None else ""
        )
        if item.start is not None:
            yield f"    at    {item.origin}[{item.start}:{item.end}]"
        if item.quote is not None and item.quote != value:
            yield f"    quote {_legible(item.quote)}"
    if name == "body" and len(evidence) > 1:
        yield f"    and {len(evidence) - 1} more slices, to text[…:{evidence[-1].end}]"


def _legible(text: str) -> str:
    flat = text.translate(_FLAT)
    return f"{_ISOLATE}{flat if len(flat) <= SHOWN else flat[:SHOWN] + '…'}{_END}"


# ---------------------------------------------------------------------------------------------------------- a page


def _find_page(name: str, options: Input) -> Page:
    """The one page of that name, read as `build` reads it. Raises UsageError, and PageError where it can't be read."""
    path, member = _parted(name)
    if not path.is_file():
        raise UsageError(f"{path} is no file", next_step="name a page, or FILE#MEMBER for a page in a container")
    if not os.access(path, os.R_OK):
        raise UsageError(f"{path} may not be read", next_step="look at its permissions")
    found = (one for one in options.reader(path) if not member or _member(one, path) == member)
    first, second = next(found, None), None if member else next(found, None)
    if first is None:
        listing = again("extract", str(path), only=("input_format", "columns"))
        raise UsageError(
            f"{path} holds no page{f' #{member}' if member else ''}", next_step=f"see what it holds: {listing}"
        )
    if second is not None:
        one = f"{path}#{_member(first, path)}"
        raise UsageError(f"{path} holds more than one page", next_step=f"name one of them: {again(page=one)}")
    if isinstance(first, Rejection):
        raise PageError(f"{name}: {first.detail}", reason=first.reason, next_step=_AS_FETCHED)
    return first


def _extracted(found: Page, name: str, among: Iterable[Page | Rejection], **stated: Any) -> Extract:
    """What the page gives among these pages, by what the package itself knows: no corpus.toml is read."""
    try:
        page = page_of(found, **stated)
        with counting("pages") as progress:
            repeated = take_sample(among, progress=progress).repeated.get(site_of(page), NO_LINES)
        return understand([cut(page)], Setting(Registry.shipped(), repeated=repeated))[0]
    except PageError as error:
        raise PageError(
            f"{name}: {error.what}", reason=error.reason, next_step=error.next_step or _AS_FETCHED
        ) from error


def _parted(name: str) -> tuple[Path, str]:
    """The file of a page's name, and the member, "" for none: a # may be in the names of both."""
    ends = (len(name), *(found.start() for found in re.finditer("#", name)))
    end = next((end for end in ends if Path(name[:end]).is_file()), ends[1] if len(ends) > 1 else len(name))
    return Path(name[:end]), name[end + 1 :]


def _member(found: Page | Rejection, path: Path) -> str:
    """What the page is called in that file, "" where the file is the page."""
    name = found.name if isinstance(found, Page) else found.page
    return name.removeprefix(printable(path.name)).removeprefix("#")


def _explain_page(found: Extract, as_json: bool) -> Iterator[str]:
    document = found.document
    why = explain_label(document)
    if as_json:
        blocks = [
            {
                "start": b.start,
                "end": b.end,
                "label": labelled.label,
                "score": round(labelled.score, 4),
                "rules": labelled.why,
                "why": reasons,
            }
            for b, labelled, reasons in zip(document.blocks, found.labels, why, strict=True)
        ]
        yield orjson.dumps({"page": document.page.name, "blocks": blocks}).decode()
        return
    lines = counted(len(document.blocks), "line")
    yield f"{document.page.name}: {document.page.media_type}, {document.encoding}, {lines}"
    for index, (labelled, reasons) in enumerate(zip(found.labels, why, strict=True)):
        block = document.blocks[index]
        span = f"{labelled.label.value:<10} {labelled.score:.2f}  [{block.start}:{block.end}]"
        yield ""
        yield f"{span}  {_legible(document.texts[index])}"
        if labelled.why:
            yield f"           rule    {labelled.why[0]}"
        if reasons:
            yield f"           because {', '.join(reasons)}"
    for name in ("article", "title", "byline", "credit", "source", "language", "date", "retrieved", "url"):
        finding: Any = getattr(found.findings, name)
        if finding.value is None:
            yield ""
            yield f"{name}: none ({finding.reason}: {finding.detail})"
            for candidate in finding.candidates:
                yield f"    seen  {_legible(candidate.value)}  by {candidate.evidence.rule}"
        elif name != "article":
            yield from _value_lines(name, getattr(found, name), list(finding.evidence))
