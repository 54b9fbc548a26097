"""What is done with the lines of several pages at once, against doing it page by page."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.lines import Lines, exact

PAGES = st.lists(st.lists(st.integers(-9, 9), min_size=1, max_size=12), min_size=1, max_size=6)


def side_by_side(pages: list[list[int]]) -> tuple[Lines, np.ndarray]:
    values = np.array([value for page in pages for value in page], np.float32) / 8
    return Lines(np.array([len(page) for page in pages])), values


def page_by_page(pages: list[list[int]], function) -> list[float]:
    return [value for page in pages for value in function([value / 8 for value in page])]


@given(PAGES, st.integers(1, 5))
def test_neighbours_are_of_the_same_page(pages: list[list[int]], reach: int) -> None:
    lines, values = side_by_side(pages)
    found = lines.around(values, reach, beyond=7)
    assert list(found) == [offset for offset in range(-reach, reach + 1) if offset]
    for offset, row in found.items():

        def expected(page: list[float], offset: int = offset) -> list[float]:
            return [page[i + offset] if 0 <= i + offset < len(page) else 7 for i in range(len(page))]

        assert row.tolist() == page_by_page(pages, expected)


@given(PAGES)
def test_sums_and_the_greatest_are_of_each_page(pages: list[list[int]]) -> None:
    lines, values = side_by_side(pages)
    assert lines.total(values).tolist() == [sum(page) / 8 for page in pages]
    assert lines.greatest(values).tolist() == [max(page) / 8 for page in pages]
    assert lines.so_far(values).tolist() == page_by_page(pages, np.cumsum)


@given(PAGES)
def test_the_first_and_the_last_marked_line(pages: list[list[int]]) -> None:
    lines, values = side_by_side(pages)
    first, last = lines.first(values > 0).tolist(), lines.last(values > 0).tolist()
    for page, start in enumerate(lines.starts.tolist()):
        marked = [start + i for i, value in enumerate(pages[page]) if value > 0]
        assert (first[page], last[page]) == ((marked[0], marked[-1]) if marked else (lines.n, -1))


@pytest.mark.parametrize("reach", [1, 2, 6, 7, 40])
@given(pages=PAGES)
def test_fading_sums(reach: int, pages: list[list[int]]) -> None:
    def before(page: list[float], decay: float) -> list[float]:
        return [sum(page[i - k] * decay**k for k in range(1, min(i, reach) + 1)) for i in range(len(page))]

    def after(page: list[float], decay: float) -> list[float]:
        return before(page[::-1], decay)[::-1]

    lines, values = side_by_side(pages)
    for side, function in zip(lines.faded(values, (0.5, 1.0), reach), (before, after), strict=True):
        for row, decay in zip(side, (0.5, 1.0), strict=True):
            assert row == pytest.approx(page_by_page(pages, lambda page: function(page, decay)), abs=1e-5)  # noqa: B023


def test_exact_amounts_add_up_alike_in_any_order() -> None:
    amounts = exact(np.random.default_rng(1).normal(scale=1e4, size=1000).astype(np.float32))
    assert amounts.sum() == np.cumsum(amounts)[-1] == amounts[::-1].cumsum()[-1]


@given(PAGES)
def test_the_marked_lines_beside_each_line(pages: list[list[int]]) -> None:
    lines, values = side_by_side(pages)
    before, after = lines.beside(values > 0)
    for i in range(lines.n):
        marked = [j for j in range(lines.n) if values[j] > 0 and lines.page[j] == lines.page[i]]
        assert before[i] == max((j for j in marked if j < i), default=-1)
        assert after[i] == min((j for j in marked if j > i), default=lines.n)
