"""The standfirst above byline, day and pictures, which labellers leave out: pages state it, or print it on top."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_loader.articles import vocabulary
from corpus_loader.articles.dates import find_dates
from corpus_loader.articles.wording import title_key
from corpus_loader.records import Document, Label, LabelledBlock

__all__ = ["Summaries", "below_headline"]

#: A standfirst has at least and at most so many characters, scores at least this, and is linked for less than this.
_SHORTEST, _LONGEST, _SOMEWHAT, _LINKED = 50, 350, 0.2, 0.5
#: A description that is no longer says nothing; one that is cut off, or that goes on, agrees with no shorter line.
_SUMMARY, _PART_OF_SUMMARY = 40, 60
#: A standfirst that the page states is at most so many lines above the first paragraph: pictures, shares, a player.
_STATED_ABOVE = 40
#: Lines right above the body that can hold its headline, and those between headline and body that are no byline's.
_AROUND, _BYLINE = 6, 3
#: Accounts, addresses and copyright are none of a standfirst's.
_NO_SENTENCE = re.compile(r"[@©|]|https?:")


class Summaries:
    """What a page says of itself in its metadata."""

    def __init__(self, document: Document) -> None:
        names = frozenset(vocabulary.raw("standfirst", "metadata"))
        found = (title_key(datum.value) for datum in document.metadata if datum.name in names)
        self._keys = [key for key in found if len(key) > _SUMMARY]

    def hold(self, text: str) -> bool:
        """Is this one of them?"""
        return bool(self._keys) and title_key(text) in self._keys

    def above(self, document: Document, labels: Sequence[LabelledBlock], opening: Sequence[int]) -> int | None:
        """The last line between headline and body that is one of them, or all but all; no line of `opening` repeats it.

        `opening` are the first blocks of the body.
        """
        first = opening[0]
        for index in range(first - 1, max(0, first - _STATED_ABOVE) - 1, -1) if self._keys else ():
            if labels[index].label is Label.TITLE:
                break
            text = document.block_text(index)
            if labels[index].label is Label.FURNITURE and not labels[index].why and self._agree_with(text):
                repeated = any(_agree(title_key(text), title_key(document.block_text(i))) for i in opening)
                return None if repeated or _is_linked(document, index) else index
        return None

    def _agree_with(self, text: str) -> bool:
        if not _SUMMARY < len(text) <= _LONGEST:
            return False
        return any(_agree(title_key(text), key) for key in self._keys)


def below_headline(document: Document, labels: Sequence[LabelledBlock], first: int) -> int | None:
    """The line right below the headline, where it says much and the body begins only below a byline and a day."""
    above = [i for i in range(max(0, first - _AROUND), first) if labels[i].label is Label.TITLE]
    index = above[-1] + 1 if above else first
    if index > first - _BYLINE or labels[index].label is not Label.FURNITURE:
        return None
    text = document.block_text(index)
    says_much = _SHORTEST <= len(text) <= _LONGEST and labels[index].score >= _SOMEWHAT
    if not says_much or _is_linked(document, index) or _NO_SENTENCE.search(text) or find_dates(text):
        return None
    return index


def _is_linked(document: Document, index: int) -> bool:
    markup = document.blocks[index].markup
    return markup is not None and markup.link_share >= _LINKED


def _agree(one: str, other: str) -> bool:
    """Whether these keys are one line's: a description can be cut off, go on, or begin with section or place."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _PART_OF_SUMMARY and shorter in longer)
