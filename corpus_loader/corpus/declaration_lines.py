"""Where in the text of a `corpus.toml` something stands, for complaints about it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from corpus_loader.spelling import toml_string

__all__ = ["line_of", "syntax_error"]

_HEADER = re.compile(r"\s*\[([^\[\]]*(?:\"[^\"]*\"|'[^']*')?[^\[\]]*)\]\s*(?:#.*)?\Z")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"(?:[^\"\\]|\\.)*\"|'[^']*')\s*=")
_QUOTES = re.compile(r'"""|\'\'\'')
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
#: What `corpus-loader build` prints in the place of a day.
_PLACEHOLDER = re.compile(r"(?:^|[{,.])\s*date\s*=\s*['\"]?YYYY-MM-DD", re.IGNORECASE)
_DAY = re.compile(r"\s*date\s*=\s*\d")
#: A letter begins it, or it is a version.
_BARE_TEXT = re.compile(r"\s*([\w-]+)\s*=\s*((?:[^\W\d_]|[0-9]+\.[0-9]+\.[0-9])[^#]*)")


def line_of(text: str, name: str) -> int | None:
    """The line, counted from 1, of the key with that dotted name; of its table where the key is missing.

    None where neither stands there by that name: in an inline table, or not at all.
    """
    path = _path(f"{name} = 0")
    table: tuple[str, ...] = ()
    header: int | None = None
    for number, line in _statements(text):
        if found := _HEADER.match(line):
            table = _path(f"[{found[1]}]")
            if table == path:
                return number
            header = number if path and table == path[:-1] else header
        elif path and (found := _KEY.match(line)) and (*table, *_path(f"{found[1]} = 0")) == path:
            return number
    return header


def syntax_error(text: str, error: tomllib.TOMLDecodeError) -> tuple[str, str]:
    """What is wrong with a text that is not TOML, after the file's name, and the next step."""
    left = [str(number) for number, line in _statements(text) if _PLACEHOLDER.search(line)]
    if left:
        where = f"line {left[0]}" if len(left) == 1 else f"lines {', '.join(left)}"
        step = "write the day on which the page was published, without quotes, such as date = 2015-11-17; or delete the"
        return f":{left[0]}: the placeholder date = YYYY-MM-DD is left in {where}", f"{step} page's table"
    place = _AT_LINE.search(str(error))
    lines = text.splitlines()
    number = int(place[1]) if place else len(lines)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    what = _AT_LINE.sub("", str(error)).strip()
    if "twice" in what:
        step = "TOML takes each table once: put the lines of both under one of the two headers"
        return f":{number}: the table {line.strip()} stands there twice", step
    if "overwrite" in what:
        return f":{number}: {line.strip()!r} gives a value a second time", "keep one of the two lines"
    if _DAY.match(line):
        return f":{number}: {line.strip()!r} is no day", "write year, month and day, such as date = 2015-11-17"
    if bare := _BARE_TEXT.match(line):
        step = f"put the text in quotes: {bare[1]} = {toml_string(bare[2].strip())}"
        return f":{number}: not valid TOML: {line.strip()!r}", step
    return f":{number}: not valid TOML: {what}", "correct that line; see https://toml.io"


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, but for those inside a text of several lines."""
    within: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if within is None:
            yield number, line
        for quotes in _QUOTES.findall(line):
            within = quotes if within is None else None if quotes == within else within


def _path(toml: str) -> tuple[str, ...]:
    """The names of the one key or table that a line of TOML has; nothing where it is none."""
    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError:
        return ()
    names: list[str] = []
    while isinstance(table, dict) and table:
        ((name, table),) = table.items()
        names.append(name)
    return tuple(names)
