"""How a page's source falls apart into tags and text.

This follows the tokenisation of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html#tokenization)
closely enough that text, tags and attributes come out as in a browser, also on broken pages. Each character is searched
a fixed number of times, so that no page, however broken, takes quadratic time; what is still open when the page ends is
swallowed, as in a browser. A tree of nodes is never made: reading every node of the fastest tree from Python takes
several times as long as all the work here.
"""

from __future__ import annotations

import re

from corpus_loader.pages import html_attributes, html_tags
from corpus_loader.pages.html_tags import EMPTY_TAG, PLAIN, Tag, end_tag, start_tag

__all__ = ["Tags", "content_of", "split"]

#: So many characters of a name tell elements apart.
_LONGEST = 62

#: Names of this module have C types.
_PLAIN, _EMPTY = PLAIN, EMPTY_TAG


class Tags:
    """Walks through a page from tag to tag. Comments, and elements without markup inside, count as one tag."""

    def __init__(self, source: str) -> None:
        self._source = source
        #: Where the text before the tag begins; it ends at the tag's start.
        self.text = 0
        #: Where the tag begins, at its `<`.
        self.start = 0
        #: Where it has ended, behind its `>`.
        self.end = 0
        #: What it does.
        self.tag = _EMPTY
        #: A start tag or an end tag as written.
        self.raw = ""
        #: The page's tags.
        self._known: dict[str, Tag] = {}

    def advance(self) -> bool:
        """Go on to the next tag and say whether there is one; if not, the page's last text alone remains."""
        source = self._source
        self.text = self.end
        start = source.find("<", self.end)
        while start >= 0:
            if self._read(start):
                self.start = start
                return True
            start = source.find("<", start + 1)
        self.start = self.end = len(source)
        return False

    def _read(self, start: int) -> bool:
        """Read the tag that begins there; False where the `<` is text."""
        source = self._source
        sign = html_attributes.sign_at(source, start + 1)
        if _is_letter(sign) or (sign == "/" and _is_letter(html_attributes.sign_at(source, start + 2))):
            self._read_named(start)
            return True
        if sign != "/" and sign != "!" and sign != "?":
            return False
        self.tag = _EMPTY
        is_comment = (
            sign == "!"
            and html_attributes.sign_at(source, start + 2) == "-"
            and html_attributes.sign_at(source, start + 3) == "-"
        )
        self.end = _comment_end(source, start + 4) if is_comment else _behind(source, ">", start)
        return True

    def _read_named(self, start: int) -> None:
        """Read a start tag or an end tag; most stand on the page again and again, and hold no `>` but their last."""
        source = self._source
        self.end = _behind(source, ">", start)
        self.raw = source[start : self.end]
        tag = self._known.get(self.raw)
        if tag is None:
            tag = self._read_unknown(start)
        if tag.swallows:
            self._swallow(tag, start)
        else:
            self.tag = tag

    def _read_unknown(self, start: int) -> Tag:
        """Read a tag that is the first of its kind on the page."""
        closes = html_attributes.sign_at(self.raw, 1) == "/"
        name = _name(self.raw, 2 if closes else 1)
        tag = end_tag(name) if closes else _start_tag_named(name)
        if not tag.swallows:
            end = _tag_end(self._source, start, self.end)
            if end != self.end:
                self.end = end
                self.raw = self._source[start:end]
            if not closes and len(self.raw) > len(name) + 2:
                tag = html_tags.with_attributes(tag, self.raw)
        self._known[self.raw] = tag
        return tag

    def _swallow(self, tag: Tag, start: int) -> None:
        """Read on to the end of an element without markup inside; it may end before the quotes of its attributes do."""
        source = self._source
        self.end = _content_end(source, tag.name, start + len(tag.name) + 1)
        if tag.name == "script":
            tag = html_tags.with_attributes(tag, self.raw)
        elif not tag.noted and source.find("itemprop", start, self.end) >= 0:
            tag = start_tag(tag.name, noted=True)
        self.tag = tag


def split(source: str) -> list[str]:
    """Text, tag, text, tag, …, text: the whole page."""
    tags, parts = Tags(source), []
    while tags.advance():
        parts += [source[tags.text : tags.start], source[tags.start : tags.end]]
    parts.append(source[tags.text :])
    return parts


_ELEMENT_END = re.compile(r"</[a-z]+[^>]*>?", re.IGNORECASE)


def content_of(raw: str) -> str:
    """What stands between the start tag and the end tag of an element that is one token, or the end of the page."""
    start, end = raw.find(">") + 1, raw.rfind("</")
    if start:
        return raw[start:end] if end >= start and _ELEMENT_END.fullmatch(raw, end) else raw[start:]
    return ""


def _start_tag_named(name: str) -> Tag:
    """What a start tag does if its attributes tell nothing."""
    tag = _PLAIN.get(name)
    if tag is None:
        name = name.lower()
        tag = _PLAIN.get(name)
    return tag if tag is not None else start_tag(name)


def _name(raw: str, begin: int) -> str:
    return raw[begin : min(html_attributes.name_end(raw, begin), begin + _LONGEST)]


def _behind(source: str, sought: str, at: int) -> int:
    """Where the first of these characters has ended, or the page."""
    found = source.find(sought, at)
    return found + 1 if found >= 0 else len(source)


def _tag_end(source: str, start: int, end: int) -> int:
    """Where this tag has ended if it ends at that `>`, or behind it, should that stand between quotes."""
    at = source.find("=", start, end)
    while at >= 0:
        at = html_attributes.behind_space(source, at + 1)
        quote = html_attributes.sign_at(source, at)
        if quote == '"' or quote == "'":
            at = _behind(source, '"' if quote == '"' else "'", at + 1)
            if at >= end:
                end = _behind(source, ">", at)
        at = source.find("=", at, end)
    return end


def _is_letter(sign: str) -> bool:
    return "a" <= sign <= "z" or "A" <= sign <= "Z"


def _comment_end(source: str, at: int) -> int:
    """Where the comment has ended whose text begins there."""
    if html_attributes.sign_at(source, at) == ">":
        return at + 1
    if html_attributes.sign_at(source, at) == "-" and html_attributes.sign_at(source, at + 1) == ">":
        return at + 2
    at = source.find("--", at)
    while at >= 0:
        sign = html_attributes.sign_at(source, at + 2)
        if sign == ">":
            return at + 3
        if sign == "!" and html_attributes.sign_at(source, at + 3) == ">":
            return at + 4
        at = source.find("--", at + 1)
    return len(source)


def _content_end(source: str, name: str, at: int) -> int:
    """Where the end tag of that name has ended, the first from there on, or the page."""
    at = source.find("<", at)
    while at >= 0:
        if html_attributes.sign_at(source, at + 1) == "/":
            end = at + 2 + len(name)
            if (
                end < len(source)
                and html_attributes.is_end_of_name(source[end])
                and source[at + 2 : end].lower() == name
            ):
                return _behind(source, ">", end)
        at = source.find("<", at + 1)
    return len(source)
