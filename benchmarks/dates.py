"""How well date expressions are read, side by side with the peers in one run: a family a row.

    python -m benchmarks.dates                  the table; about a minute
    python -m benchmarks.dates --write-docs     … into docs/benchmarks/dates.md
    python -m benchmarks.dates --check          ours alone against the pinned scores; exit code 1 where one is lower
    python -m benchmarks.dates --update         pin today's scores; never lower without --allow-lower

The expressions and their gold lie in a folder outside the project (`--pages`).
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from benchmarks.dates_expressions import Case, document, outcome, read_cases
from benchmarks.dates_peers import Run, run_dateparser, run_icu, run_ours
from benchmarks.pinned import PinnedBenchmark
from benchmarks.ratchet import Baseline

__all__ = ["BENCHMARK"]

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


def compare(folder: Path) -> str:
    """The whole comparison, as Markdown."""
    cases: list[Case] = read_cases(folder / GOLD)
    runs: list[Run] = [run_ours(cases), run_dateparser(cases)]
    icu = run_icu(cases)
    if icu is not None:
        runs.append(icu)
    return document(cases, runs)


BENCHMARK = PinnedBenchmark("dates", __doc__.partition("\n")[0], GOLD, measure, compare)

if __name__ == "__main__":
    sys.exit(BENCHMARK.main())
