"""Spans that may be wrong, found in lines without parsing them: no automaton compares two numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corpus_loader.corpus.tokens import positions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus_loader.corpus.tokens import Positions

__all__ = ["doubtful_spans"]

_BRACE, _BLANK = b"{ "
#: The words of eight octets that the first key of an evidence and the key of its start spell.
_FIELD, _START = (np.uint64(int.from_bytes(text, "big")) for text in (b'{"field"', b'"start":'))
_END, _NULL = len('"end":'), len("null")

#: How far behind the brace of an evidence the key of its start stands: most often where that of the body's does.
_USUAL = len('{"field":"body",')
_SHIFTS = (_USUAL, *range(_USUAL + 1, 32), *range(12, _USUAL))
#: At most so many octets of an evidence are looked at; a valid one has more.
_LOOKED_AT = 72
#: So many octets are searched in one go: what is found in them is still in the processor's cache.
BLOCK = 2 << 20

#: In each octet of a word the bit that digits have, and neither a comma nor the n of null.
_DIGIT = np.uint64(0x1010101010101010)
_EACH = np.uint64(0x0101010101010101)


def doubtful_spans(data: bytes) -> Positions:
    """Where in lines that the recogniser accepts an evidence begins that may end before it starts, or have one end.

    None that does is missed. Told without need is what is spelled unusually: a key between field and start, as
    candidates have, a long name, a number of eight digits.
    """
    octets = np.frombuffer(data, np.uint8)[:-_LOOKED_AT]
    blocks = (octets[start : start + BLOCK] == _BRACE for start in range(0, len(octets), BLOCK))
    found = [_doubtful(data, positions(braces) + number * BLOCK) for number, braces in enumerate(blocks)]
    return np.concatenate((np.empty(0, np.int64), *found))


def _doubtful(data: bytes, begins: Positions) -> Positions:
    """Those of the braces that begin such an evidence."""
    octets, words = np.frombuffer(data, np.uint8), np.ndarray((len(data) - 7,), ">u8", data, 0, (1,))
    begins, starts, unseen = _starts(words, begins)
    starts += octets[starts] == _BLANK
    first, length = _number(words[starts])
    ends = starts + np.where(length, length, _NULL) + 1  # behind the comma
    ends += octets[ends] == _BLANK
    ends += _END
    ends += octets[ends] == _BLANK
    last, last_length = _number(words[ends])
    half = (length > 0) != (last_length > 0)
    unsure = half | (length == 8) | (last_length == 8) | (first > last)
    return np.concatenate((begins[unsure], unseen))


def _starts(words: NDArray[np.uint64], begins: Positions) -> tuple[Positions, Positions, Positions]:
    """Where evidence begins, where its start is spelled, and where evidence begins whose start was not seen."""
    found = []
    for shift in _SHIFTS:
        seen = words[begins + shift] == _START
        found.append((begins[seen], begins[seen] + (shift + 8)))
        begins = begins[~seen]
        if shift == _USUAL:  # few are left: of these, those in texts are no evidence
            begins = begins[words[begins] == _FIELD]
        if not len(begins):
            break
    there, starts = map(np.concatenate, zip(*found, strict=True))
    return there, starts, begins


def _number(words: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], Positions]:
    """The digits that each word begins with, which compare as numbers do, and how many they are; none in null.

    What stands behind a number is a comma.
    """
    words = words.astype(np.uint64)
    others = ~words & _DIGIT  # of a comma and of n; not of digits
    for distance in (8, 16, 32):
        others |= others >> np.uint64(distance)  # and of what is behind the first of them
    count = ((others >> np.uint64(4)) * _EACH) >> np.uint64(56)
    return words >> (count * np.uint64(8)), 8 - count.astype(np.int64)
