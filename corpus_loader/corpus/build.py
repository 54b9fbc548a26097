"""Build: raw pages and their declaration become a corpus folder, whole or not at all."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus_loader.articles.compose import EXTRACTOR
from corpus_loader.corpus.batches import Misfit, batches, outcomes, rejected
from corpus_loader.corpus.declaration import Declaration, read_declaration
from corpus_loader.corpus.engine import spread
from corpus_loader.corpus.folder import (
    by_its_name,
    compress_if_large,
    put_in_place,
    refuse_foreign,
    restore,
    write_lines,
    write_parquet,
)
from corpus_loader.corpus.manifest import MANIFEST, Counts, Input, Manifest, RepeatedLines, files_of
from corpus_loader.corpus.rows import to_line
from corpus_loader.corpus.sample import PAGES, Sample, take_sample
from corpus_loader.corpus.schema import SCHEMAS, definition, schema_path
from corpus_loader.corpus.spool import Outcome, Spool
from corpus_loader.errors import CorpusError, CorpusLoaderError, DeclarationError, UsageError
from corpus_loader.pages import Reader
from corpus_loader.records import Page, Rejection
from corpus_loader.spelling import toml_string

__all__ = ["Companion", "build"]

#: Writes one more file into a staged corpus folder, out of its manifest; must be deterministic.
Companion = Callable[[Path, Manifest, Declaration], None]

#: The libraries on whose version the bytes of the files depend.
_BYTE_MAKERS = ("pyarrow", "zstandard", "resiliparse", "py3langid")

_PACKAGE = Path(__file__).parents[1]

#: Bytes of the longest path of a folder in which SQLite opens the build's file: it takes 512 of a file, less 8.
_LONGEST = 490


@dataclass(frozen=True)
class _Job:
    source: Path
    out: Path
    declaration: Declaration
    input: Input
    sample: Sample
    workers: int | None
    progress: Callable[[int], None]

    @property
    def workshop(self) -> Path:
        """Where the build works: beside the corpus, so that the last step is a rename."""
        return self.out.with_name(f".{self.out.name}.building")

    @property
    def fingerprint(self) -> str:
        """Equal for two builds that would give each page the same outcome."""
        digest = hashlib.sha256()
        for path in sorted(_PACKAGE.rglob("*")):
            if path.suffix != ".pyc" and path.is_file() and "seed_corpus" not in path.parts:
                digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
        for part in (EXTRACTOR, self.declaration.sha256, str(self.input), self.sample.sha256, str(_versions())):
            digest.update(part.encode() + b"\0")
        return digest.hexdigest()


@dataclass
class _Intake:
    """What was read, counted where it is read: the number that the fates of the pages must add up to."""

    skipped: Counter[str]
    pages: int = 0
    #: Pages that the decisions about them do not fit. Once there is one, only pages with a decision are looked at.
    misfits: list[Misfit] = field(default_factory=list)


def build(
    source: Path,
    out: Path,
    *,
    declaration: Path | None = None,
    input: Input = Input(),  # noqa: A002, B008 - a value; the manifest calls it so
    sample: int = PAGES,
    workers: int | None = None,
    companions: Sequence[Companion] = (),
    looking: Callable[[int], None] = lambda pages: None,
    progress: Callable[[int], None] = lambda pages: None,
) -> Manifest:
    """`out` is the corpus of the pages in `source`; an older corpus there is replaced in one step, at the end.

    Every page becomes an article, or stands in rejected.jsonl, duplicates.jsonl or removed.jsonl. The same pages,
    declaration and versions give the same bytes, whatever the workers. Killed, it leaves the old corpus or none, and
    goes on where it stopped when it is called again. The declaration is `corpus.toml` in `source` unless named.
    The first `sample` pages are looked at first, for lines that repeat across the articles of a site; 0: none.
    `looking` is told the number of pages read for that first look, again and again, then `progress` that of all.

    Raises DeclarationError, CorpusError, and UsageError where `source` holds no page, or `source` and `out` overlap.
    """
    out = by_its_name(out)
    facts = read_declaration(declaration or _declaration_in(source), fallback_name=_name(source))
    _refuse_overlap(source, out)
    refuse_foreign(out)
    reader = input.reader(source)
    found = _not_empty(reader, source)
    first_look = take_sample(input.reader(source), sample, workers=workers, progress=looking)
    job = _Job(source, out, facts, input, first_look, workers, progress)
    job.workshop.mkdir(parents=True, exist_ok=True)
    try:
        with Spool(job.workshop / "spool.sqlite", job.fingerprint) as spool:
            restore(out)
            intake = _read_all(job, found, reader.skipped, spool)
            spool.settle()
            _check_decisions(job.declaration, intake.misfits, spool)
            manifest = _stage(job, spool, intake, companions)
            put_in_place(job.workshop / "corpus", out)
    except sqlite3.Error as error:
        raise _spool_error(job, error) from error
    except OSError as error:
        if isinstance(error, CorpusLoaderError) or error.filename:
            raise
        raise CorpusError(
            f"the build in {job.workshop} can't go on: {error.strerror or error}",
            next_step="make room on the disk, then run the same command again",
        ) from error
    except DeclarationError as error:
        raise (facts.complaint(error) if error.key else error) from error.__cause__
    shutil.rmtree(job.workshop)
    return manifest


def _declaration_in(source: Path) -> Path | None:
    """The `corpus.toml` there, though it be one that can't be read: what people decided is not passed over."""
    path = source / "corpus.toml"
    return path if path.is_file() or path.is_dir() or path.is_symlink() else None


def _name(source: Path) -> str:
    return source.resolve().name.split(".")[0] or "corpus"


def _refuse_overlap(source: Path, out: Path) -> None:
    pages, corpus = source.resolve(), out.resolve()
    if corpus.is_relative_to(pages):
        what, next_step = f"{out} lies in {source}: the next build would read it as pages", "name an --out beside it"
    elif pages.is_relative_to(corpus):
        what, next_step = f"{source} lies in {out}, which would be replaced", "name another --out"
    else:
        return
    raise UsageError(what, next_step=next_step)


def _not_empty(reader: Reader, source: Path) -> Iterator[Page | Rejection]:
    """All that the reader gives; UsageError where that is nothing: an empty corpus would replace an older one."""
    for first in reader:
        return itertools.chain([first], reader)
    passed = "".join(f", but {count} {what}" for what, count in sorted(reader.skipped.items()))
    raise UsageError(
        f"{source} holds no page{passed}",
        next_step="name the folder or file that holds the pages; --input-format tells what files of other names are",
    )


def _spool_error(job: _Job, error: sqlite3.Error) -> CorpusError:
    if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
        return CorpusError(f"another build is making {job.out}", next_step="wait until it ends, or name another --out")
    if len(os.fsencode(job.workshop)) > _LONGEST:
        what = f"the path of {job.workshop} is longer than SQLite takes, of which the build makes use"
        return CorpusError(what, next_step=f"name an --out whose whole path has at most {_LONGEST - 10} bytes")
    return CorpusError(
        f"what the build noted in {job.workshop} can't be written or read: {error}",
        next_step="make room on the disk and run the same command again; if it says the same, delete that folder",
    )


def _read_all(job: _Job, found: Iterator[Page | Rejection], skipped: Counter[str], spool: Spool) -> _Intake:
    """Every page of the source is in the spool, or there are misfits."""
    intake = _Intake(skipped)
    pages = _new_pages(job, found, spool, intake)
    for results in spread(outcomes, batches(pages, job.declaration, job.sample.repeated), workers=job.workers):
        spool.keep(one for one in results if isinstance(one, Outcome))
        intake.misfits += (one for one in results if isinstance(one, Misfit))
    return intake


def _new_pages(job: _Job, everything: Iterable[Page | Rejection], spool: Spool, intake: _Intake) -> Iterator[Page]:
    """The pages that an earlier, killed build did not get to; what could not be read goes to the spool at once."""
    for found in everything:
        intake.pages += 1
        job.progress(intake.pages)
        if isinstance(found, Rejection):
            spool.keep([rejected(found)])
        elif intake.misfits and found.name not in job.declaration.pages:
            continue  # the build has failed; what is left is to tell all the misfits at once
        elif not spool.known(found.name, found.sha256):
            yield found


def _check_decisions(declaration: Declaration, misfits: Sequence[Misfit], spool: Spool) -> None:
    """Every decision is about a page of the input, and fits it. Raises DeclarationError that tells all that do not."""
    errors = [error for misfit in sorted(misfits, key=lambda one: one.page) for error in misfit.errors]
    next_step = "write the page's name as rejected.jsonl prints it, or delete the entry"
    fitting = declaration.pages.keys() - {misfit.page for misfit in misfits}
    for name in sorted(name for name in fitting if not spool.holds(name)):
        key = f"pages.{toml_string(name)}"
        errors.append(DeclarationError(f"{key} is no page of the input", next_step=next_step, key=key))
    if errors:
        raise declaration.complaint(*errors)


# ------------------------------------------------------------------------------------------------------- the files


def _stage(job: _Job, spool: Spool, intake: _Intake, companions: Sequence[Companion]) -> Manifest:
    """The whole corpus folder stands in the workshop, its manifest written last."""
    staged = job.workshop / "corpus"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir()
    records = _write_records(staged, spool)
    (staged / "schema").mkdir()
    for kind in SCHEMAS:
        shutil.copyfile(schema_path(kind), staged / "schema" / schema_path(kind).name)
    manifest = _manifest(job, spool, intake)
    for companion in companions:
        companion(staged, replace(manifest, files=tuple(files_of(staged, records))), job.declaration)
    manifest = replace(manifest, files=tuple(files_of(staged, records)))
    manifest.check()
    (staged / MANIFEST).write_bytes(manifest.to_bytes())
    return manifest


def _write_records(staged: Path, spool: Spool) -> dict[str, int]:
    """The files that hold records; how many each holds, by path."""
    written: dict[Path, int] = {}
    for language, expected in spool.languages().items():
        archive = staged / "articles" / f"{language}.jsonl"
        lines = write_lines(archive, spool.articles(language))
        if lines != expected:
            raise CorpusError(
                f"{expected} articles in {language} were counted, {lines} written",
                next_step="run the same command again; if it says the same, tell the makers of corpus_loader",
            )
        written[compress_if_large(archive)] = lines
        written |= write_parquet(staged / "data" / language, spool.articles(language))
    written[staged / "rejected.jsonl"] = write_lines(staged / "rejected.jsonl", spool.others("rejected"))
    written[staged / "removed.jsonl"] = write_lines(staged / "removed.jsonl", spool.others("removed"))
    written[staged / "duplicates.jsonl"] = write_lines(staged / "duplicates.jsonl", _duplicates(spool))
    return {path.relative_to(staged).as_posix(): count for path, count in written.items()}


def _duplicates(spool: Spool) -> Iterator[bytes]:
    keys = ("page", "page_sha256", "source", "id", "kept")
    return (to_line(dict(zip(keys, row, strict=True))) for row in spool.duplicates())


def _manifest(job: _Job, spool: Spool, intake: _Intake) -> Manifest:
    declaration, sources = job.declaration, _counts(spool)
    return Manifest(
        name=declaration.name,
        title=declaration.title,
        version=declaration.version,
        license=declaration.license,
        license_name=declaration.license_name,
        homepage=declaration.homepage,
        window=declaration.window,
        schema_version=definition()["version"],
        extractor=EXTRACTOR,
        versions=_versions(),
        declaration_sha256=declaration.sha256,
        input=job.input,
        repeated_lines=RepeatedLines(job.sample.limit, job.sample.pages, job.sample.lines),
        counts=replace(sum(sources.values(), Counts()), pages=intake.pages),
        skipped=dict(sorted(intake.skipped.items())),
        languages=spool.languages(),
        sources=sources,
        dates=spool.days(),
    )


def _counts(spool: Spool) -> dict[str, Counts]:
    """The counts of each source by host, in the order of hosts."""
    sources: dict[str, Counts] = {}
    fields = {"article": "articles", "rejected": "rejected", "duplicate": "duplicates", "removed": "removed"}
    for (source, fate), count in sorted(spool.counts().items(), key=lambda item: (item[0][0] or "", item[0][1])):
        more: dict[str, Any] = {"pages": count, fields[fate]: count}
        sources[source or ""] = sources.get(source or "", Counts()) + Counts(**more)
    return sources


def _versions() -> dict[str, str]:
    return {name: version(name) for name in _BYTE_MAKERS}
