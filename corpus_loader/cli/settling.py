"""The lines of `corpus.toml` that would settle a refused page, to be pasted and filled in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from corpus_loader.articles.compose import reasons_of
from corpus_loader.cli.terminal import harmless
from corpus_loader.corpus.declaration import read_declaration
from corpus_loader.corpus.declaration_lines import line_of
from corpus_loader.records import Candidate, Rejection
from corpus_loader.spelling import toml_string

__all__ = ["Settling"]

#: The key that settles a rejection of that reason, in the order in which keys are printed.
_KEYS = {
    "no-source": "source",
    "ambiguous-source": "source",
    "no-language": "language",
    "no-date": "date",
    "ambiguous-date": "date",
    "conflicting-dates": "date",
    "outside-window": "date",
}
_PLACEHOLDERS = {"source": '"…"', "language": '"…"', "date": "YYYY-MM-DD", "why": '"…"'}
_MEANT = {
    "source": "the outlet's host, such as radiofarda.com",
    "language": "its tag, such as fa",
    "date": "the day of publication",
    "why": "what this rests on",
}
#: Two ways in which a page has no table of its own: dotted keys below this header, braces within braces.
_PAGES = re.compile(r"\[\s*pages\s*\]")
_INLINE_PAGES = re.compile(r"^\s*pages\s*(?:\.[^=]*)?=\s*\{", re.MULTILINE)
_MOST = 8  # candidates in one comment


class Settling:
    """The lines for the pages of one build of that name and window.

    `declaration` is or will be its corpus.toml; with `is_option` the input is a file, and none was named.
    """

    def __init__(
        self, declaration: Path, *, name: str, window: tuple[dt.date, dt.date] | None, is_option: bool = False
    ) -> None:
        self.name, self.window = name, window
        self.file = "a corpus.toml" if is_option else str(declaration)
        self.option = ", and name it with --declaration" if is_option else ""
        self.text = declaration.read_text("utf-8-sig") if declaration.is_file() else None
        self.decided = read_declaration(declaration).pages if self.text is not None else {}

    def beginning(self, shown: Sequence[Rejection]) -> Iterator[str]:
        """How the declaration begins, where there is none yet and one would settle some of the pages."""
        if self.text is None and any(rejection.reason in _KEYS for rejection in shown):
            name = toml_string(self.name)
            yield f"to settle some, write {self.file}{self.option}; it begins with:"
            yield from ("    [corpus]", f"    name = {name}", f"    title = {name}   # what the corpus is, in words")

    def lines(self, rejection: Rejection) -> Iterator[str]:
        """Where the lines belong, then the lines; nothing where no value would settle the page."""
        if rejection.reason not in _KEYS:
            return
        reasons = reasons_of(rejection)
        keys = dict.fromkeys(key for reason, key in _KEYS.items() if reason in reasons)
        table = f"pages.{toml_string(rejection.page)}"
        if rejection.page not in self.decided:
            yield f"to settle it, add to {self.file}:"
            yield f"    [{table}]"
            yield from (f"    {line}" for line in self._entry([*keys, "why"], rejection, reasons))
            return
        yield from self._added(table, keys, rejection, reasons)

    def _added(self, table: str, keys: Iterable[str], rejection: Rejection, reasons: Collection[str]) -> Iterator[str]:
        """Where the declaration decides about the page already: lines for its table, its braces, or its dotted keys."""
        text, name = self.text or "", toml_string(rejection.page)
        number = line_of(text, table)
        line = text.splitlines()[number - 1].lstrip() if number else ""
        place = f" {self.file}{f', line {number}' if number else ''}:"
        if _PAGES.match(line):
            yield f"to settle it, add to the table [pages] of{place}"
            prefix = f"{name}."
        elif line.startswith("["):
            yield f"to settle it, add to the table [{table}] of{place}"
            prefix = ""
        elif number or _INLINE_PAGES.search(text):
            yield f"to settle it, add between the braces of {name} in{place}"
            yield "    " + "".join(f", {key} = {_PLACEHOLDERS[key]}" for key in keys)
            return
        else:
            yield f"to settle it, add above the first table of{place}"
            prefix = f"{table}."
        yield from (f"    {prefix}{line}" for line in self._entry(keys, rejection, reasons))

    def _entry(self, keys: Iterable[str], rejection: Rejection, reasons: Collection[str]) -> Iterator[str]:
        return (f"{key} = {_PLACEHOLDERS[key]}   # {self._comment(key, rejection, reasons)}" for key in keys)

    def _comment(self, key: str, rejection: Rejection, reasons: Collection[str]) -> str:
        seen = list(dict.fromkeys(_told(each) for each in rejection.candidates if each.evidence.field == key))
        more = ", …" if len(seen) > _MOST else ""
        told = f"{_MEANT[key]}; seen: {', '.join(seen[:_MOST])}{more}" if seen else _MEANT[key]
        if key == "date" and "outside-window" in reasons and self.window is not None:
            first, last = self.window
            told += (
                f"; it must lie from {first} to {last}: else widen window in [corpus], or write remove = true instead"
            )
        return harmless(told)


def _told(seen: Candidate) -> str:
    """A day without a year in the page's own words: its month may be one of another calendar."""
    quote = seen.evidence.quote
    return f"{f'«{quote}»' if quote and seen.value.startswith('XXXX') else seen.value} ({seen.evidence.rule})"
