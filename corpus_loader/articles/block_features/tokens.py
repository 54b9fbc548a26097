# cython: boundscheck=False, wraparound=False
"""What the start tags around the blocks of an HTML page say: the words of classes and ids."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus_loader.articles.block_features.elements import Elements
from corpus_loader.articles.block_features.keys import ascii_key
from corpus_loader.articles.block_features.rows import Amounts, Rows
from corpus_loader.articles.block_features.word_scores import UNKNOWN, WordScores

__all__ = ["TOKEN_NAMES", "block_tokens", "fill_tokens", "read_starts", "tag_tokens"]

#: What `fill_tokens` writes.
TOKEN_NAMES = (
    *("own_token_low", "own_token_high", "token_low_1", "token_high_1", "token_low", "token_high"),
    "token_sum",
)
#: The start tags of so many elements are read, a block's own first; `token_low_1` looks at so many of them.
_REACH, _NEAREST = 6, 3
#: Attributes that name what an element is, as they stand in a tag with values in double quotes, and in others.
_NAMES = ("class", "id", "itemprop", "role")
_QUOTED_NAMES = tuple(f" {name}".encode() for name in _NAMES)
_BARE_NAMES = tuple(f"{space}{name}".encode() for space in " \n\t\r\f" for name in _NAMES)
_QUOTE, _APOSTROPHE, _EQUALS, _SPACE, _TAG_END = b"\"'= >"
_SMALL_A, _SMALL_Z, _CAPITAL_A, _CAPITAL_Z = b"azAZ"
#: A word has so many small letters or so many capitals.
_SMALL, _CAPITALS = 2, 3
#: No score is so high.
_UNKNOWN = UNKNOWN


def fill_tokens(elements: Elements, scores: WordScores, rows: Rows, row: int) -> None:
    """Write, from that row on, how much the words of the start tags around each block speak for body.

    Args:
        elements: the elements around the blocks.
        scores: how much each word speaks for body.
        rows: the table.
        row: the row of the first of the features.

    """
    tags = len(elements.starts)
    low, high = np.empty(tags), np.empty(tags)
    read_starts(elements.starts, scores, low, high)
    for i in range(elements.own.shape[0]):
        element = elements.own[i]
        lowest, highest, total = 2.0, -2.0, 0.0
        for step in range(_REACH):
            tag = elements.start[element]
            lowest, highest = min(lowest, low[tag]), max(highest, high[tag])
            total += low[tag] + high[tag]
            if step == 0:
                rows[row, i], rows[row + 1, i] = lowest, highest
            elif step == _NEAREST - 1:
                rows[row + 2, i], rows[row + 3, i] = lowest, highest
            element = elements.parents[element]
        rows[row + 4, i], rows[row + 5, i], rows[row + 6, i] = lowest, highest, total


def read_starts(starts: Sequence[str], scores: WordScores, low: Amounts, high: Amounts) -> None:
    """Write the lowest and the highest score of the words in each start tag; zeros where none is known."""
    text = _ascii("".join(starts))  # of all at once: this takes longer than to read a tag
    end = 0
    for tag, start in enumerate(starts):
        begin, end = end, end + len(start)
        low[tag], high[tag] = _said(text, begin, end, scores)


def _said(text: bytes, begin: int, end: int, scores: WordScores) -> tuple[float, float]:
    """The lowest and the highest score of the words in the start tag that stands there; zeros for none."""
    low, high = _UNKNOWN, -_UNKNOWN
    quoted = _is_quoted(text, begin, end)
    value, after = _next_value(text, begin, end, quoted)
    while value < after:
        first, last = _next_word(text, value, after)
        while first < last:
            score = scores.look_up(ascii_key(text, first, last - first))
            if score < _UNKNOWN:
                low, high = min(low, score), max(high, score)
            first, last = _next_word(text, last, after)
        value, after = _next_value(text, after, end, quoted)
    if low > high:
        return 0.0, 0.0
    return low, high


def block_tokens(elements: Elements) -> list[set[str]]:
    """The words of the start tags around each block, in lower case."""
    tokens = [tag_tokens(start) for start in elements.starts]
    found = []
    for i in range(elements.own.shape[0]):
        words: set[str] = set()
        element = elements.own[i]
        for _ in range(_REACH):
            words |= tokens[elements.start[element]]
            element = elements.parents[element]
        found.append(words)
    return found


def tag_tokens(start: str) -> set[str]:
    """The words of a tag's class, id, itemprop and role, in lower case: of `c-postBody__text` post, body, text."""
    found, text, end = set(), _ascii(start), len(start)
    quoted = _is_quoted(text, 0, end)
    value, after = _next_value(text, 0, end, quoted)
    while value < after:
        first, last = _next_word(text, value, after)
        while first < last:
            found.add(start[first:last].lower())
            first, last = _next_word(text, last, after)
        value, after = _next_value(text, after, end, quoted)
    return found


def _ascii(text: str) -> bytes:
    """The characters of a text in their places, others as `?`: words have letters of ASCII alone."""
    return text.encode("ascii", "replace")


def _is_quoted(text: bytes, begin: int, end: int) -> bool:
    """Whether any value of the start tag stands in double quotes. Then those that do not are not read."""
    place = begin + 1
    while place < end and (text[place] != _QUOTE or text[place - 1] != _EQUALS):
        place += 1
    return place < end


def _next_value(text: bytes, place: int, end: int, quoted: bool) -> tuple[int, int]:
    """Where a start tag's next value that names things begins and has ended, from a place on; `end` for none."""
    names = _QUOTED_NAMES if quoted else _BARE_NAMES
    for i in range(place + 1, end - 1):
        if text[i] == _EQUALS and text.endswith(names, place, i):
            value, after = _value(text, i + 1, end, quoted)
            if value < after:
                return value, after
    return end, end


def _value(text: bytes, place: int, end: int, quoted: bool) -> tuple[int, int]:
    """Where the value that stands there begins and has ended; the same place twice for none."""
    quote = _QUOTE if quoted else _APOSTROPHE
    if text[place] == quote:
        for i in range(place + 1, end):
            if text[i] == quote:
                return place + 1, i
    after = place
    while not quoted and after < end and text[after] > _SPACE and text[after] != _TAG_END:
        after += 1
    return place, after


def _next_word(text: bytes, place: int, end: int) -> tuple[int, int]:
    """Where the next word begins and has ended, from a place on; `end` for none.

    A word is two or more small letters, with the capital before them if there is one; or three or more capitals. The
    last capital before small letters is theirs.
    """
    capitals = small = 0  # those just before a place
    for i in range(place, end + 1):
        letter = text[i] if i < end else _SPACE
        if _SMALL_A <= letter <= _SMALL_Z:
            if not small and capitals > _CAPITALS:
                return i - capitals, i - 1
            small += 1
            continue
        if small >= _SMALL:
            return i - small - (capitals > 0), i
        if _CAPITAL_A <= letter <= _CAPITAL_Z:
            capitals = 1 if small else capitals + 1
        elif not small and capitals >= _CAPITALS:
            return i - capitals, i
        else:
            capitals = 0
        small = 0
    return end, end
