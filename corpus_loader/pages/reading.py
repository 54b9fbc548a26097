"""One stream of pages out of whatever they lie in: files, folders, archives, WARC and WET, tables."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from corpus_loader.errors import PageError, UsageError
from corpus_loader.pages.files import Found, locate, walk
from corpus_loader.pages.input_file import (
    MAX_PAGE_BYTES,
    InputFile,
    Item,
    ReadFormat,
    Skipped,
    suffix,
    without_compression,
)
from corpus_loader.pages.media_types import media_type_of_name
from corpus_loader.pages.rows import ROLES
from corpus_loader.pages.streams import Stream
from corpus_loader.records import MediaType, Page, Rejection

__all__ = ["INPUT_FORMATS", "Reader", "read_page"]

#: What an input can be told to be. `text` and `html` say what single pages and the members of archives are.
INPUT_FORMATS = ("text", "html", "zip", "tar", "warc", "wet", "jsonl", "parquet")

_BY_SUFFIX = {
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "tar",
    ".tbz2": "tar",
    ".txz": "tar",
    ".tzst": "tar",
    ".warc": "warc",
    ".wet": "wet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
_BY_MAGIC = {b"PK\x03\x04": "zip", b"PAR1": "parquet", b"WARC/": "warc"}
# What people name as the input although it holds many pages in a form that is not read, and what to do about it.
_NOT_READ = {
    "json": (
        "JSON, but not one object a line",
        "write each page as one line; an array with: jq -c '.[]' pages.json > pages.jsonl",
    ),
    "csv": ("a table in CSV", "write it as JSON lines or Parquet, as in: polars.read_csv(...).write_parquet(...)"),
}
# One object on each line is JSON lines, whatever the file is called; an array, or an object on several lines, is not.
_JSON_LINE = re.compile(rb'(?:\xef\xbb\xbf)?\{[ \t]*"')
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"')
_PAGE_FORMATS: dict[str, MediaType] = {"text": "text/plain", "html": "text/html"}


class Reader(Iterator[Page | Rejection]):
    """Every page below a path, in the order of the files' names; one page in memory at a time.

    The path is a folder (all files below it), a page, or a container of pages: zip, tar, WARC, WET, JSON lines,
    Parquet; all but zip and Parquet may be compressed by gzip, Zstandard, xz or bzip2. What can't be read is a
    `Rejection` in its place, and the rest goes on.

    Pages are named by their path below the input, those of a container `container#member`: the member's name in zip
    and tar, the record's offset in WARC and WET, the line (from 1) in JSON lines, the row (from 0) in Parquet.

    `skipped` counts what is neither page nor rejection, by kind, in short phrases: `file type .jpg`, `hidden file`,
    `media type image/png`, `HTTP status 404`, `WARC record of type request`, `blank line`. It is complete when the
    iteration is.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        input_format: str | None = None,
        columns: Mapping[str, str] | None = None,
        max_page_bytes: int = MAX_PAGE_BYTES,
        names: Collection[str] | None = None,
    ) -> None:
        """Nothing is read before the iteration begins.

        Args:
            path: Where the pages are.
            input_format: One of `INPUT_FORMATS`, for all files instead of what their names say.
            columns: The column of a table for each of the roles html, text, url, date (when the page was fetched),
                charset, id; `column.key` for a key of the objects that a column holds. Usual names are found without.
                With an id column, pages are named `table#row:id`.
            max_page_bytes: Pages of more bytes are rejected.
            names: Read only the pages of these names; the others are passed over where their container allows it.

        Raises:
            UsageError: there is nothing at `path`, or an option means nothing; when the iteration begins, `path` is a
                table of a kind that is not read, such as CSV.

        """
        root = Path(path)
        _check(root, input_format, columns or {}, max_page_bytes)
        self.skipped: Counter[str] = Counter()
        files = walk(root) if names is None else locate(root, names)
        self._items = _items(files, input_format, dict(columns or {}), max_page_bytes)

    def __next__(self) -> Page | Rejection:
        for item in self._items:
            if not isinstance(item, Skipped):
                return item
            self.skipped[item.kind] += 1
        raise StopIteration


def read_page(
    path: str | os.PathLike[str],
    name: str,
    *,
    input_format: str | None = None,
    columns: Mapping[str, str] | None = None,
    max_page_bytes: int = MAX_PAGE_BYTES,
) -> Page:
    """The page that a `Reader` with the same options gives under that name.

    Direct in folders, zip, WARC, WET and Parquet; a search from the start in tar and JSON lines: for many pages of
    one of those, use a `Reader` with their `names`.

    Raises:
        PageError: there is no such page, or it can't be read.
        UsageError: as for `Reader`.

    """
    reader = Reader(path, input_format=input_format, columns=columns, max_page_bytes=max_page_bytes, names=[name])
    broken: Rejection | None = None
    for item in reader:
        if isinstance(item, Page):
            return item
        broken = item
        if item.page == name:
            break
    if broken:
        raise PageError(f"{broken.page}: {broken.detail}", reason=broken.reason)
    raise PageError(
        f"there is no page {name!r} in {os.fspath(path)}",
        reason="unreadable",
        next_step="give the input that the pages were read from, as it was then",
    )


def _check(root: Path, input_format: str | None, columns: Mapping[str, str], max_page_bytes: int) -> None:
    if input_format is not None and input_format not in INPUT_FORMATS:
        known = ", ".join(INPUT_FORMATS)
        raise UsageError(f"{input_format!r} is no input format", next_step=f"use one of {known}")
    if unknown := [role for role in columns if role not in ROLES]:
        raise UsageError(f"a column can't be {unknown[0]!r} to a page", next_step=f"use one of {', '.join(ROLES)}")
    if max_page_bytes < 1:
        raise UsageError(f"a page of at most {max_page_bytes} bytes can hold nothing")
    if not root.exists():
        raise UsageError(f"there is nothing at {root}", next_step="give a folder or a file of pages")


def _format_of(name: str) -> str | None:
    plain = without_compression(name).lower()
    ending = suffix(plain)
    if ending == ".json" and plain != name.lower():
        return "jsonl"  # C4 calls its compressed JSON lines so; an uncompressed .json is most often something else
    if media_type_of_name(plain):
        return "html" if media_type_of_name(plain) == "text/html" else "text"
    return _BY_SUFFIX.get(ending)


def _format_of_bytes(file: Path, ending: str) -> str:
    """What a file is that somebody named as the input, and whose name does not say: a page, if nothing else."""
    if ending in (".csv", ".tsv"):
        return "csv"
    with file.open("rb") as opened:
        try:
            head = Stream(opened, "").read(512)
        except PageError:
            return "text"
    if head[257:262] == b"ustar":
        return "tar"
    if _JSON_LINE.match(head):
        return "jsonl"
    if ending == ".json" or _JSON.match(head):
        return "json"
    return next((known for magic, known in _BY_MAGIC.items() if head.startswith(magic)), "text")


def _items(
    files: Iterator[Found | Rejection | Skipped],
    input_format: str | None,
    columns: Mapping[str, str],
    max_page_bytes: int,
) -> Iterator[Item]:
    for found in files:
        if not isinstance(found, Found):
            yield found
            continue
        chosen = _format_of(found.name)
        if input_format and (input_format not in _PAGE_FORMATS or chosen in (None, *_PAGE_FORMATS)):
            chosen = input_format
        if chosen is None and found.is_input:
            chosen = _format_of_bytes(found.file, suffix(found.name))
            if chosen in _NOT_READ:
                what, next_step = _NOT_READ[chosen]
                raise UsageError(f"{found.file} is {what}", next_step=next_step)
        if chosen is None:
            yield Skipped(f"file type {suffix(found.name)}")
            continue
        media_type = _PAGE_FORMATS.get(input_format or "")
        input_file = InputFile(found.file, found.name, found.only, media_type, columns, max_page_bytes)
        yield from _read(input_file, chosen)


def _read(input_file: InputFile, chosen: str) -> Iterator[Item]:
    try:
        if stat.S_ISREG(input_file.file.stat().st_mode):
            yield from _reader(chosen)(input_file)
        else:
            yield Skipped("special file")
    except OSError as error:
        yield input_file.rejection(None, "unreadable", f"the file: {error.strerror or error}")


def _read_file(input_file: InputFile) -> Iterator[Item]:
    with input_file.file.open("rb") as file:
        yield input_file.page_of_file(file)


def _reader(chosen: str) -> ReadFormat:
    """The reader of a format; imported when the first such file is met, for some load large libraries."""
    if chosen in ("zip", "tar"):
        from corpus_loader.pages import archives

        return archives.read_zip if chosen == "zip" else archives.read_tar
    if chosen in ("warc", "wet"):
        from corpus_loader.pages.warc import read_warc

        return read_warc
    if chosen == "jsonl":
        from corpus_loader.pages.jsonl import read_jsonl

        return read_jsonl
    if chosen == "parquet":
        from corpus_loader.pages.parquet import read_parquet

        return read_parquet
    return _read_file
