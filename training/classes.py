"""The table of character classes, from Python's Unicode character database: `python -m training.classes --write`."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.character_classes import CharacterClass

__all__ = ["classify", "main", "run_lengths"]

WEIGHTS = Path(__file__).resolve().parents[1] / "corpus_loader" / "articles" / "weights"

_STOPS = set(".!?…。．！？｡؟۔।॥։።܀‼⁇⁈⁉︒﹒﹖﹗")
_COMMAS = set(",;،؛、，；､；᛫፣፤﹐﹑﹔")
_COLONS = set(":：︓﹕")
_QUOTES = set("\"'`´«»‹›「」『』《》〈〉“”„‟‘’‚‛")
#: Scripts written without spaces between words.
_SPACELESS = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
)
_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9F), (0x20000, 0x3FFFF))


def classify(code: int) -> CharacterClass:
    """The class of one code point."""
    character = chr(code)
    for signs, kind in (
        (_STOPS, CharacterClass.STOP),
        (_COMMAS, CharacterClass.COMMA),
        (_COLONS, CharacterClass.COLON),
        (_QUOTES, CharacterClass.QUOTE),
    ):
        if character in signs:
            return kind
    category = unicodedata.category(character)
    if category[0] == "L" or category in ("Mc", "Nl"):
        return _letter(code, character, category)
    kinds = {"Z": CharacterClass.SPACE, "N": CharacterClass.DIGIT, "M": CharacterClass.MARK, "S": CharacterClass.SYMBOL}
    if category[0] in kinds:
        return kinds[category[0]]
    return {
        "Cc": CharacterClass.SPACE,
        "Cf": CharacterClass.MARK,
        "Pi": CharacterClass.QUOTE,
        "Pf": CharacterClass.QUOTE,
        "Ps": CharacterClass.BRACKET,
        "Pe": CharacterClass.BRACKET,
        "Pd": CharacterClass.DASH,
    }.get(category, CharacterClass.SYMBOL)


def _letter(code: int, character: str, category: str) -> CharacterClass:
    if any(low <= code <= high for low, high in _SPACELESS + _IDEOGRAPHS):
        return CharacterClass.SPACELESS
    if category in ("Lu", "Lt"):
        return CharacterClass.CAPITAL
    if code < 0x250 or "LATIN" in unicodedata.name(character, ""):
        return CharacterClass.LATIN
    return CharacterClass.LETTER


def run_lengths() -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """The table as runs: where each begins, and its class."""
    classes = np.array([classify(code) for code in range(0x110000)], np.uint8)
    starts = np.flatnonzero(np.diff(classes, prepend=255))
    return starts.astype(np.int32), classes[starts]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how many runs the table has, and write it if told to."""
    parser = argparse.ArgumentParser(prog="python -m training.classes", description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write weights/character_classes.npz")
    options = parser.parse_args(arguments)
    starts, classes = run_lengths()
    print(f"{len(starts):,} runs of code points, by Unicode {unicodedata.unidata_version}")
    if options.write:
        np.savez(WEIGHTS / "character_classes.npz", starts=starts, classes=classes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
