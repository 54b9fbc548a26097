"""The corpus as typed records."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from corpus_loader.corpus.rows import from_row
from corpus_loader.errors import ArticleNotFoundError, UsageError
from corpus_loader.loaders.batches import batches
from corpus_loader.loaders.place import Corpus, find
from corpus_loader.loaders.selection import Day, Names, by_name, select
from corpus_loader.records import Article

__all__ = ["articles", "get"]


@by_name
def articles(
    corpus: Corpus = None,
    *,
    language: Names | None = None,
    source: Names | None = None,
    since: Day | None = None,
    until: Day | None = None,
    revision: str | None = None,
) -> Iterator[Article]:
    """Lazily, the articles as records; the arguments, the order and the errors are those of `load_dataset`.

    What is wrong with the arguments is raised at once, what is wrong with a line when it is reached, and
    a language or source that a JSONL file does not hold at its end.
    """
    selection = select(language=language, source=source, since=since, until=until)
    place = find(corpus, revision=revision, selection=selection)
    return (from_row(row) for batch in batches(place, selection) for row in batch.to_pylist())


def get(id: str, corpus: Corpus = None, *, revision: str | None = None) -> Article:  # noqa: A002 - the field is `id`
    """The article of that id. Raises ArticleNotFoundError, and what `articles` raises."""
    if not (isinstance(id, str) and id.isascii()):
        raise UsageError(f"id={id!r} is no id", next_step="an id is 16 hex digits as text, such as 'c3e1739d3acde09c'")
    place = find(corpus, revision=revision)
    for batch in batches(place, replace(select(), ids=(id,))):
        for row in batch.to_pylist():
            return from_row(row)
    named = "" if corpus is None else f"{os.fspath(corpus)!r}, "
    raise ArticleNotFoundError(
        f"{'the seed corpus' if corpus is None else os.fspath(corpus)} holds no article {id!r}",
        next_step=f"an id has 16 hex digits; all of them: corpus_loader.read_polars({named}columns=['id', 'title'])",
    )
