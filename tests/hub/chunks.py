"""The Hub's chunk store: folders in which the real chunk client writes and reads, and a reader of what it wrote.

The client takes `local://FOLDER` for the address of a chunk store and then keeps shards (which file is made of which
chunks) and xorbs (the chunks) in that folder, in the formats that it would send. It locks the folder for itself, so
each token leads to a folder of its own, a copy of the one in which the last file arrived.

Formats: xet-core, `mdb_shard/src/shard_format.rs` and `xorb_object/src/xorb_chunk_format.rs`. A shard is a sequence of
48-byte entries; the four 64-bit words of a hash are little-endian.
"""

from __future__ import annotations

import itertools
import shutil
import struct
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa

ENTRY = 48
VERIFIED, WITH_SHA256 = 1 << 31, 1 << 30
LAST = b"\xff" * 32
STORE = "xet/xorbs"


class LocalChunks:
    """A chunk store below one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()
        self._files: dict[str, tuple[bytes, str]] = {}
        #: The folder with everything that has arrived.
        self._newest: Path | None = None

    def token(self, kind: str) -> Mapping[str, str]:
        """A token that expires before any client would use it twice, and the folder that it opens."""
        folder = self._folder / f"{kind}-{next(self._numbers)}"
        folder.mkdir()
        if self._newest is not None:
            shutil.copytree(self._newest / STORE, folder / STORE)
        return {"casUrl": f"local://{folder}", "accessToken": folder.name, "exp": str(int(time.time()) + 50)}

    def received(self) -> Mapping[str, tuple[bytes, str]]:
        """By SHA-256, every file that was ever written: its content, and the name of its chunks."""
        for shard in sorted(self._folder.glob(f"write-*/{STORE}/shards/*.mdb")):
            for sha256, name, content in _files(shard):
                if sha256 not in self._files:
                    self._files[sha256] = (content, name)
                    self._newest = next(folder for folder in shard.parents if folder.parent == self._folder)
        return self._files

    def name_of(self, sha256: str) -> str | None:
        """The name of the chunks of that content, None where it did not come in chunks."""
        return self._files[sha256][1] if sha256 in self._files else None


def _files(shard: Path) -> Iterator[tuple[str, str, bytes]]:
    """SHA-256, chunk name and content of every file that the shard describes."""
    entries = shard.read_bytes()
    place = ENTRY  # after the header
    while entries[place : place + 32] != LAST:
        name, flags, count = _hash(entries, place), *struct.unpack_from("<II", entries, place + 32)
        content = b""
        for number in range(1, count + 1):
            start = place + number * ENTRY
            _, _, first, end = struct.unpack_from("<IIII", entries, start + 32)
            content += b"".join(_chunks(shard.parents[1] / "xorbs" / f"default.{_hash(entries, start)}")[first:end])
        place += ENTRY * (1 + count + (count if flags & VERIFIED else 0))
        sha256 = ""
        if flags & WITH_SHA256:
            sha256 = _hash(entries, place)
            place += ENTRY
        yield sha256, name, content


def _hash(entries: bytes, place: int) -> str:
    return "".join(f"{word:016x}" for word in struct.unpack_from("<4Q", entries, place))


def _chunks(xorb: Path) -> list[bytes]:
    """The chunks of a xorb, each after a header of version, packed size, scheme and size, up to the footer."""
    content, place, chunks = xorb.read_bytes(), 0, []
    while content[place : place + 7] != b"XETBLOB" and place < len(content):
        packed, scheme = int.from_bytes(content[place + 1 : place + 4], "little"), content[place + 4]
        size = int.from_bytes(content[place + 5 : place + 8], "little")
        chunks.append(_unpacked(content[place + 8 : place + 8 + packed], scheme, size))
        place += 8 + packed
    return chunks


def _unpacked(packed: bytes, scheme: int, size: int) -> bytes:
    """Scheme 0 is plain, 1 an LZ4 frame, 2 an LZ4 frame of every fourth byte, from the first, the second, …"""
    if scheme == 0:
        return packed
    plain = pa.decompress(packed, decompressed_size=size, codec="lz4", asbytes=True)
    if scheme == 1:
        return plain
    grouped, place = bytearray(size), 0
    for offset in range(4):
        length = len(range(offset, size, 4))
        grouped[offset::4] = plain[place : place + length]
        place += length
    return bytes(grouped)
