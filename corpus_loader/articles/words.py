"""How much the words of a line speak for body or for furniture, as learned from the pages of many sites."""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.features import Columns, Vector

__all__ = ["line_words", "score_lines", "word_columns"]

# Letters of a word that count: more would split a word's endings into different words.
_WORD = re.compile(r"\n|([^\W\d_]{3,7})[^\W\d_]*")
#: Characters of a line that are read: furniture shows at its beginning.
_READ = 200
#: Words of so many lines each way count for a line too, the nearer the more.
_AROUND = 6
_KERNEL = np.power(0.75, np.arange(_AROUND + 1), dtype=np.float32)
_KERNEL[0] = 0


def _words(texts: Sequence[str]) -> list[str]:
    """The beginnings of the lines' words, in lower case; an empty string ends each line."""
    return _WORD.findall("".join([text[:_READ] + "\n" for text in texts]).lower())


def line_words(texts: Sequence[str]) -> list[set[str]]:
    """The beginnings of each line's words, in lower case."""
    found: list[set[str]] = [set()]
    for word in _words(texts):
        if word:
            found[-1].add(word)
        else:
            found.append(set())
    return found[:-1]


class Said(NamedTuple):
    """What the words of each line say."""

    #: The number of words, and of those with a score.
    words: npt.NDArray[np.intp]
    known: npt.NDArray[np.intp]
    #: The sum, the lowest and the highest of the scores; 0 where there is none.
    total: Vector
    low: Vector
    high: Vector


_UNKNOWN = 9.0  # scores lie between −1 and 1


def score_lines(words: Sequence[str], scores: Mapping[str, float], n: int) -> Said:
    """What the words of `n` lines say; an empty string ends each line."""
    found = np.fromiter(map(scores.get, words, itertools.repeat(_UNKNOWN)), np.float32, len(words))
    ending = np.fromiter(map(operator.not_, words), bool, len(words))
    line = np.cumsum(ending)
    known = found < _UNKNOWN
    owner, score = line[known], found[known]
    low, high = np.zeros((2, n), np.float32)
    if len(owner):
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        low[owner[starts]] = np.minimum.reduceat(score, starts)
        high[owner[starts]] = np.maximum.reduceat(score, starts)
    return Said(
        np.bincount(line[~ending], minlength=n),
        np.bincount(owner, minlength=n),
        np.bincount(owner, score, n).astype(np.float64),
        low,
        high,
    )


def word_columns(texts: Sequence[str], scores: Mapping[str, float]) -> Columns:
    """The word features of every block, by name; zeros for a line without known words.

    Args:
        texts: the text of each block.
        scores: for beginnings of words, how much they speak for body.

    """
    n = len(texts)
    said = score_lines(_words(texts), scores, n)
    mean, low, high = said.total / np.maximum(said.known, 1), np.minimum(said.low, 0), np.maximum(said.high, 0)
    behind = np.convolve(-low, _KERNEL)[:n]
    ahead = np.convolve(-low[::-1], _KERNEL)[:n][::-1]
    padded = np.concatenate([np.zeros(_AROUND), mean, np.zeros(_AROUND)])
    return {
        "words_mean": mean,
        "words_low": low,
        "words_high": high,
        "page_words_known": said.known.sum() / max(said.words.sum(), 1),
        "words_known": said.known / np.maximum(said.words, 1),
        "words_low_behind": behind,
        "words_low_ahead": ahead,
        "words_mean_around": np.convolve(padded, np.ones(2 * _AROUND + 1), "valid"),
    }
