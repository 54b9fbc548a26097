"""Where on a page its article is, for judging the days around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus_loader.articles.labels import body_places, title_places
from corpus_loader.records import Document, Label, LabelledBlock

__all__ = ["Layout", "layout_of"]

_PROSE = 100  # code points: a block of the body this long is a paragraph, not a stamp
_HEADLINE = 20  # code points: a shorter line can stand in the title by chance


class Layout(NamedTuple):
    """Where on the page the article is: indices of blocks."""

    title: int
    #: The first and one past the last block of the body.
    first: int
    last: int
    #: The blocks of the body, and those of them that are paragraphs.
    body: tuple[int, ...]
    prose: frozenset[int]
    labels: tuple[Label, ...]

    def distance(self, block: int) -> int:
        """Blocks between this one and the nearest of: headline, beginning of the body, end of the body."""
        return min(abs(block - self.title), abs(block - self.first), abs(block - self.last))


def layout_of(document: Document, labels: Sequence[LabelledBlock]) -> Layout:
    """The article's place: by the page's own first-level heading, else by the labels, else the page's beginning."""
    kinds = tuple([label.label for label in labels])
    body = tuple(body_places(labels))
    first, last = (body[0], body[-1] + 1) if body else (0, len(document.blocks))
    titles = _headings(document) or title_places(labels)
    above = [i for i in titles if i <= first]
    title = above[-1] if above else titles[0] if titles else max(0, first - 1)
    prose = frozenset([i for i in body if document.blocks[i].end - document.blocks[i].start >= _PROSE])
    return Layout(title, first, last, body, prose, kinds)


def _headings(document: Document) -> list[int]:
    """The blocks that the page itself names as its headline: its h1; in a dump, what repeats the `<title>` line."""
    if not document.blocks:
        return []
    texts = document.texts
    if stated := {datum.value for datum in document.stated("h1")}:
        return [i for i, text in enumerate(texts) if text in stated]
    head = texts[0]
    longest = len(head)
    return [i for i, text in enumerate(texts) if _HEADLINE <= len(text) <= longest and i and text in head]
