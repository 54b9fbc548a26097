"""Train the ranker of publication days: `python -m training.date_ranker PAGES_FOLDER`.

Each day that a page states is one row (`resolve_features`); the label is whether it is the publication day. Boosted
trees learn the rows of all pages in both their forms, HTML and text dump. The confidence table comes from
cross-validation by site: what share of the held-out pages whose best day scored like this have that day for their gold.
Same pages, same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np

from benchmarks.dates_gold import DatedPage, digest, read_dated_pages
from corpus_loader.articles.dates.candidates_text import layout_of
from corpus_loader.articles.dates.resolve import ESTABLISHED, sightings_on
from corpus_loader.articles.dates.resolve_features import NAMES, days_of, page_facts, row
from corpus_loader.articles.dates.resolve_ranker import certainty, confidence
from corpus_loader.articles.labeller import label
from corpus_loader.errors import PageError
from corpus_loader.pages import cut

__all__ = ["Example", "answer", "best_days", "calibrate", "examples_of", "main", "out_of_fold", "train"]

RANKER = Path(__file__).resolve().parents[1] / "corpus_loader/articles/dates/tables/ranker.json"
FOLDS = 5
TREES = 160
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 10,
    "min_data_in_leaf": 12,
    "learning_rate": 0.05,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
#: What can only speak for a day, all else being equal: else a rare page teaches that two sources are worse than one.
_SPEAKS_FOR = frozenset(
    [name for name in NAMES if name.endswith("-published")]
    + ["tiers", "published_share", "may_be", "url_day", "url_month", "image-url-day"]
)
PARAMETERS["monotone_constraints"] = [int(name in _SPEAKS_FOR) for name in NAMES]
#: Pages a step of the confidence table: fewer would be noise.
_STEP = 40
_PROMISE = 0.985
_BELOW = 0.89


@dataclass(frozen=True)
class Example:
    """One page in one form: its days with their rows, and the right one."""

    id: str
    corpus: str
    site: str
    form: str
    days: tuple[str, ...]
    rows: tuple[list[float], ...]
    day: str

    @property
    def fold(self) -> int:
        """The same for all pages of a site, whatever their order."""
        return zlib.crc32(self.site.encode()) % FOLDS


def examples_of(page: DatedPage) -> list[Example]:
    """The page in both its forms."""
    found = []
    for form in ("html", "text"):
        try:
            document = cut(page.page(form))
        except PageError:  # no visible text: such a page is rejected before anyone asks for its day
            found.append(Example(page.id, page.corpus, page.site, form, (), (), page.day))
            continue
        labels = label(document)
        sightings = sightings_on(document, labels)
        facts = page_facts(document, layout_of(document, labels), sightings)
        days = days_of(sightings)
        rows = tuple(row(day, facts) for day in days)
        found.append(Example(page.id, page.corpus, page.site, form, tuple(d.isoformat() for d in days), rows, page.day))
    return found


def train(examples: Sequence[Example]) -> lgb.Booster:
    """Trees over all days of all pages."""
    rows = np.array([row for example in examples for row in example.rows])
    right = np.array([day == example.day for example in examples for day in example.days])
    return lgb.train(PARAMETERS, lgb.Dataset(rows, right), TREES)


def out_of_fold(examples: Sequence[Example]) -> list[tuple[Example, list[float]]]:
    """Every page with the scores of its days by trees that saw no page of its site."""
    found = []
    for fold in range(FOLDS):
        booster = train([example for example in examples if example.fold != fold])
        for example in examples:
            if example.fold == fold:
                scores = booster.predict(np.array(example.rows), raw_score=True) if example.rows else []
                found.append((example, [float(score) for score in scores]))
    return found


def best_days(scored: Sequence[tuple[Example, list[float]]], form: str) -> list[tuple[float, bool]]:
    """How far each page's best day stands out, and whether it is right."""
    return [
        (certainty(scores), _best(example, scores) == example.day)
        for example, scores in scored
        if example.form == form and scores
    ]


def _best(example: Example, scores: Sequence[float]) -> str:
    return example.days[max(range(len(scores)), key=lambda i: scores[i])]


def answer(
    example: Example, scores: Sequence[float], steps: Sequence[Sequence[float]]
) -> tuple[str | None, float | None]:
    """The day that the package gives for such scores, or None where it abstains; and its confidence."""
    sure = confidence(certainty(scores), steps) if scores else 0.0
    return (_best(example, scores), sure) if sure >= ESTABLISHED else (None, None)


def calibrate(best: Sequence[tuple[float, bool]]) -> list[list[float]]:
    """Steps of (lowest certainty, share right), isotonic.

    A share of .9 or more is stated only as far down as everything from there up is right in at least `_PROMISE`; below,
    a step says at most `_BELOW`: «sure» must mean more than the average of the sure.
    """
    ordered = sorted(best)
    blocks = [ordered[i : i + _STEP] for i in range(0, len(ordered), _STEP)]
    if len(blocks) > 1 and len(blocks[-1]) < _STEP // 2:
        blocks[-2:] = [blocks[-2] + blocks[-1]]
    pooled: list[list[float]] = []  # lowest certainty, right, pages
    for block in blocks:
        pooled.append([block[0][0], float(sum(right for _, right in block)), float(len(block))])
        while len(pooled) > 1 and _share(pooled[-2]) >= _share(pooled[-1]):
            last = pooled.pop()
            pooled[-1] = [pooled[-1][0], pooled[-1][1] + last[1], pooled[-1][2] + last[2]]
    steps = []
    for place, step in enumerate(pooled):
        above = pooled[place:]
        holds = sum(s[1] for s in above) >= _PROMISE * sum(s[2] for s in above)
        steps.append([round(step[0], 5), round(_share(step) if holds else min(_share(step), _BELOW), 4)])
    return steps


def _share(step: Sequence[float]) -> float:
    return (step[1] + 0.5) / (step[2] + 1)


def flat_tree(node: dict[str, Any], rate: float = 1.0) -> dict[str, list[float]]:
    """One tree as parallel lists; node 0 is the root, a leaf's feature is -1."""
    tree: dict[str, list[float]] = {"feature": [], "threshold": [], "left": [], "right": [], "value": []}

    def add(node: dict[str, Any]) -> int:
        place = len(tree["feature"])
        leaf = "leaf_value" in node
        tree["feature"].append(-1 if leaf else node["split_feature"])
        tree["threshold"].append(0.0 if leaf else float(f"{node['threshold']:.6g}"))
        tree["value"].append(float(f"{node['leaf_value'] * rate:.5g}") if leaf else 0.0)
        tree["left"].append(0)
        tree["right"].append(0)
        if not leaf:
            tree["left"][place] = add(node["left_child"])
            tree["right"][place] = add(node["right_child"])
        return place

    add(node)
    return tree


def _depth(node: dict[str, Any]) -> int:
    return 0 if "leaf_value" in node else 1 + max(_depth(node["left_child"]), _depth(node["right_child"]))


def table(booster: lgb.Booster, calibration: dict[str, list[list[float]]], card: dict[str, Any]) -> dict[str, Any]:
    """What `ranker.json` holds."""
    dumped = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    return {
        "card": card,
        "features": list(NAMES),
        "depth": max(map(_depth, dumped)),
        "calibration": calibration,
        "trees": [flat_tree(tree) for tree in dumped],
    }


def card_of(folder: Path, examples: Sequence[Example], scored: Sequence[tuple[Example, list[float]]]) -> dict[str, Any]:
    """How the ranker was made and how it does on pages of sites that it did not see."""
    accuracy = {}
    for form in ("html", "text"):
        pages = sum(example.form == form for example in examples)
        accuracy[form] = round(sum(right for _, right in best_days(scored, form)) / pages, 4)
    return {
        "made by": "python -m training.date_ranker PAGES_FOLDER",
        "pages": len({example.id for example in examples}),
        "corpora": sorted({example.corpus for example in examples}),
        "digest of the pages": digest(folder),
        "best day right, cross-validated by site": accuracy,
        "parameters": {**PARAMETERS, "trees": TREES, "folds": FOLDS},
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, calibrate, write `ranker.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, help="a folder with pages.jsonl, html/ and text/")
    parser.add_argument("--out", type=Path, default=RANKER)
    options = parser.parse_args(arguments)
    examples = [example for page in read_dated_pages(options.pages) for example in examples_of(page)]
    scored = out_of_fold(examples)
    calibration = {form: calibrate(best_days(scored, form)) for form in ("html", "text")}
    made = table(train(examples), calibration, card_of(options.pages, examples, scored))
    options.out.write_text(
        json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8", newline="\n"
    )
    print(json.dumps(made["card"], indent=1), json.dumps(calibration))
    return 0


if __name__ == "__main__":
    sys.exit(main())
