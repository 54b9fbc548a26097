"""One spelling for short texts, so that two printings of the same words can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["is_spaceless", "title_key", "whole_words", "word_stems", "words_of"]

_QUOTES = re.compile("[‘’‚‛`´ʼʹ′“”„‟«»‹›″「」『』\"']")
_DASHES = re.compile("[‐‑‒–—―−]")
#: Soft hyphen, joiners, directional marks, BOM: in or out of a title by chance.
_INVISIBLE = re.compile("[\xad\u200b-\u200f\u2060\ufeff]")
#: Any of them: most lines have none.
_ANY = re.compile("|".join(pattern.pattern for pattern in (_QUOTES, _DASHES, _INVISIBLE)))


#: Longer lines are not remembered: a thousand of them can be a gigabyte.
_REMEMBERED = 2000


def title_key(text: str) -> str:
    """The characters of a title in one spelling, for comparing titles: case, quotes, dashes and spaces do not count."""
    return _remembered_key(text) if len(text) <= _REMEMBERED else _key(text)


@lru_cache(maxsize=1024)  # several rules ask about the same lines
def _remembered_key(text: str) -> str:
    return _key(text)


def _key(text: str) -> str:
    if text.isascii():
        text = text.replace('"', " ").replace("'", " ").replace("`", " ")
    else:
        text = unicodedata.normalize("NFKC", text)
        if _ANY.search(text):
            text = _QUOTES.sub(" ", _INVISIBLE.sub("", _DASHES.sub("-", text)))
    return " ".join(text.casefold().split()).strip(" .…-|:")


#: Characters of scripts that are written without spaces stand one by one; words of all others.
_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u3005-\u3005\u3007-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
#: Vowel signs and diacritics stand within words, but are no letters to a pattern: what parts words is told instead.
_WHOLE = re.compile(rf"[{_SPACELESS}]|[^\s!-/:-@\[-`{{-~،؛؟۔।•·{_SPACELESS}]+")


def _flags(ranges: str) -> bytes:
    """For each code point of the first plane 1 if it is in one of the ranges, else 0."""
    found = bytearray(1 << 16)
    for first, last in zip(ranges[::3], ranges[2::3], strict=True):
        found[ord(first) : ord(last) + 1] = b"\1" * (ord(last) + 1 - ord(first))
    return bytes(found)


_ALONE = _flags(_SPACELESS)


def is_spaceless(word: str) -> bool:
    """Is this one of `words_of` a character of a script without spaces?"""
    return len(word) == 1 and _is_alone(word)


def _is_alone(char: str) -> bool:
    return ord(char) < len(_ALONE) and _ALONE[ord(char)] == 1


def words_of(text: str) -> list[str]:
    """The words of a text in lower case; single characters where its script has no spaces."""
    words = []
    text = text.casefold()
    begin = 0
    for place in range(len(text)):
        char = text[place]
        alone = _is_alone(char)
        if not alone and (char.isalnum() or char == "_"):
            continue
        if begin < place:
            words.append(text[begin:place])
        if alone:
            words.append(char)
        begin = place + 1
    if begin < len(text):
        words.append(text[begin:])
    return words


def whole_words(text: str) -> list[str]:
    """The same, with the vowel signs and diacritics of each word, at which `words_of` breaks it."""
    return _WHOLE.findall(text.casefold())


#: Words are compared by so many first letters, as languages inflect them; shorter ones than the least say nothing.
_STEM, _LEAST = 5, 4
#: A syllable of Korean is one character, and particles follow each word.
_SYLLABLES, _STEM_OF_SYLLABLES = re.compile("[\uac00-\ud7a3]{2}"), 2


def word_stems(key: str) -> set[str]:
    """The beginnings of the words of a `title_key`, without short words and those of scripts without spaces."""
    words = whole_words(key)
    stems = {word[:_STEM] for word in words if len(word) >= _LEAST and not _SYLLABLES.match(word)}
    return stems | {word[:_STEM_OF_SYLLABLES] for word in words if _SYLLABLES.match(word)}
