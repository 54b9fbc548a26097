"""All features of a page, as rows of one table: one recipe for text dumps and for HTML, which has some more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from corpus_loader.articles.features import Columns, Vector, gap_columns, surroundings, text_columns
from corpus_loader.articles.features_markup import PageMarkup
from corpus_loader.articles.features_second import second_columns
from corpus_loader.articles.words import word_columns
from corpus_loader.records import Document

__all__ = ["Knowledge", "PageFeatures", "table"]

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
    tokens: Mapping[str, float]
    #: The same for beginnings of words in the text.
    words: Mapping[str, float]


class PageFeatures:
    """The features of one page with at least one block."""

    def __init__(self, document: Document) -> None:
        self.texts = [document.text[block.start : block.end] for block in document.blocks]
        self._kind = document.page.media_type
        self._text = text_columns(document, self.texts)
        self._markup = PageMarkup(document, self.texts) if self._kind == "text/html" else None

    def plain(self) -> Columns:
        """The features that need no knowledge."""
        found = dict(self._text)
        if self._markup is not None:
            found |= self._markup.columns(self._text) | gap_columns(self._text["prose"])
        return found | surroundings(found, _NEAR[self._kind], _NEXT[self._kind])

    def known(self, knowledge: Knowledge) -> Columns:
        """The features that knowledge gives."""
        found = word_columns(self.texts, knowledge.words)
        if self._markup is not None:
            found |= self._markup.token_columns(knowledge.tokens)
        return found

    def tokens(self) -> list[set[str]]:
        """The class and id words around each block; empty in a text dump."""
        return self._markup.tokens() if self._markup is not None else [set() for _ in self.texts]

    def names(self, knowledge: Knowledge) -> tuple[str, ...]:
        """The names of all features, in the order of the table."""
        nothing = np.zeros(len(self.texts), np.float32)
        return (*self.plain(), *self.known(knowledge), *self.second(nothing))

    def second(self, first: Vector) -> Columns:
        """The features that the first look's probabilities give."""
        found = second_columns(first, self._text)
        if self._markup is not None:
            found |= self._markup.second_columns(first, self._text)
        return found


def table(blocks: int, *columns: Columns) -> Vector:
    """Features × blocks."""
    rows = [row for group in columns for row in group.values()]
    found = np.empty((len(rows), blocks), np.float32)
    for i, row in enumerate(rows):
        found[i] = row
    return found
