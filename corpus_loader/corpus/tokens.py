"""Where every value of some JSONL lines stands, found without parsing, and sure that nothing else stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Positions: TypeAlias = NDArray[np.int64]

__all__ = ["Layout", "Leaf", "Tokens", "UnsureError", "sure"]

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


class Span(NamedTuple):
    """Where the values of a leaf start and stop, by line or by item."""

    leaf: Leaf
    starts: Positions
    stops: Positions


class Tokens:
    """The values of the lines, by key. Every octet that is no value is compared with what the layout says.

    Everything here raises UnsureError where the lines are not as the layout says.
    """

    def __init__(self, data: bytes, layout: Layout) -> None:
        self._data, self._layout = data, layout
        self._octets = octets = np.frombuffer(data, np.uint8)
        self._ends = _line_ends(octets)
        self._begins = np.concatenate(([0], self._ends[:-1]))
        keys = _key_colons(octets)
        first = np.searchsorted(keys, self._begins)
        counts, left = np.divmod(np.diff(np.append(first, len(keys))) - layout.keys, len(layout.item))
        sure(not left.any() and not (counts < 0).any())
        self._filled = counts > 0
        #: Where the items of each line start among all items.
        self.offsets: Positions = np.concatenate(([0], np.cumsum(counts)))
        keys += len(layout.colon)
        of_lines = first + np.arange(layout.keys)[:, None]
        in_items = np.ones(len(keys), bool)
        in_items[of_lines] = False
        #: Where the value starts, by key and line or item.
        self._starts: Positions = keys[of_lines]
        self._item_starts: Positions = np.ascontiguousarray(keys[in_items].reshape(-1, len(layout.item)).T)
        #: Where the items of each line start in the data.
        self._lists: Positions = self._starts[-1] + 1

    def in_lines(self) -> list[Span]:
        """The values of each leaf of the lines."""
        layout = self._layout
        starts = [self._starts[leaf.place] for leaf in layout.line]
        nexts = [*starts[1:], self._lists]
        befores = [*(leaf.before for leaf in layout.line[1:]), layout.opening]
        stops = [after - len(before) for after, before in zip(nexts, befores, strict=True)]
        spans = list(map(Span, layout.line, starts, stops))
        self._sure_of(spans)
        sure(starts[0] == self._begins + len(layout.line[0].before))
        self._sure_before(self._lists, layout.opening)
        self._sure_before(self._ends, layout.closing)
        empty = ~self._filled
        sure(self._lists[empty] == self._ends[empty] - len(layout.closing))
        return spans

    def in_items(self) -> list[Span]:
        """The values of each leaf of the items, item after item."""
        layout, starts = self._layout, list(self._item_starts)
        braces = starts[0] - len(layout.item[0].before)
        last = self.offsets[1:][self._filled] - 1
        stops = np.empty_like(braces)
        stops[:-1] = braces[1:] - len(layout.between)
        stops[last] = self._ends[self._filled] - len(layout.closing) - 1
        inner = [after - len(leaf.before) for leaf, after in zip(layout.item[1:], starts[1:], strict=True)]
        spans = list(map(Span, layout.item, starts, [*inner, stops]))
        self._sure_of(spans)
        self._sure_before(stops[last] + 1, b"}")
        is_first = np.zeros(len(braces), bool)
        is_first[self.offsets[:-1][self._filled]] = True
        sure(braces[is_first] == self._lists[self._filled])
        self._sure_before(braces[~is_first], layout.between)
        return spans

    def texts(self, leaf: Leaf, starts: Positions, stops: Positions) -> pa.Array:
        """The values as they are spelled, text without its quotes; null where they are."""
        leading = self._octets[starts]
        there = leading != _N
        if not there.all():
            self._sure_before(starts[~there] + 4, b"null")
            sure(stops[~there] == starts[~there] + 4)
        if "string" in leaf.node["type"]:
            starts, stops = starts + 1, stops - 1
            closing = stops if there.all() else stops[there]
            sure((leading == _QUOTE) | ~there)
            sure(starts <= stops)
            sure(self._octets[closing] == _QUOTE)
        return self._slices(starts, stops, there)

    def _slices(self, starts: Positions, stops: Positions, there: NDArray[np.bool_]) -> pa.Array:
        """These slices of the data, which do not overlap, as an array of text."""
        if not len(starts):
            return pa.array([], pa.string())
        bounds = np.empty(2 * len(starts), np.int32)
        bounds[0::2], bounds[1::2] = starts, stops
        everything = [None, pa.py_buffer(bounds), pa.py_buffer(self._data)]
        validity = None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))
        indices = [validity, pa.py_buffer(np.arange(0, 2 * len(starts), 2))]
        values = pa.Array.from_buffers(pa.string(), len(bounds) - 1, everything)
        return values.take(pa.Array.from_buffers(pa.int64(), len(starts), indices))

    def _sure_of(self, spans: list[Span]) -> None:
        """Each value has a length, and before each stands what should."""
        for span in spans:
            sure(span.starts < span.stops)
        for span in spans:
            self._sure_before(span.starts, span.leaf.before)

    def _sure_before(self, positions: Positions, text: bytes) -> None:
        """Right before each of the positions stands this text; compared in words of up to eight octets."""
        width = 1 << min(len(text).bit_length() - 1, 3)
        words = np.ndarray((len(self._octets) - width + 1,), f"<u{width}", self._octets, 0, (1,))
        for start in {*range(0, len(text) - width, width), len(text) - width}:
            found = words[positions - (len(text) - start)]
            sure(found == int.from_bytes(text[start : start + width], "little"))


def sure(true: NDArray[np.bool_] | bool | np.bool_) -> None:
    """Raises UnsureError where it is not true of all."""
    if not (true if isinstance(true, bool) else true.all()):
        raise UnsureError


def _line_ends(octets: NDArray[np.uint8]) -> Positions:
    """The position after every line feed; no other control character is there."""
    controls = np.flatnonzero(octets < _BLANK)
    sure(octets[controls] == _LINE_FEED)
    sure(len(controls) > 0 and controls[-1] == len(octets) - 1)
    return controls + 1


def _key_colons(octets: NDArray[np.uint8]) -> Positions:
    r"""Where the colon after every key is.

    Other quotes before a colon are `\"` inside a text, and the opening quote of a text that starts with a colon.
    """
    colons = np.flatnonzero(octets == _COLON)
    colons = colons[octets[colons - 1] == _QUOTE]
    before = octets[colons - 2]
    keys: Positions = colons[(before != _BACKSLASH) & (before != _COLON) & (before != _BLANK)]
    return keys
