"""All features of a page's blocks, as rows of one table: one recipe for text dumps, and for HTML, which has some more.

To add a feature, give it a name in the tuple of its module, and a value for each block in the function beside it.
Values rest on one page alone. They are computed in double precision, so that it makes no difference whether a compiler
did it, and rounded when they are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from corpus_loader.articles.block_features.alike import COMPANY_NAMES, SHAPE_NAMES, fill_company, fill_shapes
from corpus_loader.articles.block_features.characters import Characters
from corpus_loader.articles.block_features.counts import count_characters
from corpus_loader.articles.block_features.gaps import GAP_NAMES, fill_gaps
from corpus_loader.articles.block_features.marks import MARK_NAMES, fill_marks
from corpus_loader.articles.block_features.markup import MARKUP_NAMES, MARKUP_SECOND_NAMES, PageMarkup
from corpus_loader.articles.block_features.neighbours import fill_neighbours, neighbour_names
from corpus_loader.articles.block_features.rows import Rows
from corpus_loader.articles.block_features.second import SECOND_NAMES, fill_second
from corpus_loader.articles.block_features.signs import SIGN_NAMES, fill_signs
from corpus_loader.articles.block_features.text import TEXT_NAMES, fill_text
from corpus_loader.articles.block_features.tokens import TOKEN_NAMES
from corpus_loader.articles.block_features.word_scores import WordScores
from corpus_loader.articles.block_features.words import WORD_NAMES, fill_words, read_words
from corpus_loader.records import Document, MediaType

__all__ = ["Knowledge", "PageFeatures", "feature_names", "first_features"]

_REACH = 3
#: The features whose values in neighbouring lines are features too: so many lines each way, and in the next ones alone.
_NEAR: Mapping[MediaType, Sequence[str]] = {
    "text/plain": ("size", "stopped", "words_a_sentence", "initials", "digits"),
    "text/html": ("size", "stopped", "words_a_sentence", "link_share", "container_score", "copies"),
}
_NEXT: Mapping[MediaType, Sequence[str]] = {
    "text/plain": ("commas", "letter_end", "colon_end", "symbols", "prose_share", "latin"),
    "text/html": ("commas", "letter_end", "symbols", "prose_share", "latin", "depth", "is_p"),
}


class Knowledge(NamedTuple):
    """What is known about words beside the trees."""

    #: For words of classes and ids, how much they speak for body.
    tokens: WordScores
    #: The same for beginnings of words in the text.
    words: WordScores


class _Recipe:
    """The groups of features of one media type: the names of all, and the row where each group begins."""

    def __init__(self, media_type: MediaType) -> None:
        html = media_type == "text/html"
        first = {
            "text": TEXT_NAMES,
            "signs": SIGN_NAMES,
            "markup": MARKUP_NAMES if html else (),
            "gaps": GAP_NAMES if html else (),
            "near": neighbour_names(_NEAR[media_type], _REACH),
            "next": neighbour_names(_NEXT[media_type], 1),
            "words": WORD_NAMES,
            "tokens": TOKEN_NAMES if html else (),
        }
        second = {
            "second": SECOND_NAMES,
            "company": COMPANY_NAMES,
            "shapes": SHAPE_NAMES,
            "marks": MARK_NAMES,
            "markup_second": MARKUP_SECOND_NAMES if html else (),
        }
        self.names: tuple[str, ...] = ()
        self.start: dict[str, int] = {}
        for group, names in (first | second).items():
            self.start[group] = len(self.names)
            self.names += tuple(names)
        self.near, self.next = (tuple(self.names.index(name) for name in which[media_type]) for which in (_NEAR, _NEXT))


_RECIPES: Mapping[MediaType, _Recipe] = {kind: _Recipe(kind) for kind in ("text/plain", "text/html")}


def feature_names(media_type: MediaType) -> tuple[str, ...]:
    """The features of a table, in order."""
    return _RECIPES[media_type].names


def first_features(media_type: MediaType) -> int:
    """How many of them, from the first on, the first look looks at."""
    return _RECIPES[media_type].start["second"]


class PageFeatures:
    """The features of one page with blocks, in its part of a table: those that need nothing else, then the others.

    Args:
        document: the page.
        rows: where they are written, all features × the page's blocks, one at least.

    Raises:
        ValueError: where `rows` is not so large. What fills it does not look: it would write beside it.

    """

    def __init__(self, document: Document, rows: Rows) -> None:
        recipe = _RECIPES[document.page.media_type]
        if not document.blocks or rows.shape != (len(recipe.names), len(document.blocks)):
            raise ValueError(
                "a table has a row for each feature, and a column for each of the page's blocks, one at least"
            )
        self._rows, self._start = rows, recipe.start
        characters = Characters(document.texts)
        counts = count_characters(characters)
        fill_text(document, characters, counts, rows)
        fill_signs(characters, counts, rows, self._start["signs"])
        fill_marks(characters, rows, rows, self._start["marks"])
        self._words = read_words(characters)
        self._markup = PageMarkup(document) if document.page.media_type == "text/html" else None
        if self._markup is not None:
            self._markup.fill_markup(rows, self._start["markup"])
            fill_gaps(rows, self._start["gaps"])
        fill_neighbours(rows, recipe.near, _REACH, self._start["near"])
        fill_neighbours(rows, recipe.next, 1, self._start["next"])

    def know(self, knowledge: Knowledge) -> None:
        """Write the features that knowledge gives."""
        fill_words(self._words, knowledge.words, self._rows, self._start["words"])
        if self._markup is not None:
            self._markup.fill_tokens(knowledge.tokens, self._rows, self._start["tokens"])

    def look_again(self, first: Rows) -> None:
        """Write the features of the second look; `first` is the probability that the first one gave each block."""
        rows, start = self._rows, self._start
        if first.shape != rows.shape[1:]:
            raise ValueError("each block has a probability")
        fill_second(first, rows, rows, start["second"])
        fill_company(self._words, first, rows, rows, start["company"])
        fill_shapes(first, rows, rows, start["shapes"])
        if self._markup is not None:
            self._markup.fill_second(first.astype(np.float64), rows, start["markup_second"])

    def tokens(self) -> list[set[str]]:
        """The class and id words around each block; empty in a text dump."""
        return self._markup.tokens() if self._markup is not None else [set() for _ in range(self._rows.shape[1])]
