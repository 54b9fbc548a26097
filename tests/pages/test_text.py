"""Cutting text dumps: what becomes a block, and that nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.errors import PageError
from corpus_loader.pages.limits import MAX_LINES
from corpus_loader.pages.text import cut_text
from corpus_loader.records import Document, Page


def cut(text: str) -> Document:
    page = Page(name="page.txt", content=text.encode("utf-8", "surrogatepass"), media_type="text/plain")
    return cut_text(page, text, "utf-8")


def texts(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\n\n \n"])
def test_every_kind_of_line_end_separates_blocks(line_end: str) -> None:
    assert texts(cut(f"one two{line_end}three")) == ["one two", "three"]


def test_information_separators_stay_inside_a_line() -> None:
    assert texts(cut("one\x1ctwo")) == ["one\x1ctwo"]


@pytest.mark.parametrize("mark", ["\u200c", "\u200d", "\u200e", "\u200f", "\u064b", "\u0640"])
def test_joiners_and_marks_survive_at_the_edges_of_a_line(mark: str) -> None:
    assert texts(cut(f" \xa0{mark}می{mark}رود{mark} \n")) == [f"{mark}می{mark}رود{mark}"]


@pytest.mark.parametrize("blank", ["", " ", "\n\n", "\xa0\u3000\t\r\n"])
def test_a_blank_dump_has_no_blocks(blank: str) -> None:
    document = cut(blank)
    assert document.text == blank
    assert list(document.blocks) == []


def test_a_long_run_of_spaces_is_cut_in_linear_time() -> None:
    assert texts(cut("a" + " " * 1_000_000 + "\nb")) == ["a", "b"]


@pytest.mark.parametrize("line", ["a\n", "a\r\n\r\n", " سلام \u2028"])
def test_a_dump_of_more_lines_than_a_page_has_is_refused(line: str) -> None:
    assert len(cut(line * MAX_LINES + "\n" * 99).blocks) == MAX_LINES
    with pytest.raises(PageError, match="it has more than 20000 lines") as error:
        cut(line * (MAX_LINES + 1))
    assert error.value.reason == "too-large"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\n\r\v \xa0\u200c\u200f\u2028\u064b"))))
def test_the_text_is_the_source_and_blocks_are_its_stripped_lines(text: str) -> None:
    document = cut(text)
    assert document.text == document.source == text
    assert all(block.strip() == block != "" for block in texts(document))
    assert document.texts == texts(document)
    outside, last = [], 0
    for block in document.blocks:
        outside.append(text[last : block.start])
        last = block.end
    outside.append(text[last:])
    assert "".join(outside).strip() == ""
