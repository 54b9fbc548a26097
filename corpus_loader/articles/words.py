"""How much the words of a line speak for body or for furniture, as learned from the pages of many sites."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from corpus_loader.articles.features import Columns

__all__ = ["line_words", "word_columns"]

_WORD = re.compile(r"[^\W\d_]{3,}")
#: Characters of a line that are read: furniture shows at its beginning.
_READ = 300
#: Letters of a word that count: more would split a word's endings into different words.
_STEM = 7

_FLOAT = np.float32


def line_words(text: str) -> set[str]:
    """The beginnings of a line's words, in lower case."""
    return {word[:_STEM] for word in _WORD.findall(text[:_READ].lower())}


def word_columns(texts: Sequence[str], scores: Mapping[str, float]) -> Columns:
    """The word features of every block, by name; without known words in a line, zeros.

    Args:
        texts: the text of each block.
        scores: for beginnings of words, how much they speak for body.

    """
    n = len(texts)
    found = np.zeros((4, n), _FLOAT)
    for i, text in enumerate(texts):
        words = line_words(text)
        known = [scores[word] for word in words if word in scores]
        if known:
            found[:, i] = sum(known) / len(known), min(known), max(known), len(known) / len(words)
    mean, low, high, known_share = found
    warning = np.maximum(-low, 0)
    behind = np.zeros(n, _FLOAT)
    for offset in range(1, min(9, n)):
        behind[offset:] = np.maximum(behind[offset:], warning[:-offset] * _FLOAT(0.85**offset))
    return {
        "words_mean": mean,
        "words_low": low,
        "words_high": high,
        "words_known": known_share,
        "words_low_behind": behind,
    }
