"""`corpus-loader explain`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import orjson

from corpus_loader.articles.door import extract
from corpus_loader.articles.labeller import explain as explain_label
from corpus_loader.corpus.rows import to_line
from corpus_loader.errors import UsageError
from corpus_loader.loaders.articles import get
from corpus_loader.records import Article, Evidence, Extract

#: Unicode first-strong isolate and its end: a terminal then orders each quote by its own script, right to left or left
#: to right, without disturbing the line it stands in.
_ISOLATE, _END = "\u2068", "\u2069"

FIELDS = ("source", "language", "date", "title", "body", "byline", "credit", "url", "retrieved")
SHOWN = 200  # code points of a value or block


@click.command()
@click.argument("id", required=False)
@click.option("--corpus", help="A folder, a JSONL file, or USER/NAME on the Hub; by default the seed corpus.")
@click.option("--page", type=click.Path(exists=True, path_type=Path), help="A raw page, before any corpus exists.")
@click.option("--url", help="Where the page was fetched; with --page.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: the record; with --page, the labels.")
def explain(id: str | None, corpus: str | None, page: Path | None, url: str | None, as_json: bool) -> None:  # noqa: A002
    """Show for the article ID each value with its quote, offsets and rule; or, with --page, what a raw page would give.

    With --page every line of the page is shown with its label, how sure the labeller is that it is body (0 to 1), and
    why.
    """
    if (id is None) == (page is None):
        raise UsageError("explain takes an article's ID or --page FILE", next_step="see corpus-loader explain --help")
    if url is not None and page is None:
        raise UsageError("--url says where a --page was fetched; an article has its own", next_step="leave it out")
    if page is not None:
        lines = _explain_page(extract(page, url=url), as_json)
    else:
        lines = _explain_article(get(id or "", corpus), as_json)
    for line in lines:
        click.echo(line)


# ------------------------------------------------------------------------------------------------------- an article


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
    yield f"\n{name}: {_legible(str(value))}" if value is not None else f"\n{name}: none"
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
    flat = " ".join(text.split("\n"))
    return f"{_ISOLATE}{flat if len(flat) <= SHOWN else flat[:SHOWN] + '…'}{_END}"


# ---------------------------------------------------------------------------------------------------------- a page


def _explain_page(found: Extract, as_json: bool) -> Iterator[str]:
    document = found.document
    why = explain_label(document)
    if as_json:
        blocks = [
            {"start": b.start, "end": b.end, "label": labelled.label, "score": round(labelled.score, 4), "why": reasons}
            for b, labelled, reasons in zip(document.blocks, found.labels, why, strict=True)
        ]
        yield orjson.dumps({"page": document.page.name, "blocks": blocks}).decode()
        return
    yield f"{document.page.name}: {document.page.media_type}, {document.encoding}, {len(document.blocks)} lines"
    for index, (labelled, reasons) in enumerate(zip(found.labels, why, strict=True)):
        block = document.blocks[index]
        span = f"{labelled.label.value:<10} {labelled.score:.2f}  [{block.start}:{block.end}]"
        yield f"\n{span}  {_legible(document.block_text(index))}"
        if reasons:
            yield f"           because {', '.join(reasons)}"
    for name in ("article", "title", "byline", "credit", "source", "language", "date", "retrieved", "url"):
        finding: Any = getattr(found.findings, name)
        if finding.value is None:
            yield f"\n{name}: none ({finding.reason}: {finding.detail})"
            for candidate in finding.candidates:
                yield f"    seen  {_legible(candidate.value)}  by {candidate.evidence.rule}"
        elif name != "article":
            value = getattr(finding.value, "host", None) or getattr(finding.value, "day", None) or finding.value
            yield from _value_lines(name, value, list(finding.evidence))
