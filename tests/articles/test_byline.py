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


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("<span class=author>Ada Okafor</span> <time>September 30, 2020</time>", "Ada Okafor"),
        ("<a href=/o>Ada Okafor</a><time>September 30, 2020</time>", "Ada Okafor"),
        ("<a href=/o>Ada Okafor</a><span>2 minutes ago</span>", "Ada Okafor"),
        ("Sep 30 2020 by Ada Okafor", "Ada Okafor"),
        ("30 September 2020 by<a href=/o>Ada Okafor</a>", "Ada Okafor"),
        ("<a href=/o>Ada Okafor</a><span>ada@news.example</span><span>@adaokafor</span>", "Ada Okafor"),
        ("<a href=/o>Ada Okafor</a><i>Correspondent</i> @ada", "Ada Okafor"),
        ("Ada Okafor 7 hours", "Ada Okafor"),
        ("Ada Okafor, Lena Brandt 30 September 2020", "Ada Okafor, Lena Brandt"),
    ],
)
def test_the_stated_author_s_line_is_quoted_without_its_day_or_account(line, byline):
    document = page(f"<h1>A headline</h1><div>{line}</div><p>{PARAGRAPH}</p>", head=JSONLD % "Ada Okafor")
    (evidence,) = find_byline(document, labelled("tfb")).evidence
    assert (evidence.rule, evidence.quote) == ("stated-author-line", byline)


def test_an_author_in_another_script_is_quoted_without_the_day():
    line = "<span class=author>Иван Речной</span> <time>30 сентября 2020, 11:45</time>"
    document = page(f"<h1>A headline</h1><div>{line}</div><p>{PARAGRAPH}</p>", head=JSONLD % "Иван Речной")
    assert find_byline(document, labelled("tfb")).value == "Иван Речной"


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("<span class=author>Ada Okafor</span> <time>September 30, 2020</time>", "Ada Okafor"),
        ("<a rel=author>Ada Okafor</a><time>Sep 30, 2020</time>", "Ada Okafor"),
        ("<span class=author>Ada Okafor</span> and friends on the river", None),
        ("<span class=author>politics</span> <time>September 30, 2020</time>", None),
        ("<span class=section>Ada Okafor</span> <time>September 30, 2020</time>", None),
    ],
)
def test_an_element_inside_the_line_can_mark_the_author(line, byline):
    document = page(f"<h1>A headline</h1><div>{line}</div><p>{PARAGRAPH}</p>")
    assert find_byline(document, labelled("tfb")).value == byline


@pytest.mark.parametrize("line", ["LONDON, Sept 30", "11:39 PM, 3 May 2021", "Politics 3 May 2021"])
def test_a_place_a_clock_or_a_section_beside_a_day_is_no_author(line):
    document = page(f'<h1>A headline</h1><div class="byline">{line}</div><p>{PARAGRAPH}</p>')
    assert find_byline(document, labelled("tfb")).value is None


def test_a_word_for_by_in_a_marked_line_with_a_day_is_cut_off():
    document = page(f'<h1>A headline</h1><div class="author">3. Mai 2021 von Jonas Weidlich</div><p>{PARAGRAPH}</p>')
    assert find_byline(document, labelled("tfb")).value == "Jonas Weidlich"


def test_the_one_who_answers_an_interview_is_not_its_author():
    told = f"{PARAGRAPH} The bridge is too late, said Hall, and it is too expensive."
    assert find_byline(dump("A headline", "Interview: Tom Hall", told), labelled("tfb")).value is None
    assert find_byline(dump("A headline", "Interview: Ada Okafor", told), labelled("tfb")).value == "Ada Okafor"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("김민수 기자", "김민수"),
        ("김민수·이서연 기자", "김민수·이서연"),
        ("[김민수 특파원]", "김민수"),
        ("김민수 기자 minsu@news.example", "김민수"),
        ("김민수 기자가 다리 위에서 본 것은 무엇인가", None),
        ("기자 회견", None),
    ],
)
def test_a_word_behind_the_names(line, names):
    assert find_byline(dump("A headline", line, PARAGRAPH, PARAGRAPH), labelled("tfbb")).value == names
