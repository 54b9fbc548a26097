"""A published corpus on this machine: pinned to a commit, checked against its manifest, offline afterwards."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from uuid import uuid4

from corpus_loader.corpus.folder import by_its_name, put_in_place, refuse_foreign, restore
from corpus_loader.corpus.manifest import MANIFEST, OF_THE_HUB, File, Manifest, file_fault, read_manifest
from corpus_loader.errors import CorpusError, CorpusNotFoundError, HubError, UsageError
from corpus_loader.loaders.hub_client import bars_on_terminals, explained

__all__ = ["Snapshot", "fetch", "file_faults", "install", "split_name"]


@dataclass(frozen=True)
class Snapshot:
    """One commit of a published corpus, checked, in the Hub's cache on this machine."""

    repo: str
    #: Branch, tag or commit that was asked for; None is the default branch.
    revision: str | None
    #: The 40 hex digits that it meant at the time.
    commit: str
    folder: Path
    manifest: Manifest
    #: Files of the repository that its manifest does not know, unchecked.
    strangers: tuple[str, ...]


def split_name(name: str) -> tuple[str, str | None]:
    """`USER/NAME@REVISION` as repository and revision, None where none is named. Raises UsageError."""
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils._validators import validate_repo_id

    repo, at, revision = name.partition("@")
    try:
        validate_repo_id(repo)
    except HFValidationError as error:
        next_step = (
            "write it as USER/NAME, of at most 96 letters (a to z), digits, and single dashes, dots or underscores"
        )
        raise UsageError(f"{repo!r} can't be a name on the Hub", next_step=next_step) from error
    if repo.count("/") != 1 or (at and not revision):
        raise UsageError(f"{name!r} is not a name on the Hub", next_step="write it as USER/NAME or USER/NAME@REVISION")
    return repo, revision or None


def fetch(name: str, *, revision: str | None = None, wanted: Sequence[str] = ("*",)) -> Snapshot:
    """The corpus is in the Hub's cache, every file as long and with the SHA-256 that its manifest states.

    Files that match no pattern of `wanted`, in which * stands for any characters, are left on the Hub, apart from the
    manifest. The revision is resolved to a commit once; offline, or with the Hub out of reach, it means the commit that
    it meant at the last download. What is there already is neither sent nor hashed again. Raises HubError, UsageError.
    """
    from huggingface_hub import HfApi, constants, snapshot_download

    repo, named = split_name(name)
    if named and revision and named != revision:
        raise UsageError(f"{name} and revision {revision!r} are two revisions", next_step="name one of them")
    revision = revision or named
    offline = constants.is_offline_mode()
    with explained("downloading", repo, revision), bars_on_terminals():
        pinned = HfApi().resolve_revision(repo, repo_type="dataset", revision=revision, local_files_only=offline)
        commit = pinned.resolved
        patterns = [MANIFEST, *wanted]
        cached = snapshot_download(
            repo, repo_type="dataset", revision=commit, local_files_only=offline, allow_patterns=patterns
        )
    folder = Path(cached)
    manifest = _manifest_of(folder, repo, commit)
    _check(folder, manifest.matching(wanted), repo, commit)
    known = {file.path for file in manifest.files} | {MANIFEST} | OF_THE_HUB
    return Snapshot(repo, revision, commit, folder, manifest, tuple(sorted(set(_paths(folder)) - known)))


def install(found: Snapshot, out: Path) -> None:
    """`out` is the corpus folder that was published, without what the Hub or others added.

    An older corpus there is replaced, and stays as it was until the copy beside it is whole and checked. Raises
    CorpusError where `out` is something else than a corpus, UsageError where its name is no UTF-8.
    """
    out = by_its_name(out)
    refuse_foreign(out)
    restore(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    staged = out.with_name(f".{out.name}.downloading")
    shutil.rmtree(staged, ignore_errors=True)
    try:
        for path in [file.path for file in found.manifest.files] + [MANIFEST]:
            (staged / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(found.folder / path, staged / path)
        for fault in file_faults(staged, found.manifest.files).values():
            raise CorpusError(f"the copy in {staged} went wrong: {fault}", next_step="look for a full or failing disk")
        put_in_place(staged, out)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def file_faults(folder: Path, files: Sequence[File]) -> dict[str, str]:
    """By path, what is wrong with each of the files that is not what its manifest states."""
    from tqdm import tqdm

    shown = tqdm(files, desc="checking", unit="file", leave=False, delay=1, disable=None)
    return {file.path: f"{file.path} {fault}" for file in shown if (fault := file_fault(folder, file))}


def _manifest_of(folder: Path, repo: str, commit: str) -> Manifest:
    """The manifest of a repository, all of whose paths stay inside the folder: anybody can write anything there."""
    where = f"{repo} at {commit[:7]}"
    try:
        manifest = read_manifest(folder)
    except CorpusError as error:
        next_step = "check the name: this command loads what `corpus-loader publish` has put there"
        wrong = f"it holds no {MANIFEST}" if isinstance(error, CorpusNotFoundError) else error.what
        raise HubError(f"{where} is not a corpus: {wrong}", next_step=next_step) from error
    for file in manifest.files:
        path = PurePosixPath(file.path)
        if path.is_absolute() or ".." in path.parts or "\\" in file.path:
            what = f"the manifest of {where} names a file outside of it: {file.path!r}"
            raise HubError(what, next_step="do not use this repository; tell its owner")
    return manifest


def _check(folder: Path, files: Sequence[File], repo: str, commit: str) -> None:
    """The files are as the manifest states. A wrong one leaves the cache, so that it is fetched anew the next time."""
    note = folder.parent.parent / "checked" / f"{commit}.json"
    noted, stamps = _noted(note), _stamps(folder, files)
    if noted.get(MANIFEST) != stamps[MANIFEST]:
        noted = {}
    faults = file_faults(folder, [file for file in files if noted.get(file.path, ()) != stamps.get(file.path)])
    for path in faults:
        _forget(folder / path)
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise HubError(
            f"{repo} at {commit[:7]} is not what was published: {next(iter(faults.values()))}{more}",
            next_step="run the same command again; if it says the same, somebody has changed the repository by other "
            "means: take a released version (--revision v…), or tell its owner",
        )
    if not stamps.items() <= noted.items():
        _remember(note, noted | stamps)


def _paths(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _stamps(folder: Path, files: Sequence[File]) -> dict[str, list[int]]:
    """Size and time of change of each file: while these stay, a file that was checked need not be read again."""
    paths = (file.path for file in files)
    states = {path: (folder / path).stat() for path in (*paths, MANIFEST) if (folder / path).is_file()}
    return {path: [state.st_size, state.st_mtime_ns] for path, state in states.items()}


def _noted(note: Path) -> dict[str, list[int]]:
    try:
        noted = json.loads(note.read_bytes())
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _remember(note: Path, stamps: dict[str, list[int]]) -> None:
    """The note is kept beside the snapshots; in a cache that can't be written to, files are checked every time."""
    try:
        note.parent.mkdir(exist_ok=True)
        beside = note.with_name(f"{note.name}.{uuid4().hex[:8]}")
        beside.write_text(json.dumps(stamps), encoding="utf-8")
        beside.replace(note)
    except OSError:
        return


def _forget(path: Path) -> None:
    """The file is gone from the cache: the name in the snapshot, and the content that it points to."""
    content = path.resolve()
    path.unlink(missing_ok=True)
    content.unlink(missing_ok=True)
