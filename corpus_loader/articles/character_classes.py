"""One byte for each code point: what kind of character it is, whatever its script.

The table comes from the Unicode character database and is shipped as data, so that a page is labelled alike under every
version of Python; `python -m training.classes --write` writes it.
"""

from __future__ import annotations

import enum
import functools
from importlib import resources

import numpy as np
import numpy.typing as npt

__all__ = ["CharacterClass", "class_of_code_points"]


class CharacterClass(enum.IntEnum):
    """The kinds of characters that prose, menus and captions mix differently."""

    #: Letters, marks and numerals of scripts that are neither Latin nor written without spaces.
    LETTER = 0
    LATIN = 1
    #: Capital and title-case letters.
    CAPITAL = 2
    #: Letters of scripts written without spaces: Han, kana, Thai, Lao, Myanmar, Khmer.
    SPACELESS = 3
    DIGIT = 4
    SPACE = 5
    #: Ends a sentence: . ! ? … and their likes.
    STOP = 6
    #: Divides a sentence: , ; and their likes.
    COMMA = 7
    COLON = 8
    QUOTE = 9
    BRACKET = 10
    DASH = 11
    #: Other punctuation and symbols: | / • © arrows.
    SYMBOL = 12
    #: Invisible characters inside words: joiners, directional marks, combining marks.
    MARK = 13


@functools.cache
def class_of_code_points() -> npt.NDArray[np.uint8]:
    """The class of each of the 1,114,112 code points."""
    with (
        resources.files(__package__).joinpath("weights/character_classes.npz").open("rb") as file,
        np.load(file) as table,
    ):
        return np.repeat(table["classes"], np.diff(table["starts"], append=0x110000))
