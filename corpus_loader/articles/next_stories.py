"""The stories that a page loads below an article as one reads on: each an `article` element with its own headline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from corpus_loader.articles.byline import is_byline_line
from corpus_loader.articles.labels import body_places, relabel
from corpus_loader.articles.line_kinds import is_stamp
from corpus_loader.articles.page_kinds import Line, is_live
from corpus_loader.articles.wording import title_key
from corpus_loader.records import Document, Finding, Label, LabelledBlock, Outline

__all__ = ["drop_next_stories"]

_ARTICLE, _HEADLINE = "article", "h1"
_HEADLINES = frozenset({_HEADLINE})
_WRAPPERS = frozenset({"div", "section"})
#: Lines around a headline among which its byline or day stands.
_SIGNED = 8


def drop_next_stories(document: Document, final: list[LabelledBlock], title: Finding[str]) -> None:
    """Take out of the body what stands in, or below, an `article` element beside the article's own: a story itself.

    It has an `h1`, and below it a byline or a day: the parts of a guide have none. And the body begins in an `article`
    whose own `h1` is the page's headline: the posts on a blog's front page have another one. Comments have no `h1`, and
    teasers stand elsewhere or inside the article.
    """
    if document.page.media_type == "text/plain":
        return
    body = body_places(final)
    markup = document.blocks[body[0]].markup if body else None
    if markup is None or title.value is None:
        return
    outline = markup.outline
    if _ARTICLE not in outline.names or outline.names.count(_HEADLINE) < 2:
        return
    headed = dict(_headed(document, outline))
    own = _article_of(outline, markup.element)
    if own not in headed or title_key(document.texts[headed[own]]) != title_key(title.value):
        return
    around = {element: place for place, element in enumerate(outline.up(own))}
    later = {
        element
        for element, headline in headed.items()
        if element > own and _is_beside(outline, around, element) and _is_signed(document, element, headline)
    }
    if not later or _is_live(document, title.value):
        return
    for index in _below(document, outline, body, later):
        relabel(final, index, Label.FURNITURE, "next-story")


def _is_live(document: Document, title: str) -> bool:
    """Is it a live blog, the entries of which can be articles with headlines and times?"""
    return is_live(Line(title)) or any(name.startswith("jsonld:LiveBlogPosting") for name in document.stated_names)


def _below(document: Document, outline: Outline, body: Sequence[int], later: Set[int]) -> list[int]:
    """The blocks in the later stories, and those below the first of them, unless that is most of the article itself."""
    elements = {index: markup.element for index in body if (markup := document.blocks[index].markup) is not None}
    above = [index for index, element in elements.items() if element < min(later)]
    inside = [index for index, element in elements.items() if _article_of(outline, element) in later]
    others = sorted(elements.keys() - {*above, *inside})
    sizes = [sum(len(document.texts[index]) for index in places) for places in (above, others)]
    return inside if sizes[0] < sizes[1] else inside + others


def _headed(document: Document, outline: Outline) -> Iterator[tuple[int, int]]:
    """The `article` elements that hold an `h1` nearer than any other article, the last first, and the block of it."""
    for index in range(len(document.blocks) - 1, -1, -1):
        markup = document.blocks[index].markup
        if markup is None or not markup.is_within(_HEADLINES):
            continue
        if article := _article_of(outline, markup.element):
            yield article, index


def _article_of(outline: Outline, element: int) -> int:
    """The nearest `article` that an element stands in, or is; 0 where there is none."""
    return next((e for e in outline.up(element) if outline.names[e] == _ARTICLE), 0)


def _is_signed(document: Document, article: int, headline: int) -> bool:
    """Does one of the first lines of this element, but its headline, hold a byline, a day, or an element for a time?"""
    for index in range(max(0, headline - _SIGNED), min(headline + 1 + _SIGNED, len(document.blocks))):
        markup = document.blocks[index].markup
        if markup is None or index == headline or article not in markup.outline.up(markup.element):
            continue
        text = document.texts[index]
        if markup.tag == "time" or is_byline_line(text) or is_stamp(text):
            return True
    return False


def _is_beside(outline: Outline, own: Mapping[int, int], other: int) -> bool:
    """Does an element stand beside another one, in no elements but blocks without a meaning?

    Or in such as that one stands in: each story in an item of a list. `own` has the places of it and of all around it.
    """
    between = set()
    around = outline.parents[other]
    while around and around not in own:
        between.add(outline.names[around])
        around = outline.parents[around]
    shared = own.get(around, len(own))
    return shared > 0 and between <= {outline.names[element] for element in list(own)[1:shared]} | _WRAPPERS
