# cython: boundscheck=False, wraparound=False
"""How much words speak for body or for furniture, as learned from the pages of many sites."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from corpus_loader.articles.block_features.keys import KEY_BITS, small_letters, word_key

__all__ = ["UNKNOWN", "WordScores"]

#: Stands for the score of a word that has none: no score is so high.
UNKNOWN = 2.0

#: The key in an empty slot.
_NO_KEY = 0
_KEY_BITS = KEY_BITS


class WordScores:
    """How much words of texts, or of classes and ids, speak for body, to be looked up by their keys.

    Args:
        scores: a number between -1 and 1 for each word, in lower case.

    """

    def __init__(self, scores: Mapping[str, float]) -> None:
        self.scores = scores
        self._bits = (2 * len(scores) + 1).bit_length()  # more slots than twice the words: some are always empty
        self._keys = np.full(1 << self._bits, _NO_KEY, np.int64)
        self._values = np.full(1 << self._bits, UNKNOWN, np.float32)
        small = small_letters()
        for word, score in scores.items():
            key = word_key(word, 0, len(word), small)
            slot = self._slot(key)
            if self._keys[slot] == key:
                raise ValueError(f"{word!r} has the key of another word: give the keys another factor")
            self._keys[slot] = key
            self._values[slot] = score

    def __reduce__(self) -> tuple[type[WordScores], tuple[Mapping[str, float]]]:
        return WordScores, (self.scores,)

    def look_up(self, key: int) -> float:
        """The score of the word of that key; `UNKNOWN` if it has none."""
        score: float = self._values[self._slot(key)]
        return score

    def _slot(self, key: int) -> int:
        """Where the key stands, or would."""
        slot = key >> (_KEY_BITS - self._bits)
        while self._keys[slot] != _NO_KEY and self._keys[slot] != key:
            slot = (slot + 1) & ((1 << self._bits) - 1)
        return slot
