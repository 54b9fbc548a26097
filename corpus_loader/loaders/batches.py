"""The selected articles of a place as Arrow batches: typed by the schema, never by inference."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus_loader.corpus.jsonlines import in_order, opened
from corpus_loader.corpus.schema import arrow_schema
from corpus_loader.errors import CorpusError
from corpus_loader.loaders.place import Place
from corpus_loader.loaders.selection import Selection

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet

__all__ = ["batches", "selected_schema"]


#: Bytes of Parquet, unpacked, that become one batch: Arrow's allocator gives memory of that size out again, while
#: that of larger columns is fresh each time, and making it costs the system more than reading what goes into it.
BATCH = 2 << 20
#: A row group of more bytes is never held as a whole.
HELD = 64 << 20


def batches(place: Place, selection: Selection, *, workers: int = 1) -> Iterator[pa.RecordBatch]:
    """Lazily, the selected rows in the order of the files.

    With several workers as many row groups of Parquet are read ahead, and one more.

    Raises SchemaError at the first broken line of JSONL, and UsageError at the end of JSONL that holds nothing of a
    selected language or source.
    """
    if place.format == "parquet":
        return _parquet(place.files, selection, workers)
    return (batch for file in place.files for batch in _jsonl(file, selection))


def selected_schema(selection: Selection) -> pa.Schema:
    """The Arrow schema of the selected columns."""
    import pyarrow as pa

    return pa.schema([arrow_schema().field(name) for name in selection.columns])


class _Group(NamedTuple):
    """A row group that can hold something selected."""

    file: Path
    metadata: parquet.FileMetaData
    number: int
    rows: int
    #: Of the columns, unpacked.
    bytes: int


def _parquet(files: tuple[Path, ...], selection: Selection, workers: int) -> Iterator[pa.RecordBatch]:
    """Row groups that can't match are skipped, columns that were not asked for are not read."""
    groups = (group for file in files for group in _groups(file, selection))
    if workers == 1:
        return chain.from_iterable(_group(group, selection) for group in groups)

    def read(group: _Group) -> Iterable[pa.RecordBatch]:
        content = _group(group, selection)
        return list(content) if group.bytes <= HELD else content

    return chain.from_iterable(in_order(read, groups, workers))


def _groups(file: Path, selection: Selection) -> Iterator[_Group]:
    import pyarrow.dataset
    import pyarrow.fs

    condition = selection.arrow()
    with _readable(file):
        fragment = pyarrow.dataset.ParquetFileFormat().make_fragment(str(file), pyarrow.fs.LocalFileSystem())
        if condition is not None:
            fragment = fragment.subset(condition, schema=arrow_schema())
        found = [_Group(file, fragment.metadata, g.id, g.num_rows, g.total_byte_size) for g in fragment.row_groups]
    yield from found


def _group(group: _Group, selection: Selection) -> Iterator[pa.RecordBatch]:
    import pyarrow.parquet

    condition, schema = selection.arrow(), selected_schema(selection)
    read = sorted({*selection.columns, *selection.conditioned()})
    rows = 1 + group.rows * BATCH // max(group.bytes, 1)
    with _readable(group.file), pyarrow.parquet.ParquetFile(group.file, metadata=group.metadata) as content:
        for batch in content.iter_batches(rows, row_groups=[group.number], columns=read, use_threads=False):
            kept = (batch if condition is None else batch.filter(condition)).select(schema.names)
            yield kept if kept.schema.equals(schema) else kept.cast(schema)


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    """A Parquet file that can't be read is a CorpusError."""
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
