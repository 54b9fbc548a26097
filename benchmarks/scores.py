"""Scores of runs over the labelled pages: one number for each system, form of the page, measure and group of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import NamedTuple

from benchmarks.eval_pages import EvalPage, zwnj_lost

__all__ = ["Extracted", "Run", "Score", "score", "zwnj"]

#: Rows of the tables: name → corpora.
_BODY_ROWS = {
    "news sites (fundus)": ("fundus", "fundus_old"),
    "news sites (aed)": ("aed",),
    "benchmark pages (aeb)": ("aeb",),
    "guides and blogs (wcxb)": ("wcxb",),
    "rare languages (newspaper4k)": ("newspaper4k",),
    "right-to-left (rtl, seeds)": ("rtl", "seeds"),
    "never trained on (daniel)": ("daniel",),
}
_SEGMENT_ROWS = {"blogs and institutions (trafilatura)": ("trafilatura",)}
_TITLE_ROWS = _BODY_ROWS | _SEGMENT_ROWS | {"news sites (postlight)": ("postlight",)}


class Extracted(NamedTuple):
    """What one extractor makes of one page; None where it has no opinion by design."""

    title: str | None
    body: str | None


@dataclass(frozen=True)
class Run:
    """What one system made of the pages in one form, "html" or "text"."""

    system: str
    form: str
    #: By page id.
    extracts: Mapping[str, Extracted]


@dataclass(frozen=True)
class Score:
    """One number of the tables with its bootstrap error, both shares of 1.

    `measure` is "body" (4-gram F1), "segments" (F1 of wanted and unwanted sentences) or "title" (share that is right
    after normalisation). `details` are precision and recall; of titles the share that is any of the page's stated
    headlines, and the token F1.
    """

    form: str
    measure: str
    row: str
    system: str
    value: float
    error: float
    details: tuple[float, float]
    pages: int

    @property
    def key(self) -> str:
        """Form, measure and row: what one number is about."""
        return f"{self.form} · {self.measure} · {self.row}"


def score(runs: Iterable[Run], pages: Sequence[EvalPage], scorer: ModuleType, *, bootstrap: int = 0) -> list[Score]:
    """All scores of all runs; `bootstrap` is the number of resamples, 0 leaves the errors at 0.

    Titles are scored only for systems that give any. Pages that a run does not have are left out of its scores.
    """
    return [one for run in runs for one in _score_run(run, pages, scorer, bootstrap)]


def _score_run(run: Run, pages: Sequence[EvalPage], scorer: ModuleType, bootstrap: int) -> Iterator[Score]:
    def rows(
        table: Mapping[str, tuple[str, ...]], gold: Callable[[EvalPage], object]
    ) -> Iterator[tuple[str, list[EvalPage]]]:
        for row, corpora in table.items():
            chosen = [page for page in pages if page.corpus in corpora and page.id in run.extracts and gold(page)]
            if chosen:
                yield row, chosen

    def one(measure: str, row: str, got: dict[str, float], value: str, *details: str) -> Score:
        error = got.get(f"{value}_std", 0.0)
        first, second = (got[name] for name in details)
        return Score(run.form, measure, row, run.system, got[value], error, (first, second), int(got["n"]))

    for row, chosen in rows(_BODY_ROWS, lambda page: page.body):
        pairs = [(p.without_optional(p.body), p.without_optional(run.extracts[p.id].body)) for p in chosen]
        yield one("body", row, scorer.score_bodies(pairs, bootstrap), "f1", "precision", "recall")
    for row, chosen in rows(_SEGMENT_ROWS, lambda page: page.with_):
        items = [(p.with_, p.without, run.extracts[p.id].body) for p in chosen]
        yield one("segments", row, scorer.score_segments(items, min(bootstrap, 300)), "f1", "precision", "recall")
    if any(extract.title is not None for extract in run.extracts.values()):
        for row, chosen in rows(_TITLE_ROWS, lambda page: page.title):
            triples = [(p.title, p.other_titles, run.extracts[p.id].title) for p in chosen]
            yield one("title", row, scorer.score_titles(triples, bootstrap), "norm", "stated", "token_f1")


def zwnj(run: Run, pages: Iterable[EvalPage]) -> tuple[int, int]:
    """(kept, lost) words with a zero-width non-joiner, over all pages whose gold body has any."""
    counts = [
        zwnj_lost(page.body, run.extracts[page.id].body or "")
        for page in pages
        if page.body and page.id in run.extracts
    ]
    return sum(kept for kept, _ in counts), sum(lost for _, lost in counts)
