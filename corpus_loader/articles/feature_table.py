"""All features of pages, as rows of one table: one recipe for text dumps and for HTML, which has some more.

To add a feature, give it a name and a value for each line in a function that returns `Columns`: `features` for text,
`features_markup` for HTML, `features_second` for what the first look gives. Values of float type are best made from one
page's lines alone by the methods of `Lines`: what a page's values are must not depend on the pages beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.batch import Batch, Characters
from corpus_loader.articles.features import Columns, gap_columns, surroundings, text_columns
from corpus_loader.articles.features_alike import shape_columns, word_company_columns
from corpus_loader.articles.features_marks import mark_columns
from corpus_loader.articles.features_markup import BatchMarkup
from corpus_loader.articles.features_second import second_columns
from corpus_loader.articles.features_signs import sign_columns
from corpus_loader.articles.lines import Vector
from corpus_loader.articles.words import WordScores, read_words, word_columns
from corpus_loader.records import Document

__all__ = ["Features", "Knowledge", "table"]

#: The features whose neighbouring lines' values are features too: three lines each way, and one.
_NEAR = {
    "text/plain": ("size", "stopped", "words_a_sentence", "initials", "digits"),
    "text/html": ("size", "stopped", "words_a_sentence", "link_share", "container_score", "copies"),
}
_NEXT = {
    "text/plain": ("commas", "letter_end", "colon_end", "symbols", "prose_share", "latin"),
    "text/html": ("commas", "letter_end", "symbols", "prose_share", "latin", "depth", "is_p"),
}


class Knowledge(NamedTuple):
    """What is known about words beside the trees."""

    #: For words of classes and ids, how much they speak for body.
    tokens: WordScores
    #: The same for beginnings of words in the text.
    words: WordScores


class Features:
    """The features of several pages of one media type, each with at least one block."""

    def __init__(self, documents: Sequence[Document]) -> None:
        batch = Batch(documents)
        characters = Characters(batch.texts)
        self.texts, self.lines = batch.texts, batch.lines
        self._kind = batch.media_type
        self._text = text_columns(batch, characters) | sign_columns(characters)
        self._marks = mark_columns(self.lines, characters, self._text)
        self._words = read_words(characters)
        self._markup = BatchMarkup(batch) if self._kind == "text/html" else None

    def plain(self) -> Columns:
        """The features that need no knowledge."""
        found = dict(self._text)
        if self._markup is not None:
            found |= self._markup.columns(self._text) | gap_columns(self.lines, self._text["prose"])
        return found | surroundings(self.lines, found, _NEAR[self._kind], _NEXT[self._kind])

    def known(self, knowledge: Knowledge) -> Columns:
        """The features that knowledge gives."""
        found = word_columns(self.lines, self._words, knowledge.words)
        if self._markup is not None:
            found |= self._markup.token_columns(knowledge.tokens)
        return found

    def second(self, first: Vector) -> Columns:
        """The features of the second look: what the first look's probabilities give, and the page's marks."""
        found = second_columns(self.lines, first, self._text)
        found |= word_company_columns(self.lines, self._words, first, self._text["headline"])
        found |= shape_columns(self.lines, self._text, first) | self._marks
        if self._markup is not None:
            found |= self._markup.second_columns(first, self._text)
        return found

    def tokens(self) -> list[set[str]]:
        """The class and id words around each block; empty in a text dump."""
        return self._markup.tokens() if self._markup is not None else [set() for _ in self.texts]

    def names(self, knowledge: Knowledge) -> tuple[str, ...]:
        """The names of all features, in the order of the table."""
        nothing = np.zeros(self.lines.n, np.float32)
        return (*self.plain(), *self.known(knowledge), *self.second(nothing))


def table(*columns: Columns) -> npt.NDArray[np.float32]:
    """Features × blocks."""
    rows = [row for group in columns for row in group.values()]
    found = np.empty((len(rows), len(rows[0])), np.float32)
    for i, row in enumerate(rows):
        found[i] = row
    return found
