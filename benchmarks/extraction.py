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
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from benchmarks import tables
from benchmarks.eval_pages import EvalPage, load_scorer, pages_digest, read_eval_pages
from benchmarks.ours import extract_each, extract_pages, peak_memory, understand_pages
from benchmarks.pinned import ROOT, PinnedBenchmark
from benchmarks.ratchet import Baseline
from benchmarks.scores import Extracted, Run, Speed, score
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
    chosen = in_form(pages, form)
    extract_pages(chosen[:1], form)  # what is loaded once is loaded before the clock starts
    started = time.process_time()
    extracts = extract_pages(chosen, form)
    return Run(OURS, form, extracts, time.process_time() - started)


def time_everything(pages: Sequence[EvalPage], form: str) -> Iterator[Speed]:
    """Ours with every finding, dates, source and language too, which no peer is asked for: as `build`, and by calls."""
    chosen = in_form(pages, form)
    for how, understand in (("every finding", understand_pages), ("the same, one page a call", extract_each)):
        understand(chosen[:1], form)
        started = time.process_time()
        count = understand(chosen, form)
        yield Speed(f"{OURS}, {how}", form, count, time.process_time() - started)


def run_peers(pages: Sequence[EvalPage], form: str) -> list[Run]:
    """Every peer, one page at a time, in one process; a page on which a peer raises counts as an empty extract."""
    peers = importlib.import_module("benchmarks.peers")
    chosen = in_form(pages, form)
    languages = [page.language or peers.guess_language(page.text) for page in chosen]
    runs = []
    for system, peer in peers.PEERS[form].items():
        extracts: dict[str, Extracted] = {}
        raw = [(page.id, page.html if form == "html" else page.text) for page in chosen]
        peers.guarded(peer, raw[0][1], languages[0])  # what is loaded once is loaded before the clock starts
        started = time.process_time()
        for (name, content), language in zip(raw, languages, strict=True):
            extracts[name] = peers.guarded(peer, content, language)
        runs.append(Run(system, form, extracts, time.process_time() - started))
        print(f"  {form} · {system}: {runs[-1].seconds:.1f} s", file=sys.stderr)
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
    speeds = [*(run.speed for run in runs), *chain.from_iterable(time_everything(pages, form) for form in FORMS)]
    return tables.document(scores, runs, speeds, pages, memory=peak_memory(folder))


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
