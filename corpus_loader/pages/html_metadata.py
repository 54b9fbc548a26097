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
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from corpus_loader.pages.character_references import unescape
from corpus_loader.pages.html_tags import attributes, content_of
from corpus_loader.records import Block, Metadatum

__all__ = ["Note", "read_metadata"]


class Note(NamedTuple):
    """A tag that may state metadata, and how many lines stand before it."""

    name: str
    raw: str
    line: int


_RELATIONS = frozenset({"canonical", "amphtml", "alternate", "shortlink"})
_SPACE = re.compile(r"[ \t\n\r\f]+")


def read_metadata(notes: Sequence[Note], source: str, text: str, blocks: Sequence[Block]) -> tuple[Metadatum, ...]:
    """The metadata of a page, in page order.

    Args:
        notes: the page's tags that may state metadata.
        source: the page as decoded, which the offsets count in.
        text: the page's text.
        blocks: the page's blocks.

    """
    found: list[Metadatum] = []
    position = 0
    for note in notes:
        position = max(source.find(note.raw, position), 0)
        end = position + len(note.raw)
        beside = note.line if note.line < len(blocks) else None
        line = text[blocks[beside].start : blocks[beside].end] if beside is not None else None
        reader = _READERS.get(note.name, _read_other)
        for name, value in reader(note.raw, line):
            start = source.find(value, position, end)
            block = beside if note.name not in _HEAD else None
            if start >= 0:
                found.append(Metadatum(name, value, start, start + len(value), block))
            else:
                found.append(Metadatum(name, value, block=block))
        position = end
    return tuple(found)


Stated = Iterator[tuple[str, str]]


def _read_meta(raw: str, line: str | None) -> Stated:
    stated = attributes(raw)
    content = stated.get("content", "").strip()
    if content:
        for key in ("name", "property", "http-equiv"):
            if key in stated:
                yield f"meta:{stated[key].strip().lower()}", content
                break
        if "itemprop" in stated:
            yield from _read_itemprop(stated, None)


def _read_link(raw: str, line: str | None) -> Stated:
    stated = attributes(raw)
    href = stated.get("href", "").strip()
    if href:
        for relation in stated.get("rel", "").lower().split():
            if relation in _RELATIONS:
                yield f"link:{relation}", href
        yield from _read_itemprop(stated, None)


def _read_time(raw: str, line: str | None) -> Stated:
    stated = attributes(raw)
    value = stated.get("datetime", "").strip()
    if value:
        yield "time@datetime", value
    yield from _read_itemprop(stated, line)


def _read_html(raw: str, line: str | None) -> Stated:
    stated = attributes(raw)
    language = stated.get("lang") or stated.get("xml:lang")
    if language:
        yield "html@lang", language.strip()


def _read_base(raw: str, line: str | None) -> Stated:
    href = attributes(raw).get("href", "").strip()
    if href:
        yield "base", href


def _read_title(raw: str, line: str | None) -> Stated:
    title = _SPACE.sub(" ", unescape(content_of(raw))).strip()
    if title:
        yield "title", title


def _read_h1(raw: str, line: str | None) -> Stated:
    if line is not None:
        yield "h1", line
    yield from _read_itemprop(attributes(raw), line)


def _read_other(raw: str, line: str | None) -> Stated:
    yield from _read_itemprop(attributes(raw), line)


def _read_itemprop(stated: dict[str, str], line: str | None) -> Stated:
    names = stated.get("itemprop", "").split()
    if not names:
        return
    values = (stated.get(key, "").strip() for key in ("content", "datetime", "href", "src"))
    value = next((value for value in values if value), line)
    if value:
        for name in names:
            yield f"itemprop:{name}", value


def _read_script(raw: str, line: str | None) -> Stated:
    if "ld+json" not in attributes(raw[: raw.find(">") + 1]).get("type", "").lower():
        return
    content = content_of(raw)
    try:
        thing = _parse_json(content)
    except ValueError:
        yield from _rescue(content)
    else:
        yield from _read_things(thing)


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
        return json.loads(content, strict=False)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(unescape(content), strict=False)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


_RESCUED = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|articleBody|inLanguage)"\s*:\s*"((?:[^"\\]|\\.)*+)"', re.DOTALL
)


def _rescue(content: str) -> Stated:
    """What can be told from JSON-LD that is broken beyond repair: plain strings under a few keys."""
    for match in _RESCUED.finditer(content):
        try:
            value = json.loads(f'"{match[2]}"', strict=False).replace("\0", "")
        except ValueError:
            continue
        if value.strip():
            yield f"jsonld:Thing.{match[1]}", value.strip()


#: Deeper values are not read: an article's author's employer's address tells nothing about the page.
_DEPTH = 4


def _read_things(thing: Any) -> Stated:
    if isinstance(thing, list):
        for item in thing:
            yield from _read_things(item)
    elif isinstance(thing, dict):
        found: list[tuple[str, str]] = []
        _gather(f"jsonld:{_type_of(thing)}", thing, 0, found)
        yield from found
        for key in ("@graph", "mainEntity"):
            if isinstance(thing.get(key), (dict, list)):
                yield from _read_things(thing[key])


def _type_of(thing: dict[str, Any]) -> str:
    kind = thing.get("@type")
    if isinstance(kind, list):
        kind = kind[0] if kind else None
    return kind.rsplit("/", 1)[-1] if isinstance(kind, str) and kind else "Thing"


_NOT_READ = frozenset({"@context", "@graph", "@type", "mainEntity"})


def _gather(name: str, value: Any, depth: int, found: list[tuple[str, str]]) -> None:
    """Add a value, or all those in it; a generator for each level would take as long again."""
    if isinstance(value, str):
        if value := value.replace("\0", "").strip():  # "\u0000", which is in no text
            found.append((name, value))
    elif isinstance(value, dict):
        if depth < _DEPTH:
            for key, inner in value.items():
                if key not in _NOT_READ:
                    _gather(f"{name}.{key}", inner, depth + 1, found)
    elif isinstance(value, list):
        for item in value:
            _gather(name, item, depth, found)
    elif value is not None and not isinstance(value, bool):
        found.append((name, str(value)))


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
