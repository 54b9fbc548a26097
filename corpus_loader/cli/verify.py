"""`corpus-loader verify`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click
import orjson

from corpus_loader.cli.progress import counting, make_way
from corpus_loader.cli.terminal import counted, show
from corpus_loader.corpus.manifest import read_manifest
from corpus_loader.corpus.verify import verify as verify_corpus
from corpus_loader.pages.input_file import printable


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "--pages", type=click.Path(exists=True, path_type=Path), help="The raw pages that the corpus was built from."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line a problem.")
def verify(corpus: Path, pages: Path | None, as_json: bool) -> None:
    """Check a corpus folder: its counts, the SHA-256 of every file, and, with --pages, every quote and paragraph.

    With --pages the records are counted, each article is cut again out of its raw page and compared character by
    character, and the rows of Parquet with the lines of JSONL. Ends with exit code 1 where anything differs.

    \b
    Examples:
      corpus-loader verify corpus
      corpus-loader verify corpus --pages pages
    """  # noqa: D301 - click keeps the line breaks of a paragraph that starts with a backspace
    articles = read_manifest(corpus).counts.articles
    problems = 0
    with counting("articles", total=articles) as progress:
        for problem in verify_corpus(corpus, pages, progress=progress):
            problems += 1
            make_way()
            if as_json:
                click.echo(orjson.dumps({key: printable(value) for key, value in asdict(problem).items()}))
            else:
                show(f"{problem.where}: {problem.what}")
    if problems:
        show(f"{corpus}: {counted(problems, 'problem')}\n  next: {_next_step(pages)}", err=True)
        sys.exit(1)
    recut = f"{counted(articles, 'article')} re-cut from {pages}"
    show(
        f"{corpus}: all as the manifest says ({recut if pages else 'files and counts only; to re-cut: --pages PATH'})",
        err=as_json,
    )


def _next_step(pages: Path | None) -> str:
    again = "build the corpus again, or download it again"
    return (
        again
        if pages is None
        else f"if {pages} is what the corpus was built from, {again}; else name that with --pages"
    )
