"""JSONL files of articles as typed Arrow batches; what the validator would refuse is never read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NoReturn, TypeAlias

import pyarrow as pa

from corpus_loader.corpus.columns import record_batch
from corpus_loader.corpus.jsonlines import Damage, Lines, LongLine, in_order, pieces
from corpus_loader.corpus.lines import check_line, too_long
from corpus_loader.corpus.rows import from_row, to_line
from corpus_loader.corpus.strict_json import Violation
from corpus_loader.corpus.validation import Problem, Sifted, sifted
from corpus_loader.errors import SchemaError

__all__ = ["typed"]

#: Bytes of lines that become one batch: the arrays of one fit the processor's cache.
BATCH = 2 << 20

#: What one piece of a file gives: its batches, or the index of its first broken line with what is wrong there.
Outcome: TypeAlias = "list[pa.RecordBatch] | tuple[int, tuple[Violation, ...]]"


def typed(stream: BinaryIO, name: str, *, workers: int = 1) -> Iterator[pa.RecordBatch]:
    """Lazily, the articles of the stream in order. Raises SchemaError at the first broken line: file:line and why."""
    before = 0
    for lines, outcome in in_order(_read, pieces(stream), workers):
        if isinstance(outcome, tuple):
            _refuse(name, before + outcome[0] + 1, outcome[1])
        before += lines
        yield from outcome


def _read(piece: Lines | LongLine | Damage) -> tuple[int, Outcome]:
    """How many lines the piece has, and what it gives."""
    if isinstance(piece, LongLine):
        return 1, (0, (too_long(piece.bytes),))
    if isinstance(piece, Damage):
        return 0, (0, (Violation("damaged", "", piece.why, "the whole file"),))
    found = sifted(piece.data)
    return len(found.ends), (_spelled(found) if len(found.doubtful) else _batches(found.data))


def _spelled(found: Sifted) -> Outcome:
    """The columns of lines some of which the recogniser did not vouch for: the valid ones are spelled anew."""
    spelled: list[bytes] = []
    done = 0
    for index in found.doubtful.tolist():
        line = found.line(index)
        row, violations = check_line(line.removesuffix(b"\r"))
        if row is None:
            return index, violations
        start = int(found.ends[index - 1]) if index else 0
        spelled += (found.data[done:start], to_line(from_row(row)))
        done = int(found.ends[index])
    spelled.append(found.data[done:])
    return _batches(b"".join(spelled))


def _batches(data: bytes) -> list[pa.RecordBatch]:
    batches = []
    start = 0
    while start < len(data):
        stop = data.find(b"\n", start + BATCH) + 1 or len(data)
        batches.append(record_batch(data[start:stop]))
        start = stop
    return batches


def _refuse(name: str, number: int, violations: tuple[Violation, ...]) -> NoReturn:
    first, *more = (str(Problem(name, number, violation)) for violation in violations)
    raise SchemaError(
        first + (f" (and {len(more)} more in that line)" if more else ""),
        next_step=f"see every broken line: corpus-loader validate {name}",
    )
