"""Train the ranker of headlines on labelled pages.

    python -m training.headline --held-out FILE [--pages FOLDER] [--write]

FILE is what `training.labeller --held-out` wrote: the ranker learns from labels of pages that the labeller had not
seen, as it will meet them. Each page with a gold title is read as HTML and as two kinds of text dump. A candidate is
right where it is worded like the gold title. Cross-validated over sites: the share of pages whose best candidate is
right goes into the card, the scores into the calibration. The same pages and labels give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.eval_pages import EVAL_FOLDER, EvalPage, pages_digest, read_eval_pages
from benchmarks.held_out import held_out_labeller
from benchmarks.ours import Labeller, cut_pages
from corpus_loader.articles.headline import evidence_of
from corpus_loader.articles.headline_agreed import agreed_line
from corpus_loader.articles.headline_candidates import body_start, gather, stated_titles
from corpus_loader.articles.headline_features import FEATURES, rows
from corpus_loader.articles.trees import Forest
from corpus_loader.articles.wording import title_key
from corpus_loader.pages import cut
from corpus_loader.records import Document, Evidence, LabelledBlock, Page
from training.boosting import Recipe, fit

__all__ = ["main"]

WEIGHTS = Path(__file__).resolve().parents[1] / "corpus_loader" / "articles" / "weights"
#: A page as HTML; as a dump with its `<title>` first; as a dump of its visible lines alone.
FORMS = ("html", "text", "bare")
FOLDS = 5
RECIPE = Recipe(trees=200, depth=5, rate=0.06, penalty=5.0, row_share=1.0)
_STEPS = 12

Scores = npt.NDArray[np.float32]


class Example(NamedTuple):
    """The candidates of one page in one form, which of them are right, and where they stand."""

    page: EvalPage
    form: str
    rows: list[list[float]]
    right: list[bool]
    titles: list[Evidence]
    #: The place of the candidate that a stated title agrees with: it needs no ranker.
    agreed: int | None


def examples(pages: Sequence[EvalPage], *, labeller: Labeller) -> Iterator[Example]:
    """An example for each page with a gold title that may be trained on, in each form."""
    chosen = [page for page in pages if page.title and page.trainable]
    for form in FORMS:
        documents = bare_dumps(chosen) if form == "bare" else cut_pages(chosen, form)
        labels = dict(zip(documents, labeller(list(documents.values())), strict=True))
        for page in (page for page in chosen if page.id in documents):
            example = _example(page, form, documents[page.id], labels[page.id])
            if example.titles:
                yield example


def _example(page: EvalPage, form: str, document: Document, labels: Sequence[LabelledBlock]) -> Example:
    gold = title_key(page.title or "")
    stated, body = list(stated_titles(document)), body_start(labels)
    candidates = gather(document, stated, body)
    line = agreed_line(document, stated, body)
    candidate = None if line is None else candidates.at(document.texts[line])
    if line is not None and candidate is not None and not candidate.blocks:
        candidate.blocks.append(line)
    keys = list(candidates.found)
    agreed = None if candidate is None else keys.index(candidate.key)
    titles = [evidence_of(document, one, body, 0.5) for one in candidates.found.values()]
    return Example(page, form, rows(document, labels, candidates), [key == gold for key in keys], titles, agreed)


def bare_dumps(pages: Sequence[EvalPage]) -> dict[str, Document]:
    """The pages as the other kind of dump has them: no `<title>` in the first line, no address, blank lines."""
    dumps: dict[str, Document] = {}
    for name, document in cut_pages(pages, "html").items():
        dumps[name] = cut(Page(name, "\n\n".join(document.texts).encode(), "text/plain"))
    return dumps


def train(chosen: Sequence[Example]) -> Forest:
    """A forest on all candidates of the examples that have a right answer.

    Dumps that need no ranker teach it nothing about the others, which state their title worse; HTML pages do.
    """
    told = [one for one in chosen if any(one.right) and (one.agreed is None or one.form == "html")]
    rows_of_all = np.array([row for one in told for row in one.rows], np.float32)
    right = np.array([right for one in told for right in one.right], np.float32)
    return fit(rows_of_all, right, np.ones_like(right), RECIPE)


def cross_validate(chosen: Sequence[Example]) -> list[tuple[Example, Scores]]:
    """Each example with the scores of its candidates, by a forest that saw no page of its site where one is asked."""
    scored: list[tuple[Example, Scores]] = []
    for fold in range(FOLDS):
        forest = train([one for one in chosen if _fold(one.page.site) != fold])
        held_out = [one for one in chosen if _fold(one.page.site) == fold]
        scored.extend((one, _scores(forest, one)) for one in held_out)
    return scored


def _scores(forest: Forest, one: Example) -> Scores:
    if one.agreed is None:
        return forest.log_odds(np.array(one.rows, np.float32).T)
    alone = np.zeros(len(one.rows), np.float32)
    alone[one.agreed] = 1
    return alone


def _fold(site: str) -> int:
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS


def accuracy(scored: Sequence[tuple[Example, Scores]]) -> dict[str, float]:
    """Share of examples whose best candidate is right, by form and corpus."""
    hits: dict[str, list[bool]] = defaultdict(list)
    for one, scores in scored:
        hit = one.right[int(np.argmax(scores))]
        hits[one.form].append(hit)
        hits[f"{one.form} · {one.page.corpus}"].append(hit)
        hits[f"{one.form}, {'ranked' if one.agreed is None else 'agreed'}"].append(hit)
    return {name: round(sum(values) / len(values), 4) for name, values in sorted(hits.items())}


def calibrate(scored: Sequence[tuple[Example, Scores]]) -> Scores:
    """Best scores in equal groups, ascending, and the share of right titles in each, made to rise."""
    best = sorted(
        (float(np.max(scores)), one.right[int(np.argmax(scores))]) for one, scores in scored if one.agreed is None
    )
    groups = np.array_split(np.array(best), _STEPS)
    shares = np.maximum.accumulate([group[:, 1].mean() for group in groups])
    return np.array([[group[0, 0] for group in groups], shares], np.float32)


def main(arguments: Sequence[str] | None = None) -> int:
    """Cross-validate, print the scores, and write weights and card if told to."""
    parser = argparse.ArgumentParser(prog="python -m training.headline", description=__doc__.partition("\n")[0])
    parser.add_argument("--held-out", type=Path, required=True, metavar="FILE", help="held-out labels, as .npz")
    parser.add_argument("--pages", type=Path, default=EVAL_FOLDER, help="folder of labelled pages")
    parser.add_argument("--write", action="store_true", help="write weights/headline.npz and its card")
    options = parser.parse_args(arguments)
    pages = [page for page in read_eval_pages(options.pages) if page.trainable and page.title]
    chosen = list(examples(pages, labeller=held_out_labeller(options.held_out)))
    scored = cross_validate(chosen)
    card = {
        "what": "a forest of oblivious trees that ranks the candidates for a page's headline",
        "pages": len(pages),
        "pages_sha256": pages_digest(pages),
        "corpora": sorted({page.corpus for page in pages}),
        "recipe": RECIPE._asdict(),
        "features": list(FEATURES),
        "held_out": f"{FOLDS} folds of sites; share of pages whose best candidate is worded like the gold title",
        "accuracy": accuracy(scored),
    }
    print(json.dumps(card, ensure_ascii=False, indent=1))
    if options.write:
        stored = train(chosen)._asdict() | {"calibration": calibrate(scored), "names": np.array(FEATURES)}
        np.savez_compressed(WEIGHTS / "headline.npz", allow_pickle=False, **stored)
        (WEIGHTS / "headline.json").write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
