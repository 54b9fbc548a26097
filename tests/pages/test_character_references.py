"""Character references, also those of more figures than any character has."""

import pytest

from corpus_loader import extract
from corpus_loader.pages.character_references import unescape

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


@pytest.mark.parametrize("markup", ["<title>{}</title><p>x", "<meta name=a content='{}'><p>x", "<p>x<p>{}"])
def test_no_page_is_refused_for_one(markup: str) -> None:
    assert extract(markup.format(ENDLESS), media_type="text/html").document.texts[0] == "x"
