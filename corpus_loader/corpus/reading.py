"""JSONL files of articles as typed Arrow batches; what the validator would refuse is never read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, NoReturn, TypeAlias

import pyarrow as pa

from corpus_loader.corpus.columns import UnsureError, record_batch
from corpus_loader.corpus.jsonlines import LINE_LIMIT, Damage, Lines, LongLine, in_order, pieces
from corpus_loader.corpus.lines import check_line, too_long
from corpus_loader.corpus.memory import keep_freed_memory
from corpus_loader.corpus.rows import from_row, to_line
from corpus_loader.corpus.strict_json import Violation
from corpus_loader.corpus.validation import Problem
from corpus_loader.errors import SchemaError
from corpus_loader.spelling import shell_word

__all__ = ["typed"]

#: Bytes of lines that are read at a time: enough to pay for a batch, few enough that its memory is used again.
BATCH = 6 << 20
#: So many bytes that hold something unusual are read line by line.
LITTLE = 64 << 10

#: What lines give: their batches, or the index of the first broken one with what is wrong there.
Outcome: TypeAlias = "list[pa.RecordBatch] | tuple[int, tuple[Violation, ...]]"


def typed(stream: BinaryIO, name: str, *, workers: int = 1) -> Iterator[pa.RecordBatch]:
    """Lazily, the articles of the stream in order. Raises SchemaError at the first broken line: file:line and why."""
    keep_freed_memory()
    before = 0
    for outcome in in_order(_read, pieces(stream, size=BATCH), workers):
        if isinstance(outcome, tuple):
            _refuse(name, before + outcome[0] + 1, outcome[1])
        before += sum(batch.num_rows for batch in outcome)
        yield from outcome


def _read(piece: Lines | LongLine | Damage) -> Outcome:
    if isinstance(piece, LongLine):
        return 0, (too_long(piece.bytes),)
    if isinstance(piece, Damage):
        return 0, (Violation("damaged", "", piece.why, piece.expected),)
    return _batches(piece.data)


def _batches(data: bytes) -> Outcome:
    """Lines that hold something unusual, such as one over the limit, are halved until it is alone with a few."""
    if len(data) <= LINE_LIMIT:
        with suppress(UnsureError):
            return [record_batch(data)]
    middle = data.rfind(b"\n", 0, len(data) // 2) + 1
    if len(data) <= LITTLE or not middle or _is_unusual(data):
        return _one_by_one(data)
    first = _batches(data[:middle])
    if isinstance(first, tuple):
        return first
    second = _batches(data[middle:])
    if isinstance(second, tuple):
        return sum(batch.num_rows for batch in first) + second[0], second[1]
    return first + second


def _is_unusual(data: bytes) -> bool:
    """Are its first and its last line unusual? Then all of a file is, most likely, and halving would find no others."""
    first, last = data[: data.index(b"\n") + 1], data[data.rfind(b"\n", 0, -1) + 1 :]
    for line in (first, last):
        with suppress(UnsureError):
            record_batch(line)
            return False
    return True


def _one_by_one(data: bytes) -> Outcome:
    spelled: list[bytes] = []
    for index, line in enumerate(data.split(b"\n")[:-1]):
        row, violations = check_line(line.removesuffix(b"\r"))
        if row is None:
            return index, violations
        spelled.append(to_line(from_row(row)))
    return [record_batch(b"".join(spelled))]


def _refuse(name: str, number: int, violations: tuple[Violation, ...]) -> NoReturn:
    first, *more = (str(Problem(name, number, violation)) for violation in violations)
    raise SchemaError(
        first + (f" (and {len(more)} more in that line)" if more else ""),
        next_step=f"see every broken line: corpus-loader validate --schema article {shell_word(name)}",
    )
