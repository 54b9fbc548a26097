"""The selected articles of a place as Arrow batches: typed by the schema, never by inference."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_loader.corpus.jsonlines import opened
from corpus_loader.corpus.schema import arrow_schema
from corpus_loader.errors import CorpusError
from corpus_loader.loaders.place import Place
from corpus_loader.loaders.selection import Selection

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["batches", "selected_schema"]


#: Bytes of Parquet, unpacked, that become one batch: Arrow's allocator gives memory of that size out again, while
#: that of larger columns is fresh each time, and making it costs the system more than reading what goes into it.
BATCH = 2 << 20


def batches(place: Place, selection: Selection) -> Iterator[pa.RecordBatch]:
    """Lazily, the selected rows in the order of the files.

    Raises SchemaError at the first broken line of JSONL, and UsageError at the end of JSONL that holds nothing of a
    selected language or source.
    """
    if place.format == "parquet":
        return _parquet(place.files, selection)
    return (batch for file in place.files for batch in _jsonl(file, selection))


def selected_schema(selection: Selection) -> pa.Schema:
    """The Arrow schema of the selected columns."""
    import pyarrow as pa

    return pa.schema([arrow_schema().field(name) for name in selection.columns])


def _parquet(files: tuple[Path, ...], selection: Selection) -> Iterator[pa.RecordBatch]:
    """Row groups that can't match are skipped, columns that were not asked for are not read."""
    import pyarrow as pa

    # looked up now: an iterator that is still open when Python ends is closed after pyarrow has lost its names
    broken = (pa.ArrowException, OSError, KeyError)  # KeyError: a column is missing
    for file in files:
        try:
            yield from _parquet_file(file, selection)
        except broken as error:
            raise CorpusError(
                f"{file} can't be read: {error}",
                next_step="build or download the corpus again; `corpus-loader verify` names the broken file",
            ) from error


def _parquet_file(file: Path, selection: Selection) -> Iterator[pa.RecordBatch]:
    import pyarrow.dataset
    import pyarrow.fs
    import pyarrow.parquet

    condition, schema = selection.arrow(), selected_schema(selection)
    fragment = pyarrow.dataset.ParquetFileFormat().make_fragment(str(file), pyarrow.fs.LocalFileSystem())
    if condition is not None:
        fragment = fragment.subset(condition, schema=arrow_schema())
    read = sorted({*selection.columns, *selection.conditioned()})
    with pyarrow.parquet.ParquetFile(file, metadata=fragment.metadata) as content:
        for group in fragment.row_groups:
            rows = 1 + group.num_rows * BATCH // max(group.total_byte_size, 1)
            for batch in content.iter_batches(rows, row_groups=[group.id], columns=read, use_threads=False):
                kept = batch if condition is None else batch.filter(condition)
                yield kept.select(schema.names).cast(schema)


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
