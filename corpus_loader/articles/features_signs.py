"""Single signs of furniture in any script: teasers are cut off, comments tell the time, captions their owner."""

from __future__ import annotations

import numpy as np

from corpus_loader.articles.batch import Characters
from corpus_loader.articles.character_classes import CharacterClass
from corpus_loader.articles.features import Columns
from corpus_loader.articles.lines import Numbers

__all__ = ["sign_columns"]

_SIGNS = {"ats": "@", "bars": "|", "hashes": "#", "copyrights": "©"}


def sign_columns(characters: Characters) -> Columns:
    """How many of each sign a line has, and whether its end is cut off, by name."""
    codes, digit = characters.codes, characters.kinds == CharacterClass.DIGIT
    found: Columns = {name: _count(characters, np.flatnonzero(codes == ord(sign))) for name, sign in _SIGNS.items()}
    colons = np.flatnonzero(codes[:-1] == ord(":"))  # the last character is a line break
    found["clocks"] = _count(characters, colons[digit[colons - 1] & digit[colons + 1]])
    last, second = codes[characters.ends - 1], codes[characters.ends - 2]
    found["cut_off"] = (last == ord("…")) | ((last == ord(".")) & (second == ord(".")))
    found["asks"] = (last == ord("?")) | (last == ord("؟")) | (last == ord("？"))
    return found


def _count(characters: Characters, places: Numbers) -> Numbers:
    """How many of the places are in each line, 3 for more."""
    found = np.bincount(characters.line[places], minlength=len(characters.starts))
    return np.minimum(found, 3)
