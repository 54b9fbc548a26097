"""What the labeller reads in the start tags around each block: the words of classes and ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

import numpy as np

from corpus_loader.articles.features import Columns
from corpus_loader.articles.lines import Numbers
from corpus_loader.articles.words import score_lines

__all__ = ["StartTags", "start_tag_words"]

_NAMING = re.compile(r' (?:class|id|itemprop|role)="([^"]*)"')
# For the few tags whose attributes have other quotes, or none: the plain search is many times as fast.
_NAMING_UNQUOTED = re.compile(r"""\s(?:class|id|itemprop|role)=('[^']*'|[^\s>]+)""")
#: `c-postBody__text` is post, body, text.
_WORD = re.compile(r"\n|([A-Z]{3,}(?![a-z])|[A-Z]?[a-z]{2,})")
_UNKNOWN = 9.0  # scores lie between −1 and 1


def start_tag_words(start: str) -> set[str]:
    """The words of a start tag's class, id, itemprop and role, in lower case."""
    return {word for word in _words_of(_naming_values(start)) if word}


def _naming_values(start: str) -> list[str]:
    """The values of a start tag's class, id, itemprop and role."""
    return (_NAMING if '="' in start else _NAMING_UNQUOTED).findall(start)


def _words_of(values: Iterable[str]) -> list[str]:
    """The words of all values, in lower case; an empty string ends each value's."""
    words = _WORD.findall("".join([value.replace("\n", " ") + "\n" for value in values]))
    return " ".join(words).lower().split(" ") if words else []


class StartTags:
    """The class and id words of different start tags. One class is on many tags: each value is read once.

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
        #: All values' words, one value after another, with an empty one at its end; the number of each one's value.
        self._words = _words_of(numbers)
        self._value_of_word = np.cumsum(np.fromiter(map(len, self._words), np.intp, len(self._words)) == 0)
        self._value_count = len(numbers)

    def columns(self, near: Numbers, scores: Mapping[str, float]) -> Columns:
        """How much the words of the block's element, and of those around it, speak for body.

        Args:
            near: row by row the numbers of the start tags around each block, its own first.
            scores: how much each word speaks for body.

        """
        found = np.fromiter(map(scores.get, self._words, repeat(_UNKNOWN)), np.float32, len(self._words))
        known = found < _UNKNOWN
        said = score_lines(self._value_of_word[known], found[known], self._value_count)
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
