"""The labelled pages that extraction is measured on: one value a page, read from a folder outside the project."""

from __future__ import annotations

import gzip
import hashlib
import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from corpus_loader.records import MediaType, Page

__all__ = ["EVAL_FOLDER", "EvalPage", "eval_pages", "load_scorer", "pages_digest", "read_eval_pages", "zwnj_lost"]

#: Where the labelled pages lie unless told otherwise: beside the checkout.
EVAL_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "eval"

#: Corpora with a gold body, title or segments; those for dates alone are left out.
_CORPORA = frozenset(
    {"aeb", "aed", "daniel", "fundus", "fundus_old", "newspaper4k", "postlight", "rtl", "trafilatura", "wcxb"}
)
_MEDIA_TYPES: dict[str, MediaType] = {"html": "text/html", "text": "text/plain"}


@dataclass(frozen=True)
class EvalPage:
    """One labelled page: its raw forms, and the gold that its corpus has (None or empty where it has none)."""

    id: str
    corpus: str
    trainable: bool
    site: str
    language: str | None
    url: str | None
    html: bytes | None
    text: str
    title: str | None
    other_titles: tuple[str, ...]
    body: str | None
    #: Body lines that are a matter of taste: they count neither way.
    optional: frozenset[str]
    with_: tuple[str, ...]
    without: tuple[str, ...]

    def page(self, form: str) -> Page:
        """The raw page as the reader would find it, as "html" or "text"."""
        content = self.html if form == "html" and self.html is not None else self._dump
        return Page(self.id, content, _MEDIA_TYPES[form], self.url)

    @cached_property
    def _dump(self) -> bytes:
        """The bytes of the dump, made once: no system has to encode what it reads."""
        return self.text.encode()

    def given(self, form: str) -> bytes | str | None:
        """The same as a peer is given it: the bytes of HTML, the characters of a dump."""
        return self.html if form == "html" else self.text

    def without_optional(self, body: str | None) -> str:
        """The body less the lines that are a matter of taste."""
        if not self.optional:
            return body or ""
        return "\n".join(line for line in (body or "").splitlines() if line.strip() not in self.optional)


def read_eval_pages(folder: Path, *, seeds: Path | None = None) -> list[EvalPage]:
    """All pages with a gold body, title or segments, in the order of the file; then the pages in `seeds`."""
    pages = list(eval_pages(folder))
    if seeds is not None and (gold := folder.parent / "gold" / "seeds.jsonl").is_file():
        pages.extend(_seeds(gold, seeds))
    return pages


def eval_pages(folder: Path) -> Iterator[EvalPage]:
    """The pages in `folder` alone, one in memory at a time."""
    return (_read(folder, row) for row in _rows(folder / "pages.jsonl") if row["corpus"] in _CORPORA)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _read(folder: Path, row: dict[str, object]) -> EvalPage:
    def text_of(key: str) -> str | None:
        value = row.get(key)
        return value if isinstance(value, str) and value else None

    def all_of(key: str) -> tuple[str, ...]:
        value = row.get(key) or ()
        return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),) if value else ()

    return EvalPage(
        id=str(row["id"]),
        corpus=str(row["corpus"]),
        trainable=row["use"] == "train",
        site=text_of("site") or str(row["id"]),
        language=text_of("lang"),
        url=url if (url := text_of("url")) and url.startswith("http") else None,
        html=gzip.decompress((folder / str(row["html"])).read_bytes()),
        text=gzip.decompress((folder / str(row["text"])).read_bytes()).decode(),
        title=text_of("gold_title"),
        other_titles=all_of("gold_title_also"),
        body=text_of("gold_body"),
        optional=frozenset(line.strip() for line in all_of("optional")),
        with_=all_of("with") if row["corpus"] == "trafilatura" else (),
        without=all_of("without") if row["corpus"] == "trafilatura" else (),
    )


def _seeds(gold: Path, folder: Path) -> Iterator[EvalPage]:
    for row in _rows(gold):
        yield EvalPage(
            id=f"seeds/{row['page']}",
            corpus="seeds",
            trainable=False,
            site=row["source"],
            language=row["language"],
            url=None,
            html=None,
            text=(folder / row["page"]).read_bytes().decode(),
            title=row["title"],
            other_titles=(),
            body=row["body"],
            optional=frozenset(),
            with_=(),
            without=(),
        )


def pages_digest(pages: Sequence[EvalPage]) -> str:
    """SHA-256 over ids, raw pages and gold: scores under different digests can't be compared."""
    digest = hashlib.sha256()
    for page in pages:
        gold = (page.id, page.title, page.other_titles, page.body, sorted(page.optional), page.with_, page.without)
        digest.update(repr(gold).encode())
        digest.update(hashlib.sha256(page.html or b"").digest() + hashlib.sha256(page.text.encode()).digest())
    return digest.hexdigest()


def load_scorer(folder: Path) -> ModuleType:
    """The scorer that comes with the pages."""
    loader = SourceFileLoader("score", str(folder / "score.py"))
    module = ModuleType("score")
    loader.exec_module(module)
    return module


_ZWNJ = "\u200c"


def _zwnj_words(gold: str) -> set[str]:
    """The words of a text that hold a zero-width non-joiner between letters."""
    return {word for raw in gold.split() if _ZWNJ in (word := raw.strip(".,:;!?؟،؛«»()[]\"'" + _ZWNJ))}


def zwnj_lost(gold: str, extract: str) -> tuple[int, int]:
    """(words kept, words lost): a word is lost where the extract has it with the joiner deleted or turned into a space.

    Words that the extract does not have at all count neither way. Both sides are brought to NFC.
    """
    extract = unicodedata.normalize("NFC", extract)
    kept = lost = 0
    for word in sorted(_zwnj_words(unicodedata.normalize("NFC", gold))):
        if word in extract:
            kept += 1
        elif word.replace(_ZWNJ, "") in extract or word.replace(_ZWNJ, " ") in extract:
            lost += 1
    return kept, lost
