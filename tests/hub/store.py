"""What a Hub keeps: content-addressed blobs, commits that name them, branches and tags that name commits."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass, field, replace

Tree = dict[str, "Blob"]

GITATTRIBUTES = b"*.parquet filter=lfs diff=lfs merge=lfs -text\n"
#: What the Hub keeps as large files; everything else is a plain git blob.
LARGE = (".parquet", ".zst", ".gz")


class RefusedError(Exception):
    """The Hub's answer to a request that it does not grant."""

    def __init__(self, status: int, message: str, code: str | None = None, **body: object) -> None:
        super().__init__(message)
        self.status, self.message, self.code, self.body = status, message, code, body


@dataclass(frozen=True)
class Blob:
    """The bytes of one file, and how they are kept."""

    content: bytes
    large: bool
    #: The name of the content in the chunk store, if it came that way.
    xet_hash: str | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def oid(self) -> str:
        """The id that git gives: of the content, or of the pointer to a large file."""
        kept = self.content
        if self.large:
            kept = f"version https://git-lfs.github.com/spec/v1\noid sha256:{self.sha256}\nsize {len(kept)}\n".encode()
        return hashlib.sha1(b"blob %d\0" % len(kept) + kept).hexdigest()

    @property
    def etag(self) -> str:
        return self.sha256 if self.large else self.oid

    def entry(self, path: str) -> dict[str, object]:
        """The file as a tree listing shows it."""
        entry: dict[str, object] = {"type": "file", "path": path, "oid": self.oid, "size": len(self.content)}
        if self.large:
            entry["lfs"] = {"oid": self.sha256, "size": len(self.content), "pointerSize": 130}
        if self.xet_hash is not None:
            entry["xetHash"] = self.xet_hash
        return entry


@dataclass(frozen=True)
class Commit:
    """One state of a repository."""

    oid: str
    parent: str | None
    title: str
    tree: Tree


@dataclass
class Repo:
    """A dataset repository: commits, a main branch, tags."""

    name: str
    private: bool = False
    gated: bool = False
    commits: dict[str, Commit] = field(default_factory=dict)
    main: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.commit({".gitattributes": Blob(GITATTRIBUTES, large=False)}, "initial commit")

    @property
    def head(self) -> Commit:
        return self.commits[self.main]

    def files(self, revision: str = "main") -> dict[str, bytes]:
        """The content of every file of that revision but `.gitattributes`."""
        tree = self.at(revision).tree
        return {path: blob.content for path, blob in sorted(tree.items()) if path != ".gitattributes"}

    def at(self, revision: str) -> Commit:
        oid = self.main if revision == "main" else self.tags.get(revision, revision)
        if oid not in self.commits:
            raise RefusedError(404, f"Invalid rev id: {revision}", "RevisionNotFound")
        return self.commits[oid]

    def commit(self, tree: Tree, title: str) -> Commit:
        """Make `tree` the head of main."""
        names = "".join(f"{path}\0{blob.oid}\n" for path, blob in sorted(tree.items()))
        oid = hashlib.sha1(f"{next(self._numbers)}\n{self.main}\n{title}\n{names}".encode()).hexdigest()
        self.commits[oid] = Commit(oid, self.main or None, title, tree)
        self.main = oid
        return self.commits[oid]

    def write(self, path: str, content: bytes, title: str = "by other means") -> Commit:
        """Commit one file past every check, as another client would."""
        return self.commit(self.head.tree | {path: Blob(content, path.endswith(LARGE))}, title)

    def alter(self, path: str, content: bytes) -> None:
        """Let main serve other bytes under the same commit: a storage that rots."""
        self.commits[self.main] = replace(self.head, tree=self.head.tree | {path: Blob(content, path.endswith(LARGE))})
