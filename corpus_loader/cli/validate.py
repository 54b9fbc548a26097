"""`corpus-loader validate`: JSONL files against the schema."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

import click
import orjson

from corpus_loader.cli.progress import make_way, reading
from corpus_loader.cli.terminal import counted, show
from corpus_loader.corpus.jsonlines import opened
from corpus_loader.corpus.schema import Kind
from corpus_loader.corpus.validation import Check, Problem
from corpus_loader.errors import CorpusLoaderError
from corpus_loader.pages.input_file import printable

__all__ = ["validate"]

#: Files of fewer bytes are done before a progress bar could be read.
LONG = 50 << 20
#: Seconds in which an input of unknown length is done before a progress bar could be read.
SOON = 1

KINDS: dict[str, Kind | None] = {
    "article": "article",
    "rejection": "rejection",
    "duplicate": "duplicate",
    "removal": "removal",
    "auto": None,
}


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--schema",
    "kind",
    type=click.Choice(list(KINDS)),
    default="auto",
    show_default=True,
    help="What the lines must be; auto looks at the first line of each file.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line a problem.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Threads that check.")
@click.pass_context
def validate(context: click.Context, files: tuple[str, ...], kind: str, as_json: bool, workers: int) -> None:
    """Check JSONL files (plain, .gz, .zst, or - for standard input) against the schema.

    Prints every broken line: file:line, the JSON pointer, what was there, what was expected. The exit code is 1 if
    there was any, 2 if a file could not be opened.

    \b
    Examples:
      corpus-loader validate corpus/articles/*.jsonl
      zcat crawl-*.jsonl.gz | corpus-loader validate - --json
    """  # noqa: D301 - click keeps the line breaks of a paragraph that starts with a backspace
    lines = broken = unopened = 0
    kinds: set[Kind] = set()
    for file in files:
        try:
            with _input(file) as stream:
                check = Check(stream, file, kind=KINDS[kind], workers=workers)
                for problem in check:
                    _print(problem, as_json)
        except CorpusLoaderError as error:  # the next files are checked all the same
            show(f"error: {error}", err=True)
            unopened += 1
            continue
        lines, broken = lines + check.lines, broken + check.broken
        kinds |= {check.kind} if check.kind else set()
    click.echo(_summary(len(files) - unopened, lines, broken, kinds), err=True)
    context.exit(2 if unopened else min(broken, 1))


def _print(problem: Problem, as_json: bool) -> None:
    make_way()
    if as_json:
        place = {"file": printable(problem.file), "line": problem.line, "note": problem.note}
        click.echo(orjson.dumps(place | asdict(problem.violation)))
    else:
        show(str(problem))


def _summary(files: int, lines: int, broken: int, kinds: set[Kind]) -> str:
    checked = f"{counted(files, 'file')}, {counted(lines, 'line')}"
    if not lines and not broken:
        return f"{checked}: nothing to check"
    told = f"{broken:,} broken" if broken else "all valid"
    return f"{checked}: {told}" + (f" (read as {', '.join(sorted(kinds))})" if kinds - {"article"} else "")


@contextmanager
def _input(file: str) -> Iterator[BinaryIO]:
    """The file, or standard input; with a progress bar if it is long and somebody is watching."""
    with nullcontext(sys.stdin.buffer) if file == "-" else opened(file) as stream:
        size = None if file == "-" else Path(file).stat().st_size
        if stream.isatty() if size is None else size < LONG:
            yield stream
            return
        with reading(stream, file, size, delay=0 if size else SOON) as watched:
            yield watched
