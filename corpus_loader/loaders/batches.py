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


#: Reading ahead as far as Arrow does by default takes fresh memory for each batch, which costs more than it gains.
_ONE_AT_A_TIME = {"batch_readahead": 1, "fragment_readahead": 1}


def batches(place: Place, selection: Selection) -> Iterator[pa.RecordBatch]:
    """Lazily, the selected rows in the order of the files. Raises SchemaError at the first broken line of JSONL."""
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
    import pyarrow.dataset

    if not files:  # a corpus of no articles has no files, and Arrow needs one
        return
    try:
        whole = pyarrow.dataset.dataset([str(file) for file in files], schema=arrow_schema(), format="parquet")
        yield from whole.to_batches(columns=list(selection.columns), filter=selection.arrow(), **_ONE_AT_A_TIME)
    except (pa.ArrowException, OSError) as error:
        raise CorpusError(
            f"the Parquet files beside {files[0]} can't be read: {error}",
            next_step="build or download the corpus again; `corpus-loader verify` names the broken file",
        ) from error


def _jsonl(file: Path, selection: Selection) -> Iterator[pa.RecordBatch]:
    from corpus_loader.corpus.reading import typed

    condition = selection.arrow()
    with opened(file) as stream:
        for batch in typed(stream, str(file), workers=os.cpu_count() or 1):
            kept = batch if condition is None else batch.filter(condition)
            yield kept.select(list(selection.columns))
