"""The outlet of the labelled pages: `python -m benchmarks.sources [--write-docs]`.

Each page is read four times: as HTML and as a text dump, with its address and without. The gold is the site that the
page set names; an answer is right if it is that site, a host above or below it, or the registered outlet of that site.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.eval_pages import EVAL_FOLDER
from corpus_loader.articles.labeller import label_many
from corpus_loader.articles.outlets import bare_host
from corpus_loader.articles.sources import Registry, find_source
from corpus_loader.errors import PageError
from corpus_loader.pages import cut
from corpus_loader.records import MediaType, Page

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks" / "sources.md"
#: What is read of a page, the row's key for it, its media type, and whether its address is told.
MODES: dict[str, tuple[str, MediaType, bool]] = {
    "HTML and address": ("html", "text/html", True),
    "HTML alone": ("html", "text/html", False),
    "dump and address": ("text", "text/plain", True),
    "dump alone": ("text", "text/plain", False),
}
_HEAD = """\
# The outlet of a page: the benchmark

Written by `python -m benchmarks.sources --write-docs`. *Registered*: pages of outlets that the shipped registry holds;
without an address only those can be named by their furniture. *Wrong* with an address are pages of web archives, where
we name the archived site, and pages whose address and site differ in the set; without an address, copies that state
only the original's address.

"""


def main() -> None:
    """Print the table and every wrong answer; with --write-docs, write the table to docs/benchmarks/sources.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write-docs", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    arguments = parser.parse_args()
    registry = Registry.shipped()
    with (EVAL_FOLDER / "pages.jsonl").open(encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line)).get("site")]
    page = _HEAD + "\n".join(_table(rows, registry)) + "\n"
    print(page)
    if arguments.write_docs:
        PAGE.write_text(page, encoding="utf-8", newline="\n")


def _table(rows: list[dict[str, Any]], registry: Registry) -> Iterator[str]:
    yield "| read | pages | right | wrong | precision | registered | of these named | pages a second |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for mode, (key, media_type, addressed) in MODES.items():
        counts: Counter[str] = Counter()
        seconds = 0.0
        for row in rows:
            if addressed and not row.get("url"):
                continue
            content = gzip.decompress((EVAL_FOLDER / row[key]).read_bytes())
            page = Page(row[key], content, media_type, url=row["url"] if addressed else None)
            verdict, spent = _judged(page, row, registry)
            known = "registered" if registry.outlet(row["site"]) else "other"
            counts.update([verdict, known, f"{known} {verdict}"])
            seconds += spent
        yield _line(mode, counts, seconds)


def _line(mode: str, counts: Mapping[str, int], seconds: float) -> str:
    pages = counts["registered"] + counts["other"]
    answered = counts["right"] + counts["wrong"]
    return (
        f"| {mode} | {pages} | {counts['right']} | {counts['wrong']} | {counts['right'] / answered:.1%} "
        f"| {counts['registered']} | {counts['registered right']} | {pages / seconds:,.0f} |"
    )


def _judged(page: Page, row: Mapping[str, Any], registry: Registry) -> tuple[str, float]:
    """Whether the answer is right, and the seconds that it took once the page was cut and labelled."""
    try:
        document = cut(page)
    except PageError:
        return "silent", 0.0
    (labels,) = label_many([document])
    start = time.process_time()
    finding = find_source(document, labels, registry)
    spent = time.process_time() - start
    if finding.value is None:
        return "silent", spent
    host, site = finding.value.host, bare_host(row["site"])
    outlet = registry.outlet(site)
    right = f".{host}".endswith(f".{site}") or f".{site}".endswith(f".{host}") or (outlet and outlet.host == host)
    if not right:
        print(f"wrong: {host} for {row['site']} by {finding.evidence[0].rule} «{finding.evidence[0].quote}»")
    return "right" if right else "wrong", spent


if __name__ == "__main__":
    main()
