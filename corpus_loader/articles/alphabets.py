"""What languages look like: scripts, alphabets and frequent words, read from `language.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["Alphabet", "Tables", "fold_word", "tables"]

#: Fewer letters than this name no language, whatever they are.
_FEWEST_LETTERS = 6
#: A Chinese, Japanese or Korean letter says about as much as two of an alphabet.
_WIDE = {"Hani": 2, "Hang": 2, "Kana": 2}
#: Natural logarithms: a letter that the alphabet lacks, one that is only tolerated, a frequent word, a start or an end.
_FOREIGN, _TOLERATED, _WORD, _AFFIX = -3.0, -0.4, 1.5, 0.6
#: Shorter words have no start or end worth a look.
_AFFIXED = 4

_FOLDED = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "ـ": None})
_MARKS = re.compile("[\u064b-\u0652\u0670\u200c\u200d]")


def fold_word(word: str) -> str:
    """A word in Arabic script with one yeh, kaf and alef, without ZWNJ, tatweel and vowel signs; a lookup key only."""
    return _MARKS.sub("", word.translate(_FOLDED))


@dataclass(frozen=True, slots=True)
class Alphabet:
    """How one language writes Arabic script; words, starts and ends are folded."""

    letters: frozenset[str]
    tolerated: frozenset[str]
    words: frozenset[str]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    prior: float


@dataclass(frozen=True)
class Tables:
    """The tables of `language.toml`."""

    #: The languages written in each script, as the model or the alphabets name them.
    written: Mapping[str, tuple[str, ...]]
    renamed: Mapping[str, str]
    several_scripts: frozenset[str]
    #: How much the model's answers count, where less than whole.
    weights: Mapping[str, float]
    alphabets: Mapping[str, Alphabet]
    han: Mapping[str, frozenset[str]]
    #: First and last code point of each run of letters, by script.
    ranges: Mapping[str, tuple[tuple[int, int], ...]]

    def script_shares(self, text: str) -> dict[str, float]:
        """The share of each script in the letters of a text, largest first; empty where letters are too few.

        Kana and the Han beside it are one script, `Kana`, where at least a tenth of them is kana.
        """
        import numpy as np

        points = np.frombuffer(text.encode("utf-32-le", "replace"), "<u4")
        indices = self._script_of[np.minimum(points, len(self._script_of) - 1)]
        counts = np.bincount(indices, minlength=len(self.ranges) + 1)[1:].tolist()
        found = {name: count * _WIDE.get(name, 1) for name, count in zip(self.ranges, counts, strict=True) if count}
        if "Kana" in found and found["Kana"] * 9 >= found.get("Hani", 0):
            found["Kana"] += found.pop("Hani", 0)
        total = sum(found.values())
        if total < _FEWEST_LETTERS:
            return {}
        return {name: count / total for name, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))}

    def tag(self, language: str, script: str, text: str) -> str:
        """The BCP 47 tag of a language of these tables that is written in this script."""
        if script == "Hani":
            return self._chinese_or_japanese(text)
        tag = self.renamed.get(language, language)
        usual = next(name for name, languages in self.written.items() if language in languages)
        return f"{tag}-{script}" if tag in self.several_scripts or script != usual else tag

    def _chinese_or_japanese(self, text: str) -> str:
        counts = {name: sum(map(text.count, letters)) for name, letters in self.han.items()}
        if counts["Jpan"] > max(counts["Hans"], counts["Hant"]):
            return "ja"
        if counts["Hans"] == counts["Hant"]:
            return "zh"
        return "zh-Hans" if counts["Hans"] > counts["Hant"] else "zh-Hant"

    def arabic_scores(self, words: Iterable[str]) -> dict[str, float]:
        """How well each language in Arabic script explains these words: natural logarithms, up to a constant."""
        scores = [alphabet.prior for alphabet in self.alphabets.values()]
        letters: Counter[str] = Counter()
        for word in words:
            letters.update(word)
            for i, value in self._word_values(fold_word(word)):
                scores[i] += value
        for letter, count in letters.items():
            for i, value in self._letter_values.get(letter, ()):
                scores[i] += value * count
        return dict(zip(self.alphabets, scores, strict=True))

    def _word_values(self, word: str) -> Sequence[tuple[int, float]]:
        known = self._words.get(word)
        if known is not None or len(word) < _AFFIXED:
            return known or ()
        return [
            (i, _AFFIX)
            for i, starts, ends in self._affixes
            if word.startswith(starts) or (ends and word.endswith(ends))
        ]

    @cached_property
    def _affixes(self) -> tuple[tuple[int, tuple[str, ...], tuple[str, ...]], ...]:
        numbered = enumerate(self.alphabets.values())
        return tuple((i, item.starts, item.ends) for i, item in numbered if item.starts or item.ends)

    @cached_property
    def _words(self) -> Mapping[str, tuple[tuple[int, float], ...]]:
        every = sorted({word for alphabet in self.alphabets.values() for word in alphabet.words})
        numbered = list(enumerate(self.alphabets.values()))
        return {word: tuple((i, _WORD) for i, alphabet in numbered if word in alphabet.words) for word in every}

    @cached_property
    def _letter_values(self) -> Mapping[str, tuple[tuple[int, float], ...]]:
        """What each letter costs the languages that do not write it; a letter of none costs nothing."""
        alphabets = list(enumerate(self.alphabets.values()))
        every = sorted({letter for _, alphabet in alphabets for letter in alphabet.letters})
        return {
            letter: tuple(
                (i, _TOLERATED if letter in alphabet.tolerated else _FOREIGN)
                for i, alphabet in alphabets
                if letter not in alphabet.letters
            )
            for letter in every
        }

    @cached_property
    def _script_of(self) -> npt.NDArray[np.uint8]:
        """For every code point the place of its script in `ranges`, counted from 1; 0 for what is no letter."""
        import numpy as np

        size = max(last for runs in self.ranges.values() for _, last in runs) + 2
        table = np.zeros(size, np.uint8)
        for i, runs in enumerate(self.ranges.values(), start=1):
            for first, last in runs:
                table[first : last + 1] = i
        return table


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables that ship with the package, read once."""
    facts = tomllib.loads(files("corpus_loader.articles").joinpath("language.toml").read_text(encoding="utf-8"))
    return Tables(
        written={script: tuple(languages) for script, languages in facts["written"].items()},
        renamed=facts["renamed"],
        several_scripts=frozenset(facts["several_scripts"]),
        weights=dict.fromkeys(facts["rare"]["languages"], facts["rare"]["weight"]),
        alphabets={language: _alphabet(facts["arabic"][language]) for language in facts["written"]["Arab"]},
        han={name: frozenset(letters) for name, letters in facts["han"].items()},
        ranges={script: tuple(map(_run, runs)) for script, runs in facts["ranges"].items()},
    )


def _alphabet(facts: Mapping[str, Any]) -> Alphabet:
    return Alphabet(
        letters=frozenset(facts["letters"]),
        tolerated=frozenset(facts.get("tolerated", "")),
        words=frozenset(map(fold_word, facts["words"].split())),
        starts=tuple(map(fold_word, facts.get("starts", ()))),
        ends=tuple(map(fold_word, facts.get("ends", ()))),
        prior=facts["prior"],
    )


def _run(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return int(first, 16), int(last or first, 16)
