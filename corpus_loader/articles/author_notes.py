"""Notes about the author below an article: paragraphs, and to the labeller like the article's own.

They begin with the name that signs the article, of which the article itself tells nothing: «Ada Okafor is a reporter at
…». Or a heading says what they are: «About the author».
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_loader.articles import vocabulary
from corpus_loader.articles.byline import is_byline_line
from corpus_loader.articles.labels import title_places
from corpus_loader.articles.line_kinds import is_stamp
from corpus_loader.articles.wording import title_key
from corpus_loader.records import BODY_LABELS, Document, Label, LabelledBlock

__all__ = ["author_note"]

#: A note begins in one of so many last blocks of the body, and so many stand above it at least.
_LAST, _ARTICLE = 4, 3
#: It is longer than this.
_SHORTEST = 40
#: Lines above the body's start, and below it, among which the byline is; it is no longer.
_ABOVE, _BELOW, _BYLINE = 12, 3, 120
#: Two or three words.
_NAME = re.compile(r"(?:[^\W\d_][\w'’.-]*\s+){1,2}?[^\W\d_][\w'’.-]*(?=[\s,(])")


def author_note(document: Document, labels: Sequence[LabelledBlock], body: Sequence[int]) -> int | None:
    """The first block of such a note, which ends with the body; None where there is none."""
    if len(body) <= _ARTICLE:
        return None
    bylines = _Bylines(document, labels, body[0])
    for place in range(max(_ARTICLE, len(body) - _LAST), len(body)):
        index = body[place]
        text, above = document.texts[index], document.texts[index - 1]
        if _heads(text, bylines) or _heads(above, bylines):
            return index
        name = _name(text) if len(text) > _SHORTEST else None
        if name is None or not bylines.sign(name):
            continue
        first = index - 1 if title_key(above) == title_key(name) else index  # the name can head the note
        told = (i for i in (*title_places(labels), *body[:place]) if i != first)
        if not any(name in document.texts[i] for i in told):
            return first
    return None


def _heads(text: str, bylines: _Bylines) -> bool:
    """«About the author», or «About Ada Okafor», who signs the article."""
    if len(text) > _SHORTEST:
        return False
    if title_key(text) in vocabulary.keys("author_note", "headings"):
        return True
    about = vocabulary.beginning("author_note", "about").match(text)
    name = text[about.end() :].strip(" :") if about else ""
    return " " in name and bylines.sign(name)


class _Bylines:
    """The lines around the start of a body that say who wrote; `first` is its first block."""

    def __init__(self, document: Document, labels: Sequence[LabelledBlock], first: int) -> None:
        self.document, self.labels = document, labels
        self.start, self.end = max(0, first - _ABOVE), first + _BELOW

    def sign(self, name: str) -> bool:
        """Does one of them say the name?"""
        lines = enumerate(self.document.texts[self.start : self.end], self.start)
        said = (index for index, line in lines if name in line and re.search(rf"\b{re.escape(name)}\b", line))
        return any(map(self._is_one, said))

    def _is_one(self, index: int) -> bool:
        """A name alone can be a topic's, if no day is beside it."""
        text, label = self.document.texts[index], self.labels[index].label
        if len(text) > _BYLINE or label in BODY_LABELS:
            return False
        if label is Label.BYLINE or is_byline_line(text, self.document.text):
            return True
        beside = (self.document.texts[i] for i in (index - 1, index + 1) if 0 <= i < len(self.labels))
        return _name(f"{text} ") == text and any(map(is_stamp, beside))


def _name(text: str) -> str | None:
    """The words at the text's start that can be a name: each has a capital, where its script has them."""
    match = _NAME.match(text)
    return match[0] if match and not any(word[0].islower() for word in match[0].split()) else None
