# cython: boundscheck=False, wraparound=False
"""What the first look thought of other lines of the page that are like a line: in their words, or in their shape.

A page speaks of one thing: teasers of other stories, comments and notes on cookies share few words with the article.
And one machine prints all of its lists: captions and links of one page look alike, whatever its language.
"""

from __future__ import annotations

import numpy as np

from corpus_loader.articles.block_features.keys import Keys, longer_key, number_keys
from corpus_loader.articles.block_features.rows import Amounts, Numbers, Rows
from corpus_loader.articles.block_features.text import TEXT_NAMES
from corpus_loader.articles.block_features.words import Words

__all__ = ["COMPANY_NAMES", "SHAPE_NAMES", "fill_company", "fill_shapes"]

COMPANY_NAMES = (
    *("company", "company_words", "company_in_body", "company_only_body", "company_no_body"),
    "headline_words",
)
SHAPE_NAMES = ("shape_company", "same_shape")

#: A line is body from this probability on.
_BODY = 0.5
#: What is told of a word: how often it is printed, how likely body that is in all, how often it is body, and whether it
#: is in the headline.
_PRINTED, _LIKELY, _IN_BODY, _IN_HEADLINE = range(4)

_SIZE, _STOPPED, _FIRST = TEXT_NAMES.index("size"), TEXT_NAMES.index("stopped"), TEXT_NAMES.index("first_kind")
_DIGITS, _LETTER_END = TEXT_NAMES.index("digits"), TEXT_NAMES.index("letter_end")
_COMMAS, _HEADLINE = TEXT_NAMES.index("commas"), TEXT_NAMES.index("headline")


def fill_company(words: Words, first: Rows, text: Rows, rows: Rows, row: int) -> None:
    """Write, from that row on, how likely body the other lines are that a line's words stand in, and the headline's.

    Args:
        words: the beginnings of the page's words.
        first: the probability that the first look gave each line.
        text: the table that has the text features from its first row on.
        rows: the table that is written to.
        row: the row of the first of the features.

    """
    told = np.zeros((len(words.keys), 4))
    _tell(words.numbers, words.ends, first, text, told)
    _fill_company(words.numbers, words.ends, first, told, rows, row)


def _tell(numbers: Numbers, ends: Numbers, first: Rows, text: Rows, told: Amounts) -> None:
    """Add to what is told of each different word."""
    begin = 0
    for line in range(ends.shape[0]):
        is_body, is_headline = first[line] >= _BODY, line == 0 or text[_HEADLINE, line] > 0
        for place in range(begin, ends[line]):
            word = numbers[place]
            told[word, _PRINTED] += 1
            told[word, _LIKELY] += first[line]
            told[word, _IN_BODY] += is_body
            if is_headline:
                told[word, _IN_HEADLINE] = 1
        begin = ends[line]


def _fill_company(numbers: Numbers, ends: Numbers, first: Rows, told: Amounts, rows: Rows, row: int) -> None:
    """Write what is told of the words of each line, without what the line itself tells."""
    begin = 0
    for line in range(ends.shape[0]):
        likely, is_body = first[line], first[line] >= _BODY
        company = weights = 0.0
        shared = in_body = only_body = no_body = in_headline = 0
        for place in range(begin, ends[line]):
            word = numbers[place]
            in_headline += told[word, _IN_HEADLINE] > 0
            others, body_others = told[word, _PRINTED] - 1, told[word, _IN_BODY] - is_body
            if others > 0:  # a word in one line alone says nothing of others
                shared += 1
                weights += 1 / others  # a word in many lines says little
                company += (told[word, _LIKELY] - likely) / (others * others)
                in_body += body_others > 0
                only_body += body_others == others
                no_body += body_others == 0
        count = max(ends[line] - begin, 1)
        rows[row, line] = company / max(weights, 1e-3) if shared else -1.0
        rows[row + 1, line] = shared / count
        rows[row + 2, line] = in_body / count
        rows[row + 3, line] = only_body / count
        rows[row + 4, line] = no_body / count
        rows[row + 5, line] = in_headline / count
        begin = ends[line]


def fill_shapes(first: Rows, text: Rows, rows: Rows, row: int) -> None:
    """Write, from that row on, how likely body the other lines of the same shape are, and how many have it.

    Args:
        first: the probability that the first look gave each line.
        text: the table that has the text features from its first row on.
        rows: the table that is written to.
        row: the row of the first of the features.

    """
    n = len(first)
    keys, numbers = np.empty(n, np.int64), np.empty(n, np.intp)
    _write_shapes(text, keys)
    told = np.zeros((number_keys(keys, numbers), 2))
    _fill_shapes(numbers, first, told, rows, row)
    np.log1p(rows[row + 1], out=rows[row + 1])


def _write_shapes(text: Rows, keys: Keys) -> None:
    """Write the key of each line's shape: about its length, how it begins and ends, its digits and commas."""
    for line in range(keys.shape[0]):
        key = longer_key(0, min(int(float(text[_SIZE, line]) * 1.5), 31))
        key = longer_key(key, int(text[_STOPPED, line] > 0))
        key = longer_key(key, int(text[_FIRST, line]))
        key = longer_key(key, int(text[_DIGITS, line] > 0))
        key = longer_key(key, int(text[_LETTER_END, line] > 0))
        keys[line] = longer_key(key, min(int(text[_COMMAS, line] * 8), 2))


def _fill_shapes(numbers: Numbers, first: Rows, told: Amounts, rows: Rows, row: int) -> None:
    """Write how likely body the other lines of the same number are, and how many lines have it."""
    n = first.shape[0]
    for line in range(n):
        told[numbers[line], _PRINTED] += 1
        told[numbers[line], _LIKELY] += first[line]
    for line in range(n):
        printed = told[numbers[line], _PRINTED]
        others = told[numbers[line], _LIKELY] - first[line]
        rows[row, line] = others / (printed - 1) if printed > 1 else -1.0
        rows[row + 1, line] = printed
