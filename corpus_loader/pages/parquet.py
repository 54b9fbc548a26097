"""Pages out of Parquet. A page is named by its row, from 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_loader.pages.input_file import InputFile, Item
from corpus_loader.pages.rows import Roles, inner_names, no_page_column, roles_of, row_items, row_numbers

__all__ = ["read_parquet"]

#: Rows that are in memory at a time.
_ROWS = 16
_BUFFER = 1024 * 1024


def read_parquet(input_file: InputFile) -> Iterator[Item]:
    """The pages in row order; only the columns that are needed are read, a few rows at a time."""
    try:
        with pq.ParquetFile(
            input_file.file, buffer_size=_BUFFER, pre_buffer=False, page_checksum_verification=True
        ) as table:
            names = (*table.schema_arrow.names, *inner_names(input_file, partial(_has_key, table.schema_arrow)))
            if wrong := no_page_column(input_file, names):
                yield input_file.rejection(None, "unreadable", f"{wrong}; all {table.metadata.num_rows} rows are lost")
            else:
                yield from _rows(input_file, table, roles_of(input_file, names))
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        what = str(error).partition("\n")[0].replace(str(input_file.file), input_file.name)
        yield input_file.rejection(None, "unreadable", f"the Parquet file is broken, its further rows are lost: {what}")


def _has_key(schema: pa.Schema, column: str, key: str) -> bool:
    at = schema.get_field_index(column)
    held = schema.field(at).type if at >= 0 else None
    return isinstance(held, pa.StructType) and bool(held.get_field_index(key) >= 0)


def _rows(input_file: InputFile, table: pq.ParquetFile, roles: Roles) -> Iterator[Item]:
    wanted = row_numbers(input_file)
    columns = sorted(set(roles.values()))
    first = 0
    for group in range(table.num_row_groups):
        size = table.metadata.row_group(group).num_rows
        if wanted is None or any(first <= number < first + size for number in wanted):
            batches = table.iter_batches(_ROWS, row_groups=[group], columns=columns, use_threads=False)
            for number, row in enumerate(_unpacked(batches), start=first):
                if wanted is None or number in wanted:
                    yield from row_items(input_file, number, row, roles)
        first += size


def _unpacked(batches: Iterable[pa.RecordBatch]) -> Iterator[dict[str, Any]]:
    for batch in batches:
        values = [_values(column) for column in batch.columns]
        for row in zip(*values, strict=True):
            yield dict(zip(batch.schema.names, row, strict=True))


def _values(column: pa.Array) -> list[Any]:
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        # Some writers put bytes of any encoding into a column of text: they are decoded as a page's bytes are.
        return list(column.cast(pa.large_binary()).to_pylist())
