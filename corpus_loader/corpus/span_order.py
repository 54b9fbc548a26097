"""The rule that JSON Schema has no words for: no span ends before it starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus_loader.corpus.schema import Kind
from corpus_loader.corpus.strict_json import Violation, pointer

__all__ = ["SPANNED", "backward_spans"]

#: The keys that lead to the list whose items have a start and an end, for the kinds of records that have one.
SPANNED: dict[Kind, tuple[str, ...]] = {"article": ("provenance", "evidence"), "rejection": ("candidates",)}


def backward_spans(row: Any, kind: Kind) -> Iterator[Violation]:
    """Every end of the row that lies before its start, in their order, whatever else is wrong with the row."""
    steps = SPANNED.get(kind, ())
    for step in steps:
        row = row.get(step) if isinstance(row, dict) else None
    if not steps or not isinstance(row, list):
        return
    for index, item in enumerate(row):
        start, end = (item.get("start"), item.get("end")) if isinstance(item, dict) else (None, None)
        if type(start) is int and type(end) is int and end < start:
            expected = f"integer from {start} on, or both null: end is one past the last character, start the first"
            yield Violation("span-order", pointer((*steps, index, "end")), f"{end}, before start ({start})", expected)
