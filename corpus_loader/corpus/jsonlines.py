r"""Whole lines out of a JSONL file, plain, .gz or .zst, in pieces of bounded size.

Compression is told by the first bytes, not by the name. Memory stays flat whatever the file's size: a line over the
limit is counted and never held, and a small file that unpacks to a huge one is unpacked piece by piece.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, TypeVar

from corpus_loader.errors import CorpusNotFoundError, UsageError
from corpus_loader.spelling import shell_word

__all__ = ["LINE_LIMIT", "Damage", "Lines", "LongLine", "in_order", "opened", "pieces"]

T = TypeVar("T")
R = TypeVar("R")

#: Bytes of lines that are read and checked at a time.
PIECE = 8 << 20
#: A longer line is no record: it is reported by its length. The longest article known has under 1 MiB.
LINE_LIMIT = 16 << 20

#: So many bytes tell what a file is.
_START = 4
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
#: zstd writes 128 KiB with 4 bytes: so much input is at most 32 MiB of output.
_ZSTD_STEP = 1 << 10
_GZIP_STEP = 1 << 20
#: A line mostly ends within so many bytes.
_NEAR = 64 << 10


@dataclass(frozen=True, slots=True)
class Lines:
    """One line or more, each ended by a line feed; `complete` is False where the file ended without one."""

    data: bytes
    complete: bool = True


@dataclass(frozen=True, slots=True)
class LongLine:
    """A line over the limit, of which only the length is known."""

    bytes: int


@dataclass(frozen=True, slots=True)
class Damage:
    """The file can't be read beyond this point; why, and what was expected of it."""

    why: str
    expected: str = "the whole file"
    #: Whether it never was a file of lines.
    foreign: bool = False


#: How files begin that hold no lines at all: read as lines, each of hundreds would be reported as broken.
_FOREIGN = {
    b"BZh": "bzip2 data",
    b"\xfd7zX": "xz data",
    b"PK\x03\x04": "a zip archive",
    b"PAR1": "a Parquet file",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}
#: The same of a document that is spread over lines, as `manifest.json` is.
_DOCUMENT = re.compile(rb"[\[{]\r?\n[ \t]")
_LINES = "JSON lines in UTF-8, plain or packed by gzip or Zstandard"


class _DamagedError(Exception):
    """What a decompressor found wrong."""


@contextmanager
def opened(path: str | Path) -> Iterator[BinaryIO]:
    """The file's bytes as they lie on the disk. Raises CorpusNotFoundError, or UsageError for a folder."""
    path = Path(path)
    try:
        if path.is_dir():
            files = f"{shell_word(str(path / 'articles'))}/*.jsonl*"
            raise UsageError(f"{path} is a folder", next_step=f"name its files; those of a corpus are {files}")
        if not path.exists():
            raise CorpusNotFoundError(f"there is no file {path}", next_step="check the path")
        stream = path.open("rb")
    except CorpusNotFoundError:  # an OSError too
        raise
    except OSError as error:
        raise UsageError(
            f"{path} can't be opened: {error.strerror}", next_step="check the path and its permissions"
        ) from error
    with stream:
        yield stream


def pieces(stream: BinaryIO, *, size: int = PIECE, limit: int = LINE_LIMIT) -> Iterator[Lines | LongLine | Damage]:
    """The stream's lines in order, about `size` bytes at a time; lazily."""
    try:
        start = stream.read(_START)
        if kind := _foreign(start):
            yield Damage(kind, _LINES, foreign=True)
        else:
            yield from _whole_lines(_blocks(start, stream, size), limit)
    except _DamagedError as error:
        yield Damage(str(error))
    except OSError as error:  # a disk or network fails
        yield Damage(f"reading on is refused ({error.strerror})")


def _foreign(start: bytes) -> str | None:
    """What a file that begins so is, where it is no file of lines."""
    if _DOCUMENT.match(start):
        return "one JSON document on several lines"
    return next((kind for magic, kind in _FOREIGN.items() if start.startswith(magic)), None)


def _whole_lines(blocks: Iterator[bytes], limit: int) -> Iterator[Lines | LongLine]:
    rest = b""
    for block in blocks:
        cut = block.rfind(b"\n") + 1
        if cut == len(block) and not rest:
            if block:  # an empty gzip member unpacks to nothing
                yield Lines(block)
            continue
        if cut:
            yield Lines(b"".join((rest, memoryview(block)[:cut])))
            rest = b""
        rest += block[cut:]
        if len(rest) > limit:
            length, rest = _skip(blocks, len(rest))
            yield LongLine(length)
            if b"\n" in rest:
                cut = rest.rfind(b"\n") + 1
                yield Lines(rest[:cut])
                rest = rest[cut:]
    if rest:
        yield Lines(rest + b"\n", complete=False)


def _skip(blocks: Iterator[bytes], length: int) -> tuple[int, bytes]:
    """The whole length of a line of which `length` bytes were read, and what follows it."""
    for block in blocks:
        end = block.find(b"\n")
        if end >= 0:
            return length + end, block[end + 1 :]
        length += len(block)
    return length, b""


def _blocks(start: bytes, stream: BinaryIO, size: int) -> Iterator[bytes]:
    """The unpacked bytes of `start` and what follows it, `size` at a time or a little more."""
    packed = _Joined(start, stream)
    if start.startswith(_GZIP):
        return _gathered(_gunzip(packed), size)
    if start.startswith(_ZSTD):
        return _gathered(_unzstd(packed), size)
    if stream.seekable():
        stream.seek(-len(start), io.SEEK_CUR)
        return _ending_with_lines(stream, size)
    return iter(lambda: packed.read(size), b"")


def _ending_with_lines(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Blocks that end where a line does, if one does near `size`: such a block is whole lines without being copied."""
    near = min(_NEAR, size)
    while True:
        start = stream.tell()
        stream.seek(size - near, io.SEEK_CUR)
        end = stream.read(near).rfind(b"\n") + 1
        stream.seek(start)
        block = stream.read(size - near + end if end else size)
        if not block:
            return
        yield block


class _Joined(io.RawIOBase):
    """Bytes that were read ahead, then the rest of their stream: a pipe can't be rewound."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self._start, self._rest = start, rest

    def read(self, size: int = -1) -> bytes:
        start, self._start = self._start, b""
        return start + self._rest.read(size - len(start))


def _gathered(parts: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The parts joined to blocks of `size` bytes or more; what came before an error is given before it is raised."""
    held: list[bytes] = []
    length = 0
    damage = None
    try:
        for part in parts:
            held.append(part)
            length += len(part)
            if length >= size:
                yield b"".join(held)
                held, length = [], 0
    except _DamagedError as error:
        damage = error
    if held:
        yield b"".join(held)
    if damage is not None:
        raise damage


def _gunzip(stream: _Joined) -> Iterator[bytes]:
    """The content of a gzip file, member after member."""
    packed = stream.read(_GZIP_STEP)
    while packed:
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            before = member.copy()
            try:
                part = member.decompress(packed, _GZIP_STEP)
            except zlib.error as error:
                yield from _salvaged(before, packed)
                raise _DamagedError(f"the gzip data is damaged ({error})") from error
            if not (part or packed or member.eof):
                raise _DamagedError("the gzip data ends before its end: the file was cut off")
            yield part
            packed = member.unused_data or member.unconsumed_tail or stream.read(_GZIP_STEP)
        packed = packed.lstrip(b"\0")  # padding, as tapes and some servers leave it


def _salvaged(member: zlib._Decompress, packed: bytes) -> Iterator[bytes]:
    """What can be unpacked of a damaged piece: zlib gives nothing of the call in which it finds the damage."""
    try:
        for octet in packed:
            yield member.decompress(bytes((octet,)))
    except zlib.error:
        return


def _unzstd(stream: _Joined) -> Iterator[bytes]:
    """The content of a zstd file, frame after frame."""
    import zstandard

    packed = stream.read(_ZSTD_STEP)
    try:
        while packed:
            frame = zstandard.ZstdDecompressor().decompressobj()
            while not frame.eof:
                if not packed:
                    raise _DamagedError("the zstd data ends before its end: the file was cut off")
                yield frame.decompress(packed)
                packed = frame.unused_data or stream.read(_ZSTD_STEP)
    except zstandard.ZstdError as error:
        raise _DamagedError(f"the zstd data is damaged ({error})") from error


def in_order(function: Callable[[T], R], items: Iterator[T], workers: int) -> Iterator[R]:
    """Lazily, the results in the order of the items; at most one item more than there are workers is held."""
    if workers == 1:
        yield from map(function, items)
        return
    waiting: deque[Future[R]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
