"""What the first look sees in the lines of a page, against what is said of each feature."""

import math
from operator import mul

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.block_features.places import AROUND_NAMES, fill_around
from corpus_loader.articles.block_features.repeats import fill_repeats
from tests.articles.block_features.first_look import look, page_of, text_rows

PROSE = "The council met on Monday and decided, after three hours, that the old bridge will be repaired."


def test_a_line_is_measured_in_letters_and_words() -> None:
    found = look("Version 3.14 is out.", "東京で会議")
    assert found["mass"] == [15, 12.5]
    assert found["size"] == pytest.approx([math.log1p(15), math.log1p(12.5)])
    assert found["words"] == pytest.approx([math.log1p(4), math.log1p(3.5)])
    assert found["digits"] == pytest.approx([3 / 20, 0])
    assert found["initials"] == pytest.approx([1 / 4, 0])
    assert found["sentences"] == pytest.approx([math.log1p(1), 0])
    assert found["spaceless"] == [0, 1]
    assert found["prose"] == pytest.approx([15, 1.25])


def test_a_closing_quote_or_bracket_hides_no_end() -> None:
    found = look("“It is.”", "Menu (more)", "Contact:", "Page 3", "Next »", ".", "Go →")
    assert found["stopped"] == [1, 0, 0, 0, 0, 1, 0]
    assert found["letter_end"] == [0, 1, 0, 0, 0, 0, 0]
    assert found["colon_end"] == [0, 0, 1, 0, 0, 0, 0]
    assert found["digit_end"] == [0, 0, 0, 1, 0, 0, 0]
    assert found["symbol_end"] == [0, 0, 0, 0, 0, 0, 1]


def test_signs_of_furniture_are_counted_up_to_three() -> None:
    found = look("a | b | c | d | e", "At 12:30, or: 1", "Read more..", "Who?", "چرا؟", "And so…", ".", "© me@x.org #1")
    assert found["bars"] == [3, 0, 0, 0, 0, 0, 0, 0]
    assert found["clocks"] == [0, 1, 0, 0, 0, 0, 0, 0]
    assert found["cut_off"] == [0, 0, 1, 0, 0, 1, 0, 0]
    assert found["asks"] == [0, 0, 0, 1, 1, 0, 0, 0]
    assert [found[name][7] for name in ("copyrights", "ats", "hashes")] == [1, 1, 1]


def test_prose_is_shared_out_over_the_page() -> None:
    found = look("Home", PROSE, PROSE, "Contact")
    first, second = found["prose_share"][1:3]
    assert first == second == pytest.approx(0.5, abs=0.01)
    for i in range(4):
        parts = [found[name][i] for name in ("prose_before", "prose_share", "prose_after")]
        assert sum(parts) == pytest.approx(1)
    assert found["place"] == [0, 0.25, 0.5, 0.75]
    assert found["from_top"] == found["from_bottom"][::-1] == pytest.approx([math.log1p(i) for i in range(4)])
    assert found["in_run"] == [0, 1, 1, 0]
    assert found["to_wide_run"] == [-1, 0, 0, 1]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=100))
def test_nearer_lines_count_more_and_far_ones_nothing(numbers: list[int]) -> None:
    n = len(numbers)
    rows = np.full((len(AROUND_NAMES), n), np.nan, np.float32)
    fill_around(np.array(numbers, np.float64), rows, 0)
    for i, decay in enumerate((0.5, 0.8, 0.92)):
        weights = [decay**distance for distance in range(1, 41)]
        for place in range(n):
            behind, ahead = numbers[:place][::-1], numbers[place + 2 :]
            assert rows[2 * i, place] == pytest.approx(sum(map(mul, behind, weights)), rel=1e-5, abs=1e-5)
            assert rows[2 * i + 1, place] == pytest.approx(sum(map(mul, ahead, weights)), rel=1e-5, abs=1e-5)


@given(st.lists(st.sampled_from(["Reply", "Share", "Sport", "World"]), min_size=1, max_size=12))
def test_lines_printed_again_are_counted(lines: list[str]) -> None:
    rows = np.full((3, len(lines)), np.nan, np.float32)
    fill_repeats(lines, rows, 0)
    beside = [{*lines[max(i - 1, 0) : i], *lines[i + 1 : i + 2]} for i in range(len(lines))]
    assert rows[0].tolist() == [min(lines.count(line), 4) for line in lines]
    assert rows[1].tolist() == [min(lines[:i].count(line), 3) for i, line in enumerate(lines)]
    assert rows[2].tolist() == [line in beside[i] for i, line in enumerate(lines)]


def test_the_headline_of_a_dump_is_its_first_line_printed_again() -> None:
    found = look("Old bridge will be repaired | The News", "Home", "Old bridge will be repaired", PROSE)
    assert found["headline"] == [0, 0, 1, 0]
    assert found["to_headline"] == [-2, -1, 0, 1]


def test_the_headline_of_html_is_the_longest_like_a_stated_one_and_the_last_before_the_prose() -> None:
    lines = ["Bridge open", "Bridge open", PROSE, PROSE, "Bridge open", "Is the bridge open again?", "Home"]
    assert look(*lines, headlines=["Bridge open", "Home"])["to_headline"] == [-1, 0, 1, 2, 3, 4, 5]
    longer = look(*lines, headlines=["bridge open again", "Bridge open"])
    assert longer["headline"] == [1, 1, 0, 0, 1, 1, 0]
    assert longer["to_headline"] == [-5, -4, -3, -2, -1, 0, 1]
    assert look(*lines, headlines=[])["to_headline"] == [-99] * 7


def test_a_page_that_states_endless_headlines_states_none() -> None:
    endless = "Bridge open, " * 3_000_000
    assert look("Bridge open", headlines=[endless])["headline"] == [1]
    assert look("Bridge open", "Bridge open", headlines=[endless])["headline"] == [0, 0]


@given(st.lists(st.text(st.characters() | st.sampled_from("aA. :5"), max_size=9), min_size=1, max_size=6))
def test_every_page_has_all_features(lines: list[str]) -> None:
    for headlines in (None, lines):
        assert np.isfinite(text_rows(page_of(lines, headlines))).all()
