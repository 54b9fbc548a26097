# cython: boundscheck=False, wraparound=False
"""The beginnings of a page's words, and how much those of each line speak for body or for furniture."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from corpus_loader.articles.block_features.characters import Characters
from corpus_loader.articles.block_features.keys import Keys, number_keys, small_letters, word_key
from corpus_loader.articles.block_features.rows import Amounts, Numbers, Rows
from corpus_loader.articles.block_features.word_scores import UNKNOWN, WordScores
from corpus_loader.articles.character_classes import CharacterClass

__all__ = ["WORD_NAMES", "Words", "fill_words", "line_words", "read_words"]

WORD_NAMES = (
    *("words_mean", "words_low", "words_high", "page_words_known", "words_known"),
    *("words_low_behind", "words_low_ahead", "words_mean_around"),
)

#: Letters of a word that count: more would split a word's endings into different words.
_SHORTEST, _LONGEST = 3, 7
#: Characters of a line that are read: furniture shows at its beginning.
_READ = 200
#: Words of so many lines each way count for a line too; low scores the less, the farther the line.
_AROUND = 6
_DECAY = 0.75

#: The classes of letters are the first.
_LAST_LETTER = int(CharacterClass.SPACELESS)
#: No score is so high.
_UNKNOWN = UNKNOWN


class Words(NamedTuple):
    """The beginnings of a page's words, in lower case."""

    #: The key of each different word.
    keys: Keys
    #: For each word of the page, in order, the number of its key.
    numbers: Numbers
    #: How many words there are up to and with each line.
    ends: Numbers


def read_words(characters: Characters) -> Words:
    """The beginnings of the words at the lines' beginnings: words are runs of letters."""
    spans = _empty_spans(characters)
    ends = np.empty(len(characters.starts), np.intp)
    count = _find_words(characters, spans, ends)
    keys, numbers = np.empty(count, np.int64), np.empty(count, np.intp)
    _write_keys(characters.text, spans, keys)
    different = number_keys(keys, numbers)
    return Words(keys[:different], numbers, ends)


def line_words(texts: Sequence[str]) -> list[set[str]]:
    """The beginnings of each line's words, in lower case."""
    characters = Characters(texts)
    spans = _empty_spans(characters)
    ends = np.empty(len(texts), np.intp)
    count = _find_words(characters, spans, ends)
    text = characters.text.translate(small_letters())
    words = [text[place : place + length] for place, length in spans[:, :count].T.tolist()]
    starts = [0, *ends.tolist()]
    return [set(words[start:end]) for start, end in pairwise(starts)]


def _empty_spans(characters: Characters) -> Numbers:
    """Room for the places and lengths of all words: three letters or more, and what parts them from the next word."""
    return np.empty((2, len(characters.text) // (_SHORTEST + 1)), np.intp)


def _find_words(characters: Characters, spans: Numbers, ends: Numbers) -> int:
    """Write where the beginnings of the words are, how long, and how many up to each line; how many there are."""
    kinds, line_starts, line_ends = characters.kinds, characters.starts, characters.ends
    count = 0
    for line in range(ends.shape[0]):
        start = line_starts[line]
        stop = min(line_ends[line], start + _READ)
        length = 0
        for place in range(start, stop + 1):
            if place < stop and kinds[place] <= _LAST_LETTER:
                length += 1
                continue
            if length >= _SHORTEST:
                spans[0, count] = place - length
                spans[1, count] = min(length, _LONGEST)
                count += 1
            length = 0
        ends[line] = count
    return count


def _write_keys(text: str, spans: Numbers, keys: Keys) -> None:
    """Write the keys of the words."""
    small = small_letters()
    for i in range(keys.shape[0]):
        keys[i] = word_key(text, spans[0, i], spans[1, i], small)


def fill_words(words: Words, scores: WordScores, rows: Rows, row: int) -> None:
    """Write, from that row on, what the words of each line and of those around say; zeros where none is known."""
    looked_up = np.empty(len(words.keys))
    _look_up(words.keys, scores, looked_up)
    means, lows = np.empty((2, len(words.ends)))
    _fill_lines(words, looked_up, means, lows, rows, row)
    _fill_around(means, lows, rows, row + 5)


def _look_up(keys: Keys, scores: WordScores, found: Amounts) -> None:
    """Write the score of each key."""
    for number in range(keys.shape[0]):
        found[number] = scores.look_up(keys[number])


def _fill_lines(words: Words, looked_up: Amounts, means: Amounts, lows: Amounts, rows: Rows, row: int) -> None:
    """What each line's own words say, and the share of the page's and the line's words that are known."""
    numbers, ends = words.numbers, words.ends
    n = ends.shape[0]
    page_known, begin = 0, 0
    for line in range(n):
        known, total, low, high = 0, 0.0, 0.0, 0.0
        for place in range(begin, ends[line]):
            score = looked_up[numbers[place]]
            if score < _UNKNOWN:
                known += 1
                total += score
                low, high = min(low, score), max(high, score)
        means[line] = total / max(known, 1)
        lows[line] = low
        rows[row, line] = means[line]
        rows[row + 1, line] = low
        rows[row + 2, line] = high
        rows[row + 4, line] = known / max(ends[line] - begin, 1)
        page_known += known
        begin = ends[line]
    for line in range(n):
        rows[row + 3, line] = page_known / max(begin, 1)


def _fill_around(means: Amounts, lows: Amounts, rows: Rows, row: int) -> None:
    """How low the scores of the lines before and after are, and the sum of the means of the lines around."""
    n = means.shape[0]
    for i in range(n):
        behind = ahead = 0.0
        around, share = means[i], 1.0
        for k in range(1, _AROUND + 1):
            share *= _DECAY
            if i >= k:
                behind -= lows[i - k] * share
                around += means[i - k]
            if i + k < n:
                ahead -= lows[i + k] * share
                around += means[i + k]
        rows[row, i] = behind
        rows[row + 1, i] = ahead
        rows[row + 2, i] = around
