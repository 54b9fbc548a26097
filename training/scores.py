"""How well held-out labels make bodies: the metric of the article-extraction-benchmark, over 4-grams of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from corpus_loader.articles.block_features.rows import Rows
from training.examples import Example
from training.gold import tokens

__all__ = ["body_f1", "held_out_scores"]

_GRAM = 4
_RESAMPLES = 500
Counts = tuple[float, float, float]


def held_out_scores(
    rows: Sequence[dict[str, Any]], examples: Sequence[Example], held_out: dict[str, Rows]
) -> dict[str, dict[str, float]]:
    """For each corpus with gold bodies: pages, F1, and its standard error by bootstrap over pages."""
    gold = {row["id"]: row for row in rows if row.get("gold_body")}
    counts: dict[str, list[Counts]] = {}
    for example in examples:
        if example.form == "found" and example.id in gold:
            row = gold[example.id]
            kept = held_out[example.id] >= 0.5
            body = " ".join(text for text, inside in zip(example.texts, kept, strict=True) if inside)
            counts.setdefault(row["corpus"], []).append(_counts(row["gold_body"], body))
    return {corpus: _summary(found) for corpus, found in sorted(counts.items())}


def _counts(gold: str, body: str) -> Counts:
    wanted, found = _grams(gold), _grams(body)
    both = sum((wanted & found).values())
    extra, missed = sum(found.values()) - both, sum(wanted.values()) - both
    total = max(both + extra + missed, 1)
    return both / total, extra / total, missed / total


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = tokens(text)
    return Counter(tuple(words[i : i + _GRAM]) for i in range(max(1, len(words) - _GRAM + 1))) if words else Counter()


def body_f1(counts: Sequence[Counts]) -> float:
    """The harmonic mean of mean precision over pages with a body found, and mean recall over pages with one."""
    precisions = [hit / (hit + extra) for hit, extra, _ in counts if hit + extra > 0]
    recalls = [hit / (hit + missed) for hit, _, missed in counts if hit + missed > 0]
    precision = sum(precisions) / max(len(precisions), 1)
    recall = sum(recalls) / max(len(recalls), 1)
    return 2 * precision * recall / max(precision + recall, 1e-9)


def _summary(counts: Sequence[Counts]) -> dict[str, float]:
    random = np.random.default_rng(0)
    resampled = [body_f1([counts[i] for i in random.integers(0, len(counts), len(counts))]) for _ in range(_RESAMPLES)]
    return {"pages": len(counts), "f1": round(body_f1(counts), 4), "error": round(float(np.std(resampled)), 4)}
