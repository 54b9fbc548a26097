"""What the second look sees in a page: lines alike, gaps, and lines around but for those printed often."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.feature_table import Features, table
from corpus_loader.articles.features import Columns
from corpus_loader.pages.text import cut_text
from corpus_loader.records import Document, Page

LINE = st.one_of(st.just("Advertisement"), st.text("abé۵ .,!", min_size=1, max_size=12).filter(str.strip))
PAGE = st.lists(st.tuples(LINE, st.integers(0, 10000)), min_size=1, max_size=12)


def dump(lines: list[str]) -> Document:
    text = "\n".join(lines)
    return cut_text(Page("page.txt", text.encode(), "text/plain"), text, "utf-8")


def second(*lines: tuple[str, float]) -> Columns:
    texts, first = zip(*lines, strict=True)
    return Features([dump(list(texts))]).second(np.array(first, np.float32))


def test_a_line_keeps_the_company_of_the_lines_that_its_words_stand_in() -> None:
    found = second(
        ("Welcome", 0),
        ("The bridge was rebuilt by the council", 0.9),
        ("A council in doubt about its bridge", 0.4),
        ("Recipes of the week: lemon cake", 0.4),
        ("More cake recipes", 0),
    )
    assert found["company"][2] > 0.8
    assert found["company"][3] < 0.3
    assert found["company"][0] == -1
    assert found["company_in_body"].tolist()[0] == 0
    assert found["company_no_body"][4] == pytest.approx(2 / 3)


def test_the_words_of_the_headline_are_counted() -> None:
    found = second(("Bridge rebuilt", 0), ("The bridge is rebuilt", 0.5), ("Lemon cake", 0.5))
    assert found["headline_words"].tolist() == pytest.approx([1, 2 / 3, 0])


def test_a_line_is_known_by_the_other_lines_of_its_shape() -> None:
    found = second(("Sport today", 0.1), ("World today", 0.2), ("One long line of prose, and its end.", 0.9))
    assert found["shape_company"].tolist() == pytest.approx([0.2, 0.1, -1], abs=1e-4)


def test_gaps_are_counted_in_lines_and_in_letters_that_are_not_body() -> None:
    found = second(("One", 0.9), ("Four", 0.0), ("Three", 0.0), ("Two", 0.9), ("End", 0.1))
    assert found["since_0.6"].tolist() == [60, 1, 2, 3, 1]
    assert found["until_0.6"].tolist() == [3, 2, 1, 60, 60]
    assert found["other_since_0.6"].tolist() == pytest.approx([-1, 0, 4, 9, 0])
    assert found["count_before_0.6"].tolist() == [0, 1, 1, 1, 2]
    assert found["count_after_0.6"].tolist() == [1, 1, 1, 0, 0]


def test_a_line_printed_often_does_not_part_its_neighbours() -> None:
    paragraphs = [(f"Paragraph {number} tells how it went on.", 0.1 * number) for number in range(1, 6)]
    lines = [line for paragraph in paragraphs for line in (paragraph, ("Advertisement", 0.0))]
    found = second(*lines)
    assert found["lone"].tolist() == [True, False] * 5
    assert found["lone_first+1"][0::2].tolist() == pytest.approx([0.2, 0.3, 0.4, 0.5, -1])
    assert found["lone_first-1"][1::2].tolist() == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5])


def test_a_page_of_one_line_printed_often_has_no_lines_around() -> None:
    found = second(*[("Advertisement", 0.5)] * 5)
    assert found["lone_lines"].tolist() == [0] * 5
    assert found["lone_first+1"].tolist() == found["lone_first-1"].tolist() == [-1] * 5


def test_marks_are_lines_that_recur_and_clocks() -> None:
    said = {"Ada": "No.", "Ben": "Yes.", "Cem": "Well", "Dan": "So?"}
    comments = [line for name, words in said.items() for line in (f"{name} at 6:34 said:", words, "Reply")]
    found = second(("A paragraph.", 0.9), *[(line, 0.1) for line in comments])
    for kind, place in (("copied", 2), ("clock", 0), ("ending", 0)):
        assert found[f"{kind}_mark"].tolist() == [False] + [i % 3 == place for i in range(12)], kind
    assert not found["opening_mark"].any()
    assert found["clock_since"].tolist() == [20, 20] + [1, 2, 3] * 3 + [1, 2]
    assert found["clock_until"].tolist() == [1] + [3, 2, 1] * 3 + [20] * 3
    assert found["clock_near"][0] == 4
    assert found["clock_before"].tolist()[-1] == pytest.approx(np.log1p(4))
    assert found["clock_after"].tolist()[0] == pytest.approx(np.log1p(4))


@given(st.lists(PAGE, min_size=2, max_size=4))
def test_a_page_looks_the_same_whatever_pages_are_beside_it(pages: list[list[tuple[str, int]]]) -> None:
    documents = [dump([text for text, _ in page]) for page in pages]
    firsts = [np.array([first / 10000 for _, first in page], np.float32) for page in pages]
    alone = [table(Features([page]).second(first)) for page, first in zip(documents, firsts, strict=True)]
    together = table(Features(documents).second(np.concatenate(firsts)))
    assert np.array_equal(np.concatenate(alone, axis=1), together)
