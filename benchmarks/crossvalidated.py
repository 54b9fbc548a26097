"""Ours by cross-validation: every page by weights, of labeller and headline, that saw no page of its site."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.eval_pages import EvalPage
from benchmarks.held_out import held_out_labeller
from benchmarks.ours import Labeller, cut_pages
from benchmarks.scores import Extracted, Run
from corpus_loader.articles.headline import find_title
from corpus_loader.articles.slices import find_body
from corpus_loader.articles.structure import refine
from corpus_loader.records import Evidence, Finding
from training import headline

__all__ = ["run_held_out"]


def run_held_out(pages: Sequence[EvalPage], file: Path) -> list[Run]:
    """A run for each form over the pages that may be trained on, by the labels that `training.labeller` held out."""
    trainable = [page for page in pages if page.trainable]
    held_out = held_out_labeller(file)
    titles = _held_out_titles(trainable, held_out)
    return [_run(trainable, form, held_out, titles) for form in ("text", "html")]


def _held_out_titles(pages: Sequence[EvalPage], held_out: Labeller) -> dict[tuple[str, str], Evidence]:
    """The best candidate of each page with a gold title, by form and page id."""
    scored = headline.cross_validate(list(headline.examples(pages, labeller=held_out)))
    return {(one.form, one.page.id): one.titles[int(np.argmax(scores))] for one, scores in scored}


def _run(pages: Sequence[EvalPage], form: str, held_out: Labeller, titles: dict[tuple[str, str], Evidence]) -> Run:
    documents = cut_pages(pages, form)
    found = {page.id: Extracted("", "") for page in pages if form == "text" or page.html is not None}
    for name, labels in zip(documents, held_out(list(documents.values())), strict=True):
        document, place = documents[name], titles.get((form, name))
        title = find_title(document, labels) if place is None else Finding(place.quote, (place,))
        found[name] = Extracted(title.value, find_body(document, refine(document, labels, title)).value)
    return Run("corpus_loader, cross-validated", form, found)
