"""`corpus-loader download`: a published corpus, pinned and checked."""

from __future__ import annotations

import json
from pathlib import Path

import click

from corpus_loader.cli.terminal import show
from corpus_loader.loaders.hub import fetch, install
from corpus_loader.pages.input_file import printable

__all__ = ["download"]


@click.command()
@click.argument("name", metavar="USER/NAME")
@click.option("--revision", metavar="REV", show_default="the default branch", help="Branch, tag or commit.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Put the corpus folder there as well.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def download(name: str, *, revision: str | None, out: Path | None, as_json: bool) -> None:
    """Fetch a published corpus, pinned to a commit and checked.

    The revision is resolved to a commit, and every file is compared with the size and SHA-256 that the manifest
    states. Afterwards the name loads offline (HF_HUB_OFFLINE=1). With --out the folder is there whole or not at all.

    \b
    Examples:
      corpus-loader download ada/syria-2015 --revision v1.0.0
      corpus-loader download ada/syria-2015 --out corpus
    """  # noqa: D301 - click keeps the line breaks of a paragraph that starts with a backspace
    found = fetch(name, revision=revision)
    if out is not None:
        install(found, out)
    folder = out or found.folder
    if as_json:
        table = {
            "repo": found.repo,
            "revision": found.revision,
            "commit": found.commit,
            "folder": printable(str(folder)),
            "version": found.manifest.version,
            "articles": found.manifest.counts.articles,
            "files": len(found.manifest.files),
            "strangers": list(found.strangers),
        }
        click.echo(json.dumps(table, ensure_ascii=False))
        return
    manifest = found.manifest
    show(f"{manifest.title} {manifest.version}: {manifest.counts.articles:,} articles, {found.repo}@{found.commit}")
    show(f"  {len(manifest.files)} files are as their manifest states, in {folder}")
    for path in found.strangers:
        show(f"  not of the corpus, unchecked: {path}")
    name = str(out) if out else f"{found.repo}@{found.commit}"
    click.echo(f"  load it: corpus_loader.load_dataset({json.dumps(name, ensure_ascii=False)})")
