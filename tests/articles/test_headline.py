import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.door import extract
from corpus_loader.articles.headline import find_title
from corpus_loader.articles.headline_candidates import body_start, gather, stated_titles
from corpus_loader.articles.headline_features import FEATURES, rows
from corpus_loader.articles.headline_ranker import shipped
from corpus_loader.articles.labeller import label
from corpus_loader.articles.wording import title_key, words_of
from tests.articles.pages import OTHER, PARAGRAPH, dump, labelled, page

HEADLINE = "Town repairs its old bridge after ten years"
BODY = f"<p>{PARAGRAPH}</p><p>{OTHER}</p>"


def og(title, site="The Sound Courier"):
    return f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{site}">'


def test_the_headline_is_a_line_of_the_page_not_its_title_element():
    head = f"<title>{HEADLINE} - The Sound Courier</title>"
    document = page(f"<nav><a href='/'>Home</a></nav><h1>{HEADLINE}</h1>{BODY}", head=head)
    found = find_title(document, labelled("ftbb"))
    assert found.value == HEADLINE
    assert found.evidence[0].rule == "headline-line"
    assert found.evidence[0].origin == "text"


@pytest.mark.parametrize("separator", [" | ", " - ", " – ", " — ", " :: ", "｜"])
def test_the_outlets_name_is_cut_off_a_stated_title(separator):
    head = f"<title>{HEADLINE}{separator}The Sound Courier</title>" + og(f"{HEADLINE}{separator}The Sound Courier")
    document = page(BODY, head=head, url="https://soundcourier.example/news/town-repairs-its-old-bridge")
    found = find_title(document, labelled("bb"))
    (evidence,) = found.evidence
    assert found.value == HEADLINE
    assert evidence.origin == "markup"
    assert document.source[evidence.start : evidence.end] == HEADLINE


def test_the_first_line_of_a_dump_is_its_title_element():
    document = dump(f"{HEADLINE} | The Sound Courier", "Home", "Sport", HEADLINE, PARAGRAPH, OTHER)
    found = find_title(document, labelled("ffffbb"))
    assert found.value == HEADLINE
    assert document.texts[3] == HEADLINE
    assert found.evidence[0].start == document.blocks[3].start


def test_a_dump_without_a_title_element_gives_the_line_above_the_body():
    document = dump("Accessibility links", "Home", HEADLINE, PARAGRAPH, OTHER)
    assert find_title(document, labelled("fffbb")).value == HEADLINE


def test_a_page_without_words_has_no_title_and_says_why():
    found = find_title(dump("…"), labelled("f"))
    assert found.value is None
    assert found.reason == "no-title"


def test_every_candidate_is_told_with_its_place():
    document = page(f"<h1>{HEADLINE}</h1><h2>Bridges of the county</h2>{BODY}", head=og("Old bridge saved"))
    found = find_title(document, labelled("ffbb"))
    assert {candidate.value for candidate in found.candidates} >= {"Old bridge saved", "Bridges of the county"}


def test_a_heading_that_a_stated_title_begins_with_is_the_headline_whatever_else_the_page_says():
    head = f"<title>{HEADLINE} | News | The Sound Courier</title>" + og("Old bridge saved")
    document = page(f"<h1>The Sound Courier</h1><h1><a href='/a'>{HEADLINE}</a></h1><h2>Other</h2>{BODY}", head=head)
    found = find_title(document, labelled("ffhbb"))
    assert found.value == HEADLINE
    assert found.candidates == ()


def test_a_menu_printed_twice_is_no_headline():
    document = dump(
        "Skip to content", "Home", "Skip to content", HEADLINE, "Monday 4 May 2015, 10:30", PARAGRAPH, OTHER
    )
    assert find_title(document, labelled("fffffbb")).value == HEADLINE


def test_of_several_lines_that_agree_the_longest_wording_is_the_headline_and_its_last_line():
    document = dump(
        f"{HEADLINE}, council says | News", HEADLINE, f"{HEADLINE}, council says", HEADLINE, PARAGRAPH, OTHER
    )
    found = find_title(document, labelled("ffffbb"))
    assert found.evidence[0].start == document.blocks[2].start


LINES = st.lists(
    st.sampled_from([HEADLINE, PARAGRAPH, OTHER, "Home | Sport", "موسم القمح يبدأ", "می‌گوید", "一", "—"]), min_size=1
)


@given(LINES)
def test_a_title_is_a_slice_of_the_page(lines):
    document = dump(*lines)
    found = find_title(document, label(document))
    for item in [*found.evidence, *(candidate.evidence for candidate in found.candidates)]:
        assert document.text[item.start : item.end] == item.quote
        assert 0 <= item.confidence <= 1
    assert found.value == (found.evidence[0].quote if found.evidence else None)


def test_an_address_that_is_none_costs_no_headline():
    """With two candidates, the outlet's names are asked for: `http://[` has no host."""
    head = f"<title>{HEADLINE} - The Sound Courier</title>"
    document = page(f"<h2>Ferries will run at night</h2><h1>{HEADLINE}</h1>{BODY}", head=head, url="http://[")
    assert find_title(document, labelled("ttbb")).value == HEADLINE


@given(LINES)
def test_every_candidate_has_all_features_and_scores_alone_as_among_others(lines):
    document = dump(*lines)
    labels = label(document)
    candidates = gather(document, list(stated_titles(document)), body_start(labels))
    table = rows(document, labels, candidates)
    assert all(len(row) == len(FEATURES) for row in table)
    if table:
        together = shipped().scores(table)
        assert [shipped().scores([row])[0] for row in table] == pytest.approx(together, abs=1e-4)


def test_title_keys_fold_case_quotes_dashes_and_joiners_only():
    assert title_key("“Old” Bridge – Saved.") == title_key("'old' bridge - saved")
    assert title_key("می‌گوید") == title_key("میگوید")
    assert title_key("Bridge 1") != title_key("Bridge 2")


def test_words_of_a_script_without_spaces_are_its_characters():
    assert words_of("橋を直すNEWS 24") == ["橋", "を", "直", "す", "news", "24"]


@pytest.mark.parametrize("form", ["text/plain", "text/html"])
def test_a_page_without_a_headline_keeps_its_first_paragraph(form):
    sentence = "The minister said on Tuesday that the talks in the capital would go on for several more weeks"
    paragraphs = [f"{sentence}, in their round number {number}. Both sides agreed." for number in range(5)]
    text = "\n\n".join(paragraphs) if form == "text/plain" else "".join(f"<p>{one}</p>" for one in paragraphs)
    found = extract(text, media_type=form)
    assert found.title is None
    assert found.findings.title.reason == "no-title"
    assert found.body == "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    "above", ["صفحه اصلی | ورزشی | والیبال", "یکشنبه ۱۲ اردیبهشت ۱۴۰۰ - ۱۰:۴۲", "منبع تصویر، Getty Images"]
)
def test_of_a_dump_no_stamp_caption_or_breadcrumb_is_the_headline(above):
    document = dump("صفحه نخست", "شهرداری پل قدیمی شهر را بازسازی می‌کند", above, PARAGRAPH, OTHER)
    labels = labelled("fffbb")
    assert title_key(above) not in gather(document, list(stated_titles(document)), body_start(labels)).found


def test_a_headline_twice_is_no_caption_where_nothing_above_it_can_be_one():
    line = "شهرداری پل قدیمی شهر را بازسازی می‌کند"
    document = dump("صفحه نخست", line, line, PARAGRAPH, OTHER)
    assert title_key(line) in gather(document, list(stated_titles(document)), 3).found
    document = dump("صفحه نخست", HEADLINE, line, line, PARAGRAPH, OTHER)
    assert title_key(line) not in gather(document, list(stated_titles(document)), 4).found


def test_thousands_of_lines_with_the_words_of_a_title_take_no_quadratic_time():
    lines = "\n".join(f"Follow us {i} affili link newsletter" for i in range(12_000))
    began = time.process_time()
    extract(lines, media_type="text/plain")
    assert time.process_time() - began < 15
