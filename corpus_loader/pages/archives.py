"""Pages out of zip and tar archives of `.txt` and `.html` files, each of which may be compressed itself."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from corpus_loader.errors import PageError
from corpus_loader.pages.input_file import InputFile, Item, Skipped, printable, suffix, without_compression
from corpus_loader.pages.media_types import media_type_of_name
from corpus_loader.pages.streams import Stream
from corpus_loader.records import Rejection

__all__ = ["read_tar", "read_zip"]

# zipfile raises RuntimeError for a wrong password, NotImplementedError for an unknown compression.
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
)

# Bytes of the record at a zip archive's end, before its comment.
_ZIP_END = 22

# Headers that hold a long name or attributes; tarfile reads them into memory, whatever size they state.
_LONG_HEADERS = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)
_MAX_HEADER = 1024 * 1024

# tarfile does not export these.
_InvalidHeader: type[tarfile.HeaderError] = tarfile.InvalidHeaderError  # type: ignore[attr-defined]
_BROKEN_HEADER = (_InvalidHeader, tarfile.TruncatedHeaderError, tarfile.SubsequentHeaderError)  # type: ignore[attr-defined]


def read_zip(input_file: InputFile) -> Iterator[Item]:
    """The pages of a zip archive, sorted by name."""
    try:
        archive = zipfile.ZipFile(input_file.file)
    except _ZIP_ERRORS as error:
        yield input_file.rejection(None, "unreadable", f"the zip archive is broken: {error}")
        return
    with archive:
        if missing := _missing_members(input_file, archive):
            yield input_file.rejection(None, "unreadable", f"the zip directory is broken: {missing} members are lost")
        seen: set[str] = set()
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            name = printable(info.filename)
            if info.is_dir() or not input_file.wants(name):
                continue
            is_link = stat.S_ISLNK(info.external_attr >> 16)
            refused = _refusal(input_file, name, info.header_offset, is_special=is_link, is_repeated=name in seen)
            seen.add(name)
            yield refused or _zip_member(input_file, archive, info, name)


def _missing_members(input_file: InputFile, archive: zipfile.ZipFile) -> int:
    """How many members the end of the archive promises that its directory does not list; zipfile does not compare."""
    with input_file.file.open("rb") as file:
        file.seek(-_ZIP_END - len(archive.comment), io.SEEK_END)
        end = file.read(_ZIP_END)
    promised = int.from_bytes(end[10:12], "little")
    # The number is kept modulo 65,536, and an archive of the Zip64 kind has it elsewhere.
    if not end.startswith(b"PK\x05\x06") or promised == 0xFFFF:
        return 0
    return (promised - len(archive.infolist())) % 0x10000


def _zip_member(input_file: InputFile, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Item:
    if info.flag_bits & 1:
        return input_file.rejection(name, "unreadable", "the archive member is encrypted")
    try:
        with archive.open(info) as member:
            return input_file.page_of_file(member, name)
    except _ZIP_ERRORS as error:
        return input_file.rejection(name, "unreadable", f"the archive member is broken: {error}")


def read_tar(input_file: InputFile) -> Iterator[Item]:
    """The pages of a tar archive, compressed or not, in the order of the archive."""
    with input_file.file.open("rb") as file:
        try:
            stream = Stream(file, input_file.name)
            # Block by block, so that what stands before a break in compressed data is not lost with it.
            with _Archive.open(fileobj=stream, mode="r|", bufsize=512, tarinfo=_Header, ignore_zeros=True) as archive:  # type: ignore[call-overload]
                yield from _tar_members(input_file, archive, stream)
        except PageError as error:
            yield input_file.rejection(None, error.reason, f"the archive is broken, its rest is lost: {error.what}")
        except (tarfile.TarError, OSError, EOFError) as error:
            yield input_file.rejection(None, "unreadable", f"the archive is broken, its rest is lost: {error}")


def _tar_members(input_file: InputFile, archive: _Archive, stream: Stream) -> Iterator[Item]:
    # Hashes, not names: there can be millions. They are compared within this loop alone.
    seen: set[int] = set()
    while info := archive.next():
        archive.members = []  # tarfile remembers every member that it has passed
        stream.mark()
        yield from _damage(input_file, archive)
        name = printable(info.name)
        if info.isdir() or not input_file.wants(name):
            continue
        key = hash(name)
        refused = _refusal(input_file, name, info.offset, is_special=not info.isreg(), is_repeated=key in seen)
        seen.add(key)
        yield refused or _tar_member(input_file, archive, info, name)
    yield from _damage(input_file, archive)


def _tar_member(input_file: InputFile, archive: _Archive, info: tarfile.TarInfo, name: str) -> Item:
    if info.size > input_file.max_page_bytes:
        return input_file.too_large(name)
    try:
        member = archive.extractfile(info)
        content = member.read() if member else b""
    except (tarfile.TarError, PageError) as error:
        return input_file.rejection(name, "unreadable", f"the archive member is broken: {error}")
    return input_file.page_of_file(io.BytesIO(content), name)


class _Header(tarfile.TarInfo):
    """A member's header. tarfile passes over a broken one without a word: this one leaves word with its archive."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> _Header:
        try:
            return super().fromtarfile(archive)
        except _BROKEN_HEADER as error:
            if isinstance(archive, _Archive) and archive.damaged_at is None:
                archive.damaged_at = archive.offset
            # Of these three, it is the one after which tarfile looks for the next header.
            raise _InvalidHeader(str(error)) from error

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        header = super().frombuf(buf, encoding, errors)
        if header.type in _LONG_HEADERS and header.size > _MAX_HEADER:
            raise _InvalidHeader("a header of more than 1 MiB")
        return header


class _Archive(tarfile.TarFile):
    members: list[tarfile.TarInfo]
    damaged_at: int | None = None


def _damage(input_file: InputFile, archive: _Archive) -> Iterator[Rejection]:
    """What was passed over before this member because its header is broken."""
    if archive.damaged_at is not None:
        what = f"the header at byte {archive.damaged_at} of the archive is broken, its member is lost"
        yield input_file.rejection(f"@{archive.damaged_at}", "unreadable", what)
        archive.damaged_at = None


def _refusal(input_file: InputFile, name: str, offset: int, *, is_special: bool, is_repeated: bool) -> Item | None:
    """Why an archive member is not read, judged by its name and type; None for a page."""
    parts = name.replace("\\", "/").split("/")
    if any(part.startswith(".") for part in parts if part not in (".", "..")):
        return Skipped("hidden file")
    if is_special:
        return Skipped("link or device in an archive")
    if input_file.media_type is None and media_type_of_name(without_compression(name)) is None:
        return Skipped(f"file type {suffix(name)}")
    if ".." in parts or not parts[0] or parts[0].endswith(":"):
        return input_file.rejection(name, "unreadable", "the archive member's name leads out of the archive")
    if is_repeated:
        what = "the archive holds another member of that name before it"
        return input_file.rejection(f"{name}@{offset}", "unreadable", what)
    return None
