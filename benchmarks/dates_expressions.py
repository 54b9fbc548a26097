"""The date expressions with their gold, what counts as right, and the table of a comparison."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from benchmarks.dates_peers import Run

__all__ = ["Case", "document", "outcome", "read_cases"]

Outcome = Literal["right", "wrong", "silent"]

_INTRODUCTION = """\
# Date expressions: the benchmark

Written by `python -m benchmarks.dates --write-docs`; every number comes from one run on one core. *Right*: one
expression with the gold's value, or none where there is no date. *Silent*: none where there is
one. Everything else is *wrong*. Every reader is told the language and the reference day; dateparser and ICU are tuned
for each language (its region, the order of day and month, the calendar), and get the bare expression: they parse
strings, they do not find dates in prose.
"""


@dataclass(frozen=True)
class Case:
    """One expression; `gold` is None for what is no date."""

    text: str
    language: str
    family: str
    reference: dt.date | None
    gold: str | None
    also: tuple[str, ...]


def read_cases(path: Path) -> list[Case]:
    """The cases in file order."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Case(
            row["text"],
            row["lang"],
            row["family"],
            dt.date.fromisoformat(row["anchor"]) if row["anchor"] else None,
            row["gold"] or None,
            tuple(row["gold_alt"]),
        )
        for row in rows
    ]


def outcome(case: Case, values: Sequence[str | None]) -> Outcome:
    """What the values that a reader gives for a case are worth."""
    if case.gold is None:
        return "wrong" if values else "right"
    if not values:
        return "silent"
    return "right" if len(values) == 1 and values[0] in {case.gold, *case.also} else "wrong"


def document(cases: Sequence[Case], runs: Sequence[Run]) -> str:
    """The whole page: right, wrong and silent by family, and the speed."""
    header = ["family", "n", *(f"{run.system}: right/wrong/silent" for run in runs)]
    lines = []
    for family in [*sorted({case.family for case in cases}), None]:
        own = [index for index, case in enumerate(cases) if family in {case.family, None}]
        cells = []
        for run in runs:
            outcomes = [outcome(cases[index], run.values[index]) for index in own]
            cells.append(" / ".join(str(outcomes.count(what)) for what in ("right", "wrong", "silent")))
        lines.append([family or "**all**", str(len(own)), *cells])
    return "\n".join([_INTRODUCTION, _table(header, lines), "", "## Speed", "", _speed(runs, len(cases)), "", _peers()])


def _speed(runs: Sequence[Run], count: int) -> str:
    slowest = next((run.seconds for run in runs if run.system.startswith("dateparser")), 0.0)
    lines = [
        [run.system, f"{1e6 * run.seconds / count:.0f}", f"{slowest / run.seconds:.1f}" if run.seconds else "–"]
        for run in runs
    ]
    return _table(["", "µs an expression", "dateparser = 1"], lines)


def _table(header: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [header, ["---", *("---:" for _ in header[1:])], *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _peers() -> str:
    found = []
    for name in ("dateparser", "PyICU"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return f"Peers: {', '.join(found) or 'none is installed'}.\n"
