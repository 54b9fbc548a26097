"""Columns of values out of their spellings in JSON, and sure that the schema allows each."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from corpus_loader.corpus.tokens import UnsureError, positions, sure

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["checked", "sure_of_match"]

_QUOTE, _BACKSLASH = b'"\\'
_ZERO = np.uint8(ord("0"))

#: The character that each letter after a backslash stands for; 0 where it is no short escape.
_SHORT_ESCAPES = np.zeros(256, np.uint8)
_SHORT_ESCAPES[list(b'"/bfnrt')] = list(b'"/\b\f\n\r\t')

#: Texts of fewer octets on average are worth hashing, so that what is repeated is looked at once.
SHORT = 100
#: At most so many short texts are remembered together as matching a pattern.
FEW = 32

#: A text of so many characters, each of one ASCII class.
_SAME_CHARACTERS = re.compile(r"\^\[([a-z0-9-]+)\]\{([0-9]+)\}\$")
_NUMBER = r"\A-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\z"


def checked(spelled: pa.Array, node: dict[str, Any]) -> pa.Array:
    """The values of these spellings, text without its quotes, typed. Raises UnsureError where one may be not valid."""
    types = [node["type"]] if isinstance(node["type"], str) else node["type"]
    sure("null" in types or not spelled.null_count)
    if "string" in types:
        return _text(spelled, node)
    return _integers(spelled, node) if "integer" in types else _numbers(spelled, node)


def _text(spelled: pa.Array, node: dict[str, Any]) -> pa.Array:
    """What the schema spells out as a whole has neither quote nor backslash in it, so it needs no look for escapes."""
    if "enum" in node:
        sure(set(spelled.unique().to_pylist()) <= {*node["enum"], None})
        return spelled
    pattern = node.get("pattern", "")
    texts = spelled if pattern.startswith("^") else _unescaped(spelled)
    if pattern:
        sure_of_match(texts, pattern)
    return texts.cast(pa.date32()) if node.get("format") == "date" else texts


def sure_of_match(texts: pa.Array, pattern: str) -> None:
    """Every text matches the pattern of the schema, or is null."""
    if (spelled := _SAME_CHARACTERS.fullmatch(pattern)) is not None:
        sure(_are_spelled_in(texts, spelled[1], int(spelled[2])))
    else:
        _sure_of_search(texts, pattern)


def _are_spelled_in(texts: pa.Array, characters: str, length: int) -> bool:
    """Has every text so many characters, all of these? Arrow would compile the expression for every batch."""
    _, offsets, octets = texts.buffers()
    there = len(texts) - texts.null_count
    if octets is None:
        return not there
    bounds = np.frombuffer(offsets, np.int32)[: len(texts) + 1]
    if bounds[-1] - bounds[0] != length * there or (np.diff(bounds) > length).any():
        return False
    return bool(_ascii_class(characters).take(np.frombuffer(octets, np.uint8)[bounds[0] : bounds[-1]]).all())


@cache
def _ascii_class(characters: str) -> NDArray[np.bool_]:
    found = re.compile(f"[{characters}]", re.ASCII)
    return np.array([octet < 0x80 and found.fullmatch(chr(octet)) is not None for octet in range(256)])


def _begin_with_match(texts: pa.Array, pattern: str) -> bool:
    """Is the first character of every text one that the pattern searches? A language has few of them."""
    begins = pc.utf8_slice_codeunits(texts, 0, 1).unique().to_pylist()
    return all(first is None or _is_found(pattern, first) for first in begins)


@lru_cache(maxsize=1 << 12)
def _is_found(pattern: str, character: str) -> bool:
    return re.search(pattern, character) is not None


def _sure_of_search(texts: pa.Array, pattern: str) -> None:
    if texts.nbytes < SHORT * len(texts):
        texts = texts.unique()
        if len(texts) <= FEW:
            sure(_few_match(frozenset(texts.to_pylist()) - {None}, pattern))
            return
    sure((pattern.startswith("[^") and _begin_with_match(texts, pattern)) or _match(texts, pattern))


def _match(texts: pa.Array, pattern: str) -> bool:
    return bool(pc.match_substring_regex(texts, pattern=_for_re2(pattern)).false_count == 0)


@lru_cache(maxsize=1 << 10)
def _few_match(texts: frozenset[str], pattern: str) -> bool:
    """An outlet's name or a rule's is the same in batch after batch, and a pattern takes long to compile."""
    return _match(pa.array(sorted(texts), pa.string()), pattern)


@cache
def _for_re2(pattern: str) -> str:
    anchored = re.sub(r"^\^(.*)\$$", r"\\A\1\\z", pattern)  # "$" would match before a line feed
    return re.sub(r"\\u([0-9a-f]{4})", r"\\x{\1}", anchored)


def _integers(spelled: pa.Array, node: dict[str, Any]) -> pa.Array:
    """Whole numbers without sign, point, exponent or leading zero."""
    _, offsets, digits = spelled.buffers()
    if digits is not None and digits.size:
        octets, bounds = np.frombuffer(digits, np.uint8), np.frombuffer(offsets, np.int32)[: len(spelled) + 1]
        sure(octets - _ZERO <= 9)  # what lies below the digits wraps around
        sure((octets[np.minimum(bounds[:-1], len(octets) - 1)] != _ZERO) | (np.diff(bounds) < 2))
    return _within(spelled.cast(pa.int64()), node)


def _numbers(spelled: pa.Array, node: dict[str, Any]) -> pa.Array:
    encoded = spelled.dictionary_encode()
    _sure_of_search(encoded.dictionary, _NUMBER)
    return _within(encoded.dictionary.cast(pa.float64()), node).take(encoded.indices)


def _within(values: pa.Array, node: dict[str, Any]) -> pa.Array:
    if values.null_count < len(values):
        limits = pc.min_max(values).as_py()
        sure(node["minimum"] <= limits["min"] and limits["max"] <= node["maximum"])
    return values


def _unescaped(texts: pa.Array) -> pa.Array:
    """The texts that these spellings stand for."""
    validity, offsets, spelled = texts.buffers()
    if spelled is None:
        return texts
    octets = np.frombuffer(spelled, np.uint8)
    slashes = positions(octets == _BACKSLASH)
    quotes = np.count_nonzero(octets == _QUOTE)
    if not len(slashes):
        sure(not quotes)
        return texts
    letters = octets[np.minimum(slashes + 1, len(octets) - 1)]
    meant = _SHORT_ESCAPES[letters]
    if not meant.all():
        return _parsed(texts)
    sure(quotes == np.count_nonzero(letters == _QUOTE))
    bounds = np.frombuffer(offsets, np.int32)[: len(texts) + 1]
    passed = np.searchsorted(slashes, bounds)
    sure(slashes[passed - 1] != bounds - 1)  # no escape is cut by the end of its text
    # what lies between two backslashes is copied in one go: far faster than a mask of the bytes
    cuts = np.concatenate(([0], np.stack([slashes, slashes + 1], axis=1).ravel(), [len(octets)])).astype(np.int32)
    parts = pa.Array.from_buffers(pa.binary(), len(cuts) - 1, [None, pa.py_buffer(cuts), spelled])
    content = np.frombuffer(parts.take(pa.array(np.arange(0, len(parts), 2))).buffers()[2], np.uint8)
    content[slashes - np.arange(len(slashes))] = meant
    buffers = [validity, pa.py_buffer((bounds - passed).astype(np.int32)), pa.py_buffer(content)]
    return pa.Array.from_buffers(pa.string(), len(texts), buffers, null_count=texts.null_count)


def _parsed(texts: pa.Array) -> pa.Array:
    r"""The same for texts with \\ or \u among their escapes, by the parser."""
    parsed: list[str | None] = []
    for spelled in texts.cast(pa.binary()).to_pylist():
        try:
            parsed.append(None if spelled is None else orjson.loads(b'"%b"' % spelled))
        except orjson.JSONDecodeError as error:
            raise UnsureError from error
    sure(not any(text and "\0" in text for text in parsed))
    return pa.array(parsed, pa.string())
