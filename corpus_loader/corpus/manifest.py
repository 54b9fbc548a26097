"""The manifest: what a corpus folder holds, and the proof that nothing was lost on the way."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from corpus_loader.corpus.schema import definition
from corpus_loader.errors import CorpusError, CorpusNotFoundError, UsageError

if TYPE_CHECKING:
    from corpus_loader.pages import Reader

__all__ = [
    "MANIFEST",
    "OF_THE_HUB",
    "Counts",
    "File",
    "Input",
    "Manifest",
    "RepeatedLines",
    "file_fault",
    "files_of",
    "read_manifest",
    "refuse_no_utf8",
    "sha256_of",
]

MANIFEST = "manifest.json"
#: What the Hub itself adds to a repository.
OF_THE_HUB = frozenset({".gitattributes"})

_ANEW = "build or download the corpus again"
#: What JSON's types are once they are read.
_TYPES = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pages met each fate."""

    pages: int = 0
    articles: int = 0
    rejected: int = 0
    duplicates: int = 0
    removed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(asdict(self).values(), asdict(other).values(), strict=True)))

    @property
    def balanced(self) -> bool:
        """Do the fates add up to the pages?"""
        return self.pages == self.articles + self.rejected + self.duplicates + self.removed


@dataclass(frozen=True, slots=True)
class File:
    """One file of the folder."""

    path: str
    bytes: int
    sha256: str
    #: Number of records, None for a file without records.
    records: int | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """How the raw pages were read: the arguments of a `Reader`."""

    format: str | None = None
    #: The column of a table for each role that was named.
    columns: Mapping[str, str] = field(default_factory=dict)

    def reader(self, path: Path) -> Reader:
        """A reader of the pages at `path` with these options."""
        from corpus_loader.pages import Reader  # who only loads a corpus sees no page

        return Reader(path, input_format=self.format, columns=self.columns)


@dataclass(frozen=True, slots=True)
class RepeatedLines:
    """The first look at the pages, for lines that stand on more than one article of a site."""

    #: The most pages that it was to look at: the first of the input.
    limit: int
    #: Pages that it looked at, and lines that it found.
    pages: int = 0
    lines: int = 0


@dataclass(frozen=True)
class Manifest:
    """The content of `manifest.json`; its fields are those of `schema/manifest.schema.json`, in its order."""

    name: str
    title: str
    version: str
    license: str
    license_name: str
    homepage: str | None
    window: tuple[dt.date, dt.date] | None
    schema_version: str
    extractor: str
    versions: Mapping[str, str]
    declaration_sha256: str
    input: Input
    repeated_lines: RepeatedLines
    counts: Counts
    skipped: Mapping[str, int]
    languages: Mapping[str, int]
    #: By host; "" holds the pages whose source could not be established.
    sources: Mapping[str, Counts]
    dates: tuple[dt.date, dt.date] | None
    files: tuple[File, ...] = field(default=())

    def check(self) -> None:
        """The counts add up, in all and for each source, with one another and with the files, each listed once.

        Raises CorpusError.
        """
        stated, total = asdict(self.counts), asdict(sum(self.sources.values(), Counts()))
        differing = [
            f"{stated[name]} {name} in all, {total[name]} over the sources"
            for name in stated
            if stated[name] != total[name]
        ]
        unbalanced = [host or "(unknown source)" for host, counts in self.sources.items() if not counts.balanced]
        lines = sum(file.records or 0 for file in self.files if file.path.startswith("articles/"))
        listed = {file.path.removesuffix(".jsonl"): file.records for file in self.files}
        unlisted = [fate for fate in ("rejected", "duplicates", "removed") if listed.get(fate) != stated[fate]]
        twice = [path for path, number in Counter(file.path for file in self.files).items() if number > 1]
        rows = sum(file.records or 0 for file in self.files if file.path.startswith("data/"))
        for wrong, what in (
            (unbalanced, f"pages ≠ articles + rejected + duplicates + removed for {', '.join(unbalanced)}"),
            (differing, "; ".join(differing)),
            (sum(self.languages.values()) != self.counts.articles, "the languages do not add up to the articles"),
            (lines != self.counts.articles, f"{lines} lines in articles/ for {self.counts.articles} articles"),
            (rows != self.counts.articles, f"{rows} rows in data/ for {self.counts.articles} articles"),
            (unlisted, "; ".join(f"{listed.get(it)} lines in {it}.jsonl for {stated[it]} {it}" for it in unlisted)),
            (twice, f"it lists {', '.join(twice)} more than once"),
        ):
            if wrong:
                raise CorpusError(f"the manifest does not add up: {what}", next_step="build the corpus again")

    def matching(self, patterns: Sequence[str]) -> tuple[File, ...]:
        """The files whose path matches one of the patterns, in which * stands for any characters, / included."""
        return tuple(file for file in self.files if any(fnmatchcase(file.path, pattern) for pattern in patterns))

    def to_bytes(self) -> bytes:
        """The file's bytes: indented JSON in schema order, days as ISO text."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    @classmethod
    def from_mapping(cls, table: Mapping[str, Any]) -> Manifest:
        """The manifest of a parsed and valid `manifest.json`."""

        def days(value: Any) -> tuple[dt.date, dt.date] | None:
            return (dt.date.fromisoformat(value[0]), dt.date.fromisoformat(value[1])) if value else None

        typed: dict[str, Any] = {
            "window": days(table["window"]),
            "dates": days(table["dates"]),
            "input": Input(**table["input"]),
            "repeated_lines": RepeatedLines(**table["repeated_lines"]),
            "counts": Counts(**table["counts"]),
            "sources": {host: Counts(**counts) for host, counts in table["sources"].items()},
            "files": tuple(File(**file) for file in table["files"]),
        }
        return cls(**{**table, **typed})


def refuse_no_utf8(folder: Path) -> None:
    """Raises UsageError where Arrow can't open files below the folder, by reason of its name."""
    try:
        str(folder).encode("utf-8")
    except UnicodeEncodeError as error:
        from corpus_loader.pages.input_file import printable  # who only loads a corpus sees no page

        raise UsageError(
            f"the bytes of the folder's name {printable(str(folder))} are no UTF-8, as Arrow needs it",
            next_step="give the folder another name",
        ) from error


def read_manifest(corpus: Path) -> Manifest:
    """The manifest of that folder. Raises CorpusNotFoundError where there is none, CorpusError where it is broken."""
    path = corpus / MANIFEST
    try:
        content = path.read_bytes()
        table = orjson.loads(content)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        missing = "is a file, not a folder" if corpus.is_file() else f"holds no {MANIFEST}"
        within = next((folder for folder in corpus.parents if (folder / MANIFEST).is_file()), None)
        raise CorpusNotFoundError(
            f"{corpus} {missing}" if corpus.exists() else f"there is no folder {corpus}",
            next_step=f"name the whole corpus, {within}"
            if within
            else "name a folder that `corpus-loader build` or `corpus-loader download --out` made",
        ) from error
    except OSError as error:
        raise CorpusError(
            f"{path} can't be read: {error.strerror}", next_step="check the path and its permissions"
        ) from error
    except ValueError as error:
        raise CorpusError(f"{path} is broken: {_no_utf8(content) or error}", next_step=_ANEW) from error
    if not _is_typed(table, definition("manifest")):
        raise _broken(path, table)
    try:
        return Manifest.from_mapping(table)
    except ValueError as error:  # a day that is none
        raise _broken(path, table) from error


def _no_utf8(content: bytes) -> str | None:
    """Which octet is no UTF-8, if there is one."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"it is no UTF-8, as the byte {content[error.start]:02X} at byte {error.start + 1} shows"
    return None


def _is_typed(value: Any, node: Any) -> bool:
    """Has the value, at every depth, a type, a length and keys that the schema states?

    The whole check would load a validator, which takes longer than opening a corpus.
    """
    if node is False:  # the schema knows no such key
        return False
    stated = node["type"]
    if type(value) not in {_TYPES[name] for name in ([stated] if isinstance(stated, str) else stated)}:
        return False
    if isinstance(value, list):
        fits = node.get("minItems", 0) <= len(value) <= node.get("maxItems", len(value))
        return fits and all(_is_typed(item, node["items"]) for item in value)
    if isinstance(value, dict):
        known, others = node.get("properties", {}), node["additionalProperties"]
        whole = value.keys() >= set(node.get("required", ()))
        return whole and all(_is_typed(child, known.get(key, others)) for key, child in value.items())
    return True


def _broken(path: Path, table: Any) -> CorpusError:
    """What of a manifest is wrong, in the words of its schema."""
    from corpus_loader.corpus.lines import check_row

    first, *more = check_row(table, "manifest")
    what = f"{first.pointer or 'the whole'}: found {first.found}; expected {first.expected}"
    also = f" (and {len(more)} more)" if more else ""
    return CorpusError(f"{path} is broken: {what}{also}", next_step=_ANEW)


def file_fault(corpus: Path, file: File) -> str | None:
    """What is wrong with that file of the corpus: it is missing, or not what the manifest states; None if nothing."""
    path = corpus / file.path
    try:
        if not path.is_file():
            return "is missing"
        if (size := path.stat().st_size) != file.bytes:
            return f"has {size:,} bytes, the manifest states {file.bytes:,}"
        if (sha256 := sha256_of(path)) != file.sha256:
            return f"has SHA-256 {sha256}, the manifest states {file.sha256}"
    except OSError as error:
        return f"can't be read: {error.strerror}"
    return None


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, 64 hex digits; reads it in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def files_of(folder: Path, records: Mapping[str, int]) -> Iterable[File]:
    """Every file below the folder but the manifest, by path; `records` counts those that hold records."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return (
        File(path, (folder / path).stat().st_size, sha256_of(folder / path), records.get(path))
        for path in paths
        if path != MANIFEST
    )
