"""Character references, also those of more figures than any character has."""

import pytest

from corpus_loader import extract
from corpus_loader.pages.character_references import unescape, unescape_attribute

ENDLESS = f"&#{'9' * 5000};"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a &amp; b", "a & b"),
        ("&#233;&#xE9;", "éé"),
        (f"a{ENDLESS}b&eacute;", "a\ufffdbé"),
        (f"a&#{'0' * 5000}65;{ENDLESS}", "aA\ufffd"),
        (f"&#{'0' * 5000};", "\ufffd"),
    ],
)
def test_references_are_characters(text: str, said: str) -> None:
    assert unescape(text) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("?a=1&copy=2&lang=3&sect", "?a=1&copy=2&lang=3§"),
        ("&notit; &notin; &notit", "&notit; ∉ &notit"),
        ("&eacute;&eacute &#128;&#x41", "éé €A"),
        (f"&{'a' * 5000}={ENDLESS}", f"&{'a' * 5000}=\ufffd"),
    ],
)
def test_fewer_references_count_in_attributes(value: str, said: str) -> None:
    assert unescape_attribute(value) == said


@pytest.mark.parametrize("markup", ["<title>{}</title><p>x", "<meta name=a content='{}'><p>x", "<p>x<p>{}"])
def test_no_page_is_refused_for_one(markup: str) -> None:
    assert extract(markup.format(ENDLESS), media_type="text/html").document.texts[0] == "x"
