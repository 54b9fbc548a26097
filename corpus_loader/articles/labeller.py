"""Which blocks are the article: prose lines, and what stands between them."""

from __future__ import annotations

from collections.abc import Iterable

from corpus_loader.records import Document, Label, LabelledBlock

__all__ = ["label", "label_many"]

_STOPS = tuple(".!?؟۔。…»”\"")
_PROSE = 60  # code points: menus and captions are shorter, paragraphs longer
_GAP = 2  # so many lines that are no prose end the body


def label(document: Document) -> tuple[LabelledBlock, ...]:
    """Label every block, in page order."""
    texts = [document.block_text(i) for i in range(len(document.blocks))]
    prose = [len(t) >= _PROSE and t.endswith(_STOPS) for t in texts]
    start, end = _heaviest_run(texts, prose)
    title = next((i for i in range(start - 1, -1, -1) if len(texts[i]) >= 20), None)
    return tuple(_label(i, texts[i], prose[i], start, end, title) for i in range(len(texts)))


def label_many(documents: Iterable[Document]) -> list[tuple[LabelledBlock, ...]]:
    """Label many documents, in their order."""
    return [label(document) for document in documents]


def _label(i: int, text: str, prose: bool, start: int, end: int, title: int | None) -> LabelledBlock:
    if start <= i < end:
        kind = Label.BODY if prose or len(text) >= _PROSE else Label.SUBHEADING
        if text.isascii() and text.isupper():
            kind = Label.FURNITURE
        return LabelledBlock(kind, 0.9)
    return LabelledBlock(Label.TITLE if i == title else Label.FURNITURE, 0.1)


def _heaviest_run(texts: list[str], prose: list[bool]) -> tuple[int, int]:
    """The run of prose lines, gaps of at most `_GAP` allowed, that holds the most characters."""
    best, best_mass, i = (0, 0), 0, 0
    while i < len(texts):
        if not prose[i]:
            i += 1
            continue
        j, end, mass = i, i + 1, 0
        while j < len(texts) and j - end < _GAP:
            if prose[j]:
                end, mass = j + 1, mass + len(texts[j])
            j += 1
        if mass > best_mass:
            best, best_mass = (i, end), mass
        i = end
    return best
