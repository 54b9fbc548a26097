"""Does the page hold an article at all?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_loader.articles import vocabulary
from corpus_loader.articles.address import url_parts
from corpus_loader.articles.headline_candidates import stated_titles
from corpus_loader.articles.wording import is_spaceless, title_key, words_of
from corpus_loader.records import BODY_LABELS, Document, Finding, Label, LabelledBlock

__all__ = ["find_article"]

_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")

#: A body of fewer characters is none.
_NOTHING = 60
#: With a longer body than this a page may carry any sign of being something else.
_SHORT = {"error": 600, "wall": 500, "login": 500, "gallery": 250, "video": 250}
_ENOUGH = max(_SHORT.values())
_WHAT = {
    "error": "an error page",
    "wall": "a consent, login or subscription wall",
    "login": "a login page",
    "gallery": "a gallery",
    "video": "a page of a video",
}
#: With less than this, also the page's other short lines are read for the words of an error or a wall.
_LITTLE = 200
#: Share of the body's characters that may stand inside links.
_LINKED = 0.6
#: An index is so many teasers below linked headings, each at least so long, half of the body or more;
_TEASERS, _HEADLINE = 4, 15
_HEADINGS = frozenset({"h2", "h3", "h4"})
#: or so many separate pieces of text, the largest of them with no more than this share of all,
_PIECES, _LARGEST = 5, 0.35
#: of which none says at least this share of the words of a stated title: articles in many pieces (rankings, guides) do.
_SPOKEN = 0.2
#: Lines that are read for the words of an error or a wall are short.
_LINE = 120
_FRONT = frozenset({"", "/", "/index.html", "/index.htm", "/index.php", "/home"})


def find_article(document: Document, labels: Sequence[LabelledBlock]) -> Finding[bool]:
    """True where the page holds an article; else None with reason `empty-page`, `not-an-article` or `no-body`."""
    if not any(char.isalnum() for char in document.text):
        return Finding(None, reason="empty-page", detail="the page has no text")
    body = [i for i, labelled in enumerate(labels) if labelled.label in BODY_LABELS]
    mass = _mass([document.block_text(i) for i in body])
    why = _is_front(document) or _is_index(document, body) or _is_something_else(document, labels, body, mass)
    if why:
        return Finding(None, reason="not-an-article", detail=why)
    if mass < _NOTHING:
        return Finding(None, reason="no-body", detail=f"only {mass} letters of the page read like an article's")
    return Finding(True)


def _mass(texts: Sequence[str]) -> int:
    """Characters; one of a script without spaces says as much as two and a half letters, where there are few."""
    letters = sum(map(len, texts))
    return letters if letters >= _ENOUGH else round(sum(len(t) + 1.5 * len(_SPACELESS.findall(t)) for t in texts))


def _is_front(document: Document) -> str:
    address = document.page.url or next((datum.value for datum in document.stated("link:canonical")), None)
    if not address or (parts := url_parts(address)) is None:
        return ""
    front = bool(parts.hostname) and parts.path in _FRONT and not parts.query and not parts.fragment
    return f"its address {address} is the front page of the site" if front else ""


def _is_index(document: Document, body: Sequence[int]) -> str:
    lengths = {i: document.blocks[i].end - document.blocks[i].start for i in body}
    total = sum(lengths.values())
    linked = sum(lengths[i] * (markup.link_share if (markup := document.blocks[i].markup) else 0.0) for i in body)
    if total and linked > _LINKED * total:
        return f"links hold {linked / total:.0%} of what reads like a body: an index of other pages"
    teasers = sum(any(_is_linked_heading(document, above) for above in (i - 1, i - 2)) for i in body)
    if teasers >= _TEASERS and 2 * teasers >= len(body):
        return f"{teasers} pieces of text stand below headings that are links: an index of other pages"
    pieces: list[int] = []
    for before, i in zip([-2, *body], body, strict=False):
        if i - before > 1:
            pieces.append(0)
        pieces[-1] += lengths[i]
    if len(pieces) >= _PIECES and max(pieces) <= _LARGEST * total and not _speaks_of_title(document, body):
        return f"{len(pieces)} separate pieces of text, none of the page's title: an index of other pages"
    return ""


def _is_linked_heading(document: Document, index: int) -> bool:
    if index < 0 or (markup := document.blocks[index].markup) is None:
        return False
    length = document.blocks[index].end - document.blocks[index].start
    return length >= _HEADLINE and markup.link_share > 0.8 and markup.is_within(_HEADINGS)


def _speaks_of_title(document: Document, body: Sequence[int]) -> bool:
    """Are words of a title that the page states in its body?"""
    said = frozenset(words_of(" ".join(document.block_text(i) for i in body)))
    for place in stated_titles(document):
        words = [word for word in place.words if len(word) > 3 or is_spaceless(word)]
        if words and sum(word in said for word in words) >= _SPOKEN * len(words):
            return True
    return False


def _is_something_else(document: Document, labels: Sequence[LabelledBlock], body: Sequence[int], mass: int) -> str:
    """The page says itself what it is, and has too little text to be an article beside that."""
    if mass >= _ENOUGH:
        return ""
    headings = _headings(document, labels)
    lines = [title_key(text) for i in range(len(document.blocks)) if len(text := document.block_text(i)) <= _LINE]
    for kind, what in _WHAT.items():
        if mass >= _SHORT[kind]:
            continue
        phrases = vocabulary.phrases("not_article", kind)
        places = [*headings, *lines] if kind in {"error", "wall"} and mass < _LITTLE else headings
        if kind == "wall":
            places = [*places, *(title_key(document.block_text(i)) for i in body)]
        for place in places:
            if (match := phrases.search(place)) is not None:
                return f"it says “{match[0]}” and has only {mass} letters that read like an article's: {what}"
    return ""


def _headings(document: Document, labels: Sequence[LabelledBlock]) -> list[str]:
    """The page's own title and first-level headings; of a dump the first line and the headline."""
    stated = [title_key(datum.value) for name in ("title", "h1", "meta:og:title") for datum in document.stated(name)]
    lines = [i for i, labelled in enumerate(labels) if i == 0 or labelled.label is Label.TITLE]
    return stated or [title_key(document.block_text(i)) for i in lines]
