"""What is looked at in the lines of every page, dump or HTML: blank lines are not, as some dumpers keep none."""

from __future__ import annotations

import numpy as np

from corpus_loader.articles.block_features.characters import Characters
from corpus_loader.articles.block_features.counts import Counts
from corpus_loader.articles.block_features.headlines import HEADLINE_NAMES, fill_headline
from corpus_loader.articles.block_features.lines import LINE_NAMES, fill_lines
from corpus_loader.articles.block_features.places import AROUND_NAMES, PLACE_NAMES, fill_around, fill_places
from corpus_loader.articles.block_features.repeats import REPEAT_NAMES, fill_repeats
from corpus_loader.articles.block_features.rows import Rows
from corpus_loader.articles.block_features.runs import fill_run, run_names
from corpus_loader.records import Document

__all__ = ["TEXT_NAMES", "fill_text"]

TEXT_NAMES = (
    *LINE_NAMES,
    *PLACE_NAMES,
    *AROUND_NAMES,
    *run_names("run"),
    *run_names("wide_run"),
    *REPEAT_NAMES,
    *HEADLINE_NAMES,
)

_SIZE, _WORDS = TEXT_NAMES.index("size"), TEXT_NAMES.index("words")
_SENTENCES = TEXT_NAMES.index("sentences")
_PROSE = TEXT_NAMES.index("prose")
_FROM_TOP = TEXT_NAMES.index("from_top")
_AROUND = TEXT_NAMES.index(AROUND_NAMES[0])
_RUN = TEXT_NAMES.index("in_run")
_WIDE_RUN = TEXT_NAMES.index("in_wide_run")
_COPIES = TEXT_NAMES.index("copies")
_HEADLINE = TEXT_NAMES.index("headline")

#: Prose comes in twentieths of a letter: sums of whole numbers are exact, so that runs of equal gain are equal.
_TWENTIETHS = 20
#: What a line's prose adds to a run: so much at most, less what a line costs.
_MOST, _COST, _WIDE_COST = 400 * _TWENTIETHS, 12 * _TWENTIETHS, 4 * _TWENTIETHS


def fill_text(document: Document, characters: Characters, counts: Counts, rows: Rows) -> None:
    """Write the text features of a page, from the first row on.

    Args:
        document: the page.
        characters: the characters of its lines.
        counts: the counts of them.
        rows: the table.

    """
    fill_lines(characters, counts, rows, 0)
    for raw in (rows[_SIZE : _WORDS + 1], rows[_SENTENCES]):
        np.log1p(raw, out=raw)
    fill_places(rows, _FROM_TOP)
    prose = rows[_PROSE].astype(np.float64)
    fill_around(np.log1p(prose), rows, _AROUND)
    gains = np.minimum(np.rint(prose * _TWENTIETHS), _MOST)
    fill_run(gains - _COST, prose, rows, _RUN)
    fill_run(gains - _WIDE_COST, prose, rows, _WIDE_RUN)
    fill_repeats(document.texts, rows, _COPIES)
    fill_headline(document, int(rows[_RUN].argmax()), rows, _HEADLINE)
