"""The benchmark of publication days as a Markdown page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import pairwise
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.dates_gold import DatedPage

if TYPE_CHECKING:
    from benchmarks.dates_pages import Run

__all__ = ["GROUPS", "Confident", "confident", "document", "rows_of"]

CONFIDENT = 0.9
_FORMS = {"html": "HTML pages", "text": "Text dumps with the page's address"}
GROUPS = ("news sites", "mediacloud", "general")
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)

_INTRODUCTION = """\
# The publication day of pages: the benchmark

Written by `python -m benchmarks.dates_pages --write-docs`; every number comes from one run on one core. *Right* is the
share of all pages whose exact day is given; *proven gold* counts with the gold that is contradicted by everything its
page states set right (`benchmarks/dates_wrong_gold.json`, each with its proof). The row “cross-validated” is made by
a ranker that saw no page of the same site, without days told in the body alone; the shipped ranker has seen all pages.
A number is followed by its standard error (bootstrap over the pages).
"""


class Confident(NamedTuple):
    """The answers that a system calls at least 90 % sure: their share of the pages, and how many of them are right."""

    share: float
    right: float


def confident(run: Run, pages: Sequence[DatedPage]) -> Confident:
    """By the gold as proven."""
    sure = [(page, run.answers[page.id]) for page in pages if (run.answers[page.id].confidence or 0) >= CONFIDENT]
    right = sum(answer.day == page.day for page, answer in sure)
    return Confident(len(sure) / len(pages), right / len(sure) if sure else 1.0)


def rows_of(pages: Sequence[DatedPage]) -> Iterator[tuple[str, list[DatedPage]]]:
    """The three groups, then each corpus of the general one."""
    for group in GROUPS:
        yield group, [page for page in pages if page.row == group]
    for corpus in sorted({page.corpus for page in pages if page.row == "general"}):
        yield f"– {corpus}", [page for page in pages if page.corpus == corpus]


def document(runs: Sequence[Run], pages: Sequence[DatedPage], scorer: ModuleType) -> str:
    """The whole page: a table a form, calibration, speed, and the gold that is wrong."""
    parts = [_INTRODUCTION]
    for form, heading in _FORMS.items():
        chosen = [run for run in runs if run.form == form]
        parts.append(f"## {heading}: exact day\n\n{_scores(chosen, pages, scorer)}\n")
    parts.append(f"## Confidence\n\n{_calibration(runs, pages)}\n")
    parts.append(f"## Speed\n\n{_speed(runs, pages)}\n")
    wrong = [page for page in pages if page.gold != page.day]
    parts.append(f"## Wrong gold\n\n{len(wrong)} of {len(pages)} pages; the proofs stand in the file.\n")
    parts.append(f"Peer: htmldate {version('htmldate')}.\n")
    return "\n".join(parts)


def _scores(runs: Sequence[Run], pages: Sequence[DatedPage], scorer: ModuleType) -> str:
    header = ["pages", "system", "right", "right, proven gold", "precision", "answered", "confident", "right of these"]
    lines = []
    for row, chosen in rows_of(pages):
        for run in runs:
            score = _score(run, chosen, scorer, lambda page: page.gold, bootstrap=300)
            proven = _score(run, chosen, scorer, lambda page: page.day, bootstrap=0)
            sure = confident(run, chosen)
            has = any(run.answers[page.id].confidence is not None for page in chosen)
            lines.append([
                f"{row}, n={len(chosen)}", run.system,
                f"{score['accuracy']:.3f} ±{score['accuracy_std']:.3f}", f"{proven['accuracy']:.3f}",
                f"{proven['precision']:.3f}", f"{score['given']:.3f}",
                f"{sure.share:.3f}" if has else "–", f"{sure.right:.3f}" if has else "–",
            ])  # fmt: skip
    return _table(header, lines)


def _score(
    run: Run, pages: Iterable[DatedPage], scorer: ModuleType, gold: Callable[[DatedPage], str], *, bootstrap: int
) -> dict[str, float]:
    pairs = [(gold(page), run.answers[page.id].day) for page in pages]
    scored: dict[str, float] = scorer.score_dates(pairs, n_bootstrap=bootstrap)
    return scored


def _calibration(runs: Sequence[Run], pages: Sequence[DatedPage]) -> str:
    lines = []
    for run in runs:
        if "cross-validated" not in run.system:
            continue
        for low, high in pairwise(_BINS):
            inside = [(p, a) for p in pages if low <= ((a := run.answers[p.id]).confidence or -1) < high]
            if inside:
                stated = sum(answer.confidence or 0 for _, answer in inside) / len(inside)
                right = sum(answer.day == page.day for page, answer in inside) / len(inside)
                lines.append(
                    [run.form, f"{low:.2f}–{min(high, 1.0):.2f}", str(len(inside)), f"{stated:.3f}", f"{right:.3f}"]
                )
    return _table(["form", "confidence", "pages", "mean stated", "right, proven gold"], lines)


def _speed(runs: Sequence[Run], pages: Sequence[DatedPage]) -> str:
    lines = [[run.form, run.system, f"{1000 * run.seconds / len(pages):.2f}"] for run in runs if run.seconds]
    note = "Ours after cutting and labelling, which a page needs anyway; htmldate parses the page itself."
    return _table(["form", "system", "ms a page"], lines) + f"\n\n{note}"


def _table(header: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [header, ["---"] * len(header), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
