"""Lookup keys: folded one to one, so that an offset in the key is an offset in the text. Text itself is never folded.

Digits of every script become ASCII. Letters lose case, accents, hamza and the differences between Arabic, Persian, Urdu
and Kurdish keyboards. What prints nothing inside a word (ZWNJ, soft hyphen, tatweel, vowel signs) becomes `JOINER`,
which names in the tables are written without; direction marks become spaces.
"""

from __future__ import annotations

import sys
import unicodedata

__all__ = ["INVISIBLE", "JOINER", "MARKS", "WORD", "fold", "word_key"]

#: Stands for every invisible character inside a word: tatweel, a letter to regular expressions.
JOINER = "\u0640"
#: Direction marks and other zero-width characters that may stand anywhere around a date; for a character class.
INVISIBLE = "\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff"
#: What may stand inside a word beside letters: joiners and the vowel signs of many scripts; for a character class.
MARKS = (
    "\xad\u200c\u200d\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903"
    "\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a81-\u0a83"
    "\u0abc-\u0acd\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03"
    "\u0d3b-\u0d4d\u0d82\u0d83\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
#: A word with its marks, as a regular expression.
WORD = rf"[^\W\d_]+(?:[{MARKS}]+[^\W\d_]*)*"

_GROUPS = {
    "ا": "أإآٱٲٳ",
    "ی": "يىېۍێئےۓ",
    "ک": "كڪگګ",
    "ه": "ةۀەھہۂۃ",
    "و": "ؤۆۇۈۉۋ",
    "ل": "ڵ",
    "ر": "ڕ",
    "σ": "ς",
    "i": "ıİ",
    "o": "ø",
    "d": "đ",
    "l": "ł",
    "-": "‐‑‒–—−",
    ",": "،，",
    "'": "‘’׳ʼ`´",
    "/": "⁄∕／؍",
    ":": "：",
    "(": "（[",
    ")": "）]",
    ".": "．٫",
    " ": "\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\xa0\u202f",
    JOINER: "\xad\u200c\u200d",
}


class _Folds(dict[int, str]):
    """The fold of each code point, found in the Unicode database when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    code = ord(character)
    if category == "Mn" and code < 0x900:  # in Indic scripts vowel signs tell words apart
        return JOINER
    if code < 0x600 or 0x1E00 <= code < 0x2000:  # Latin, Greek, Cyrillic: the letter without its accents
        base = unicodedata.normalize("NFD", character)[0]
        return _FOLDS[ord(base)] if base != character else character
    if code >= 0xFB00:  # Arabic presentation forms, full-width letters
        plain = unicodedata.normalize("NFKC", character).strip().lower()
        return _FOLDS[ord(plain)] if len(plain) == 1 and plain != character else character
    return character


_FOLDS = _Folds({ord(source): target for target, sources in _GROUPS.items() for source in sources})


def fold(text: str) -> str:
    """The key of a text: the same length, lower case, one digit set, one letter for each family of look-alikes."""
    if text.isascii():
        return text.lower()
    return text.replace("İ", "i").lower().translate(_FOLDS)


def word_key(word: str) -> str:
    """The key of one word or name: folded, without joiners, single spaces."""
    return sys.intern(" ".join(fold(word).replace(JOINER, "").split()))
