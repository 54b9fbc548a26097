"""A file as one stream of plain bytes, whatever its compression; bounded, and aware of where compressed members begin.

A compressed file is a row of members (gzip members, Zstandard frames). Archives of web pages put every record into a
member of its own, so that a record can be found again by its member's offset, and so that a broken record does not
hide the next one: both need more than `gzip.open` tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from corpus_loader.pages.compression import (
    CHUNK,
    DECODING_ERRORS,
    Codec,
    DamagedError,
    Piece,
    codec_of_bytes,
    codec_of_name,
    decompressed,
    first_plain,
    is_skippable,
    plain,
    with_dictionary,
)

__all__ = ["Place", "Stream"]

#: More than this out of a hundredth of it, within one record, line or member, is a decompression bomb. The ratio alone
#: is no sign: a page that is repeated a thousand times compresses as well as a bomb does.
_BOMB_BYTES = 256 * 1024 * 1024
_BOMB_RATIO = 100

#: Plain bytes that a file may cost again for records that its broken ones hide: some seconds.
_AGAIN_BYTES = 1024 * 1024 * 1024


class Place(NamedTuple):
    """A position that can be found again: the file offset of a member, and how many of its plain bytes come before.

    In an uncompressed file the member is the position itself.
    """

    member: int
    into: int = 0

    def __str__(self) -> str:
        return f"{self.member}+{self.into}" if self.into else str(self.member)

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """The place that `str(place)` wrote, None where it is no place."""
        found = re.fullmatch(r"([0-9]{1,18})(?:\+([0-9]{1,18}))?", text)
        return cls(int(found[1]), int(found[2] or 0)) if found else None


class Stream:
    """The plain bytes of a file, read forward.

    `halt` are the first bytes of every record: reading does not run on into a member that begins so (it ends there as
    at the end of the file) until `mark` is called. A record can thus never swallow the members after it.
    """

    def __init__(self, file: IO[bytes], name: str, *, start: int = 0, halt: bytes = b"") -> None:
        self._file = file
        self._halt = halt
        self._again = 0
        self.codec = _find_codec(file, name)
        self._open(start)

    def _open(self, start: int) -> None:
        self._file.seek(start)
        self._pieces = decompressed(self._file, self.codec, start) if self.codec else plain(self._file, start)
        self._buffer = b""
        self._at = 0
        # Where in the buffer which member begins, and how many of its plain bytes came before the buffer.
        self._starts = [(0, Place(start))]
        self._held: Piece | DamagedError | None = None
        self._out, self._in_at_mark = 0, start

    # ------------------------------------------------------------------------------------------------- reading

    def read(self, size: int) -> bytes:
        """The next `size` bytes; fewer at the end of the file, or where a new record's member begins."""
        if self._at + size <= len(self._buffer):
            out = self._buffer[self._at : self._at + size]
            self._at += size
            return out
        pieces, missing = [], size
        while missing:
            available = self._buffer[self._at : self._at + missing]
            if not available and not self._fill():
                break
            pieces.append(available)
            self._at += len(available)
            missing -= len(available)
        return b"".join(pieces)

    def readline(self, limit: int) -> bytes:
        r"""The next bytes up to and with "\n", at most `limit` of them."""
        end = self._buffer.find(b"\n", self._at, self._at + limit) + 1
        if end:
            out = self._buffer[self._at : end]
            self._at = end
            return out
        pieces: list[bytes] = []
        while limit and (self._at < len(self._buffer) or self._fill()):
            end = self._buffer.find(b"\n", self._at, self._at + limit) + 1
            piece = self._buffer[self._at : end or self._at + limit]
            pieces.append(piece)
            self._at += len(piece)
            limit = 0 if end else limit - len(piece)
        return b"".join(pieces)

    def peek(self, size: int) -> bytes:
        """The next bytes, without moving; fewer than `size` where `read` would give fewer."""
        while len(self._buffer) - self._at < size:
            rest = self._buffer[self._at :]
            if not self._fill(rest):
                break
        return self._buffer[self._at : self._at + size]

    def skip(self, size: int) -> int:
        """Pass over the next bytes, without decompressing more than a bomb's worth; how many there were."""
        if self.codec is None and size > len(self._buffer) - self._at:
            here = self.place().member
            end = self._file.seek(0, 2)
            self._open(min(here + size, end))
            return min(size, end - here)
        passed = 0
        while passed < size and (piece := len(self.read(min(CHUNK, size - passed)))):
            passed += piece
        return passed

    def go_to(self, place: Place) -> None:
        """Go to a place that `mark` gave; DamagedError where there is none."""
        self._open(place.member)
        self.mark()
        if self.skip(place.into) < place.into:
            raise DamagedError(f"the file ends before {place}", place.member)

    def mark(self) -> Place:
        """Begin a record here: its place, from which bombs are measured, and past which reading may run on."""
        if self._at == len(self._buffer):
            self._fill(crossing=True)
        self._out, self._in_at_mark = 0, self._file.tell()
        return self.place()

    def place(self) -> Place:
        """Where the stream's head is."""
        index, start = next(entry for entry in reversed(self._starts) if entry[0] <= self._at)
        into = start.into + self._at - index
        return Place(start.member, into) if self.codec else Place(start.member + into)

    # ------------------------------------------------------------------------------------------------ recovering

    def resume(self, after: int) -> bool:
        """Go to the next member after that file offset that begins with a record; False if there is none."""
        if self.codec is None:
            return self._resume_plain(after)
        for offset in _find_all(self._file, self.codec.magic, after + 1):
            if first_plain(self._file, self.codec, offset, len(self._halt)) == self._halt:
                self._open(offset)
                return True
        return False

    def find_record(self) -> None:
        """Pass over the lines up to one that begins a record, or up to where `mark` must be called."""
        at_line = True
        while not (at_line and self.peek(len(self._halt)) == self._halt):
            line = self.readline(CHUNK)
            at_line = line.endswith(b"\n")
            if not line:
                return

    def _resume_plain(self, after: int) -> bool:
        offset = next(_find_all(self._file, b"\n" + self._halt, after), None)
        if offset is not None:
            self._open(offset + 1)
        return offset is not None

    def put_back(self, taken: bytes, place: Place) -> None:
        """Have the bytes that were read since that place before the stream's head again."""
        later = [(len(taken) + index - self._at, start) for index, start in self._starts if index > self._at]
        self._buffer, self._at = taken + self._buffer[self._at :], 0
        self._starts = [(0, place), *later]

    def go_back(self, place: Place) -> bool:
        """Go back to a place of this record; False, and nothing happens, where the file has cost too much so."""
        if self.codec is None:
            return True  # `resume` finds its way
        self._again += place.into + self._out
        if self._again > _AGAIN_BYTES:
            return False
        self.go_to(place)
        return True

    # --------------------------------------------------------------------------------------------------- filling

    def _fill(self, rest: bytes = b"", *, crossing: bool = False) -> bool:
        """Put `rest` and the next piece into the buffer; False where reading must end."""
        if self._held is None:
            try:
                self._held = next(self._pieces, None)
            except DamagedError as error:
                self._held = error
        held = self._held
        if held is None or (self._halt and not crossing and self._is_next_record(held)):
            return False
        if isinstance(held, DamagedError):
            raise held
        self._held = None
        here = (0, self.place())
        self._starts = [here, *((index - self._at, start) for index, start in self._starts if index > self._at)]
        if held.member is not None:
            self._starts.append((len(rest), Place(held.member)))
        self._buffer, self._at = rest + held.plain, 0
        self._measure(len(held.plain))
        return True

    def _is_next_record(self, held: Piece | DamagedError) -> bool:
        """Whether what comes next is not part of this record, nor its damage this record's."""
        if isinstance(held, DamagedError):
            return held.member != self.place().member
        return held.member is not None and held.plain.startswith(self._halt)

    def _measure(self, size: int) -> None:
        self._out += size
        # What was read before the mark can hold the beginning of what came out after it.
        taken = self._file.tell() - self._in_at_mark + CHUNK
        if self.codec and self._out > _BOMB_BYTES and self._out > _BOMB_RATIO * taken:
            member = self.place().member
            taken = min(taken, self._file.tell() - member)
            bomb = f"a decompression bomb: {self._out >> 20} MiB out of {taken} bytes, and still within one record"
            raise DamagedError(bomb, member, reason="too-large")


def _find_codec(file: IO[bytes], name: str) -> Codec | None:
    """By the first bytes, whatever the name says; a name that promises compression must keep its promise."""
    file.seek(0)
    head = file.read(8)
    codec = codec_of_bytes(head)
    if codec is None and head and (promised := codec_of_name(name)):
        raise DamagedError(f"it is named as {promised.name} data, but holds none", 0)
    if codec and is_skippable(head):
        size = int.from_bytes(head[4:8], "little")
        file.seek(0)
        try:
            return with_dictionary(codec, file.read(8 + min(size, _BOMB_BYTES)))
        except DECODING_ERRORS as error:
            raise DamagedError(f"its {codec.name} dictionary is broken ({error})", 0) from error
    return codec


def _find_all(file: IO[bytes], pattern: bytes, start: int) -> Iterator[int]:
    """The file offsets of every occurrence of `pattern` from `start` on; other reads may come in between."""
    tail = b""
    while True:
        file.seek(start)
        chunk = file.read(CHUNK)
        if not chunk:
            return
        window = tail + chunk
        base = start - len(tail)
        at = window.find(pattern)
        while at >= 0:
            yield base + at
            at = window.find(pattern, at + 1)
        tail = window[-(len(pattern) - 1) :] if len(pattern) > 1 else b""
        start += len(chunk)
