"""Decompression in bounded pieces: one decoder a codec, each with the interface of `bz2.BZ2Decompressor`."""

from __future__ import annotations

import bz2
import lzma
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple, Protocol

import zstandard

from corpus_loader.errors import PageError

__all__ = [
    "CHUNK",
    "CODECS",
    "DECODING_ERRORS",
    "Codec",
    "DamagedError",
    "Decoder",
    "Piece",
    "codec_of_bytes",
    "codec_of_name",
    "decompressed",
    "first_plain",
    "is_skippable",
    "plain",
    "with_dictionary",
]

#: Bytes read or decompressed at a time.
CHUNK = 64 * 1024
_MAGIC_BYTES = 6

#: What the decoders raise on bytes that are not theirs.
DECODING_ERRORS = (zlib.error, lzma.LZMAError, zstandard.ZstdError, OSError, EOFError)

# The Zstandard format puts a dictionary for all records of a .warc.zst into a skippable frame of this number.
_DICTIONARY_FRAME = 0x184D2A5D
_MAX_DICTIONARY = 16 * 1024 * 1024


class DamagedError(PageError):
    """The compressed bytes are broken from the member at file offset `member` on."""

    def __init__(self, what: str, member: int, reason: str = "unreadable") -> None:
        super().__init__(what, reason=reason)
        self.member = member


class Piece(NamedTuple):
    """Plain bytes, and the file offset of the member that begins with them, if one does."""

    plain: bytes
    member: int | None


class Decoder(Protocol):
    """Decompresses one member (gzip member, Zstandard frame, bzip2 or xz stream)."""

    @property
    def eof(self) -> bool:
        """The member's end has been reached and its checksum was right."""

    @property
    def needs_input(self) -> bool:
        """More compressed bytes are needed before more can come out."""

    @property
    def unused_data(self) -> bytes:
        """Compressed bytes given that belong to what follows the member."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """About `max_length` bytes at most; the rest of `data` is kept for the next call."""


class _Gzip:
    """`zlib.decompressobj` for gzip, with the interface of `bz2.BZ2Decompressor`."""

    def __init__(self, window_bits: int = 31) -> None:
        self._zlib = zlib.decompressobj(window_bits)
        self._pending = b""

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._pending and not self._zlib.eof

    def decompress(self, data: bytes, max_length: int) -> bytes:
        out = self._zlib.decompress(self._pending + data, max_length)
        self._pending = self._zlib.unconsumed_tail
        return out


class _Zstandard:
    """A Zstandard frame. python-zstandard can't bound its output, so it is fed a few bytes at a time."""

    #: A block of 4 bytes can hold 128 KiB: this many bytes give 32 MiB at the very most, in texts some KiB.
    STEP = 1024

    def __init__(self, dictionary: bytes | None = None) -> None:
        given = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._zstd = zstandard.ZstdDecompressor(dict_data=given).decompressobj(write_size=CHUNK)
        self._pending = b""

    @property
    def eof(self) -> bool:
        return self._zstd.eof

    @property
    def unused_data(self) -> bytes:
        return self._zstd.unused_data + self._pending if self._zstd.eof else b""

    @property
    def needs_input(self) -> bool:
        return not self._pending and not self._zstd.eof

    def decompress(self, data: bytes, max_length: int) -> bytes:
        data = self._pending + data
        pieces, size, at = [], 0, 0
        while at < len(data) and size < max_length and not self._zstd.eof:
            piece = self._zstd.decompress(data[at : at + self.STEP])
            at += self.STEP
            pieces.append(piece)
            size += len(piece)
        self._pending = data[at:]
        return b"".join(pieces)


class Codec(NamedTuple):
    """One way of compressing: its name, file suffixes, the first bytes of each member, and its decoder."""

    name: str
    suffixes: tuple[str, ...]
    magic: bytes
    decoder: Callable[[], Decoder]


CODECS = (
    Codec("gzip", (".gz",), b"\x1f\x8b\x08", _Gzip),
    Codec("Zstandard", (".zst", ".zstd"), b"\x28\xb5\x2f\xfd", _Zstandard),
    Codec("xz", (".xz",), b"\xfd7zXZ\0", lzma.LZMADecompressor),
    Codec("bzip2", (".bz2",), b"BZh", bz2.BZ2Decompressor),
)
_BY_SUFFIX = {suffix: codec for codec in CODECS for suffix in codec.suffixes}


def codec_of_name(name: str) -> Codec | None:
    """The codec that the last suffix of a file name states, if any."""
    dot = name.rfind(".")
    return _BY_SUFFIX.get(name[dot:].lower()) if dot >= 0 else None


def codec_of_bytes(head: bytes) -> Codec | None:
    """The codec whose members begin like `head`, if any; of a .warc.zst with a dictionary, the codec with it."""
    if is_skippable(head):
        return next(codec for codec in CODECS if codec.name == "Zstandard")
    return next((codec for codec in CODECS if head.startswith(codec.magic)), None)


def is_skippable(head: bytes) -> bool:
    """Whether a Zstandard frame begins here that holds no content (a dictionary, padding, an index)."""
    return len(head) >= 4 and head[1:4] == b"\x2a\x4d\x18" and head[0] & 0xF0 == 0x50


def with_dictionary(codec: Codec, frame: bytes) -> Codec:
    """The codec, with the dictionary that the skippable frame at the start of the file holds, if it holds one."""
    number, size = struct.unpack_from("<II", frame)
    if number != _DICTIONARY_FRAME:
        return codec
    dictionary = frame[8 : 8 + size]
    if dictionary.startswith(codec.magic):
        dictionary = zstandard.ZstdDecompressor().decompress(dictionary, max_output_size=_MAX_DICTIONARY)
    return codec._replace(decoder=lambda: _Zstandard(dictionary))


def plain(file: IO[bytes], start: int) -> Iterator[Piece]:
    """The bytes of an uncompressed file from its position on, as one member."""
    first: int | None = start
    while chunk := file.read(CHUNK):
        yield Piece(chunk, first)
        first = None


def decompressed(file: IO[bytes], codec: Codec, start: int) -> Iterator[Piece]:
    """The plain bytes of every member from the file's position `start` on, in pieces of bounded size.

    Zero bytes after the last member are padding.

    Raises:
        DamagedError: a member is broken, cut off, or not of that codec.

    """
    raw, offset = b"", start
    while True:
        raw = raw if len(raw) >= _MAGIC_BYTES else raw + file.read(CHUNK)
        if not raw or _is_padding(file, raw):
            return
        if not raw.startswith(codec.magic) and not is_skippable(raw):
            raise DamagedError(f"no {codec.name} data at byte {offset} of the file", offset)
        decoder = codec.decoder()
        first: int | None = offset
        while not decoder.eof:
            out = _step(file, codec, decoder, raw, offset)
            raw = b""
            if out:
                yield Piece(out, first)
                first = None
        raw = decoder.unused_data
        offset = file.tell() - len(raw)


def first_plain(file: IO[bytes], codec: Codec, offset: int, size: int) -> bytes:
    """The first plain bytes of the member at that file offset; none where there is no member."""
    file.seek(offset)
    try:
        return codec.decoder().decompress(file.read(4096), size)[:size]
    except DECODING_ERRORS:
        return b""


def _step(file: IO[bytes], codec: Codec, decoder: Decoder, raw: bytes, offset: int) -> bytes:
    """One piece of a member's plain bytes; `raw` are compressed bytes that were read before."""
    given = raw or (file.read(CHUNK) if decoder.needs_input else b"")
    starved = not given and decoder.needs_input
    try:
        out = decoder.decompress(given, CHUNK)
    except DECODING_ERRORS as error:
        raise DamagedError(f"the {codec.name} data at byte {offset} are broken ({error})", offset) from error
    # A starved decoder may still hold plain bytes back; where it holds none, the file is cut off.
    if starved and not out and not decoder.eof:
        raise DamagedError(f"the {codec.name} data that begin at byte {offset} break off", offset)
    return out


def _is_padding(file: IO[bytes], raw: bytes) -> bool:
    """Whether only zero bytes follow, as tapes and some writers leave them after the last member."""
    while raw and not raw.strip(b"\0"):
        raw = file.read(CHUNK)
        if not raw:
            return True
    return False
