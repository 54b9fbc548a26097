"""Lines that recur on a page as marks between others: `Reply`, the time of a comment, one beginning or end of many.

Comments, teasers and lists of products are strung on such marks; an article has few, and menus have theirs before it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.batch import Characters
from corpus_loader.articles.features import Columns
from corpus_loader.articles.lines import Lines, Numbers
from corpus_loader.articles.words import word_keys

__all__ = ["mark_columns"]

#: Copies of a line, and lines of one beginning or end, from which on they are marks.
_COPIES, _ALIKE = 3, 4
#: So many characters at the beginning or the end are compared.
_EDGE = 6
#: Marks have fewer letters: copies, and others.
_SHORT, _LONG = 30, 100
#: Marks farther away count as if they were so far, and those within the window are counted.
_FAR, _WINDOW = 20, 10

#: Keys of one page are moved by so much from those of the next.
_PAGE = np.uint64(0xD1B54A32D192ED03)

Marks = npt.NDArray[np.bool_]


def mark_columns(lines: Lines, characters: Characters, columns: Columns) -> Columns:
    """Where each line stands among the marks of its page, kind by kind, by name.

    Args:
        lines: the lines of the pages.
        characters: their characters.
        columns: the pages' text features, signs included.

    """
    mass, copied = columns["mass"], columns["copies"] >= _COPIES
    other = ~copied & (mass < _LONG)
    marks = {
        "copied": copied & (mass < _SHORT),
        "clock": (columns["clocks"] > 0) & (mass < _LONG),
        "opening": other & (_alike(lines, characters, characters.starts) >= _ALIKE),
        "ending": other & (_alike(lines, characters, characters.ends - _EDGE) >= _ALIKE),
    }
    places = _places(lines, np.stack(list(marks.values())))
    return {f"{kind}_{name}": rows[i] for i, kind in enumerate(marks) for name, rows in places.items()}


def _alike(lines: Lines, characters: Characters, places: Numbers) -> Numbers:
    """How many lines of the page have the same characters at the place; 0 for lines that are hardly longer."""
    longer = np.flatnonzero(characters.ends - characters.starts > _EDGE)
    keys = word_keys(characters.codes, places[longer], np.full(len(longer), _EDGE))
    keys += lines.page[longer].astype(np.uint64) * _PAGE
    order = np.argsort(keys)
    keys = keys[order]
    begins = np.ones(len(order), bool)
    begins[1:] = keys[1:] != keys[:-1]
    number = np.cumsum(begins) - 1
    found = np.zeros(lines.n, np.intp)
    found[longer[order]] = np.bincount(number)[number]
    return found


def _places(lines: Lines, marked: Marks) -> Columns:
    """Where the lines stand among marks, for each row of marks a row."""
    before, after = lines.beside(marked)
    here = lines.so_far(marked)
    low, high = lines.places - np.minimum(lines.before, _WINDOW), lines.places + np.minimum(lines.after, _WINDOW)
    logarithm = np.log1p(np.arange(here.max() + 1))
    return {
        "mark": marked,
        "since": np.where(before < 0, _FAR, np.minimum(lines.places - before, _FAR)),
        "until": np.where(after == lines.n, _FAR, np.minimum(after - lines.places, _FAR)),
        "before": logarithm[here - marked],
        "after": logarithm[lines.whole(here) - here],
        "near": here[:, high] - here[:, low] + marked[:, low],
    }
