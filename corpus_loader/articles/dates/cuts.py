# cython: boundscheck=False, wraparound=False
"""A text cut into the tokens that dates are made of: words, numbers and signs; compiled.

The coarse cut leaves letters and digits that are written together in one («15م»), and knows no marks inside of words.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import Final

from corpus_loader.articles.dates.folding import INVISIBLE, MARKS

__all__ = ["SKIPPED", "likely_words", "spans_of", "tags_of"]

_MARK: Final = re.compile(f"[{MARKS}]")
#: What prints nothing: outside of words the fine cut leaves it out.
SKIPPED: Final = re.compile(f"[{INVISIBLE}{MARKS}]")
#: A clock written onto its year, «201514:30»: so many digits of both.
_YEAR, _YEAR_AND_HOUR = 4, 6
#: The bits of a hash of a word.
_HASH = 0xFFFF


def spans_of(text: str, start: int, stop: int, most: int = sys.maxsize) -> list[tuple[int, int]]:
    """Where the tokens of a part of the text stand, cut finely; the first ones where there are more than `most`."""
    spans: list[tuple[int, int]] = []
    place = start
    while place < stop and len(spans) < most:
        end = _fine_end(text, place, stop)
        if end > place:
            spans.append((place, end))
        place = max(end, place + 1)
    return spans


def tags_of(text: str, is_fine: bool, classes: dict[str, str], likely: bytes) -> tuple[str, list[int]]:
    """The class of each token, joined, and where each begins; words that are not `likely` have the class `#`."""
    tags: list[str] = []
    starts: list[int] = []
    place, stop = 0, len(text)
    while place < stop:
        end = _fine_end(text, place, stop) if is_fine else _coarse_end(text, place, stop)
        if end > place:
            starts.append(place)
            tags.append(classes[text[place:end]] if _may_be(text, place, end, likely) else "#")
        place = max(end, place + 1)
    return "".join(tags), starts


def likely_words(words: Iterable[str]) -> bytes:
    """What `tags_of` looks words up in, by their hashes: 1 where some word of ASCII letters may be one of these."""
    found = bytearray(_HASH + 1)
    for word in words:
        number = 0
        for letter in word:
            number = (number * 31 + (ord(letter) | 32)) & _HASH
        found[number] = 1
    return bytes(found)


def _may_be(text: str, start: int, end: int, likely: bytes) -> int:
    """Is the token likely, or anything but letters of ASCII?"""
    number = 0
    for place in range(start, end):
        letter = ord(text[place]) | 32
        if not 97 <= letter <= 122:
            return 1
        number = (number * 31 + letter) & _HASH
    return likely[number]


def _coarse_end(text: str, place: int, stop: int) -> int:
    """Where the token ends that begins at this place; the place itself where none does."""
    end = place
    while end < stop and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return end if end > place or text[place] == " " else place + 1


def _fine_end(text: str, place: int, stop: int) -> int:
    """The same for the fine cut."""
    end = place
    while end < stop and text[end].isdecimal():
        end += 1
    if end > place:
        if end == place + _YEAR_AND_HOUR and end + 1 < len(text) and text[end] == ":" and text[end + 1].isdecimal():
            return place + _YEAR
        return end
    while end < stop:
        letter = text[end]
        if letter < "0" or letter.isdecimal():
            break
        if not letter.isalnum() and (letter < "\xad" or end == place or not _MARK.match(text, end)):
            break
        end += 1
    if end > place:
        return end
    letter = text[place]
    if letter != "\n" and (letter.isspace() or (letter >= "\xad" and SKIPPED.match(text, place))):
        return place
    return place + 1
