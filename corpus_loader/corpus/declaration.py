"""`corpus.toml`: what people decided about a corpus and its pages."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NoReturn, cast, get_args

from corpus_loader.articles.registry import Registry
from corpus_loader.corpus.declaration_days import contradicted_by, period_of
from corpus_loader.corpus.declaration_lines import line_of, syntax_error
from corpus_loader.corpus.schema import definition
from corpus_loader.errors import DeclarationError
from corpus_loader.records import DatePrecision, Decision

__all__ = ["Declaration", "read_declaration"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}")
_VERSION = re.compile(r"\d+\.\d+\.\d+", re.ASCII)
_LICENSE_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")
_ADDRESS = re.compile(r"https?://\S+")
#: What `corpus-loader build` prints in the place of a text.
_PLACEHOLDERS = frozenset({"…", "..."})
_TEXT_KEYS = ("name", "title", "version", "license", "license_name", "homepage", "card")


@dataclass(frozen=True)
class Declaration:
    """One `corpus.toml`, checked."""

    name: str
    title: str
    version: str = "0.0.0"
    #: The licence statement, in words, as true as its author can make it.
    license: str = "No licence statement was given. Treat the texts as belonging to their publishers."
    #: The Hub's licence identifier; "other" where the texts belong to their publishers.
    license_name: str = "other"
    homepage: str | None = None
    #: First and last day on which these articles can have been published, Gregorian, both included.
    window: tuple[dt.date, dt.date] | None = None
    #: Markdown of the dataset card; generated parts are filled in. None takes the card that ships with the package.
    card: Path | None = None
    #: Entries that extend or override the source registry, by host.
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    #: What was decided about single pages, by page name.
    pages: Mapping[str, Decision] = field(default_factory=dict)
    #: SHA-256 of the file's bytes; of nothing where there was no file.
    sha256: str = hashlib.sha256().hexdigest()
    #: The file and its text, for complaints about what only a page can tell.
    path: Path | None = None
    text: str = field(default="", repr=False)

    def complaint(self, error: DeclarationError) -> DeclarationError:
        """The error with the file and the line of the key that it is about."""
        where = self.path or "corpus.toml"
        return DeclarationError(f"{_place(where, self.text, error.key)}: {error.what}", next_step=error.next_step)


def read_declaration(path: Path | None, *, fallback_name: str = "corpus") -> Declaration:
    """The declaration in that file, or one with `fallback_name` and no decisions where `path` is None.

    Raises DeclarationError naming file, line, key and what was expected.
    """
    if path is None:
        return Declaration(name=fallback_name, title=fallback_name)
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")  # some editors begin a file with a mark
    except OSError as error:
        raise DeclarationError(f"{path}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DeclarationError(f"{path}: byte {error.start} is not UTF-8", next_step="save it as UTF-8") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, next_step = syntax_error(text, error)
        raise DeclarationError(f"{path}{what}", next_step=next_step) from error
    return _Reader(path, text).declaration(table, hashlib.sha256(content).hexdigest())


#: What belongs in the place of a placeholder.
_EXPECTED = {
    "source": "the outlet's host, such as radiofarda.com,",
    "language": "the tag of the language, such as fa,",
    "why": "what the decision rests on",
}


class _Reader:
    """Turns the TOML tables of one file into a Declaration; every complaint names that file, the line and the key."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text

    def declaration(self, table: Mapping[str, Any], sha256: str) -> Declaration:
        self._known(table, {"corpus", "sources", "pages"}, "")
        corpus = self._table(table, "corpus")
        self._known(corpus, {*_TEXT_KEYS, "window"}, "corpus.")
        texts = {key: self._text(corpus, key, "corpus.") for key in _TEXT_KEYS if key in corpus}
        for key in ("name", "title"):
            if key not in texts:
                self._fail(f"corpus.{key}", "is missing", f'add {key} = "…" under [corpus]')
        self._match(_NAME, texts["name"], "corpus.name", "letters, digits, dots, dashes and underscores")
        if "version" in texts:
            self._match(_VERSION, texts["version"], "corpus.version", "three numbers, such as 1.0.0")
        if "license_name" in texts:
            expected = "the Hub's identifier in lower case, such as cc-by-4.0, or other"
            self._match(_LICENSE_NAME, texts["license_name"], "corpus.license_name", expected)
        if "homepage" in texts:
            self._match(_ADDRESS, texts["homepage"], "corpus.homepage", "an address that begins with https://")
        card = self.path.parent / texts.pop("card") if "card" in texts else None
        if card is not None and not card.is_file():
            self._fail("corpus.card", f"names {card}, which is not there", "correct the path, or leave it out")
        pages, window = self._table(table, "pages"), self._window(corpus)
        return Declaration(
            **texts,
            card=card,
            window=window,
            sources=self._sources(self._table(table, "sources")),
            pages={name: self._decision(name, self._table(pages, name, "pages."), window) for name in pages},
            sha256=sha256,
            path=self.path,
            text=self.text,
        )

    def _sources(self, tables: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        """The tables, which fit the registry that ships with the package."""
        sources = {host: self._table(tables, host, "sources.") for host in tables}
        if sources:
            try:
                Registry.shipped().extended(sources, str(self.path))
            except DeclarationError as error:
                place = _place(self.path, self.text, error.key)
                what = error.what.removeprefix(str(self.path))
                raise DeclarationError(place + what, next_step=error.next_step) from error
        return sources

    def _window(self, corpus: Mapping[str, Any]) -> tuple[dt.date, dt.date] | None:
        value = corpus.get("window")
        if value is None:
            return None
        if not (isinstance(value, list) and len(value) == 2 and all(_is_day(day) for day in value)):
            self._fail("corpus.window", f"is {value!r}", "write [first, last], such as [2015-09-01, 2016-01-31]")
        if value[0] > value[1]:
            self._fail("corpus.window", f"ends ({value[1]}) before it starts ({value[0]})")
        return value[0], value[1]

    def _decision(self, name: str, table: Mapping[str, Any], window: tuple[dt.date, dt.date] | None) -> Decision:
        where = f'pages."{name}".'
        self._known(table, {item.name for item in fields(Decision)}, where)
        if not str(table.get("why", "")).strip():
            self._fail(f"{where}why", "is missing", "say what the decision rests on; the corpus prints it as evidence")
        for key, value in table.items():
            if key == "date":
                if not _is_day(value):
                    self._fail(where + key, f"is {str(value)!r}", "write a day without quotes, such as 2015-11-17")
            elif key == "remove":
                if value is not True:
                    self._fail(where + key, f"is {value!r}", "write true, or leave the line out")
            else:
                self._text(table, key, where)
        self._check_values(table, where)
        if ("body_from" in table) != ("body_to" in table):
            self._fail(where + "body_from", "and body_to come together", "give the starts of the first and last line")
        if not table.keys() - {"why", "quote", "date_precision"}:
            self._fail(where.rstrip("."), "decides nothing", "add the decided value, such as date = 2015-11-17")
        decision = Decision(**table)
        self._check_day(decision, where, window)
        return decision

    def _check_day(self, decision: Decision, where: str, window: tuple[dt.date, dt.date] | None) -> None:
        """The day lies in the window, and is the one that the quote beside it names, if it names one."""
        if decision.date is None:
            return
        first, last = period_of(decision.date, decision.date_precision)
        if window is not None and (last < window[0] or window[1] < first):
            what = f"is {decision.date}, outside the window of this corpus, {window[0]} to {window[1]}"
            step = "correct the day, widen window in [corpus], or leave the page out: remove = true instead of a date"
            self._fail(f"{where}date", what, step)
        said = contradicted_by(decision.quote, (first, last), decision.language) if decision.quote else None
        if said is not None:
            step = "correct the day, or the quote; one that only leads to the day belongs into why"
            self._fail(f"{where}date", f"is {decision.date}, but its quote «{decision.quote}» names {said}", step)

    def _check_values(self, table: Mapping[str, Any], where: str) -> None:
        """The schema would refuse other values, but only when the page is composed."""
        for key, example in (("source", "radiofarda.com"), ("language", "fa")):
            if key in table:
                pattern = re.compile(definition("article")["properties"][key]["pattern"])
                self._match(pattern, table[key], where + key, f"one such as {example}")
        precision, day = table.get("date_precision", "day"), table.get("date")
        if precision not in get_args(DatePrecision):
            self._fail(f"{where}date_precision", f"is {precision!r}", "write day, month or year")
        if day and ((precision != "day" and day.day != 1) or (precision == "year" and day.month != 1)):
            self._fail(f"{where}date", f"is {day}", f"write the first day of the {precision} that date_precision names")

    def _table(self, table: Mapping[str, Any], key: str, where: str = "") -> Mapping[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, dict):
            name = f'{where}"{key}"' if where else key
            self._fail(name, f"is {value!r}", f"write it as a table: [{name}]")
        return cast("Mapping[str, Any]", value)

    def _text(self, table: Mapping[str, Any], key: str, where: str) -> str:
        value = table[key]
        if not isinstance(value, str) or not value.strip():
            self._fail(where + key, f"is {value!r}", f'write text in quotes: {key} = "…"')
        if value.strip() in _PLACEHOLDERS:
            self._fail(where + key, "still holds its placeholder", f"write {_EXPECTED.get(key, 'it')} in its place")
        return value

    def _match(self, pattern: re.Pattern[str], value: str, key: str, expected: str) -> None:
        if not pattern.fullmatch(value):
            self._fail(key, f"is {value!r}", f"use {expected}")

    def _known(self, table: Mapping[str, Any], known: set[str], where: str) -> None:
        for key in table:
            if key not in known:
                unquoted = where.startswith("pages.") and isinstance(table[key], dict)
                step = f"known here: {', '.join(sorted(known))}"
                step = 'put the page\'s name in quotes, as in [pages."page.txt"]' if unquoted else step
                self._fail(where + key, "is not a key of corpus.toml", step)

    def _fail(self, key: str, what: str, next_step: str | None = None) -> NoReturn:
        raise DeclarationError(f"{_place(self.path, self.text, key)}: {key} {what}", next_step=next_step)


def _place(path: Path | str, text: str, key: str | None) -> str:
    line = line_of(text, key) if key else None
    return f"{path}:{line}" if line else f"{path}"


def _is_day(value: object) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
