# cython: boundscheck=False, wraparound=False
"""The article's body as the page's JSON-LD states it, and which blocks it holds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus_loader.articles.block_features.rows import Rows
from corpus_loader.records import Document

__all__ = ["STATED_NAMES", "Passages", "fill_stated", "stated_body"]

#: What `fill_stated` writes.
STATED_NAMES = ("stated",)

_BODIES = (".articleBody", ".reviewBody")
#: A shorter one is a summary.
_SHORTEST_BODY = 200
#: Characters of a block's beginning, and of its end, that are looked for.
_END = 40
#: Blocks that are shorter say nothing.
_SHORTEST_BLOCK = 4
#: Each passage of so many characters makes a number, in which a character moves so many bits up for each after it.
_MARKED, _BITS = 4, 8
_MASK, _FACTOR = 0xFFFFFFFF, 0x9E3779B1
#: The logarithm of the greatest number of marks.
_MOST_MARKS = 24
#: So many characters at most, about, are read in search of passages: pages of news take up to 80,000,000.
_MOST_READ = 1 << 27


def stated_body(document: Document) -> str:
    """The article's body as the page's JSON-LD states it, white space as in blocks; empty if it does not."""
    bodies = [datum.value for datum in document.metadata if datum.name.endswith(_BODIES)]
    return " ".join(max(bodies, key=len).split()) if bodies else ""


def fill_stated(document: Document, rows: Rows, row: int) -> None:
    """Write whether the body that the page states holds each block's beginning and end; −1 where it states none."""
    body = stated_body(document)
    if len(body) < _SHORTEST_BODY:
        for i in range(rows.shape[1]):
            rows[row, i] = -1.0
    else:
        _fill_held(Passages(body), document.texts, rows, row)


def _fill_held(body: Passages, texts: Sequence[str], rows: Rows, row: int) -> None:
    for i, text in enumerate(texts):
        if len(text) > _END:
            rows[row, i] = body.holds(text[:_END]) + body.holds(text[len(text) - _END :])
        else:
            rows[row, i] = 2 * body.holds(text) if len(text) >= _SHORTEST_BLOCK else 0


class Passages:
    """The passages of a text, of which those of four characters are marked.

    Most passages that the text lacks hold one of four characters that it lacks, so they are seldom searched for.

    Args:
        text: the text.

    """

    def __init__(self, text: str) -> None:
        self._text = text
        size = min((2 * len(text)).bit_length(), _MOST_MARKS)
        self._shift = 32 - size
        self._unread = _MOST_READ
        self._marks = np.zeros(1 << size, np.uint8)
        self._mark(text)

    def _mark(self, text: str) -> None:
        key = 0
        for i, letter in enumerate(text):
            key = (key << _BITS ^ ord(letter)) & _MASK
            if i >= _MARKED - 1:
                self._marks[(key * _FACTOR & _MASK) >> self._shift] = 1

    def holds(self, passage: str) -> bool:
        """Whether the text has the passage; no, once too much was read in searches: their page is a trap."""
        if self._unread <= 0 or not self._may_hold(passage):
            return False
        self._unread -= len(self._text)
        return passage in self._text

    def _may_hold(self, passage: str) -> bool:
        key = 0
        for i, letter in enumerate(passage):
            key = (key << _BITS ^ ord(letter)) & _MASK
            if i >= _MARKED - 1 and not self._marks[(key * _FACTOR & _MASK) >> self._shift]:
                return False
        return True
