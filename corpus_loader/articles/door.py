"""One page in, everything that can be said about it out."""

from __future__ import annotations

import datetime as dt
from os import PathLike
from pathlib import Path

from corpus_loader.articles.registry import Registry
from corpus_loader.articles.understand import Setting, understand
from corpus_loader.errors import UsageError
from corpus_loader.pages import cut, sniff_media_type
from corpus_loader.records import Extract, MediaType, Page

__all__ = ["extract", "page_of"]


def extract(
    page: bytes | str | PathLike[str] | Page,
    *,
    url: str | None = None,
    media_type: MediaType | None = None,
    fetched: dt.datetime | dt.date | str | None = None,
) -> Extract:
    """What one page gives: title, body, date and the rest, each with its evidence, or None with the reason.

    `page` is the raw bytes, the characters (`str`), or a path; a `str` of one line that names a file is a path.
    `url` is where it was fetched, `fetched` when (UTC, if it has no zone). The media type is
    told from the content where it is not given.

    Raises UsageError on arguments that can't mean anything, PageError where the bytes can't be decoded.
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
    if isinstance(page, Page):
        return page
    if media_type not in {None, "text/plain", "text/html"}:
        raise UsageError(
            f"media_type is {media_type!r}", next_step="give text/plain, text/html, or None to have it told"
        )
    name, charset = "page", None
    if isinstance(page, bytes | bytearray | memoryview):
        content = bytes(page)
    elif isinstance(page, str) and not _is_path(page):
        content, charset = page.encode("utf-8", errors="surrogatepass"), "utf-8"
    else:
        name, content = _read(Path(page))
    kind = media_type or sniff_media_type(content, name)
    return Page(name, content, kind, url, _instant(fetched), charset)


def _is_path(text: str) -> bool:
    """Does this name a file? A page is never one line that does."""
    return 0 < len(text) < 1024 and not set(text) & set("\n\r<\0") and Path(text).is_file()


def _read(path: Path) -> tuple[str, bytes]:
    try:
        return path.name, path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}", next_step="name an existing file") from error


def _instant(fetched: dt.datetime | dt.date | str | None) -> dt.datetime | None:
    if isinstance(fetched, str):
        try:
            fetched = dt.datetime.fromisoformat(fetched)
        except ValueError as error:
            raise UsageError(f"fetched is {fetched!r}", next_step="give an ISO day or instant") from error
    if isinstance(fetched, dt.datetime):
        return fetched.replace(tzinfo=dt.UTC) if fetched.tzinfo is None else fetched.astimezone(dt.UTC)
    return dt.datetime.combine(fetched, dt.time(), dt.UTC) if fetched else None
