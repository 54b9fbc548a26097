"""Train the labeller of blocks on labelled pages, and score it by site-grouped cross-validation.

    python -m training.labeller FOLDER --date YYYY-MM-DD [--out WEIGHTS] [--held-out FILE]

FOLDER holds `pages.jsonl` with `html/` and `text/` (README beside this file). The same pages, and the same versions of
the extractors that vote on unlabelled pages, give the same bytes: `labeller.npz`, and its card `labeller.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import sys
import zlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from corpus_loader.articles.block_features.rows import Rows
from corpus_loader.articles.block_features.table import Knowledge, feature_names, first_features
from corpus_loader.articles.block_features.word_scores import WordScores
from corpus_loader.articles.labeller import Model, SecondLook, save_models
from corpus_loader.articles.trees import probability
from corpus_loader.records import MediaType
from training import leafwise
from training.boosting import Recipe, fit
from training.examples import Example, read_examples, read_rows
from training.lexicon import Lexicon, Lines
from training.scores import held_out_scores

__all__ = ["Trained", "main", "read_held_out", "train"]

Row = dict[str, Any]

WEIGHTS = Path(__file__).resolve().parents[1] / "corpus_loader" / "articles" / "weights"
MEDIA_TYPES: tuple[MediaType, ...] = ("text/plain", "text/html")
FOLDS = 5
RECIPE = Recipe()
FINER = leafwise.Recipe()
#: A word must be on so many sites; so many words are kept.
WORDS = {"sites": 6, "limit": 4000}
TOKENS = {"sites": 4, "limit": 1200}

#: Of short lines far from any body this share is looked at, for all of them.
_FAR = 0.25
_BEFORE, _AFTER, _SHORT = 12, 25, 12


class Trained(NamedTuple):
    """A model, the held-out probability of each block of each page as found, and what these score by corpus."""

    model: Model
    held_out: dict[str, Rows]
    scores: dict[str, dict[str, float]] = {}  # noqa: RUF012 - nobody changes it


def fold_of(site: str) -> int:
    """The fold of a site: all its pages are held out together."""
    return zlib.crc32(site.encode()) % FOLDS


def train(examples: Sequence[Example]) -> Trained:
    """One model for the examples of one media type: a first look at each block, and a second that knows the first."""
    examples = sorted(examples, key=lambda example: (example.site, example.id, example.form))
    folds = np.array([fold_of(example.site) for example in examples])
    second = [example.rows for example in examples]
    for held in range(FOLDS):
        learners = [e for e, fold in zip(examples, folds, strict=True) if fold != held]
        knowledge = _Lexicons(learners)
        forest = fit(*_lessons(learners, (_first_rows(e, knowledge.without(e.site)) for e in learners)), RECIPE)
        for i in np.flatnonzero(folds == held):
            examples[i].features.look_again(probability(forest.log_odds(_first_rows(examples[i], knowledge.all()))))
            second[i] = examples[i].rows.copy()
    held_out: dict[str, Rows] = {}
    for held in range(FOLDS):
        inside = [i for i in range(len(examples)) if folds[i] != held]
        look = _second_look([examples[i] for i in inside], (second[i] for i in inside))
        for i in np.flatnonzero(folds == held):
            if examples[i].form == "found":
                held_out[examples[i].id] = probability(look.log_odds(second[i]))
    last = _second_look(examples, second)
    lexicons = _Lexicons(examples)
    first = fit(*_lessons(examples, (_first_rows(e, lexicons.without(e.site)) for e in examples)), RECIPE)
    return Trained(Model(feature_names(examples[0].media_type), lexicons.all(), first, last), held_out)


def _second_look(examples: Sequence[Example], rows: Iterable[Rows]) -> SecondLook:
    lessons = _lessons(examples, rows)
    return SecondLook(fit(*lessons, RECIPE), leafwise.fit(*lessons, FINER))


class _Lexicons:
    """What the words of the text and of the markup say."""

    def __init__(self, examples: Sequence[Example]) -> None:
        found = [example for example in examples if example.form == "found"]
        self._words = Lexicon((_lines(e, e.words) for e in found), **WORDS)
        self._tokens = Lexicon((_lines(e, e.tokens) for e in found), **TOKENS)
        self._without: dict[str, Knowledge] = {}

    def all(self) -> Knowledge:
        return Knowledge(WordScores(self._tokens.scores), WordScores(self._words.scores))

    def without(self, site: str) -> Knowledge:
        if site not in self._without:  # the last one is kept: examples come site by site
            tokens, words = self._tokens.without(site), self._words.without(site)
            self._without = {site: Knowledge(WordScores(tokens), WordScores(words))}
        return self._without[site]


def _lines(example: Example, words: Sequence[set[str]]) -> Lines:
    trusted = [own if trust >= 0.2 else set() for own, trust in zip(words, example.target.trust, strict=True)]
    return Lines(example.site, trusted, example.target.body.tolist())


def _first_rows(example: Example, knowledge: Knowledge) -> Rows:
    if example.wordless:
        knowledge = knowledge._replace(words=WordScores({}))
    example.features.know(knowledge)
    return example.rows[: first_features(example.media_type)].copy()


def _lessons(examples: Sequence[Example], rows: Iterable[Rows]) -> tuple[Rows, Rows, Rows]:
    """The blocks that can teach something: their features, blocks × features, classes, and weights."""
    random = np.random.default_rng(RECIPE.seed)
    chosen, wanted, weights = [], [], []
    for example, columns in zip(examples, rows, strict=True):
        kept, weight = _choose(example, random)
        chosen.append(columns[:, kept].T)
        wanted.append(example.target.body[kept])
        weights.append(weight[kept])
    return np.concatenate(chosen), np.concatenate(wanted).astype(np.float32), np.concatenate(weights)


def _choose(example: Example, random: np.random.Generator) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """The blocks to learn from, and the weights of all: of short lines far from the body, a share stands for all."""
    body, weights = np.flatnonzero(example.target.body), example.weights()
    telling = example.target.sizes >= _SHORT
    if len(body):
        telling[max(0, int(body[0]) - _BEFORE) : int(body[-1]) + _AFTER] = True
    taken = (weights > 0) & (telling | (random.random(len(weights)) < _FAR))
    return np.flatnonzero(taken), np.where(telling, weights, weights / np.float32(_FAR)).astype(np.float32)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, score, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--date", required=True, help="the day that the card states")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="folder of the weights and their card")
    parser.add_argument("--held-out", type=Path, metavar="FILE", help="write the held-out probabilities, as .npz")
    options = parser.parse_args(arguments)
    for folder in (options.out, *([options.held_out.parent] if options.held_out else [])):
        folder.mkdir(parents=True, exist_ok=True)  # a quarter of an hour before they are needed
    rows = list(read_rows(options.folder))
    with ProcessPoolExecutor(len(MEDIA_TYPES), multiprocessing.get_context("spawn")) as pool:
        trained = dict(zip(MEDIA_TYPES, pool.map(partial(learn, options.folder, rows), MEDIA_TYPES), strict=True))
    write(options.out, trained, card(options.folder, rows, trained, options.date))
    if options.held_out:
        write_held_out(options.held_out, trained)
    return 0


def learn(folder: Path, rows: Sequence[Row], kind: MediaType) -> Trained:
    """The model for one media type from the labelled pages; the two depend on nothing of each other."""
    bar = tqdm(rows, kind, disable=None, unit="page", position=MEDIA_TYPES.index(kind))
    examples = [one for row in bar for one in read_examples(folder, row) if one.media_type == kind]
    found = train(examples)
    return found._replace(scores=held_out_scores(rows, examples, found.held_out))


def write(folder: Path, trained: dict[MediaType, Trained], card: dict[str, Any]) -> None:
    """Write the weights and their card."""
    save_models(folder / "labeller.npz", {kind: found.model for kind, found in trained.items()})
    text = json.dumps(card, ensure_ascii=False, indent=2)
    (folder / "labeller.json").write_text(text + "\n", encoding="utf-8")


def write_held_out(path: Path, trained: dict[MediaType, Trained]) -> None:
    """Write the held-out probabilities, an array for each media type and page."""
    arrays = {f"{kind} {page}": chances for kind, found in trained.items() for page, chances in found.held_out.items()}
    np.savez_compressed(path, allow_pickle=False, **arrays)


def read_held_out(path: Path) -> dict[tuple[str, str], Rows]:
    """The probabilities of a page's blocks by media type and page, by weights that saw no page of its site."""
    with np.load(path) as arrays:
        return {(kind, page): arrays[f"{kind} {page}"] for kind, _, page in (key.partition(" ") for key in arrays)}


def card(
    folder: Path,
    rows: Sequence[Row],
    trained: dict[MediaType, Trained],
    date: str,
) -> dict[str, Any]:
    """What the weights were trained on, how, and how well they do on sites that they have not seen."""
    corpora = sorted({row["corpus"] for row in rows})
    return {
        "date": date,
        "pages_sha256": hashlib.sha256((folder / "pages.jsonl").read_bytes()).hexdigest(),
        "pages": {name: sum(row["corpus"] == name for row in rows) for name in corpora},
        "recipe": RECIPE._asdict(),
        "finer_recipe": FINER._asdict(),
        "trainer": {"lightgbm": version("lightgbm")},
        "folds": FOLDS,
        "voters": {name: version(name) for name in ("trafilatura", "readability-lxml", "resiliparse", "justext")},
        "features": {kind: list(found.model.names) for kind, found in trained.items()},
        "held_out_body_f1": {kind: found.scores for kind, found in trained.items()},
    }


if __name__ == "__main__":
    sys.exit(main())
