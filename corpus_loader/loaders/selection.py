"""Which rows and columns of a corpus: one meaning for every loader, handed down to the files where they are Parquet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_loader.corpus.schema import columns as all_columns
from corpus_loader.errors import UsageError

if TYPE_CHECKING:
    import polars as pl
    import pyarrow.compute as pc

__all__ = ["Day", "Names", "Selection", "select"]

Day = dt.date | str
Names = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for, checked; None and () stand for no condition."""

    languages: tuple[str, ...]
    sources: tuple[str, ...]
    since: dt.date | None
    until: dt.date | None
    #: In the order asked for; all of them in schema order where nothing was asked.
    columns: tuple[str, ...]
    ids: tuple[str, ...] = ()

    def _wanted(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return (("id", self.ids), ("language", self.languages), ("source", self.sources))

    def conditioned(self) -> tuple[str, ...]:
        """The columns that the conditions are about."""
        return (*(name for name, wanted in self._wanted() if wanted), *(("date",) if self.since or self.until else ()))

    def arrow(self) -> pc.Expression | None:
        """The condition on rows as an Arrow expression; None where there is none."""
        import pyarrow.compute as pc

        conditions = []
        for name, wanted in self._wanted():
            if wanted:
                conditions.append(pc.field(name).isin(list(wanted)))
        if self.since:
            conditions.append(pc.field("date") >= self.since)
        if self.until:
            conditions.append(pc.field("date") <= self.until)
        whole = None
        for condition in conditions:
            whole = condition if whole is None else whole & condition
        return whole

    def polars(self) -> list[pl.Expr]:
        """The conditions on rows as Polars expressions."""
        import polars as pl

        conditions = []
        for name, wanted in self._wanted():
            if wanted:
                conditions.append(pl.col(name).is_in(list(wanted)))
        if self.since:
            conditions.append(pl.col("date") >= self.since)
        if self.until:
            conditions.append(pl.col("date") <= self.until)
        return conditions


def select(
    *,
    language: Names | None = None,
    source: Names | None = None,
    since: Day | None = None,
    until: Day | None = None,
    columns: Names | None = None,
) -> Selection:
    """The selection. Raises UsageError for an unknown column, a day that is none, or an interval that is empty."""
    first, last = _day("since", since), _day("until", until)
    if first and last and first > last:
        raise UsageError(
            f"since={first} comes after until={last}: no day is selected", next_step="swap them; both days are included"
        )
    return Selection(_names(language), _names(source), first, last, _columns(columns))


def _names(value: Names | None) -> tuple[str, ...]:
    return () if value is None else _listed(value)


def _listed(value: Names) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _day(name: str, value: Day | None) -> dt.date | None:
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    if isinstance(value, dt.datetime):
        return value.date()
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{name}={value!r} is not a day", next_step="write it as YYYY-MM-DD") from error


def _columns(value: Names | None) -> tuple[str, ...]:
    known = all_columns()
    wanted = known if value is None else _listed(value)
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        what = f"there is no column {_quoted(unknown)}" if unknown else "columns=[] selects nothing"
        raise UsageError(what, next_step=f"take some of {', '.join(known)}")
    if len(set(wanted)) < len(wanted):
        raise UsageError(f"columns={list(wanted)} names a column twice", next_step="name each once")
    return wanted


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)
