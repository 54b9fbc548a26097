"""One input file and how it is to be read, and what reading it gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import IO, NamedTuple, TypeAlias

from corpus_loader.errors import PageError
from corpus_loader.pages.addresses import read_url
from corpus_loader.pages.compression import codec_of_name
from corpus_loader.pages.media_types import sniff_media_type
from corpus_loader.pages.streams import Stream
from corpus_loader.records import MediaType, Page, Rejection

__all__ = ["MAX_PAGE_BYTES", "InputFile", "Item", "ReadFormat", "Skipped", "printable", "suffix", "without_compression"]

#: Pages above this size are rejected as too large, unless told otherwise. News pages with all their scripts stay
#: under 3 MB.
MAX_PAGE_BYTES = 8 * 1024 * 1024


class Skipped(NamedTuple):
    """Something in the input that is no page, by kind: counted, not named."""

    kind: str


Item: TypeAlias = Page | Rejection | Skipped


@dataclass(frozen=True)
class InputFile:
    """One input file: where it lies, how page names call it, and how it is to be read."""

    file: Path
    #: Path below the input, with "/".
    name: str
    #: The members that are wanted (what comes after the "#" of their names); None for all of them.
    only: frozenset[str] | None = None
    #: What single pages and members of archives are; None to find out.
    media_type: MediaType | None = None
    #: Columns of a table by their role, beside those that are found by their usual names.
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    max_page_bytes: int = MAX_PAGE_BYTES

    def page_name(self, member: str | None) -> str:
        """The name of a member's page; of the file's own page for None."""
        return self.name if member is None else f"{self.name}#{member}"

    def rejection(self, member: str | None, reason: str, detail: str, url: str | None = None) -> Rejection:
        """A page, or all of the file's pages for None, that can't be read."""
        return Rejection(self.page_name(member), None, None, read_url(url), None, reason, detail)

    def page(
        self,
        content: bytes,
        member: str | None = None,
        *,
        media_type: MediaType | None = None,
        url: str | None = None,
        fetched: dt.datetime | None = None,
        charset: str | None = None,
    ) -> Page | Rejection:
        """The page of these bytes, or why there is none: no bytes, too many, or those of something else."""
        if not content:
            return self.rejection(member, "empty-page", "it holds no bytes", url)
        if len(content) > self.max_page_bytes:
            return self.too_large(member, url)
        named = without_compression(self.name if member is None else member)
        try:
            known = media_type or self.media_type or sniff_media_type(content, named)
        except PageError as error:
            return self.rejection(member, error.reason, error.what, url)
        return Page(self.page_name(member), content, known, read_url(url), fetched, charset)

    def page_of_file(self, file: IO[bytes], member: str | None = None) -> Page | Rejection:
        """The page that an open file holds, decompressed if need be; no more than its set size is read."""
        try:
            content = Stream(file, member or self.name).read(self.max_page_bytes + 1)
        except PageError as error:
            return self.rejection(member, error.reason, error.what)
        return self.page(content, member)

    def wants(self, member: str) -> bool:
        """Whether this member is to be read."""
        return self.only is None or member in self.only

    def too_large(self, member: str | None, url: str | None = None) -> Rejection:
        """The rejection of a page that is larger than the set size."""
        return self.rejection(member, "too-large", f"it is larger than the set {self.max_page_bytes} bytes", url)


ReadFormat: TypeAlias = Callable[[InputFile], Iterator[Item]]


def without_compression(name: str) -> str:
    """The name without a suffix such as `.gz`."""
    return name[: name.rfind(".")] if codec_of_name(name) else name


def suffix(name: str) -> str:
    """The suffix of a file name in lower case, before that of a compression; "(none)" where it has none."""
    base = without_compression(name.rpartition("/")[2])
    dot = base.rfind(".")
    return base[dot:].lower()[:20] if dot > 0 else "(none)"


def printable(name: str) -> str:
    r"""A file name whose bytes are no UTF-8 with these as `\xNN`, so that it can stand in a record."""
    return name if name.isascii() else name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
