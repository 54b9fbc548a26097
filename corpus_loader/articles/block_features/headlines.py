# cython: boundscheck=False, wraparound=False
"""Which lines are the headline that the page states, and where the others stand to it."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_loader.articles.block_features.rows import Rows
from corpus_loader.records import Document

__all__ = ["HEADLINE_NAMES", "fill_headline", "stated_headlines"]

HEADLINE_NAMES = ("headline", "to_headline")

_STATED = frozenset({"title", "h1", "meta:og:title", "jsonld:NewsArticle.headline", "jsonld:Article.headline"})
#: Shorter lines are no headlines.
_SHORTEST = 8
#: A line that holds the headline is less than so many times as long.
_TIMES = 3
#: Lines farther away count as if they were so far; the place of the headline where there is none.
_FAR, _NOWHERE = 60, -99
#: So many characters at most are read in search of all lines in all headlines: pages of news take up to 1,200,000.
_MOST_READ = 1 << 26


def stated_headlines(document: Document) -> tuple[str, ...]:
    """What the page states its headline to be: in its markup, or in its first line, where dumpers put the title."""
    if document.page.media_type == "text/html":
        return tuple(dict.fromkeys(datum.value for datum in document.metadata if datum.name in _STATED))
    return (document.texts[0],)


def fill_headline(document: Document, run: int, rows: Rows, row: int) -> None:
    """Write whether a stated headline holds each line, or each line holds one, and how far the page's headline is.

    The page's headline is the longest such line, and of several the last before its run of prose.

    Args:
        document: the page.
        run: the line that the run begins with.
        rows: the table.
        row: the row of the first of the features.

    """
    headlines = stated_headlines(document)
    # The first line of a dump is the stated headline itself.
    first = 0 if document.page.media_type == "text/html" else 1
    _fill_like(document.texts, headlines, first, rows, row)
    _fill_distance(_headline(document.texts, run, rows, row), rows, row + 1)


def _fill_like(texts: Sequence[str], headlines: Sequence[str], first: int, rows: Rows, row: int) -> None:
    # One search through all: HTML has no U+0000, and a dump one headline.
    together = "\0".join(headlines)
    if rows.shape[1] * len(together) > _MOST_READ:  # a trap: it would take time that grows with its square
        headlines, together = (), ""
    for i in range(rows.shape[1]):
        text = texts[i]
        rows[row, i] = i >= first and len(text) >= _SHORTEST and (text in together or _holds(text, headlines))


def _holds(text: str, headlines: Sequence[str]) -> bool:
    """Whether the line holds one of the headlines, and not much else."""
    size, found = len(text), False
    for headline in headlines:
        found = found or (len(headline) < size < _TIMES * len(headline) and headline in text)
    return found


def _headline(texts: Sequence[str], run: int, rows: Rows, row: int) -> int:
    """The place of the page's headline; -1 where there is none."""
    best, longest = -1, 0
    for i in range(rows.shape[1]):
        if rows[row, i]:
            size = len(texts[i])
            if size > longest or (size == longest and i <= run):
                best, longest = i, size
    return best


def _fill_distance(place: int, rows: Rows, row: int) -> None:
    for i in range(rows.shape[1]):
        rows[row, i] = _NOWHERE if place < 0 else max(-_FAR, min(i - place, _FAR))
