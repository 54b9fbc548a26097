"""What languages look like: scripts, alphabets and frequent words, read from `language.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import chain
from struct import Struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["Alphabet", "Tables", "fold", "tables"]

#: Fewer letters than this name no language, whatever they are.
_FEWEST_LETTERS = 6
#: A Chinese, Japanese or Korean letter says about as much as two of an alphabet.
_WIDE = {"Hani": 2, "Hang": 2, "Kana": 2}
#: Natural logarithms: a letter that the alphabet lacks, one that is only tolerated, a listed word, a piece of one.
_FOREIGN, _TOLERATED, _WORD, _PIECE = -2.5, -0.2, 2.0, 0.6
#: Shorter words have no pieces worth a look.
_PIECED = 4
#: Words whose values are kept: a language has few frequent ones.
_REMEMBERED = 8192
#: About so many characters of a long text, evenly spread, tell its scripts.
_COUNTED = 2000

_FOLDED = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "ـ": None})
_WORDS = re.compile(r"[^\W\d_]+")
_MARKS = re.compile("[\u064b-\u0652\u0670\u200c\u200d]")


def fold(text: str) -> str:
    """Words in Arabic script with one yeh, kaf and alef, without ZWNJ, tatweel and vowel signs; for lookup alone."""
    return _MARKS.sub("", text.translate(_FOLDED))


@dataclass(frozen=True, slots=True)
class Alphabet:
    """How one language writes Arabic script."""

    #: The model's classes for it or for what it looks most like; none where its letters alone tell it.
    like: tuple[str, ...]
    #: How much rarer than those it is, a natural logarithm.
    prior: float
    letters: frozenset[str]
    tolerated: frozenset[str]
    #: Folded words that what it is taken for lacks.
    words: frozenset[str]
    #: What such words begin with, end in or hold.
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    parts: tuple[str, ...]

    def value(self, letter: str) -> float:
        """What a letter says for this language, a natural logarithm."""
        return 0.0 if letter in self.letters else _TOLERATED if letter in self.tolerated else _FOREIGN

    def has_piece(self, word: str) -> bool:
        """Whether a folded word has any of the listed pieces."""
        return word.startswith(self.starts) or word.endswith(self.ends) or any(map(word.__contains__, self.parts))


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
    #: For frequent words the languages that they are frequent in.
    frequent: Mapping[str, tuple[str, ...]]
    han: Mapping[str, frozenset[str]]
    #: First and last code point of each run of letters, by script.
    ranges: Mapping[str, tuple[tuple[int, int], ...]]

    @cached_property
    def arabic_classes(self) -> tuple[str, ...]:
        """The model's classes that any language in Arabic script is like."""
        return tuple(dict.fromkeys(name for alphabet in self.alphabets.values() for name in alphabet.like))

    def script_shares(self, text: str) -> dict[str, float]:
        """The share of each script in the letters of a text, largest first; empty where letters are too few.

        Of a long text every second, third … character counts. Kana and the Han beside it are one script, `Kana`, where
        at least a tenth of them is kana.
        """
        import numpy as np

        sample = text[:: 1 + len(text) // _COUNTED]
        points = np.frombuffer(sample.encode("utf-32-le", "replace"), "<u4")
        indices = self._script_of.take(points, mode="clip")
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

    def frequent_language(self, text: str, lead: int) -> str | None:
        """The language of which the text holds so many more frequent words than of any other; None where none leads."""
        languages, ballots, columns = self._ballots
        cast = sum(filter(None, map(ballots.get, _WORDS.findall(text.casefold()))))
        votes = columns.unpack(cast.to_bytes(columns.size, "little"))
        next_most, most = sorted(votes)[-2:]
        return languages[votes.index(most)] if most - next_most >= lead else None

    @cached_property
    def _ballots(self) -> tuple[Sequence[str], Mapping[str, int], Struct]:
        """The languages that have frequent words, and for each such word one vote for each of its languages.

        The votes are a column of 16 bits for each language, all in one number, so that to add is to count: that is
        three times as fast as counting names. No text of fewer words than 65,536 makes a column overflow.
        """
        languages = sorted(set(chain.from_iterable(self.frequent.values())))
        votes = {language: 1 << 16 * column for column, language in enumerate(languages)}
        ballots = {word: sum(map(votes.__getitem__, spoken)) for word, spoken in self.frequent.items()}
        return languages, ballots, Struct(f"<{len(languages)}H")

    def arabic_scores(self, text: str) -> dict[str, float]:
        """What letters, words and rarity say for each language in Arabic script: natural logarithms and a constant."""
        scores = [alphabet.prior for alphabet in self.alphabets.values()]
        for values in map(self._word_values, _WORDS.findall(fold(text))):
            for i, value in values:
                scores[i] += value
        for letter, count in Counter(text).items():
            for i, value in self._letter_values.get(letter, ()):
                scores[i] += value * count
        return dict(zip(self.alphabets, scores, strict=True))

    @cached_property
    def _word_values(self) -> Callable[[str], Sequence[tuple[int, float]]]:
        return lru_cache(maxsize=_REMEMBERED)(self._values_of)

    def _values_of(self, word: str) -> Sequence[tuple[int, float]]:
        """What a folded word says for each language."""
        known = self._words.get(word)
        if known is not None:
            return known
        if len(word) < _PIECED:
            return ()
        return [(i, _PIECE) for i, item in self._pieced if item.has_piece(word)]

    @cached_property
    def _pieced(self) -> tuple[tuple[int, Alphabet], ...]:
        numbered = enumerate(self.alphabets.values())
        return tuple((i, item) for i, item in numbered if item.starts or item.ends or item.parts)

    @cached_property
    def _words(self) -> Mapping[str, tuple[tuple[int, float], ...]]:
        every = sorted({word for alphabet in self.alphabets.values() for word in alphabet.words})
        numbered = list(enumerate(self.alphabets.values()))
        return {word: tuple((i, _WORD) for i, item in numbered if word in item.words) for word in every}

    @cached_property
    def _letter_values(self) -> Mapping[str, tuple[tuple[int, float], ...]]:
        """What each letter says for each language; a letter that none of them writes says nothing."""
        numbered = list(enumerate(self.alphabets.values()))
        every = sorted({letter for _, item in numbered for letter in item.letters})
        return {letter: tuple((i, value) for i, item in numbered if (value := item.value(letter))) for letter in every}

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
        frequent=_languages_by_word(facts["frequent"]),
        han={name: frozenset(letters) for name, letters in facts["han"].items()},
        ranges={script: tuple(map(_run, runs)) for script, runs in facts["ranges"].items()},
    )


def _languages_by_word(words: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, listed in words.items():
        for word in dict.fromkeys(listed.split()):
            found[word] = (*found.get(word, ()), language)
    return found


def _alphabet(facts: Mapping[str, Any]) -> Alphabet:
    return Alphabet(
        like=tuple(facts["like"]),
        prior=facts["prior"],
        letters=frozenset(facts["letters"]),
        tolerated=frozenset(facts["tolerated"]),
        words=frozenset(map(fold, facts.get("words", "").split())),
        starts=tuple(map(fold, facts.get("starts", ()))),
        ends=tuple(map(fold, facts.get("ends", ()))),
        parts=tuple(map(fold, facts.get("parts", ()))),
    )


def _run(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return int(first, 16), int(last or first, 16)
