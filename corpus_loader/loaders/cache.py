"""Arrow files on the disk, some for each state and selection of a corpus, in the cache of `datasets`."""

from __future__ import annotations

import hashlib
import os
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from corpus_loader.errors import CorpusError, CorpusLoaderError
from corpus_loader.loaders import batches
from corpus_loader.loaders.place import Place
from corpus_loader.loaders.selection import Selection
from corpus_loader.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Cached", "arrow_files"]

#: The most files a corpus becomes, each written by a thread; and from how many bytes of Parquet on it is more than one.
MOST, SMALL = 4, 1 << 20
#: Bytes of the smallest batch and of the largest.
SMALLEST_BATCH, LARGEST_BATCH = 1 << 20, 1 << 28
#: A batch holds at least this part of all the bytes before it in its file.
PART = 16
#: So many bytes are written at a time; larger columns are written as they are.
BUFFER = 1 << 20
#: So much room on the disk is reserved beyond the batch that is to be written.
ROOM = 64 << 20
#: Seconds without a write after which a file belongs to no living call.
ABANDONED = 24 * 60 * 60
#: How an Arrow stream ends: a continuation marker, and no metadata after it.
_END = b"\xff\xff\xff\xff\0\0\0\0"


class Cached(NamedTuple):
    """Arrow streams of rows, one after another, and their fingerprint."""

    paths: tuple[Path, ...]
    fingerprint: str


def arrow_files(place: Place, selection: Selection, folder: Path) -> Cached:
    """The selected articles as Arrow streams below `folder`; written at the first call, found at the next.

    Their names, and their fingerprint in the sense of `datasets`, are drawn from the state of the corpus' files, the
    selection and this package's version: what `map` made of an equal selection is found again. Each is written beside
    and moved, so a killed call leaves no half file, and the next one goes on with those that are missing; one that has
    lost its end all the same is written anew. Raises what reading raises, and CorpusError where the cache can't be
    written.
    """
    key = hashlib.sha256(repr((place.format, place.state, selection, __version__)).encode()).hexdigest()
    count = _count(place)
    cached = Cached(tuple(folder / f"{key[:32]}-{number}-of-{count}.arrow" for number in range(count)), key[:16])
    missing = [path for path in cached.paths if not _is_whole(path)]
    if missing:
        with _writable(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _remove_abandoned(folder)
            shares = dict(zip(cached.paths, batches.shares(place, selection, count), strict=True))
            _write_side_by_side({path: shares[path] for path in missing}, batches.selected_schema(selection))
    return cached


def _count(place: Place) -> int:
    """How many streams the corpus becomes: one where it is small, or can be read in one go only."""
    if place.format == "jsonl":
        return 1
    return min(MOST, 1 + sum(file.stat().st_size for file in place.files) // SMALL)


def _write_side_by_side(shares: Mapping[Path, Iterator[pa.RecordBatch]], schema: pa.Schema) -> None:
    """Each file holds its share; where one fails, or the call is interrupted, none is left to go on."""
    stopped = threading.Event()

    def write(path: Path) -> None:
        beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
        try:
            _write(beside, schema, _unless(stopped, shares[path]))
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)

    with ThreadPoolExecutor(min(len(shares), os.cpu_count() or 1)) as pool:
        try:
            for _ in pool.map(write, shares):
                pass
        finally:
            stopped.set()


def _unless(stopped: threading.Event, content: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same batches, until the others have been given up: then this is an error too, that nobody sees."""
    for batch in content:
        if stopped.is_set():
            raise CancelledError
        yield batch


def _is_whole(path: Path) -> bool:
    """Is there such a file, and does it end as a stream ends? Arrow reads one that is cut between two batches."""
    try:
        with path.open("rb") as file:
            file.seek(-len(_END), os.SEEK_END)
            return file.read() == _END
    except OSError:  # there is none, or it is shorter
        return False


def _remove_abandoned(folder: Path) -> None:
    """What killed calls left; a call that is still writing has touched its file since."""
    for path in folder.glob(".*.arrow.*"):
        with suppress(FileNotFoundError):  # another call has removed it
            if time.time() - path.stat().st_mtime > ABANDONED:
                path.unlink()


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    """A cache that can't be written is a CorpusError that says what to do."""
    try:
        yield
    except CorpusLoaderError:  # some are OSErrors too, about the corpus
        raise
    except (OSError, UnicodeEncodeError) as error:  # Arrow takes no path that is not UTF-8
        raise CorpusError(
            f"the cache {folder} can't be written: {error}", next_step="set HF_DATASETS_CACHE to a folder with room"
        ) from error


def _write(path: Path, schema: pa.Schema, content: Iterator[pa.RecordBatch]) -> None:
    import pyarrow as pa

    with path.open("wb") as room:
        with pa.OSFile(str(path), "wb") as file, pa.BufferedOutputStream(file, BUFFER) as buffered:
            with pa.ipc.new_stream(buffered, schema) as writer:
                for batch in _reserving(room, buffered, _gathered(content)):
                    writer.write_batch(batch)
            size = buffered.tell()
        room.truncate(size)


def _reserving(room: BinaryIO, written: pa.NativeFile, content: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same batches, each once there is room for it in the file: the system then writes in half of the time."""
    reserved = 0
    for batch in content:
        if (needed := written.tell() + batch.nbytes) > reserved:
            reserved = needed + ROOM
            with suppress(AttributeError, OSError):  # not every system can, and a disk may be almost full
                os.posix_fallocate(room.fileno(), 0, reserved)
        yield batch


def _gathered(content: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same rows in batches that grow with what came before, so that their number grows with its logarithm.

    Opening an Arrow file takes some 35 µs a batch; 10 GB are about 400 batches, 100 GB about 800.
    """
    import pyarrow as pa

    held: list[pa.RecordBatch] = []
    size = before = 0
    for batch in content:
        if not batch.num_rows:
            continue
        if held and size + batch.nbytes > LARGEST_BATCH:
            yield pa.concat_batches(held)
            held, before, size = [], before + size, 0
        held.append(batch)
        size += batch.nbytes
        if size >= max(SMALLEST_BATCH, before // PART):
            yield held[0] if len(held) == 1 else pa.concat_batches(held)
            held, before, size = [], before + size, 0
    if held:
        yield pa.concat_batches(held)
