"""Arrow files on the disk, one for each state and selection of a corpus, in the cache of `datasets`."""

from __future__ import annotations

import hashlib
import json
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from corpus_loader.errors import CorpusError, CorpusLoaderError
from corpus_loader.loaders.batches import batches, selected_schema
from corpus_loader.loaders.place import Place
from corpus_loader.loaders.selection import Selection
from corpus_loader.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["arrow_file", "writable"]

#: Bytes of the smallest batch and of the largest; a text column holds at most 2 GiB.
SMALLEST_BATCH, LARGEST_BATCH = 1 << 20, 1 << 30
#: A batch holds at least this part of all the bytes before it.
PART = 128
#: So many bytes are written at a time; larger columns are written as they are.
BUFFER = 1 << 20
#: So much room on the disk is reserved beyond the batch that is to be written.
ROOM = 64 << 20
#: So many batches are read while others are written: enough to keep two processors busy, few enough for flat memory.
AHEAD = 2
#: Seconds without a write after which a file belongs to no living call.
ABANDONED = 24 * 60 * 60
#: How an Arrow stream ends: a continuation marker, and no metadata after it.
_END = b"\xff\xff\xff\xff\0\0\0\0"


def arrow_file(place: Place, selection: Selection, folder: Path) -> Path:
    """The selected articles as an Arrow stream below `folder`; written at the first call, found at the next.

    Its name, and its fingerprint in the sense of `datasets`, are drawn from the state of the corpus' files, the
    selection and this package's version: what `map` made of an equal selection is found again. It is written beside
    and moved, so a killed call leaves no half file; one that has lost its end all the same is written anew. Raises
    what reading raises, and CorpusError where the cache can't be written.
    """
    key = hashlib.sha256(repr((place.format, place.state, selection, __version__)).encode()).hexdigest()
    path = folder / f"{key[:32]}.arrow"
    if _is_whole(path):
        return path
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    with writable(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(folder)
        try:
            schema = _with_fingerprint(selected_schema(selection), key[:16])
            _write(beside, schema, batches(place, selection, ahead=AHEAD))
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    return path


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


def _with_fingerprint(schema: pa.Schema, fingerprint: str) -> pa.Schema:
    return schema.with_metadata({"huggingface": json.dumps({"fingerprint": fingerprint})})


@contextmanager
def writable(folder: Path) -> Iterator[None]:
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

    Opening an Arrow file takes some 35 µs a batch; 10 GB are about 700 batches, 100 GB about 1000.
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
