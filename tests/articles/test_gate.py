import html
import json
from pathlib import Path

import pytest

from corpus_loader.articles.gate import find_article
from corpus_loader.articles.page_kinds import KINDS, Line, is_numbered_caption
from corpus_loader.records import Label, LabelledBlock
from tests.articles.pages import OTHER, PARAGRAPH, TEASERS, dump, labelled, page

HERE = Path(__file__).parent
#: Every case is read in both forms, with labels that take any paragraph for an article's.
FORMS = ("dump", "html")


def cases(name):
    rows = json.loads((HERE / name).read_text(encoding="utf-8"))
    return [pytest.param(row, form, id=f"{row['language']}-{row['title']}-{form}") for row in rows for form in FORMS]


def as_page(case, form):
    title, heading, body = case["title"], case.get("heading", case["title"]), case["body"]
    if form == "dump":
        return dump(title, "Home", heading, *body), labelled("fft" + "b" * len(body))
    paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in body)
    markup = f'<nav><a href="/">Home</a></nav><h1>{html.escape(heading)}</h1>{paragraphs}'
    return page(markup, head=f"<title>{html.escape(title)}</title>"), labelled("ft" + "b" * len(body))


@pytest.mark.parametrize(("case", "form"), cases("gate_articles.json"))
def test_a_brief_with_such_a_word_in_its_headline_is_an_article(case, form):
    for title in (case["title"], f"{case['title']} | The Courier", f"The Courier - {case['title']}"):
        found = find_article(*as_page(case | {"title": title, "heading": case["title"]}, form))
        assert found.value is True, found.detail


@pytest.mark.parametrize(("case", "form"), cases("gate_others.json"))
def test_a_page_that_says_itself_what_it_is_is_refused(case, form):
    found = find_article(*as_page(case, form))
    assert (found.value, found.reason) == (None, "not-an-article")
    assert found.detail


def test_an_article_with_a_window_for_logins_is_an_article():
    markup = f"<h1>Sign in</h1><h1>The council repairs the bridge</h1><p>{PARAGRAPH}</p>"
    head = "<title>The council repairs the bridge | The Courier</title>"
    assert find_article(page(markup, head=head), labelled("ftb")).value is True


def test_the_beginning_of_an_article_behind_a_paywall_is_none():
    lines = ["The council repairs the bridge", PARAGRAPH, "Subscribe to continue reading", "Already a subscriber?"]
    assert "paywall" in find_article(dump(*lines), labelled("tbff")).detail
    assert find_article(dump(*lines[:2], *["Menu"] * 9, *lines[2:]), labelled("tb" + "f" * 11)).value is True
    long = dump(lines[0], *[PARAGRAPH] * 6, *lines[2:])
    assert find_article(long, labelled("tbbbbbbff")).value is True


def test_titles_of_drawings_are_none_of_the_page():
    markup = f"<svg><title>Search</title></svg><p>{PARAGRAPH}</p><p>{OTHER}</p>"
    assert find_article(page(markup, head="<title>The bridge is repaired</title>"), labelled("bb")).value is True


@pytest.mark.parametrize("menu", ["Log in", "Home | About us | Contact us", "الرئيسية | من نحن | اتصل بنا"])
def test_the_menu_on_top_of_a_dump_says_nothing_of_the_page(menu):
    assert find_article(dump(menu, "The bridge is repaired", PARAGRAPH), labelled("ftb")).value is True


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_ordinary_heading_is_of_no_kind(kind):
    assert kind.said_by(Line("")) is None
    assert kind.said_by(Line("The council met on Monday")) is None


@pytest.mark.parametrize("heading", ["Log in", "LOG IN", "Log in / Sign up", "Log in or register", "«Log in»"])
def test_common_words_tell_where_they_are_the_whole_heading(heading):
    (login,) = (kind for kind in KINDS if kind.name == "login")
    assert login.said_by(Line(heading))
    assert login.said_by(Line(f"{heading} | The Courier"))
    assert login.said_by(Line(f"The Courier | {heading}"))
    assert login.said_by(Line(f"{heading} to vote")) is None
    assert login.said_by(Line(f"The council repairs the old stone bridge | News | {heading}")) is None


@pytest.mark.parametrize("section", ["Video", "Photos", "Latest news", "Archive", "بحث", "آخرین اخبار"])
def test_a_section_behind_a_short_headline_says_nothing_of_the_page(section):
    for title in (f"Dog rescued | {section}", f"Dog rescued | {section} | The Courier"):
        assert find_article(dump(title, "Dog rescued", PARAGRAPH), labelled("ftb")).value is True
        assert find_article(page(f"<p>{PARAGRAPH}</p>", head=f"<title>{title}</title>"), labelled("b")).value is True


def live_blog(heading):
    entries = [f"{text} {hour}" for hour, text in enumerate([PARAGRAPH, OTHER] * 4)]
    lines = [line for hour, text in enumerate(entries) for line in (f"{hour + 8}:20", text)]
    markup = "".join(
        f'<h3><a href="#{i}">Entry of that hour {i}</a></h3><p>{text}</p>' for i, text in enumerate(entries)
    )
    return dump(heading, *lines), page(f"<h1>{heading}</h1>{markup}", head=f"<title>{heading}</title>")


def test_a_live_blog_is_an_article():
    as_dump, as_html = live_blog("Storm Ada: live updates")
    assert find_article(as_dump, labelled("t" + "fb" * 8)).value is True
    assert find_article(as_html, labelled("t" + "fb" * 8)).value is True


def test_the_same_without_saying_so_is_an_index():
    as_dump, as_html = live_blog("Local stories")
    assert find_article(as_dump, labelled("f" + "fb" * 8)).reason == "not-an-article"
    assert find_article(as_html, labelled("f" + "fb" * 8)).reason == "not-an-article"


def test_lines_without_a_sentence_are_an_index():
    headlines = [f"Council repairs the bridge number {number}" for number in range(6)]
    assert "6 lines without a sentence" in find_article(dump("News", *headlines), labelled("t" + "b" * 6)).detail


def unsure(*lines):
    """The body of a labeller that hardly believes in it."""
    return [LabelledBlock(label, 0.55) for label in (Label.TITLE, *[Label.BODY] * len(lines))]


def test_a_doubtful_note_that_does_not_speak_of_the_title_is_no_body():
    assert find_article(dump("Storm over the harbour", PARAGRAPH), unsure(PARAGRAPH)).reason == "no-body"
    assert find_article(dump("The council and its bridge", PARAGRAPH), unsure(PARAGRAPH)).value is True
    assert find_article(dump("Storm over the harbour", PARAGRAPH, OTHER), labelled("tbb")).value is True


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("बंदरगाह के गोदाम में आग", "आज सुबह बंदरगाह के एक गोदाम में आग लग गई। दमकल कर्मियों ने एक घंटे में आग पर काबू पा लिया।"),
        (
            "오래된 다리 두 주간 폐쇄",
            "시의회는 월요일에 오래된 다리를 수리하고 여름에 두 주 동안 닫기로 결정했다. 공사비는 삼십억 원이 든다.",
        ),
    ],
)
def test_a_title_is_spoken_of_in_every_script(title, line):
    assert find_article(dump(title, line), unsure(line)).value is True
    assert find_article(dump("Storm over the harbour", line), unsure(line)).reason == "no-body"


def test_paragraphs_are_an_article():
    assert find_article(dump("A headline", PARAGRAPH, OTHER), labelled("tbb")).value is True


def test_an_article_may_speak_of_logins_errors_and_videos():
    lines = ["Error 404: how pages vanish", *[PARAGRAPH] * 8, "Sign in", "Watch video"]
    assert find_article(dump(*lines), labelled("t" + "b" * 8 + "ff")).value is True


def test_a_short_notice_with_a_login_in_its_menu_is_an_article():
    assert find_article(dump("A headline", "Sign in", PARAGRAPH, OTHER), labelled("tfbb")).value is True


@pytest.mark.parametrize(
    ("lines", "letters", "reason"),
    [
        (["..."], "f", "empty-page"),
        (["Menu", "Home"], "ff", "no-body"),
        (["A headline", "Too little."], "tb", "no-body"),
        (["404 Not Found", "Menu"], "ff", "not-an-article"),
        (
            ["Seite nicht gefunden", "Die Seite gibt es nicht mehr, versuchen Sie es mit der Suche."],
            "tb",
            "not-an-article",
        ),
        (["Sign in", "Welcome back, it is good to see you again."], "tb", "not-an-article"),
        (["گالری", "عکس یک"], "ff", "not-an-article"),
    ],
)
def test_pages_without_an_article_are_told_apart(lines, letters, reason):
    found = find_article(dump(*lines), labelled(letters))
    assert found.value is None
    assert found.reason == reason
    assert found.detail


def test_the_front_page_of_a_site_is_no_article():
    found = find_article(dump("News", PARAGRAPH, OTHER, url="https://news.example/"), labelled("fbb"))
    assert found.reason == "not-an-article"
    assert "https://news.example/" in found.detail
    article = dump("News", PARAGRAPH, OTHER, url="https://news.example/?p=31")
    assert find_article(article, labelled("fbb")).value is True


@pytest.mark.parametrize("address", ["http://[bad", "http://℀.com", "http://[::1", "//", "", " "])
def test_an_address_that_is_none_says_nothing(address):
    assert find_article(dump("A headline", PARAGRAPH, OTHER, url=address), labelled("tbb")).value is True
    stated = page(f"<p>{PARAGRAPH}</p>", head=f'<link rel="canonical" href="{address}">')
    assert find_article(stated, labelled("b")).value is True


def scattered(title):
    return dump(title, *[line for i in range(8) for line in (f"Headline {i}", f"{i} hours ago", PARAGRAPH)])


def test_scattered_teasers_are_an_index():
    found = find_article(scattered("Local stories"), labelled("f" + "ffb" * 8))
    assert found.reason == "not-an-article"
    assert "8 separate pieces" in found.detail


def test_many_pieces_that_speak_of_the_title_are_an_article():
    assert find_article(scattered("The bridge and the council"), labelled("f" + "ffb" * 8)).value is True


def test_teasers_below_linked_headings_are_an_index():
    teasers = "".join(f'<h3><a href="/{i}">A headline of a story</a></h3><p>{PARAGRAPH}</p>' for i in range(5))
    found = find_article(page(teasers), labelled("fb" * 5))
    assert "5 pieces of text stand below headings" in found.detail


def test_a_brief_above_many_teasers_is_an_article():
    teasers = "".join(f'<h3><a href="/{i}">A headline of a story</a></h3><p>{OTHER}</p>' for i in range(5))
    head = "<title>Old bridge will be repaired | The Courier</title>"
    document = page(f"<h1>Old bridge will be repaired</h1><p>{PARAGRAPH} {OTHER}</p>{teasers}", head=head)
    assert find_article(document, labelled("tb" + "fb" * 5)).value is True


def test_linked_teasers_are_an_index():
    teasers = "".join(f'<h3>Headline</h3><p><a href="/{i}">{PARAGRAPH}</a></p>' for i in range(4))
    assert find_article(page(teasers), labelled("fb" * 4)).reason == "not-an-article"


@pytest.mark.parametrize("letters", ["tb", "hb", "bb", "fb"])
@pytest.mark.parametrize("title", ["UK news | The Courier", "The Courier – Home", "Ada Okafor | News | The Courier"])
def test_a_section_page_as_a_dump_is_an_index(title, letters):
    lines = [line for teaser in TEASERS for line in teaser]
    for first in ("t", "f", "h"):
        found = find_article(dump(title, "Menu", *lines), labelled("ff" + first + "b" + letters * 4))
        assert found.reason == "not-an-article"
        assert "index of other pages" in found.detail


@pytest.mark.parametrize(
    "title", ["Five stories of fares, storms and beans | The Courier", "Fares, storms | The Courier"]
)
def test_a_dump_of_many_short_sections_that_tell_its_headline_is_an_article(title):
    lines = [line for teaser in TEASERS for line in teaser]
    lines[3] += " A storm hit her town, as fares and beans cost her more."
    assert find_article(dump(title, "Menu", *lines), labelled("ff" + "hb" * 5)).value is True


def test_below_a_menu_a_dump_is_told_by_its_printed_headline():
    lines = [line for teaser in TEASERS for line in teaser]
    headline = "Stories of fares, storms and more beans"
    for menu in ("Skip to content", "Home | News | Sport | Business"):
        assert find_article(dump(menu, headline, *lines), labelled("ft" + "hb" * 5)).value is True


def test_headlines_alone_as_a_dump_are_an_index():
    lines = [headline for headline, _ in TEASERS]
    found = find_article(
        dump("UK news | The Courier", *lines, "© 2020 The Courier. All rights reserved."), labelled("ftbbbbb")
    )
    assert "5 lines without a sentence" in found.detail


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "รัฐบาลเห็นชอบมาตรการกระตุ้นเศรษฐกิจรอบใหม่",
            ["นายกรัฐมนตรีเปิดเผยว่าที่ประชุมเห็นชอบมาตรการกระตุ้นเศรษฐกิจรอบใหม่", "มาตรการนี้จะเริ่มในเดือนหน้าและใช้เวลาสามปี"],
        ),
        (
            "የኢትዮጵያ መንግሥት ለአርሶ አደሮች ድጋፍ እንደሚያደርግ አስታወቀ",
            [
                "መንግሥት በጎርፍ ለተጎዱ አርሶ አደሮች ድጋፍ እንደሚያደርግ የግብርና ሚኒስቴር አስታወቀ።",
                "ድጋፉ ምርጥ ዘር፣ ማዳበሪያና የገንዘብ እርዳታን እንደሚያካትት ተገልጿል።",
            ],
        ),
        (
            "زمین‌لرزه شهر کرمان را لرزاند",
            [
                "زمین‌لرزه‌ای به بزرگی ۴٫۵ ریشتر بامداد امروز شهر کرمان را لرزاند",
                "گزارشی از خسارت نرسیده است و گروه‌های امداد آماده‌اند",
            ],
        ),
        (
            "وزارة الصحة تعلن تسجيل مئة إصابة جديدة",
            [
                "أعلنت وزارة الصحة اليوم تسجيل مئة إصابة جديدة في العاصمة",
                "وقالت الوزارة إن حالات الشفاء بلغت تسعين حالة",
            ],
        ),
        (
            "བོད་ཀྱི་གསར་འགྱུར་གསར་པ་ཞིག",
            ["དེ་རིང་བོད་ཀྱི་གསར་འགྱུར་གསར་པ་ཞིག་ཐོན་སོང་། དེ་ནི་གལ་ཆེན་པོ་ཞིག་རེད།", "མི་མང་པོས་དེར་དགའ་བསུ་ཞུས་སོང་།"],
        ),
        (
            "오래된 다리 두 주간 폐쇄",
            [
                "시의회는 월요일에 오래된 다리를 수리하고 여름에 두 주 동안 닫기로 결정했다.",
                "공사비는 삼십억 원이라고 시장이 말했다.",
            ],
        ),
    ],
    ids=["th", "am", "fa", "ar", "bo", "ko"],
)
@pytest.mark.parametrize("form", FORMS)
def test_a_short_report_whose_sentences_end_otherwise_is_an_article(title, body, form):
    found = find_article(*as_page({"title": title, "body": body}, form))
    assert found.value is True, found.detail


def test_a_template_that_states_the_sites_address_costs_no_article():
    head = '<title>Old bridge will be repaired</title><link rel="canonical" href="https://news.example/">'
    assert find_article(page(f"<p>{PARAGRAPH}</p><p>{OTHER}</p>", head=head), labelled("bb")).value is True
    other = head.replace("Old bridge will be repaired", "Ferries, weather and winds")
    assert "front page" in find_article(page(f"<p>{PARAGRAPH}</p><p>{OTHER}</p>", head=other), labelled("bb")).detail


def test_headlines_with_a_few_teasers_among_them_are_an_index():
    lines = [line for headline, prose in TEASERS[:2] for line in (headline, prose)]
    lines += [headline for headline, _ in TEASERS[2:]] + ["Ferries will run at night", "Snow is expected on Friday"]
    found = find_article(dump("UK news | The Courier", "Menu", *lines), labelled("ff" + "b" * len(lines)))
    assert "index of other pages" in found.detail
    about = dump("Ferries, storms and museums on Friday | The Courier", "Menu", *lines)
    assert find_article(about, labelled("ff" + "b" * len(lines))).value is True


def test_cards_of_links_and_text_are_an_index():
    cards = "".join(
        f'<div><div><a href="/{i}">{headline}</a></div><div>{prose}</div></div>'
        for i, (headline, prose) in enumerate(TEASERS)
    )
    section = page(f"<h1>World</h1>{cards}", head="<title>World | The Courier</title>")
    assert "stand below links" in find_article(section, labelled("t" + "fb" * 5)).detail
    article = page(
        f"<h1>World</h1>{cards}", head="<title>Homes without electricity and a cheap planet | The Courier</title>"
    )
    assert find_article(article, labelled("t" + "fb" * 5)).value is True


@pytest.mark.parametrize("number", ["{}/5 ", "{} of 5: ", "({}/5) ", "{} von 5 – "])
@pytest.mark.parametrize("form", FORMS)
def test_numbered_captions_are_a_gallery(number, form):
    body = [number.format(n + 1) + prose for n, (_, prose) in enumerate(TEASERS)]
    found = find_article(*as_page({"title": "Fares, storms, museums and beans", "body": body}, form))
    assert "a gallery" in found.detail
    assert (
        find_article(*as_page({"title": "Fares, storms, museums and beans", "body": [*body, *[OTHER] * 6]}, form)).value
        is True
    )


@pytest.mark.parametrize(
    "line", ["24/7 service", "1/2024 the issue", "12 of 5 people", "5 of them", "1/5", "no 1/5 here"]
)
def test_other_numbers_begin_no_caption(line):
    assert not is_numbered_caption(line)
