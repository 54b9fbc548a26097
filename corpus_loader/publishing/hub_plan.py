"""What publishing a corpus folder would change on the Hub: the folder and the repository, side by side."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus_loader.corpus.manifest import MANIFEST, OF_THE_HUB, File, Manifest, read_manifest, sha256_of
from corpus_loader.errors import CorpusError, HubError, UsageError
from corpus_loader.loaders.hub import file_faults, split_name
from corpus_loader.loaders.hub_client import explained
from corpus_loader.spelling import shell_word

__all__ = [
    "MOST_OPERATIONS",
    "Change",
    "Plan",
    "Remote",
    "RemoteFile",
    "differs",
    "make_plan",
    "read_remote",
    "read_tree",
]

#: Files that one commit may touch: the Hub advises against more, since it may give up before such a commit is done.
MOST_OPERATIONS = 100

Kind = Literal["new", "changed", "removed", "unchanged"]


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file on the Hub: bytes, and its SHA-256 where it is a large file, else its git id."""

    size: int
    oid: str
    sha256: str | None


@dataclass(frozen=True)
class Remote:
    """The main branch of a dataset repository."""

    commit: str
    private: bool
    files: Mapping[str, RemoteFile]


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one file of the repository; `bytes` is its size afterwards, or before where it is removed."""

    kind: Kind
    path: str
    bytes: int


@dataclass(frozen=True)
class Plan:
    """All that `publish` would do."""

    corpus: Path
    manifest: Manifest
    #: Every file that the repository is to hold: those of the manifest, and the manifest.
    files: tuple[File, ...]
    repo: str
    #: Visibility that the repository has, or will have.
    private: bool
    #: The commit that main is at, and that the new one must follow; None where the repository must be made first.
    parent: str | None
    changes: tuple[Change, ...]
    #: Tag that will name the commit; None where none was asked for.
    tag: str | None
    #: Files of the folder that the manifest does not know: they stay here.
    left_out: tuple[str, ...]
    #: Whether the Hub was asked with a token; without one it shows no private repository.
    with_token: bool = True

    def of(self, *kinds: Kind) -> tuple[Change, ...]:
        """The changes of these kinds, by path."""
        return tuple(change for change in self.changes if change.kind in kinds)

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many files there are of each kind."""
        return Counter(change.kind for change in self.changes)

    @property
    def bytes_to_send(self) -> int:
        """Size of the new and changed files."""
        return sum(change.bytes for change in self.of("new", "changed"))

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to commit."""
        return bool(self.of("new", "changed", "removed"))


def make_plan(
    corpus: Path,
    repo: str,
    *,
    private: bool = False,
    tag: bool = False,
    replace: bool = False,
    most_operations: int = MOST_OPERATIONS,
) -> Plan:
    """The plan that makes main of `repo` hold exactly this folder; nothing is sent. `tag` asks for `v<version>`.

    Raises CorpusError where the folder is not what its manifest states, or holds no article; UsageError where the plan
    can't be carried out as asked; HubError where the Hub refuses, or the tag names something else already.
    """
    from huggingface_hub import get_token

    if "/" not in repo:
        raise UsageError(f"{repo!r} is not a name on the Hub", next_step="write it as USER/NAME")
    if split_name(repo)[1]:
        raise UsageError(f"{repo} names a revision: a corpus is published on main", next_step="write it as USER/NAME")
    manifest = read_manifest(corpus)
    if not manifest.counts.articles:
        what = f"{corpus} holds no article: neither `datasets` nor a viewer could load it from the Hub"
        raise CorpusError(
            what, next_step=f"see why its pages were refused: corpus-loader stats {shell_word(str(corpus))}"
        )
    for fault in file_faults(corpus, manifest.files).values():
        raise CorpusError(f"{corpus} is not what was built: {fault}", next_step="build it again, then publish")
    files = (*manifest.files, _manifest_file(corpus))
    remote = read_remote(repo)
    changes = _changes(corpus, files, remote.files if remote else {})
    plan = Plan(
        corpus=corpus,
        manifest=manifest,
        files=files,
        repo=repo,
        private=remote.private if remote else private,
        parent=remote.commit if remote else None,
        changes=changes,
        tag=f"v{manifest.version}" if tag else None,
        left_out=_left_out(corpus, files),
        with_token=get_token() is not None,
    )
    if private and not plan.private:
        raise UsageError(
            f"{repo} exists and is public", next_step="leave out --private, or change it on its page first"
        )
    if remote and not replace:
        _refuse_foreign(plan, remote)
    _refuse_too_many(plan, most_operations)
    _refuse_taken_tag(plan)
    return plan


def read_remote(repo: str) -> Remote | None:
    """Main of that dataset repository as it is now; None where there is none. Raises HubError."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

    with explained("looking at", repo):
        try:
            info = HfApi().dataset_info(repo, revision="main")
        except GatedRepoError:
            raise
        except RepositoryNotFoundError:
            return None
    commit = str(info.sha)
    return Remote(commit, bool(info.private), read_tree(repo, commit))


def read_tree(repo: str, commit: str) -> Mapping[str, RemoteFile]:
    """By path, the files of that commit. Raises HubError."""
    from huggingface_hub import HfApi
    from huggingface_hub.hf_api import RepoFile

    with explained("looking at", repo, commit):
        entries = list(HfApi().list_repo_tree(repo, repo_type="dataset", revision=commit, recursive=True))
    files = (entry for entry in entries if isinstance(entry, RepoFile))
    return {file.path: RemoteFile(file.size, file.blob_id, file.lfs.sha256 if file.lfs else None) for file in files}


def differs(corpus: Path, file: File, remote: RemoteFile) -> bool:
    """Whether the file of the folder is another than that of the Hub."""
    if file.bytes != remote.size or not (corpus / file.path).is_file():
        return True
    return file.sha256 != remote.sha256 if remote.sha256 else _git_id(corpus / file.path) != remote.oid


def _changes(corpus: Path, files: tuple[File, ...], remote: Mapping[str, RemoteFile]) -> tuple[Change, ...]:
    """By path. All that the Hub holds besides these files goes: a stale shard would be loaded with the others."""
    changes = []
    for file in files:
        there = remote.get(file.path)
        kind: Kind = "new" if there is None else "changed" if differs(corpus, file, there) else "unchanged"
        changes.append(Change(kind, file.path, file.bytes))
    stale = remote.keys() - {file.path for file in files} - OF_THE_HUB
    changes += [Change("removed", path, remote[path].size) for path in stale]
    return tuple(sorted(changes, key=lambda change: change.path))


def _refuse_foreign(plan: Plan, remote: Remote) -> None:
    """A repository that holds something else is not emptied by a slip in its name."""
    removed = [change.path for change in plan.of("removed")]
    if removed and MANIFEST not in remote.files:
        names = ", ".join(removed[:3]) + (", …" if len(removed) > 3 else "")
        raise UsageError(
            f"{plan.repo} holds no corpus, but {len(removed)} other files, which would be removed: {names}",
            next_step="check the name; if they may go, add --replace",
        )


def _refuse_too_many(plan: Plan, most: int) -> None:
    operations = len(plan.of("new", "changed", "removed"))
    if operations > most:
        raise UsageError(
            f"one commit would touch {operations} files; the Hub may give up on more than {most}",
            next_step=f"build with fewer, larger files, or accept the risk of a refusal: --max-operations {operations}",
        )


def _refuse_taken_tag(plan: Plan) -> None:
    """A released version is never moved to other content."""
    if plan.tag is None or plan.parent is None:
        return
    from huggingface_hub import HfApi

    with explained("looking at", plan.repo):
        refs = HfApi().list_repo_refs(plan.repo, repo_type="dataset")
    named = {tag.name: tag.target_commit for tag in refs.tags}.get(plan.tag)
    if named and (plan.changes_anything or named != plan.parent):
        raise HubError(
            f"{plan.tag} of {plan.repo} is released already, at {named[:7]}, with other content",
            next_step="raise `version` in corpus.toml, build again, then publish",
        )


def _left_out(corpus: Path, files: tuple[File, ...]) -> tuple[str, ...]:
    known = {file.path for file in files}
    paths = (path.relative_to(corpus).as_posix() for path in corpus.rglob("*") if path.is_file())
    return tuple(sorted(path for path in paths if path not in known))


def _manifest_file(corpus: Path) -> File:
    path = corpus / MANIFEST
    return File(MANIFEST, path.stat().st_size, sha256_of(path))


def _git_id(path: Path) -> str:
    """The id that git gives the file's content; reads it in pieces."""
    digest = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
