"""Which rows and columns of a corpus: one meaning for every loader, handed down to the files where they are Parquet."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from corpus_loader.corpus.schema import columns as all_columns
from corpus_loader.errors import UnnamedError, UsageError

if TYPE_CHECKING:
    import polars as pl
    import pyarrow.compute as pc

__all__ = ["Day", "Names", "Selection", "by_name", "select"]

P = ParamSpec("P")
R = TypeVar("R")

Day = dt.date | str
Names = str | Sequence[str] | AbstractSet[str]

#: So many names that a corpus holds are told to somebody who has asked for another.
SHOWN = 12
#: As alike are a name and its misspelling; two short hosts with one ending are less.
CLOSE = 0.75


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for, checked; None and () stand for no condition."""

    #: Names are sorted: their order means nothing.
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

    def refuse_unknown(self, where: str, *, language: Collection[str], source: Collection[str]) -> None:
        """Raises UsageError for a language or source that is not among those of the corpus: a slip, most likely.

        A corpus without any article holds no names, and none is refused.
        """
        for what, wanted, held in (("language", self.languages, language), ("source", self.sources, source)):
            unknown = [name for name in wanted if name not in held]
            if held and unknown:
                raise UsageError(
                    f"{where} holds no article whose {what} is {_quoted(unknown)}", next_step=_nearest(unknown[0], held)
                )

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


def by_name(loader: Callable[P, R]) -> Callable[P, R]:
    """The loader; an argument after the corpus that has no name is an UnnamedError."""

    @wraps(loader)
    def named(*arguments: P.args, **options: P.kwargs) -> R:
        if len(arguments) > 1:
            raise UnnamedError(
                f"{loader.__name__} takes only the corpus without a name, and {arguments[1]!r} has none",
                next_step=f"write what it is: language={arguments[1]!r}, or source, since, until",
            )
        return loader(*arguments, **options)

    return named


def select(
    *,
    language: Names | None = None,
    source: Names | None = None,
    since: Day | None = None,
    until: Day | None = None,
    columns: Names | None = None,
) -> Selection:
    """The selection. Raises UsageError for an argument that can't mean anything, or that selects nothing by itself."""
    first, last = _day("since", since), _day("until", until)
    if first and last and first > last:
        raise UsageError(
            f"since={first} comes after until={last}: no day is selected", next_step="swap them; both days are included"
        )
    return Selection(_names("language", language), _names("source", source), first, last, _columns(columns))


def _names(what: str, value: Names | None) -> tuple[str, ...]:
    if value is None:
        return ()
    if not (names := _listed(what, value)):
        raise UsageError(f"{what}={value!r} selects nothing", next_step=f"leave {what} out to select every {what}")
    return tuple(sorted(set(names)))


def _listed(what: str, value: Names) -> tuple[str, ...]:
    """One name or several, in their order; a set has none, and is sorted."""
    names: tuple[object, ...] = (value,) if isinstance(value, str) else tuple(_iterable(value))
    if isinstance(value, dict) or not all(isinstance(name, str) and name.isprintable() for name in names):
        raise UsageError(f"{what}={value!r} is neither a name nor a list of names", next_step=f'write {what}="…"')
    texts = tuple(str(name) for name in names)
    return tuple(sorted(texts)) if isinstance(value, AbstractSet) else texts


def _iterable(value: object) -> Iterable[object]:
    return value if isinstance(value, Iterable) else (value,)


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
    wanted = known if value is None else _listed("columns", value)
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        what = f"there is no column {_quoted(unknown)}" if unknown else f"columns={value!r} selects nothing"
        raise UsageError(what, next_step=f"take some of {', '.join(known)}; or leave columns out to have all")
    if len(set(wanted)) < len(wanted):
        raise UsageError(f"columns={list(wanted)} names a column twice", next_step="name each once")
    return wanted


def _nearest(unknown: str, held: Collection[str]) -> str:
    """What to take in the place of an unknown name: what is spelled alike, and what there is."""
    names = sorted(held)
    folded = unknown.lower()
    near = (
        difflib.get_close_matches(folded, names, n=3, cutoff=CLOSE) or [n for n in names if folded and folded in n][:3]
    )
    more = f", and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    there = f"it holds {', '.join(names[:SHOWN])}{more}"
    return f"did you mean {' or '.join(near)}? {there}" if near else there


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)
