"""The corpus as Polars frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_loader.corpus.schema import polars_schema
from corpus_loader.errors import CorpusError
from corpus_loader.loaders.batches import batches, selected_schema
from corpus_loader.loaders.place import Corpus, Place, find
from corpus_loader.loaders.selection import Day, Names, Selection, by_name, select

if TYPE_CHECKING:
    import polars as pl

__all__ = ["read_polars", "scan_polars"]


@by_name
def scan_polars(
    corpus: Corpus = None,
    *,
    language: Names | None = None,
    source: Names | None = None,
    since: Day | None = None,
    until: Day | None = None,
    columns: Names | None = None,
    revision: str | None = None,
) -> pl.LazyFrame:
    """The articles as a lazy frame; the arguments, the order and the errors are those of `load_dataset`.

    Of a corpus on the Hub the Parquet files of these languages are fetched, at once, and kept for offline use. Over
    Parquet nothing is read before `collect`, and then only the columns and row groups that the whole query needs.
    A JSONL file is read at once, into memory.
    """
    selection = select(language=language, source=source, since=since, until=until, columns=columns)
    return _frame(find(corpus, revision=revision, selection=selection), selection)


@by_name
def read_polars(
    corpus: Corpus = None,
    *,
    language: Names | None = None,
    source: Names | None = None,
    since: Day | None = None,
    until: Day | None = None,
    columns: Names | None = None,
    revision: str | None = None,
) -> pl.DataFrame:
    """The articles as a frame in memory; the arguments, the order and the errors are those of `load_dataset`."""
    import polars as pl

    frame = scan_polars(
        corpus, language=language, source=source, since=since, until=until, columns=columns, revision=revision
    )
    try:
        return frame.collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise CorpusError(
            f"the corpus can't be read: {error}",
            next_step="build or download it again; `corpus-loader verify` names the broken file",
        ) from error


def _frame(place: Place, selection: Selection) -> pl.LazyFrame:
    import polars as pl

    if place.format == "jsonl":
        import pyarrow as pa

        table = pa.Table.from_batches(batches(place, selection), schema=selected_schema(selection))
        schema = polars_schema()
        return pl.DataFrame(table, schema={name: schema[name] for name in selection.columns}).lazy()
    frame = (
        pl.scan_parquet(list(place.files), schema=polars_schema(), glob=False)
        if place.files
        else pl.LazyFrame(schema=polars_schema())
    )
    for condition in selection.polars():
        frame = frame.filter(condition)
    return frame.select(selection.columns)
