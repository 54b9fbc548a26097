"""The selected articles of a place as Arrow batches: typed by the schema, never by inference."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from corpus_loader.corpus.jsonlines import opened
from corpus_loader.corpus.schema import arrow_schema
from corpus_loader.errors import CorpusError
from corpus_loader.loaders.place import Place
from corpus_loader.loaders.selection import Selection

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.compute as pc

__all__ = ["batches", "selected_schema"]

T = TypeVar("T")


#: Bytes of Parquet, unpacked, that become one batch: enough for threads to seldom wait for one another, few enough for
#: Arrow's allocator to give the memory out again. Fresh memory costs the system more than reading what goes into it.
BATCH = 6 << 20


def batches(place: Place, selection: Selection, *, ahead: int = 0) -> Iterator[pa.RecordBatch]:
    """Lazily, the selected rows in the order of the files; of Parquet so many batches are read ahead, in threads.

    Raises SchemaError at the first broken line of JSONL, and UsageError at the end of JSONL that holds nothing of a
    selected language or source.
    """
    if place.format == "parquet":
        return _parquet(place.files, selection, ahead)
    return (batch for file in place.files for batch in _jsonl(file, selection))


def selected_schema(selection: Selection) -> pa.Schema:
    """The Arrow schema of the selected columns."""
    import pyarrow as pa

    return pa.schema([arrow_schema().field(name) for name in selection.columns])


def _parquet(files: tuple[Path, ...], selection: Selection, ahead: int) -> Iterator[pa.RecordBatch]:
    """Row groups that can't match are skipped, columns that were not asked for are not read."""
    import pyarrow as pa

    condition, schema = selection.arrow(), selected_schema(selection)
    read = sorted({*selection.columns, *selection.conditioned()})
    nested = [name for name in read if pa.types.is_nested(arrow_schema().field(name).type)]
    flat = [name for name in read if name not in nested]  # takes as long to read, and to write, as what is nested
    halves = [_columns(files, selection, names) for names in ((flat, nested) if ahead else (read,)) if names]
    for parts in zip(*(_made_ahead(half, ahead) if ahead else half for half in halves), strict=True):
        columns = {name: part.column(name) for part in parts for name in part.schema.names}
        kept = pa.record_batch(columns) if condition is None else pa.record_batch(columns).filter(condition)
        kept = kept.select(schema.names)
        yield kept if kept.schema.equals(schema) else kept.cast(schema)


def _columns(files: tuple[Path, ...], selection: Selection, names: list[str]) -> Iterator[pa.RecordBatch]:
    """These columns of the row groups that can match; the rows of a batch don't depend on which columns they are."""
    import pyarrow as pa

    # looked up now: an iterator that is still open when Python ends is closed after pyarrow has lost its names
    broken = (pa.ArrowException, OSError, KeyError)  # KeyError: a column is missing
    for file in files:
        try:
            yield from _columns_of_file(file, selection.arrow(), names)
        except broken as error:
            raise CorpusError(
                f"{file} can't be read: {error}",
                next_step="build or download the corpus again; `corpus-loader verify` names the broken file",
            ) from error


def _columns_of_file(file: Path, condition: pc.Expression | None, names: list[str]) -> Iterator[pa.RecordBatch]:
    import pyarrow.dataset
    import pyarrow.fs
    import pyarrow.parquet

    fragment = pyarrow.dataset.ParquetFileFormat().make_fragment(str(file), pyarrow.fs.LocalFileSystem())
    if condition is not None:
        fragment = fragment.subset(condition, schema=arrow_schema())
    with pyarrow.parquet.ParquetFile(file, metadata=fragment.metadata) as content:
        for group in fragment.row_groups:
            rows = 1 + group.num_rows * BATCH // max(group.total_byte_size, 1)
            for batch in content.iter_batches(rows, row_groups=[group.id], columns=names, use_threads=False):
                yield batch.select(names)


def _made_ahead(items: Iterator[T], count: int) -> Iterator[T]:
    """The same items; up to so many are made in a thread before they are asked for."""
    with ThreadPoolExecutor(1) as pool:
        waiting = deque(pool.submit(next, items, None) for _ in range(count))
        while (item := waiting.popleft().result()) is not None:
            waiting.append(pool.submit(next, items, None))
            yield item


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
