"""The extraction benchmark as a Markdown page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version

from benchmarks.eval_pages import EvalPage
from benchmarks.scores import Run, Score, zwnj
from benchmarks.speed import Speed

__all__ = ["document"]

_FORMS = {"text": "text dumps", "html": "HTML pages"}
_MEASURES = {
    "body": "Body, 4-gram F1",
    "segments": "Body, F1 of wanted and unwanted sentences",
    "title": "Title, share right after normalisation",
}
_DISTRIBUTIONS = ("trafilatura", "readability-lxml", "resiliparse", "justext", "goose3")

_INTRODUCTION = """\
# Articles out of pages: the benchmark

Written by `python -m benchmarks.extraction --write-docs`; every number comes from one run on one core. A number is
followed by its standard error (bootstrap over the pages, 1000 resamples, seeded). The shipped weights have seen all
pages but those “never trained on”; the rows “cross-validated”, by `--held-out FILE`, are made by weights that saw no
page of the same site. The labeller's card, `corpus_loader/articles/weights/labeller.json`, scores it alone.
"""


_SPEED = "{pages} pages; all systems in turns, the fastest turn of each, in processor time. Nothing is imported in it."


def document(
    scores: Sequence[Score], runs: Sequence[Run], speeds: Sequence[Speed], pages: Sequence[EvalPage], *, memory: float
) -> str:
    """The whole page: scores by measure and form, then speed, memory, and joiners lost."""
    parts = [_INTRODUCTION]
    for measure, heading in _MEASURES.items():
        for form, form_name in _FORMS.items():
            chosen = [one for one in scores if one.measure == measure and one.form == form]
            if chosen:
                parts.append(f"## {heading}: {form_name}\n\n{_score_table(chosen)}\n")
    parts.append(f"## Speed\n\n{_SPEED.format(pages=speeds[0].pages)}\n\n{_speed_table(speeds)}\n")
    parts.append(f"Peak memory of one process that understands all HTML pages: {memory:.0f} MiB.\n")
    parts.append(f"## Words with a zero-width non-joiner\n\n{_zwnj_table(runs, pages)}\n")
    parts.append(f"Peers: {', '.join(_versions())}.\n")
    return "\n".join(parts)


def _score_table(scores: Sequence[Score]) -> str:
    """A row a system, a column a group of pages; a system that was not asked about all of them says how many."""
    pages: dict[str, int] = {}
    for one in scores:
        pages[one.row] = max(one.pages, pages.get(one.row, 0))
    cells = {
        (one.system, one.row): f"{_share(one.value)} ±{_share(one.error)}"
        + (f" (n={one.pages})" if one.pages < pages[one.row] else "")
        for one in scores
    }
    systems = dict.fromkeys(one.system for one in scores)
    body = [[system, *(cells.get((system, row), "–") for row in pages)] for system in systems]
    return _table(["", *(f"{row}, n={n}" for row, n in pages.items())], body)


def _speed_table(speeds: Sequence[Speed]) -> str:
    """Pages a second, and as multiples of trafilatura on the HTML of the same pages, with the title and without."""
    rates = {one.system: one.rate for one in speeds if one.form == "html"}
    references = [rates[system] for system in ("trafilatura", "trafilatura, body alone") if system in rates]
    lines = [
        [one.system, _FORMS[one.form], f"{one.rate:.0f}", *(f"{one.rate / rate:.1f}" for rate in references)]
        for one in speeds
    ]
    header = ["", "form", "pages a second", "trafilatura on HTML = 1", "its body alone = 1"]
    return _table(header[: 3 + len(references)], lines)


def _zwnj_table(runs: Sequence[Run], pages: Sequence[EvalPage]) -> str:
    lines = []
    for run in runs:
        kept, lost = zwnj(run, pages)
        lines.append([run.system, _FORMS[run.form], str(kept), str(lost)])
    return _table(["", "form", "kept", "lost"], lines)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---", *("---:" for _ in header[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _share(value: float) -> str:
    """Three digits without the leading zero: .946."""
    return f"{value:.3f}".removeprefix("0")


def _versions() -> list[str]:
    found = []
    for name in _DISTRIBUTIONS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return found
