"""The corpus folder: its layout, how its files are written, and how it takes the place of an older one.

README.md                the dataset card
articles/<lang>.jsonl    the archive, in canonical order: date, source, id  (.jsonl.zst above a size)
data/<lang>/*.parquet    what loaders read, in the same order
schema/*.schema.json     the schemas that the records obey
rejected.jsonl  duplicates.jsonl  removed.jsonl
croissant.json
manifest.json            written last
"""

from __future__ import annotations

import io
import itertools
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_loader.corpus.lines import Row, check_line
from corpus_loader.corpus.manifest import MANIFEST, read_manifest, refuse_no_utf8
from corpus_loader.corpus.rows import rejection_from_row
from corpus_loader.corpus.schema import Kind, arrow_schema
from corpus_loader.errors import CorpusError, CorpusNotFoundError
from corpus_loader.records import Rejection

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "archive_rows",
    "by_its_name",
    "compress_if_large",
    "fates",
    "put_in_place",
    "refuse_foreign",
    "rejections",
    "restore",
    "write_lines",
    "write_parquet",
]

#: An archive above this size is compressed; the Hub and most editors show a plain one.
LARGEST_PLAIN_ARCHIVE = 64 << 20
#: Bytes of JSON a row group holds: small enough for a filter on dates to skip most, large enough to compress well.
ROW_GROUP_BYTES = 32 << 20
#: Bytes of JSON a Parquet file holds: about the size of the shards that `datasets` writes.
SHARD_BYTES = 512 << 20

#: The files beside the archive that hold records, named by what the manifest counts these as.
_OTHERS: dict[str, Kind] = {"rejected": "rejection", "duplicates": "duplicate", "removed": "removal"}


def write_lines(path: Path, lines: Iterable[bytes]) -> int:
    """The file holds these lines; returns how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("wb") as stream:
        for count, line in enumerate(lines, start=1):  # noqa: B007 - the count is the result
            stream.write(line)
    return count


def compress_if_large(path: Path, limit: int = LARGEST_PLAIN_ARCHIVE) -> Path:
    """The file, or its .zst in its place where it is larger than `limit` bytes; one thread, so always equal bytes."""
    if path.stat().st_size <= limit:
        return path
    import zstandard

    packed = path.with_name(path.name + ".zst")
    with path.open("rb") as source, packed.open("wb") as target:
        zstandard.ZstdCompressor(level=10, write_checksum=True).copy_stream(source, target, size=path.stat().st_size)
    path.unlink()
    return packed


def write_parquet(folder: Path, lines: Iterable[bytes]) -> dict[Path, int]:
    """`part-00000.parquet` … below `folder`, in the order of the lines; rows by file.

    Typed by the schema, zstd, with page index and content-defined chunks (an edit changes few bytes of a later upload).
    """
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    written: dict[Path, int] = {}
    for number, groups in enumerate(_shards(_groups(lines))):
        path = folder / f"part-{number:05d}.parquet"
        with pq.ParquetWriter(
            path,
            arrow_schema(),
            compression="zstd",
            compression_level=9,
            use_dictionary=["source", "source_name", "language", "date_precision", "date_basis"],
            write_page_index=True,
            use_content_defined_chunking=True,
            sorting_columns=[pq.SortingColumn(arrow_schema().get_field_index("date"))],
        ) as writer:
            rows = 0
            for table in groups:
                writer.write_table(table, row_group_size=max(1, table.num_rows))
                rows += table.num_rows
        written[path] = rows
    return written


def _groups(lines: Iterable[bytes]) -> Iterator[tuple[int, pa.Table]]:
    """Row groups of about ROW_GROUP_BYTES of lines, each with its size."""
    size, group = 0, list[bytes]()
    for line in lines:
        group.append(line)
        size += len(line)
        if size >= ROW_GROUP_BYTES:
            yield size, _table(group)
            size, group = 0, []
    if group:
        yield size, _table(group)


def _table(lines: list[bytes]) -> pa.Table:
    """The lines as one chunk, typed by the schema; Arrow's JSON reader would alter texts that look like days."""
    import pyarrow as pa

    from corpus_loader.corpus.columns import record_batch

    return pa.Table.from_batches([record_batch(b"".join(lines))])


def _shards(groups: Iterator[tuple[int, pa.Table]]) -> Iterator[Iterator[pa.Table]]:
    """The groups, SHARD_BYTES of them a shard. Each shard must be read to its end before the next is asked for."""
    for first in groups:
        filled = 0

        def shard(first: tuple[int, pa.Table] = first) -> Iterator[pa.Table]:
            nonlocal filled
            for size, table in itertools.chain([first], groups):
                filled += size
                yield table
                if filled >= SHARD_BYTES:
                    return

        yield shard()


# ------------------------------------------------------------------------------------------------ reading it again


def archive_rows(corpus: Path, language: str = "*") -> Iterator[Row]:
    """Every record of the archive, or of one language's, in canonical order; one is in memory at a time.

    Raises CorpusError where a line is no article.
    """
    for path in sorted((corpus / "articles").glob(f"{language}.jsonl*")):
        yield from _rows(path, "article")


def rejections(corpus: Path) -> Iterator[Rejection]:
    """The rejections of a corpus, by page name; raises CorpusError where a line is none."""
    return map(rejection_from_row, _rows(corpus / "rejected.jsonl", "rejection"))


def fates(corpus: Path) -> Iterator[tuple[str, Row]]:
    """Every record of the corpus, articles first, each after what the manifest counts it as.

    Raises CorpusError where a line is no such record.
    """
    yield from (("articles", row) for row in archive_rows(corpus))
    for fate, kind in _OTHERS.items():
        yield from ((fate, row) for row in _rows(corpus / f"{fate}.jsonl", kind))


def _rows(path: Path, kind: Kind) -> Iterator[Row]:
    for number, line in enumerate(_lines(path), start=1):
        row, violations = check_line(line.removesuffix(b"\n"), kind)
        for broken in violations:
            raise CorpusError(
                f"{path}:{number}: {broken.pointer or 'the line'}: found {broken.found}; expected {broken.expected}",
                next_step="build or download the corpus again",
            )
        if row is not None:
            yield row


def _lines(path: Path) -> Iterator[bytes]:
    try:
        stream = path.open("rb")
    except OSError as error:
        raise CorpusError(
            f"{path} can't be read: {error.strerror}", next_step="build or download the corpus again"
        ) from error
    with stream:
        if path.suffix != ".zst":
            yield from stream
            return
        import zstandard

        with zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True) as unpacked:
            try:
                yield from io.BufferedReader(unpacked, 1 << 20)
            except zstandard.ZstdError as error:
                raise CorpusError(f"{path}: {error}", next_step="build or download the corpus again") from error


# ----------------------------------------------------------------------------------------------- one folder for another


def by_its_name(target: Path) -> Path:
    """The same folder by a path that ends in its name, as "." does not: what is made beside it is called after it."""
    return target.parent.resolve() / target.name if target.name not in ("", "..") else target.resolve()


def refuse_foreign(target: Path) -> None:
    """Raises CorpusError where `target` must not be replaced by a corpus: all in it would be deleted.

    And UsageError where a corpus of that name could not be loaded.
    """
    refuse_no_utf8(target)
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise CorpusError(f"{target} is not a folder", next_step="name another --out")
    if target.is_mount():
        raise CorpusError(
            f"{target} is where a disk is mounted: no other folder can take its place",
            next_step="name a folder within it, which need not exist",
        )
    if around := _corpus_around(target):
        raise CorpusError(
            f"{target} lies in the corpus {around}, and would be no file of it", next_step="name an --out beside it"
        )
    if not target.is_dir() or not any(target.iterdir()):
        return
    try:
        known = {MANIFEST, *(file.path for file in read_manifest(target).files)}
    except CorpusError as error:
        wrong = f"no {MANIFEST}" if isinstance(error, CorpusNotFoundError) else f"no sound {MANIFEST} ({error.what})"
        raise CorpusError(
            f"{target} holds files, but {wrong}: it is not a corpus of this version, and would be replaced",
            next_step="name another --out, or empty that folder yourself",
        ) from error
    there = (path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir())
    if strangers := sorted(set(there) - known):
        raise CorpusError(
            f"{target} is a corpus, but {strangers[0]} is not of it, and would be deleted",
            next_step="move that file away, or name another --out",
        )


def _corpus_around(target: Path) -> Path | None:
    for folder in target.absolute().parents:
        with suppress(CorpusError):
            read_manifest(folder)
            return folder
    return None


def put_in_place(staged: Path, target: Path) -> None:
    """`target` is the staged folder.

    Killed at any moment, it leaves the old corpus there or none, never a mixture; `restore` brings the old one back.
    """
    for path in sorted(staged.rglob("*")):
        if path.is_file():
            _flush(path)
    old = _set_aside(target)
    if target.exists():
        target.rename(old)
    staged.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def restore(target: Path) -> None:
    """Ends what a killed `put_in_place` began: the old corpus is back where the new one never arrived."""
    old = _set_aside(target)
    if old.exists():
        if target.exists():
            shutil.rmtree(old)
        else:
            old.rename(target)


def _set_aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.replaced")


def _flush(path: Path) -> None:
    """The file's bytes are on the disk before its name is."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
