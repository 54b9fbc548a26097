import pytest

from corpus_loader.articles.sentences import ASKS, STOPS, ends_sentence, holds_sentence


@pytest.mark.parametrize("mark", sorted(STOPS))
def test_a_full_stop_ends_a_sentence_in_every_script(mark):
    for line in (f"word word{mark}", f"word word{mark}»", f"word {mark}”"):
        assert ends_sentence(line)
        assert holds_sentence(line)
    assert holds_sentence(f"word{mark} word")
    assert not ends_sentence(f"word{mark} word")


@pytest.mark.parametrize("mark", sorted(ASKS))
def test_a_question_holds_a_sentence_but_may_be_a_headline(mark):
    assert holds_sentence(f"word word{mark}")
    assert not ends_sentence(f"word word{mark}")


@pytest.mark.parametrize("line", ["Am 3. März", "Rail fares rise by 1.6% in January", "site.example", "ما الجديد", ""])
def test_a_dot_within_words_and_numbers_ends_nothing(line):
    assert not holds_sentence(line)
    assert not ends_sentence(line)


def test_no_mark_is_of_both_kinds():
    assert not set(STOPS) & set(ASKS)
