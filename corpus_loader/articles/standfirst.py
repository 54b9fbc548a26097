"""The standfirst that a page states as its description, and prints above byline, day and pictures."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_loader.articles import vocabulary
from corpus_loader.articles.wording import title_key
from corpus_loader.records import Document, Label, LabelledBlock

__all__ = ["Summaries", "is_linked"]

#: A standfirst is no longer, and is linked for less than this.
_LONGEST, _LINKED = 350, 0.5
#: A description that is no longer says nothing; one that is cut off, or that goes on, agrees with no shorter line.
_SUMMARY, _PART_OF_SUMMARY = 40, 60
#: A standfirst that the page states is at most so many lines above the first paragraph: pictures, shares, a player.
_STATED_ABOVE = 40


class Summaries:
    """What a page says of itself in its metadata."""

    def __init__(self, document: Document) -> None:
        names = vocabulary.members("standfirst", "metadata")
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
            text = document.texts[index]
            if labels[index].label is Label.FURNITURE and not labels[index].why and self._agree_with(text):
                repeated = any(_agree(title_key(text), title_key(document.texts[i])) for i in opening)
                return None if repeated or is_linked(document, index) else index
        return None

    def _agree_with(self, text: str) -> bool:
        if not _SUMMARY < len(text) <= _LONGEST:
            return False
        return any(_agree(title_key(text), key) for key in self._keys)


def is_linked(document: Document, index: int) -> bool:
    """Is the line a link, for most of its length?"""
    markup = document.blocks[index].markup
    return markup is not None and markup.link_share >= _LINKED


def _agree(one: str, other: str) -> bool:
    """Whether these keys are one line's: a description can be cut off, go on, or begin with section or place."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _PART_OF_SUMMARY and shorter in longer)
