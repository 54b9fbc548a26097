"""Where the names on a byline's line end: before a day, a clock, an account, “Updated” or the number of comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from corpus_loader.articles import vocabulary
from corpus_loader.articles.dates import find_dates
from corpus_loader.articles.line_kinds import is_stamp

__all__ = ["behind_day", "days_in", "names_end", "parts_of"]

#: What parts the names from the rest of the line; an account or a mail address is the rest.
_CUT = re.compile(
    r"\s*;\s+|\s*[•⋅]\s*|\s+[·–—]\s+|\s*@+(?=\w)|\s+(?=[^\s@]+@[\w-]+\.\w)|\s{2,}|\s*\|\s*|,\s+(?=\d)|\s+(?=\d{1,2}[./:]\s?\d)|\t"
)
_AROUND = " \t:,،;|/-–—•·⋅→()\u00a0"
#: Small words between the names and a day: «, on Monday».
_SMALL = re.compile(r"[\s,،]+(?:(?:on|at|am|le|el)\s+)?$", re.IGNORECASE)
#: A clock behind a day, and what stands before the next words.
_CLOCK = re.compile(r"(?:[\s,،|–—-]*\d{1,2}[:.]\d{2}(?:\s*(?:[ap]m|uhr|h)\b)?)?[\s,،|·•–—ـ-]*", re.IGNORECASE)


@lru_cache(maxsize=512)  # several rules ask about one line
def days_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where days stand in a line, from its beginning on, also one that is glued to a name: «Ada OkaforDec 22»."""
    # «Florida Today» is a newspaper.
    found = [
        (day.start, day.end) for day in find_dates(text) if day.rule != "day-name" or text[: day.start].endswith(", ")
    ]
    for at in range(1, len(text)):
        before, first = text[at - 1], text[at]
        if (before.islower() and first.isupper()) or (before.isalpha() and not before.isupper() and first.isdigit()):
            glued = next(iter(find_dates(text[at:])), None)
            if glued is not None and glued.start == 0:
                found.append((at, at + glued.end))
    return tuple(sorted(found))


def behind_day(text: str) -> int | None:
    """Where the words begin behind the day that opens the line, and its clock; None where no day with its year does."""
    day = next(iter(find_dates(text)), None)
    if day is None or day.precision != "day" or (day.year is None and day.calendar != "relative"):
        return None  # «May 3 by Train»
    match = _CLOCK.match(text, day.end)
    return match.end() if match and is_stamp(text[: day.end]) else None


def names_end(text: str, start: int) -> int:
    """Where the names that begin there end at the latest: before a day, or words such as “Updated”."""
    match = _ends().search(text[start:])
    end = start + match.start() if match else len(text)
    for day, _ in days_in(text):
        if day >= start:
            small = _SMALL.search(text, start, day)
            return min(end, small.start() if small else day)
    return end


def parts_of(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Spans of what a line says from there on: names first, then what follows a bar or a dot, and last a day."""
    end = names_end(text, start)
    yield from _cut(text, start, end)
    if end < len(text) and (days := days_in(text)) and (behind := days[-1][1]) > end:
        clock = _CLOCK.match(text, behind)
        yield from _cut(text, clock.end() if clock else behind, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for cut in (*_CUT.finditer(text, start, end), None):
        last = end if cut is None else cut.start()
        part = text[start:last].strip(_AROUND)
        if part:
            at = text.index(part, start)
            yield at, at + len(part)
        start = end if cut is None else cut.end()


@cache
def _ends() -> re.Pattern[str]:
    """Finds what stands behind the names, with the small words before it: «, updated», « 5 comments»."""
    words, counted = ("|".join(map(re.escape, vocabulary.raw("byline", name))) for name in ("ends", "counted"))
    small = r"(?:^|[\s,]+)(?:(?:on|at|am|le|el)\s+)?"
    glued = r"(?-i:(?<=[a-z])(?:Published|Updated|Posted|Follow)\b)"
    number = rf"(?:^|[\s,]*)\+?\d+\s*(?:{counted})\b"
    return re.compile(rf"{small}(?:\d+\s+)?(?:{words})\b|{number}|\s+(?:on|at|am)$|{glued}", re.IGNORECASE)
