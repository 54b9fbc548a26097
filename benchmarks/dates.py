"""How well date expressions are read, side by side with the peers in one run: a family a row.

    python -m benchmarks.dates                  the table; about a minute
    python -m benchmarks.dates --write-docs     … into docs/benchmarks/dates.md
    python -m benchmarks.dates --check          ours alone against the pinned scores; exit code 1 where one is lower
    python -m benchmarks.dates --update         pin today's scores; never lower without --allow-lower

The expressions and their gold lie in a folder outside the project (`--pages`).
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.dates_expressions import Case, document, outcome, read_cases
from benchmarks.dates_peers import Run, run_dateparser, run_icu, run_ours
from benchmarks.eval_pages import EVAL_FOLDER
from benchmarks.ratchet import Baseline, read_baseline, write_baseline

__all__ = ["check", "main"]

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs" / "benchmarks" / "dates.md"
BASELINE = Path(__file__).with_name("dates_baseline.json")
GOLD = "date_expressions.jsonl"


def measure(folder: Path) -> Baseline:
    """Today's shares of ours, by family, and the digest of the gold that they were made on."""
    cases = read_cases(folder / GOLD)
    run = run_ours(cases)
    outcomes = [(case.family, outcome(case, values)) for case, values in zip(cases, run.values, strict=True)]
    scores = {}
    for family in sorted({case.family for case in cases}):
        own = [what for name, what in outcomes if name == family]
        scores[f"{family} / right"] = own.count("right") / len(own)
    everything = [what for _, what in outcomes]
    given = len(everything) - everything.count("silent")
    scores["all / right"] = everything.count("right") / len(everything)
    scores["all / not wrong among given"] = 1 - everything.count("wrong") / given
    return Baseline(hashlib.sha256((folder / GOLD).read_bytes()).hexdigest(), scores)


def check(folder: Path, *, baseline: Path = BASELINE) -> list[str]:
    """What is worse than pinned, one line each; empty if nothing is."""
    return read_baseline(baseline).complaints(measure(folder))


def compare(folder: Path) -> str:
    """The whole comparison, as Markdown."""
    cases: list[Case] = read_cases(folder / GOLD)
    runs: list[Run] = [run_ours(cases), run_dateparser(cases)]
    icu = run_icu(cases)
    if icu is not None:
        runs.append(icu)
    return document(cases, runs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, check or pin; the exit code is 1 where a score fell, 2 where the gold is not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=EVAL_FOLDER, help="the folder of labelled data")
    parser.add_argument("--write-docs", action="store_true", help=f"write {DOCS.relative_to(ROOT)}")
    parser.add_argument("--check", action="store_true", help="compare ours with the pinned scores")
    parser.add_argument("--update", action="store_true", help="pin today's scores")
    parser.add_argument("--allow-lower", action="store_true", help="with --update: pin lower scores, too")
    options = parser.parse_args(arguments)
    if not (options.pages / GOLD).is_file():
        print(f"no {GOLD} in {options.pages}; give its folder with --pages", file=sys.stderr)
        return 2
    if options.check:
        complaints = check(options.pages)
        print("\n".join(complaints) or "nothing is lower than pinned")
        return 1 if complaints else 0
    if options.update:
        return _update(options.pages, allow_lower=options.allow_lower)
    text = compare(options.pages)
    if options.write_docs:
        DOCS.parent.mkdir(parents=True, exist_ok=True)
        DOCS.write_text(text, encoding="utf-8", newline="\n")
    else:
        print(text)
    return 0


def _update(folder: Path, *, allow_lower: bool) -> int:
    today = measure(folder)
    complaints = read_baseline(BASELINE).complaints(today) if BASELINE.exists() else []
    if complaints and not allow_lower:
        print("\n".join([*complaints, "nothing was pinned: say --allow-lower if this is meant"]), file=sys.stderr)
        return 1
    write_baseline(BASELINE, today)
    return 0


if __name__ == "__main__":
    sys.exit(main())
