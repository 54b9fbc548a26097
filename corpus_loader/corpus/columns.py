"""JSONL lines as Arrow columns, without parsing them: where the keys stand is known, so the values lie between.

Only for valid lines whose keys stand in schema order, which the recogniser or `rows.to_line` vouches for. Every value
is a slice of the bytes that were read; Arrow gathers the slices of a column, and turns digits into numbers and days.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import orjson
import pyarrow as pa

from corpus_loader.corpus.recogniser import line_ends, positions
from corpus_loader.corpus.schema import Kind, arrow_schema, definition

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["record_batch"]

_QUOTE, _COLON, _BLANK, _BACKSLASH, _N = b'": \\n'

#: The character that each letter after a backslash stands for; 0 where it is no short escape.
_SHORT_ESCAPES = np.zeros(256, np.uint8)
_SHORT_ESCAPES[list(b'"/bfnrt')] = list(b'"/\b\f\n\r\t')


class _Layout(NamedTuple):
    """The keys of a line in their order: first each once, the last of which is a list; then those of each item."""

    fixed: tuple[str, ...]
    #: Which of the fixed keys hold an object or the list: their values are made of other keys' values.
    holders: tuple[int, ...]
    item: tuple[str, ...]
    #: Characters after the last value of the last item: `}` of the item, `]` of the list, `}` of each object.
    closing: int


def record_batch(data: bytes, kind: Kind = "article") -> pa.RecordBatch:
    """The lines as one batch of `arrow_schema(kind)`, in their order. The line feeds are part of `data`."""
    tokens = _Tokens(data, _layout(kind))
    columns = {name: tokens.fixed(index) for index, name in enumerate(tokens.layout.fixed[:-1])}
    schema = arrow_schema(kind)
    return pa.record_batch([_column(columns, tokens, field) for field in schema], schema=schema)


def _column(columns: dict[str, pa.Array], tokens: _Tokens, field: pa.Field) -> pa.Array:
    """The column of a field: a struct is made of the columns of its own fields, the list of those of its items."""
    if pa.types.is_struct(field.type):
        children = [_column(columns, tokens, child) for child in field.type]
        return pa.StructArray.from_arrays(children, fields=list(field.type))
    if not pa.types.is_list(field.type):
        return _typed(columns[field.name], field.type)
    item = field.type.value_type
    children = [_typed(tokens.item(index), child.type) for index, child in enumerate(item)]
    items = pa.StructArray.from_arrays(children, fields=list(item))
    offsets = pa.py_buffer(tokens.list_offsets)
    return pa.Array.from_buffers(field.type, len(tokens.list_offsets) - 1, [None, offsets], children=[items])


@cache
def _layout(kind: Kind) -> _Layout:
    fixed: list[str] = []
    holders: list[int] = []
    node: dict[str, Any] = definition(kind)
    while node["type"] == "object":  # only the last field of an object nests
        fixed += node["properties"]
        holders.append(len(fixed) - 1)
        node = list(node["properties"].values())[-1]
    return _Layout(tuple(fixed), tuple(holders), tuple(node["items"]["properties"]), len("}]") + len(holders))


class _Tokens:
    """Where every value of the lines stands, and the values of each key as a column of text."""

    def __init__(self, data: bytes, layout: _Layout) -> None:
        self.layout = layout
        octets = np.frombuffer(data, np.uint8)
        ends = line_ends(data)
        keys = _key_ends(octets)
        first = np.searchsorted(keys, np.concatenate(([0], ends[:-1])))
        counts = np.diff(np.append(first, len(keys)))
        items, left = np.divmod(counts - len(layout.fixed), len(layout.item))
        if left.any() or (items < 0).any():
            raise ValueError("a line has not the keys of the schema")
        self._first = first
        self._is_item = np.ones(len(keys), bool)
        self._is_item[(first[:, None] + np.arange(len(layout.fixed))).ravel()] = False
        self.list_offsets = np.concatenate(([0], np.cumsum(items))).astype(np.int32)
        self._items = np.flatnonzero(self._is_item).reshape(-1, len(layout.item))
        starts, stops = self._values(octets, keys, ends, counts)
        leading = octets[starts]
        self._null = leading == _N
        text = leading == _QUOTE
        # one array over all the bytes: each value, and between two values what is none
        bounds = np.stack([starts + text, stops - text], axis=1).ravel()
        self._all = pa.Array.from_buffers(
            pa.string(), len(bounds) - 1, [None, pa.py_buffer(bounds), pa.py_buffer(data)]
        )

    def _values(
        self, octets: NDArray[np.uint8], keys: NDArray[np.int32], ends: NDArray[np.int64], counts: NDArray[np.int64]
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Where the value of each key starts, and where it stops: before the comma before the next key."""
        starts = keys + 2
        starts += octets[starts] == _BLANK
        names = np.zeros(len(keys), np.int32)
        for index, name in enumerate(self.layout.fixed):
            names[self._first + index] = len(name)
        names[self._items] = [len(name) for name in self.layout.item]
        commas = keys - names - 2  # `,"name":`
        commas[self._items[:, 0]] -= 1  # `,{"name":`
        commas -= octets[commas] == _BLANK
        stops = np.append(commas[1:], np.int32(0))
        stops[self._items[:, -1]] -= 1  # `},`
        stops[self._first + counts - 1] = ends - 1 - self.layout.closing
        holders = (self._first[:, None] + np.array(self.layout.holders)).ravel()
        stops[holders] = starts[holders]
        return starts, stops

    def fixed(self, index: int) -> pa.Array:
        """The texts of a key that each line has once; null where the value is."""
        return self._take(self._first + index)

    def item(self, index: int) -> pa.Array:
        """The texts of a key of the items, item after item."""
        return self._take(self._items[:, index])

    def _take(self, where: NDArray[np.int64]) -> pa.Array:
        null = self._null[where]
        validity = pa.py_buffer(np.packbits(~null, bitorder="little")) if null.any() else None
        return self._all.take(pa.Array.from_buffers(pa.int64(), len(where), [validity, pa.py_buffer(2 * where)]))


def _key_ends(octets: NDArray[np.uint8]) -> NDArray[np.int32]:
    r"""Where the closing quote of every key is.

    Other quotes before a colon are `\"` inside a text, and the opening quote of a text that starts with a colon.
    """
    quotes = positions(octets, _COLON).astype(np.int32) - 1
    quotes = quotes[octets[quotes] == _QUOTE]
    before = octets[quotes - 1]
    keys: NDArray[np.int32] = quotes[(before != _BACKSLASH) & (before != _COLON) & (before != _BLANK)]
    return keys


def _typed(texts: pa.Array, kind: pa.DataType) -> pa.Array:
    return _unescaped(texts) if pa.types.is_string(kind) else texts.cast(kind)


def _unescaped(texts: pa.Array) -> pa.Array:
    """The texts that these spellings stand for."""
    validity, offsets, spelled = texts.buffers()
    if spelled is None:
        return texts
    octets = np.frombuffer(spelled, np.uint8)
    slashes = positions(octets, _BACKSLASH)
    if not len(slashes):
        return texts
    meant = _SHORT_ESCAPES[octets[np.minimum(slashes + 1, len(octets) - 1)]]
    if not meant.all():
        return _parsed(texts)
    # what lies between two backslashes is copied in one go: far faster than a mask of the bytes
    cuts = np.concatenate(([0], np.stack([slashes, slashes + 1], axis=1).ravel(), [len(octets)])).astype(np.int32)
    parts = pa.Array.from_buffers(pa.binary(), len(cuts) - 1, [None, pa.py_buffer(cuts), spelled])
    content = np.frombuffer(parts.take(pa.array(np.arange(0, len(parts), 2))).buffers()[2], np.uint8)
    content[slashes - np.arange(len(slashes))] = meant
    bounds = np.frombuffer(offsets, np.int32)[: len(texts) + 1]
    moved = (bounds - np.searchsorted(slashes, bounds)).astype(np.int32)
    buffers = [validity, pa.py_buffer(moved), pa.py_buffer(content)]
    return pa.Array.from_buffers(pa.string(), len(texts), buffers, null_count=texts.null_count)


def _parsed(texts: pa.Array) -> pa.Array:
    r"""The same for texts with \\ or \u among their escapes, by the parser."""
    spelled = texts.cast(pa.binary()).to_pylist()
    parsed = orjson.loads(b'["' + b'","'.join(text or b"" for text in spelled) + b'"]')
    return pa.array([None if text is None else value for text, value in zip(spelled, parsed, strict=True)], pa.string())
