"""How much the words of a line speak for body or for furniture, as learned from the pages of many sites."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.batch import Characters
from corpus_loader.articles.character_classes import CharacterClass, class_of_code_points
from corpus_loader.articles.features import Columns
from corpus_loader.articles.lines import Lines, Numbers, Vector

__all__ = ["WordScores", "Words", "line_words", "read_words", "runs", "score_lines", "word_columns", "word_keys"]

#: Letters of a word that count: more would split a word's endings into different words.
_SHORTEST, _LONGEST = 3, 7
#: Characters of a line that are read: furniture shows at its beginning.
_READ = 200
#: Words of so many lines each way count for a line too, the nearer the more.
_AROUND = 6

Keys = npt.NDArray[np.uint64]


class Words(NamedTuple):
    """The beginnings of words, in lower case, as numbers that can be looked up."""

    keys: Keys
    #: The number of each word's line.
    line: Numbers


class _Beginnings(NamedTuple):
    """Where the beginnings of words are among characters in lower case."""

    codes: npt.NDArray[np.uint32]
    places: Numbers
    lengths: Numbers


def _beginnings(characters: Characters) -> _Beginnings:
    """The beginnings of the words at the lines' beginnings: words are runs of letters."""
    letter = characters.kinds <= CharacterClass.SPACELESS
    starts, ends = characters.starts, characters.ends
    for line in np.flatnonzero(ends - starts > _READ).tolist():
        letter[starts[line] + _READ : ends[line]] = False
    places, lengths = runs(letter)
    words = lengths >= _SHORTEST
    return _Beginnings(_small_letters().take(characters.codes), places[words], np.minimum(lengths[words], _LONGEST))


@functools.cache
def _small_letters() -> npt.NDArray[np.uint32]:
    """Each code point, or the small letter of a capital: by itself, so that no character moves."""
    found = np.arange(0x110000, dtype=np.uint32)
    capital = np.flatnonzero(class_of_code_points() == CharacterClass.CAPITAL)
    # These two alone become two characters, or depend on what follows them.
    small = "".join(map(chr, capital.tolist())).replace("İ", "i").replace("Σ", "σ").lower()
    found[capital] = np.frombuffer(small.encode("utf-32-le"), np.uint32)
    return found


def runs(marked: npt.NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """The place and the length of each run of marked characters."""
    around = np.zeros(len(marked) + 2, bool)
    around[1:-1] = marked
    edges = np.flatnonzero(around[1:] != around[:-1])
    return edges[::2], edges[1::2] - edges[::2]


#: So many letters of a word make its key.
_KEYED = 30
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def word_keys(codes: npt.NDArray[Any], places: Numbers, lengths: Numbers) -> Keys:
    """A number for each word; two words that share one are as unlikely as two that share a 64-bit hash.

    Args:
        codes: the code points, in lower case.
        places: where each word begins.
        lengths: how many letters it has.

    """
    read = np.minimum(lengths, _KEYED).astype(np.uint8)
    order = np.argsort(~read, kind="stable")  # the longest first: at each letter, those that have one come first
    places = places[order]
    longer = len(places) - np.cumsum(np.bincount(read, minlength=1))
    keys = np.zeros(len(places), np.uint64)
    for i, count in enumerate(longer[:-1].tolist()):
        keys[:count] = (keys[:count] + codes[places[:count] + i]) * _FACTOR
    found = np.empty_like(keys)
    found[order] = keys
    return found


def read_words(characters: Characters) -> Words:
    """The beginnings of the lines' words."""
    found = _beginnings(characters)
    return Words(word_keys(*found), characters.line[found.places])


def line_words(texts: Sequence[str]) -> list[set[str]]:
    """The beginnings of each line's words, in lower case."""
    characters = Characters(texts)
    found = _beginnings(characters)
    text = found.codes.tobytes().decode("utf-32-le", "surrogatepass")
    words: list[set[str]] = [set() for _ in texts]
    spans = (characters.line[found.places], found.places, found.lengths)
    for line, place, length in zip(*(span.tolist() for span in spans), strict=True):
        words[line].add(text[place : place + length])
    return words


class WordScores:
    """How much words speak for body, to be looked up many at a time.

    Args:
        scores: a number between −1 and 1 for each word, in lower case.

    """

    #: The highest bits of a key tell its bucket: so few keys share one that a few comparisons find any.
    _BITS = 14

    def __init__(self, scores: Mapping[str, float]) -> None:
        self.scores = scores
        keys = np.zeros(0, np.uint64)
        if scores:
            words = Characters(list(scores))
            keys = word_keys(words.codes, words.starts, words.ends - words.starts)
        if len(np.unique(keys)) < len(scores):
            raise ValueError("two words have one key: give the keys another factor")
        order = np.argsort(keys)
        bucket = keys[order] >> np.uint64(64 - self._BITS)
        self._first = np.searchsorted(bucket, np.arange(1 << self._BITS, dtype=np.uint64))
        self._fullest = int(np.bincount(bucket.astype(np.intp), minlength=1).max())
        beyond = np.zeros(self._fullest)
        self._keys = np.concatenate([keys[order], beyond.astype(np.uint64)])
        values = np.fromiter(scores.values(), np.float32, len(scores))
        self._values = np.concatenate([values[order], beyond.astype(np.float32)])

    def look_up(self, keys: Keys) -> tuple[npt.NDArray[np.bool_], Vector]:
        """Which of the words have a score, and the scores of those."""
        place = self._first[keys >> np.uint64(64 - self._BITS)]
        found = np.full(len(keys), -1)
        for step in range(self._fullest):
            found = np.where(self._keys[place + step] == keys, place + step, found)
        known = found >= 0
        return known, self._values[found[known]]


class Said(NamedTuple):
    """What the words of each line say."""

    #: The number of words that have a score.
    known: Numbers
    #: The sum, the lowest and the highest of the scores; 0 where there is none.
    total: npt.NDArray[np.float64]
    low: Vector
    high: Vector


def score_lines(line: Numbers, scores: Vector, n: int) -> Said:
    """What the words of `n` lines say, from each known word's line, in order, and its score."""
    low, high = np.zeros((2, n), np.float32)
    if len(line):
        starts = np.flatnonzero(np.concatenate([[True], line[1:] != line[:-1]]))
        low[line[starts]] = np.minimum.reduceat(scores, starts)
        high[line[starts]] = np.maximum.reduceat(scores, starts)
    return Said(np.bincount(line, minlength=n), np.bincount(line, scores, n).astype(np.float64), low, high)


def word_columns(lines: Lines, words: Words, scores: WordScores) -> Columns:
    """The word features of every block, by name; zeros for a line without known words."""
    known, score = scores.look_up(words.keys)
    said = score_lines(words.line[known], score, lines.n)
    count = np.bincount(words.line, minlength=lines.n)
    mean = (said.total / np.maximum(said.known, 1)).astype(np.float32)
    low, high = np.minimum(said.low, 0), np.maximum(said.high, 0)
    (behind, before), (ahead, after) = (
        side[[0, 1], [0, 1]] for side in lines.faded(np.stack([-low, mean]), (0.75, 1), _AROUND)
    )
    return {
        "words_mean": mean,
        "words_low": low,
        "words_high": high,
        "page_words_known": (lines.total(said.known) / np.maximum(lines.total(count), 1))[lines.page],
        "words_known": said.known / np.maximum(count, 1),
        "words_low_behind": behind,
        "words_low_ahead": ahead,
        "words_mean_around": before + mean + after,
    }
