import json
from pathlib import Path

import pytest

from corpus_loader.articles.byline import find_byline, is_byline_line
from tests.articles.pages import PARAGRAPH, dump, labelled, page

CASES = json.loads(Path(__file__).with_name("byline_lines.json").read_text(encoding="utf-8"))
JSONLD = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"@type": "Person", "name": "%s"}}</script>'
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_line_between_headline_and_body_is_a_byline_or_is_not(case):
    document = dump("A headline of the page", case["line"], PARAGRAPH, PARAGRAPH)
    found = find_byline(document, labelled("tfbb"))
    assert found.value == case["byline"]
    assert is_byline_line(case["line"]) == (case["byline"] is not None)
    for evidence in found.evidence:
        assert document.text[evidence.start : evidence.end] == evidence.quote == found.value


def test_the_printed_line_wins_over_the_stated_author():
    document = page(f"<h1>A headline</h1><p>Ada Okafor, Lena Brandt</p><p>{PARAGRAPH}</p>", head=JSONLD % "Ada Okafor")
    found = find_byline(document, labelled("tfb"))
    assert found.value == "Ada Okafor, Lena Brandt"
    assert found.evidence[0].origin == "text"


def test_a_stated_author_who_is_not_printed_is_taken_from_the_markup():
    document = page(f"<h1>A headline</h1><p>{PARAGRAPH}</p>", head=JSONLD % "Ada Okafor")
    found = find_byline(document, labelled("tb"))
    (evidence,) = found.evidence
    assert found.value == "Ada Okafor"
    assert evidence.origin == "markup"
    assert document.source[evidence.start : evidence.end] == "Ada Okafor"


def test_a_word_for_by_is_cut_off_even_an_everyday_one_where_the_author_is_stated():
    document = page(f"<h1>A headline</h1><p>Por Ada Okafor</p><p>{PARAGRAPH}</p>", head=JSONLD % "Ada Okafor")
    assert find_byline(document, labelled("tfb")).value == "Ada Okafor"
    document = page(f"<h1>A headline</h1><p>{PARAGRAPH}</p>", head=JSONLD % "By Ada Okafor | The Courier")
    (evidence,) = find_byline(document, labelled("tb")).evidence
    assert document.source[evidence.start : evidence.end] == evidence.quote == "Ada Okafor"


@pytest.mark.parametrize("author", ["https://news.example/staff/1", "admin", "desk@news.example", "The Sound Courier"])
def test_addresses_accounts_and_the_outlet_itself_are_no_authors(author):
    head = JSONLD % author + '<meta property="og:site_name" content="The Sound Courier">'
    assert find_byline(page(f"<h1>A headline</h1><p>{PARAGRAPH}</p>", head=head), labelled("tb")).value is None


def test_a_line_that_the_markup_marks_as_the_authors_is_the_byline():
    document = page(f'<h1>A headline</h1><a rel="author" href="/o">Ada Okafor</a><p>{PARAGRAPH}</p>')
    assert find_byline(document, labelled("tfb")).value == "Ada Okafor"


def test_a_byline_stands_below_the_standfirst_too():
    document = page(f"<h1>A headline</h1><p>A standfirst.</p><p>By Ada Okafor</p><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p>")
    assert find_byline(document, labelled("tsybb")).value == "Ada Okafor"


def test_the_author_of_a_comment_is_not_the_byline():
    comment = '<div class="comment-author">Lena Brandt</div>'
    document = page(f"<h1>A headline</h1><p>{PARAGRAPH}</p>{comment}")
    assert find_byline(document, labelled("tbf")).value is None


def test_a_headline_that_begins_like_a_byline_is_none():
    document = dump("Von Mainz bis Aachen: Im Netz der Agenten", "Von Jonas Weidlich", PARAGRAPH)
    assert find_byline(document, labelled("tfb")).value == "Jonas Weidlich"
    assert find_byline(document, labelled("tbb")).value == "Jonas Weidlich"
