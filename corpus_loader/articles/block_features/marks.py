# cython: boundscheck=False, wraparound=False
"""Lines that recur on a page as marks between others: `Reply`, the time of a comment, one beginning or end of many.

Comments, teasers and lists of products are strung on such marks; an article has few, and menus have theirs before it.
"""

from __future__ import annotations

import numpy as np

from corpus_loader.articles.block_features.characters import Characters
from corpus_loader.articles.block_features.keys import Keys, text_key
from corpus_loader.articles.block_features.neighbours import fill_distances
from corpus_loader.articles.block_features.rows import Amounts, Numbers, Rows
from corpus_loader.articles.block_features.signs import SIGN_NAMES
from corpus_loader.articles.block_features.text import TEXT_NAMES

__all__ = ["MARK_NAMES", "fill_marks"]

#: The features of each kind of marks.
_PLACES = ("mark", "since", "until", "before", "after", "near")
MARK_NAMES = tuple(f"{kind}_{place}" for kind in ("copied", "clock", "opening", "ending") for place in _PLACES)

_MASS = TEXT_NAMES.index("mass")
_COPIED = TEXT_NAMES.index("copies")
_CLOCKS = len(TEXT_NAMES) + SIGN_NAMES.index("clocks")
_CLOCK, _OPENING, _ENDING = (MARK_NAMES.index(f"{kind}_mark") for kind in ("clock", "opening", "ending"))

#: Copies of a line, and lines of one beginning or end, from which on they are marks.
_COPIES, _ALIKE = 3, 4
#: So many characters at the beginning or the end are compared.
_EDGE = 6
#: Marks have fewer letters: copies, and others.
_SHORT, _LONG = 30, 100
#: Marks farther away count as if they were so far, and those within the window are counted.
_FAR, _WINDOW = 20, 10


def fill_marks(characters: Characters, rows_of_text: Rows, rows: Rows, row: int) -> None:
    """Write where each line stands among the marks of its page, kind by kind.

    Args:
        characters: the characters of the page.
        rows_of_text: its text features, and its signs after them.
        rows: the table.
        row: the row of the first of the features.

    """
    _mark_known(rows_of_text, rows, row)
    keys = np.zeros((2, rows.shape[1]), np.int64)
    _fill_keys(characters, keys)
    _mark_alike(keys, np.argsort(keys), rows_of_text, rows, row)
    logarithms = np.log1p(np.arange(rows.shape[1]))
    for first in (row, row + _CLOCK, row + _OPENING, row + _ENDING):
        fill_distances(rows, first, 1.0, _FAR, first + 1)
        _fill_numbers(logarithms, rows, first)


def _mark_known(rows_of_text: Rows, rows: Rows, row: int) -> None:
    for i in range(rows.shape[1]):
        mass, copied = rows_of_text[_MASS, i], rows_of_text[_COPIED, i] >= _COPIES
        rows[row, i] = copied and mass < _SHORT
        rows[row + _CLOCK, i] = rows_of_text[_CLOCKS, i] > 0 and mass < _LONG
        rows[row + _OPENING, i] = rows[row + _ENDING, i] = 0.0


def _fill_keys(characters: Characters, keys: Keys) -> None:
    """Write the keys of each line's beginning and end; they stay 0 where a line is not longer than these."""
    text, starts, ends = characters.text, characters.starts, characters.ends
    for i in range(keys.shape[1]):
        if ends[i] - starts[i] > _EDGE:
            keys[0, i] = text_key(text, starts[i], _EDGE)
            keys[1, i] = text_key(text, ends[i] - _EDGE, _EDGE)


def _mark_alike(keys: Keys, order: Numbers, rows_of_text: Rows, rows: Rows, row: int) -> None:
    """Mark the lines whose key is that of many. `order` sorts the keys."""
    n = keys.shape[1]
    for edge, mark in enumerate((row + _OPENING, row + _ENDING)):
        begin = 0
        while begin < n:
            key, end = keys[edge, order[edge, begin]], begin + 1
            while end < n and keys[edge, order[edge, end]] == key:
                end += 1
            if key and end - begin >= _ALIKE:
                for i in range(begin, end):
                    line = order[edge, i]
                    rows[mark, line] = rows_of_text[_COPIED, line] < _COPIES and rows_of_text[_MASS, line] < _LONG
            begin = end


def _fill_numbers(logarithms: Amounts, rows: Rows, first: int) -> None:
    """Write the logarithms of how many marks there are before and after each line, and how many are near it."""
    n = rows.shape[1]
    before = after = near = 0
    for i in range(n):
        after += rows[first, i] > 0
        near += i < _WINDOW and rows[first, i] > 0
    for i in range(n):
        marked = rows[first, i] > 0
        after -= marked
        rows[first + 3, i] = logarithms[before]
        rows[first + 4, i] = logarithms[after]
        before += marked
        near += i + _WINDOW < n and rows[first, i + _WINDOW] > 0
        near -= i > _WINDOW and rows[first, i - _WINDOW - 1] > 0
        rows[first + 5, i] = near
