"""Notes about the author, or about the paper, below an article: paragraphs, and to the labeller like the article's own.

They begin with a name that stands on a line of its own, right above or as the byline, and of which the article itself
tells nothing: «Ada Okafor is a reporter at …».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_loader.articles import vocabulary
from corpus_loader.articles.wording import title_key
from corpus_loader.records import BODY_LABELS, Document, Label, LabelledBlock

__all__ = ["author_note"]

#: A note begins in one of so many last blocks of the body, and so many stand above it at least.
_LAST, _ARTICLE = 4, 3
#: It is longer than this.
_SHORTEST = 40
#: Lines above the body's start, and below it, among which the byline is; it is no longer. Alone it is mostly names.
_ABOVE, _BELOW, _BYLINE, _MOSTLY = 12, 3, 120, 4
#: Two or three words.
_NAME = re.compile(r"(?:[^\W\d_][\w'’.-]*\s+){1,2}?[^\W\d_][\w'’.-]*(?=[\s,(])")
_NOT_BYLINE = BODY_LABELS | {Label.TITLE}


def author_note(document: Document, labels: Sequence[LabelledBlock], body: Sequence[int]) -> int | None:
    """The first block of such a note, which ends with the body; None where there is none."""
    bylines = list(_bylines(document, labels, body[0])) if body else []
    for place in range(max(_ARTICLE, len(body) - _LAST), len(body)):
        index = body[place]
        text, above = document.block_text(index), document.block_text(index - 1)
        if _heads(text, bylines) or _heads(above, bylines):
            return index
        name = _name(text) if len(text) > _SHORTEST else None
        if name is None:
            continue
        headed = 2 * len(above) < len(text) and re.match(rf"{re.escape(name)}\s*(?:[,(]|\Z)", above) is not None
        article = [document.block_text(i) for i in body[:place] if i != index - 1 or not headed]
        if (headed or any(_signs(name, line) for line in bylines)) and not any(name in line for line in article):
            return index - 1 if headed else index
    return None


def _heads(text: str, bylines: Sequence[str]) -> bool:
    """«About the author», or «About Ada Okafor», who signs the article."""
    if len(text) > _SHORTEST:
        return False
    if title_key(text) in vocabulary.keys("author_note", "headings"):
        return True
    about = vocabulary.beginning("author_note", "about").match(text)
    name = text[about.end() :].strip(" :") if about else ""
    return " " in name and any(re.search(rf"\b{re.escape(name)}\b", line) for line in bylines)


def _bylines(document: Document, labels: Sequence[LabelledBlock], first: int) -> Iterator[str]:
    """The short lines around the body's start that are none of it."""
    for index in range(max(0, first - _ABOVE), min(first + _BELOW, len(labels))):
        start, end, _ = document.blocks[index]
        if labels[index].label not in _NOT_BYLINE and end - start <= _BYLINE:
            yield document.text[start:end]


def _signs(name: str, line: str) -> bool:
    """«By Ada Okafor», «Ada Okafor, Chief Reporter»: a caption has a name within."""
    return (
        len(line) <= _MOSTLY * len(name)
        and re.search(rf"\A{re.escape(name)}\b|\b{re.escape(name)}\Z", line) is not None
    )


def _name(text: str) -> str | None:
    """The words at the text's start that can be a name: each has a capital, where its script has them."""
    match = _NAME.match(text)
    return match[0] if match and not any(word[0].islower() for word in match[0].split()) else None
