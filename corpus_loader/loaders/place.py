"""Where a corpus lies: in the package, in a folder, in a JSONL file, or on the Hub."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus_loader.corpus.manifest import MANIFEST, read_manifest
from corpus_loader.errors import CorpusError, CorpusNotFoundError, UsageError

__all__ = ["Corpus", "Place", "find"]

#: What names a corpus: nothing (the seed corpus), a folder, a JSONL file, or USER/NAME[@REVISION] on the Hub.
Corpus = str | os.PathLike[str] | None

SEED_CORPUS = Path(__file__).parents[1] / "seed_corpus"

_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*(@.+)?")
_JSONL = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".ndjson.gz", ".ndjson.zst")


@dataclass(frozen=True, slots=True)
class Place:
    """Files on this machine that hold the articles, in order; and what tells this state of them from any other."""

    path: Path
    format: Literal["parquet", "jsonl"]
    files: tuple[Path, ...]
    state: tuple[object, ...]


def find(corpus: Corpus = None, *, revision: str | None = None, languages: Sequence[str] = ()) -> Place:
    """The place of that corpus; one on the Hub is fetched first, and checked.

    Of a folder or a corpus on the Hub only the Parquet files of those languages matter, of all where none is named.
    What exists on this machine goes before a name on the Hub. Raises CorpusNotFoundError, CorpusError (a file is
    missing), UsageError, and HubError.
    """
    wanted = [f"data/{glob.escape(language)}/*.parquet" for language in languages] or ["data/*.parquet"]
    if corpus is None:
        _refuse_revision(revision, "the seed corpus comes with the package")
        return _folder(SEED_CORPUS, wanted)
    path = Path(corpus).expanduser()
    if path.is_dir():
        _refuse_revision(revision, f"{path} is a folder on this machine")
        return _folder(path, wanted)
    if path.is_file():
        _refuse_revision(revision, f"{path} is a file on this machine")
        return _file(path)
    if isinstance(corpus, str) and _HUB_NAME.fullmatch(corpus) and not corpus.endswith(_JSONL):
        from corpus_loader.loaders.hub import fetch

        return _folder(fetch(corpus, revision=revision, wanted=wanted).folder, wanted)
    raise CorpusNotFoundError(
        f"there is neither a folder nor a file {path}",
        next_step="check the path; a corpus on the Hub is named USER/NAME or USER/NAME@REVISION",
    )


def _refuse_revision(revision: str | None, why: str) -> None:
    if revision is not None:
        raise UsageError(
            f"revision={revision!r} is for a corpus on the Hub, but {why}",
            next_step="leave revision out, or name the corpus USER/NAME from where no such path exists",
        )


def _folder(folder: Path, wanted: Sequence[str]) -> Place:
    files = tuple(folder / file.path for file in read_manifest(folder).matching(wanted))
    for file in files:
        if not file.is_file():
            raise CorpusError(
                f"{file} is missing, though the manifest lists it", next_step="build or download it again"
            )
    return Place(folder, "parquet", files, tuple(_state(file) for file in (folder / MANIFEST, *files)))


def _file(path: Path) -> Place:
    if not path.name.endswith(_JSONL):
        raise UsageError(
            f"{path} is neither a corpus folder nor a JSONL file",
            next_step=f"name a folder that `corpus-loader build` made, or a file ending in {', '.join(_JSONL[:3])}",
        )
    return Place(path, "jsonl", (path,), (_state(path),))


def _state(path: Path) -> tuple[object, ...]:
    """Changes whenever the file does, and is read without reading the file."""
    found = path.stat()
    return (str(path.resolve()), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
