"""Pages out of WARC and WET files: records found one by one, so that a broken one costs itself alone.

A page is named by the file offset of its record, or of the compressed member that holds it (what a CDX index calls the
offset); `offset+n` where the record begins n bytes into the member, as in a WARC that was compressed as a whole.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator

from fastwarc.stream_io import BrotliReader
from fastwarc.warc import HeaderMap, WarcRecord, WarcRecordType

from corpus_loader.errors import PageError
from corpus_loader.pages.compression import DamagedError
from corpus_loader.pages.input_file import InputFile, Item, Skipped
from corpus_loader.pages.instants import read_instant
from corpus_loader.pages.media_types import begins_as_html, media_type_of_header, sniff_media_type
from corpus_loader.pages.streams import Place, Stream
from corpus_loader.records import MediaType, Page, Rejection

__all__ = ["read_warc"]

_MAGIC = b"WARC/"
_MAX_HEAD = 64 * 1024
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.I | re.M)
_TYPE = re.compile(rb"^warc-type:[ \t]*([\w-]{1,40})", re.I | re.M)
_URL = re.compile(rb"^warc-target-uri:[ \t]*<?([^\s<>]+)", re.I | re.M)
_MEDIA_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}")
# An HTTP answer of the size of a page has no more than this much of headers.
_HTTP_HEAD = 64 * 1024
# The line before a chunk of an HTTP body, with the end of the chunk before it.
_CHUNK = re.compile(rb"(?:\r?\n)?([0-9a-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n", re.I)
_PAGE_TYPES = frozenset({b"response", b"resource", b"conversion"})
_UNSTATED = frozenset({"", "application/octet-stream", "application/xml", "text/xml", "text/plain", "unknown/unknown"})


def read_warc(input_file: InputFile) -> Iterator[Item]:
    """The pages of a WARC or WET file in file order; records of other kinds are skipped and counted."""
    with input_file.file.open("rb") as file:
        try:
            stream = Stream(file, input_file.name, halt=_MAGIC)
        except PageError as error:
            yield input_file.rejection(None, error.reason, error.what)
            return
        if input_file.only is None:
            yield from _records(input_file, stream)
            return
        for place in sorted(place for name in input_file.only if (place := Place.parse(name))):
            yield from _record_at(input_file, stream, place)


def _record_at(input_file: InputFile, stream: Stream, place: Place) -> Iterator[Item]:
    try:
        stream.go_to(place)
        yield from _record(input_file, stream, place)
    except (PageError, EOFError) as error:
        yield input_file.rejection(str(place), "unreadable", str(error))


def _records(input_file: InputFile, stream: Stream) -> Iterator[Item]:
    lost: tuple[Place, PageError] | None = None  # the record that could not be read, until the next one is found
    while True:
        place = stream.place()
        try:
            if lost:
                stream.find_record()
                yield _refused(input_file, *lost)
                lost = None
            place = stream.mark()
            if stream.peek(1) in (b"\r", b"\n"):
                stream.read(1)
            elif stream.peek(1):
                yield from _record(input_file, stream, place)
            else:
                return
        except DamagedError as error:
            yield from _damage(input_file, error, place, lost)
            lost = None
            if not stream.resume(error.member):
                return
        except PageError as error:
            if stream.codec:
                lost = place, error
                continue
            yield _refused(input_file, place, error)
            if not stream.resume(place.member):
                return


def _damage(
    input_file: InputFile, error: DamagedError, place: Place, lost: tuple[Place, PageError] | None
) -> Iterator[Rejection]:
    """The rejection of damage that was met at that place; a lost record that it follows in its member is told by it."""
    if lost and lost[0].member == error.member:
        place = lost[0]
    elif lost:
        yield _refused(input_file, *lost)
    yield _refused(input_file, place if place.member == error.member else Place(error.member), error)


def _refused(input_file: InputFile, place: Place, error: PageError) -> Rejection:
    return input_file.rejection(str(place), error.reason, error.what)


def _record(input_file: InputFile, stream: Stream, place: Place) -> Iterator[Item]:
    """What the record at the stream's head gives; the stream is then at its end, or a PageError is raised."""
    head = _head(stream)
    length = _LENGTH.search(head)
    if length is None:
        raise PageError("a WARC record without a Content-Length", reason="unreadable")
    size = int(length[1])
    kind = _TYPE.search(head)
    name = kind[1].lower() if kind else b"untyped"
    if name not in _PAGE_TYPES:
        _pass(stream, size)
        yield Skipped(f"WARC record of type {name.decode()}")
    elif size > input_file.max_page_bytes + _HTTP_HEAD:
        _pass(stream, size)
        url = _URL.search(head)
        yield input_file.too_large(str(place), url[1].decode("utf-8", "replace") if url else None)
    else:
        block = _block(stream, size)
        item = _page(input_file, str(place), head, block)
        if isinstance(item, Page) and item.fetched is None:
            yield Skipped("fetch date that can't be read")
        yield item


def _head(stream: Stream) -> bytes:
    lines = [stream.readline(_MAX_HEAD)]
    if not lines[0].startswith(_MAGIC):
        raise PageError("no WARC record begins here", reason="unreadable")
    size = 0
    while (line := stream.readline(_MAX_HEAD)) not in (b"\r\n", b"\n"):
        size += len(line)
        if not line.endswith(b"\n") or size > _MAX_HEAD or stream.peek(len(_MAGIC)) == _MAGIC:
            raise PageError("a WARC record's header does not end", reason="unreadable")
        lines.append(line)
    return b"".join(lines)


def _block(stream: Stream, size: int) -> bytes:
    """The record's block. Where its length is wrong, the stream is at its beginning, and other records may be in it."""
    start = stream.place()
    block = stream.read(size)
    try:
        _end(stream, size - len(block))
    except DamagedError:
        raise
    except PageError:
        stream.put_back(block, start)
        raise
    return block


def _pass(stream: Stream, size: int) -> None:
    """Pass over the record's block, or as `_block` does where its length is wrong."""
    start = stream.place()
    passed = stream.skip(size)
    try:
        _end(stream, size - passed)
    except DamagedError:
        raise
    except PageError as error:
        if not stream.go_back(start):
            what = f"{error.what}; any records within {passed} bytes after it are lost"
            raise PageError(what, reason=error.reason) from None
        raise


def _end(stream: Stream, missing: int) -> None:
    """Pass over the two line ends after a record; where they are missing, another record or nothing must follow."""
    if missing:
        raise PageError(f"a WARC record breaks off {missing} bytes before its end", reason="unreadable")
    passed = 0
    while stream.peek(1) in (b"\r", b"\n"):
        passed += len(stream.read(1))
    if passed < len(b"\r\n\r\n") and stream.peek(len(_MAGIC)) not in (_MAGIC, b""):
        raise PageError("a WARC record's Content-Length does not lead to its end", reason="unreadable")


def _page(input_file: InputFile, member: str, head: bytes, block: bytes) -> Item:
    try:
        record = WarcRecord.from_bytes(head + b"\r\n" + block)
        url = (record.headers.get("WARC-Target-URI") or "").strip(" <>") or None
        if record.record_type == WarcRecordType.response and record.is_http:
            return _http_page(input_file, member, record, url)
        return _plain_page(input_file, member, record, url)
    except (OSError, ValueError) as error:
        return input_file.rejection(member, "unreadable", f"the WARC record is broken: {error}")


def _plain_page(input_file: InputFile, member: str, record: WarcRecord, url: str | None) -> Item:
    """A `resource` or `conversion` record. The WARC standard has WET text in UTF-8."""
    content = record.reader.read()
    stated = record.headers.get("Content-Type") or ""
    media_type = media_type_of_header(stated) or _sniffed_html(stated, content)
    if media_type is None:
        return _other(stated)
    charset = _charset(stated)
    if record.record_type == WarcRecordType.conversion:
        charset = charset or "utf-8"
    fetched = read_instant(record.record_date)
    return input_file.page(content, member, media_type=media_type, url=url, fetched=fetched, charset=charset)


def _http_page(input_file: InputFile, member: str, record: WarcRecord, url: str | None) -> Item:
    record.parse_http(auto_decode="none", quirks_mode=True)
    headers = record.http_headers
    if headers.status_code is not None and not 200 <= headers.status_code < 300:
        return Skipped(f"HTTP status {headers.status_code}")
    content = record.reader.read()
    try:
        # Some crawlers undo these codings and leave the headers as they were: then the body stands as it is.
        content = _dechunked(headers, content)
        for coding in reversed((headers.get("Content-Encoding") or "").lower().split(",")):
            content = _without_coding(coding.strip(), content, input_file.max_page_bytes + 1)
    except (PageError, OSError, zlib.error) as error:
        return input_file.rejection(member, "unreadable", f"its HTTP body is broken: {error}", url)
    stated = headers.get("Content-Type") or ""
    payload_type = record.headers.get("WARC-Identified-Payload-Type") or ""
    media_type = media_type_of_header(stated)
    if media_type != "text/html":
        media_type = media_type_of_header(payload_type) if payload_type else _sniffed_html(stated, content)
    if media_type != "text/html":
        return _other(stated or payload_type)
    fetched = read_instant(record.record_date)
    return input_file.page(content, member, media_type=media_type, url=url, fetched=fetched, charset=_charset(stated))


def _dechunked(headers: HeaderMap, content: bytes) -> bytes:
    if "chunked" not in (headers.get("Transfer-Encoding") or "").lower() or not _CHUNK.match(content):
        return content
    pieces: list[bytes] = []
    at = 0
    while chunk := _CHUNK.match(content, at):
        size, start = int(chunk[1], 16), chunk.end()
        if size == 0:
            return b"".join(pieces)
        pieces.append(content[start : start + size])
        at = start + size
    raise PageError("its chunks break off", reason="unreadable")


def _without_coding(coding: str, content: bytes, limit: int) -> bytes:
    if content[:256].lstrip()[:1] == b"<" or begins_as_html(content):
        return content
    if coding in ("gzip", "x-gzip", "zstd"):
        return Stream(io.BytesIO(content), "").read(limit)
    if coding == "deflate":
        inflate = zlib.decompressobj(15 if content[:1] == b"\x78" else -15)
        plain = inflate.decompress(content, limit)
        if not inflate.eof and len(plain) < limit:
            raise PageError("it breaks off", reason="unreadable")
        return plain
    if coding == "br":
        with BrotliReader(io.BytesIO(content)) as reader:
            return bytes(reader.read(limit))
    return content


def _sniffed_html(stated: str, content: bytes) -> MediaType | None:
    """HTML where the headers leave it open and the bytes say so."""
    if stated.partition(";")[0].strip().lower() not in _UNSTATED:
        return None
    try:
        return "text/html" if sniff_media_type(content) == "text/html" else None
    except PageError:
        return None


def _charset(stated: str) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", stated, re.I)
    return found[1] if found else None


def _other(stated: str) -> Skipped:
    essence = stated.partition(";")[0].strip().lower()
    return Skipped(f"media type {essence if _MEDIA_TYPE.fullmatch(essence) else 'unknown'}")
