"""The selected articles of a place as Arrow batches: typed by the schema, never by inference."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus_loader.corpus.jsonlines import opened
from corpus_loader.corpus.schema import arrow_schema
from corpus_loader.errors import CorpusError
from corpus_loader.loaders.place import Place
from corpus_loader.loaders.selection import Selection

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

__all__ = ["batches", "selected_schema", "shares"]

#: Bytes of Parquet, unpacked, that become one batch: few enough for Arrow's allocator to give the memory out again.
#: Fresh memory costs the system more than reading what goes into it.
BATCH = 2 << 20


def batches(place: Place, selection: Selection) -> Iterator[pa.RecordBatch]:
    """Lazily, the selected rows in the order of the files.

    Raises SchemaError at the first broken line of JSONL, and UsageError at the end of JSONL that holds nothing of a
    selected language or source.
    """
    if place.format == "parquet":
        return _parquet(_groups(place.files, selection), selection)
    return (batch for file in place.files for batch in _jsonl(file, selection))


def shares(place: Place, selection: Selection, count: int) -> list[Iterator[pa.RecordBatch]]:
    """The same rows in so many consecutive shares, which can be read side by side.

    Those of Parquet are about equal, as far as row groups are; of JSONL, the first holds all.
    """
    if place.format == "jsonl":
        return [batches(place, selection), *(iter(()) for _ in range(count - 1))]
    groups = list(_groups(place.files, selection))
    whole, before = sum(group.size for group in groups), 0
    runs: list[list[_Group]] = [[] for _ in range(count)]
    for group in groups:
        runs[(2 * before + group.size) * count // (2 * whole + 1)].append(group)  # where its middle lies
        before += group.size
    return [_parquet(run, selection) for run in runs]


def selected_schema(selection: Selection) -> pa.Schema:
    """The Arrow schema of the selected columns."""
    import pyarrow as pa

    return pa.schema([arrow_schema().field(name) for name in selection.columns])


class _Group(NamedTuple):
    """One row group of a Parquet file."""

    file: Path
    metadata: pq.FileMetaData
    number: int
    rows: int
    #: Bytes, unpacked.
    size: int


def _groups(files: Iterable[Path], selection: Selection) -> Iterator[_Group]:
    """The row groups that can match, in their order."""
    import pyarrow.dataset
    import pyarrow.fs

    condition = selection.arrow()
    for file in files:
        with _readable(file):
            fragment = pyarrow.dataset.ParquetFileFormat().make_fragment(str(file), pyarrow.fs.LocalFileSystem())
            if condition is not None:
                fragment = fragment.subset(condition, schema=arrow_schema())
            for group in fragment.row_groups:
                yield _Group(file, fragment.metadata, group.id, group.num_rows, group.total_byte_size)


def _parquet(groups: Iterable[_Group], selection: Selection) -> Iterator[pa.RecordBatch]:
    """The rows of the groups that match; columns that were not asked for are not read."""
    import pyarrow.parquet as pq

    condition, schema = selection.arrow(), selected_schema(selection)
    read = sorted({*selection.columns, *selection.conditioned()})
    for group in groups:
        rows = 1 + group.rows * BATCH // max(group.size, 1)
        with _readable(group.file), pq.ParquetFile(group.file, metadata=group.metadata) as content:
            for batch in content.iter_batches(rows, row_groups=[group.number], columns=read, use_threads=False):
                kept = (batch if condition is None else batch.filter(condition)).select(schema.names)
                yield kept if kept.schema.equals(schema) else kept.cast(schema)


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    """What makes a Parquet file unreadable is a CorpusError."""
    import pyarrow as pa

    # looked up now: an iterator that is still open when Python ends is closed after pyarrow has lost its names
    broken = (pa.ArrowException, OSError, KeyError)  # KeyError: a column is missing
    try:
        yield
    except broken as error:
        raise CorpusError(
            f"{file} can't be read: {error}",
            next_step="build or download the corpus again; `corpus-loader verify` names the broken file",
        ) from error


def _jsonl(file: Path, selection: Selection) -> Iterator[pa.RecordBatch]:
    from corpus_loader.corpus.reading import typed

    condition = selection.arrow()
    seen = {name: set[str]() for name in ("language", "source")}
    named = bool(selection.languages or selection.sources)
    with opened(file) as stream:
        for batch in typed(stream, str(file), workers=os.cpu_count() or 1):
            for name in seen if named else ():
                seen[name].update(batch.column(name).unique().to_pylist())
            kept = batch if condition is None else batch.filter(condition)
            yield kept.select(list(selection.columns))
    selection.refuse_unknown(str(file), **seen)
