"""Tell the blocks of an article from the furniture of its page, by trained trees that look twice.

The first look sees each block, its neighbours and its place; the second sees also what the first thought of the blocks
around, and asks finer trees where its quick ones are in doubt. Text dumps and HTML pages have a model each, trained
alike. The weights are data (`weights/labeller.npz`), made by `python -m training.labeller`; their card is
`weights/labeller.json`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.block_features.rows import Rows
from corpus_loader.articles.block_features.table import Knowledge, PageFeatures, first_features
from corpus_loader.articles.block_features.word_scores import WordScores
from corpus_loader.articles.trees import Forest, probability
from corpus_loader.articles.trees_leafwise import LeafwiseForest
from corpus_loader.records import Document, Label, LabelledBlock, MediaType

__all__ = ["Model", "SecondLook", "explain", "label", "label_many", "labelled", "save_models", "score_many", "shipped"]

#: A block is body from this probability on.
_THRESHOLD = 0.5
#: It is from this one on if it lies between two lines of body, as the trees doubt short subheadings; or if no block of
#: the page is likelier, as where a blog opens its comments with one paragraph.
_ALMOST = 0.45
#: The quick trees are in doubt where the log-odds are nearer to nothing than this: probabilities of .3 to .7, one block
#: in ten to twenty. Finer trees for all blocks score the same and take ten to twenty times as long.
_DOUBT = 0.85
#: Pages are looked at together until they have so many blocks.
_BATCH = 8192
#: So many features are named in an explanation.
_REASONS = 4


class SecondLook(NamedTuple):
    """Quick trees for all blocks, and finer ones for those that the quick ones leave in doubt."""

    quick: Forest
    finer: LeafwiseForest

    def log_odds(self, rows: Rows) -> Rows:
        """The log-odds of being body; `rows` is features × blocks."""
        found = self.quick.log_odds(rows)
        doubted = np.abs(found) < _DOUBT
        found[doubted] = self.finer.log_odds(rows[:, doubted])
        return found

    def contributions(self, rows: Rows) -> Rows:
        """How much each feature moved each block's log-odds, in the trees that decided, features × blocks."""
        found = self.quick.contributions(rows)
        doubted = np.abs(self.quick.log_odds(rows)) < _DOUBT
        found[:, doubted] = self.finer.contributions(rows[:, doubted])
        return found


class Model(NamedTuple):
    """The labeller of one media type."""

    #: The features, in the order of the table.
    names: tuple[str, ...]
    knowledge: Knowledge
    first: Forest
    second: SecondLook

    def look(self, documents: Sequence[Document]) -> tuple[Rows, Rows]:
        """The log-odds of being body of all blocks, page by page, and the table they rest on; for pages with blocks."""
        places = _places(documents)
        table = np.empty((len(self.names), places[-1].stop), np.float32)
        pages = [PageFeatures(document, table[:, own]) for document, own in zip(documents, places, strict=True)]
        for page in pages:
            page.know(self.knowledge)
        first = probability(self.first.log_odds(table[: first_features(documents[0].page.media_type)]))
        for page, own in zip(pages, places, strict=True):
            page.look_again(first[own])
        return self.second.log_odds(table), table


def _places(documents: Sequence[Document]) -> list[slice]:
    """Where the blocks of each document stand among those of all."""
    ends = accumulate((len(document.blocks) for document in documents), initial=0)
    return [slice(*place) for place in pairwise(ends)]


def label(document: Document) -> tuple[LabelledBlock, ...]:
    """Label every block, in page order: BODY or FURNITURE, with the probability of body."""
    return label_many([document])[0]


def label_many(documents: Iterable[Document]) -> list[tuple[LabelledBlock, ...]]:
    """Label many documents, in their order; each depends on its own page alone."""
    return [labelled(scores) for scores in score_many(documents)]


def labelled(scores: Rows) -> tuple[LabelledBlock, ...]:
    """The label of each block of one page, by its probability of body."""
    body, almost = scores >= _THRESHOLD, scores >= _ALMOST
    if not body.any():
        body = almost
    body[1:-1] |= almost[1:-1] & body[:-2] & body[2:]
    return tuple(map(_block, body.tolist(), scores.tolist()))


@cache
def _block(is_body: bool, score: float) -> LabelledBlock:
    """One value for all blocks that are alike: a score has four decimals, so that there are not many."""
    return LabelledBlock(Label.BODY if is_body else Label.FURNITURE, score)


def score_many(documents: Iterable[Document]) -> list[Rows]:
    """The probability of body of every block of many documents, in their order."""
    documents = list(documents)
    found = [np.zeros(0, np.float32)] * len(documents)
    for batch in _batches(documents):
        pages = [documents[i] for i in batch]
        scores = probability(shipped()[pages[0].page.media_type].look(pages)[0])
        for i, own in zip(batch, _places(pages), strict=True):
            found[i] = scores[own]
    return found


def _batches(documents: Sequence[Document]) -> Iterator[list[int]]:
    """The numbers of the documents that have blocks, by media type, so many at a time that memory stays bounded."""
    for media_type in shipped():
        batch: list[int] = []
        blocks = 0
        for i, document in enumerate(documents):
            if document.blocks and document.page.media_type == media_type:
                batch.append(i)
                blocks += len(document.blocks)
                if blocks >= _BATCH:
                    yield batch
                    batch, blocks = [], 0
        if batch:
            yield batch


def explain(document: Document) -> tuple[tuple[str, ...], ...]:
    """For every block the features that moved its score most, strongest first: `prose_share=0.12 (+1.84)`."""
    if not document.blocks:
        return ()
    model = shipped()[document.page.media_type]
    _, rows = model.look([document])
    moved = model.second.contributions(rows)
    order = np.argsort(-np.abs(moved), axis=0, kind="stable")[:_REASONS]
    return tuple(
        tuple(f"{model.names[f]}={rows[f, i]:.4g} ({moved[f, i]:+.2f})" for f in order[:, i] if moved[f, i])
        for i in range(rows.shape[1])
    )


@cache
def shipped() -> Mapping[MediaType, Model]:
    """The models that ship with the package."""
    with as_file(files("corpus_loader.articles").joinpath("weights", "labeller.npz")) as path, np.load(path) as stored:
        return {"text/plain": _load(stored, "text"), "text/html": _load(stored, "html")}


def _load(stored: Mapping[str, npt.NDArray[Any]], kind: str) -> Model:
    def scores(name: str) -> dict[str, float]:
        words = str(stored[f"{kind}.{name}"]).split()
        return dict(zip(words, stored[f"{kind}.{name}.scores"].tolist(), strict=True))

    def forest(name: str) -> Forest:
        features, thresholds, leaves, bias = (stored[f"{kind}.{name}.{part}"] for part in Forest._fields)
        return Forest(features, thresholds, leaves, float(bias))

    names = tuple(str(stored[f"{kind}.names"]).split())
    finer = LeafwiseForest(*(stored[f"{kind}.finer.{part}"] for part in LeafwiseForest._fields))
    second = SecondLook(forest("second"), finer)
    return Model(names, Knowledge(WordScores(scores("tokens")), WordScores(scores("words"))), forest("first"), second)


def save_models(path: Path, models: Mapping[MediaType, Model]) -> None:
    """Write models as the package ships them; equal models give equal bytes."""
    stored: dict[str, npt.ArrayLike] = {}
    for media_type, model in models.items():
        kind = "html" if media_type == "text/html" else "text"
        stored[f"{kind}.names"] = " ".join(model.names)
        for name, known in model.knowledge._asdict().items():
            stored[f"{kind}.{name}"] = " ".join(known.scores)
            stored[f"{kind}.{name}.scores"] = np.array(list(known.scores.values()), np.float32)
        for name, forest in (("first", model.first), ("second", model.second.quick), ("finer", model.second.finer)):
            for part, values in forest._asdict().items():
                stored[f"{kind}.{name}.{part}"] = values
    np.savez(path, **stored)  # type: ignore[arg-type]  # mypy takes the arrays for allow_pickle
