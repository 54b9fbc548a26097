"""Labels of days that are not the page's: of events, of deadlines, of lives, of rights."""

import json
from pathlib import Path

import pytest

from corpus_loader.articles.dates.candidates_labels import (
    EVENT,
    RIGHTS,
    label_above,
    label_before,
    label_behind,
    names_archive,
)
from corpus_loader.articles.dates.resolve import resolve_date
from corpus_loader.articles.labeller import label
from corpus_loader.pages import cut
from corpus_loader.records import Page

CASES = json.loads(Path(__file__).with_name("label_cases.json").read_text(encoding="utf-8"))
#: Outlets, sections and bylines of such words before days that are the page's, all of them 12 May 2015.
PAGES = json.loads(Path(__file__).with_name("label_pages.json").read_text(encoding="utf-8"))
RULES = {"event": EVENT, "rights": RIGHTS, "neither": None}
READERS = {"before": label_before, "above": label_above, "behind": label_behind}
PROSE = "The council of the town met again and said that it will mend the old bridge before the winter comes. " * 2


@pytest.mark.parametrize(
    ("place", "rule", "text"),
    [(place, RULES[kind], text) for place, kinds in CASES.items() for kind, texts in kinds.items() for text in texts],
)
def test_what_a_label_says(place, rule, text):
    assert READERS[place](text) == rule


@pytest.mark.parametrize("text", ["أرشيف", "آرشیو", "Archive:", "Архив за"])
def test_the_month_of_an_archive(text):
    assert names_archive(text)
    assert not names_archive("Published in")


def resolve(*lines, language=None, media_type="text/plain"):
    page = cut(Page("page", "\n".join(lines).encode(), media_type))
    return page, resolve_date(page, label(page), language=language)


STAMPS = [
    ("Conference date: 12 May 2015", "printed-event"),
    ("موعد المؤتمر: 12 مايو 2015", "printed-event"),
    ("تاريخ الفعالية: الثلاثاء 12 مايو 2015", "printed-event"),
    ("زمان برگزاری: ۲۲ اردیبهشت ۱۳۹۴", "printed-event"),
    ("کانفرنس کی تاریخ: 12 مئی 2015", "printed-event"),
    ("Veranstaltungstermin: 12. Mai 2015", "printed-event"),
    ("Date de l'événement : 12 mai 2015", "printed-event"),
    ("© حقوق النشر 12 مايو 2015", "printed-rights"),
    ("Copyright 12 May 2015", "printed-rights"),
    ("کلیه حقوق محفوظ است ۲۲ اردیبهشت ۱۳۹۴", "printed-rights"),
]


@pytest.mark.parametrize(("line", "rule"), STAMPS)
def test_such_a_day_is_a_candidate_and_no_publication_day(line, rule):
    page, found = resolve("Home", "Title of the article about the bridge", line, PROSE, PROSE)
    assert found.value is None
    ((value, evidence),) = [(seen.value, seen.evidence) for seen in found.candidates]
    assert (value, evidence.rule) == ("2015-05-12", rule)
    assert page.text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize(("line", "rule"), STAMPS)
def test_a_stamp_beside_it_is_the_day(line, rule):
    lines = ("Title of the article about the bridge", "Published: 9 May 2015", line, PROSE, PROSE)
    _, found = resolve(*lines)
    assert found.value.day.isoformat() == "2015-05-09"
    assert ("2015-05-12", rule) in {(seen.value, seen.evidence.rule) for seen in found.candidates}


@pytest.mark.parametrize("line", ["May 2015", "Published in May 2015"])
@pytest.mark.parametrize("before", ["Archive: ", "أرشيف ", "Conference date: ", "Deadline: "])
def test_such_a_month_is_not_that_of_the_publication(before, line):
    assert resolve("Title of the article about the bridge", line, PROSE, PROSE)[1].value.precision == "month"
    bare = line.removeprefix("Published in ")
    assert resolve("Title of the article about the bridge", before + bare, PROSE, PROSE)[1].value is None


@pytest.mark.parametrize("words", ["Conference date: ", "زمان برگزاری: "])
def test_the_label_beside_an_element_says_whose_day_it_states(words):
    stamp = f'<p>{words}<time datetime="2015-05-12">12 May 2015</time></p>'
    page = f"<html><body><h1>Title of the article</h1>{stamp}<p>{PROSE}</p><p>{PROSE}</p></body></html>"
    _, found = resolve(page, media_type="text/html")
    assert found.value is None
    assert {seen.evidence.rule for seen in found.candidates} == {"printed-event"}


@pytest.mark.parametrize("lines", PAGES["text"])
def test_an_outlet_or_a_section_silences_no_day(lines):
    _, found = resolve("Home", "Title of the article about the bridge", *lines.split("\n"), PROSE, PROSE)
    assert found.value is not None
    assert found.value.day.isoformat() == "2015-05-12"
    assert found.value.precision == "day"


@pytest.mark.parametrize("stamp", PAGES["html"])
def test_nor_that_of_an_element(stamp):
    page = f"<html><body><h1>Title of the article</h1>{stamp}<p>{PROSE}</p><p>{PROSE}</p></body></html>"
    _, found = resolve(page, media_type="text/html")
    assert found.value is not None
    assert found.value.day.isoformat() == "2015-05-12"
    assert found.evidence[0].confidence > (0.9 if "datetime" in stamp else 0.5)
