"""A corpus folder of two languages, as `build` lays it out, and its records."""

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from benchmarks.made_corpus import made_manifest
from corpus_loader.corpus.folder import write_lines, write_parquet
from corpus_loader.corpus.manifest import MANIFEST, Counts, files_of
from corpus_loader.corpus.rows import to_line
from corpus_loader.records import Article, Evidence, Provenance

CARD = """---
configs:
- config_name: default
  default: true
  data_files: data/*/*.parquet
- config_name: ar
  data_files: data/ar/*.parquet
- config_name: fa
  data_files: data/fa/*.parquet
---
"""

#: ZWNJ, harakat, a text that looks like an instant, what JSON escapes, and a character beyond the BMP.
BODIES = ["می‌گوید: «پایان»", "نَصٌّ مُشَكَّل", "2015-09-30T23:30:00+03:00", 'a "quote": \\ and\n\na tab\t', "😀 and null"]


def article(number: int, language: str) -> Article:
    day = dt.date(2015, 10, 1) + dt.timedelta(days=number)
    text = BODIES[number % len(BODIES)]
    evidence = tuple(
        Evidence(name, "rule", number, number + 1, quote, "text", confidence)
        for name, quote, confidence in (("date", text, 0.98), ("body", None, 1.0), ("title", None, None))[: number % 4]
    )
    return Article(
        id=hashlib.sha256(f"{language}{number}".encode()).hexdigest()[:16],
        source=("radiofarda.com", "arabic.rt.com")[number % 2],
        source_name=None,
        language=language,
        date=day,
        date_precision="day",
        date_basis="stamp",
        title=None if number % 3 else text,
        body=f"{text}\n\n{number}",
        byline=None,
        credit="وكالات",
        url=None,
        retrieved=dt.date(2024, 2, 29) if number % 2 else None,
        cluster=None,
        provenance=Provenance(f"{number}.txt", "0" * 64, "text/plain", "utf-8", 0, "corpus_loader/0.1.0", evidence),
    )


ARTICLES = [article(number, language) for language in ("ar", "fa") for number in range(20)]


@pytest.fixture(scope="session")
def corpus(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("corpora") / "corpus"
    records = {}
    for language in ("ar", "fa"):
        lines = [to_line(record) for record in ARTICLES if record.language == language]
        records[folder / "articles" / f"{language}.jsonl"] = write_lines(folder / f"articles/{language}.jsonl", lines)
        records |= write_parquet(folder / "data" / language, lines)
    (folder / "README.md").write_text(CARD, encoding="utf-8")
    counts = {path.relative_to(folder).as_posix(): count for path, count in records.items()}
    write_manifest(folder, counts)
    return folder


def write_manifest(folder: Path, records: dict[str, int]) -> None:
    half = Counts(pages=20, articles=20)
    sources = {"arabic.rt.com": half, "radiofarda.com": half}
    manifest = made_manifest({"ar": 20, "fa": 20}, sources=sources, files=tuple(files_of(folder, records)))
    (folder / MANIFEST).write_bytes(manifest.to_bytes())


@pytest.fixture(scope="session")
def jsonl(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("lines") / "articles.jsonl"
    path.write_bytes(b"".join(map(to_line, ARTICLES)))
    return path


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    """Nothing is left in, or found in, the cache of the machine."""
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()
