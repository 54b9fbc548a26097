"""JSONL files against the schema: every broken line, in order, whatever else is wrong with the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import orjson
import pyarrow as pa

from corpus_loader.corpus.jsonlines import LINE_LIMIT, Damage, Lines, LongLine, in_order, pieces
from corpus_loader.corpus.lines import BOM, check_line, too_long
from corpus_loader.corpus.memory import keep_freed_memory
from corpus_loader.corpus.recogniser import recognised
from corpus_loader.corpus.schema import Kind, columns
from corpus_loader.corpus.span_order import SPANNED
from corpus_loader.corpus.span_sieve import doubtful_spans
from corpus_loader.corpus.strict_json import Violation
from corpus_loader.corpus.tokens import positions

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Check", "Problem", "Sifted", "sifted"]

_CRLF = Violation("carriage-return", "", r"lines ended by \r\n", r"lines ended by \n")
_UNENDED = Violation("final-newline", "", r"a last line without \n", r"\n at its end: else nobody sees a cut")


@dataclass(frozen=True, slots=True)
class Problem:
    """One violation, and where it is. A note is worth knowing and breaks no rule."""

    file: str
    #: Counted from 1.
    line: int
    violation: Violation
    note: bool = False

    def __str__(self) -> str:
        wrong = self.violation
        place = f"{self.file}:{self.line}:" + (f" {wrong.pointer}:" if wrong.pointer else "")
        return f"{place} {'note: ' if self.note else ''}found {wrong.found}; expected {wrong.expected} [{wrong.rule}]"


@dataclass(frozen=True, slots=True)
class Sifted:
    """Lines, where each ends, and which of them (by index) the recogniser did not vouch for."""

    data: bytes
    ends: NDArray[np.int64]
    doubtful: NDArray[np.int64]

    def line(self, index: int) -> bytes:
        """That line without its line feed."""
        start = int(self.ends[index - 1]) if index else 0
        return self.data[start : int(self.ends[index]) - 1]


def sifted(data: bytes, kind: Kind = "article") -> Sifted:
    """Whole lines, sifted at once; runs beside other threads."""
    ends = positions(np.frombuffer(data, np.uint8) == ord("\n")) + 1
    offsets = np.concatenate(([0], ends)).astype(np.int32)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(data)]
    lines = pa.Array.from_buffers(pa.string(), len(ends), buffers)
    doubtful = ~recognised(lines, kind) | (np.diff(offsets) > LINE_LIMIT)
    if kind in SPANNED:
        doubtful[np.searchsorted(ends, doubtful_spans(data), "right")] = True
    return Sifted(data, ends, np.flatnonzero(doubtful))


class Check:
    """The check of one stream. Iterate it, once, for the problems, lazily; the counts are true once it is done.

    Without a kind, the first line tells what the lines must be.
    """

    def __init__(self, stream: BinaryIO, name: str, *, kind: Kind | None = None, workers: int = 1) -> None:
        self.name = name
        #: Lines read so far, and how many of them break a rule.
        self.lines = self.broken = 0
        self._stream = stream
        #: What the lines must be; None until the first line has told.
        self.kind = kind
        self._workers = workers
        self._noted: set[str] = set()

    def __iter__(self) -> Iterator[Problem]:
        """Memory stays flat: a piece of the file for each worker and one more is held, whatever its size."""
        keep_freed_memory()
        for piece in in_order(self._sift, self._pieces(), self._workers):
            if isinstance(piece, tuple):
                yield from self._checked(*piece)
            elif isinstance(piece, LongLine):
                self.lines += 1
                yield self._problem(self.lines, too_long(piece.bytes))
            else:
                yield self._problem(self.lines + 1, Violation("damaged", "", piece.why, piece.expected))

    def _pieces(self) -> Iterator[Lines | LongLine | Damage]:
        for piece in pieces(self._stream):
            if self.kind is None and isinstance(piece, Lines):
                self.kind = _kind_of(piece.data)
            yield piece

    def _sift(self, piece: Lines | LongLine | Damage) -> tuple[Sifted, Lines] | LongLine | Damage:
        return (sifted(piece.data, self.kind or "article"), piece) if isinstance(piece, Lines) else piece

    def _checked(self, found: Sifted, piece: Lines) -> Iterator[Problem]:
        before, self.lines = self.lines, self.lines + len(found.ends)
        for index in found.doubtful.tolist():
            line = found.line(index)
            number = before + index + 1
            if line.endswith(b"\r") and (piece.complete or number < self.lines):  # there is a \n behind it
                line = line[:-1]
                yield from self._note(number, _CRLF)
            wrong = check_line(line, self.kind or "article")[1]
            self.broken += bool(wrong)
            yield from (Problem(self.name, number, violation) for violation in wrong)
        if not piece.complete:
            yield from self._note(self.lines, _UNENDED)

    def _problem(self, number: int, violation: Violation) -> Problem:
        self.broken += 1
        return Problem(self.name, number, violation)

    def _note(self, number: int, violation: Violation) -> Iterator[Problem]:
        """The note, the first time."""
        if violation.rule not in self._noted:
            self._noted.add(violation.rule)
            yield Problem(self.name, number, violation, note=True)


#: Of two that are as like, the first is meant.
_KINDS: tuple[Kind, ...] = ("article", "removal", "duplicate", "rejection")


def _kind_of(data: bytes) -> Kind:
    """What the first line seems to be: a record of the kind with which it shares most keys."""
    try:
        row = orjson.loads(data[: data.index(b"\n")].removeprefix(BOM))
    except orjson.JSONDecodeError:
        return "article"
    keys = row.keys() if isinstance(row, dict) else set()
    return max(_KINDS, key=lambda kind: len(keys & set(columns(kind))))
