"""`corpus.toml`: what people decided about a corpus and its pages."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from textwrap import indent
from typing import Any, get_args

from corpus_loader.articles.registry import Registry
from corpus_loader.corpus.declaration_days import contradicted_by, period_of
from corpus_loader.corpus.declaration_lines import line_of, syntax_error
from corpus_loader.corpus.schema import definition
from corpus_loader.errors import DeclarationError
from corpus_loader.records import DatePrecision, Decision
from corpus_loader.spelling import toml_string

__all__ = ["Declaration", "read_declaration"]

_TEXT_KEYS = ("name", "title", "version", "license", "license_name", "homepage", "card")
#: What a text of [corpus] must look like, and that in words.
_FORMS = {
    "name": (r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}", "at most 96 letters, digits, dots, dashes and underscores"),
    "title": (r"[^\x00-\x1f\x7f-\x9f]+", "one line without control characters"),
    "version": (r"[0-9]+\.[0-9]+\.[0-9]+", "three numbers, such as 1.0.0"),
    "license_name": (r"[a-z0-9][a-z0-9.-]*", "the Hub's identifier in lower case, such as cc-by-4.0, or other"),
    "homepage": (r"https?://\S+", "an address that begins with https://"),
}
#: What `corpus-loader build` prints in the place of a text.
_PLACEHOLDERS = frozenset({"…", "..."})
#: So many mistakes are told at once.
_MOST = 20


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

    def complaint(self, *errors: DeclarationError) -> DeclarationError:
        """The errors as one, each with the file and the line of the key that it is about."""
        return _complaint(self.path or "corpus.toml", self.text, errors)


def read_declaration(path: Path | None, *, fallback_name: str = "corpus") -> Declaration:
    """The declaration in that file, or one with `fallback_name` and no decisions where `path` is None.

    Raises DeclarationError naming file, line, key and what was expected, for every mistake that can be told at once.
    """
    if path is None:
        return Declaration(name=fallback_name, title=fallback_name)
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")  # some editors begin a file with a mark
    except OSError as error:
        what = f"{path}: can't be read: {error.strerror}"
        raise DeclarationError(what, next_step="check the path and its permissions") from error
    except UnicodeDecodeError as error:
        raise DeclarationError(f"{path}: byte {error.start} is not UTF-8", next_step="save it as UTF-8") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, next_step = syntax_error(text, error)
        raise DeclarationError(f"{path}{what}", next_step=next_step) from error
    except RecursionError as error:
        raise DeclarationError(f"{path}: its values nest too deep", next_step="correct the brackets") from error
    return _Reader(path, text).declaration(table, hashlib.sha256(content).hexdigest())


#: What belongs in the place of a placeholder.
_EXPECTED = {
    "source": "the outlet's host, such as radiofarda.com,",
    "language": "the tag of the language, such as fa,",
    "why": "what the decision rests on",
}


class _Reader:
    """Turns the TOML tables of one file into a Declaration, or says all that is wrong with them."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.mistakes: list[DeclarationError] = []

    def declaration(self, table: Mapping[str, Any], sha256: str) -> Declaration:
        parts = self._tables(self._known(table, {"corpus", "sources", "pages"}, ""), "")
        corpus = self._known(parts.get("corpus", {}), {*_TEXT_KEYS, "window"}, "corpus.")
        texts, window = self._texts(corpus), self._window(corpus)
        for key in ("name", "title"):
            if key not in corpus and isinstance(table.get("corpus", {}), dict):
                self._note(f"corpus.{key}", "is missing", f'add {key} = "…" under [corpus]')
        card, sources = self._card(texts.pop("card", None)), self._sources(parts.get("sources", {}))
        tables = self._tables(parts.get("pages", {}), "pages.")
        decisions = {name: self._decision(name, tables[name], window) for name in tables}
        if self.mistakes:
            raise _complaint(self.path, self.text, self.mistakes)
        return Declaration(
            **texts,
            card=card,
            window=window,
            sources=sources,
            pages={name: decision for name, decision in decisions.items() if decision is not None},
            sha256=sha256,
            path=self.path,
            text=self.text,
        )

    def _texts(self, corpus: Mapping[str, Any]) -> dict[str, str]:
        texts = {key: corpus[key] for key in _TEXT_KEYS if key in corpus and self._is_text(corpus, key, "corpus.")}
        for key, (pattern, expected) in _FORMS.items():
            if key in texts:
                self._match(pattern, texts[key], f"corpus.{key}", expected)
        return texts

    def _card(self, name: str | None) -> Path | None:
        card = self.path.parent / name if name is not None else None
        if card is not None and not card.is_file():
            what = "is no file" if card.exists() else "is not there"
            self._note("corpus.card", f"names {card}, which {what}", "correct the path, or leave it out")
        return card

    def _sources(self, tables: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        """The tables, which fit the registry that ships with the package."""
        sources = self._tables(tables, "sources.")
        if (together := self._misfit(sources)) is not None:
            alone = (self._misfit({host: table}) for host, table in sources.items())
            self.mistakes += [error for error in alone if error is not None] or [together]  # two may claim one host
        return sources

    def _misfit(self, sources: Mapping[str, Mapping[str, Any]]) -> DeclarationError | None:
        """The first thing that is wrong with these entries of the registry."""
        try:
            Registry.shipped().extended(sources, str(self.path))
        except DeclarationError as error:
            what = error.what.removeprefix(f"{self.path}: ")
            return DeclarationError(what, next_step=error.next_step, key=error.key)
        return None

    def _window(self, corpus: Mapping[str, Any]) -> tuple[dt.date, dt.date] | None:
        value = corpus.get("window")
        if value is None:
            return None
        if not (isinstance(value, list) and len(value) == 2 and all(_is_day(day) for day in value)):
            step = "write [first, last], such as [2015-09-01, 2016-01-31]"
            self._note("corpus.window", f"is {_spelled(value)}", step)
            return None
        if value[0] > value[1]:
            self._note("corpus.window", f"ends ({value[1]}) before it starts ({value[0]})", "swap the two days")
            return None
        return value[0], value[1]

    def _decision(self, name: str, table: Mapping[str, Any], window: tuple[dt.date, dt.date] | None) -> Decision | None:
        """None where there is a mistake in it."""
        where, before = f"pages.{toml_string(name)}.", len(self.mistakes)
        known = self._known(table, {item.name for item in fields(Decision)}, where)
        if len(self.mistakes) > before:  # what the unknown key was meant to be may be what seems to be missing
            return None
        if "why" not in table:
            step = "say what the decision rests on; the corpus prints it as evidence"
            self._note(f"{where}why", "is missing", step)
        self._check_values({key: value for key, value in known.items() if self._is_typed(table, key, where)}, where)
        if ("body_from" in table) != ("body_to" in table):
            self._note(where + "body_from", "and body_to come together", "give the starts of the first and last line")
        if table.get("remove") is True and (beside := sorted(table.keys() - {"why", "remove"})):
            step = f"leave out remove, or what is decided of a page that is left out: {', '.join(beside)}"
            self._note(f"{where}remove", "is true of a page of which more is decided", step)
        if not table.keys() - {"why", "quote", "date_precision"}:
            self._note(where.rstrip("."), "decides nothing", "add the decided value, such as date = 2015-11-17")
        if len(self.mistakes) > before:
            return None
        decision = Decision(**table)
        self._check_day(decision, where, window)
        return decision

    def _is_typed(self, table: Mapping[str, Any], key: str, where: str) -> bool:
        value = table[key]
        if key == "date" and not _is_day(value):
            self._note(where + key, f"is {_spelled(value)}", "write a day without quotes, such as 2015-11-17")
        elif key == "remove" and value is not True:
            self._note(where + key, f"is {_spelled(value)}", "write true, or leave the line out")
        else:
            return key in ("date", "remove") or self._is_text(table, key, where)
        return False

    def _check_day(self, decision: Decision, where: str, window: tuple[dt.date, dt.date] | None) -> None:
        """The day lies in the window, and is the one that the quote beside it names, if it names one."""
        if decision.date is None:
            return
        first, last = period_of(decision.date, decision.date_precision)
        if window is not None and (last < window[0] or window[1] < first):
            what = f"is {decision.date}, outside the window of this corpus, {window[0]} to {window[1]}"
            step = "correct the day, widen window in [corpus], or leave the page out: remove = true instead of a date"
            self._note(f"{where}date", what, step)
            return
        said = contradicted_by(decision.quote, (first, last), decision.language) if decision.quote else None
        if said is not None:
            step = "correct the day, or the quote; one that only leads to the day belongs into why"
            self._note(f"{where}date", f"is {decision.date}, but its quote «{decision.quote}» names {said}", step)

    def _check_values(self, table: Mapping[str, Any], where: str) -> None:
        """The schema would refuse other values, but only when the page is composed."""
        for key, example in (("source", "radiofarda.com"), ("language", "fa")):
            if key in table:
                pattern = definition("article")["properties"][key]["pattern"]
                self._match(pattern, table[key], where + key, f"one such as {example}")
        precision, day = table.get("date_precision", "day"), table.get("date")
        if precision not in get_args(DatePrecision):
            self._note(f"{where}date_precision", f"is {precision!r}", "write day, month or year")
        elif day and ((precision != "day" and day.day != 1) or (precision == "year" and day.month != 1)):
            self._note(f"{where}date", f"is {day}", f"write the first day of the {precision} that date_precision names")

    def _tables(self, tables: Mapping[str, Any], where: str) -> dict[str, Mapping[str, Any]]:
        """Those of the values that are tables, as all should be."""
        for key, value in tables.items():
            if not isinstance(value, dict):
                name = f"{where}{toml_string(key)}" if where else key
                self._note(name, f"is {_spelled(value)}", f"write it as a table: [{name}]")
        return {key: value for key, value in tables.items() if isinstance(value, dict)}

    def _is_text(self, table: Mapping[str, Any], key: str, where: str) -> bool:
        value = table[key]
        if not isinstance(value, str) or not value.strip():
            self._note(where + key, f"is {_spelled(value)}", f'write text in quotes: {key} = "…"')
        elif value.strip() in _PLACEHOLDERS:
            self._note(where + key, "still holds its placeholder", f"write {_EXPECTED.get(key, 'it')} in its place")
        else:
            return True
        return False

    def _match(self, pattern: str, value: str, key: str, expected: str) -> None:
        if not re.fullmatch(pattern, value):
            self._note(key, f"is {value!r}", f"use {expected}")

    def _known(self, table: Mapping[str, Any], known: set[str], where: str) -> dict[str, Any]:
        """The part of the table whose keys are known, as all should be."""
        for key in (key for key in table if key not in known):
            unquoted = where.startswith("pages.") and isinstance(table[key], dict)
            step = f"known here: {', '.join(sorted(known))}"
            step = 'put the page\'s name in quotes, as in [pages."page.txt"]' if unquoted else step
            self._note(where + key, "is not a key of corpus.toml", step)
        return {key: value for key, value in table.items() if key in known}

    def _note(self, key: str, what: str, next_step: str) -> None:
        self.mistakes.append(DeclarationError(f"{key} {what}", next_step=next_step, key=key))


def _complaint(path: Path | str, text: str, mistakes: Sequence[DeclarationError]) -> DeclarationError:
    """The mistakes as one error, each with its file and line, in the order of their lines."""
    lines = {id(error): line_of(text, error.key) if error.key else None for error in mistakes}
    placed = []
    for error in sorted(mistakes, key=lambda error: lines[id(error)] or 0):
        place = f"{path}:{line}" if (line := lines[id(error)]) else f"{path}"
        placed.append(DeclarationError(f"{place}: {error.what}", next_step=error.next_step))
    if len(placed) == 1:
        return placed[0]
    told = "".join("\n" + indent(str(error), "  ") for error in placed[:_MOST])
    more = f"\n  … and {len(placed) - _MOST} more" if len(placed) > _MOST else ""
    return DeclarationError(f"{path} holds {len(placed)} mistakes:{told}{more}")


def _is_day(value: object) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _spelled(value: object) -> str:
    """The value about as it stands in the file."""
    if isinstance(value, list):
        return f"[{', '.join(map(_spelled, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, dt.date | dt.time) else repr(value)
