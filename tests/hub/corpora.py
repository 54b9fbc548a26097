"""Small corpora for the Hub to hold: real folders with real Parquet, a card and a manifest."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.made_corpus import made_manifest
from corpus_loader.corpus.declaration import Declaration
from corpus_loader.corpus.folder import write_lines
from corpus_loader.corpus.manifest import MANIFEST, files_of
from corpus_loader.corpus.rows import to_line, to_row
from corpus_loader.corpus.schema import arrow_schema, schema_path
from corpus_loader.publishing.card import write_card
from corpus_loader.records import Article, Evidence, Provenance

BODIES = {
    "ar": "قالَ شاهدُ عيان إنّ الغارة وقعت فجرا.\n\nولم تُعرف بعدُ حصيلة الضحايا.",
    "fa": "خبرنگار ما می‌گوید که مذاکرات ادامه دارد.\n\nنتیجه هنوز روشن نیست.",
    "ku": "ڕۆژنامەنووسێک دەڵێت کە دانوستان بەردەوامە.",
}


def make_corpus(folder: Path, sizes: Mapping[str, int], version: str = "1.0.0") -> Path:
    """A corpus folder with so many articles in each language; the same arguments give the same bytes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    records: dict[str, int] = {}
    for language, size in sorted(sizes.items()):
        articles = [_article(language, number) for number in range(size)]
        write_lines(folder / "articles" / f"{language}.jsonl", map(to_line, articles))
        (folder / "data" / language).mkdir(parents=True)
        table = pa.Table.from_pylist([to_row(article) for article in articles], schema=arrow_schema())
        pq.write_table(table, folder / "data" / language / "part-00000.parquet")
        records |= {f"articles/{language}.jsonl": size, f"data/{language}/part-00000.parquet": size}
    for name in ("rejected", "removed", "duplicates"):
        records[f"{name}.jsonl"] = write_lines(folder / f"{name}.jsonl", [])
    (folder / "schema").mkdir()
    shutil.copyfile(schema_path(), folder / "schema" / schema_path().name)
    days = (dt.date(2015, 10, 1), dt.date(2015, 10, max(sizes.values(), default=1)))
    manifest = made_manifest(sizes, name="small", version=version, dates=days)
    write_card(
        folder, replace(manifest, files=tuple(files_of(folder, records))), Declaration("small", "A small corpus")
    )
    manifest = replace(manifest, files=tuple(files_of(folder, records)))
    manifest.check()
    (folder / MANIFEST).write_bytes(manifest.to_bytes())
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the folder by its path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _article(language: str, number: int) -> Article:
    page = f"{language}/{number:04d}.txt"
    digest = hashlib.sha256(page.encode()).hexdigest()
    return Article(
        id=digest[:16],
        source="example.org",
        source_name="Example",
        language=language,
        date=dt.date(2015, 10, 1) + dt.timedelta(days=number),
        date_precision="day",
        date_basis="stamp",
        title=f"{number} — {BODIES[language][:20]}",
        body=BODIES[language],
        byline=None,
        credit=None,
        url=f"https://example.org/{page}",
        retrieved=None,
        cluster=None,
        provenance=Provenance(
            page, digest, "text/plain", "utf-8", 0, "test/1", (Evidence("body", "labelled-body", 0, 10),)
        ),
    )
