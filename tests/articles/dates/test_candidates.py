import datetime as dt

import pytest

from corpus_loader.articles.dates.candidates import candidates_of
from corpus_loader.articles.dates.candidates_layout import layout_of
from corpus_loader.articles.dates.candidates_metadata import role_of_name, sightings_in_metadata, sightings_in_url
from corpus_loader.articles.dates.candidates_text import sightings_in_text
from corpus_loader.pages import cut
from corpus_loader.records import Label, LabelledBlock, Page

PROSE = "The council of the town met again and said that it will mend the old bridge before the winter comes. " * 2


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("article:published_time", "published"),
        ("datePublished", "published"),
        ("DC.date.issued", "published"),
        ("parsely-pub-date", "published"),
        ("sailthru.date", "published"),
        ("pubdate", "published"),
        ("date", "published"),
        ("dateModified", "modified"),
        ("og:updated_time", "modified"),
        ("last-modified", "modified"),
        ("dateCreated", "created"),
        ("uploadDate", "created"),
        ("startDate", "other"),
        ("foundingDate", "other"),
        ("birthDate", "other"),
        ("article:expiration_time", "other"),
        ("copyrightYear", "other"),
        ("og:title", "unsaid"),
        ("generator", "unsaid"),
    ],
)
def test_a_name_says_what_its_date_is_to_the_page(name, role):
    assert role_of_name(name) == role


def metadata_of(markup):
    page = cut(Page("page", f"<html><head>{markup}</head><body><p>{PROSE}</p></body></html>".encode(), "text/html"))
    return page, sightings_in_metadata(page)


def test_events_and_people_have_days_that_are_not_the_pages():
    _, found = metadata_of(
        '<script type="application/ld+json">[{"@type": "Event", "startDate": "2015-10-07"},'
        '{"@type": "Person", "birthDate": "1960-01-01"}]</script>'
    )
    assert found == []


def test_parts_of_an_article_are_told_from_the_article():
    _, found = metadata_of(
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2015-10-07",'
        ' "comment": {"@type": "Comment", "datePublished": "2015-10-09"}}</script>'
    )
    assert [(seen.value, seen.rule) for seen in found] == [
        ("2015-10-07", "jsonld-article-published"),
        ("2015-10-09", "jsonld-part-published"),
    ]


def test_scripts_and_attributes_are_read_only_where_the_metadata_are_silent():
    script = '<script>var page = {"published_at": "2015-10-07T10:00:00"}</script>'
    page, found = metadata_of(script)
    assert [(seen.value, seen.rule) for seen in found] == [("2015-10-07", "source-published")]
    assert page.source[found[0].start : found[0].end] == found[0].quote
    _, found = metadata_of('<meta name="date" content="2015-10-06">' + script)
    assert [seen.rule for seen in found] == ["meta-published"]


def test_an_address_with_a_month_alone_is_a_candidate_without_a_day():
    (seen,) = sightings_in_url(cut(Page("page", b"a", "text/plain", "https://example.org/2015/10/title")))
    assert (seen.day, seen.value, seen.rule) == (None, "2015-10", "url-month")


def test_a_page_of_unknown_address_states_its_own():
    head = '<link rel="canonical" href="https://example.org/2015/10/07/title">'
    page = f"<html><head>{head}</head><body><p>{PROSE}</p></body></html>".encode()
    own = cut(Page("page", page, "text/html"))
    (seen,) = sightings_in_url(own)
    assert (seen.value, seen.rule, seen.origin) == ("2015-10-07", "url-day", "markup")
    assert own.source[seen.start : seen.end] == seen.quote == "2015/10/07"
    assert sightings_in_url(cut(Page("page", page, "text/html", "https://example.org/title"))) == []


def printed(*lines, url=None, **known):
    page = cut(Page("page", "\n".join(lines).encode(), "text/plain", url))
    kinds = [Label.BODY if len(page.texts[i]) > 100 else Label.FURNITURE for i in range(len(page.blocks))]
    layout = layout_of(page, [LabelledBlock(kind, 0.5) for kind in kinds])
    found = sightings_in_text(page, layout, **known)
    assert all(page.text[seen.start : seen.end] == seen.quote for seen in found)
    return [(seen.value, seen.role) for seen in found]


def test_the_words_beside_a_day_say_what_it_is():
    line = "Published 7 October 2015 | Updated: 12 October 2015"
    assert printed(line, PROSE) == [("2015-10-07", "published"), ("2015-10-12", "modified")]
    assert printed("تاریخ انتشار", "۱۵ مهر ۱۳۹۴", PROSE) == [("2015-10-07", "published")]
    assert printed("12 October 2015 (updated)", PROSE) == [("2015-10-12", "modified")]
    assert printed("GMT 17:27 17.03.2020 (محدثة GMT 17:49 18.03.2020)", PROSE) == [
        ("2020-03-17", "unsaid"),
        ("2020-03-18", "modified"),
    ]


@pytest.mark.parametrize(
    "line",
    ["Rob Roe, CorrespondentDec 22, 2023, 10:15 PM", "10:15 PMDec 22, 2023 Close", "Created on22.12.2023"],
)
def test_a_dump_that_has_run_two_elements_together(line):
    assert [value for value, _ in printed(line, PROSE)] == ["2023-12-22"]


def test_addresses_printed_in_the_text_are_no_stamps():
    assert printed("https://example.org/2015/07/13/title", PROSE) == []


def test_an_open_year_comes_from_the_window_the_address_or_the_rights_line_or_stays_open():
    line = "Wednesday 7 October"
    window = (dt.date(2015, 9, 1), dt.date(2016, 1, 31))
    assert printed(line, PROSE, window=window) == [("2015-10-07", "unsaid")]
    assert printed(line, PROSE, url="https://example.org/2015/10/title") == [("2015-10-07", "unsaid")]
    assert printed(line, PROSE, "© 2015 Example")[0] == ("2015-10-07", "unsaid")
    assert printed(line, PROSE) == [("XXXX-10-07", "unsaid")]
    assert printed(line, PROSE, window=(dt.date(2009, 1, 1), dt.date(2016, 1, 31))) == [("XXXX-10-07", "unsaid")]


@pytest.mark.parametrize("sign", ["©", "Ⓒ", "(c)", "Copyright", "جميع الحقوق محفوظة", "کپی‌رایت"])
def test_the_signs_of_a_copyright_line(sign):
    line = "Wednesday 7 October"
    assert printed(line, PROSE, f"{sign} 2015 Example")[0] == ("2015-10-07", "unsaid")
    assert printed(f"{sign} 7 October 2015", PROSE) == [("2015-10-07", "other")]


def test_candidates_stand_in_page_order_and_each_place_once():
    page = cut(Page("page", f"3 May 2015\n{PROSE}\n1 May 2015".encode(), "text/plain"))
    layout = layout_of(page, [LabelledBlock(Label.FURNITURE, 0.5)] * len(page.blocks))
    found = sightings_in_text(page, layout)
    candidates = candidates_of([*reversed(found), *found], {dt.date(2015, 5, 3): 0.25})
    assert [candidate.value for candidate in candidates] == ["2015-05-03", "2015-05-01"]
    assert [candidate.evidence.confidence for candidate in candidates] == [0.25, None]
