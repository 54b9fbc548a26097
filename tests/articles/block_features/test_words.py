"""The beginnings of a page's words, and what they say of its lines."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.block_features.characters import Characters
from corpus_loader.articles.block_features.keys import ascii_key, number_keys, small_letters, word_key
from corpus_loader.articles.block_features.word_scores import UNKNOWN, WordScores
from corpus_loader.articles.block_features.words import WORD_NAMES, fill_words, line_words, read_words

LINES = st.lists(st.text("abcABé éİΣσس１7-\u200c漢\U00020000\ud800", min_size=1, max_size=300), min_size=1, max_size=9)
SCORES = st.dictionaries(st.text("abcéسσ漢", min_size=3, max_size=7), st.floats(-1, 1, width=16))


def test_words_are_the_first_letters_of_runs_of_letters_in_lower_case() -> None:
    assert line_words(["Der Fußballspieler, am 3. Mai", "نیم\u200cفاصله", "1 2 3"]) == [
        {"der", "fußball", "mai"},
        {"نیم", "فاصله"},
        set(),
    ]


def test_a_capital_is_made_small_by_itself() -> None:
    assert line_words(["İSTANBUL ΤΕΛΟΣ"]) == [{"istanbu", "τελοσ"}]


def test_only_the_beginning_of_a_line_is_read() -> None:
    assert line_words(["abc " + "x" * 400, 196 * " " + "abcdef", "def"]) == [{"abc", "xxxxxxx"}, {"abcd"}, {"def"}]


@given(LINES)
def test_words_of_a_page_are_those_of_its_lines(lines: list[str]) -> None:
    words = read_words(Characters(lines))
    found = [set(words.keys[numbers].tolist()) for numbers in np.split(words.numbers, words.ends)[:-1]]
    small = small_letters()
    assert found == [{word_key(word, 0, len(word), small) for word in line} for line in line_words(lines)]
    assert len(set(words.keys.tolist())) == len(words.keys) == len(set().union(*line_words(lines)))


@given(st.lists(st.integers(0, 2**63 - 1) | st.integers(0, 3)))
def test_keys_are_numbered_as_they_first_come(keys: list[int]) -> None:
    different = list(dict.fromkeys(keys))
    array, numbers = np.array(keys, np.int64), np.empty(len(keys), np.intp)
    assert number_keys(array, numbers) == len(different)
    assert array[: len(different)].tolist() == different
    assert [different[number] for number in numbers.tolist()] == keys


@given(SCORES, st.lists(st.text("abcéسσ漢", min_size=3, max_size=7)))
def test_words_are_looked_up_as_in_a_dictionary(scores: dict[str, float], words: list[str]) -> None:
    known, small = WordScores(scores), small_letters()
    for word in (*words, *scores):
        assert known.look_up(word_key(word, 0, len(word), small)) == scores.get(word, UNKNOWN)


def test_two_words_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="'ONE' has the key of another word"):
        WordScores({"one": 0.5, "ONE": 0.25})


def test_scores_can_be_sent_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(WordScores({"one": 0.5})))
    assert sent.scores == {"one": 0.5}
    assert sent.look_up(word_key("one", 0, 3, small_letters())) == 0.5


@given(LINES, SCORES)
def test_lines_are_scored_by_the_words_that_are_known(lines: list[str], scores: dict[str, float]) -> None:
    lines = [" ".join([*line[:9], *scores]) if i % 2 else line for i, line in enumerate(lines)]
    found = features(lines, scores)
    for i, line in enumerate(lines):
        said = [scores[word] for word in line_words([line])[0] if word in scores]
        assert found["words_low"][i] == min([0, *said])
        assert found["words_high"][i] == max([0, *said])
        assert (found["words_known"][i] > 0) == (len(said) > 0)


def test_the_lines_around_count_for_a_line_too() -> None:
    found = features(["one two six", "nothing known", "two", "!"], {"one": 0.5, "two": -1.0})
    assert found["words_mean"].tolist() == [-0.25, 0, -1, 0]
    assert found["words_known"].tolist() == pytest.approx([2 / 3, 0, 1, 0])
    assert found["page_words_known"].tolist() == [0.5] * 4
    assert found["words_low_behind"].tolist() == [0, 0.75, 0.75**2, 0.75 + 0.75**3]
    assert found["words_low_ahead"].tolist() == [0.75**2, 0.75, 0, 0]
    assert found["words_mean_around"].tolist() == [-1.25] * 4


def features(lines: list[str], scores: dict[str, float]) -> dict[str, np.ndarray]:
    rows = np.full((len(WORD_NAMES) + 2, len(lines)), np.nan, np.float32)
    fill_words(read_words(Characters(lines)), WordScores(scores), rows, 1)
    assert np.isnan(rows[[0, -1]]).all()
    return dict(zip(WORD_NAMES, rows[1:-1], strict=True))


def test_keys_that_meet_in_a_table_are_numbered_in_time() -> None:
    keys, numbers = (
        np.arange(60_000) << 20,
        np.empty(60_000, np.intp),
    )  # one by one past each other: 1,800,000,000 steps
    assert number_keys(keys, numbers) == len(numbers)
    assert numbers.tolist() == list(range(60_000))


@given(st.text("abyzABYZ", max_size=9))
def test_a_word_has_one_key_in_texts_and_in_tags(word: str) -> None:
    assert ascii_key(f"<{word}>".encode(), 1, len(word)) == word_key(f"<{word}>", 1, len(word), small_letters())
