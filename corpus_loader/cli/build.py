"""`corpus-loader build`."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from itertools import islice
from pathlib import Path

import click

from corpus_loader.cli.input_options import input_options
from corpus_loader.cli.progress import counting
from corpus_loader.cli.settling import Settling
from corpus_loader.cli.terminal import counted, harmless, show
from corpus_loader.corpus.build import build as build_corpus
from corpus_loader.corpus.folder import rejections
from corpus_loader.corpus.manifest import Input, Manifest
from corpus_loader.corpus.sample import PAGES
from corpus_loader.publishing import COMPANIONS

#: So many rejections and sources are shown; all of them are in rejected.jsonl and the manifest.
SHOWN = 20


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The corpus folder to make or replace.")
@click.option(
    "--declaration",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    show_default="corpus.toml in SOURCE",
    help="What people decided about the corpus.",
)
@input_options
@click.option(
    "--sample",
    type=click.IntRange(min=0),
    default=PAGES,
    show_default=True,
    metavar="PAGES",
    help="Look first at so many pages for lines that repeat across the articles of a site; 0: at none.",
)
@click.option("--workers", type=click.IntRange(min=1), show_default="one a core", help="Processes to use.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest's counts as JSON.")
def build(
    source: Path,
    out: Path,
    declaration: Path | None,
    input: Input,  # noqa: A002
    sample: int,
    workers: int | None,
    as_json: bool,
) -> None:
    """Make the corpus folder OUT of the raw pages in SOURCE: a folder, an archive, a WARC, or rows of a web corpus.

    Every page becomes an article, or is listed with its reason in rejected.jsonl, duplicates.jsonl or removed.jsonl. A
    build that was killed goes on where it stopped; until it ends, an older corpus in OUT stays as it is.

    \b
    Examples:
      corpus-loader build pages --out corpus
      corpus-loader build crawl.warc.gz --out corpus --declaration corpus.toml
      corpus-loader build rows.parquet --out corpus --column html=content
    """  # noqa: D301 - click keeps the line breaks of a paragraph that starts with a backspace
    try:
        with counting("pages") as progress:
            manifest = build_corpus(
                source,
                out,
                declaration=declaration,
                input=input,
                sample=sample,
                workers=workers,
                companions=COMPANIONS,
                looking=partial(progress, phase="first look"),
                progress=progress,
            )
    except KeyboardInterrupt:
        click.echo("stopped; the same command goes on where this one stopped", err=True)
        raise
    if as_json:
        click.echo(json.dumps({"corpus": str(out), "name": manifest.name, **asdict(manifest.counts)}))
    else:
        path = declaration or source / "corpus.toml"
        is_option = declaration is None and source.is_file()
        _report(out, manifest, Settling(path, name=manifest.name, window=manifest.window, is_option=is_option))


def _report(out: Path, manifest: Manifest, settling: Settling) -> None:
    counts = manifest.counts
    show(f"{out}: {manifest.title}, version {manifest.version}")
    show(
        f"  {counted(counts.pages, 'page')} = {counted(counts.articles, 'article')} + {counts.rejected} rejected"
        f" + {counted(counts.duplicates, 'duplicate')} + {counts.removed} removed"
    )
    largest = sorted(manifest.sources.items(), key=lambda item: (-item[1].pages, item[0]))
    for host, per_source in largest[:SHOWN]:
        show(f"  {host or '(unknown source)'}: {per_source.articles} of {per_source.pages} pages are articles")
    if len(largest) > SHOWN:
        show(f"  … and {len(largest) - SHOWN} more sources; see corpus-loader stats")
    if manifest.skipped:
        show("  not pages: " + ", ".join(f"{count} {what}" for what, count in manifest.skipped.items()))
    if counts.rejected:
        _report_rejections(out, counts.rejected, settling)


def _report_rejections(out: Path, number: int, settling: Settling) -> None:
    shown = list(islice(rejections(out), SHOWN))
    show(f"rejected pages, all of them in {out / 'rejected.jsonl'}:", err=True)
    for line in settling.beginning(shown):
        show(f"  {line}", err=True)
    for rejection in shown:
        told = f"{rejection.page}: {rejection.reason}: {rejection.detail}"
        show(f"  {harmless(told)}", err=True)  # a name of two lines stays on one
        for line in settling.lines(rejection):
            show(f"    {line}", err=True)
    if number > SHOWN:
        show(f"  … and {number - SHOWN} more", err=True)
