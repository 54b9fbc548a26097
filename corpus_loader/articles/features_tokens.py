"""What the labeller reads in the start tags around each block: the words of classes and ids."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import count

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.features import Columns
from corpus_loader.articles.lines import Numbers
from corpus_loader.articles.words import WordScores, runs, score_lines, word_keys

__all__ = ["StartTags"]

#: Between start tags: no page has it.
_BETWEEN = "\0"
#: Finds the values of class, id, itemprop and role, none of them empty, and the ends of start tags as empty ones.
_NAMING = re.compile(rf'{_BETWEEN}| (?:class|id|itemprop|role)="([^"{_BETWEEN}]+)"')
# For the few tags whose attributes have other quotes, or none: the plain search is many times as fast.
_NAMING_UNQUOTED = re.compile(rf"""{_BETWEEN}|\s(?:class|id|itemprop|role)=('[^'{_BETWEEN}]*'|[^\s>{_BETWEEN}]+)""")


def _naming_values(starts: Sequence[str], numbers: defaultdict[str, int]) -> tuple[Numbers, Numbers]:
    """The numbers of the start tags' values, and beside each the number of its tag; new values are given numbers.

    All tags are read at once: a search for each would take several times as long.
    """
    quoted = ['="' in start for start in starts]
    found = []
    for pattern, kind in ((_NAMING, True), (_NAMING_UNQUOTED, False)):
        tags = np.flatnonzero(np.array(quoted, bool) == kind)
        text = _BETWEEN.join([*(starts[tag] for tag in tags.tolist()), ""])
        values = np.fromiter(map(numbers.__getitem__, pattern.findall(text)), np.intp)
        is_end = values == numbers[""]
        found.append((values[~is_end], tags[np.cumsum(is_end)[~is_end]]))
    return np.concatenate([values for values, _ in found]), np.concatenate([tags for _, tags in found])


class StartTags:
    """The class and id words of different start tags: `c-postBody__text` is post, body, text.

    One class is on many elements: each value is read once.

    Args:
        starts: start tags as written.

    """

    def __init__(self, starts: Sequence[str]) -> None:
        self._n = len(starts)
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        #: The numbers of the tags' values, and the tag's own number beside each.
        self._values, self._tags = _naming_values(starts, numbers)
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
