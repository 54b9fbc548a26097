"""Verify: does a corpus hold what its manifest says, and does every value stand in its raw page?"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path

import orjson

from corpus_loader.corpus.folder import archive_rows, fates
from corpus_loader.corpus.lines import check_row
from corpus_loader.corpus.manifest import MANIFEST, OF_THE_HUB, Manifest, file_fault, read_manifest, refuse_no_utf8
from corpus_loader.corpus.rows import from_row, to_line
from corpus_loader.corpus.strict_json import strict_faults
from corpus_loader.errors import CorpusError, PageError, UsageError
from corpus_loader.pages import Reader, cut
from corpus_loader.records import Article, Document, Evidence, Page, Rejection

__all__ = ["Problem", "check_article", "check_files", "verify"]

#: Rows of Parquet that are in memory at a time.
BATCH = 256


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as the corpus says: where, and what."""

    where: str
    what: str


def verify(
    corpus: Path, pages: Path | None = None, *, progress: Callable[[int], None] = lambda done: None
) -> Iterator[Problem]:
    """Every problem of the corpus: of its files and counts, and, where the raw `pages` are named, of every value.

    Without `pages` the counts are compared with one another; with them, with the records too. The values are those of
    the archive; then the rows of Parquet, which loaders read, are compared with its lines.

    Lazy; one article and its page are in memory at a time. Raises CorpusNotFoundError where there is no corpus,
    UsageError where there is no room for a temporary file, or the rows of a folder of that name can't be read.
    """
    manifest = read_manifest(corpus)
    text = (corpus / MANIFEST).read_text(encoding="utf-8")
    for found in (*strict_faults(text), *check_row(orjson.loads(text), "manifest")):
        yield Problem(MANIFEST, f"{found.pointer}: found {found.found}; expected {found.expected}")
    try:
        manifest.check()
    except CorpusError as error:
        yield Problem(MANIFEST, error.what)
    yield from check_files(corpus, manifest)
    if pages is not None:
        refuse_no_utf8(corpus)
        yield from _check_records(corpus, pages, manifest, progress)


def _check_records(corpus: Path, pages: Path, manifest: Manifest, progress: Callable[[int], None]) -> Iterator[Problem]:
    """What of the records is not as manifest, pages and Parquet say; a file that can't be read stops no other check."""
    checks = [_check_counts(corpus, manifest), _check_articles(corpus, manifest.input.reader(pages), progress)]
    told = set[str]()
    for check in (*checks, *(_check_parquet(corpus, language) for language in manifest.languages)):
        try:
            yield from check
        except CorpusError as error:
            if error.what not in told:
                yield Problem("records", error.what)
            told.add(error.what)
        except sqlite3.OperationalError as error:
            raise UsageError(
                f"the temporary file in which articles are looked up can't be written: {error}",
                next_step=f"set SQLITE_TMPDIR to a folder with as much room as {corpus / 'articles'} takes",
            ) from error


def _check_counts(corpus: Path, manifest: Manifest) -> Iterator[Problem]:
    """What the manifest counts otherwise than the records of the corpus."""
    stated = {f"articles in {language}": number for language, number in manifest.languages.items()}
    for host, counts in manifest.sources.items():
        stated |= {f"{fate} of {host or 'no known source'}": number for fate, number in asdict(counts).items()}
    held, days = Counter[str](), set[str]()
    for fate, row in fates(corpus):
        held.update(f"{counted} of {row['source'] or 'no known source'}" for counted in ("pages", fate))
        if fate == "articles":
            held[f"articles in {row['language']}"] += 1
            days.add(row["date"])
    for what in sorted(stated.keys() | held.keys()):
        if stated.get(what, 0) != held[what]:
            yield Problem(MANIFEST, f"it states {stated.get(what, 0):,} {what}, the files hold {held[what]:,}")
    told = " to ".join(map(str, manifest.dates or ())) or "no day"
    true = f"{min(days)} to {max(days)}" if days else "no day"
    if told != true:
        yield Problem(MANIFEST, f"it states articles of {told}, the files hold those of {true}")


def _check_articles(corpus: Path, reader: Reader, progress: Callable[[int], None]) -> Iterator[Problem]:
    """What of the articles does not stand in their pages: one pass over the pages, the articles looked up on disk."""
    with closing(sqlite3.connect("")) as db:  # a temporary file, as far as it does not fit the cache
        db.execute("CREATE TABLE articles (page TEXT PRIMARY KEY, line BLOB) WITHOUT ROWID")
        for row in archive_rows(corpus):
            page = row["provenance"]["page"]
            if not db.execute("INSERT OR IGNORE INTO articles VALUES (?, ?)", (page, to_line(row))).rowcount:
                yield Problem(f"{row['id']} ({page})", "another article is of the same page")
        done = 0
        for page in reader:
            name = page.name if isinstance(page, Page) else page.page
            for (line,) in db.execute("DELETE FROM articles WHERE page = ? RETURNING line", (name,)).fetchall():
                yield from check_article(from_row(orjson.loads(line)), page)
                done += 1
                progress(done)
        for name, line in db.execute("SELECT page, line FROM articles ORDER BY page"):
            yield Problem(f"{orjson.loads(line)['id']} ({name})", "there is no such page")


def _check_parquet(corpus: Path, language: str) -> Iterator[Problem]:
    """Where the Parquet files, which loaders read, are not the archive, which was compared with the pages."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        paths = sorted((corpus / "data" / language).glob("*.parquet"))
        if not paths:  # `check_files` has told what is missing
            return
        files = map(pq.ParquetFile, paths)
        rows = (row for file in files for batch in file.iter_batches(BATCH) for row in batch.to_pylist())
        for number, (line, row) in enumerate(zip_longest(archive_rows(corpus, language), rows), start=1):
            if line is None or row is None or to_line(line) != to_line(row):
                yield Problem(f"data/{language}", f"row {number} is not line {number} of articles/{language}.jsonl")
                return
    except (pa.ArrowException, OSError) as error:
        yield Problem(f"data/{language}", f"can't be read: {error}")


def check_files(corpus: Path, manifest: Manifest) -> Iterator[Problem]:
    """What is missing, altered, or not in the manifest, and what is no file of the folder's own; by path."""
    listed, there = {file.path: file for file in manifest.files}, dict(_entries(corpus))
    for path in sorted(listed.keys() | there.keys()):
        if path in listed:
            fault = there.get(path) or file_fault(corpus, listed[path])
        else:
            known = path == MANIFEST or path in OF_THE_HUB
            fault = there[path] or (None if known else "is in the folder, but not in the manifest")
        if fault:
            yield Problem(path, fault)


def _entries(corpus: Path) -> Iterator[tuple[str, str | None]]:
    """Every path below the folder but those of folders that hold something, and what is odd about it; None: a file."""
    folders = [corpus]
    while folders:
        folder = folders.pop()
        try:
            entries = list(folder.iterdir())
        except OSError as error:
            yield folder.relative_to(corpus).as_posix(), f"can't be read: {error.strerror}"
            continue
        if not entries:
            yield folder.relative_to(corpus).as_posix(), "is an empty folder: a corpus has none"
        for path in entries:
            if path.is_dir() and not path.is_symlink():
                folders.append(path)
            else:
                yield path.relative_to(corpus).as_posix(), _oddness(path)


def _oddness(path: Path) -> str | None:
    if path.is_file():  # or a link to one: the Hub's cache is made of them, and the manifest tells what must be in it
        return None
    if path.is_symlink():
        return f"is a link to {path.readlink()}, where a corpus has files of its own"
    return "is neither a file nor a folder"


def check_article(article: Article, page: Page | Rejection) -> Iterator[Problem]:
    """What of the article does not stand in its raw page: every quote and every paragraph is cut again and compared."""
    place = article.provenance
    where = f"{article.id} ({place.page})"
    if isinstance(page, Rejection):
        yield Problem(where, f"the page can't be read: {page.detail}")
        return
    if page.sha256 != place.page_sha256:
        yield Problem(where, f"the page has the SHA-256 {page.sha256}, the record says {place.page_sha256}")
        return
    try:
        document = cut(page)
    except PageError as error:
        yield Problem(where, f"the page can't be decoded: {error.what}")
        return
    for evidence in place.evidence:
        yield from (Problem(where, what) for what in _check_quote(evidence, document))
    slices = [document.text[e.start : e.end] for e in place.evidence if e.field == "body" and e.origin == "text"]
    if "\n\n".join(slices) != article.body:
        yield Problem(where, "body is not the slices of the page that its evidence names")
    for name in ("title", "byline", "credit"):
        yield from (Problem(where, what) for what in _check_value(article, name))


def _check_quote(evidence: Evidence, document: Document) -> Iterator[str]:
    if evidence.start is None and evidence.end is None:
        return
    span = f"{evidence.origin}[{evidence.start}:{evidence.end}]"
    counted_in = {"text": document.text, "markup": document.source, "url": document.page.url or ""}
    if evidence.origin not in counted_in:
        yield f"{evidence.field}: {span} stands nowhere: there is nothing to count in"
        return
    found = counted_in[evidence.origin][evidence.start : evidence.end]
    if evidence.quote is not None and found != evidence.quote:
        yield f"{evidence.field}: {span} is {found!r}, the evidence quotes {evidence.quote!r}"


def _check_value(article: Article, name: str) -> Iterator[str]:
    """A title, byline or credit is what its evidence quotes, to the character."""
    value = getattr(article, name)
    quotes = [e.quote for e in article.provenance.evidence if e.field == name]
    if value is not None and value not in quotes:
        yield f"{name} is {value!r}, which no evidence quotes"
