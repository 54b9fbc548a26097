"""The clock time printed with a date, and its distance from UTC."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from corpus_loader.articles.dates.folding import JOINER, fold, word_key

__all__ = ["Clock", "clock_near"]

#: A clock stands within so many code points of its date.
_REACH: Final = 40
_DIGIT: Final = re.compile(r"\d")
_DIGITAL: Final = r"(?P<hour>[01]?\d|2[0-3])(?: ?[:٫] ?|h)(?P<minute>[0-5]\d)(?::[0-5]\d)?(?:\.\d+)?(?![\d:])"


class Clock(NamedTuple):
    """Hour and minute of the day, and minutes east of UTC where they are printed."""

    hour: int
    minute: int
    utc_offset: int | None


class _Patterns(NamedTuple):
    after: re.Pattern[str]
    before: re.Pattern[str]
    hour_only: re.Pattern[str]
    afternoon: frozenset[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    table = tomllib.loads((files("corpus_loader.articles.dates") / "tables" / "clock.toml").read_text("utf-8"))
    words = {name: [word_key(word) for word in value.split("|")] for name, value in table.items()}
    half = _any([*words["am"], *words["pm"]])
    zone = rf"[ (]*(?:(?P<zone>{_any(words['greenwich'])})(?!\w))?[ (]*(?P<offset>[+\-]\d{{1,2}}:?(?:\d\d)?)?(?!\d)"
    tail = rf"(?: ?(?P<half>{half})(?!\w))?{zone}"
    return _Patterns(
        re.compile(rf"[^\d\n]{{0,28}}?(?<!\d){_DIGITAL}{tail}"),
        re.compile(rf"(?<![\d:]){_DIGITAL}{tail}[^\d\n]{{0,14}}$"),
        re.compile(
            rf"[^\d\n]{{0,12}}?(?<!\w)(?:{_any(words['hour'])})[ :]*(?P<hour>[01]?\d|2[0-3])(?![\d:])(?P<minute>){tail}"
        ),
        frozenset(words["pm"]),
    )


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def clock_near(text: str, start: int, end: int) -> Clock | None:
    """The clock time that follows the date at start:end on its line, or precedes it; None if there is none."""
    if not (_DIGIT.search(text, end, end + _REACH) or _DIGIT.search(text, max(start - _REACH, 0), start)):
        return None
    after, before = text[end : end + _REACH], text[max(start - _REACH, 0) : start]
    patterns, after = _patterns(), fold(after).replace(JOINER, "")
    found = patterns.after.match(after) or patterns.hour_only.match(after)
    found = found or patterns.before.search(fold(before).replace(JOINER, ""))
    if found is None:
        return None
    hour = int(found["hour"])
    half = found["half"]
    if half is not None:
        hour = hour % 12 + 12 if half in patterns.afternoon and hour <= 12 else hour % 12 if hour == 12 else hour
    return Clock(hour, int(found["minute"] or 0), _offset(found["zone"], found["offset"]))


def _offset(zone: str | None, printed: str | None) -> int | None:
    if printed is None:
        return 0 if zone else None
    digits = printed[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    minutes += 60 * hours
    if minutes > 14 * 60:
        return None
    return -minutes if printed[0] == "-" else minutes
