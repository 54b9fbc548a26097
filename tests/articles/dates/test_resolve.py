import datetime as dt
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus_loader
from corpus_loader.articles.dates.resolve import likely_or_refused, resolve_date
from corpus_loader.articles.dates.retrieved import find_retrieved
from corpus_loader.pages import cut
from corpus_loader.records import Evidence, Finding, Label, LabelledBlock, Page, PublicationDate

AUTUMN = (dt.date(2015, 9, 1), dt.date(2016, 1, 31))
PROSE = "The council of the town met again and said that it will mend the old bridge before the winter comes. " * 2


def document(text, *, url=None, media_type="text/plain", fetched=None):
    return cut(Page("page", text.encode(), media_type, url, fetched))


def labels(page, title="Title of the article"):
    found = []
    for index in range(len(page.blocks)):
        text = page.texts[index]
        kind = Label.TITLE if text.startswith(title) else Label.BODY if len(text) > 100 else Label.FURNITURE
        found.append(LabelledBlock(kind, 0.9 if kind is Label.BODY else 0.1))
    return tuple(found)


def resolve(text, *, url=None, media_type="text/plain", **known):
    page = document(text, url=url, media_type=media_type)
    return page, resolve_date(page, labels(page), **known)


def dump(*lines):
    return "\n".join(lines) + "\n"


def html(head="", body=""):
    story = f"<h1>Title of the article</h1><p>{PROSE}</p><p>{PROSE}</p>"
    return f"<html><head><title>Title of the article</title>{head}</head><body>{body}{story}</body></html>"


NEWS = '<script type="application/ld+json">{}</script>'.format(
    json.dumps(
        {
            "@type": "NewsArticle",
            "datePublished": "2015-10-07T09:30:00+03:30",
            "dateModified": "2016-02-03T10:00:00+03:30",
        }
    )
)


def test_metadata_name_the_day_and_its_characters():
    page, found = resolve(html(NEWS), media_type="text/html")
    assert (found.value.day, found.value.precision, found.value.basis) == (dt.date(2015, 10, 7), "day", "metadata")
    (evidence,) = found.evidence
    assert evidence.field == "date"
    assert evidence.rule == "jsonld-article-published"
    assert evidence.origin == "markup"
    assert page.source[evidence.start : evidence.end] == evidence.quote == "2015-10-07T09:30:00+03:30"
    assert evidence.confidence > 0.5
    assert "2016-02-03" in {candidate.value for candidate in found.candidates}


def test_the_zone_of_the_outlet_decides_the_day_of_a_utc_timestamp():
    meta = '<meta property="article:published_time" content="2015-10-07T22:15:00Z">'
    assert resolve(html(meta), media_type="text/html")[1].value.day == dt.date(2015, 10, 7)
    assert resolve(html(meta), media_type="text/html", zone="Asia/Tehran")[1].value.day == dt.date(2015, 10, 8)


def test_a_stamp_beside_the_headline_of_a_dump():
    text = dump("Home", "Title of the article", "Published: 7 October 2015 10:30", PROSE, PROSE, "© 2015 Example")
    page, found = resolve(text)
    assert (found.value.day, found.value.basis) == (dt.date(2015, 10, 7), "stamp")
    (evidence,) = found.evidence
    assert page.text[evidence.start : evidence.end] == evidence.quote == "7 October 2015"
    assert evidence.origin == "text"


def test_the_address_of_a_dump_without_a_stamp():
    url = "https://example.org/2015/10/07/title"
    _, found = resolve(dump("Title of the article", PROSE, PROSE), url=url)
    assert (found.value.day, found.value.basis) == (dt.date(2015, 10, 7), "url")
    (evidence,) = found.evidence
    assert url[evidence.start : evidence.end] == evidence.quote == "2015/10/07"
    assert evidence.origin == "url"


def test_an_updated_day_is_not_preferred_to_the_published_one():
    lines = ("Title of the article", "Published 7 October 2015", "Updated 12 October 2015", PROSE, PROSE)
    assert resolve(dump(*lines))[1].value.day == dt.date(2015, 10, 7)


def test_days_of_comments_and_of_other_articles_are_not_the_publication():
    comment = '<div class="comment-body"><time itemprop="datePublished" datetime="2015-10-09">9 October</time></div>'
    teasers = "".join(f"<p>Teaser {number} of another story</p>" for number in range(20))
    away = '<time class="published" datetime="2015-11-01">1 November 2015</time>'
    meta = '<meta itemprop="datePublished" content="2015-10-07T10:00:00+0200">'
    _, found = resolve(html(meta).replace("</body>", f"{comment}{teasers}{away}</body>"), media_type="text/html")
    assert found.value.day == dt.date(2015, 10, 7)
    seen = {(candidate.value, candidate.evidence.rule) for candidate in found.candidates}
    assert ("2015-11-01", "element-away") in seen
    assert "2015-10-09" not in {value for value, _ in seen}


def test_the_words_beside_an_element_say_that_its_day_is_of_a_change():
    stamp = '<p>Updated: <time class="byline-date" datetime="2015-12-31T20:51:17Z">31 December 2015</time></p>'
    meta = '<meta property="article:published_time" content="2015-12-08T22:31:00.000Z">'
    _, found = resolve(html(meta, stamp), media_type="text/html")
    assert found.value.day == dt.date(2015, 12, 8)
    assert "time-modified" in {candidate.evidence.rule for candidate in found.candidates}


def test_a_day_that_its_weekday_contradicts_says_so_and_is_not_sure():
    lines = ("Title of the article", "Published: Monday, 7 October 2015 10:30", PROSE, PROSE)
    _, found = resolve(dump(*lines), language="en")
    (evidence,) = found.evidence
    assert evidence.rule == "printed-published-wrong-weekday"
    assert evidence.confidence < 0.5
    _, right = resolve(dump(lines[0], lines[1].replace("Monday", "Wednesday"), *lines[2:]), language="en")
    assert right.evidence[0].confidence > 0.7


@pytest.mark.parametrize(
    ("line", "day"),
    [("March 2015", "2015-03-01"), ("آذر ۱۳۹۳", "2014-11-22"), ("نشر في تشرين الأول 2015", "2015-10-01")],
)
def test_a_stamp_of_a_month_gives_the_month(line, day):
    page, found = resolve(dump("Home", "Title of the article", line, PROSE, PROSE))
    assert (found.value.day.isoformat(), found.value.precision, found.value.basis) == (day, "month", "stamp")
    (evidence,) = found.evidence
    assert page.text[evidence.start : evidence.end] == evidence.quote
    assert evidence.rule == "printed-month"


@pytest.mark.parametrize("line", ["© March 2015", "Our spring offers of March 2015 are here to stay", "2015"])
def test_other_months_are_not_that_of_the_publication(line):
    assert resolve(dump("Home", "Title of the article", line, PROSE, PROSE))[1].value is None


def test_a_month_outside_the_window_is_no_answer():
    assert resolve(dump("Home", "Title of the article", "March 2012", PROSE, PROSE), window=AUTUMN)[1].value is None


def test_a_day_likelier_wrong_than_right_is_refused_with_itself_among_the_candidates():
    day = PublicationDate(dt.date(2015, 10, 7), "day", "stamp")
    for confidence, kept in ((0.44, False), (0.5, True), (0.9, True)):
        evidence = Evidence("date", "printed-unsaid", 0, 14, "7 October 2015", "text", confidence)
        found = likely_or_refused(Finding(day, (evidence,)))
        assert (found.value == day) is kept
        if not kept:
            assert (found.reason, [seen.value for seen in found.candidates]) == ("no-date", ["2015-10-07"])
            assert "0.44" in found.detail


@pytest.mark.parametrize(
    "heading", ["Related articles", "Latest", "اقرأ أيضا", "مطالب مرتبط", "Das könnte Sie auch interessieren"]
)
def test_days_in_a_list_of_other_articles_are_not_the_publication(heading):
    others = ("Another story of the town", "12 October 2015", "The third story of the town", "11 October 2015")
    _, found = resolve(dump("Home", "Title of the article", PROSE, PROSE, heading, *others))
    assert (found.value, found.reason) == (None, "no-date")
    assert {candidate.evidence.rule for candidate in found.candidates} == {"printed-in-list"}
    _, stamped = resolve(dump("Home", "Title of the article", "7 October 2015", PROSE, PROSE, heading, *others))
    assert stamped.value.day == dt.date(2015, 10, 7)


CLOCK = "جمعه ۲ آذر ۱۴۰۳ تهران ۱۰:۲۲"


@pytest.mark.parametrize("window", [None, AUTUMN])
def test_the_clock_of_the_site_is_never_the_publication_day(window):
    page, found = resolve(dump("خانه", CLOCK, "Title of the article", PROSE, PROSE), window=window)
    assert found.value is None
    assert found.reason == "no-date"
    retrieved = find_retrieved(page, labels(page), window=window)
    assert retrieved.value == dt.date(2024, 11, 22)
    (evidence,) = retrieved.evidence
    assert page.text[evidence.start : evidence.end] == evidence.quote
    assert evidence.rule == "site-clock"


def test_a_stamp_wins_over_the_clock_above_it():
    text = dump("خانه", CLOCK, "Title of the article", "۱۵ مهر ۱۳۹۴", PROSE, PROSE)
    assert resolve(text)[1].value.day == dt.date(2015, 10, 7)


def test_the_container_states_when_the_page_was_fetched():
    moment = dt.datetime(2015, 10, 9, 12, tzinfo=dt.UTC)
    page = document(dump("Title of the article", PROSE), fetched=moment)
    found = find_retrieved(page, labels(page))
    assert (found.value, found.evidence[0].origin) == (dt.date(2015, 10, 9), "container")


def test_no_clock_no_container_no_day_of_fetching():
    page = document(dump("Title of the article", "Published: 7 October 2015", PROSE))
    assert find_retrieved(page, labels(page)).value is None


TOLD = {
    "repeated, Arabic": (
        "ar",
        "وقال المتحدث باسم الوزارة يوم الجمعة 2 أكتوبر/تشرين الأول إن",
        "وأكد الوزير الجمعة ذلك.",
    ),
    "repeated, Persian": ("fa", "شورای شهر روز چهارشنبه ۱۵ مهر اعلام کرد که", "شهردار نیز روز چهارشنبه چنین گفت."),
    "the eve": ("fa", "این تصمیم در روز چهارشنبه، هشتم مهر، اعلام شد و", "شورا روز پنجشنبه نیز گرد هم خواهد آمد."),
    "today": ("ar", "عقد المجلس اليوم السبت 10 أكتوبر اجتماعا قال فيه إن", "وأضاف البيان ذلك أيضا."),
}
ANSWERS = {
    "repeated, Arabic": ("يوم الجمعة 2 أكتوبر/تشرين الأول", "2015-10-02", "told-repeated"),
    "repeated, Persian": ("روز چهارشنبه ۱۵ مهر", "2015-10-07", "told-repeated"),
    "the eve": ("روز چهارشنبه، هشتم مهر", "2015-09-30", "told-eve"),
    "today": ("اليوم السبت 10 أكتوبر", "2015-10-10", "told-today"),
}
FILLER = {
    "ar": "أعلن المجلس في بيان له أن الأعمال سوف تستمر حتى إشعار آخر وأن السكان سوف يبلغون بكل جديد في حينه.",
    "fa": "شورای شهر در بیانیه‌ای گفت که کارها تا اطلاع بعدی ادامه خواهد داشت و مردم از هر خبر تازه‌ای آگاه خواهند شد.",
}


def story(language, opening, closing=""):
    filler = FILLER[language]
    return dump("Title of the article", f"{opening} {filler}", filler, f"{filler} {closing}")


@pytest.mark.parametrize("label", TOLD)
def test_a_weekday_with_its_day_in_the_lead_is_the_present_where_the_story_bears_it_out(label):
    quote, day, rule = ANSWERS[label]
    page, found = resolve(story(*TOLD[label]), language=TOLD[label][0], window=AUTUMN)
    assert (found.value.day.isoformat(), found.value.basis) == (day, "narrative")
    (evidence,) = found.evidence
    assert page.text[evidence.start : evidence.end] == evidence.quote == quote
    assert evidence.rule == rule
    assert evidence.confidence < 0.95


@pytest.mark.parametrize("label", TOLD)
def test_without_a_window_no_year_is_guessed(label):
    _, found = resolve(story(*TOLD[label]), language=TOLD[label][0])
    assert found.value is None
    assert found.reason == "ambiguous-date"
    assert ANSWERS[label][0] in {candidate.evidence.quote for candidate in found.candidates}


def test_a_window_with_two_fitting_years_leaves_the_choice_to_a_person():
    text = story(*TOLD["repeated, Persian"])
    _, found = resolve(text, language="fa", window=(dt.date(2009, 1, 1), dt.date(2016, 1, 31)))
    assert found.value is None
    assert found.reason == "ambiguous-date"
    assert {"2009-10-07", "2015-10-07"} <= {candidate.value for candidate in found.candidates}


@pytest.mark.parametrize(
    ("language", "opening", "closing"),
    [
        pytest.param("ar", TOLD["repeated, Arabic"][1], "", id="nothing bears it out"),
        pytest.param(
            "ar", TOLD["repeated, Arabic"][1], "وأضاف الجمعة ثم يوم الأحد 4 أكتوبر ذلك.", id="a later day is told"
        ),
        pytest.param("ar", TOLD["repeated, Arabic"][1], "وأضاف اليوم السبت ذلك.", id="another day is today"),
        pytest.param("ar", "قال يوم الجمعة الماضي 2 أكتوبر إن", "وأكد الجمعة ذلك.", id="a day gone by"),
        pytest.param(
            "de", "Der Rat beschloss am Mittwoch, 7. Oktober, dass", "Am Mittwoch war das so.", id="not so in German"
        ),
        pytest.param(
            "fa", "شورای شهر روز پنجشنبه ۱۵ مهر اعلام کرد که", "روز پنجشنبه.", id="15 Mehr is no Thursday there"
        ),
        pytest.param("ar", "قال المتحدث باسم الوزارة في 2 أكتوبر إن", "وأكد الجمعة ذلك.", id="no weekday"),
    ],
)
def test_a_told_day_that_nothing_bears_out_is_a_candidate(language, opening, closing):
    filler = FILLER.get(language, PROSE)
    text = dump("Title of the article", f"{opening} {filler}", filler, f"{filler} {closing}")
    _, found = resolve(text, language=language, window=AUTUMN)
    assert found.value is None
    assert found.reason in ("ambiguous-date", "no-date")
    assert found.candidates


@pytest.mark.parametrize("weekday", ["الثلاثاء", "اليوم السبت"])
def test_a_weekday_alone_is_a_candidate_and_no_day(weekday):
    text = dump("Title of the article", f"أعلنت الوزارة {weekday} أن {FILLER['ar']}", FILLER["ar"])
    _, found = resolve(text, language="ar", window=AUTUMN)
    assert found.value is None
    assert found.reason == "no-date"
    assert weekday in {candidate.evidence.quote for candidate in found.candidates}
    assert weekday in found.detail


def test_nothing_at_all():
    _, found = resolve(dump("Title of the article", PROSE, PROSE))
    assert (found.value, found.reason, found.candidates) == (None, "no-date", ())


def test_a_day_outside_the_window_is_not_replaced_by_another():
    _, found = resolve(html(NEWS), media_type="text/html", window=(dt.date(2020, 1, 1), dt.date(2020, 12, 31)))
    assert found.value is None
    assert found.reason == "outside-window"
    assert "2015-10-07" in found.detail
    assert "2015-10-07" in {candidate.value for candidate in found.candidates}


def test_no_day_after_the_page_was_fetched():
    text = dump("Title of the article", "Published: 7 October 2015", PROSE)
    assert resolve(text, latest=dt.date(2015, 10, 8))[1].value.day == dt.date(2015, 10, 7)
    assert resolve(text, latest=dt.date(2015, 10, 1))[1].value is None


LINES = st.lists(
    st.sampled_from([
        "Home", "Title of the article", "Published: 7 October 2015", "Updated 12 October 2015", CLOCK, PROSE,
        "© 2016 Example", "Friday, 2 October 2015", "۱۵ مهر ۱۳۹۴", "الجمعة 2 أكتوبر", "7.10.2015 10:30", "Comments",
        "3 November 2014",
    ]),
    min_size=1,
    max_size=14,
)  # fmt: skip


@settings(max_examples=60)
@given(LINES, st.dates(dt.date(2014, 1, 1), dt.date(2016, 12, 31)), st.integers(0, 800))
def test_every_answer_lies_in_the_window_and_stands_in_the_page(lines, first, days):
    window = (first, first + dt.timedelta(days=days))
    page, found = resolve(dump(*lines), window=window)
    for evidence in (*found.evidence, *(candidate.evidence for candidate in found.candidates)):
        assert page.text[evidence.start : evidence.end] == evidence.quote
    if found.value is None:
        assert found.reason
        assert found.detail
    else:
        assert window[0] <= found.value.day <= window[1]
        assert found.evidence[0].quote not in CLOCK


@settings(max_examples=30)
@given(LINES)
def test_the_same_page_gives_the_same_answer(lines):
    assert resolve(dump(*lines))[1] == resolve(dump(*lines))[1]


def test_a_day_within_a_sentence_is_one_of_the_storys():
    story = f"The council will meet its neighbours of the valley again on 12 December 2015 there. {PROSE}"
    _, found = resolve(dump("Title of the article", story, PROSE))
    assert found.value is None
    assert [candidate.value for candidate in found.candidates] == ["2015-12-12"]


def test_the_day_of_a_copyright_line_is_no_publication():
    _, found = resolve(dump("Title of the article", PROSE, PROSE, "© 1 January 2019 The Daily Town"))
    assert found.value is None
    assert [(c.value, c.evidence.rule) for c in found.candidates] == [("2019-01-01", "printed-rights")]


def test_a_copyright_year_gives_a_stamp_its_year_only_with_the_weekday():
    rights = "© 2015 The Daily Town"
    _, bare = resolve(dump("Title of the article", "7 October", PROSE, PROSE, rights))
    _, named = resolve(dump("Title of the article", "Wednesday, 7 October", PROSE, PROSE, rights))
    _, stale = resolve(dump("Title of the article", "Thursday, 7 October", PROSE, PROSE, rights))
    assert (bare.value, stale.value) == (None, None)
    assert named.value.day == dt.date(2015, 10, 7)


def test_two_calendars_that_disagree_are_a_conflict_unless_the_weekday_settles_it():
    _, found = resolve(dump("Title of the article", "۱۵ مهر ۱۳۹۴ - ۹ اکتبر ۲۰۱۵", PROSE, PROSE))
    assert (found.value, found.reason) == (None, "conflicting-dates")
    _, settled = resolve(dump("Title of the article", "چهارشنبه ۱۵ مهر ۱۳۹۴ - ۹ اکتبر ۲۰۱۵", PROSE, PROSE))
    assert settled.value.day == dt.date(2015, 10, 7)


def test_metadata_may_name_the_day_in_words():
    head = '<meta property="article:published_time" content="الأربعاء 7 أكتوبر 2015">'
    _, found = resolve(html(head), media_type="text/html")
    assert (found.value.day, found.value.basis) == (dt.date(2015, 10, 7), "metadata")


@pytest.mark.parametrize(
    ("zones", "day"),
    [
        ("America/New_York America/Detroit America/Phoenix America/Indiana/Knox Pacific/Honolulu Asia/Manila", (10, 7)),
        ("Europe/London Africa/Cairo Asia/Kolkata Asia/Beirut", (7, 10)),
    ],
)
def test_the_zone_of_an_outlet_tells_the_order_of_its_english(zones, day):
    page = dump("Title of the article", "10/07/2015", PROSE, PROSE)
    for zone in zones.split():
        _, found = resolve(page, language="en", zone=zone)
        assert (found.value.day, found.evidence[0].confidence > 0.5) == (dt.date(2015, *day), True), zone


@pytest.mark.parametrize("zone", ["America/Toronto", "Asia/Tehran", "Asia/Tokyo", "UTC"])
def test_a_zone_of_both_orders_or_neither_leaves_it_open(zone):
    _, found = resolve(dump("Title of the article", "10/07/2015", PROSE, PROSE), language="en", zone=zone)
    assert found.evidence[0].confidence < 0.5


def test_one_line_with_thousands_of_days_takes_no_quadratic_time():
    line = "The council voted on Monday to repair the old stone bridge and to close it for two weeks. " * 20_000
    began = time.process_time()
    corpus_loader.extract(line, media_type="text/plain")
    assert time.process_time() - began < 15
