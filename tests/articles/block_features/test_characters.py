"""The characters of a page: where lines are among them, and how many of each kind they have."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.block_features.characters import Characters
from corpus_loader.articles.block_features.counts import Sign, count_characters
from corpus_loader.articles.character_classes import CharacterClass, class_of_code_points

ANY = st.characters()  # lone surrogates too
TELLING = st.sampled_from("aAéپ漢5٣ .!,:“)-@|#©\u200c")
LINES = st.lists(st.text(ANY | TELLING, min_size=1, max_size=12), min_size=1, max_size=8)

LINE_BREAK, WORD = CharacterClass.SPACE, (CharacterClass.LATIN, CharacterClass.CAPITAL)
AFTER_SENTENCE = (CharacterClass.SPACE, CharacterClass.QUOTE, CharacterClass.SPACELESS, CharacterClass.BRACKET)


def classes(text: str) -> list[int]:
    return [int(class_of_code_points()[ord(character)]) for character in text]


@given(LINES)
def test_every_line_is_found_again(lines: list[str]) -> None:
    characters = Characters(lines)
    spans = zip(characters.starts, characters.ends, strict=True)
    assert [characters.text[start:end] for start, end in spans] == lines
    assert list(characters.kinds) == classes(characters.text)
    assert [characters.text[end] for end in characters.ends] == ["\n"] * len(lines)


@given(LINES)
def test_characters_are_counted_line_by_line(lines: list[str]) -> None:
    found = np.asarray(count_characters(Characters(lines)))
    for line, counts in zip(lines, found.tolist(), strict=True):
        kinds = classes(line)
        assert counts[: len(CharacterClass)] == [kinds.count(kind) for kind in CharacterClass]
        assert [counts[sign] for sign in (Sign.AT, Sign.BAR, Sign.HASH, Sign.COPYRIGHT)] == [
            line.count(sign) for sign in "@|#©"
        ]
        around = list(zip([LINE_BREAK, *kinds], kinds, [*kinds[1:], LINE_BREAK], line, strict=False))
        assert counts[Sign.INITIAL] == sum(
            kind == CharacterClass.CAPITAL and before not in WORD for before, kind, _, _ in around
        )
        assert counts[Sign.SENTENCE] == sum(
            kind == CharacterClass.STOP and after in AFTER_SENTENCE for _, kind, after, _ in around
        )
        assert counts[Sign.CLOCK] == sum(
            character == ":" and before == after == CharacterClass.DIGIT for before, _, after, character in around
        )
