# cython: boundscheck=False, wraparound=False
"""What each line of a page shows by itself.

No feature knows a language: characters count by class (`character_classes`), so that what is learned on pages in one
script holds in others.
"""

from __future__ import annotations

from corpus_loader.articles.block_features.characters import Characters, Kinds
from corpus_loader.articles.block_features.counts import Counts, Sign
from corpus_loader.articles.block_features.rows import Rows
from corpus_loader.articles.character_classes import CharacterClass

__all__ = ["LINE_NAMES", "fill_lines"]

_SIZE_NAMES = ("size", "words", "word_length")
_END_NAMES = ("stopped", "colon_end", "letter_end", "symbol_end", "digit_end", "first_kind")
_SENTENCE_NAMES = ("sentences", "words_a_sentence")
#: Of the classes from commas to symbols, the number for each word.
_WORD_NAMES = ("commas", "colons", "quotes", "brackets", "dashes", "symbols")
_SHARE_NAMES = ("digits", "capitals", "initials", "latin", "spaceless")
_MASS_NAMES = ("prose", "mass")
LINE_NAMES = (*_SIZE_NAMES, *_END_NAMES, *_SENTENCE_NAMES, *_WORD_NAMES, *_SHARE_NAMES, *_MASS_NAMES)

_LETTER = int(CharacterClass.LETTER)
_LATIN = int(CharacterClass.LATIN)
_CAPITAL = int(CharacterClass.CAPITAL)
_SPACELESS = int(CharacterClass.SPACELESS)
_DIGIT = int(CharacterClass.DIGIT)
_SPACE = int(CharacterClass.SPACE)
_STOP = int(CharacterClass.STOP)
_COMMA = int(CharacterClass.COMMA)
_COLON = int(CharacterClass.COLON)
_QUOTE = int(CharacterClass.QUOTE)
_BRACKET = int(CharacterClass.BRACKET)
_DASH = int(CharacterClass.DASH)
_SYMBOL = int(CharacterClass.SYMBOL)
_MARK = int(CharacterClass.MARK)
_INITIAL = int(Sign.INITIAL)
_SENTENCE = int(Sign.SENTENCE)

#: A character of a script without spaces says about as much as this many letters, and this many words.
_SPACELESS_LETTERS, _SPACELESS_WORDS = 2.5, 0.5
#: What a letter counts as prose where no sentence ends in its line.
_UNENDED = 0.1


def fill_lines(characters: Characters, counts: Counts, rows: Rows, row: int) -> None:
    """Write the features of each line, with `size`, `words` and `sentences` as they are, not yet as logarithms.

    Args:
        characters: the characters of the page.
        counts: the counts of them.
        rows: the table.
        row: the row of the first of the features.

    """
    kinds, starts, ends = characters.kinds, characters.starts, characters.ends
    for line in range(counts.shape[0]):
        _fill_line(kinds, starts[line], ends[line], counts, line, rows, row)


def _fill_line(kinds: Kinds, start: int, end: int, counts: Counts, line: int, rows: Rows, row: int) -> None:
    length = max(end - start, 1)
    latin, spaceless = counts[line, _LATIN] + counts[line, _CAPITAL], counts[line, _SPACELESS]
    size = counts[line, _LETTER] + latin + counts[line, _DIGIT] + _SPACELESS_LETTERS * spaceless
    words = counts[line, _SPACE] + 1 + _SPACELESS_WORDS * spaceless
    last = _last(kinds, start, end)
    stopped = last == _STOP
    sentences = counts[line, _SENTENCE] + (stopped and kinds[end - 1] != _STOP)

    rows[row, line] = size
    rows[row + 1, line] = words
    rows[row + 2, line] = size / words

    rows[row + 3, line] = stopped
    rows[row + 4, line] = last == _COLON
    rows[row + 5, line] = last <= _SPACELESS
    rows[row + 6, line] = last >= _DASH
    rows[row + 7, line] = last == _DIGIT
    rows[row + 8, line] = kinds[start]

    rows[row + 9, line] = sentences
    rows[row + 10, line] = words / max(sentences, 1)

    for kind in range(_COMMA, _SYMBOL + 1):
        rows[row + 11 + kind - _COMMA, line] = counts[line, kind] / words

    rows[row + 17, line] = counts[line, _DIGIT] / length
    rows[row + 18, line] = counts[line, _CAPITAL] / length
    rows[row + 19, line] = counts[line, _INITIAL] / words
    rows[row + 20, line] = latin / length
    rows[row + 21, line] = spaceless / length

    rows[row + 22, line] = size if sentences else _UNENDED * size
    rows[row + 23, line] = size


def _last(kinds: Kinds, start: int, end: int) -> int:
    """The class of the line's last character; of the one before it, where the last is a quote, a bracket or a mark."""
    last = kinds[end - 1] if start < end else _SPACE
    if start < end - 1 and last in (_QUOTE, _BRACKET, _MARK):
        last = kinds[end - 2]
    return last
