"""The readers' comments below an article, which are prose to the labeller.

In HTML their elements tell them. In a dump they begin at the line that counts them: it has nothing but this heading. A
line that asks for a comment is none: on some sites its button stands in the middle of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus_loader.articles import vocabulary
from corpus_loader.articles.sentences import ASKS, STOPS
from corpus_loader.articles.wording import title_key
from corpus_loader.records import Document, Outline

__all__ = ["comments_below", "in_comments"]

#: Such a heading is no longer; the line below it that says who wrote, or when, is shorter.
_HEADING, _SIGNATURE = 120, 50
#: So many blocks of the body are above it at least, and such a share of its characters: a link to the comments can
#: stand among the first lines.
_ABOVE, _SHARE = 2, 0.5


#: What a page has is written into the classes of its own elements; links and spans to comments are often not closed.
_NONE = frozenset({"html", "body", "a", "span"})
#: One reader writes no more than so many times the article: an opinion is called a comment too.
_OPINION = 2


def in_comments(document: Document, body: Sequence[int], titles: Sequence[int]) -> list[int]:
    """The blocks of the body that stand in an element of comments, which is none around the article's start.

    In a forum, and where what an element is called is no word on all that it holds, the body begins in such an element,
    or the headline stands in it. What is called one comment can be an opinion, or an expert's: an article of its own,
    or with more of it below than above.
    """
    markups = {index: markup for index in (*titles, *body) if (markup := document.blocks[index].markup) is not None}
    starts = (markups[index] for index in (*titles, *body[:1]) if index in markups)
    known = {0: 0} | {element: 0 for markup in starts for element in markup.outline.up(markup.element)}
    holders = {i: _holder(markups[i].outline, markups[i].element, known) for i in body if i in markups}
    found = [index for index, element in holders.items() if element]
    elements = {holders[index] for index in found}
    if not found or any(_holds_all(markups[found[0]].outline, element) for element in elements):
        return found
    others = [index for index in body if not holders.get(index)]
    inside, above, below = (
        sum(len(document.texts[index]) for index in places)
        for places in (found, [i for i in others if i < found[0]], [i for i in others if i > found[0]])
    )
    is_article = below > above or (len(elements) == 1 and inside > _OPINION * (above + below))
    return [] if is_article else found


def _holds_all(outline: Outline, element: int) -> bool:
    return not vocabulary.members("comments", "tokens").isdisjoint(outline.tokens(element))


def _holder(outline: Outline, element: int, known: dict[int, int]) -> int:
    """The outermost element of comments that it stands in, or is; 0 where there is none. Those found are `known`."""
    path = []
    while element not in known:
        path.append(element)
        element = outline.parents[element]
    found = known[element]
    for inner in reversed(path):
        if not found and outline.names[inner] not in _NONE and not _all_tokens().isdisjoint(outline.tokens(inner)):
            found = inner
        known[inner] = found
    return found


@cache
def _all_tokens() -> frozenset[str]:
    return vocabulary.members("comments", "tokens") | vocabulary.members("comments", "tokens_of_one")


def comments_below(document: Document, body: Sequence[int], headline: str | None) -> int | None:
    """The block that heads the comments, if some of the body is below it; None where none does.

    Where several lines count comments, they are buttons, or the figures that an article tells.
    """
    if len(body) <= _ABOVE:
        return None
    heads = _heads(document.texts, range(body[_ABOVE - 1] + 1, body[-1] + 1))
    if len(heads) != 1 or _heads(document.texts, range(body[-1] + 1, len(document.texts))):
        return None
    ((head, count),) = heads.items()
    if not _is_signed(document, head + 1):
        return None
    sizes = {index: len(document.texts[index]) for index in body}
    above = sum(size for index, size in sizes.items() if index < head)
    named = headline is not None and title_key(headline) in title_key(count["title"] or "")
    return head if named or above >= _SHARE * sum(sizes.values()) else None


def _heads(texts: Sequence[str], places: range) -> dict[int, re.Match[str]]:
    """The lines that count comments, by place."""
    begins, found = vocabulary.may_begin("comments", "counted"), {}
    for index, text in enumerate(texts[places.start : places.stop], places.start):
        if len(text) <= _HEADING and (begins[text[:2]] or text[0].isdecimal()):
            count = _counts().fullmatch(text)
            if count is not None:
                found[index] = count
    return found


def _is_signed(document: Document, index: int) -> bool:
    """Does one of the two lines from there on say who wrote a comment, or when?"""
    return any(
        len(line) < _SIGNATURE and not line.endswith((*STOPS, *ASKS)) for line in document.texts[index : index + 2]
    )


@cache
def _counts() -> re.Pattern[str]:
    """«34 responses to “The headline”», «3 Kommentare», «Comments (12)»."""
    words = "|".join(map(re.escape, vocabulary.raw("comments", "counted")))
    title = r"(?P<title>\s+(?:\w+\s+)?[“\"«„‘'].+)?"
    return re.compile(rf"\W*(?:\d[\d.,]*\s*(?:{words}){title}|(?:{words})\s*[:(]?\s*\d+)[^\w?]*", re.IGNORECASE)
