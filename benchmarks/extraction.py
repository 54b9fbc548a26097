"""How well and how fast articles are taken out of pages, side by side with the peers in one run.

    python -m benchmarks.extraction                  the tables; some minutes
    python -m benchmarks.extraction --held-out FILE --write-docs
                                                     … with held-out rows, into docs/benchmarks/extraction.md;
                                                     `python -m training.labeller --held-out FILE` makes the file
    python -m benchmarks.extraction --check          ours alone against the pinned scores; exit code 1 where lower
    python -m benchmarks.extraction --update         pin today's scores; never lower without --allow-lower

The labelled pages, and the scorer that belongs to them, lie in a folder outside the project (`--pages`).
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import tables
from benchmarks.eval_pages import EvalPage, load_scorer, pages_digest, read_eval_pages
from benchmarks.ours import extract_pages, peak_memory
from benchmarks.pinned import ROOT, PinnedBenchmark
from benchmarks.ratchet import Baseline
from benchmarks.scores import Extracted, Run, score
from benchmarks.speed import time_in_turns
from corpus_loader.corpus.collector import collect_seldom

__all__ = ["BENCHMARK"]

SEEDS = ROOT / "seeds"
OURS = "corpus_loader"
FORMS = ("text", "html")
RESAMPLES = 1000


def in_form(pages: Sequence[EvalPage], form: str) -> list[EvalPage]:
    """The pages that exist in that form; the seeds are text dumps alone."""
    return [page for page in pages if form == "text" or page.html is not None]


def run_ours(pages: Sequence[EvalPage], form: str) -> Run:
    """Ours with the shipped weights."""
    return Run(OURS, form, extract_pages(in_form(pages, form), form))


def run_peers(pages: Sequence[EvalPage], form: str) -> list[Run]:
    """Every peer, one page at a time, in one process; a page on which a peer raises counts as an empty extract."""
    peers = importlib.import_module("benchmarks.peers")
    chosen = in_form(pages, form)
    languages = [page.language or peers.guess_language(page.text) for page in chosen]
    runs = []
    for system, peer in peers.PEERS[form].items():
        extracts: dict[str, Extracted] = {}
        for page, language in zip(chosen, languages, strict=True):
            extracts[page.id] = peers.guarded(peer, page.given(form), language)
        runs.append(Run(system, form, extracts))
        print(f"  {form} · {system}", file=sys.stderr)
    return runs


def measure(folder: Path) -> Baseline:
    """Today's scores of ours with the shipped weights, and the digest of the pages that they were made on."""
    pages = read_eval_pages(folder, seeds=SEEDS)
    scores = score([run_ours(pages, form) for form in FORMS], pages, load_scorer(folder))
    return Baseline(pages_digest(pages), {one.key: one.value for one in scores})


def compare(folder: Path, *, held_out: Path | None = None) -> str:
    """The whole comparison, as Markdown; Python's garbage collector looks as seldom for all as in our commands."""
    collect_seldom()
    pages = read_eval_pages(folder, seeds=SEEDS)
    runs = [run for form in FORMS for run in (run_ours(pages, form), *run_peers(pages, form))]
    more = importlib.import_module("benchmarks.crossvalidated").run_held_out(pages, held_out) if held_out else []
    scores = score([*more, *runs], pages, load_scorer(folder), bootstrap=RESAMPLES)
    return tables.document(scores, runs, time_in_turns(pages, FORMS), pages, memory=peak_memory(folder))


BENCHMARK = PinnedBenchmark(
    "extraction",
    __doc__.partition("\n")[0],
    "pages.jsonl",
    measure,
    compare,
    {"held_out": "held-out labels by training.labeller: more rows, by weights that saw no page of a site"},
)

if __name__ == "__main__":
    sys.exit(BENCHMARK.main())
