# cython: boundscheck=False, wraparound=False
"""Find any of many phrases in one walk through a text: the automaton of Aho and Corasick (1975)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["PhraseMatcher"]

#: Kinds of characters: all that no phrase has; white space, which ends at U+3000; then one for each other character.
_OTHER, _SPACE = 0, 1
_SPACES = [char for char in map(chr, range(0x3001)) if char.isspace()]
#: Letters that are no form of the letter they stand for, or not by Unicode: Turkish has «TAKİP», and writes ı as I.
_OTHER_FORMS = {"ς": "σ", "ẞ": "ß", "ſ": "s", "\N{KELVIN SIGN}": "k", "İ": "i", "ı": "i"}

#: Whole numbers as C has them.
_Numbers = npt.NDArray[np.intc]


class PhraseMatcher:
    """Finds phrases wherever they stand in a text, also inside words, whatever the case of letters.

    A space in a phrase stands for any white space.

    Args:
        phrases: those that are found; each has a character that is no white space.

    """

    def __init__(self, phrases: Iterable[str]) -> None:
        spaced = [" ".join(phrase.split()) for phrase in phrases]
        letters = sorted({_folded(char) for char in "".join(spaced)} - {" "})
        kinds = {" ": _SPACE} | {char: kind for kind, char in enumerate(letters, _SPACE + 1)}
        self._kinds = _kinds_of_code_points(spaced, kinds)
        steps, lengths = _trie([[kinds[_folded(char)] for char in phrase] for phrase in spaced], len(kinds) + 1)
        _complete(steps, lengths)
        self._steps, self._lengths = steps, lengths

    def find(self, text: str) -> int:
        """Where the phrase begins that ends first, the longest of those that end there; -1 where the text has none."""
        state, before = 0, _OTHER
        for place in range(len(text)):
            code = ord(text[place])
            kind = self._kinds[code] if code < self._kinds.shape[0] else _OTHER
            if kind != _SPACE or before != _SPACE:
                state = self._steps[state, kind]
                if self._lengths[state]:
                    return self._start(text, place, self._lengths[state])
            before = kind
        return -1

    def _start(self, text: str, place: int, length: int) -> int:
        """Where a phrase begins that is so long, a run of white space counted as one character, and ends at `place`."""
        for _ in range(length - 1):
            is_space = text[place].isspace()
            place -= 1
            while is_space and text[place].isspace():
                place -= 1
        return place


def _folded(char: str) -> str:
    folded = _OTHER_FORMS.get(char) or char.casefold()
    return folded if len(folded) == 1 else char


def _kinds_of_code_points(phrases: Iterable[str], kinds: Mapping[str, int]) -> npt.NDArray[np.int16]:
    """The kind of each code point up to the last one that is not `_OTHER`."""
    chars = "".join((*phrases, *kinds))
    letters = {letter for char in chars for letter in (char, char.lower(), char.upper(), char.title())}
    letters |= _OTHER_FORMS.keys()
    known = {ord(letter): kinds[_folded(letter)] for letter in letters if len(letter) == 1 and _folded(letter) in kinds}
    known |= dict.fromkeys(map(ord, _SPACES), _SPACE)
    found = np.zeros(max(known) + 1, np.int16)
    found[list(known)] = list(known.values())
    return found


def _trie(phrases: Sequence[Sequence[int]], kinds: int) -> tuple[_Numbers, _Numbers]:
    """For each beginning of phrases the one that is longer by a character of each kind, 0 for none; and its length.

    Beginning 0 is the empty one. One that is no whole phrase has length 0.
    """
    beginnings: list[dict[int, int]] = [{}]
    ends = {}
    for phrase in phrases:
        at = 0
        for kind in phrase:
            if kind not in beginnings[at]:
                beginnings[at][kind] = len(beginnings)
                beginnings.append({})
            at = beginnings[at][kind]
        ends[at] = len(phrase)
    steps, lengths = np.zeros((len(beginnings), kinds), np.intc), np.zeros(len(beginnings), np.intc)
    for at, longer in enumerate(beginnings):
        for kind, beginning in longer.items():
            steps[at, kind] = beginning
    lengths[list(ends)] = list(ends.values())
    return steps, lengths


def _complete(steps: _Numbers, lengths: _Numbers) -> None:
    """Where no beginning is longer by a character, the step leads to the longest one that a text then ends with.

    A beginning that ends with a phrase has the length of that phrase.
    """
    shorter = np.zeros(len(lengths), np.intc)  # the longest other beginning that each one ends with
    order = np.zeros(len(lengths), np.intc)  # by length: what is shorter is complete
    known = 1
    for place in range(len(lengths)):
        at = order[place]
        for kind in range(steps.shape[1]):
            longer = steps[at, kind]
            if longer:
                order[known] = longer
                known += 1
            if at:
                if longer:
                    shorter[longer] = steps[shorter[at], kind]
                else:
                    steps[at, kind] = steps[shorter[at], kind]
        if not lengths[at]:
            lengths[at] = lengths[shorter[at]]
