"""The line that the page's own title agrees with: where there is one, nothing needs to be weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus_loader.articles.headline_candidates import SHORTEST, Stated
from corpus_loader.articles.wording import title_key
from corpus_loader.records import Document, Outline

__all__ = ["agreed_line", "main_headings"]

#: A stated title may go on behind the headline, with the names of section and outlet, for less than this share of it.
_REST = 0.5
#: A shorter line of a dump can be a menu's, printed twice: «Skip to content».
_LEAST_OF_DUMP = 24
#: Characters that a key can lose of its line: marks, quotes, doubled spaces.
_SLACK = 1.25


def agreed_line(document: Document, stated: Sequence[Stated], body: int) -> int | None:
    """The index of the line above the body that a stated title is, or begins with and then names section and outlet.

    Of an HTML page only first-level headings count, of a dump any line. Of several such lines it is the one with the
    longest wording, and the last with it: a breadcrumb repeats the headline above it.
    """
    keys = [place.key for place in stated if place.key]
    if not keys:
        return None
    is_dump = document.page.media_type == "text/plain"
    lines = range(1, min(body, len(document.blocks))) if is_dump else main_headings(document)
    least = max(_REST * min(map(len, keys)), _LEAST_OF_DUMP if is_dump else SHORTEST)
    most, initials = _SLACK * max(map(len, keys)), {key[0] for key in keys}
    best, found = 0, None
    for index in lines:
        text = document.texts[index]
        if index >= body:
            break
        if not least <= len(text) <= most or (text[0].isalnum() and text[0].casefold() not in initials):
            continue
        key = title_key(text)
        agrees = any(given.startswith(key) and len(key) > _REST * len(given) for given in keys)
        if agrees and len(key) >= max(best, least):
            best, found = len(key), index
    return found


def main_headings(document: Document) -> Iterator[int]:
    """The blocks that are first-level headings or stand in one, in page order; none in a text dump."""
    markup = document.blocks[0].markup if document.blocks else None
    inside = set() if markup is None else _inside(markup.outline, "h1")
    if inside:
        for index, (_, _, markup) in enumerate(document.blocks):
            if markup is not None and markup.element in inside:
                yield index


def _inside(outline: Outline, name: str) -> set[int]:
    """The elements of that name and all elements in them, which are numbered behind them."""
    names, parents = outline.names, outline.parents
    inside: set[int] = set()
    found = 0
    for _ in range(names.count(name)):
        found = names.index(name, found + 1)
        inside.add(found)
        for element in range(found + 1, len(names)):
            if parents[element] not in inside:
                break
            inside.add(element)
    return inside
