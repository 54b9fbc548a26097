"""The labelled pages whose publication day is known, with the gold that is proven wrong set right."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus_loader.articles.headline import find_title
from corpus_loader.articles.labeller import label
from corpus_loader.articles.structure import refine
from corpus_loader.records import Document, LabelledBlock, Page

__all__ = ["WRONG_GOLD", "DatedPage", "digest", "labels_of", "read_dated_pages"]

#: Page id -> the day that the page states, and what proves it; null where the gold names no day and neither does it.
WRONG_GOLD = Path(__file__).with_name("dates_wrong_gold.json")

#: Never trained on, and without dates.
_TEST_ONLY = "test only"


@dataclass(frozen=True)
class DatedPage:
    """One page in both its forms, and its day."""

    id: str
    corpus: str
    site: str
    language: str | None
    url: str | None
    html: bytes
    text: bytes
    #: As published, an ISO day (or what its corpus has instead of one).
    gold: str
    #: As proven.
    day: str

    def page(self, form: str) -> Page:
        """The raw page in its form, `html` or `text`, with its address."""
        if form == "html":
            return Page(self.id, self.html, "text/html", self.url)
        return Page(self.id, self.text, "text/plain", self.url)

    @property
    def row(self) -> str:
        """The row of the tables that the page counts in."""
        return {"fundus": "news sites", "fundus_old": "news sites", "htmldate": "mediacloud"}.get(
            self.corpus, "general"
        )


def read_dated_pages(folder: Path) -> Iterator[DatedPage]:
    """Every page with a gold day that may be trained on, in file order; one page in memory at a time."""
    corrections = json.loads(WRONG_GOLD.read_text("utf-8"))
    with (folder / "pages.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("gold_date") and row["use"] != _TEST_ONLY:
                yield DatedPage(
                    id=row["id"],
                    corpus=row["corpus"],
                    site=row["site"],
                    language=row.get("lang"),
                    url=row.get("url") or None,
                    html=gzip.decompress((folder / row["html"]).read_bytes()),
                    text=gzip.decompress((folder / row["text"]).read_bytes()),
                    gold=row["gold_date"],
                    day=corrections.get(row["id"], {}).get("stated", row["gold_date"]),
                )


def labels_of(document: Document) -> tuple[LabelledBlock, ...]:
    """The page's labels as its day is told from them: the labeller's, refined by the headline."""
    labels = label(document)
    return refine(document, labels, find_title(document, labels))


def digest(folder: Path) -> str:
    """SHA-256 of the list of pages and of the corrections: scores of other pages can't be compared."""
    return hashlib.sha256((folder / "pages.jsonl").read_bytes() + WRONG_GOLD.read_bytes()).hexdigest()
