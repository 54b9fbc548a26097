"""Examples to train the labeller on: pages in several forms, each with what its blocks are and how sure that is.

Only rows of use "train" are read. A gold body labels the blocks that hold it; `with` and `without` sentences label the
blocks that hold them; for the rest the votes of existing extractors stand in, where they agree.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.block_features.rows import Rows
from corpus_loader.articles.block_features.table import PageFeatures, feature_names
from corpus_loader.articles.block_features.words import line_words
from corpus_loader.errors import PageError
from corpus_loader.pages.cutting import cut
from corpus_loader.pages.text import cut_text
from corpus_loader.records import Document, MediaType, Page
from training.gold import align, tokens

__all__ = ["Example", "Target", "read_examples", "read_rows", "read_target"]

Row = dict[str, Any]
#: Bodies by existing extractors, each behind the weight of its vote.
Silver = Sequence[tuple[float, str]]

#: The weight of a block on which all extractors agree, beside a block of a gold page.
_SILVER = 0.35
#: Votes that are closer to half than this say nothing.
_UNDECIDED = 0.15
_SEGMENT = 1.5


class Target(NamedTuple):
    """For each block, whether it is body, how sure that is (0: unknown), and how many words it has."""

    body: npt.NDArray[np.bool_]
    trust: npt.NDArray[np.float32]
    sizes: npt.NDArray[np.int64]

    def part(self, start: int, end: int) -> Target:
        """The same for some of the blocks."""
        return Target(self.body[start:end], self.trust[start:end], self.sizes[start:end])


class Example(NamedTuple):
    """One page in one form."""

    id: str
    site: str
    media_type: MediaType
    #: As found, or a variant to learn from: only pages as found are scored.
    form: str
    texts: Sequence[str]
    features: PageFeatures
    #: What the features are written into.
    rows: Rows
    target: Target
    words: Sequence[set[str]]
    tokens: Sequence[set[str]]
    #: Learned from as if no word were known, as in a language that no training page is in.
    wordless: bool = False

    def weights(self) -> npt.NDArray[np.float32]:
        """How much each block counts: each page about the same, longer blocks more."""
        body = max(int(self.target.sizes[self.target.body].sum()), 50)
        found: npt.NDArray[np.float32] = self.target.trust * np.sqrt((self.target.sizes + 2) / body) * 10
        return found.astype(np.float32)


def read_rows(folder: Path) -> Iterator[Row]:
    """The rows that may be trained on."""
    with (folder / "pages.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["use"] == "train" and not row.get("low_agreement"):
                yield row


def site_of(row: Row) -> str:
    """The site that the page is from: sites, not pages, are dealt to folds."""
    return str(row.get("site") or row["id"]).removeprefix("www.")


def read_examples(folder: Path, row: Row) -> list[Example]:
    """The page as HTML and as a text dump; the dump also in lower case, or with less around the body."""
    html = _document(folder, row, "html", "text/html")
    dump = _document(folder, row, "text", "text/plain")
    silver = _silver(html) if html and not row.get("gold_body") else ()
    found = []
    for document in (html, dump):
        if document is not None:
            target = read_target(row, document, silver)
            example = _example(row, document, target, "found")
            variants = _variants(row, document, target) if document is dump else _wordless(example)
            found += [example, *variants]
    return found


def _silver(page: Document) -> Silver:
    from training.silver import extracts  # the extractors are not needed where all pages have gold

    return extracts(page.source)


def _document(folder: Path, row: Row, key: str, media_type: MediaType) -> Document | None:
    content = gzip.decompress((folder / row[key]).read_bytes())
    url = row.get("url") or ""
    page = Page(name=row["id"], content=content, media_type=media_type, url=url if url.startswith("http") else None)
    try:
        document = cut(page)
    except PageError:
        return None
    return document if document.blocks else None


def _example(row: Row, document: Document, target: Target, form: str) -> Example:
    media_type = document.page.media_type
    rows = np.zeros((len(feature_names(media_type)), len(document.blocks)), np.float32)
    texts, features = document.texts, PageFeatures(document, rows)
    words, named = line_words(texts), features.tokens()
    return Example(row["id"], site_of(row), media_type, form, texts, features, rows, target, words, named)


def _wordless(example: Example) -> Iterator[Example]:
    dice = random.Random(example.id)  # noqa: S311 - the same for the same page
    if dice.random() < 0.3:
        yield example._replace(form="wordless", wordless=True)


def _variants(row: Row, dump: Document, target: Target) -> Iterator[Example]:
    """The dump without letter case, as most of the world's scripts are; and as another dumper would cut it."""
    dice = random.Random(row["id"])  # noqa: S311 - the same for the same page
    texts = list(dump.texts)
    if dice.random() < 0.3:
        yield _example(row, _redone(dump, dump.text.lower()), target, "lower")._replace(wordless=True)
    body = np.flatnonzero(target.body)
    if len(body) and len(texts) > 1:
        start = max(1, int(body[0]) - dice.choice((0, 1, 2, 3, 5, 8, 20)))
        end = min(len(texts), int(body[-1]) + 1 + dice.choice((0, 1, 2, 3, 5, 8, 20)))
        if start < end:
            yield _example(
                row, _redone(dump, "\n\n".join(texts[start:end])), target.part(start, end), "trimmed"
            )._replace(wordless=dice.random() < 0.5)


def _redone(dump: Document, text: str) -> Document:
    return cut_text(dump.page, text, dump.encoding)


def read_target(row: Row, document: Document, silver: Silver) -> Target:
    """What each block of the page is, by the best evidence that there is."""
    texts = list(document.texts)
    if row.get("gold_body"):
        share, sizes = align(texts, row["gold_body"])
        optional = {line.strip() for line in row.get("optional", ())}
        trust = np.array([text.strip() not in optional for text in texts], np.float32)
        return Target(share >= 0.5, trust, sizes)
    sizes = np.array([len(tokens(text)) for text in texts], np.int64)
    votes = np.zeros(len(texts))
    for weight, extract in silver:
        votes += weight * (align(texts, extract)[0] >= 0.5)
    cast = sum(weight for weight, _ in silver)
    agreed = votes / max(cast, 1)
    decided = np.abs(agreed - 0.5)
    trust = np.where((decided >= _UNDECIDED) & (cast >= 2.5), 2 * decided * _SILVER, 0).astype(np.float32)
    body = agreed >= 0.5
    _read_segments(row, texts, body, trust)
    return Target(body, trust, sizes)


def _read_segments(row: Row, texts: Sequence[str], body: npt.NDArray[np.bool_], trust: npt.NDArray[np.float32]) -> None:
    """Put in what the row's `with` and `without` sentences tell."""
    inside = [_squeezed(segment) for segment in row.get("with", ())]
    outside = [_squeezed(segment) for segment in row.get("without", ())]
    for i, text in enumerate(map(_squeezed, texts)):
        if any(segment in text for segment in inside):
            body[i], trust[i] = True, _SEGMENT
        elif any(segment in text for segment in outside):
            body[i], trust[i] = False, _SEGMENT


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
