"""One page in, everything that can be said about it out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import islice
from os import PathLike
from pathlib import Path

from corpus_loader.articles.registry import Registry
from corpus_loader.articles.understand import Setting, understand
from corpus_loader.errors import PageError, UsageError
from corpus_loader.pages import Reader, cut, sniff_media_type
from corpus_loader.pages.addresses import read_url
from corpus_loader.pages.compression import codec_of_name
from corpus_loader.pages.instants import read_instant
from corpus_loader.pages.media_types import media_type_of_name
from corpus_loader.records import Extract, MediaType, Page, Rejection
from corpus_loader.spelling import shell_word

__all__ = ["extract", "page_of", "stated_instant"]

#: No file system takes a longer path, in bytes.
_LONGEST_PATH = 4096


def extract(
    page: bytes | str | PathLike[str] | Page,
    *,
    url: str | None = None,
    media_type: MediaType | None = None,
    fetched: dt.datetime | dt.date | str | None = None,
) -> Extract:
    """What one page gives: title, body, date and the rest, each with its evidence, or None with the reason.

    `page` is the raw bytes, the characters (`str`), or a path, also of a compressed page; a `str` of one line that
    names a file is a path.
    `url` is where it was fetched, `fetched` when (UTC, if it has no zone); they stand in the place of what a `Page`
    says of itself. The media type is told from the content where it is not given.

    Raises UsageError on arguments that can't mean anything, or a path that holds many pages; PageError where the bytes
    can't be decoded or hold too many lines.
    """
    raw = page_of(page, url=url, media_type=media_type, fetched=fetched)
    (found,) = understand([cut(raw)], Setting(Registry.shipped()))
    return found


def page_of(
    page: bytes | str | PathLike[str] | Page,
    *,
    url: str | None = None,
    media_type: MediaType | None = None,
    fetched: dt.datetime | dt.date | str | None = None,
) -> Page:
    """The page as a record; see `extract` for the arguments and errors."""
    if media_type not in (None, "text/plain", "text/html"):
        raise UsageError(
            f"media_type is {media_type!r}", next_step="give text/plain, text/html, or None to have it told"
        )
    if not isinstance(url, str | None):
        raise UsageError(f"url is {url!r}", next_step="give the address as a str, or None")
    moment = stated_instant(fetched)
    raw = page if isinstance(page, Page) else _page(page)
    return replace(
        raw, url=read_url(url or raw.url), media_type=media_type or raw.media_type, fetched=moment or raw.fetched
    )


def _page(page: object) -> Page:
    if isinstance(page, bytes | bytearray | memoryview):
        content = bytes(page)
        return Page("page", content, sniff_media_type(content, "page"))
    if isinstance(page, str) and not _is_path(page):
        _refuse_mistyped(page)
        content = _encoded(page)
        return Page("page", content, sniff_media_type(content, "page"), charset="utf-8")
    if isinstance(page, str | PathLike):
        return _file(Path(page))
    raise UsageError(f"a page can't be {page!r}", next_step="give its bytes, its characters, or a path")


def _is_path(text: str) -> bool:
    """Does this name a file? A page is never one line that does."""
    if not 0 < len(text) < _LONGEST_PATH or set(text) & set("\n\r<\0"):
        return False
    try:
        return Path(text).is_file() or Path(text).is_dir()
    except OSError:  # a paragraph is longer than a file's name may be
        return False


def _refuse_mistyped(text: str) -> None:
    """No page is a single word that ends like a page's file."""
    if len(text.split()) == 1 and "<" not in text and text.lower().endswith((".txt", ".html", ".htm", ".warc", ".gz")):
        raise UsageError(f"there is no file {text}", next_step="name an existing file, or give the page's own content")


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise PageError(
            f"character {error.start} of the page is half of a surrogate pair, which is no text",
            reason="undecodable",
            next_step="give the page's bytes, as they were fetched",
        ) from error


def _file(path: Path) -> Page:
    """The page in that file; if its name is not that of a page, as a `Reader` reads it, where that gives one."""
    many = f"corpus_loader.extract takes one page; for all of them: corpus-loader extract {shell_word(str(path))}"
    if path.is_dir():
        raise UsageError(f"{path} is a folder", next_step=many)
    content = _read(path)
    found = [] if media_type_of_name(path.name) else list(islice(Reader(path), 2))
    names = [one.name if isinstance(one, Page) else one.page for one in found]
    if len(found) > 1 or any("#" in name[len(path.name) :] for name in names):
        raise UsageError(f"{path} is a container of pages", next_step=many)
    if found and isinstance(found[0], Page):
        return found[0]
    if found and isinstance(found[0], Rejection) and codec_of_name(path.name):
        raise PageError(f"{path}: {found[0].detail}", reason=found[0].reason)
    return Page(path.name, content, sniff_media_type(content, path.name))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}", next_step="name an existing file") from error


def stated_instant(fetched: object) -> dt.datetime | None:
    """The instant, UTC, that a caller states; UsageError where it is none of the years in which pages are fetched."""
    moment = _instant(fetched)
    if moment is not None and read_instant(moment) is None:
        raise UsageError(f"fetched is {fetched!r}", next_step="give a day of the years 1990 to 2100")
    return moment


def _instant(fetched: object) -> dt.datetime | None:
    if fetched is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(fetched) if isinstance(fetched, str) else fetched
        if isinstance(moment, dt.datetime):
            return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        moment = None
    if isinstance(moment, dt.date):
        return dt.datetime.combine(moment, dt.time(), dt.UTC)
    raise UsageError(f"fetched is {fetched!r}", next_step="give a day or instant, or its ISO 8601 spelling")
