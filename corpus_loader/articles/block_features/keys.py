# cython: boundscheck=False, wraparound=False
"""Keys: one number for a word, or for what else has several parts. By chance alone do two of them share one."""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.block_features.rows import Numbers
from corpus_loader.articles.character_classes import CharacterClass, class_of_code_points

__all__ = ["KEY_BITS", "Keys", "ascii_key", "longer_key", "number_keys", "small_letters", "text_key", "word_key"]

Keys = npt.NDArray[np.int64]

#: The golden ratio: it spreads numbers that are close to each other.
_FACTOR = 0x9E3779B97F4A7C15
#: Keys have so many bits and no sign; the highest are the most mixed.
KEY_BITS = 63
_BITS = KEY_BITS
_ALL_BITS = 0x7FFFFFFFFFFFFFFF
#: The bits from here on say how far a key moves on in a table: it first stands where its highest say.
_STEP = 20
#: The bit that tells small letters from capitals in ASCII.
_CASE = 32


def longer_key(key: int, part: int) -> int:
    """The key of what has a key so far, 0 for nothing, and one more part, a small number."""
    return (key + part) * _FACTOR & _ALL_BITS


def text_key(text: str, start: int, length: int) -> int:
    """The key of so many characters from that place on."""
    key = 0
    for place in range(start, start + length):
        key = longer_key(key, ord(text[place]))
    return key


def word_key(text: str, start: int, length: int, small: str) -> int:
    """The key of so many letters from that place on, whatever their case.

    Args:
        text: where the word stands.
        start: where in it.
        length: how many letters the word has.
        small: the `small_letters`.

    """
    key = 0
    for place in range(start, start + length):
        key = longer_key(key, ord(small[ord(text[place])]))
    return key


def ascii_key(text: bytes, start: int, length: int) -> int:
    """The `word_key` of so many letters, all of ASCII."""
    key = 0
    for place in range(start, start + length):
        key = longer_key(key, text[place] | _CASE)
    return key


@functools.cache
def small_letters() -> str:
    """Each code point, or the small letter of a capital: by itself, so that no character moves."""
    found = np.arange(0x110000, dtype=np.uint32)
    capital = np.flatnonzero(class_of_code_points() == CharacterClass.CAPITAL)
    # These two alone become two characters, or depend on what follows them.
    small = "".join(map(chr, capital.tolist())).replace("İ", "i").replace("Σ", "σ").lower()
    found[capital] = np.frombuffer(small.encode("utf-32-le"), np.uint32)
    return found.tobytes().decode("utf-32-le", "surrogatepass")


def number_keys(keys: Keys, numbers: Numbers) -> int:
    """Number the different keys as they first come; how many there are.

    Args:
        keys: the keys; afterwards the different ones stand at its front, in order.
        numbers: where each key's number is written.

    """
    n = keys.shape[0]
    bits = 1
    while 1 << bits < 2 * n:
        bits += 1
    last = (1 << bits) - 1
    table = np.zeros(1 << bits, np.intp)  # of the key in each slot the number, counted from 1; 0 in an empty slot
    different = 0
    for i in range(n):
        key = keys[i]
        slot = key >> (_BITS - bits)
        while table[slot] != 0 and keys[table[slot] - 1] != key:
            slot = (slot + (key >> _STEP & last | 1)) & last  # keys that meet in one slot part, even chosen ones
        if table[slot] == 0:
            keys[different] = key
            different += 1
            table[slot] = different
        numbers[i] = table[slot] - 1
    return different
