# cython: boundscheck=False, wraparound=False
"""Single signs of furniture in any script: teasers are cut off, comments tell the time, captions their owner."""

from __future__ import annotations

from corpus_loader.articles.block_features.characters import Characters
from corpus_loader.articles.block_features.counts import Counts, Sign
from corpus_loader.articles.block_features.rows import Rows

__all__ = ["SIGN_NAMES", "fill_signs"]

SIGN_NAMES = ("ats", "bars", "hashes", "copyrights", "clocks", "cut_off", "asks")

_AT = int(Sign.AT)
_BAR = int(Sign.BAR)
_HASH = int(Sign.HASH)
_COPYRIGHT = int(Sign.COPYRIGHT)
_CLOCK = int(Sign.CLOCK)
#: More of one sign are not counted.
_MOST = 3


def fill_signs(characters: Characters, counts: Counts, rows: Rows, row: int) -> None:
    """Write how many of each sign each line has, whether its end is cut off, and whether it asks.

    Args:
        characters: the characters of the page.
        counts: the counts of them.
        rows: the table.
        row: the row of the first of the features.

    """
    text, starts, ends = characters.text, characters.starts, characters.ends
    for line in range(counts.shape[0]):
        rows[row, line] = min(counts[line, _AT], _MOST)
        rows[row + 1, line] = min(counts[line, _BAR], _MOST)
        rows[row + 2, line] = min(counts[line, _HASH], _MOST)
        rows[row + 3, line] = min(counts[line, _COPYRIGHT], _MOST)
        rows[row + 4, line] = min(counts[line, _CLOCK], _MOST)
        rows[row + 5, line] = _cut_off(text, starts[line], ends[line])
        rows[row + 6, line] = starts[line] < ends[line] and _asks(text[ends[line] - 1])


def _cut_off(text: str, start: int, end: int) -> bool:
    """Whether the line ends in an ellipsis."""
    return start < end and (text[end - 1] == "…" or (start < end - 1 and text[end - 1] == "." and text[end - 2] == "."))


def _asks(character: str) -> bool:
    return character in ("?", "؟", "？")
