"""HTML's tags: how a page's source falls apart into tags and text, and what each tag does to the page's lines.

This follows the tokenisation of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html#tokenization)
closely enough that text, tags and attributes come out as in a browser, also on broken pages; one regular expression
does it at about 300 MB/s. A tree of nodes is never made: reading every node of the fastest tree from Python takes
several times as long as all the work here.
"""

from __future__ import annotations

import enum
import html
import re
from typing import NamedTuple

__all__ = ["BLOCKS", "TOKEN", "Kind", "Tag", "attributes", "read_tag"]

_RAW_TEXT = ("script", "style", "noscript", "iframe", "textarea", "title", "noembed", "noframes", "xmp")


def _element(name: str) -> str:
    """A pattern for one element whose content is not markup, up to its end tag or the end of the page."""
    return rf"{name}(?=[\s/>])[^<]*+(?:<(?!/{name}(?=[\s/>]))[^<]*+)*+(?:</{name}[^>]*+>?|\Z)"


# Possessive throughout: each character is looked at once, so that no page, however broken, takes quadratic time. What
# is still open when the page ends is swallowed, as in a browser.
_ATTRIBUTES = r"""[^>=]*+(?:=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|)[^>=]*+)*+(?:>|\Z)"""
_COMMENT = r"!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z))"

#: Splits a page into text, tag, text, tag, …, text. Comments, and elements without markup inside, count as one tag.
TOKEN = re.compile(
    rf"(<(?:(?i:{'|'.join(map(_element, _RAW_TEXT))})|/?[a-zA-Z]{_ATTRIBUTES}|{_COMMENT}|[!?/][^>]*+(?:>|\Z)))"
)

_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""([^\s=>"'/][^\s=>/]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "basefont",
        "frame",
        "keygen",
    ]
)
#: Elements that stand in lines of their own.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
        "button",
    ]
)
#: Never shown, or shown only where the browser lacks something.
_UNSHOWN = frozenset(
    ["template", "select", "datalist", "object", "applet", "audio", "video", "canvas", "map", "rp", "dialog", "svg"]
)
_NOTED = frozenset(["meta", "link", "title", "script", "html", "time", "h1"])

_P_CLOSERS = BLOCKS - frozenset(
    [
        "body",
        "html",
        "dd",
        "dt",
        "li",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "optgroup",
        "caption",
        "button",
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_CELLS = frozenset({"td", "th"})
_ROWS = _CELLS | {"tr"}
_ROW_GROUPS = _ROWS | {"tbody", "thead", "tfoot", "caption"}
#: The start tag of the key closes open elements of these names, if they stand above the nearest other block.
_CLOSES = {
    **dict.fromkeys(_P_CLOSERS, frozenset({"p"})),
    **dict.fromkeys(_HEADINGS, _HEADINGS | {"p"}),
    "li": frozenset({"li", "p"}),
    **dict.fromkeys(("dd", "dt"), frozenset({"dd", "dt", "p"})),
    **dict.fromkeys(_CELLS, _CELLS | {"p"}),
    "tr": _ROWS | {"p"},
    **dict.fromkeys(("tbody", "thead", "tfoot"), _ROW_GROUPS | {"p"}),
    "a": frozenset({"a"}),
}


class Kind(enum.IntEnum):
    """What a tag does."""

    OPENS = 0
    CLOSES = 1
    #: Opens an element that is not text.
    HIDES = 2
    #: Neither opens nor closes: void elements, comments, elements swallowed whole.
    STANDS = 3


class Tag(NamedTuple):
    """One tag of a page."""

    kind: Kind
    name: str
    #: It ends the line before it.
    breaks: bool = False
    #: It may state metadata.
    noted: bool = False
    #: It is a link's start.
    links: bool = False
    #: It opens a block-level element that its own attributes hide.
    veils: bool = False
    #: Names of the open elements that it closes before it opens.
    closes: frozenset[str] = frozenset()


def read_tag(raw: str) -> Tag:
    """What this tag, from its `<` to its `>`, does."""
    match = _NAME.match(raw)
    if match is None:
        return Tag(Kind.STANDS, "!")
    name = match[1].lower()
    if raw[1] == "/":
        # HTML reads </br> as <br> and </p> without an open p as an empty paragraph: both end the line.
        kind = Kind.STANDS if name in _VOID else Kind.CLOSES
        return Tag(kind, name, breaks=name in BLOCKS or name == "br")
    noted = name in _NOTED or "itemprop" in raw
    if name in _VOID or name in _RAW_TEXT or (name == "svg" and raw.endswith("/>")):
        return Tag(Kind.STANDS, name, breaks=name in {"br", "hr"}, noted=noted)
    hidden = _is_hidden(name, raw)
    veils = hidden and name in BLOCKS
    kind = Kind.HIDES if name in _UNSHOWN or (hidden and not veils) else Kind.OPENS
    links = name == "a" and "href" in raw
    return Tag(kind, name, name in BLOCKS, noted, links, veils, _CLOSES.get(name, frozenset()))


# React sends the parts of a page that were slow to make as <div hidden id="S:1f">, and a script moves them into place.
_STREAMED = re.compile(r"S:[0-9a-f]+")


def _is_hidden(name: str, raw: str) -> bool:
    """Does the tag itself say that its element is not shown? (A page that hides its body until a script runs is shown.)"""
    if name in {"html", "body"} or ("hidden" not in raw and "display" not in raw):
        return False
    stated = attributes(raw)
    if "hidden" in stated:
        return stated["hidden"] != "until-found" and not _STREAMED.fullmatch(stated.get("id", ""))
    return _NOT_DISPLAYED.search(stated.get("style", "")) is not None


def attributes(raw: str) -> dict[str, str]:
    """The attributes of a start tag, names in lower case, values without quotes and character references."""
    name = _NAME.match(raw)
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(raw, name.end() if name else 0):
        found.setdefault(match[1].lower(), html.unescape(match[2] or match[3] or match[4] or ""))
    return found
