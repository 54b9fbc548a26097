"""What an HTML page states beside its text: meta and link elements, JSON-LD, microdata, times, titles.

Names of the data, all in page order:

- `meta:NAME` for `<meta name|property|http-equiv=NAME content=…>`, the name in lower case: `meta:og:title`.
- `itemprop:NAME` for microdata, the value from content, datetime, href or src, else the text of the element's first
  line.
- `link:REL` for `<link rel=REL href=…>` with REL canonical, amphtml, alternate or shortlink; `base` for `<base href>`.
- `jsonld:TYPE.KEY` for each value in JSON-LD, deeper values with more keys: `jsonld:NewsArticle.author.name`. Objects
  in a list, in `@graph` or in `mainEntity` count as the page's own; without a type, TYPE is `Thing`.
- `time@datetime`, `html@lang`, `title`, and `h1` (the text of each first-level heading's first line).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import orjson

from corpus_loader.pages.character_references import unescape
from corpus_loader.pages.html_attributes import Attributes, attributes, name_end, tag_end
from corpus_loader.pages.html_tokens import content_of
from corpus_loader.records import Block, Metadatum

__all__ = ["Note", "read_metadata"]


class Note(NamedTuple):
    """A tag that may state metadata, and how many lines stand before it."""

    name: str
    #: Where in the source it begins.
    start: int
    raw: str
    line: int


_RELATIONS = frozenset({"canonical", "amphtml", "alternate", "shortlink"})
_SPACE = re.compile(r"[ \t\n\r\f]+")


def read_metadata(notes: Sequence[Note], text: str, blocks: Sequence[Block]) -> tuple[Metadatum, ...]:
    """The metadata of a page, in page order.

    Args:
        notes: the page's tags that may state metadata.
        text: the page's text.
        blocks: the page's blocks.

    """
    found: list[Metadatum] = []
    seeker = _Seeker()
    for tag, begin, raw, before in notes:
        beside = before if before < len(blocks) else None
        line = None
        if beside is not None and tag not in _HEAD:
            start, end, _ = blocks[beside]
            line = text[start:end]
        block = beside if tag not in _HEAD else None
        seeker.enter(tag, raw)
        for name, value in _READERS.get(tag, _read_other)(raw, line):
            at = seeker.find(value) if value is not line else -1
            if at >= 0:
                found.append(Metadatum(name, value, begin + at, begin + at + len(value), block))
            else:
                found.append(Metadatum(name, value, block=block))
    return tuple(found)


#: So many characters of a page's scripts and titles are searched in vain, for values that they write with escapes.
_VAIN = 1 << 28
#: The attributes that state values.
_STATING = frozenset({"content", "datetime", "href", "src", "lang", "xml:lang"})


class _Seeker:
    """Finds where a page's tags state their values."""

    def __init__(self) -> None:
        self._raw = ""
        #: Where the values of a script or a title begin; 0 where attributes state them.
        self._content = 0
        #: Where the last value has ended: the next one stands behind it, in most scripts.
        self._seen = 0
        self._value = ""
        self._at = -1
        self._vain = 0

    def enter(self, tag: str, raw: str) -> None:
        """Go on to the next tag."""
        self._raw = raw
        self._content = self._seen = tag_end(raw, name_end(raw, 1)) if tag == "script" or tag == "title" else 0
        self._value = ""

    def find(self, value: str) -> int:
        """Where the value stands in the tag as it is, or -1."""
        if value is not self._value:  # one attribute may have many names
            self._value = value
            self._at = self._find_in_content(value) if self._content else self._find_in_attributes(value)
        return self._at

    def _find_in_content(self, value: str) -> int:
        raw, seen = self._raw, self._seen
        if self._vain > _VAIN:
            return -1
        at = raw.find(value, seen)
        if at >= 0:
            self._seen = at + len(value)
        else:
            at = raw.find(value, self._content)
            self._vain += len(raw)
        return at

    def _find_in_attributes(self, value: str) -> int:
        raw = self._raw
        at = raw.find(value)
        if at < 0 or raw.find(value, at + 1) < 0:
            return at
        walk = Attributes(raw, name_end(raw, 1))
        while walk.advance():
            if raw[walk.name : walk.name_end].lower() in _STATING:
                at = raw.find(value, walk.value, walk.value_end)
                if at >= 0:
                    return at
        return -1


Stated = list[tuple[str, str]]


def _read_meta(raw: str, line: str | None) -> Stated:
    stated = attributes(raw)
    content = stated.get("content", "").strip()
    if not content:
        return []
    found = _read_itemprop(stated, None)
    for key in ("name", "property", "http-equiv"):
        if key in stated:
            return [(f"meta:{stated[key].strip().lower()}", content), *found]
    return found


def _read_link(raw: str, line: str | None) -> Stated:
    stated = attributes(raw)
    href = stated.get("href", "").strip()
    if not href:
        return []
    relations = dict.fromkeys(stated.get("rel", "").lower().split())
    found = [(f"link:{relation}", href) for relation in relations if relation in _RELATIONS]
    return found + _read_itemprop(stated, None)


def _read_time(raw: str, line: str | None) -> Stated:
    stated = attributes(raw)
    value = stated.get("datetime", "").strip()
    found = _read_itemprop(stated, line)
    return [("time@datetime", value), *found] if value else found


def _read_html(raw: str, line: str | None) -> Stated:
    stated = attributes(raw)
    language = stated.get("lang") or stated.get("xml:lang")
    return [("html@lang", language.strip())] if language else []


def _read_base(raw: str, line: str | None) -> Stated:
    href = attributes(raw).get("href", "").strip()
    return [("base", href)] if href else []


def _read_title(raw: str, line: str | None) -> Stated:
    title = _SPACE.sub(" ", unescape(content_of(raw))).strip()
    return [("title", title)] if title else []


def _read_h1(raw: str, line: str | None) -> Stated:
    found = _read_other(raw, line)
    return [("h1", line), *found] if line is not None else found


def _read_other(raw: str, line: str | None) -> Stated:
    return _read_itemprop(attributes(raw), line)


def _read_itemprop(stated: dict[str, str], line: str | None) -> Stated:
    names = list(dict.fromkeys(stated.get("itemprop", "").split()))
    if not names:
        return []
    values = [stated.get(key, "").strip() for key in ("content", "datetime", "href", "src")]
    value = next(filter(None, values), line)
    return [(f"itemprop:{name}", value) for name in names] if value else []


def _read_script(raw: str, line: str | None) -> Stated:
    if "ld+json" not in attributes(raw).get("type", "").lower():
        return []
    content = content_of(raw)
    try:
        thing = _parse_json(content)
    except ValueError:
        return _rescued(content)
    found: Stated = []
    _read_things(thing, found)
    return found


_COMMENTED = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


def _parse_json(content: str) -> Any:
    """The value of a JSON-LD script, forgiving what many pages get wrong.

    Raises ValueError where it is no JSON even without comment marks, newlines in strings, trailing commas, a semicolon
    at the end, or with `&quot;` read as a quote.
    """
    content = content.strip()
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        pass
    content = _TRAILING_COMMA.sub(r"\1", _COMMENTED.sub("", content).strip().rstrip(";"))
    try:
        return _forgiving(content)
    except (ValueError, RecursionError):
        pass
    try:
        return _forgiving(unescape(content))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


_SURROGATE = re.compile(r"(\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..)|\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def _forgiving(content: str) -> Any:
    """The value of JSON, also with line ends in its strings; half a surrogate pair is no character there."""
    return json.loads(_SURROGATE.sub(lambda escape: escape[1] or r"\ufffd", content), strict=False)


_RESCUED = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|articleBody|inLanguage)"\s*:\s*"((?:[^"\\]|\\.)*+)"', re.DOTALL
)


def _rescued(content: str) -> Stated:
    """What can be told from JSON-LD that is broken beyond repair: plain strings under a few keys."""
    found = []
    for match in _RESCUED.finditer(content):
        try:
            value = _forgiving(f'"{match[2]}"').replace("\0", "")
        except ValueError:
            continue
        if value.strip():
            found.append((f"jsonld:Thing.{match[1]}", value.strip()))
    return found


#: Deeper values are not read: an article's author's employer's address tells nothing about the page.
_DEPTH = 4
#: Nor are deeper lists and graphs of things.
_NESTED = 32


def _read_things(thing: Any, found: Stated, nested: int = 0) -> None:
    if nested > _NESTED:
        return
    if isinstance(thing, list):
        for item in thing:
            _read_things(item, found, nested + 1)
    elif isinstance(thing, dict):
        _gather(f"jsonld:{_type_of(thing)}", thing, 0, found)
        for key in ("@graph", "mainEntity"):
            if isinstance(thing.get(key), (dict, list)):
                _read_things(thing[key], found, nested + 1)


def _type_of(thing: dict[str, Any]) -> str:
    kind = thing.get("@type")
    if isinstance(kind, list):
        kind = kind[0] if kind else None
    return kind.rsplit("/", 1)[-1] if isinstance(kind, str) and kind else "Thing"


_NOT_READ = frozenset({"@context", "@graph", "@type", "mainEntity"})


def _gather(name: str, value: Any, depth: int, found: Stated) -> None:
    """Add a value, or all those in it."""
    if isinstance(value, str):
        if value := value.replace("\0", "").strip():  # "\u0000", which is in no text
            found.append((name, value))
    elif isinstance(value, (dict, list)):
        _gather_within(name, value, depth, found)
    elif value is not None and not isinstance(value, bool):
        found.append((name, str(value)))


def _gather_within(name: str, value: Any, depth: int, found: Stated) -> None:
    """Add the values of an object, or of a list; those of a list stand no deeper, unless it is within another."""
    if isinstance(value, list) and depth <= _DEPTH:
        for item in value:
            _gather(name, item, depth + isinstance(item, list), found)
    elif isinstance(value, dict) and depth < _DEPTH:
        for key, inner in value.items():
            if key not in _NOT_READ:
                _gather(f"{name}.{key}", inner, depth + 1, found)


_HEAD = frozenset(["meta", "link", "script", "title", "html", "base"])
_READERS: dict[str, Callable[[str, str | None], Stated]] = {
    "meta": _read_meta,
    "link": _read_link,
    "script": _read_script,
    "time": _read_time,
    "html": _read_html,
    "base": _read_base,
    "title": _read_title,
    "h1": _read_h1,
}
