"""What the second look sees of the first, on one page."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_loader.articles.block_features.second import SECOND_NAMES, fill_second
from corpus_loader.articles.block_features.text import TEXT_NAMES

LINES = st.lists(
    st.tuples(
        st.integers(0, 10000).map(lambda first: first / 10000) | st.just(0.0),
        st.integers(0, 500),  # the mass
        st.integers(1, 6),  # the copies
        st.booleans(),  # whether it is stopped
    ),
    min_size=1,
    max_size=90,
)


def page(lines: list[tuple[float, int, int, bool]]) -> tuple[np.ndarray, np.ndarray]:
    """The first look and the text features of a page."""
    first, mass, copies, stopped = (np.array(values, np.float32) for values in zip(*lines, strict=True))
    text = np.zeros((len(TEXT_NAMES), len(lines)), np.float32)
    for name, values in (("mass", mass), ("copies", copies), ("stopped", stopped), ("size", np.log1p(mass))):
        text[TEXT_NAMES.index(name)] = values
    return first, text


def second(first: np.ndarray, text: np.ndarray) -> dict[str, np.ndarray]:
    rows = np.full((len(SECOND_NAMES) + 2, len(first)), np.nan, np.float32)
    fill_second(first, text, rows, 1)
    assert np.isnan(rows[[0, -1]]).all()
    assert not np.isnan(rows[1:-1]).any()
    return dict(zip(SECOND_NAMES, rows[1:-1], strict=True))


def of_firsts(*firsts: float) -> dict[str, np.ndarray]:
    return second(*page([(first, 10, 1, False) for first in firsts]))


def test_body_is_shared_between_what_is_before_and_after_a_line() -> None:
    found = of_firsts(0.5, 0.0, 1.0, 0.5)
    assert found["body_before"].tolist() == [0, 0.25, 0.25, 0.75]
    assert found["body_after"].tolist() == [0.75, 0.75, 0.25, 0]
    assert found["body_lines"].tolist() == [0.5] * 4
    assert found["first-2"].tolist() == [0, 0, 0.5, 0]
    assert found["first+1"].tolist() == [0, 1, 0.5, 0]
    assert found["surest"].tolist() == [1] * 4


def test_passages_are_ranked_by_their_body() -> None:
    found = of_firsts(0.4, *[0.0] * 6, 0.9, 0.1, 0.8, 0.0)
    assert found["passages"].tolist() == [2] * 11
    assert found["passage_rank"].tolist() == [1] * 4 + [0] * 7
    assert found["to_passage"].tolist() == [0, 1, 2, 3, -3, -2, -1, 0, -1, 0, 1]
    assert found["from_greatest"].tolist() == [-7, -6, -5, -4, -3, -2, -1, 0, 0, 0, 1]


def test_a_page_may_have_no_passage() -> None:
    found = of_firsts(0.1, 0.2)
    assert all(found[name].tolist() == [-1, -1] for name in ("passage_share", "to_passage", "passages"))


def test_gaps_are_counted_in_lines_and_in_letters_that_are_not_body() -> None:
    found = second(
        *page([(0.9, 3, 1, False), (0, 4, 1, False), (0, 5, 1, False), (0.9, 3, 1, False), (0, 3, 1, False)])
    )
    assert found["since_0.6"].tolist() == [60, 1, 2, 3, 1]
    assert found["until_0.6"].tolist() == [3, 2, 1, 60, 60]
    assert found["other_since_0.6"].tolist() == [-1, 0, 4, 9, 0]
    assert found["other_until_0.6"].tolist() == [9, 5, 0, -1, -1]
    assert found["count_before_0.6"].tolist() == [0, 1, 1, 1, 2]
    assert found["count_after_0.6"].tolist() == [1, 1, 1, 0, 0]


def test_a_line_printed_often_does_not_part_its_neighbours() -> None:
    lines = [line for number in range(1, 6) for line in ((number / 10, 70, 1, True), (0.0, 10, 5, False))]
    found = second(*page(lines))
    assert found["lone"].tolist() == [1, 0] * 5
    assert found["lone_lines"].tolist() == [0.5] * 10
    assert found["lone_first+1"][0::2].tolist() == pytest.approx([0.2, 0.3, 0.4, 0.5, -1])
    assert found["lone_first-1"][1::2].tolist() == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5])
    assert found["lone_stopped-3"].tolist() == [-1] * 5 + [1] * 5


def test_a_page_of_one_line_printed_often_has_no_lines_around() -> None:
    found = second(*page([(0.5, 10, 5, False)] * 5))
    assert found["lone_lines"].tolist() == [0] * 5
    assert found["lone_first+1"].tolist() == found["lone_first-1"].tolist() == [-1] * 5


@settings(max_examples=20)
@given(LINES)
def test_sums_over_the_lines_around_are_what_they_are_defined_as(lines: list[tuple[float, int, int, bool]]) -> None:
    first, text = page(lines)
    found = second(first, text)
    n = len(lines)
    weight = np.sqrt(text[TEXT_NAMES.index("mass")] + 1.0)
    for i in range(n):
        for reach in (3, 8, 20):
            window = first[max(i - reach, 0) : i + reach + 1]
            assert found[f"around_{reach}"][i] == pytest.approx(window.mean(), abs=1e-5)
        for decay in (0.6, 0.9, 0.97):
            for side, near in (("behind", range(i - 1, max(i - 61, -1), -1)), ("ahead", range(i + 1, min(i + 61, n)))):
                faded = weight[list(near)] * decay ** np.arange(len(near))
                held = float(faded @ first[list(near)])
                assert found[f"body_{side}_{decay}"][i] == pytest.approx(held, rel=1e-5, abs=1e-5)
                assert found[f"sure_{side}_{decay}"][i] == pytest.approx(held / max(faded.sum(), 1e-9), abs=1e-5)


@given(LINES)
def test_nothing_is_left_of_a_line_that_is_too_far_away(lines: list[tuple[float, int, int, bool]]) -> None:
    nothing = [(0.0, 100, 1, False)] * 61
    found = second(*page([*nothing, *lines, *nothing]))
    for name in ("body_behind_0.97", "sure_behind_0.97", "around_20"):
        assert found[name][-1] == 0
    for name in ("body_ahead_0.97", "sure_ahead_0.97", "around_20"):
        assert found[name][0] == 0


@given(LINES)
def test_a_page_upside_down_has_its_sides_exchanged(lines: list[tuple[float, int, int, bool]]) -> None:
    found, turned = second(*page(lines)), second(*page(lines[::-1]))
    pairs = [(f"{name}_behind_{decay}", f"{name}_ahead_{decay}") for name in ("body", "sure") for decay in (0.6, 0.97)]
    pairs += [
        ("since_0.3", "until_0.3"),
        ("other_since_0.6", "other_until_0.6"),
        ("count_before_0.85", "count_after_0.85"),
    ]
    pairs += [("first-3", "first+3"), ("lone_first-2", "lone_first+2"), ("passages", "passages"), ("lone", "lone")]
    for behind, ahead in pairs:
        assert found[behind].tolist() == turned[ahead][::-1].tolist(), behind
