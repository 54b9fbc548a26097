"""Where lines stand among the marks of their page, and what stands beside them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.block_features.characters import Characters
from corpus_loader.articles.block_features.marks import MARK_NAMES, fill_marks
from corpus_loader.articles.block_features.neighbours import fill_neighbours, neighbour_names
from tests.articles.block_features.first_look import page_of, text_rows

LINE = st.sampled_from(
    [
        *("Reply", "Share this story", "Share this page", "Share this link", "Share this video"),
        *("Sam, 4 days ago", "Kim, 4 days ago", "Lee, 4 days ago", "Jo, 4 days ago"),
        *("3 days ago at 12:30", "Why " * 60),
    ]
)


def marks(*lines: str) -> dict[str, list[float]]:
    rows = np.full((len(MARK_NAMES), len(lines)), np.nan, np.float32)
    fill_marks(Characters(lines), text_rows(page_of(lines)), rows, 0)
    return dict(zip(MARK_NAMES, rows.tolist(), strict=True))


def test_lines_copied_timed_or_begun_alike_are_marks() -> None:
    found = marks("Reply", "At 12:30", "Share this", "Share that", "Reply", "Share it", "Share all", "Reply", "Shares")
    assert found["copied_mark"] == [1, 0, 0, 0, 1, 0, 0, 1, 0]
    assert found["clock_mark"] == [0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert found["opening_mark"] == [0, 0, 1, 1, 0, 1, 1, 0, 0]
    assert found["ending_mark"] == [0] * 9


@given(st.lists(LINE, min_size=1, max_size=40))
def test_marks_are_counted_around_each_line(lines: list[str]) -> None:
    found = marks(*lines)
    for kind in ("copied", "clock", "opening", "ending"):
        places = [i for i, marked in enumerate(found[f"{kind}_mark"]) if marked]
        for i in range(len(lines)):
            before, after = [i - place for place in places if place < i], [place - i for place in places if place > i]
            assert found[f"{kind}_since"][i] == min([*before, 20])
            assert found[f"{kind}_until"][i] == min([*after, 20])
            assert found[f"{kind}_before"][i] == pytest.approx(np.log1p(len(before)))
            assert found[f"{kind}_after"][i] == pytest.approx(np.log1p(len(after)))
            assert found[f"{kind}_near"][i] == sum(abs(place - i) <= 10 for place in places)


@given(st.integers(1, 9), st.integers(1, 4))
def test_neighbours_are_those_of_the_page(n: int, reach: int) -> None:
    names = neighbour_names(("a", "b"), reach)
    rows = np.full((2 + len(names), n), np.nan, np.float32)
    rows[:2] = np.arange(2 * n).reshape(2, n)
    fill_neighbours(rows, (0, 1), reach, 2)
    found = dict(zip(names, rows[2:].tolist(), strict=True))
    for source, name in enumerate("ab"):
        for offset in (*range(-reach, 0), *range(1, reach + 1)):
            expected = [rows[source, i + offset] if 0 <= i + offset < n else -1 for i in range(n)]
            assert found[f"{name}{offset:+d}"] == expected
