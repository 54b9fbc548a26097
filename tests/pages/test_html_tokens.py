"""How a page falls apart into tags and text, against one expression that says the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.pages.html_attributes import attributes
from corpus_loader.pages.html_tokens import content_of, split

_RAW_TEXT = ("style", "noscript", "iframe", "textarea", "title", "noembed", "noframes", "xmp")
_SPACE = r" \t\n\r\f"
_END = rf"(?=[{_SPACE}/>])"  # of a name
_VALUE = rf"""(?:"([^"]*+)(?:"|\Z)|'([^']*+)(?:'|\Z)|(?!["'])([^{_SPACE}>]*+))"""
_ATTRIBUTE = rf"([^{_SPACE}/>][^{_SPACE}/>=]*+)(?:[{_SPACE}]*+=[{_SPACE}]*+{_VALUE})?+"
_ATTRIBUTES = rf"(?:[{_SPACE}/]++|{_ATTRIBUTE})*+(?:>|\Z)".replace("([", "(?:[")
_ELEMENTS = "|".join(rf"{name}{_END}{_ATTRIBUTES}.*?(?:</{name}{_END}{_ATTRIBUTES}|\Z)" for name in _RAW_TEXT)
_WRITTEN = rf"<script{_END}(?:(?!-->|</script{_END}).)*+(?:</script{_END}|(?=-->)|\Z)"
_COMMENTED = rf"<!--(?:-?>|(?:{_WRITTEN}|(?!-->|</script{_END}).)*+(?:-->|(?=</script{_END})|\Z))"
_SCRIPT = rf"script{_END}{_ATTRIBUTES}(?:{_COMMENTED}|(?!</script{_END}).)*+(?:</script{_END}{_ATTRIBUTES}|\Z)"
_COMMENT = r"!--(?:-?>|.*?(?:--!?>|\Z))"
_TOKEN = re.compile(
    rf"(<(?:{_SCRIPT}|{_ELEMENTS}|/?[a-z][^{_SPACE}/>]*+{_ATTRIBUTES}|{_COMMENT}|[!?/][^>]*(?:>|\Z)))",
    re.IGNORECASE | re.DOTALL,
)

_SIGNS = "<>/!?-='\" \n\xa0abé"
_WORDS = "-- <!-- --> --!> </ <a <script <script> </script </script> <TITLE> </title <style> hidden href= x='>'"
_PIECES = st.lists(st.sampled_from([*_SIGNS, *_WORDS.split()]), max_size=30).map("".join)


@given(_PIECES)
def test_a_page_is_its_tags_and_the_text_between_them(source: str) -> None:
    assert split(source) == _TOKEN.split(source)


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("a<b>c</b>", ["a", "<b>", "c", "</b>", ""]),
        ("<p title='a>b'>c", ["", "<p title='a>b'>", "c"]),
        ("<script x='</script>'>a<b</script>c", ["", "<script x='</script>'>a<b</script>", "c"]),
        ("<script><!--<script>a</script>--></script>b", ["", "<script><!--<script>a</script>--></script>", "b"]),
        ("<script><!--a</script>b", ["", "<script><!--a</script>", "b"]),
        ("<script><!--><script></script>b", ["", "<script><!--><script></script>", "b"]),
        ("<script>'<script>'</script>b", ["", "<script>'<script>'</script>", "b"]),
        ("<a href=?q=\"b>c'd", ["", '<a href=?q="b>', "c'd"]),
        ('<a ="b>c', ["", '<a ="b>', "c"]),
        ("<title><b></title x>c", ["", "<title><b></title x>", "c"]),
        ("<svg><title/>a</svg><title/>b", ["", "<svg>", "", "<title/>", "a", "</svg>", "", "<title/>b", ""]),
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
        ("<a b='c d", {"b": "c d"}),
        ("<a =b 'c' d\xa0e=f\xa0g>h=i", {"=b": "", "'c'": "", "d\xa0e": "f\xa0g"}),
        ("<a b=?c&copy=1&sect&region=2&lt;&#233 d='&amp;amp &eacute'>", {"b": "?c&copy=1§&region=2<é", "d": "&amp é"}),
        ("<a", {}),
    ],
)
def test_attributes(tag: str, stated: dict[str, str]) -> None:
    assert attributes(tag) == stated


@given(_PIECES)
def test_attributes_are_names_that_may_have_values(source: str) -> None:
    stated: dict[str, str] = {}
    raw = _TOKEN.match(f"<x {source}")[0]
    for key, *values in re.findall(_ATTRIBUTE, raw[2:]):
        stated.setdefault(key.lower(), "".join(values))
    assert attributes(raw) == stated


def test_the_content_of_an_element_is_what_stands_between_its_tags() -> None:
    raws = ("<title>a<b</title >", "<title>a", "<title", "<script x='a>b'>c</script>")
    assert [content_of(raw) for raw in raws] == ["a<b", "a", "", "c"]
