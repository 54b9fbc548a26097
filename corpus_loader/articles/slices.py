"""The body: the page's own characters, one slice a block."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from corpus_loader.articles.labels import body_places
from corpus_loader.records import BODY_LABELS, Document, Evidence, Finding, Label, LabelledBlock

__all__ = ["find_body"]

_RULES = {label: f"labelled-{label.value}" for label in Label if label in BODY_LABELS}


def find_body(document: Document, labels: Sequence[LabelledBlock]) -> Finding[str]:
    """The blocks that are body, standfirst or subheading, in page order, joined by blank lines.

    One evidence a slice, without a quote: the body itself holds the characters. The confidence is the labeller's.
    """
    slices, evidence = [], []
    for index in body_places(labels):
        (start, end, _), (label, score, _) = document.blocks[index], labels[index]
        slices.append(document.texts[index])
        evidence.append(Evidence("body", _RULES[label], start, end, confidence=_share(score)))
    if not slices:
        lines = len(document.blocks)
        return Finding(None, reason="no-body", detail=f"none of the {lines} lines of the page reads like an article's")
    return Finding("\n\n".join(slices), tuple(evidence))


@lru_cache(maxsize=16384)  # a score has four decimals
def _share(score: float) -> float:
    """A score as a confidence, to three digits: the same bytes on every machine."""
    return round(min(max(float(score), 0.0), 1.0), 3)
