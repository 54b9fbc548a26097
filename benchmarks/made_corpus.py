"""A corpus of any size made from the seeds' paragraphs: what the speed of validation and loading is measured on."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus_loader.corpus.folder import write_parquet
from corpus_loader.corpus.manifest import MANIFEST, Counts, Input, Manifest, RepeatedLines, files_of
from corpus_loader.corpus.rows import to_line
from corpus_loader.records import Article, Evidence, Provenance

__all__ = ["made_articles", "made_manifest", "write_folder", "write_jsonl"]

SEEDS = Path(__file__).parents[1] / "seeds"

#: Below this many characters a line of a seed is furniture rather than a paragraph.
PARAGRAPH = 80

OUTLETS = {"fa": ("radiofarda.com", "Radio Farda"), "ar": ("arabic.rt.com", "RT Arabic")}


def made_articles(count: int, *, seed: int = 0) -> Iterator[Article]:
    """Valid articles of 6 to 14 paragraphs, with an evidence for each; the same for the same seed."""
    choice = random.Random(seed)  # noqa: S311 - nobody is to be kept from guessing
    paragraphs = _paragraphs()
    for number in range(count):
        language = choice.choice(("ar", "fa"))
        yield _article(number, language, choice.choices(paragraphs[language], k=choice.randint(6, 14)), choice)


def write_jsonl(path: Path, size: int, *, seed: int = 0) -> int:
    """Write at least `size` bytes of canonical lines; how many lines it took."""
    written = lines = 0
    with path.open("wb") as file:
        for article in made_articles(size, seed=seed):  # an article is far longer than a byte
            written += file.write(to_line(article))
            lines += 1
            if written >= size:
                break
    return lines


def _paragraphs() -> dict[str, list[str]]:
    """The seeds' long lines, by language: Persian has letters that Arabic has not."""
    found: dict[str, list[str]] = {"ar": [], "fa": []}
    for page in sorted(SEEDS.glob("*.txt")):
        text = page.read_text(encoding="utf-8")
        language = "fa" if "گ" in text else "ar"
        found[language] += [line.strip() for line in text.splitlines() if len(line.strip()) >= PARAGRAPH]
    return found


def _article(number: int, language: str, paragraphs: list[str], choice: random.Random) -> Article:
    host, name = OUTLETS[language]
    url = f"https://{host}/a/{number}.html"
    day = dt.date(2015, 9, 30) + dt.timedelta(days=choice.randrange(120))
    body = "\n\n".join(paragraphs)
    evidence = [
        Evidence("source", "canonical-url", 0, len(host), host, "url", 0.99),
        Evidence("date", "weekday-day-month-in-window", 184, 202, paragraphs[0][:18], "text", 0.98),
        Evidence("title", "headline", 0, 60, paragraphs[0][:60], "text", 0.9),
    ]
    start = 400
    for paragraph in paragraphs:
        evidence.append(Evidence("body", "labeller", start, start + len(paragraph), None, "text", 0.97))
        start += len(paragraph) + 1
    page = f"{number:06d}.txt"
    provenance = Provenance(
        page,
        hashlib.sha256(page.encode()).hexdigest(),
        "text/plain",
        "utf-8",
        0,
        "corpus_loader/0.1.0",
        tuple(evidence),
    )
    return Article(
        id=hashlib.sha256(url.encode()).hexdigest()[:16],
        source=host,
        source_name=name,
        language=language,
        date=day,
        date_precision="day",
        date_basis="narrative",
        title=paragraphs[0][:60].strip(),
        body=body,
        byline=None,
        credit="وكالات" if language == "ar" else None,
        url=url,
        retrieved=dt.date(2024, 11, 22),
        cluster=None,
        provenance=provenance,
    )


def write_folder(folder: Path, lines: Path) -> None:
    """The corpus folder of these canonical lines: its Parquet files, and a manifest that lists them."""
    records: dict[str, int] = {}
    languages: dict[str, int] = {}
    for language in ("ar", "fa"):
        mark = f'"language":"{language}"'.encode()
        with lines.open("rb") as stream:
            written = write_parquet(folder / "data" / language, (line for line in stream if mark in line[:200]))
        records |= {path.relative_to(folder).as_posix(): count for path, count in written.items()}
        languages[language] = sum(written.values())
    manifest = made_manifest(languages, files=tuple(files_of(folder, records)))
    (folder / MANIFEST).write_bytes(manifest.to_bytes())


def made_manifest(languages: Mapping[str, int], **facts: Any) -> Manifest:
    """A manifest that adds up, of so many articles in each language; `facts` are its fields that matter."""
    counts = Counts(pages=sum(languages.values()), articles=sum(languages.values()))
    usual: dict[str, Any] = {
        "name": "made",
        "title": "Made of the seeds' paragraphs",
        "version": "1.0.0",
        "license": "none",
        "license_name": "other",
        "homepage": None,
        "window": None,
        "schema_version": "1.0.0",
        "extractor": "corpus_loader/0.1.0",
        "versions": {},
        "declaration_sha256": "0" * 64,
        "input": Input(),
        "repeated_lines": RepeatedLines(limit=0),
        "counts": counts,
        "skipped": {},
        "languages": dict(sorted(languages.items())),
        "sources": {"": counts},
        "dates": None,
    }
    return Manifest(**(usual | facts))
