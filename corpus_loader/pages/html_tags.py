"""HTML's tags: what each tag does to the page's lines."""

from __future__ import annotations

import enum
import functools
import re

from corpus_loader.pages.html_attributes import stated_in, unescaped

__all__ = [
    "BLOCKS",
    "EMPTY_TAG",
    "ENDS_SVG",
    "HEADINGS",
    "HTML_IN_SVG",
    "PLAIN",
    "ROW_GROUPS",
    "Kind",
    "Tag",
    "end_tag",
    "start_tag",
    "with_attributes",
]

_NOT_DISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


#: Their content is not markup, up to their end tag.
_RAW_TEXT = _names("script style noscript iframe textarea title noembed noframes xmp")
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
#: Their start tags end an SVG that was never closed, unless they stand in one of those elements, which hold HTML.
ENDS_SVG = _names(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta "
    "nobr ol p pre ruby s small span strong strike sub sup table tt u ul var"
)
HTML_IN_SVG = ("foreignobject", "desc")
_NOTED = _names("base h1 html meta time title")

HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_CELLS = _names("td th")
_ROWS = _CELLS | {"tr"}
#: Outside a table their start tags are none.
ROW_GROUPS = _ROWS | _names("tbody thead tfoot caption")
_TABLE_PARTS = ROW_GROUPS | {"table"}
_ITEMS = _names("dd dt")
_LEAVE_P_OPEN = ROW_GROUPS | _names("body html dd dt li option optgroup button")
#: The start tag of the key closes open elements of these names.
_CLOSES = {
    **dict.fromkeys(BLOCKS - _LEAVE_P_OPEN, frozenset({"p"})),
    **dict.fromkeys(HEADINGS, HEADINGS | {"p"}),
    "li": _names("li p"),
    **dict.fromkeys(_ITEMS, _ITEMS | {"p"}),
    **dict.fromkeys(_CELLS, _CELLS),
    "tr": _ROWS,
    **dict.fromkeys(("tbody", "thead", "tfoot", "caption"), ROW_GROUPS),
    "a": _names("a"),
}
#: But none around the nearest of these: lists and tables stand in items and cells of others.
_STOPS = {
    **{name: BLOCKS - closed for name, closed in _CLOSES.items()},
    **dict.fromkeys(_ITEMS, BLOCKS - _CLOSES["dd"] - _names("address div")),
    "li": BLOCKS - _CLOSES["li"] - _names("address div"),
    **{name: _TABLE_PARTS - closed for name, closed in _CLOSES.items() if name in ROW_GROUPS},
}
#: An end tag closes nothing around the nearest of these: nothing outside its table or the cell it stands in.
_SCOPE = _names("table td th caption")
_SCOPES = {
    "li": _SCOPE | _names("ol ul"),
    "p": _SCOPE | {"button"},
    "form": BLOCKS - _names("dd dt li optgroup option p"),
    "table": frozenset(),
    **dict.fromkeys(ROW_GROUPS, frozenset({"table"})),
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


class Tag:
    """What one tag of a page does; tags that do the same share theirs."""

    def __init__(
        self,
        kind: int,
        name: str,
        *,
        breaks: bool = False,
        noted: bool = False,
        closes: frozenset[str] = frozenset(),
        stops: frozenset[str] = frozenset(),
        veils: bool = False,
    ) -> None:
        self.kind = kind
        self.name = name
        #: It ends the line before it.
        self.breaks = breaks
        #: It may state metadata.
        self.noted = noted
        #: Names of the open elements that it closes before it opens, up to one of those that it does not look behind;
        #: an end tag has the latter alone.
        self.closes = closes
        self.stops = stops
        #: It opens a block-level element that its own attributes hide.
        self.veils = veils
        #: It begins an element that counts as one tag up to its end.
        self.swallows = kind == _STANDS and name in _RAW_TEXT


_OPENS, _LINKS, _OPENS_SPECIALLY, _CLOSING, _HIDES, _STANDS = (int(kind) for kind in Kind)
EMPTY_TAG = Tag(_STANDS, "!")
#: A template that states one is shown at once, as what its element holds (https://html.spec.whatwg.org/#the-template-element).
_SHADOW_ROOT = Tag(_OPENS, "template", breaks=True)


def with_attributes(tag: Tag, raw: str) -> Tag:
    """What a start tag does that has attributes."""
    name, lowered = tag.name, raw.lower()
    noted = _states(name, lowered)
    if tag.kind == _STANDS:
        return start_tag(name, noted=True) if noted else tag
    if name == "svg" and raw.endswith("/>"):
        return EMPTY_TAG
    if name == "template" and "shadowrootmode" in lowered and _is_shadow_root(raw):
        return _SHADOW_ROOT
    linked = name == "a" and "href" in lowered
    hidden = ("hidden" in lowered or "display" in lowered or "popover" in lowered) and _is_hidden(name, raw)
    if noted or hidden:
        return start_tag(name, linked, noted, hidden)
    return _LINK if linked else tag


def _states(name: str, lowered: str) -> bool:
    """May a start tag state metadata by its attributes? Most scripts and links of a page state nothing."""
    if name == "script":
        return "ld+json" in lowered
    if name == "link":
        return _is_related(lowered)
    return "itemprop" in lowered


def _is_related(lowered: str) -> bool:
    for relation in _RELATED:  # noqa: SIM110 - a generator takes as long as the search
        if relation in lowered:
            return True
    return False


@functools.lru_cache(1 << 10)
def end_tag(name: str) -> Tag:
    """HTML reads </br> as <br>, and </p> without an open p as an empty paragraph: both end the line."""
    name = name.lower()
    breaks = name in BLOCKS or name in {"br", "template"}
    stops = _SCOPES.get(name, _SCOPE) if name in BLOCKS else BLOCKS
    return Tag(_STANDS if name in _VOID else _CLOSING, name, breaks=breaks, stops=stops)


@functools.lru_cache(1 << 10)
def start_tag(name: str, linked: bool = False, noted: bool = False, hidden: bool = False) -> Tag:
    """A start tag whose attributes make it a link, state metadata, hide its element."""
    if name in _VOID or name in _RAW_TEXT:
        noted = noted or name in _NOTED
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
    stops = _STOPS.get(name, BLOCKS)
    noted = noted or name in _NOTED
    return Tag(kind, name, breaks=breaks, noted=noted, closes=closes, stops=stops, veils=hidden and breaks)


#: What the start tags do that pages have many of, if their attributes tell nothing.
PLAIN = {name: start_tag(name) for name in BLOCKS | _VOID | _UNSHOWN | _RAW_TEXT | _names("a b em i path span strong")}
_LINK = start_tag("a", linked=True)

_RELATED = ("canonical", "amphtml", "alternate", "shortlink", "itemprop")

# React sends the parts of a page that were slow to make as <div hidden id="S:1f">, and a script moves them into place.
_STREAMED = re.compile(r"S:[0-9a-f]+")


def _is_hidden(name: str, raw: str) -> bool:
    """Does the tag say that its element is not shown? A page that hides all of itself until a script runs is shown."""
    if name in {"html", "body"}:
        return False
    stated = stated_in(raw)
    if "hidden" in stated:
        said, key = unescaped(stated["hidden"]), unescaped(stated.get("id", ""))
        return said.lower() != "until-found" and not _STREAMED.fullmatch(key)
    return "popover" in stated or _NOT_DISPLAYED.search(unescaped(stated.get("style", ""))) is not None


def _is_shadow_root(raw: str) -> bool:
    return unescaped(stated_in(raw).get("shadowrootmode", "")).lower() in {"open", "closed"}
