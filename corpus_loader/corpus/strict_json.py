"""What JSON parsers let pass or can't name: duplicate keys, lone surrogates, NaN, numbers that no float holds.

Slow and exact: for the few lines that the fast path did not vouch for.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["Violation", "pointer", "shown", "strict_faults"]

#: The longest piece of a broken value that a report shows, in characters.
SHOWN = 80


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that one line breaks."""

    #: Kebab-case name of the rule; for a rule of the schema its keyword.
    rule: str
    #: RFC 6901 pointer to the value, "" for the whole line.
    pointer: str
    found: str
    expected: str


class _Object(dict[str, Any]):
    """A JSON object that remembers the keys that it had more than once."""

    repeated: tuple[str, ...] = ()


class _Odd(str):
    """The spelling of a number that JSON has not, or that no float can hold."""

    __slots__ = ()


def strict_faults(text: str) -> tuple[Violation, ...]:
    """Every such fault of a line, in its order; empty where there is none or where the text is no JSON at all."""
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_Odd, parse_float=_float, parse_int=_integer)
    except (ValueError, RecursionError):
        return ()
    return tuple(_faults(value))


def pointer(steps: tuple[str | int, ...]) -> str:
    """The RFC 6901 pointer of these keys and indices."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        found.repeated = tuple(key for key in found if keys.count(key) > 1)
    return found


def _float(spelled: str) -> float | _Odd:
    value = float(spelled)
    return value if math.isfinite(value) else _Odd(spelled)


def _integer(spelled: str) -> int | _Odd:
    return int(spelled) if len(spelled) <= 20 else _Odd(spelled)


def _faults(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[Violation]:
    """Depth first; a line that nests deeper than Python's own parser goes was refused before."""
    if isinstance(value, _Object):
        for key in value.repeated:
            yield Violation(
                "duplicate-key", pointer((*path, key)), f"the key {shown(key)} more than once", "each key once"
            )
        for key, child in value.items():
            yield from _surrogates(key, path, "a key")
            yield from _faults(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _faults(child, (*path, index))
    elif isinstance(value, _Odd):
        yield Violation("number", pointer(path), _shortened(value), "a finite number of at most 20 digits, or null")
    elif isinstance(value, str):
        yield from _surrogates(value, path, "a string")


def _surrogates(text: str, path: tuple[str | int, ...], what: str) -> Iterator[Violation]:
    lone = next((character for character in text if "\ud800" <= character <= "\udfff"), None)
    if lone is not None:
        yield Violation(
            "lone-surrogate",
            pointer(path),
            rf"{what} with \u{ord(lone):04x}, half of a character",
            "both halves of the pair, or the character itself in UTF-8",
        )


def shown(value: object) -> str:
    """The value as JSON, cut where it is long; what UTF-8 can't spell is escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return _shortened(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}… ({len(text):,} characters)"
