"""How a page falls apart into tags and text, against one expression that says the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.pages.html_attributes import attributes
from corpus_loader.pages.html_tokens import content_of, split

_RAW_TEXT = ("script", "style", "noscript", "iframe", "textarea", "title", "noembed", "noframes", "xmp")
_ATTRIBUTES = r"""[^>=]*(?:=\s*+(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|)[^>=]*)*+(?:>|\Z)"""
_ELEMENTS = "|".join(rf"{name}(?=[\s/>])(?s:.*?)(?:</{name}(?=[\s/>])[^>]*>?|\Z)" for name in _RAW_TEXT)
_COMMENT = r"!--(?s:-?>|.*?(?:--!?>|\Z))"
_TOKEN = re.compile(rf"(<(?:(?i:{_ELEMENTS})|/?[a-zA-Z]{_ATTRIBUTES}|{_COMMENT}|[!?/][^>]*(?:>|\Z)))")

_SIGNS = "<>/!?-='\" \n\xa0abé"
_WORDS = "-- <!-- --> --!> </ <a <script </script <TITLE> </title <style> hidden href= x='>'"
_PIECES = st.lists(st.sampled_from([*_SIGNS, *_WORDS.split()]), max_size=30).map("".join)


@given(_PIECES)
def test_a_page_is_its_tags_and_the_text_between_them(source: str) -> None:
    assert split(source) == _TOKEN.split(source)


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("a<b>c</b>", ["a", "<b>", "c", "</b>", ""]),
        ("<p title='a>b'>c", ["", "<p title='a>b'>", "c"]),
        ("<script x='</script>'>", ["", "<script x='</script>", "'>"]),
        ("<title><b></title x>c", ["", "<title><b></title x>", "c"]),
        ("<!--->a<!-- -- --!>b", ["", "<!--->", "a", "<!-- -- --!>", "b"]),
        ("1 < 2 <3 <", ["1 < 2 <3 <"]),
        ("</>a</ b>c", ["", "</>", "a", "</ b>", "c"]),
    ],
)
def test_tokens(source: str, parts: list[str]) -> None:
    assert split(source) == parts


@pytest.mark.parametrize(
    ("tag", "stated"),
    [
        ("<a HREF=/x?a=1&amp;b=2 id='y'z>", {"href": "/x?a=1&b=2", "id": "y", "z": ""}),
        ("<a b = c d=>", {"b": "c", "d": ""}),
        ('<a/b="c"/d>', {"b": "c", "d": ""}),
        ("<a b=1 b=2>", {"b": "1"}),
        ("<a b='c d", {"b": "'c", "d": ""}),
        ("<a", {}),
    ],
)
def test_attributes(tag: str, stated: dict[str, str]) -> None:
    assert attributes(tag) == stated


_ATTRIBUTE = re.compile(r"""([^\s=>"'/][^\s=>/]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")


@given(_PIECES)
def test_attributes_are_names_that_may_have_values(source: str) -> None:
    stated: dict[str, str] = {}
    for key, *values in _ATTRIBUTE.findall(source):
        stated.setdefault(key.lower(), "".join(values))
    assert attributes(f"<x {source}") == stated


def test_the_content_of_an_element_is_what_stands_between_its_tags() -> None:
    assert [content_of(raw) for raw in ("<title>a<b</title >", "<title>a", "<title")] == ["a<b", "a", ""]
