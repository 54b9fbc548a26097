"""Short texts in one spelling, and their words."""

from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.wording import is_spaceless, words_of


def test_words_are_in_lower_case_and_characters_of_spaceless_scripts_stand_alone() -> None:
    assert words_of("Ada's 2nd_talk: 東京 ＮＥＷＳ, มา می‌رود") == [
        *("ada", "s", "2nd_talk", "東", "京", "ｎｅｗｓ", "ม", "า", "می", "رود"),
    ]
    assert words_of(" .,«») ") == words_of("") == []


@given(st.text())
def test_no_letter_is_lost_between_words(text: str) -> None:
    kept = [char for char in text.casefold() if char.isalnum() or char == "_" or is_spaceless(char)]
    assert "".join(words_of(text)) == "".join(kept)


@given(st.lists(st.text("abc_7éس", min_size=1), max_size=8))
def test_what_stands_between_spaces_is_a_word(words: list[str]) -> None:
    assert words_of(" ".join(words)) == words
