"""Where a corpus lies: in the package, in a folder, in a JSONL file, or on the Hub."""

from __future__ import annotations

import glob
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from corpus_loader.corpus.jsonlines import Damage, Lines, opened, pieces
from corpus_loader.corpus.manifest import MANIFEST, File, Manifest, read_manifest, refuse_no_utf8
from corpus_loader.errors import CorpusError, CorpusNotFoundError, HubError, UsageError
from corpus_loader.loaders.selection import Selection

__all__ = ["Corpus", "Place", "find"]

#: What names a corpus: nothing (the seed corpus), a folder, a JSONL file, or USER/NAME[@REVISION] on the Hub.
Corpus = str | os.PathLike[str] | None

SEED_CORPUS = Path(__file__).parents[1] / "seed_corpus"

_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*(@.+)?")
#: Files of these names are JSONL, empty ones too; any other is if it begins so.
_JSONL = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".ndjson.gz", ".ndjson.zst")
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\{[ \t]*"')
_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Place:
    """Files on this machine that hold the articles, in order; and what tells this state of them from any other."""

    path: Path
    format: Literal["parquet", "jsonl"]
    files: tuple[Path, ...]
    state: tuple[object, ...]


def find(corpus: Corpus = None, *, revision: str | None = None, selection: Selection | None = None) -> Place:
    """The place of that corpus; one on the Hub is fetched first, and checked.

    Of a folder or a corpus on the Hub only the Parquet files of the selected languages matter. What exists on this
    machine goes before a name on the Hub. Raises CorpusNotFoundError, CorpusError (a file is missing), HubError, and
    UsageError, also where the manifest knows no such language or source.
    """
    _refuse_nameless(corpus, revision)
    if corpus is None:
        _refuse_revision(revision, "the seed corpus comes with the package")
        return _folder(SEED_CORPUS, selection, "the seed corpus")
    path, kind = _looked_at(corpus)
    if kind == "folder":
        _refuse_revision(revision, f"{path} is a folder on this machine")
        return _folder(path, selection, str(path))
    if kind == "file":
        _refuse_revision(revision, f"{path} is a file on this machine")
        return _file(path)
    if isinstance(corpus, str) and _HUB_NAME.fullmatch(corpus) and not corpus.endswith(_JSONL):
        return _on_the_hub(corpus, revision, selection)
    if "://" in str(corpus):
        raise CorpusNotFoundError(f"{corpus} is an address, not a name", next_step=_named_rightly(str(corpus)))
    raise CorpusNotFoundError(
        f"{path} is neither a folder nor a file that can be read twice"
        if kind == "other"
        else f"there is neither a folder nor a file {path}",
        next_step="check the path; a corpus on the Hub is named USER/NAME or USER/NAME@REVISION",
    )


def _named_rightly(address: str) -> str:
    """How to name what lies at that address."""
    found = urlsplit(address)
    if found.scheme == "file":
        return f"name it by its path: {unquote(found.path)!r}"
    parts = [part for part in f"{found.netloc}/{found.path}".split("/") if part]
    if "datasets" not in parts:
        return "fetch it, and name it by its path; a corpus on the Hub is named USER/NAME"
    name = "/".join(parts[parts.index("datasets") + 1 :][:2])
    return f"a corpus on the Hub is named by that alone: {name!r}"


def _refuse_nameless(corpus: object, revision: object) -> None:
    named = corpus is None or (isinstance(corpus, str | os.PathLike) and isinstance(os.fspath(corpus), str))
    if not named or corpus == "":
        raise UsageError(
            f"corpus={corpus!r} names no corpus",
            next_step="give a folder, a JSONL file or USER/NAME on the Hub; nothing (None) is the seed corpus",
        )
    if not isinstance(revision, str | None):
        raise UsageError(
            f"revision={revision!r} names no revision", next_step='give a branch, tag or commit: revision="v1.0.0"'
        )


def _looked_at(corpus: str | os.PathLike[str]) -> tuple[Path, Literal["folder", "file", "other", "nothing"]]:
    """The path, and what there is."""
    try:
        path = Path(corpus).expanduser()
        if path.is_dir():
            return path, "folder"
        return path, "file" if path.is_file() else "other" if path.exists() else "nothing"
    except (OSError, RuntimeError) as error:  # too long a name, a folder that may not be entered, ~nobody
        raise CorpusNotFoundError(f"there is no way to {corpus}: {error}", next_step="check the path") from error


def _on_the_hub(name: str, revision: str | None, selection: Selection | None) -> Place:
    from corpus_loader.loaders.hub import fetch

    try:
        found = fetch(name, revision=revision, wanted=_wanted(selection))
    except HubError as error:
        what = f"{error.what}; and on this machine there is no folder {name}"
        raise HubError(what, next_step=error.next_step) from error
    return _folder(found.folder, selection, name)


def _wanted(selection: Selection | None) -> list[str]:
    """Patterns of the Parquet files that can hold what is selected."""
    languages = selection.languages if selection else ()
    return [f"data/{glob.escape(language)}/*.parquet" for language in languages] or ["data/*.parquet"]


def _refuse_revision(revision: str | None, why: str) -> None:
    if revision is not None:
        raise UsageError(
            f"revision={revision!r} is for a corpus on the Hub, but {why}",
            next_step="leave revision out, or name the corpus USER/NAME from where no such path exists",
        )


def _folder(folder: Path, selection: Selection | None, name: str) -> Place:
    refuse_no_utf8(folder)
    manifest = read_manifest(folder)
    if selection:
        hosts = [host for host in manifest.sources if host]  # without that of pages of no known source
        selection.refuse_unknown(name, language=manifest.languages, source=hosts)
    files = tuple(folder / file.path for file in _listed(manifest, selection, name))
    return Place(folder, "parquet", files, tuple(_state(file) for file in (folder / MANIFEST, *files)))


def _listed(manifest: Manifest, selection: Selection | None, name: str) -> tuple[File, ...]:
    """The Parquet files of the selected languages. Raises CorpusError where they hold not all of their articles."""
    files = manifest.matching(_wanted(selection))
    languages = (selection.languages if selection else ()) or tuple(manifest.languages)
    rows, articles = sum(file.records or 0 for file in files), sum(manifest.languages.get(tag, 0) for tag in languages)
    if rows != articles:
        raise CorpusError(
            f"the manifest of {name} lists {rows:,} rows of Parquet for {articles:,} articles",
            next_step="build or download the corpus again",
        )
    return files


def _file(path: Path) -> Place:
    if not path.name.endswith(_JSONL) and not _begins_as_jsonl(path):
        raise UsageError(
            f"{path} is neither a corpus folder nor a JSONL file",
            next_step="name a folder that `corpus-loader build` made, or a file of one JSON object a line",
        )
    return Place(path, "jsonl", (path,), (_state(path),))


def _begins_as_jsonl(path: Path) -> bool:
    """Is its first line, unpacked, the beginning of a JSON object? What breaks off is left to the reading."""
    with opened(path) as stream:
        first = next(pieces(stream, size=_HEAD), None)
    if isinstance(first, Damage):
        return not first.foreign
    return isinstance(first, Lines) and _OBJECT.match(first.data) is not None


def _state(path: Path) -> tuple[object, ...]:
    """Changes whenever the file does, and is read without reading the file. Raises CorpusError where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError as error:
        what = f"{path} is missing, though the manifest lists it"
        raise CorpusError(what, next_step="build or download it again") from error
    except OSError as error:
        raise CorpusError(
            f"{path} can't be read: {error.strerror}", next_step="check the path and its permissions"
        ) from error
    return (str(path.resolve()), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
