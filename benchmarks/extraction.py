"""How well and how fast articles are taken out of pages, side by side with the peers in one run.

    python -m benchmarks.extraction                  the tables; some minutes
    python -m benchmarks.extraction --cross-validate --write-docs
                                                     … with held-out rows, into docs/benchmarks/extraction.md
    python -m benchmarks.extraction --check          ours alone against the pinned scores; exit code 1 where lower
    python -m benchmarks.extraction --update         pin today's scores; never lower without --allow-lower

The labelled pages, and the scorer that belongs to them, lie in a folder outside the project (`--pages`).
"""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

from benchmarks import tables
from benchmarks.eval_pages import EVAL_FOLDER, EvalPage, load_scorer, pages_digest, read_eval_pages
from benchmarks.ours import extract_pages, peak_memory, understand_pages
from benchmarks.ratchet import BASELINE, Baseline, read_baseline, write_baseline
from benchmarks.scores import Extracted, Run, Speed, score

__all__ = ["check", "main"]

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
DOCS = ROOT / "docs" / "benchmarks" / "extraction.md"
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


def time_everything(pages: Sequence[EvalPage], form: str) -> Speed:
    """Ours with every finding, dates, source and language too: more than any peer is asked for."""
    chosen = in_form(pages, form)
    understand_pages(chosen[:1], form)
    started = time.process_time()
    count = understand_pages(chosen, form)
    return Speed(f"{OURS}, every finding", form, count, time.process_time() - started)


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


def check(folder: Path, *, baseline: Path = BASELINE) -> list[str]:
    """What is worse than pinned, one line each; empty if nothing is.

    Scores that were made on other pages can't be compared: that too is a line.
    """
    pinned = read_baseline(baseline)
    return pinned.complaints(measure(folder))


def measure(folder: Path) -> Baseline:
    """Today's scores of ours with the shipped weights, and the digest of the pages that they were made on."""
    pages = read_eval_pages(folder, seeds=SEEDS)
    scores = score([run_ours(pages, form) for form in FORMS], pages, load_scorer(folder))
    return Baseline(pages_digest(pages), {one.key: one.value for one in scores})


def compare(folder: Path, *, cross_validate: bool) -> str:
    """The whole comparison, as Markdown."""
    pages = read_eval_pages(folder, seeds=SEEDS)
    runs = [run for form in FORMS for run in (run_ours(pages, form), *run_peers(pages, form))]
    held_out = (
        importlib.import_module("benchmarks.crossvalidated").run_held_out(pages, folder) if cross_validate else []
    )
    scores = score([*held_out, *runs], pages, load_scorer(folder), bootstrap=RESAMPLES)
    speeds = [*(run.speed for run in runs), *(time_everything(pages, form) for form in FORMS)]
    return tables.document(scores, runs, speeds, pages, memory=peak_memory(folder))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 if all is well, 1 if a pinned score is not reached, 2 if there is nothing to measure on."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=Path, default=EVAL_FOLDER, help="folder of labelled pages")
    parser.add_argument("--cross-validate", action="store_true", help="train on folds of sites too; long")
    parser.add_argument("--write-docs", action="store_true", help=f"write the tables into {DOCS.relative_to(ROOT)}")
    parser.add_argument("--check", action="store_true", help="compare ours with the pinned scores")
    parser.add_argument("--update", action="store_true", help="pin today's scores")
    parser.add_argument("--allow-lower", action="store_true", help="let --update lower a pinned score")
    options = parser.parse_args(arguments)
    if not (options.pages / "pages.jsonl").is_file():
        print(f"no labelled pages in {options.pages}: give their folder with --pages", file=sys.stderr)
        return 2
    if options.check:
        return _report(check(options.pages))
    if options.update:
        return _update(measure(options.pages), allow_lower=options.allow_lower)
    logging.disable(logging.CRITICAL)  # the peers speak of every page that they don't like
    warnings.simplefilter("ignore")
    text = compare(options.pages, cross_validate=options.cross_validate)
    print(text)
    if options.write_docs:
        DOCS.parent.mkdir(parents=True, exist_ok=True)
        DOCS.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _report(complaints: Sequence[str]) -> int:
    for line in complaints:
        print(line, file=sys.stderr)
    print("lower than pinned" if complaints else "no score is lower than pinned")
    return 1 if complaints else 0


def _update(today: Baseline, *, allow_lower: bool) -> int:
    if BASELINE.is_file() and not allow_lower and (complaints := read_baseline(BASELINE).complaints(today)):
        _report(complaints)
        print("nothing was written; --allow-lower pins the lower scores", file=sys.stderr)
        return 1
    write_baseline(BASELINE, today)
    return 0


if __name__ == "__main__":
    sys.exit(main())
