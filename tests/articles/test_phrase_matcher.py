"""Phrases are found wherever a text says them, by one walk through it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.phrase_matcher import PhraseMatcher

LETTERS = "abé سر\u200cσς"
PHRASES = st.lists(st.text(LETTERS, min_size=1, max_size=6).filter(str.strip), min_size=1, max_size=8)


def ends_first(phrases: list[str], text: str) -> int:
    """What `find` promises, by looking for each phrase at each place of a text without white space to be squeezed."""
    spaced = [" ".join(phrase.split()).casefold() for phrase in phrases]
    for end in range(1, len(text) + 1):
        found = [end - len(phrase) for phrase in spaced if text[:end].casefold().endswith(phrase)]
        if found:
            return min(found)
    return -1


@given(PHRASES, st.text(LETTERS + "xAÉΣ", max_size=40).map(lambda text: " ".join(text.split())))
def test_it_finds_what_looking_everywhere_finds(phrases, text):
    assert PhraseMatcher(phrases).find(text) == ends_first(phrases, text)


@given(PHRASES, st.text(LETTERS + "xA\u00a0\n\U0001f4f0", max_size=40))
def test_white_space_makes_no_difference_but_to_the_place(phrases, text):
    matcher, squeezed = PhraseMatcher(phrases), " ".join(text.split())
    place = matcher.find(text)
    assert (place >= 0) == (matcher.find(f" {squeezed} ") >= 0)
    if place >= 0:
        rest = " ".join(text[place:].split()).casefold()
        assert any(rest.startswith(" ".join(phrase.split()).casefold()) for phrase in phrases)


def test_a_phrase_can_be_all_of_a_text_or_the_end_of_a_longer_phrase():
    matcher = PhraseMatcher(["may earn a", "earn"])
    assert [matcher.find(text) for text in ("earn", "You may  earn", "We MAY earn", "ear n", "")] == [0, 9, 7, -1, -1]


def test_a_letter_that_is_two_without_case_is_itself():
    assert [PhraseMatcher(["Straße"]).find(text) for text in ("STRAßE", "straße", "STRASSE")] == [0, 0, -1]


@pytest.mark.parametrize(
    ("phrase", "texts"),
    [
        ("takip edin", ["Takip edin", "TAKİP EDİN", "TAKIP EDIN", "takıp edın"]),
        ("kayıt ol", ["KAYIT OL", "kayit ol", "\N{KELVIN SIGN}AYİT OL"]),
        ("Größe", ["GRÖẞE", "größe"]),
        ("masse", ["MASSE", "maſſe"]),
        ("ǆep", ["Ǆep", "ǅep"]),
    ],
)
def test_all_forms_of_a_letter_are_one(phrase, texts):
    assert [PhraseMatcher([phrase]).find(text) for text in texts] == [0] * len(texts)
