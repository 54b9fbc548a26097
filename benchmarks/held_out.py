"""The labels of pages by weights that saw no page of their sites, as `training.labeller --held-out` wrote them."""

from __future__ import annotations

from pathlib import Path

from benchmarks.ours import Labeller
from corpus_loader.articles.labeller import label, labelled
from corpus_loader.records import Document, LabelledBlock
from training.labeller import read_held_out

__all__ = ["held_out_labeller"]


def held_out_labeller(file: Path) -> Labeller:
    """Labels from the folds' probabilities; pages that no fold has, for doubtful gold, by the shipped weights."""
    scores = read_held_out(file)

    def label_one(document: Document) -> tuple[LabelledBlock, ...]:
        found = scores.get((document.page.media_type, document.page.name))
        if found is None or len(found) != len(document.blocks):
            return label(document)
        return labelled(found)

    return lambda documents: [label_one(document) for document in documents]
