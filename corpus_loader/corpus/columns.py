"""JSONL lines as Arrow columns, without parsing them: where the keys stand is known, so the values lie between.

The lines are vouched for on the way: what lies between two values must be, octet for octet, what the schema's keys in
their order spell, and every value one that the schema allows there. So no line with another, a missing or a repeated
key becomes a row. That is sound, not complete: lines that are spelled in another way are for the validator.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_loader.corpus.schema import Kind, arrow_schema, definition
from corpus_loader.corpus.tokens import Layout, Leaf, Tokens, UnsureError, sure
from corpus_loader.corpus.values import checked, sure_of_match

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["UnsureError", "record_batch"]


def record_batch(data: bytes, kind: Kind = "article") -> pa.RecordBatch:
    """The lines as one batch of `arrow_schema(kind)`, in their order. The line feeds are part of `data`.

    Takes keys in schema order, with a blank after every "," and ":" or after none: as `json.dumps` and this package
    write them. Raises UnsureError where a line is spelled otherwise, or is not valid.
    """
    schema = arrow_schema(kind)
    spaced = _layout(kind, spaced=True)
    layout = spaced if data.startswith(spaced.line[0].before) else _layout(kind, spaced=False)
    try:
        _sure_of_encoding(data)
        tokens = Tokens(data, layout)
        of_lines = list(zip(layout.line, tokens.of_lines(), strict=True))
        of_items = zip(layout.item, tokens.of_items(), strict=True)
        leaves = {leaf.name: checked(spelled, leaf.node) for leaf, spelled in of_lines}
        _sure_of_conditions({leaf.name: spelled for leaf, spelled in of_lines}, definition(kind))
        items = [checked(spelled, leaf.node) for leaf, spelled in of_items]
        _sure_of_spans({leaf.name: values for leaf, values in zip(layout.item, items, strict=True)})
    except (ValueError, IndexError) as error:  # what Arrow finds invalid is a ValueError too
        raise UnsureError from error
    return pa.record_batch([_column(field, leaves, items, tokens.offsets) for field in schema], schema=schema)


def _sure_of_conditions(spelled: dict[str, pa.Array], node: dict[str, Any]) -> None:
    """Where one value has that spelling, the others match these patterns."""
    for condition in node.get("allOf", ()):
        for name, test in condition["if"]["properties"].items():
            met = pc.equal(spelled[name], test["const"])
            if met.true_count:
                for other, wanted in condition["then"]["properties"].items():
                    sure_of_match(spelled[other].filter(met), wanted["pattern"])


def _sure_of_spans(items: dict[str, pa.Array]) -> None:
    """No end lies before its start, and none of both is there alone."""
    sure(not pc.less(items["end"], items["start"]).true_count)
    sure(items["end"].is_valid().equals(items["start"].is_valid()))


def _column(
    field: pa.Field, leaves: dict[str, pa.Array], items: list[pa.Array], offsets: NDArray[np.int64]
) -> pa.Array:
    """The column of a field: a struct is made of the columns of its own fields, the list of those of its items."""
    if pa.types.is_struct(field.type):
        children = [_column(child, leaves, items, offsets) for child in field.type]
        return pa.StructArray.from_arrays(children, fields=list(field.type))
    if not pa.types.is_list(field.type):
        return leaves[field.name]
    values = pa.StructArray.from_arrays(items, fields=list(field.type.value_type))
    buffers = [None, pa.py_buffer(offsets.astype(np.int32))]
    return pa.Array.from_buffers(field.type, len(offsets) - 1, buffers, children=[values])


def _sure_of_encoding(data: bytes) -> None:
    """All the octets are UTF-8; so is any part of them that starts and stops at ASCII."""
    bounds = pa.py_buffer(np.array([0, len(data)], np.int64))
    pa.Array.from_buffers(pa.large_binary(), 1, [None, bounds, pa.py_buffer(data)]).cast(pa.large_string())


@cache
def _layout(kind: Kind, *, spaced: bool) -> Layout:
    comma, colon = (b", ", b": ") if spaced else (b",", b":")
    leaves: list[Leaf] = []
    before, index, depth = b"", 0, 0
    node: dict[str, Any] = definition(kind)
    while node["type"] == "object":
        before, depth = before + b"{", depth + 1
        for name, child in node["properties"].items():
            before += b'"%b"%b' % (name.encode(), colon)
            if child["type"] not in ("object", "array"):
                leaves.append(Leaf(name, child, index, before))
                before = comma
            index += 1
        node = child  # only the last field of an object nests
    items: list[Leaf] = []
    for number, (name, child) in enumerate(node["items"]["properties"].items()):
        items.append(Leaf(name, child, number, b'%b"%b"%b' % (comma if number else b"{", name.encode(), colon)))
    closing = b"]" + b"}" * depth + b"\n"
    return Layout(tuple(leaves), index, before + b"[", closing, tuple(items), b"}" + comma, colon)
