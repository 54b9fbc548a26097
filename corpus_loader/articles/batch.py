"""Several pages side by side, as arrays over their blocks and characters: what features are made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.character_classes import class_of_code_points
from corpus_loader.articles.lines import Lines, Numbers
from corpus_loader.memory import keep_freed_memory
from corpus_loader.records import Document, MediaType

__all__ = ["Batch", "Characters"]


class Batch:
    """Several pages of one media type, each with at least one block.

    Args:
        documents: the pages.

    """

    def __init__(self, documents: Sequence[Document]) -> None:
        keep_freed_memory()
        self.documents = documents
        self.media_type: MediaType = documents[0].page.media_type
        self.lines = Lines(np.array([len(document.blocks) for document in documents]))
        #: The text of each block.
        self.texts = [text for document in documents for text in document.texts]
        #: The number of characters of each.
        self.lengths: Numbers = np.fromiter(map(len, self.texts), np.intp, self.lines.n)

    def pages(self) -> Iterator[tuple[Document, int, int]]:
        """Each page with the places of its first line and of the line after its last."""
        starts = self.lines.starts.tolist()
        return zip(self.documents, starts, [*starts[1:], self.lines.n], strict=True)


class Characters:
    """The characters of lines, one after another, with a line break after each line.

    Args:
        texts: the lines, none of them empty.

    """

    def __init__(self, texts: Sequence[str]) -> None:
        encoded = "\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass")
        self.codes: npt.NDArray[np.uint32] = np.frombuffer(encoded, np.uint32)
        self.kinds: npt.NDArray[np.uint8] = class_of_code_points().take(self.codes)
        lengths: Numbers = np.fromiter(map(len, texts), np.intp, len(texts))
        #: The places of each line's first character, and of the line break after its last.
        self.ends = np.cumsum(lengths + 1) - 1
        self.starts = self.ends - lengths
        #: The number of each character's line.
        self.line = np.repeat(np.arange(len(texts), dtype=np.int32), lengths + 1)
