"""Where the readers' comments below an article begin in a dump: at the line that counts them.

Comments are prose. In HTML their elements tell them; a dump has nothing but this heading. A line that asks for a
comment is none: on some sites its button stands in the middle of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus_loader.articles import vocabulary
from corpus_loader.records import Document

__all__ = ["comments_below"]

#: Such a heading is no longer.
_HEADING = 120
#: So many blocks of the body are above it at least, and such a share of its characters: a link to the comments can
#: stand among the first lines.
_ABOVE, _SHARE = 2, 0.5


def comments_below(document: Document, body: Sequence[int]) -> int | None:
    """The block that heads the comments, if some of the body is below it; None where none does."""
    if len(body) <= _ABOVE:
        return None
    sizes = [document.blocks[index].end - document.blocks[index].start for index in body]
    above, place = sum(sizes[:_ABOVE]), _ABOVE
    for index in range(body[_ABOVE - 1] + 1, body[-1] + 1):
        if place < len(body) and body[place] < index:
            above, place = above + sizes[place], place + 1
        if _heads_comments(document, index, late=above >= _SHARE * sum(sizes)):
            return index
    return None


def _heads_comments(document: Document, index: int, *, late: bool) -> bool:
    start, end, _ = document.blocks[index]
    if end - start > _HEADING:
        return False
    text = document.text[start:end]
    counts = _counts().fullmatch(text)
    if counts is None or not (late or counts["title"]):
        return False
    return text not in document.text[end:].splitlines()  # a button «Comments» is printed above and below a text


@cache
def _counts() -> re.Pattern[str]:
    """«34 responses to “The headline”», «3 Kommentare», «Comments (12)»; a title behind it tells it from a link."""
    words = "|".join(map(re.escape, vocabulary.raw("comments", "counted")))
    title = r"(?P<title>\s+(?:\w+\s+)?[“\"«„‘'].+)?"
    return re.compile(rf"\W*(?:\d[\d.,]*\s*(?:{words}){title}|(?:{words})\s*[:(]?\s*\d*)[^\w?]*", re.IGNORECASE)
