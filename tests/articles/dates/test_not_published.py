"""Days that stand on a page and are not its day of publication."""

import datetime as dt

import pytest

from corpus_loader.articles.dates import find_dates
from corpus_loader.articles.door import extract

ENGLISH = "".join(
    f"<p>The foreign minister said that the talks would go on for {n} weeks, and that both sides agreed on them.</p>"
    for n in range(3, 9)
)
PERSIAN = "".join(
    f"<p>وزیر امور خارجه گفت گفت‌وگوها {n} هفته ادامه خواهد داشت و دو طرف بر سر برنامه زمانی تازه‌ای توافق کرده‌اند.</p>"
    for n in range(3, 9)
)


@pytest.mark.parametrize(
    "element",
    [
        '<li class="comment"><div class="comment-meta"><time datetime="2021-03-04T10:22:00+00:00">4 March</time></div>',
        '<div class="related-articles"><a href="/x">Another</a> <time datetime="2021-03-04">4 March</time></div>',
    ],
)
def test_an_element_elsewhere_is_not_found_again_in_the_source(element):
    assert extract(f"<h1>Talks go on in the capital</h1>{ENGLISH}{element}").date is None


@pytest.mark.parametrize("line", ["امروز: پنجشنبه ۲۵ خرداد ۱۴۰۲", "پنجشنبه ۲۵ خرداد ۱۴۰۲"])
def test_a_line_that_says_or_is_marked_to_be_today_is_the_site_s_clock(line):
    menu = "".join(
        f'<li><a href="/{n}">{name}</a>' for n, name in enumerate(("خانه", "سیاست", "ورزش", "فرهنگ", "جهان"))
    )
    page = f'<ul>{menu}</ul><div class="clock">{line}</div><main><h1>گفت‌وگوها ادامه دارد</h1>{PERSIAN}</main>'
    found = extract(page)
    assert (found.date, found.retrieved) == (None, dt.date(2023, 6, 15))


@pytest.mark.parametrize("text", ["۱۴۰۰/۱۲/۳۰", "1398/12/30", "1398-12-30"])
def test_a_solar_day_that_does_not_exist_is_no_lunar_one(text):
    assert find_dates(text, language="fa") == []


@pytest.mark.parametrize(
    "address",
    [
        "https://archive.ph/20200102030405/https://www.aljazeera.net/x",
        "https://wayback.archive-it.org/1234/20200102030405/https://www.aljazeera.net/x",
        "https://arquivo.pt/wayback/20200102030405/https://www.aljazeera.net/x",
    ],
)
def test_the_day_of_an_archive_s_copy_is_when_it_was_fetched(address):
    found = extract(f"<h1>Talks go on in the capital</h1><div>7 May 2019</div>{ENGLISH}", url=address)
    assert (found.date, found.retrieved) == (dt.date(2019, 5, 7), dt.date(2020, 1, 2))
    assert found.source == "aljazeera.net"
