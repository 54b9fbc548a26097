"""How well the publication day is told from pages, side by side with htmldate in one run.

    python -m benchmarks.dates_pages                  the tables; a few minutes
    python -m benchmarks.dates_pages --write-docs     … into docs/benchmarks/dates_pages.md
    python -m benchmarks.dates_pages --check          ours alone against the pinned scores; exit code 1 where lower
    python -m benchmarks.dates_pages --update         pin today's scores; never lower without --allow-lower

The labelled pages, and the scorer that belongs to them, lie in a folder outside the project (`--pages`).
"""

from __future__ import annotations

import html
import importlib
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import dates_tables
from benchmarks.dates_gold import DatedPage, digest, labels_of, read_dated_pages
from benchmarks.eval_pages import load_scorer
from benchmarks.pinned import PinnedBenchmark
from benchmarks.ratchet import Baseline
from corpus_loader.articles.dates.resolve import resolve_date
from corpus_loader.errors import PageError
from corpus_loader.pages import cut

__all__ = ["BENCHMARK", "Answer", "Run"]

OURS = "corpus_loader"
FORMS = ("html", "text")


@dataclass(frozen=True)
class Answer:
    """The day that a system gives for a page, ISO or None, and how sure it says that it is."""

    day: str | None
    confidence: float | None = None


@dataclass
class Run:
    """What one system answers for the pages in one form, and the processor seconds that the dates took it."""

    system: str
    form: str
    answers: dict[str, Answer] = field(default_factory=dict)
    seconds: float = 0.0


def run_ours(pages: Iterable[DatedPage], form: str) -> Run:
    """Ours with the shipped ranker; reading, cutting and labelling the page are not the date's time."""
    run = Run(OURS, form)
    for page in pages:
        try:
            document = cut(page.page(form))
        except PageError:
            run.answers[page.id] = Answer(None)
            continue
        labels = labels_of(document)
        started = time.process_time()
        finding = resolve_date(document, labels, language=page.language)
        run.seconds += time.process_time() - started
        day = finding.value.day.isoformat() if finding.value else None
        run.answers[page.id] = Answer(day, finding.evidence[0].confidence if finding.evidence else None)
    return run


def run_held_out(pages: Sequence[DatedPage]) -> list[Run]:
    """Ours, each page by a ranker that saw no page of its site; days told in the body alone are left out."""
    training = importlib.import_module("training.date_ranker")
    examples = [example for page in pages for example in training.examples_of(page)]
    scored = training.out_of_fold(examples)
    runs = []
    for form in FORMS:
        steps = training.calibrate(training.best_days(scored, form))
        run = Run(f"{OURS}, cross-validated", form)
        for example, scores in scored:
            if example.form == form:
                run.answers[example.id] = Answer(*training.answer(example, scores, steps))
        runs.append(run)
    return runs


def run_htmldate(pages: Iterable[DatedPage], form: str, *, extensive: bool) -> Run:
    """The peer on the HTML, or on the dump's lines as paragraphs; it is given the address in both."""
    find_date: Callable[..., str | None] = importlib.import_module("htmldate").find_date
    run = Run(f"htmldate, {'extensive' if extensive else 'fast'}", form)
    for page in pages:
        source = page.html if form == "html" else _paragraphs(page.text.decode("utf-8", "replace"))
        started = time.process_time()
        try:
            day = find_date(source, url=page.url, original_date=True, extensive_search=extensive)
        except (ValueError, TypeError):  # what it raises on pages without a tree
            day = None
        run.seconds += time.process_time() - started
        run.answers[page.id] = Answer(day)
    return run


def _paragraphs(text: str) -> str:
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
    return f"<html><body>{lines}</body></html>"


def measure(folder: Path) -> Baseline:
    """Today's scores of ours with the shipped ranker, and the digest of the pages that they were made on."""
    pages = list(read_dated_pages(folder))
    scorer = load_scorer(folder)
    scores = {}
    for form in FORMS:
        run = run_ours(pages, form)
        for row in dates_tables.GROUPS:  # single corpora are too small to pin: one page would move them
            chosen = [page for page in pages if page.row == row]
            pairs = [(page.gold, run.answers[page.id].day) for page in chosen]
            scores[f"{form} / {row} / accuracy"] = scorer.score_dates(pairs, n_bootstrap=0)["accuracy"]
            scores[f"{form} / {row} / right among confident"] = dates_tables.confident(run, chosen).right
    return Baseline(digest(folder), scores)


def compare(folder: Path) -> str:
    """The whole comparison, as Markdown."""
    pages = list(read_dated_pages(folder))
    runs = run_held_out(pages)
    for form in FORMS:
        runs.append(run_ours(pages, form))
        runs.extend(run_htmldate(pages, form, extensive=extensive) for extensive in (False, True))
    return dates_tables.document(runs, pages, load_scorer(folder))


BENCHMARK = PinnedBenchmark("dates_pages", __doc__.partition("\n")[0], "pages.jsonl", measure, compare)

if __name__ == "__main__":
    sys.exit(BENCHMARK.main())
