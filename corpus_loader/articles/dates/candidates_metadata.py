"""The days that a page states outside its text: meta tags, JSON-LD, microdata, `<time>`, and its address."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from corpus_loader.articles.dates.candidates import Role, Sighting
from corpus_loader.articles.dates.expressions import find_dates
from corpus_loader.articles.dates.stamps import Moment, day_in, read_moment
from corpus_loader.articles.dates.urls import address_of, dates_in_url
from corpus_loader.records import Document, Metadatum

__all__ = ["role_of_name", "sightings_in_metadata", "sightings_in_url"]

#: Where the page's head speaks.
_HEAD = ("jsonld", "meta")
#: The names of an element that say what is in it.
_OWN_NAMES = re.compile(r"""\b(?:class|id|itemprop)\s*=\s*["']([^"']*)""", re.IGNORECASE)
#: … and the attribute that said in early HTML 5 that the day is that of the publication.
_PUBDATE = re.compile(r"\spubdate(?=[\s=/>]|\Z)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[^a-z0-9]+")
#: An attribute of the page's own elements rather than of its head.
_ELEMENT = ("time@", "itemprop:", "microdata:", "abbr@")


def _table(name: str) -> str:
    return files("corpus_loader.articles.dates").joinpath(f"tables/{name}").read_text("utf-8")


class _Cues:
    def __init__(self) -> None:
        table = tomllib.loads(_table("cues_metadata.toml"))
        self.roles: list[tuple[Role, re.Pattern[str]]] = [
            (row["role"], re.compile(row["pattern"])) for row in table["roles"]
        ]
        self.elsewhere = re.compile(table["elsewhere"])
        self.types = [(name, re.compile(pattern)) for name, pattern in table["types"].items()]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    return _Cues()


@lru_cache(maxsize=4096)
def role_of_name(name: str) -> Role:
    """What a date of that name is to the page; `unsaid` where the name says nothing of it."""
    key = _SEPARATORS.sub("", name.lower())
    return next((role for role, pattern in _cues().roles if pattern.search(key)), "unsaid")


def sightings_in_metadata(
    document: Document, *, zone: str | None = None, language: str | None = None
) -> list[Sighting]:
    """Every day that the page's metadata name as a date of the page, in page order; events and people's days left out.

    The day of a UTC timestamp is that of the zone, where one is known, else that of `day_in` for the language; where
    that is not given, for the language that the page states.
    """
    language = language or next((datum.value for datum in document.stated("html@lang")), None)
    places = {name: place for name in document.stated_names if (place := _named(name))}
    named = [(datum, *places[datum.name]) for datum in document.metadata if datum.name in places]
    found: list[Sighting] = []
    away: list[Metadatum] = []
    for read in (read_moment, _written_by_people):
        stated = [(datum, where, role, moment) for datum, where, role in named if (moment := read(datum.value))]
        for datum, where, role, moment in stated:
            told = _role_in_place(datum, where, role, document)
            if told == "other":
                away.append(datum)
            else:
                found.append(_sighting(datum, moment, where, told, day_in(moment, zone, language)))
        if found:
            break
    if not any(seen.role == "published" for seen in found):
        found.extend(_in_source(document, zone, language, away))
    return [*found, *_in_image_addresses(document)]


def _written_by_people(value: str) -> Moment | None:
    """The day that a value is, in words: `content="الأربعاء 7 أكتوبر 2015"`; a headline with a day in it is none."""
    read = find_dates(value) if len(value) < _REACH else []
    if len(read) != 1 or read[0].precision != "day" or read[0].first is None or 2 * len(read[0].quote) < len(value):
        return None
    return Moment(read[0].first, None, False)


#: An ISO day as the value of an attribute or of a key in a script's data; the name is looked for only where a day is.
_ISO = re.compile(r"20\d\d-[01]\d-[0-3]\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?=\\?[\"'])")
_NAME = re.compile(r"""([\w:.-]{4,40})(?:\s*=\s*["']|\\?"\s*:\s*\\?")\Z""")
_REACH = 60
_MOST = 40


def _in_source(document: Document, zone: str | None, language: str | None, away: Sequence[Metadatum]) -> list[Sighting]:
    """What a page's attributes and scripts call a date, where its metadata have none: `abbr title`, `published_at`.

    But for the elements that are known to stand elsewhere, as in a comment.
    """
    found, known = [], {datum.start for datum in away}
    source = document.source
    for match in _ISO.finditer(source) if document.page.media_type == "text/html" else ():
        named = _NAME.search(source[max(0, match.start() - _REACH) : match.start()])
        role = role_of_name(named[1]) if named else "other"
        moment = read_moment(match[0])
        if match.start() in known:
            continue
        if named and moment and (role in ("published", "created", "modified") or named[1] in ("title", "value")):
            datum = Metadatum(named[1], match[0], *match.span())
            found.append(_sighting(datum, moment, "source", role, day_in(moment, zone, language)))
            if len(found) == _MOST:
                break
    return found


def _in_image_addresses(document: Document) -> list[Sighting]:
    """The day in the address of the page's own picture: the day of its upload, often that of the article."""
    for datum in document.stated("meta:og:image")[:1]:
        for date in dates_in_url(datum.value):
            if date.precision == "day":
                start = None if datum.start is None else datum.start + date.start
                end = None if datum.start is None else datum.start + date.end
                quote = datum.value[date.start : date.end]
                return [
                    Sighting(
                        date.day, date.day.isoformat(), "created", "url", "image-url-day", "markup", start, end, quote
                    )
                ]
    return []


def sightings_in_url(document: Document) -> list[Sighting]:
    """The days that the page's address states; where it states a month alone, one sighting without a day."""
    address = address_of(document)
    if address is None:
        return []
    found = []
    for date in dates_in_url(address.text):
        day = date.day if date.precision == "day" else None
        value = date.day.isoformat() if day else date.day.isoformat()[:7]
        quote = address.text[date.start : date.end]
        start, end = (None, None) if address.start is None else (address.start + date.start, address.start + date.end)
        found.append(Sighting(day, value, "published", "url", date.rule, address.origin, start, end, quote))
    return found


def _sighting(datum: Metadatum, moment: Moment, where: str, role: Role, day: dt.date) -> Sighting:
    rule = f"{where}-{role}"
    return Sighting(
        day, day.isoformat(), role, "metadata", rule, "markup", datum.start, datum.end, datum.value, datum.block, moment
    )


@lru_cache(maxsize=4096)
def _named(name: str) -> tuple[str, Role] | None:
    """Where a datum of that name stands, and what it is the day of; None where it is no date of the page.

    What the page's head states says so by its name, else it is none; an element may leave it unsaid.
    """
    where, _, rest = name.partition(":")
    role = role_of_name(rest)
    if where == "jsonld":
        kind, *keys = rest.split(".")
        where = f"jsonld-{_type_of(kind.lower()) if len(keys) == 1 else 'part'}"
        role = role_of_name(keys[-1]) if keys else "unsaid"
    elif name.startswith(_ELEMENT):
        return None if role == "other" else (where.partition("@")[0], role)
    elif where != "meta":
        return None
    return None if role in ("unsaid", "other") else (where, role)


def _type_of(kind: str) -> str:
    return next((name for name, pattern in _cues().types if pattern.search(kind)), "other")


def _role_in_place(datum: Metadatum, where: str, role: Role, document: Document) -> Role:
    """What an element says that its day is: by its name, its classes, those around it; `other` in a comment."""
    if where.startswith(_HEAD):
        return role
    tag = _tag(datum, document.source)
    own = [word for value in _OWN_NAMES.findall(tag) for word in value.split()]
    markup = document.blocks[datum.block].markup if datum.block is not None else None
    around = markup.tokens if markup else ()
    if any(map(_cues().elsewhere.search, (*own, *around))):
        return "other"
    if role != "unsaid":
        return role
    if _PUBDATE.search(tag):
        return "published"
    said = map(role_of_name, (*own, *around))
    return next((role for role in said if role in ("modified", "published")), "unsaid")


def _tag(datum: Metadatum, source: str) -> str:
    """The start tag that the value of an attribute stands in; empty where that is not known."""
    if datum.start is None or datum.end is None:
        return ""
    start, end = source.rfind("<", 0, datum.start), source.find(">", datum.end)
    return source[start:end] if 0 <= start < end else ""
