"""The page that one row of a web corpus holds, whatever its columns are called."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, TypeAlias

from corpus_loader.pages.input_file import InputFile, Item, Skipped
from corpus_loader.pages.instants import read_instant
from corpus_loader.pages.media_types import begins_as_html
from corpus_loader.records import MediaType

__all__ = ["ROLES", "Roles", "inner_names", "no_page_column", "roles_of", "row_items", "row_numbers"]

#: What a column can be to a page.
ROLES = ("html", "text", "url", "date", "charset", "id")

_PAGES: tuple[tuple[str, MediaType], ...] = (("html", "text/html"), ("text", "text/plain"))
#: The column that has each role.
Roles: TypeAlias = Mapping[str, str]


def roles_of(input_file: InputFile, names: tuple[str, ...]) -> Roles:
    """The column for each role: the one that the options name, else the first of the usual names that is there."""
    return _roles(tuple(sorted(input_file.columns.items())), names)


@lru_cache(maxsize=64)
def _roles(given: tuple[tuple[str, str], ...], names: tuple[str, ...]) -> Roles:
    usual = _usual_names()
    beside = usual["date_beside"]
    roles: dict[str, str] = {}
    for role, candidates in usual.items():
        found = next((name for name in candidates if name in names), None)
        if role in ROLES and found:
            roles[role] = found
    if "date" not in roles and "date" in names and any(name in names for name in beside["date"]):
        roles["date"] = "date"
    named = dict(given)
    if named.keys() & {"html", "text"}:  # who names one column of the two wants that one
        roles = {role: name for role, name in roles.items() if role not in ("html", "text")}
    return roles | named


def inner_names(input_file: InputFile, is_there: Callable[[str, str], bool]) -> tuple[str, ...]:
    """The `column.key` among the usual and the given names, of columns that hold objects, which are there."""
    names = dict.fromkeys((*input_file.columns.values(), *_usual_inner_names()))
    return tuple(name for name in names if "." in name and is_there(*name.split(".", 1)))


@cache
def _usual_inner_names() -> tuple[str, ...]:
    usual = _usual_names()
    return tuple(name for role in ROLES for name in usual.get(role, ()) if "." in name)


def _value(row: Mapping[str, object], column: str) -> object:
    """What a row holds in a column, or under a key of the object that it holds in one."""
    if column in row or "." not in column:
        return row[column]
    outer, key = column.split(".", 1)
    held = row[outer]
    return held.get(key) if isinstance(held, dict) else None


@cache
def _usual_names() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "columns.toml").read_text(encoding="utf-8"))


def no_page_column(input_file: InputFile, names: tuple[str, ...]) -> str | None:
    """What is wrong with these columns, in words; None if they hold pages."""
    roles = roles_of(input_file, names)
    if missing := [name for name in roles.values() if name not in names]:
        return f"it has no column {missing[0]!r}, only {', '.join(map(repr, names)) or 'none'}"
    if "html" not in roles and "text" not in roles:
        known = f"none of its columns ({', '.join(map(repr, names)) or 'there are none'}) is known to hold pages"
        return f"{known}: name one, as in --column html=NAME" if names else known
    return None


def row_numbers(input_file: InputFile) -> frozenset[int] | None:
    """The rows that are wanted, None for all. A row's name is its number, or `number:id`."""
    if input_file.only is None:
        return None
    numbers = (name.partition(":")[0] for name in input_file.only)
    return frozenset(int(number) for number in numbers if number.isascii() and number.isdigit())


def row_items(input_file: InputFile, number: int, row: Mapping[str, object], roles: Roles) -> Iterator[Item]:
    """The page of one row, or why it has none; a fetch date that can't be read is counted beside it."""
    about = {role: _text_of(_value(row, roles[role])) for role in ("id", "url", "date", "charset") if role in roles}
    member = f"{number}:{about['id']}" if "id" in about else str(number)
    url, stated = about.get("url"), about.get("date")
    if not isinstance(url, str | None):
        yield input_file.rejection(member, "unreadable", f"column {roles['url']!r} holds no text but {_kind(url)}")
        return
    fetched = read_instant(stated)
    if stated is not None and fetched is None:
        yield Skipped("fetch date that can't be read")
    yield _page(input_file, member, roles, row, (url or "").strip() or None, fetched, about.get("charset"))


def _text_of(value: object) -> object:
    """The text that a column of bytes holds, as some writers make all their columns; any other value as it is."""
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def _page(
    input_file: InputFile,
    member: str,
    roles: Roles,
    row: Mapping[str, object],
    url: str | None,
    fetched: dt.datetime | None,
    charset: object,
) -> Item:
    held = [(roles[role], media_type) for role, media_type in _PAGES if role in roles and _value(row, roles[role])]
    if not held:
        return input_file.rejection(member, "empty-page", "its row holds no text", url)
    # A blank in the one column hides nothing that stands in the other.
    column, media_type = next((found for found in held if not _is_blank(_value(row, found[0]))), held[0])
    value = _value(row, column)
    if isinstance(value, str):
        value, charset = value.encode(), "utf-8"
    if isinstance(value, bytes) and column not in input_file.columns.values() and begins_as_html(value):
        media_type = "text/html"  # a column of a usual name for text
    if not isinstance(value, bytes):
        return input_file.rejection(member, "unreadable", f"column {column!r} holds no text but {_kind(value)}", url)
    stated = charset if isinstance(charset, str) else None
    return input_file.page(value, member, media_type=media_type, url=url, fetched=fetched, charset=stated)


def _is_blank(value: object) -> bool:
    return isinstance(value, str | bytes) and value.isspace()


def _kind(value: object) -> str:
    kinds: dict[type, str] = {
        bool: "a truth value",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
    }
    return kinds.get(type(value), f"a value of type {type(value).__name__}")
