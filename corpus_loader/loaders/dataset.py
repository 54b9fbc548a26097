"""The corpus as a `datasets.Dataset`, memory-mapped, or as an `IterableDataset`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from corpus_loader.corpus.schema import features
from corpus_loader.errors import UsageError
from corpus_loader.loaders.batches import batches
from corpus_loader.loaders.cache import Cached, arrow_files
from corpus_loader.loaders.place import Corpus, Place, find
from corpus_loader.loaders.selection import Day, Names, Selection, by_name, select

if TYPE_CHECKING:
    import datasets
    import pyarrow as pa

__all__ = ["load_dataset"]


@overload
def load_dataset(
    corpus: Corpus = None,
    *,
    language: Names | None = None,
    source: Names | None = None,
    since: Day | None = None,
    until: Day | None = None,
    streaming: Literal[False] = False,
    columns: Names | None = None,
    revision: str | None = None,
) -> datasets.Dataset: ...


@overload
def load_dataset(
    corpus: Corpus = None,
    *,
    language: Names | None = None,
    source: Names | None = None,
    since: Day | None = None,
    until: Day | None = None,
    streaming: Literal[True],
    columns: Names | None = None,
    revision: str | None = None,
) -> datasets.IterableDataset: ...


@by_name
def load_dataset(
    corpus: Corpus = None,
    *,
    language: Names | None = None,
    source: Names | None = None,
    since: Day | None = None,
    until: Day | None = None,
    streaming: bool = False,
    columns: Names | None = None,
    revision: str | None = None,
) -> datasets.Dataset | datasets.IterableDataset:
    """The articles of a corpus, typed: language by language, each by day, source and id.

    `corpus` is nothing (the seed corpus, offline), a corpus folder, a JSONL file (.jsonl, .gz, .zst), or
    `USER/NAME[@REVISION]` on the Hub. `language` (tags) and `source` (hosts) take one or several values; `since` and
    `until` are Gregorian days, both included, and meet the first day of a month or year where the date is no exacter.

    A `Dataset` is written once into the cache of `datasets` and memory-mapped; opening it again reads nothing else.
    `streaming=True` gives an `IterableDataset`, which reads as it is iterated.

    Raises CorpusNotFoundError, CorpusError, HubError, SchemaError for a broken line of JSONL, and UsageError, also for
    a language or source that the corpus does not hold (which a JSONL file tells only at its end); a selection that is
    merely met by no article is an empty dataset.
    """
    if not isinstance(streaming, bool):
        raise UsageError(f"streaming={streaming!r} is neither True nor False", next_step="write streaming=True")
    selection = select(language=language, source=source, since=since, until=until, columns=columns)
    place = find(corpus, revision=revision, selection=selection)
    return _streamed(place, selection) if streaming else _mapped(place, selection)


def _features(selection: Selection) -> datasets.Features:
    import datasets

    every = features()
    return datasets.Features({name: every[name] for name in selection.columns})


def _mapped(place: Place, selection: Selection) -> datasets.Dataset:
    import datasets
    import pyarrow as pa

    folder = Path(datasets.config.HF_DATASETS_CACHE) / "corpus_loader"
    cached = arrow_files(place, selection, folder)
    try:
        return _opened(cached, selection)
    except (pa.ArrowException, OSError):  # a file is damaged: they are written anew, once
        for path in cached.paths:
            path.unlink(missing_ok=True)
        return _opened(arrow_files(place, selection, folder), selection)


def _opened(cached: Cached, selection: Selection) -> datasets.Dataset:
    import datasets
    from datasets.table import MemoryMappedTable, concat_tables

    return datasets.Dataset(
        concat_tables([MemoryMappedTable.from_file(str(path)) for path in cached.paths]),
        info=datasets.DatasetInfo(features=_features(selection)),
        split=datasets.Split.TRAIN,
        fingerprint=cached.fingerprint,
    )


def _streamed(place: Place, selection: Selection) -> datasets.IterableDataset:
    """Rows that stay Arrow until somebody asks for Python: from dicts `datasets` would infer the types anew."""
    import datasets
    from datasets.iterable_dataset import ArrowExamplesIterable

    return datasets.IterableDataset(
        # each of the files, a list, is a shard
        ArrowExamplesIterable(_tables, {"files": list(place.files), "place": place, "selection": selection}),
        info=datasets.DatasetInfo(features=_features(selection)),
        split=datasets.Split.TRAIN,
    )


def _tables(files: list[Path], place: Place, selection: Selection) -> Iterator[tuple[int, pa.Table]]:
    import pyarrow as pa

    for number, batch in enumerate(batches(replace(place, files=tuple(files)), selection)):
        yield number, pa.Table.from_batches([batch])
