"""The spool: what became of every page so far, on disk, so that a build can be killed and go on.

One SQLite file in the build's working folder. Memory does not grow with the corpus: SQLite sorts on disk.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple

from corpus_loader.errors import CorpusError

__all__ = ["Fate", "Outcome", "Spool"]

#: What can become of a page. Each page has exactly one fate: that is the conservation that the manifest states.
Fate = Literal["article", "rejected", "duplicate", "removed"]

_TABLES = """
CREATE TABLE IF NOT EXISTS build (fingerprint TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pages (
    page TEXT PRIMARY KEY, page_sha256 TEXT, fate TEXT NOT NULL, source TEXT, language TEXT, date TEXT, id TEXT,
    line BLOB NOT NULL, seen INTEGER NOT NULL
) WITHOUT ROWID;
"""
#: An outcome of an earlier build makes way; one of this build does not.
_KEEP = """
INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (page) DO UPDATE SET
    page_sha256 = excluded.page_sha256, fate = excluded.fate, source = excluded.source, language = excluded.language,
    date = excluded.date, id = excluded.id, line = excluded.line, seen = 1
WHERE seen = 0
"""
_FIRST_OF_ITS_ID = "SELECT MIN(page) FROM pages WHERE fate = 'article' GROUP BY id"


class Outcome(NamedTuple):
    """What became of one page: the line that one of the corpus's files will hold, and what it is sorted by."""

    page: str
    page_sha256: str | None
    fate: Fate
    source: str | None
    language: str | None
    #: ISO day; None but for articles.
    date: str | None
    id: str | None
    #: One canonical JSON line with its line end.
    line: bytes


class Spool(AbstractContextManager["Spool"]):
    """Outcomes by page name. A spool of another fingerprint (other code, declaration or options) is emptied.

    While it is open, it is locked: opening it a second time raises `sqlite3.OperationalError` at once.
    """

    def __init__(self, path: Path, fingerprint: str) -> None:
        self._db = sqlite3.connect(path, timeout=0, isolation_level=None)
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(_TABLES)
        with self._transaction():
            if self._db.execute("SELECT fingerprint FROM build").fetchall() != [(fingerprint,)]:
                self._db.execute("DELETE FROM build")
                self._db.execute("DELETE FROM pages")
                self._db.execute("INSERT INTO build VALUES (?)", (fingerprint,))
            self._db.execute("UPDATE pages SET seen = 0, fate = replace(fate, 'duplicate', 'article')")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def known(self, page: str, page_sha256: str | None) -> bool:
        """Was this very page done by an earlier, killed build? Marks it as still there."""
        update = "UPDATE pages SET seen = 1 WHERE page = ? AND page_sha256 IS ? AND seen = 0"
        return self._db.execute(update, (page, page_sha256)).rowcount == 1

    def keep(self, outcomes: Iterable[Outcome]) -> None:
        """All outcomes are on disk, or none of them. Raises CorpusError on a second page of one name."""
        with self._transaction():
            for outcome in outcomes:
                if not self._db.execute(_KEEP, outcome).rowcount:
                    raise CorpusError(
                        f"the input holds two pages that are called {outcome.page!r}",
                        next_step="rename the file or the container of one of them",
                    )

    def settle(self) -> None:
        """Pages that are no longer there are forgotten; of articles with one id the first page by name stays."""
        with self._transaction():
            self._db.execute("CREATE INDEX IF NOT EXISTS by_id ON pages (id)")
            self._db.execute("DELETE FROM pages WHERE seen = 0")
            self._db.execute(
                f"UPDATE pages SET fate = 'duplicate' WHERE fate = 'article' AND page NOT IN ({_FIRST_OF_ITS_ID})"  # noqa: S608 - a constant
            )

    def counts(self) -> Counter[tuple[str | None, Fate]]:
        """How many pages of each source met each fate."""
        rows = self._db.execute("SELECT source, fate, COUNT(*) FROM pages GROUP BY source, fate")
        return Counter({(source, fate): count for source, fate, count in rows})

    def languages(self) -> dict[str, int]:
        """How many articles of each language, by language tag."""
        query = "SELECT language, COUNT(*) FROM pages WHERE fate = 'article' GROUP BY language ORDER BY language"
        return dict(self._db.execute(query).fetchall())

    def days(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last publication day."""
        first, last = self._db.execute("SELECT MIN(date), MAX(date) FROM pages WHERE fate = 'article'").fetchone()
        return (dt.date.fromisoformat(first), dt.date.fromisoformat(last)) if first else None

    def holds(self, page: str) -> bool:
        """Is there an outcome of a page of that name?"""
        return self._db.execute("SELECT 1 FROM pages WHERE page = ?", (page,)).fetchone() is not None

    def articles(self, language: str) -> Iterator[bytes]:
        """The lines of one language's articles in canonical order: date, source, id."""
        query = "SELECT line FROM pages WHERE fate = 'article' AND language = ? ORDER BY date, source, id"
        return (line for (line,) in self._db.execute(query, (language,)))

    def others(self, fate: Fate) -> Iterator[bytes]:
        """The lines of the pages with that fate, by page name."""
        query = "SELECT line FROM pages WHERE fate = ? ORDER BY page"
        return (line for (line,) in self._db.execute(query, (fate,)))

    def duplicates(self) -> Iterator[tuple[str, str, str | None, str, str]]:
        """Page, page_sha256, source, id and the page that was kept instead, by page name."""
        query = """
            SELECT copy.page, copy.page_sha256, copy.source, copy.id, first.page FROM pages AS copy
            JOIN pages AS first ON first.id = copy.id AND first.fate = 'article'
            WHERE copy.fate = 'duplicate' ORDER BY copy.page
        """
        return iter(self._db.execute(query))

    def _transaction(self) -> AbstractContextManager[object]:
        return _Transaction(self._db)


class _Transaction(AbstractContextManager[object]):
    """BEGIN … COMMIT, or ROLLBACK where the block raises."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")
