"""Where every value of some JSONL lines stands, found without parsing, and sure that nothing else stands there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Positions: TypeAlias = NDArray[np.int64]

__all__ = ["Layout", "Leaf", "Tokens", "UnsureError", "positions", "sure"]

#: What `_key_colons` has seen of every key.
_KEY_END = b'":'
_LINE_FEED, _BLANK, _QUOTE, _COLON, _BACKSLASH, _N = b'\n ":\\n'


class UnsureError(Exception):
    """The lines may be valid or not: they must be looked at one by one."""


class Leaf(NamedTuple):
    """A key whose value is text, a number or null."""

    name: str
    node: dict[str, Any]
    #: Which of the keys of its line, or of its item, it is.
    place: int
    #: The octets between the value before it and its own: its key and more.
    before: bytes


class Layout(NamedTuple):
    """How a line is spelled: leaves, then a list of items that have leaves only."""

    line: tuple[Leaf, ...]
    #: How many keys a line has that are not in items: of leaves, of what holds leaves, of the list.
    keys: int
    #: The octets between the last leaf of a line and its first item, and between the last item and the next line.
    opening: bytes
    closing: bytes
    item: tuple[Leaf, ...]
    #: The octets between an item and the next, the brace of the first included.
    between: bytes
    colon: bytes


class Tokens:
    """The values of the lines, by key. Every octet that is no value is compared with what the layout says.

    Everything here raises UnsureError, or IndexError, where the lines are not as the layout says.
    """

    def __init__(self, data: bytes, layout: Layout) -> None:
        self._data, self._layout = data, layout
        self._octets = octets = np.frombuffer(data, np.uint8)
        keys = _key_colons(octets)
        first, begins = _lines(octets, keys + len(layout.colon) - len(layout.line[0].before))
        self._ends = np.append(begins[1:], len(data))
        counts, left = np.divmod(np.diff(np.append(first, len(keys))) - layout.keys, len(layout.item))
        sure(not left.any() and not (counts < 0).any())
        self._filled = counts > 0
        #: Where the items of each line start among all items.
        self.offsets: Positions = np.concatenate(([0], np.cumsum(counts)))
        keys += len(layout.colon)
        of_lines = first + np.arange(layout.keys)[:, None]
        in_items = np.ones(len(keys), bool)
        in_items[of_lines] = False
        #: Where the values start, by leaf and by line or item.
        self._starts: Positions = keys[of_lines[[leaf.place for leaf in layout.line]]]
        self._item_starts: Positions = np.ascontiguousarray(keys[in_items].reshape(-1, len(layout.item)).T)
        #: Where the items of each line start in the data.
        self._lists: Positions = keys[of_lines[-1]] + 1

    def of_lines(self) -> list[pa.Array]:
        """For each leaf of the lines the values as they are spelled, text without its quotes; null where they are."""
        layout, starts = self._layout, self._starts
        empty = ~self._filled
        sure(self._lists[empty] == self._ends[empty] - len(layout.closing))
        last = self._lists - len(layout.opening)
        spelled = self._spelled(layout.line, starts, last)
        self._sure_before(self._lists[None], (layout.opening,))
        self._sure_of_ends(self._ends, layout.closing)
        return spelled

    def of_items(self) -> list[pa.Array]:
        """The same for each leaf of the items, item after item."""
        layout, starts = self._layout, self._item_starts
        braces = starts[0] - len(layout.item[0].before)
        is_first = np.zeros(len(braces), bool)
        is_first[self.offsets[:-1][self._filled]] = True
        sure(braces[is_first] == self._lists[self._filled])
        self._sure_before(braces[None, ~is_first], (layout.between,))
        ends = self._ends[self._filled]
        self._sure_of_ends(ends, b"}" + layout.closing)
        last = np.roll(braces, -1) - len(layout.between)
        last[self.offsets[1:][self._filled] - 1] = ends - len(layout.closing) - 1
        return self._spelled(layout.item, starts, last)

    def _spelled(self, leaves: tuple[Leaf, ...], starts: Positions, last: Positions) -> list[pa.Array]:
        """The values that start there, by leaf; those of the last leaf stop where `last` says."""
        befores = tuple(leaf.before for leaf in leaves)
        stops = np.vstack([starts[1:] - np.array([[len(before)] for before in befores[1:]]), last])
        sure(starts < stops)
        self._sure_before(starts, befores, known=len(_KEY_END) if self._layout.colon == b":" else 0)
        leading = self._octets.take(starts)
        there = leading != _N
        nulls = starts[~there]
        self._sure_before(nulls[None] + 4, (b"null",))
        sure(stops[~there] == nulls + 4)
        text = np.array([["string" in leaf.node["type"]] for leaf in leaves])
        quoted = there & text
        sure((leading == _QUOTE) == quoted)
        starts, stops = starts + text, stops - text
        sure(starts <= stops)
        sure(self._octets[stops[quoted]] == _QUOTE)
        return self._slices(starts, stops, there)

    def _slices(self, starts: Positions, stops: Positions, there: NDArray[np.bool_]) -> list[pa.Array]:
        """These slices of the data as texts, null where nothing is there. The slices of a row follow one another."""
        rows, columns = starts.shape
        if not columns:
            return [pa.array([], pa.string())] * rows
        bounds = np.empty((rows, 2 * columns), np.int32)
        bounds[:, 0::2], bounds[:, 1::2] = starts, stops
        whole = [bool(row.all()) for row in there]
        validity = np.packbits(there, axis=1, bitorder="little")
        every_second = pa.py_buffer(np.arange(0, 2 * columns, 2))
        found = []
        for row in range(rows):
            buffers = [None, pa.py_buffer(bounds[row]), pa.py_buffer(self._data)]
            indices = [None if whole[row] else pa.py_buffer(validity[row]), every_second]
            everything = pa.Array.from_buffers(pa.string(), 2 * columns - 1, buffers)
            found.append(everything.take(pa.Array.from_buffers(pa.int64(), columns, indices)))
        return found

    def _sure_before(self, positions: Positions, texts: tuple[bytes, ...], *, known: int = 0) -> None:
        """Right before all positions of a row stands the text of that row; compared in words of eight octets.

        Its last octets are not looked at again where so many are known.
        """
        rows, back, masks, expected = _words(texts, known)
        words = np.ndarray((len(self._data) - 7,), "<u8", self._data, 0, (1,))
        sure((words[positions[rows] - back] & masks) == expected)

    def _sure_of_ends(self, ends: Positions, text: bytes) -> None:
        found = self._octets[ends[:, None] + np.arange(-len(text), 0)]
        sure(found == np.frombuffer(text, np.uint8))


@cache
def _words(texts: tuple[bytes, ...], known: int) -> tuple[Positions, Positions, NDArray[np.uint64], NDArray[np.uint64]]:
    """The words that spell the texts, each with its text, how far before the text's end it starts, and its mask."""
    found = []
    for row, text in enumerate(texts):
        unknown = text[: len(text) - known]
        for start in {*range(0, len(unknown) - 8, 8), max(0, len(unknown) - 8)}:
            part = unknown[start : start + 8]
            mask, word = (int.from_bytes(octets, "little") for octets in (b"\xff" * len(part), part))
            found.append((row, len(text) - start, mask, word))
    rows, back, masks, expected = zip(*found, strict=True)
    places = np.array(rows), np.array(back)[:, None]
    return *places, np.array(masks, np.uint64)[:, None], np.array(expected, np.uint64)[:, None]


def positions(rare: NDArray[np.bool_]) -> Positions:
    """Where it is true, if it seldom is: eight octets without any are passed in one step."""
    whole = len(rare) & ~7
    words = rare[:whole].view(np.uint64)
    some = np.flatnonzero(words != 0)
    within = np.flatnonzero(words[some].view(np.bool_))
    return np.concatenate(((some[within >> 3] << 3) + (within & 7), np.flatnonzero(rare[whole:]) + whole))


def sure(true: NDArray[np.bool_] | bool | np.bool_) -> None:
    """Raises UnsureError where it is not true of all."""
    if not (true if isinstance(true, bool) else true.all()):
        raise UnsureError


def _lines(octets: NDArray[np.uint8], begins: Positions) -> tuple[NDArray[np.intp], Positions]:
    """Which keys are the first of a line, and where the lines begin; each key would be at the start of one, if so.

    Every line begins with such a key, and no control character but its line feed is in it.
    """
    first = np.flatnonzero(octets.take(begins - 1) == _LINE_FEED)  # before the first octet stands the last
    begins = begins[first]
    sure(len(begins) > 0 and begins[0] == 0 and octets[-1] == _LINE_FEED)
    sure(np.count_nonzero(octets < _BLANK) == len(begins))
    return first, begins


def _key_colons(octets: NDArray[np.uint8]) -> Positions:
    r"""Where the colon after every key is.

    Other quotes before a colon are `\"` inside a text, and the opening quote of a text that starts with a colon.
    """
    colons = np.flatnonzero(octets == _COLON)
    colons = colons[octets.take(colons - 1) == _QUOTE]
    before = octets.take(colons - 2)
    keys: Positions = colons[(before != _BACKSLASH) & (before != _COLON) & (before != _BLANK)]
    return keys
