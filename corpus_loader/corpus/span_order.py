"""What is true of a start and its end together: both are there or neither, and no span ends before it starts.

The schema states what each of them is alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus_loader.corpus.schema import Kind
from corpus_loader.corpus.strict_json import Violation, pointer

__all__ = ["SPANNED", "span_faults"]

#: The keys that lead to the list whose items have a start and an end, for the kinds of records that have one.
SPANNED: dict[Kind, tuple[str, ...]] = {"article": ("provenance", "evidence"), "rejection": ("candidates",)}

_MEANT = "end is one past the last character, start the first"


def span_faults(row: Any, kind: Kind) -> Iterator[Violation]:
    """Every span of the row that ends before it starts or has one end only, in order, whatever else is wrong."""
    steps = SPANNED.get(kind, ())
    for step in steps:
        row = row.get(step) if isinstance(row, dict) else None
    if not steps or not isinstance(row, list):
        return
    for index, item in enumerate(row):
        if isinstance(item, dict) and "start" in item and "end" in item:
            yield from _faults(item["start"], item["end"], (*steps, index))


def _faults(start: Any, end: Any, path: tuple[str | int, ...]) -> Iterator[Violation]:
    if end is None and _is_whole(start):
        yield Violation("span-half", pointer((*path, "end")), f"null, but start is {start}", _from(start))
    elif start is None and _is_whole(end):
        expected = f"integer up to {end}, or both null: {_MEANT}"
        yield Violation("span-half", pointer((*path, "start")), f"null, but end is {end}", expected)
    elif _is_whole(start) and _is_whole(end) and end < start:
        yield Violation("span-order", pointer((*path, "end")), f"{end}, before start ({start})", _from(start))


def _from(start: float) -> str:
    return f"integer from {start} on, or both null: {_MEANT}"


def _is_whole(value: Any) -> bool:
    """Is it an integer as JSON Schema understands it, which may be spelled 7.0?"""
    return type(value) is int or (type(value) is float and value.is_integer())
