"""What the labeller reads in the start tags around each block: the words of classes and ids."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.features import Columns
from corpus_loader.articles.lines import Numbers
from corpus_loader.articles.words import WordScores, runs, score_lines, word_keys

__all__ = ["StartTags"]

_NAMING = re.compile(r' (?:class|id|itemprop|role)="([^"]*)"')
# For the few tags whose attributes have other quotes, or none: the plain search is many times as fast.
_NAMING_UNQUOTED = re.compile(r"""\s(?:class|id|itemprop|role)=('[^']*'|[^\s>]+)""")


def _naming_values(start: str) -> list[str]:
    """The values of a start tag's class, id, itemprop and role."""
    return (_NAMING if '="' in start else _NAMING_UNQUOTED).findall(start)


class StartTags:
    """The class and id words of different start tags: `c-postBody__text` is post, body, text.

    One class is on many elements: each value is read once.

    Args:
        starts: start tags as written.

    """

    def __init__(self, starts: Sequence[str]) -> None:
        self._n = len(starts)
        numbers: dict[str, int] = {}
        read = [[numbers.setdefault(value, len(numbers)) for value in _naming_values(start)] for start in starts]
        #: Tag by tag the numbers of its values, and the tag's own number beside each.
        self._values = np.array([number for values in read for number in values], np.intp)
        self._tags = np.repeat(np.arange(self._n), [len(values) for values in read])
        self._value_count = len(numbers)
        self._text = "\n".join([*numbers, ""]).encode("ascii", "replace")
        codes = np.frombuffer(self._text, np.uint8)
        self._places, self._lengths = _words(codes)
        self._keys = word_keys(codes | _CASE, self._places, self._lengths)
        #: The number of each word's value.
        ends = np.cumsum(np.fromiter(map(len, numbers), np.intp, len(numbers)) + 1)
        self._value = np.searchsorted(ends, self._places, "right")

    def words(self) -> list[set[str]]:
        """The words of each tag, in lower case."""
        text = self._text.decode().lower()
        of_value: list[set[str]] = [set() for _ in range(self._value_count)]
        spans = (self._value, self._places, self._lengths)
        for value, place, length in zip(*(span.tolist() for span in spans), strict=True):
            of_value[value].add(text[place : place + length])
        found: list[set[str]] = [set() for _ in range(self._n)]
        for tag, value in zip(self._tags.tolist(), self._values.tolist(), strict=True):
            found[tag] |= of_value[value]
        return found

    def columns(self, near: Numbers, scores: WordScores) -> Columns:
        """How much the words of the block's element, and of those around it, speak for body.

        Args:
            near: row by row the numbers of the start tags around each block, its own first.
            scores: how much each word speaks for body.

        """
        known, score = scores.look_up(self._keys)
        said = score_lines(self._value[known], score, self._value_count)
        telling = said.known[self._values] > 0
        tags, values = self._tags[telling], self._values[telling]
        low, high = np.zeros((2, self._n), np.float32)
        low[tags], high[tags] = 2, -2
        np.minimum.at(low, tags, said.low[values])
        np.maximum.at(high, tags, said.high[values])
        lows, highs = low[near], high[near]
        return {
            "own_token_low": lows[0],
            "own_token_high": highs[0],
            "token_low_1": lows[:3].min(axis=0),
            "token_high_1": highs[:3].max(axis=0),
            "token_low": lows.min(axis=0),
            "token_high": highs.max(axis=0),
            "token_sum": (lows + highs).sum(axis=0),
        }


#: The bit that tells small letters from capitals in ASCII.
_CASE = np.uint8(32)


def _words(codes: npt.NDArray[np.uint8]) -> tuple[Numbers, Numbers]:
    """The places and lengths of the words, in order.

    A word is two or more small letters, with the capital before them if there is one; or three or more capitals.
    """
    small, capital = codes - np.uint8(ord("a")) < 26, codes - np.uint8(ord("A")) < 26
    places, lengths = runs(small)
    words = lengths > 1
    with_capital = capital[places[words] - 1]  # at place 0 this is the last character, a line break
    places, lengths = places[words] - with_capital, lengths[words] + with_capital
    upper, sizes = runs(capital)
    sizes = sizes - small[upper + sizes]  # the last capital before small letters is theirs
    words = sizes > 2
    places, lengths = np.concatenate([places, upper[words]]), np.concatenate([lengths, sizes[words]])
    order = np.argsort(places, kind="stable")
    return places[order], lengths[order]
