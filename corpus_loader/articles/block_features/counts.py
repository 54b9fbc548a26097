# cython: boundscheck=False, wraparound=False
"""How many characters of each kind the lines of a page have, and how many signs."""

from __future__ import annotations

import enum

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.block_features.characters import Characters, Kinds
from corpus_loader.articles.character_classes import CharacterClass

__all__ = ["Counts", "Sign", "count_characters"]

#: For each line the number of its characters of each class, and after these of its signs.
Counts = npt.NDArray[np.intc]

_KINDS = len(CharacterClass)


class Sign(enum.IntEnum):
    """What is counted beside the characters of each class."""

    #: A capital that a word begins with.
    INITIAL = _KINDS
    #: A stop, or several, that a sentence ends with.
    SENTENCE = _KINDS + 1
    #: A colon between digits.
    CLOCK = _KINDS + 2
    #: @
    AT = _KINDS + 3
    #: |
    BAR = _KINDS + 4
    #: #
    HASH = _KINDS + 5
    #: ©
    COPYRIGHT = _KINDS + 6


_COUNTS = _KINDS + len(Sign)
_INITIAL = int(Sign.INITIAL)
_SENTENCE = int(Sign.SENTENCE)
_CLOCK = int(Sign.CLOCK)
_AT = int(Sign.AT)
_BAR = int(Sign.BAR)
_HASH = int(Sign.HASH)
_COPYRIGHT = int(Sign.COPYRIGHT)

_LATIN = int(CharacterClass.LATIN)
_CAPITAL = int(CharacterClass.CAPITAL)
_SPACELESS = int(CharacterClass.SPACELESS)
_DIGIT = int(CharacterClass.DIGIT)
_SPACE = int(CharacterClass.SPACE)
_STOP = int(CharacterClass.STOP)
_COLON = int(CharacterClass.COLON)
_QUOTE = int(CharacterClass.QUOTE)
_BRACKET = int(CharacterClass.BRACKET)
_SYMBOL = int(CharacterClass.SYMBOL)


def count_characters(characters: Characters) -> Counts:
    """The counts of each line; the line break after it is not among them."""
    counts = np.zeros((len(characters.starts), _COUNTS), np.intc)
    _count(characters, counts)
    return counts


def _count(characters: Characters, counts: Counts) -> None:
    text, kinds, starts, ends = characters.text, characters.kinds, characters.starts, characters.ends
    for line in range(counts.shape[0]):
        _count_line(text, kinds, starts[line], ends[line], counts[line])


def _count_line(text: str, kinds: Kinds, start: int, end: int, counts: Counts) -> None:
    """Run by run of characters of one class: its first capital may begin a word, its last stop may end a sentence."""
    before = _SPACE
    while start < end:
        kind, after = kinds[start], start + 1
        while after < end and kinds[after] == kind:
            after += 1
        counts[kind] += after - start
        if kind == _CAPITAL:
            counts[_INITIAL] += before != _LATIN
        elif kind == _STOP:
            counts[_SENTENCE] += _follows_sentence(kinds[after])
        elif kind == _COLON:
            counts[_CLOCK] += before == _DIGIT and kinds[after] == _DIGIT and after - start == 1 and text[start] == ":"
        elif kind == _SYMBOL:
            _count_symbols(text, start, after, counts)
        before, start = kind, after


def _follows_sentence(kind: int) -> bool:
    """Whether a stop before this ends a sentence: those in `3.14` and `example.org` do not."""
    return kind in (_SPACE, _QUOTE, _SPACELESS, _BRACKET)


def _count_symbols(text: str, start: int, end: int, counts: Counts) -> None:
    for place in range(start, end):
        character = text[place]
        if character == "@":
            counts[_AT] += 1
        elif character == "|":
            counts[_BAR] += 1
        elif character == "#":
            counts[_HASH] += 1
        elif character == "©":
            counts[_COPYRIGHT] += 1
