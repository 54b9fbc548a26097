"""The labeller's promises on any page, and its sense on plain ones."""

import json
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_loader.articles import labeller
from corpus_loader.articles.block_features.table import feature_names
from corpus_loader.articles.labeller import explain, label, label_many, score_many, shipped
from corpus_loader.pages.cutting import cut
from corpus_loader.pages.html import cut_html
from corpus_loader.pages.text import cut_text
from corpus_loader.records import Document, Label, Page

SENTENCES = (
    "The council voted on Tuesday to rebuild the bridge, which the flood had carried away in the spring.",
    "Work on the northern pier is to begin before winter, the mayor told reporters after the session.",
    "Engineers had warned for years that the foundations would not stand another flood of this size.",
    "“We should have listened,” said one of them, who has lived beside the river for forty years.",
    "The money will come from the region and from a fund for disasters that parliament set up last year.",
)
MENU = ("Home", "News", "Sport", "Weather", "Contact us", "Log in")
FOOTER = ("Share", "Read more", "Privacy policy", "Cookies", "All rights reserved © 2015")


def dump(*lines: str, joint: str = "\n") -> Document:
    return text_document(joint.join(lines))


def text_document(text: str) -> Document:
    return cut_text(Page("page.txt", text.encode("utf-8", "surrogatepass"), "text/plain"), text, "utf-8")


def html_document(source: str) -> Document:
    return cut_html(Page("page.html", source.encode("utf-8", "surrogatepass"), "text/html"), source, "utf-8")


def body(document: Document) -> list[str]:
    labels = label(document)
    return [document.texts[i] for i, found in enumerate(labels) if found.label is Label.BODY]


@pytest.mark.parametrize("joint", ["\n", "\n\n"])
def test_the_prose_of_a_dump_is_its_body(joint: str) -> None:
    assert body(dump(*MENU, *SENTENCES, *FOOTER, joint=joint)) == list(SENTENCES)


def test_blank_lines_make_no_difference() -> None:
    lines = (*MENU, *SENTENCES, *FOOTER)
    assert label(dump(*lines)) == label(dump(*lines, joint="\n \n\n"))


def test_the_prose_of_an_html_page_is_its_body() -> None:
    menu = "".join(f"<li><a href='/{item}'>{item}</a></li>" for item in MENU)
    prose = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    footer = "".join(f"<div><a href='/{item}'>{item}</a></div>" for item in FOOTER)
    page = f"<nav><ul>{menu}</ul></nav><div class='article-body'>{prose}</div><footer>{footer}</footer>"
    assert body(html_document(page)) == list(SENTENCES)


def test_a_page_without_blocks_has_no_labels() -> None:
    for document in (dump(""), html_document("")):
        assert label(document) == ()
        assert explain(document) == ()
        assert [len(scores) for scores in score_many([document])] == [0]


@pytest.mark.parametrize(
    ("scores", "body"),
    [
        ([0.9, 0.45, 0.5, 0.45, 0.1], [0, 1, 2]),  # a subheading between two paragraphs, not what follows the last
        ([0.1, 0.47, 0.2, 0.45], [1, 3]),  # no block is likelier
        ([0.1, 0.47, 0.2, 0.5], [3]),
        ([0.1, 0.44], []),
        ([], []),
    ],
)
def test_a_doubted_block_is_body_between_two_or_where_none_is_likelier(scores: list[float], body: list[int]) -> None:
    labels = labeller.labelled(np.array(scores, np.float32))
    assert [i for i, found in enumerate(labels) if found.label is Label.BODY] == body


def test_reasons_name_features_with_their_values() -> None:
    reasons = explain(dump(*MENU, *SENTENCES, *FOOTER))
    assert len(reasons) == len(MENU) + len(SENTENCES) + len(FOOTER)
    assert all("=" in reason and reason.endswith(")") for block in reasons for reason in block)


_TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\n\n\n .!،\u200c\u200fاب漢A")), max_size=300)


@settings(max_examples=60)
@given(_TEXT)
def test_any_dump_is_labelled_block_by_block_and_always_alike(text: str) -> None:
    document = text_document(text)
    labels = label(document)
    assert len(labels) == len(document.blocks)
    assert labels == label(document)
    assert all(0 <= found.score <= 1 for found in labels)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["<p>", "<div class=x>", "</div>", "<a href=x>", "</a>", "word. ", "کلمه ", "<li>"])))
def test_any_html_is_labelled_block_by_block_and_always_alike(pieces: list[str]) -> None:
    document = html_document("".join(pieces))
    labels = label(document)
    assert len(labels) == len(document.blocks)
    assert labels == label(document)


_LINES = st.lists(
    st.sampled_from([*MENU, *SENTENCES, *FOOTER, "الخبر.", "x", "İSTANBUL ΤΕΛΟΣ", "今日のニュース。"]), max_size=60
)
_PAGE = st.one_of(
    _LINES.map(lambda lines: dump(*lines)),
    _LINES.map(lambda lines: html_document("<p>".join(lines))),
    _LINES.map(lambda lines: html_document("<div class=story>" + "</div><div><p>".join(lines))),
)


@settings(max_examples=60)
@given(st.lists(_PAGE, min_size=1, max_size=12), st.integers(1, 200))
def test_a_page_is_labelled_alike_to_the_last_bit_alone_and_among_others(documents: list[Document], batch: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(labeller, "_BATCH", batch)
        assert label_many(documents) == [label(document) for document in documents]
        for scores, labels in zip(score_many(documents), label_many(documents), strict=True):
            assert scores.tolist() == [found.score for found in labels]


@settings(max_examples=60)
@given(st.lists(_PAGE, min_size=1, max_size=12))
def test_a_page_has_the_same_features_to_the_last_bit_alone_and_among_others(documents: list[Document]) -> None:
    for media_type, model in shipped().items():
        pages = [page for page in documents if page.blocks and page.page.media_type == media_type]
        if pages:
            found = [model.look([page]) for page in pages]
            for together, alone in zip(model.look(pages), zip(*found, strict=True), strict=True):
                assert np.array_equal(together, np.concatenate(alone, axis=-1))


def test_labels_do_not_depend_on_what_surrounds_the_page_as_bytes() -> None:
    text = "\n".join((*MENU, *SENTENCES))
    utf8 = cut(Page("page.txt", text.encode(), "text/plain"))
    utf16 = cut(Page("page.txt", text.encode("utf-16"), "text/plain"))
    assert label(utf8) == label(utf16)


@pytest.mark.parametrize("document", [dump(*MENU, *SENTENCES), html_document(f"<p>{SENTENCES[0]}</p>")])
def test_the_weights_are_of_the_features_as_they_are(document: Document) -> None:
    model = shipped()[document.page.media_type]
    assert feature_names(document.page.media_type) == model.names


def test_the_card_tells_of_the_weights() -> None:
    card = json.loads(files("corpus_loader.articles").joinpath("weights", "labeller.json").read_text(encoding="utf-8"))
    assert {kind: tuple(names) for kind, names in card["features"].items()} == {
        kind: model.names for kind, model in shipped().items()
    }
    assert "daniel" not in card["pages"]  # that corpus is for measuring alone
