"""Pages out of JSON lines, one object a line, compressed or not. A page is named by its line, from 1."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from corpus_loader.errors import PageError
from corpus_loader.pages.input_file import InputFile, Item, Skipped
from corpus_loader.pages.rows import inner_names, no_page_column, roles_of, row_items, row_numbers
from corpus_loader.pages.streams import Stream

__all__ = ["read_jsonl"]

# A line holds its page in JSON, where a letter of two bytes can take six, and other columns beside it.
_LINE_PER_PAGE = 4


def read_jsonl(input_file: InputFile) -> Iterator[Item]:
    """The pages in the order of the file. Blank lines are skipped and counted."""
    wanted = row_numbers(input_file)
    last = max(wanted, default=0) if wanted is not None else None
    with input_file.file.open("rb") as file:
        number = 0
        try:
            stream = Stream(file, input_file.name)
            while number != last:
                number += 1
                stream.mark()
                line = _line(stream, _LINE_PER_PAGE * input_file.max_page_bytes)
                if line == b"":
                    return
                if wanted is None or number in wanted:
                    yield from _line_items(input_file, number, line)
        except PageError as error:
            yield input_file.rejection(str(number), error.reason, f"the file can't be read from here on: {error.what}")


def _line(stream: Stream, limit: int) -> bytes | None:
    """The next line, None for one above the limit (which is passed over), empty at the end of the file."""
    line = stream.readline(limit)
    if len(line) < limit or line.endswith(b"\n"):
        return line
    while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
        pass
    return None


def _line_items(input_file: InputFile, number: int, line: bytes | None) -> Iterator[Item]:
    if line is None:
        what = f"the line is longer than {_LINE_PER_PAGE} times the set {input_file.max_page_bytes} bytes"
        yield input_file.rejection(str(number), "too-large", what)
        return
    if number == 1:
        line = line.removeprefix(b"\xef\xbb\xbf")
    if line.isspace():
        yield Skipped("blank line")
        return
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        yield input_file.rejection(str(number), "unreadable", f"the line is no JSON: {error}")
        return
    if not isinstance(row, dict):
        yield input_file.rejection(str(number), "unreadable", "the line is JSON, but no object")
        return
    inner = inner_names(input_file, lambda column, key: isinstance(held := row.get(column), dict) and key in held)
    names = (*row, *inner)
    if wrong := no_page_column(input_file, names):
        yield input_file.rejection(str(number), "unreadable", wrong)
    else:
        yield from row_items(input_file, number, row, roles_of(input_file, names))
