"""The beginnings of words, and looking them up many at a time."""

from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.batch import Characters
from corpus_loader.articles.words import WordScores, line_words, read_words

_LINES = st.lists(st.text(alphabet="abcABé éİΣσس１7-\n\u200c漢".replace("\n", ""), min_size=1, max_size=30), min_size=1)


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


@given(_LINES, st.dictionaries(st.text("abcéسσ漢", min_size=3, max_size=7), st.floats(-1, 1, width=32)))
def test_words_are_looked_up_as_in_a_dictionary(lines: list[str], scores: dict[str, float]) -> None:
    words = read_words(Characters(lines))
    known, found = WordScores(scores).look_up(words.keys)
    looked_up: list[list[float]] = [[] for _ in lines]
    for line, score in zip(words.line[known].tolist(), found.tolist(), strict=True):
        looked_up[line].append(score)
    expected = [[scores[word] for word in words if word in scores] for words in line_words(lines)]
    assert [sorted(set(line)) for line in looked_up] == [sorted(set(line)) for line in expected]


def test_nothing_is_known_without_scores() -> None:
    words = read_words(Characters(["one two"]))
    known, found = WordScores({}).look_up(words.keys)
    assert (known.tolist(), found.tolist()) == ([False, False], [])
