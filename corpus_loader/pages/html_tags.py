"""HTML's tags: how a page's source falls apart into tags and text, and what each tag does to the page's lines.

This follows the tokenisation of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html#tokenization)
closely enough that text, tags and attributes come out as in a browser, also on broken pages; one regular expression
does it at about 300 MB/s. A tree of nodes is never made: reading every node of the fastest tree from Python takes
several times as long as all the work here.
"""

from __future__ import annotations

import enum
import functools
import re
from dataclasses import dataclass

from corpus_loader.pages.character_references import unescape

__all__ = ["BLOCKS", "TOKEN", "Kind", "Tag", "attributes", "content_of", "read_tag"]

_RAW_TEXT = ("script", "style", "noscript", "iframe", "textarea", "title", "noembed", "noframes", "xmp")
#: Their first letters: no other tag is compared with their names.
_FIRST = "".join(sorted({letter for name in _RAW_TEXT for letter in (name[0], name[0].upper())}))


def _element(name: str) -> str:
    """A pattern for one element whose content is not markup, up to its end tag or the end of the page."""
    return rf"{name}(?=[\s/>])[^<]*+(?:<(?!/{name}(?=[\s/>]))[^<]*+)*+(?:</{name}[^>]*+>?|\Z)"


# Possessive throughout: each character is looked at once, so that no page, however broken, takes quadratic time. What
# is still open when the page ends is swallowed, as in a browser.
_ATTRIBUTES = r"""[^>=]*+(?:>|(?:=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|)[^>=]*+)*+(?:>|\Z))"""
_COMMENT = r"!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z))"

#: Splits a page into text, tag, text, tag, …, text. Comments, and elements without markup inside, count as one tag.
TOKEN = re.compile(
    rf"(<(?:/[a-zA-Z]{_ATTRIBUTES}|(?=[{_FIRST}])(?i:{'|'.join(map(_element, _RAW_TEXT))})|[a-zA-Z]{_ATTRIBUTES}"
    rf"|{_COMMENT}|[!?/][^>]*+(?:>|\Z)))"
)

_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""([^\s=>"'/][^\s=>/]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
#: Where nothing of this stands, attributes hide nothing: most tags that hold the word "hidden" have it in a class name.
_HIDING = re.compile(
    r"""[\s=>"'/](?:hidden|popover)(?:[\s=>/]|\Z)|display\s*:\s*none|visibility\s*:\s*hidden|&""", re.IGNORECASE
)
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_VOID = _names("area base br col embed hr img input link meta param source track wbr basefont frame keygen")
#: Elements that stand in lines of their own.
BLOCKS = _names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol optgroup option p pre "
    "search section summary table tbody td tfoot th thead tr ul"
)
#: Never shown, or shown only where the browser lacks something, or, as the glosses of ruby, beside the line.
_UNSHOWN = _names(
    "template select datalist object applet audio video canvas map rp rt rtc dialog svg annotation annotation-xml"
)
_NOTED = _names("base h1 html link meta script time title")

_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_CELLS = _names("td th")
_ROWS = _CELLS | {"tr"}
_ROW_GROUPS = _ROWS | _names("tbody thead tfoot caption")
_LEAVE_P_OPEN = _ROW_GROUPS | _names("body html dd dt li option optgroup button")
#: The start tag of the key closes open elements of these names, if they stand above the nearest other block.
_CLOSES = {
    **dict.fromkeys(BLOCKS - _LEAVE_P_OPEN, frozenset({"p"})),
    **dict.fromkeys(_HEADINGS, _HEADINGS | {"p"}),
    "li": _names("li p"),
    **dict.fromkeys(("dd", "dt"), _names("dd dt p")),
    **dict.fromkeys(_CELLS, _CELLS | {"p"}),
    "tr": _ROWS | {"p"},
    **dict.fromkeys(("tbody", "thead", "tfoot"), _ROW_GROUPS | {"p"}),
    "a": _names("a"),
}


class Kind(enum.IntEnum):
    """What a tag does."""

    #: Opens an element.
    OPENS = 0
    #: Opens a link.
    LINKS = 1
    #: Opens an element that hides what it holds, or keeps its line ends.
    OPENS_SPECIALLY = 2
    CLOSES = 3
    #: Opens an element that is not text.
    HIDES = 4
    #: Neither opens nor closes: void elements, comments, elements swallowed whole.
    STANDS = 5


@dataclass(frozen=True, slots=True)
class Tag:
    """What one tag of a page does; tags that do the same share theirs."""

    kind: int
    name: str
    #: It ends the line before it.
    breaks: bool = False
    #: It may state metadata.
    noted: bool = False
    #: Names of the open elements that it closes before it opens.
    closes: frozenset[str] = frozenset()
    #: It opens a block-level element that its own attributes hide.
    veils: bool = False


_OPENS, _LINKS, _OPENS_SPECIALLY, _CLOSING, _HIDES, _STANDS = (int(kind) for kind in Kind)
_EMPTY_TAG = Tag(_STANDS, "!")
#: A template that states one is shown at once, as what its element holds (https://html.spec.whatwg.org/#the-template-element).
_SHADOW_ROOT = Tag(_OPENS, "template", breaks=True)


def read_tag(raw: str) -> Tag:
    """What this tag, from its `<` to its `>`, does."""
    tag = _bare_tag(raw[:_LONGEST].partition(" ")[0])
    if not raw[1:2].isalpha():  # an end tag, a comment
        return tag
    name = tag.name
    if tag.kind == _STANDS:
        return _start_tag(name, noted=True) if _states(name, raw) else tag
    if name == "svg" and raw.endswith("/>"):
        return _EMPTY_TAG
    lowered = raw.lower()
    if name == "template" and "shadowrootmode" in lowered and _is_shadow_root(raw):
        return _SHADOW_ROOT
    linked, noted = name == "a" and "href" in lowered, "itemprop" in lowered
    hidden = ("hidden" in lowered or "display" in lowered or "popover" in lowered) and _is_hidden(name, raw)
    return _start_tag(name, linked, noted, hidden) if linked or noted or hidden else tag


#: The tag of an element with the longest name ends here, or its attributes begin.
_LONGEST = 64


@functools.lru_cache(1 << 12)
def _bare_tag(beginning: str) -> Tag:
    """The tag that begins so, without its attributes: few tags of a page differ before their first space."""
    match = _NAME.match(beginning)
    if match is None:
        return _EMPTY_TAG
    end, name = match.groups()
    name = name[: _LONGEST - 2].lower()
    return _end_tag(name) if end else _start_tag(name)


def _states(name: str, raw: str) -> bool:
    """May a tag that stands alone state metadata? Most scripts and links of a page state nothing."""
    if name == "script":
        return "ld+json" in raw[:_SCRIPT_TAG].lower()
    if name == "link":
        lowered = raw.lower()
        return any(relation in lowered for relation in _RELATED)
    return name in _NOTED or "itemprop" in raw


def _end_tag(name: str) -> Tag:
    """HTML reads </br> as <br>, and </p> without an open p as an empty paragraph: both end the line."""
    breaks = name in BLOCKS or name in {"br", "template"}
    return Tag(_STANDS if name in _VOID else _CLOSING, name, breaks)


@functools.lru_cache(1 << 10)
def _start_tag(name: str, linked: bool = False, noted: bool = False, hidden: bool = False) -> Tag:
    """A start tag whose attributes make it a link, state metadata, hide its element."""
    if name in _VOID or name in _RAW_TEXT:
        return Tag(_STANDS, name, breaks=name in {"br", "hr"}, noted=noted)
    breaks = name in BLOCKS
    if hidden:
        kind = _OPENS_SPECIALLY if breaks else _HIDES
    elif name in _UNSHOWN:
        kind = _HIDES
    elif name == "pre":
        kind = _OPENS_SPECIALLY
    else:
        kind = _LINKS if linked else _OPENS
    closes = _CLOSES.get(name, frozenset())
    return Tag(kind, name, breaks, noted or name in _NOTED, closes, veils=hidden and breaks)


#: So long a script's start tag may be.
_SCRIPT_TAG = 400
_RELATED = ("canonical", "amphtml", "alternate", "shortlink", "itemprop")

# React sends the parts of a page that were slow to make as <div hidden id="S:1f">, and a script moves them into place.
_STREAMED = re.compile(r"S:[0-9a-f]+")


def _is_hidden(name: str, raw: str) -> bool:
    """Does the tag say that its element is not shown? A page that hides all of itself until a script runs is shown."""
    if name in {"html", "body"} or not _HIDING.search(raw):
        return False
    stated = attributes(raw)
    if "hidden" in stated:
        return stated["hidden"] != "until-found" and not _STREAMED.fullmatch(stated.get("id", ""))
    return "popover" in stated or _NOT_DISPLAYED.search(stated.get("style", "")) is not None


def _is_shadow_root(raw: str) -> bool:
    return attributes(raw).get("shadowrootmode", "").lower() in {"open", "closed"}


_ELEMENT_END = re.compile(r"</[a-z]+[^>]*>?", re.IGNORECASE)


def content_of(raw: str) -> str:
    """What stands between the start tag and the end tag of an element that is one token, or the end of the page."""
    start, end = raw.find(">") + 1, raw.rfind("</")
    if start:
        return raw[start:end] if end >= start and _ELEMENT_END.fullmatch(raw, end) else raw[start:]
    return ""


def attributes(raw: str) -> dict[str, str]:
    """The attributes of a start tag, names in lower case, values without quotes and character references."""
    name = _NAME.match(raw)
    found: dict[str, str] = {}
    for key, double, single, bare in _ATTRIBUTE.findall(raw, name.end() if name else 0):
        value = double or single or bare
        found.setdefault(key.lower(), unescape(value) if "&" in value else value)
    return found
