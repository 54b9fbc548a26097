"""The text features of small pages, by name."""

from collections.abc import Sequence

import numpy as np

from corpus_loader.articles.block_features.characters import Characters
from corpus_loader.articles.block_features.counts import count_characters
from corpus_loader.articles.block_features.rows import Rows
from corpus_loader.articles.block_features.signs import SIGN_NAMES, fill_signs
from corpus_loader.articles.block_features.text import TEXT_NAMES, fill_text
from corpus_loader.records import Block, Document, Metadatum, Page


def page_of(lines: Sequence[str], headlines: Sequence[str] | None = None) -> Document:
    """A page of these lines: a text dump, or HTML that states these headlines."""
    blocks, start = [], 0
    for line in lines:
        blocks.append(Block(start, start + len(line)))
        start += len(line) + 1
    text = "\n".join(lines)
    page = Page("page", b"", "text/plain" if headlines is None else "text/html")
    return Document(page, text, text, blocks, [Metadatum("h1", headline) for headline in headlines or ()])


def text_rows(document: Document) -> Rows:
    """The rows of the text features, and of the signs after them."""
    rows = np.full((len(TEXT_NAMES) + len(SIGN_NAMES), len(document.texts)), np.nan, np.float32)
    characters = Characters(document.texts)
    counts = count_characters(characters)
    fill_text(document, characters, counts, rows)
    fill_signs(characters, counts, rows, len(TEXT_NAMES))
    return rows


def look(*lines: str, headlines: Sequence[str] | None = None) -> dict[str, list[float]]:
    """The values of each feature, line by line."""
    rows = text_rows(page_of(lines, headlines))
    return dict(zip((*TEXT_NAMES, *SIGN_NAMES), rows.tolist(), strict=True))
