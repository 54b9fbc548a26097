"""Train the ranker of publication days: `python -m training.date_ranker --write`.

Each day that a page states is one row (`resolve_features`); the label is whether it is the publication day. A
forest learns the rows of all pages in three forms: HTML, and the two kinds of text dump. The confidence table is from
cross-validation by site: what share of the held-out pages whose best day scored like this have that day for their gold.
Same pages, same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.dates_gold import DatedPage, digest, labels_of, read_dated_pages
from benchmarks.eval_pages import EVAL_FOLDER
from corpus_loader.articles.dates.candidates import Sighting
from corpus_loader.articles.dates.candidates_layout import Layout
from corpus_loader.articles.dates.printed import printed_on
from corpus_loader.articles.dates.resolve import ESTABLISHED, sightings_on
from corpus_loader.articles.dates.resolve_features import NAMES, days_of, page_facts, row
from corpus_loader.articles.dates.resolve_ranker import Ranker, Steps, certainty, confidence
from corpus_loader.articles.trees import Forest
from corpus_loader.errors import PageError
from corpus_loader.pages import cut
from corpus_loader.records import Document, Page
from training.boosting import Recipe, fit, mean

__all__ = ["Example", "answer", "best_days", "calibrate", "examples_of", "main", "out_of_fold", "train"]

TABLES = Path(__file__).resolve().parents[1] / "corpus_loader/articles/dates/tables"
FOLDS = 5
#: The forms that pages come in, and the confidence table that each has its own share in.
FORMS = {"html": "html", "text": "text", "bare": "text"}
RECIPE = Recipe(trees=200, depth=5, rate=0.08, penalty=5.0, row_share=1.0, feature_share=0.4)
#: The ranker is the mean of so many, of the seeds from 0 on.
_FORESTS = 3
#: Pages a step of the confidence table: fewer would be noise.
_STEP = 25
#: What a page without its day counts, beside the page with it.
_HIDDEN = 0.5
_ONE_IN = 40
_PROMISE = 0.985
_BELOW = 0.89


@dataclass(frozen=True)
class Example:
    """One page in one form: its days with their rows, and the right one.

    `others` and `hidden` are the days, with their rows, as if the page did not state the right one: an archive's page
    may not, and its days are those of other articles.
    """

    id: str
    corpus: str
    site: str
    form: str
    days: tuple[str, ...]
    rows: tuple[list[float], ...]
    others: tuple[str, ...]
    hidden: tuple[list[float], ...]
    day: str

    @property
    def fold(self) -> int:
        """The same for all pages of a site, whatever their order."""
        return zlib.crc32(self.site.encode()) % FOLDS

    def without_day(self) -> Example:
        """The page as if it did not state its day: no day of it is right."""
        name = f"{self.id} without its day"
        return replace(self, id=name, days=self.others, rows=self.hidden, others=(), hidden=(), day="")


def examples_of(page: DatedPage) -> list[Example]:
    """The page in all its forms; one that can't be cut is an example without days.

    Each fortieth page comes again as one that does not state its day, which a confidence must allow for.
    """
    documents: dict[str, Document | None] = {form: _cut(page.page(form)) for form in ("html", "text")}
    documents["bare"] = _bare(documents["html"])
    examples = [_example(page, form, documents[form]) for form in FORMS]
    if zlib.crc32(page.id.encode()) % _ONE_IN == 0:
        examples += [example.without_day() for example in examples if example.hidden]
    return examples


def _cut(page: Page) -> Document | None:
    try:
        return cut(page)
    except PageError:  # no visible text: such a page is rejected before anyone asks for its day
        return None


def _bare(document: Document | None) -> Document | None:
    """The other kind of dump: the lines that are seen, blank lines between them, no `<title>`, no address."""
    if document is None:
        return None
    return _cut(Page(document.page.name, "\n\n".join(document.texts).encode(), "text/plain"))


def _example(page: DatedPage, form: str, document: Document | None) -> Example:
    if document is None:
        return Example(page.id, page.corpus, page.site, form, (), (), (), (), page.day)
    printed = printed_on(document, labels_of(document))
    sightings = sightings_on(document, printed)
    days, rows = _rows(document, printed.layout, sightings)
    others, hidden = _rows(document, printed.layout, [seen for seen in sightings if str(seen.day) != page.day])
    return Example(page.id, page.corpus, page.site, form, days, rows, others, hidden, page.day)


def _rows(
    document: Document, layout: Layout, sightings: Sequence[Sighting]
) -> tuple[tuple[str, ...], tuple[list[float], ...]]:
    """The days that can be it, and the numbers that speak for each."""
    facts = page_facts(document, layout, sightings)
    days = days_of(document, sightings)
    return tuple(day.isoformat() for day in days), tuple(row(day, facts) for day in days)


def train(examples: Sequence[Example]) -> Forest:
    """A forest on all days of all pages, and a little on the same pages without their publication day.

    It is the mean of several: which few pages a single one is wrong on is chance, and moves the boundary of the sure by
    a tenth of all pages.
    """
    seen = [row for example in examples for row in example.rows]
    hidden = [row for example in examples for row in example.hidden]
    right = [day == example.day for example in examples for day in example.days]
    weights = np.array([1.0] * len(seen) + [_HIDDEN] * len(hidden), np.float32)
    wanted = np.array([*right, *[False] * len(hidden)], np.float32)
    rows = np.array([*seen, *hidden], np.float32)
    return mean([fit(rows, wanted, weights, RECIPE._replace(seed=seed)) for seed in range(_FORESTS)])


def out_of_fold(examples: Sequence[Example]) -> list[tuple[Example, list[float]]]:
    """Every page with the scores of its days by a forest that saw no page of its site."""
    found: list[tuple[Example, list[float]]] = []
    for fold in range(FOLDS):
        ranker = Ranker(train([example for example in examples if example.fold != fold]), {})
        held_out = [example for example in examples if example.fold == fold]
        found.extend((example, ranker.scores(example.rows) if example.rows else []) for example in held_out)
    return found


def best_days(scored: Sequence[tuple[Example, list[float]]], form: str) -> list[tuple[float, bool]]:
    """How far each page's best day stands out, and whether it is right; of HTML pages, or of all dumps."""
    return [
        (certainty(scores), _best(example, scores) == example.day)
        for example, scores in scored
        if FORMS[example.form] == form and scores
    ]


def _best(example: Example, scores: Sequence[float]) -> str:
    return example.days[max(range(len(scores)), key=lambda i: scores[i])]


def answer(example: Example, scores: Sequence[float], steps: Steps) -> tuple[str | None, float | None]:
    """The day that the package gives for such scores, or None where it abstains; and its confidence."""
    sure = confidence(certainty(scores), steps) if scores else 0.0
    return (_best(example, scores), sure) if sure >= ESTABLISHED else (None, None)


def calibrate(best: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Steps of (lowest certainty, share right), isotonic.

    A share of .9 or more is stated only as far down as everything from there up is right in at least `_PROMISE`; below,
    a step says at most `_BELOW`: «sure» must mean more than the average of the sure.
    """
    ordered = sorted(best)
    blocks = [ordered[i : i + _STEP] for i in range(0, len(ordered), _STEP)]
    if len(blocks) > 1 and len(blocks[-1]) < _STEP // 2:
        blocks[-2:] = [blocks[-2] + blocks[-1]]
    steps = [(block[0][0], float(sum(right for _, right in block)), float(len(block))) for block in blocks]
    sure = next((place for place in range(len(steps)) if _holds(steps[place:])), len(steps))
    below = [(certainty, min(share, _BELOW)) for certainty, share in _isotonic(steps[:sure])]
    return [(round(certainty, 5), round(share, 4)) for certainty, share in below + _isotonic(steps[sure:])]


#: The lowest certainty, how many are right, how many there are.
_Step = tuple[float, float, float]


def _holds(steps: Sequence[_Step]) -> bool:
    """Are all of them together right as promised, and is the lowest, with those it is pooled with, sure itself?"""
    right, pages = (sum(step[part] for step in steps) for part in (1, 2))
    return right >= _PROMISE * pages and _isotonic(steps)[0][1] > _BELOW


def _isotonic(steps: Sequence[_Step]) -> list[tuple[float, float]]:
    """The steps with their shares, those pooled that would not rise."""
    pooled: list[_Step] = []
    for step in steps:
        pooled.append(step)
        while len(pooled) > 1 and _share(pooled[-2]) >= _share(pooled[-1]):
            _, right, pages = pooled.pop()
            pooled[-1] = (pooled[-1][0], pooled[-1][1] + right, pooled[-1][2] + pages)
    return [(step[0], _share(step)) for step in pooled]


def _share(step: Sequence[float]) -> float:
    return (step[1] + 0.5) / (step[2] + 1)


def card_of(folder: Path, examples: Sequence[Example], scored: Sequence[tuple[Example, list[float]]]) -> dict[str, Any]:
    """How the ranker was made and how it does on pages of sites that it did not see."""
    accuracy = {}
    for form in FORMS:
        hits = [_best(one, scores) == one.day for one, scores in scored if one.form == form and scores]
        accuracy[form] = round(sum(hits) / sum(one.form == form and one.day != "" for one in examples), 4)
    return {
        "what": "a forest of oblivious trees that ranks the days that a page states, and how sure its best day is",
        "made_by": "python -m training.date_ranker --write",
        "pages": len({example.id for example in examples if example.day}),
        "pages_sha256": digest(folder),
        "corpora": sorted({example.corpus for example in examples}),
        "recipe": RECIPE._asdict() | {"forests": _FORESTS},
        "features": list(NAMES),
        "held_out": f"{FOLDS} folds of sites; share of all pages whose best day is the gold as proven",
        "accuracy": accuracy,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Cross-validate, print the scores, and write ranker and card if told to."""
    parser = argparse.ArgumentParser(prog="python -m training.date_ranker", description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=Path, default=EVAL_FOLDER, help="folder of labelled pages")
    parser.add_argument("--write", action="store_true", help="write tables/ranker.npz and its card")
    options = parser.parse_args(arguments)
    examples = [example for page in read_dated_pages(options.pages) for example in examples_of(page)]
    scored = out_of_fold(examples)
    steps = {form: calibrate(best_days(scored, form)) for form in ("html", "text")}
    card = card_of(options.pages, examples, scored) | {"confidence": steps}
    print(json.dumps(card, ensure_ascii=False))
    if options.write:
        tables = {form: np.array(table) for form, table in steps.items()}
        stored = train(examples)._asdict() | tables | {"names": np.array(NAMES)}
        np.savez_compressed(TABLES / "ranker.npz", allow_pickle=False, **stored)
        text = json.dumps(card, ensure_ascii=False, indent=1) + "\n"
        (TABLES / "ranker.json").write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
