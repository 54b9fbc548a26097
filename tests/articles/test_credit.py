import json
from pathlib import Path

import pytest

from corpus_loader.articles.credit import find_credit, is_credit_line
from tests.articles.pages import PARAGRAPH, dump, labelled

CASES = json.loads(Path(__file__).with_name("credit_lines.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_line_after_the_body_is_a_credit_or_is_not(case):
    document = dump("A headline of the page", PARAGRAPH, PARAGRAPH, case["line"])
    found = find_credit(document, labelled("tbbf"))
    assert found.value == case["credit"]
    assert is_credit_line(case["line"]) == (case["credit"] is not None)
    for evidence in found.evidence:
        assert document.text[evidence.start : evidence.end] == evidence.quote == found.value


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("2021年11月3日 10:21 来源：新华社", "新华社"),
        ("2021-11-03 10:21:00 来源: 海岸网 作者: 李华", "海岸网"),
        ("12 أبريل 2020 - المصدر: رويترز", "رويترز"),
        ("3 May 2021 | Source: AFP", "AFP"),
        ("The council named its source: Reuters", None),
        ("Tuesday's vote and its source: Reuters", None),
    ],
)
def test_a_credit_behind_a_day(line, credit):
    assert find_credit(dump("A headline", line, PARAGRAPH, PARAGRAPH), labelled("tfbb")).value == credit


def test_an_agency_in_the_dateline_is_the_credit():
    document = dump("A headline", f"LONDON (Reuters) - {PARAGRAPH}", PARAGRAPH)
    assert find_credit(document, labelled("tbb")).value == "Reuters"


def test_an_agency_in_brackets_at_the_very_end_is_the_credit():
    document = dump("A headline", PARAGRAPH, f"{PARAGRAPH} (dpa)")
    assert find_credit(document, labelled("tbb")).value == "dpa"


def test_an_agency_in_brackets_within_a_paragraph_is_none():
    document = dump("A headline", PARAGRAPH, f"The agency (AP) wrote first. {PARAGRAPH}")
    assert find_credit(document, labelled("tbb")).value is None


def test_a_credit_of_a_picture_is_none():
    assert find_credit(dump("A headline", "Source: Reuters", PARAGRAPH), labelled("tkb")).value is None


def test_a_page_without_a_body_has_no_credit_and_says_why():
    found = find_credit(dump("Source: Reuters"), labelled("f"))
    assert found.value is None
    assert found.reason == "no-body"
