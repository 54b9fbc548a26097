"""What the first look thought of other lines of the page that are like a line: in their words, or in their shape.

A page speaks of one thing: teasers of other stories, comments and notes on cookies share few words with the article.
And one machine prints all of its lists: captions and links of one page look alike, whatever its language.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.features import Columns
from corpus_loader.articles.lines import Lines, Numbers, Vector, exact
from corpus_loader.articles.words import Words

__all__ = ["shape_columns", "word_company_columns"]

#: Words are told apart by so many bits: on a page of a thousand words, few fall together.
_BITS = 14
_BODY = 0.5


def word_company_columns(lines: Lines, words: Words, first: Vector, headline: npt.NDArray[np.bool_]) -> Columns:
    """How likely body are the other lines that a line's words stand in, by the first look, and the headline's words.

    Args:
        lines: the lines of the pages.
        words: the beginnings of their words.
        first: the probability that the first look gave each block.
        headline: the lines that are like the page's headline.

    """
    word = (lines.page[words.line] << _BITS) + (words.keys >> np.uint64(64 - _BITS)).astype(np.intp)
    count = np.maximum(np.bincount(words.line, minlength=lines.n), 1)
    in_headline = np.zeros(lines.pages << _BITS, bool)
    in_headline[word[(headline | (lines.before == 0))[words.line]]] = True
    of_headline = in_headline[word]
    printed = np.bincount(word)[word]
    again = np.flatnonzero(printed > 1)  # a word in one line alone says nothing of others
    line, word, others = words.line[again], word[again], printed[again] - 1

    def in_line(values: npt.NDArray[Any]) -> Vector:
        """The sum over each line's words that stand in other lines too."""
        found: Vector = np.bincount(line, values, lines.n).astype(np.float64)
        return found

    likely, is_body = exact(first), first >= _BODY
    likely_others = np.bincount(word, likely[line])[word] - likely[line]
    body_others = np.bincount(word[is_body[line]], minlength=len(in_headline))[word] - is_body[line]
    rare = exact(1 / others)  # a word in many lines says little
    company = in_line(exact(rare * likely_others / others)) / np.maximum(in_line(rare), 1e-3)
    shared = np.bincount(line, minlength=lines.n)
    return {
        "company": np.where(shared > 0, company, -1),
        "company_words": shared / count,
        "company_in_body": in_line(body_others > 0) / count,
        "company_only_body": in_line(body_others == others) / count,
        "company_no_body": in_line(body_others == 0) / count,
        "headline_words": np.bincount(words.line, of_headline, lines.n) / count,
    }


def shape_columns(lines: Lines, columns: Columns, first: Vector) -> Columns:
    """How likely body, by the first look, are the page's other lines of the same length, beginning and ending."""
    parts: tuple[tuple[Numbers, int], ...] = (
        ((columns["size"] * 1.5).astype(np.intp), 32),
        (columns["stopped"].astype(np.intp), 2),
        (columns["first"].astype(np.intp), 16),
        ((columns["digits"] > 0).astype(np.intp), 2),
        (columns["letter_end"].astype(np.intp), 2),
        (np.minimum(columns["commas"] * 8, 2).astype(np.intp), 3),
    )
    shape = lines.page
    for value, size in parts:
        shape = shape * size + np.minimum(value, size - 1)
    same = np.bincount(shape)[shape]
    likely = exact(first)
    others = np.bincount(shape, likely)[shape] - likely
    return {"shape_company": np.where(same > 1, others / np.maximum(same - 1, 1), -1), "same_shape": np.log1p(same)}
