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
from corpus_loader.pages.html_tags import EMPTY_TAG, PLAIN, Kind, Tag, end_tag, start_tag

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
        #: Is the tag within an SVG? There, elements without markup inside may be closed by their own start tags.
        self.in_svg = False
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
        self.end = _comment_end(source, start + 4) if is_comment else _behind(source, start)
        return True

    def _read_named(self, start: int) -> None:
        """Read a start tag or an end tag; most stand on the page again and again, and hold no `>` but their last.

        What holds one in quotes is not known by what stands before it: there, no tag has ended.
        """
        source = self._source
        self.end = _behind(source, start)
        self.raw = source[start : self.end]
        tag = self._known.get(self.raw)
        if tag is None:
            tag = self._read_unknown(start)
        if not tag.swallows:
            self.tag = tag
        elif self.in_svg and self.raw.endswith("/>"):
            self.tag = _EMPTY
        else:
            self._swallow(tag)

    def _read_unknown(self, start: int) -> Tag:
        """Read a tag that is the first of its kind on the page."""
        source = self._source
        closes = html_attributes.sign_at(self.raw, 1) == "/"
        behind = html_attributes.name_end(self.raw, 2)
        name = self.raw[2 if closes else 1 : behind][:_LONGEST]
        end = html_attributes.tag_end(source, start + behind)
        if end != self.end:
            self.end = end
            self.raw = source[start:end]
        tag = end_tag(name) if closes else _start_tag_named(name)
        if not closes and not tag.swallows and len(self.raw) > len(name) + 2:
            tag = html_tags.with_attributes(tag, self.raw)
        self._known[self.raw] = tag
        return tag

    def _swallow(self, tag: Tag) -> None:
        """Read on to the end of an element without markup inside."""
        self.end = _content_end(self._source, tag.name, self.end)
        self.tag = html_tags.with_attributes(tag, self.raw)


def split(source: str) -> list[str]:
    """Text, tag, text, tag, …, text: the whole page."""
    tags, parts = Tags(source), []
    while tags.advance():
        parts += [source[tags.text : tags.start], source[tags.start : tags.end]]
        if tags.tag.name == "svg":
            tags.in_svg = tags.tag.kind == Kind.HIDES
    parts.append(source[tags.text :])
    return parts


_ELEMENT_END = re.compile(r"</[a-z]+[^>]*>?", re.IGNORECASE)


def content_of(raw: str) -> str:
    """What stands between the start tag and the end tag of an element that is one token, or the end of the page."""
    start, end = html_attributes.tag_end(raw, html_attributes.name_end(raw, 1)), raw.rfind("</")
    return raw[start:end] if end >= start and _ELEMENT_END.fullmatch(raw, end) else raw[start:]


def _start_tag_named(name: str) -> Tag:
    """What a start tag does if its attributes tell nothing."""
    tag = _PLAIN.get(name)
    if tag is None:
        name = name.lower()
        tag = _PLAIN.get(name)
    return tag if tag is not None else start_tag(name)


def _behind(source: str, at: int) -> int:
    """Where the next `>` has ended, or the page."""
    found = source.find(">", at)
    return found + 1 if found >= 0 else len(source)


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
    """Where the element of that name has ended, or the page, whose content begins there.

    In a script, a script that stands in a comment has its own end tag.
    """
    commented = written = False
    seen = at
    at = source.find("<", at)
    while at >= 0:
        sign = html_attributes.sign_at(source, at + 1)
        if commented and source.find("-->", seen, at) >= 0:
            commented = written = False
        seen = at
        if sign == "/":
            if _is_named(source, name, at + 2):
                if not written:
                    return html_attributes.tag_end(source, at + 2 + len(name))
                written = False
        elif commented:
            written = written or _is_named(source, name, at + 1)
        elif sign == "!" and name == "script" and source.startswith("<!--", at):
            commented = True
            seen = at + 2  # <!--> ends at once
        at = source.find("<", at + 1)
    return len(source)


def _is_named(source: str, name: str, at: int) -> bool:
    """Whether the name of a tag that begins there is this one."""
    end = at + len(name)
    return end < len(source) and html_attributes.is_end_of_name(source[end]) and source[at:end].lower() == name
