"""Repetition is evidence, not law: what falls out of a body, and what stays in it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.byline import find_byline
from corpus_loader.articles.headline import find_title
from corpus_loader.articles.repeated import NO_LINES, Repeated, line_keys, site_of
from corpus_loader.articles.structure import refine
from corpus_loader.records import Finding, Label, LabelledBlock, Page
from tests.articles.pages import CODES, OTHER, PARAGRAPH, codes, dump, labelled, page

NOTICE = "Our newsroom depends on its readers: if you value what we write, help it with a small sum every month."
THIRD = "Engineers who took part in the study explained that its pillars have to be strengthened very soon."


def known(several=(), most=(), two=(), site=""):
    """What is known of these lines, by how often they stand."""
    often = [(lines, np.full(len(lines), i, np.uint8)) for i, lines in enumerate((two, several, most))]
    return Repeated.joined(Repeated(np.sort(line_keys(site, lines)), many) for lines, many in often)


def refused(lines, letters, repeated, scores=None):
    """The letters of the labels after the repeated lines were refused."""
    document, labels = dump(*lines), labelled(letters)
    if scores:
        labels = tuple(one._replace(score=score) for one, score in zip(labels, scores, strict=False))
    return codes(repeated.refuse(document, labels))


def test_a_notice_that_the_labeller_doubts_falls_out_wherever_it_stands():
    scores = [0.8, 0.8, 0.8, 0.8]
    for place in range(4):
        lines = [PARAGRAPH, OTHER, THIRD]
        lines.insert(place, NOTICE)
        assert refused(lines, "bbbb", known([NOTICE]), scores) == "bbbb"[:place] + "f" + "bbbb"[place + 1 :]


@pytest.mark.parametrize(
    ("repeated", "score", "stays"),
    [
        (known(two=[NOTICE]), 0.7, False),
        (known(two=[NOTICE]), 0.8, True),
        (known(several=[NOTICE]), 0.8, False),
        (known(several=[NOTICE]), 0.95, True),
        (known(most=[NOTICE]), 1.0, False),
    ],
)
def test_a_paragraph_that_the_labeller_is_sure_of_stays_unless_most_articles_have_it(repeated, score, stays):
    lines = [PARAGRAPH, NOTICE, OTHER]
    assert refused(lines, "bbb", repeated, [0.6, score, 0.6]) == ("bbb" if stays else "bfb")


def test_a_heading_of_the_markup_stays_whatever_its_length():
    heading = "What is the risk for children under five years of age?"
    for tag, expected in (("h2", "bbb"), ("p", "bfb")):
        document = page(f"<p>{PARAGRAPH}</p><{tag}>{heading}</{tag}><p>{OTHER}</p>")
        labels = [one._replace(score=0.6) for one in labelled("bbb")]
        assert codes(known([], [heading]).refuse(document, labels)) == expected


@pytest.mark.parametrize("call", ["Sign up for our newsletter", "عقب اشتركوا في نشرتنا", "הצטרפו לערוץ הטלגרם"])
def test_a_short_call_to_the_readers_is_no_subheading(call):
    assert refused([PARAGRAPH, call, OTHER], "bbb", known([call]), [0.5] * 3) == "bfb"


@pytest.mark.parametrize("heading", ["Background", "خلفية", "What do we know?", "背景"])
def test_a_subheading_stays_among_lines_of_the_article(heading):
    doubted = [0.5] * 4
    for repeated in (known([heading]), known([], [heading])):
        assert refused([PARAGRAPH, heading, OTHER], "bbb", repeated, doubted) == "bbb"
        assert refused([PARAGRAPH, OTHER, heading], "bbb", repeated, doubted) == "bbf"
        assert refused([heading, PARAGRAPH, OTHER], "bbb", repeated, doubted) == "fbb"
        assert refused([PARAGRAPH, heading, "Share", OTHER], "bbfb", repeated, doubted) == "bffb"


def test_the_head_of_a_table_stays_with_its_rows():
    lines = [PARAGRAPH, OTHER, "Share", "Last", "Change", "225.86"]
    assert refused(lines, "bbbbbb", known([], lines[2:5]), [0.9, 0.9, 0.6, 0.6, 0.6, 0.6]) == "bbbbbb"


def test_a_short_line_that_calls_out_is_no_subheading():
    for line, letters in (("Follow us on Telegram!", "bfb"), ("Serve at once.", "bbb")):
        assert refused([PARAGRAPH, line, OTHER], "bbb", known([line]), [0.8] * 3) == letters


def test_a_body_of_set_phrases_stays_as_it_is():
    lines = [PARAGRAPH, OTHER, "Riyadh: 31 degrees"]
    assert refused(lines, "bbb", known([], lines[:2]), [0.6] * 3) == "bbb"
    assert refused(lines, "bbb", known([], lines), [0.6] * 3) == "bbb"


def test_what_is_no_body_is_left_alone():
    lines = ["A title of some words", "By Ada Okafor", PARAGRAPH, OTHER, "Source: Reuters", "Home"]
    assert refused(lines, "tybbcf", known([], [lines[i] for i in (0, 1, 4, 5)])) == "tybbcf"


def test_the_columnist_is_found_although_every_column_names_her():
    document = dump("Home", "The bridge will be repaired", "By Ada Okafor", PARAGRAPH, OTHER, THIRD, "About us")
    labels = labelled("fbbbbbf")
    title = find_title(document, labels)
    final = refine(document, known([], ["Home", "By Ada Okafor", "About us"]).refuse(document, labels), title)
    assert find_byline(document, final).value == "Ada Okafor"
    assert codes(final) == "ftybbbf"


def test_a_refused_line_is_not_brought_back_as_a_subheading():
    document = dump(PARAGRAPH, "Subscribe to the newsletter of our paper today", OTHER, THIRD)
    labels = tuple(one._replace(score=0.7) for one in labelled("bbbb"))
    final = refine(document, known([document.texts[1]]).refuse(document, labels), Finding(None))
    assert codes(final) == "bfbb"
    assert final[1] == LabelledBlock(Label.FURNITURE, 0.7, ("repeated-on-other-pages",))


def test_lines_of_one_site_are_not_those_of_another():
    assert refused([PARAGRAPH, NOTICE, OTHER], "bbb", known([], [NOTICE], site="example.org")) == "bbb"
    both = Repeated.joined([known([], [NOTICE], site="example.org"), known([], [NOTICE])])
    assert refused([PARAGRAPH, NOTICE, OTHER], "bbb", both) == "bfb"


@pytest.mark.parametrize(
    ("url", "site"),
    [
        (None, ""),
        ("https://www.Example.org:8080/a?b", "example.org"),
        ("http://m.example.org/a", "example.org"),
        ("https://web.archive.org/web/20151007000000/http://www.example.org/a", "example.org"),
        ("http://[bad", ""),
        ("no address", ""),
    ],
)
def test_the_site_of_a_page(url, site):
    assert site_of(Page("page.txt", b"", "text/plain", url)) == site


def test_keys_do_not_depend_on_the_machine():
    assert line_keys("example.org", ["Home", " Home\u00a0", "\ud800"]).tolist() == [
        6179123271290470928,
        6179123271290470928,
        274510641773732967,
    ]


_LINES = st.lists(st.sampled_from([PARAGRAPH, OTHER, THIRD, NOTICE, "Home", "Background", "Follow us!"]), min_size=1)


@given(_LINES, st.data())
def test_nothing_but_labels_of_the_body_ever_changes(lines, data):
    letters = data.draw(st.lists(st.sampled_from(sorted(CODES)), min_size=len(lines), max_size=len(lines)))
    labels = labelled("".join(letters))
    document = dump(*lines)
    assert NO_LINES.refuse(document, labels) == labels
    repeated = known(data.draw(_LINES), ["Home"], ["Follow us!"])
    for before, after in zip(labels, repeated.refuse(document, labels), strict=True):
        assert after.score == before.score
        if after.label is not before.label:
            assert codes([before]) in "sbh"
            assert (after.label, after.why) == (Label.FURNITURE, ("repeated-on-other-pages",))
