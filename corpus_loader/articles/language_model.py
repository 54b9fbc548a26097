# cython: boundscheck=False, wraparound=False
"""The n-gram model of py3langid: how likely each language is, by what its automaton finds in a text.

The automaton is walked here, compiled: that takes a fifth of the time of its own loop. The numbers are its own.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from py3langid import langid

__all__ = ["Model", "model_of"]


class _Automaton(NamedTuple):
    #: 256 states for each row, the next for each byte.
    moves: npt.NDArray[np.uint32]
    #: The row of each state, and the feature that is found where it is reached, or -1.
    rows: npt.NDArray[np.uint32]
    features: npt.NDArray[np.int32]


class Model(NamedTuple):
    """The model restricted to some of its languages, one column each; a language can have two."""

    automaton: _Automaton
    languages: tuple[str, ...]
    #: The log-likelihood of each feature, features × columns; and what each column starts from.
    weights: npt.NDArray[np.float16]
    bias: npt.NDArray[np.float32]
    #: The first and the other column of each language that has two.
    twice: tuple[tuple[int, int], ...]

    def shares(self, text: str) -> dict[str, float]:
        """How likely the text is in each of the languages, as shares of 1."""
        letters = unicodedata.normalize("NFC", text.lower() if text.isupper() else text)
        points = letters.encode("utf-8", "surrogatepass")
        moves, rows, features = self.automaton
        counts = Counter(_features(points, moves, rows, features))
        scores = np.zeros(len(self.languages), np.float32)
        if counts:
            found = np.fromiter(counts.keys(), np.intp, len(counts))
            often = np.fromiter(counts.values(), np.float32, len(counts))
            scores = np.log1p(often) @ self.weights[found] + self.bias
        scores *= 1.0 / math.sqrt(len(points) or 1)  # else long texts are all too sure
        np.exp(scores - scores.max(), out=scores)
        scores /= scores.sum()
        for first, other in self.twice:
            scores[first] += scores[other]
        shares: dict[str, float] = {}
        for language, share in zip(self.languages, scores.tolist(), strict=True):
            shares.setdefault(language, share)
        return shares


@cache
def model_of(languages: tuple[str, ...]) -> Model:
    """The model restricted to these languages; all share the automaton."""
    model, automaton = _whole()
    columns = [column for column, language in enumerate(model.nb_classes) if language in languages]
    names = tuple(model.nb_classes[column] for column in columns)
    twice = tuple((names.index(name), column) for column, name in enumerate(names) if names.index(name) < column)
    weights = np.ascontiguousarray(model.nb_ptc[:, columns])  # a feature's row in one piece of memory: half the time
    return Model(automaton, names, weights, model.nb_pc[columns], twice)


@lru_cache(maxsize=1)
def _whole() -> tuple[langid.LanguageIdentifier, _Automaton]:
    model = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    moves, rows = (np.asarray(numbers, np.uint32) for numbers in (model.tk_nextmove, model.tk_row))
    return model, _Automaton(moves, rows, np.asarray(model.tk_output, np.int32))


def _features(
    points: bytes, moves: npt.NDArray[np.uint32], rows: npt.NDArray[np.uint32], features: npt.NDArray[np.int32]
) -> list[int]:
    """The features that the automaton finds in these bytes, in their order."""
    found: list[int] = []
    state = 0
    for byte in points:
        state = moves[(rows[state] << 8) + byte]
        feature = features[state]
        if feature >= 0:
            found.append(feature)
    return found
