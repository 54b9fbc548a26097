"""`corpus-loader stats`."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from corpus_loader.cli.progress import counting
from corpus_loader.cli.terminal import show
from corpus_loader.corpus.folder import archive_rows, rejections
from corpus_loader.corpus.manifest import read_manifest
from corpus_loader.errors import CorpusError
from corpus_loader.spelling import shell_word


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def stats(corpus: Path, as_json: bool) -> None:
    """Count a corpus folder: pages by fate, languages, sources, months, what dates rest on, why pages were refused.

    \b
    Examples:
      corpus-loader stats corpus
      corpus-loader stats corpus --json
    """  # noqa: D301 - click keeps the line breaks of a paragraph that starts with a backspace
    counted = _count(corpus)
    if as_json:
        click.echo(json.dumps(counted, ensure_ascii=False))
        return
    for title, table in counted.items():
        show(title)
        width = max((len(str(name)) for name in table), default=0)
        for name, number in table.items():
            show(f"  {name:<{width}}  {number:>10,}")


def _count(corpus: Path) -> dict[str, dict[str, int]]:
    manifest = read_manifest(corpus)
    months, bases, characters, number = Counter[str](), Counter[str](), 0, 0
    with counting("articles", total=manifest.counts.articles) as progress:
        for number, row in enumerate(archive_rows(corpus), start=1):
            months[row["date"][:7]] += 1
            bases[row["date_basis"]] += 1
            characters += len(row["body"])
            progress(number)
    reasons = Counter(rejection.reason for rejection in rejections(corpus))
    _refuse_missing(corpus, "articles", number, manifest.counts.articles)
    _refuse_missing(corpus, "rejections", reasons.total(), manifest.counts.rejected)
    return {
        "pages": asdict(manifest.counts),
        "articles by language": dict(manifest.languages),
        "articles by source": {host or "(unknown)": counts.articles for host, counts in manifest.sources.items()},
        "articles by month": dict(sorted(months.items())),
        "articles by what the date rests on": dict(sorted(bases.items())),
        "rejections by reason": dict(sorted(reasons.items())),
        "size": {"characters in bodies": characters},
    }


def _refuse_missing(corpus: Path, what: str, found: int, stated: int) -> None:
    """Raises CorpusError where the files hold another number of records than the manifest states."""
    if found != stated:
        raise CorpusError(
            f"{corpus} holds {found:,} {what}, its manifest states {stated:,}",
            next_step=f"see which files are broken or missing: corpus-loader verify {shell_word(str(corpus))}",
        )
