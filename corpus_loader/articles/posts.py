"""A list of whole posts in HTML: each in an element of its own, below a heading that leads to the post's own page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from corpus_loader.pages.html_attributes import attributes
from corpus_loader.records import Document, Markup

__all__ = ["posts_below"]

_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
#: A heading that is a link, but for a sign beside it.
_LINKED = 0.8
#: Between a heading and its post stand a day, an author, a picture's credit.
_BETWEEN = 6
#: Several posts hold such a share of what reads like a body, and the longest of them no more than that.
_SHARE, _LONGEST = 0.9, 0.75


def posts_below(document: Document, body: Sequence[int], lengths: Sequence[int]) -> list[int]:
    """The headings below which the posts stand, if there are several and hardly any other text; else none."""
    headings = [i for i in range(max(body[0] - _BETWEEN, 0), body[-1]) if _leads_away(document.blocks[i].markup)]
    posts: dict[int, int] = {}
    elements: set[int] = set()
    for index, size in zip(body, lengths, strict=True):
        heading = headings[bisect_right(headings, index) - 1] if headings and headings[0] <= index else None
        if heading is None or heading == index:
            continue
        if heading not in posts:
            elements.add(_around(document.blocks[heading].markup, document.blocks[index].markup))
        posts[heading] = posts.get(heading, 0) + size
    several = 1 < len(posts) == len(elements)
    letters = sum(lengths)
    if not several or sum(posts.values()) < _SHARE * letters or max(posts.values()) > _LONGEST * letters:
        return []
    return list(posts)


def _leads_away(markup: Markup | None) -> bool:
    """Is the line a heading that is a link, and not to a place on the same page?"""
    if markup is None or markup.link_share < _LINKED or not markup.is_within(_HEADINGS):
        return False
    names, starts = markup.outline.names, markup.outline.starts
    links = (starts[element] for element in markup.outline.up(markup.element) if names[element] == "a")
    return all("#" not in attributes(link).get("href", "") for link in links)


def _around(one: Markup | None, other: Markup | None) -> int:
    """The innermost element around both lines."""
    if one is None or other is None:
        return 0
    outer = set(one.outline.up(one.element))
    return next((element for element in other.outline.up(other.element) if element in outer), 0)
