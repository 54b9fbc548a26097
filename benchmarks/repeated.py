"""What the lines that repeat across a site tell of its pages: `python -m benchmarks.repeated [--held-out FILE]`.

The labelled pages of sites with two pages or more, understood as `build` does: each alone, and with the lines that
stand on other articles of its site. The pages of one site are few, so that this shows what little repetition does.
FILE holds labels by weights that saw no page of a site (`python -m training.labeller --held-out FILE`); without it the
shipped weights label, which saw most of these pages.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.eval_pages import EVAL_FOLDER, EvalPage, load_scorer, read_eval_pages
from benchmarks.held_out import held_out_labeller
from benchmarks.ours import Labeller, cut_pages
from corpus_loader.articles.headline import find_title
from corpus_loader.articles.labeller import label_many
from corpus_loader.articles.repeated import NO_LINES, Repeated, site_of
from corpus_loader.articles.slices import find_body
from corpus_loader.articles.structure import refine
from corpus_loader.corpus.sample import take_sample
from corpus_loader.records import Document, LabelledBlock


class Bodies(NamedTuple):
    """The bodies of one page."""

    gold: str
    alone: str
    among: str


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=EVAL_FOLDER, help="the folder of labelled pages")
    parser.add_argument("--held-out", type=Path, metavar="FILE", help="held-out labels")
    options = parser.parse_args()
    pages, scorer = read_eval_pages(options.pages), load_scorer(options.pages)
    labeller = held_out_labeller(options.held_out) if options.held_out else label_many
    print("| pages | n | body F1 alone | among its site's | better | worse |\n|---|---:|---:|---:|---:|---:|")
    for form in ("text", "html"):
        found = dict(_bodies(pages, form, labeller))
        for row, trainable in (("sites to train on", True), ("never trained on", False)):
            own = [bodies for page, bodies in found.items() if page.trainable is trainable]
            scores = [[scorer.page_f1(scorer.body_counts(one.gold, body)) for body in one[1:]] for one in own]
            alone, among = (
                scorer.score_bodies([(one.gold, one[i]) for one in own], n_bootstrap=0)["f1"] for i in (1, 2)
            )
            better, worse = sum(b > a for a, b in scores), sum(b < a for a, b in scores)
            print(f"| {form}, {row} | {len(own)} | {alone:.4f} | {among:.4f} | {better} | {worse} |")


def _bodies(pages: Sequence[EvalPage], form: str, labeller: Labeller) -> Iterator[tuple[EvalPage, Bodies]]:
    """The pages with a gold body whose site repeats lines."""
    by_name = {page.id: page for page in pages if form == "text" or page.html is not None}
    repeated = take_sample((page.page(form) for page in by_name.values()), len(by_name)).repeated
    chosen = [page for page in by_name.values() if page.body and site_of(page.page(form)) in repeated]
    for start in range(0, len(chosen), 64):
        documents = cut_pages(chosen[start : start + 64], form)
        for (name, document), labels in zip(documents.items(), labeller(list(documents.values())), strict=True):
            yield by_name[name], _both(by_name[name], document, labels, repeated)


def _both(
    page: EvalPage, document: Document, labels: Sequence[LabelledBlock], repeated: Mapping[str, Repeated]
) -> Bodies:
    title = find_title(document, labels)
    alone, among = (
        find_body(document, refine(document, lines.refuse(document, labels), title)).value
        for lines in (NO_LINES, repeated[site_of(document.page)])
    )
    return Bodies(page.without_optional(page.body), page.without_optional(alone), page.without_optional(among))


if __name__ == "__main__":
    main()
