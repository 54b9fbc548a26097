import datetime as dt
import json
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_loader.articles.dates import find_dates, possible_days
from corpus_loader.articles.dates.expressions import find_stamps
from corpus_loader.articles.dates.folding import fold
from corpus_loader.errors import UsageError

CASES = json.loads(Path(__file__).with_name("expression_cases.json").read_text(encoding="utf-8"))
DETAILS = json.loads(Path(__file__).with_name("expression_details.json").read_text(encoding="utf-8"))


def one(text, **options):
    (expression,) = find_dates(text, **options)
    return expression


def read(case):
    reference = dt.date.fromisoformat(case["reference"]) if case["reference"] else None
    return find_dates(case["text"], language=case["language"], reference=reference)


@pytest.mark.parametrize("family", sorted({case["family"] for case in CASES}))
def test_values(family):
    cases = [case for case in CASES if case["family"] == family]
    wanted = {(case["text"], case["reference"]): [case["value"]] if case["value"] else [] for case in cases}
    assert {(case["text"], case["reference"]): [found.value for found in read(case)] for case in cases} == wanted


@pytest.mark.parametrize("case", DETAILS, ids=[case["label"] for case in DETAILS])
def test_details(case):
    found = read(case)
    assert len(found) == len(case["expect"]), found
    for each, wanted in zip(found, case["expect"], strict=True):
        assert {key: getattr(each, key) for key in wanted} == wanted


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("قال يوم الجمعة 2 أكتوبر/تشرين الأول، إن", "يوم الجمعة 2 أكتوبر/تشرين الأول"),
        ("در دریای خزر روز چهارشنبه ۱۵ مهر مواضع", "روز چهارشنبه ۱۵ مهر"),
        ("ملل در روز چهارشنبه، هشتم مهر، اعلام شد", "روز چهارشنبه، هشتم مهر"),
        ("صدر اليوم السبت “كانت", "اليوم السبت"),
        ("أعلنت الوزارة الثلاثاء أن", "الثلاثاء"),
        ("والسبت أعلن", "السبت"),
        ("Am 4. Oktober kommt", "4. Oktober"),
        ("he said on Monday that", "Monday"),
        ("in the (7 October 2015) issue", "7 October 2015"),
        ("من 18 الى 30 اوت 2017", "من 18 الى 30 اوت 2017"),
    ],
)
def test_the_quote_is_the_whole_expression_and_nothing_else(text, quote):
    assert one(text).quote == quote


@pytest.mark.parametrize("joiner", ["", " ", "\u200c"])
@pytest.mark.parametrize("yeh", ["ی", "ي"])
def test_joiners_and_keyboards_do_not_matter(joiner, yeh):
    text = f"پنج{joiner}شنبه ۲۱ مرداد ۱۴۰۰".replace("ی", yeh)
    assert one(text).value == "2021-08-12"
    assert one(f"سه{joiner}شنبه ۲۹ بهمن ۱۳۹۸").weekday_ok is True


def test_the_weekday_is_a_checksum():
    assert one("Tuesday, October 7, 2015").weekday_ok is False
    assert one("Wednesday, October 7, 2015").weekday_ok is True
    assert one("October 7, 2015").weekday_ok is None
    assert one("اليوم السبت", reference=dt.date(2015, 10, 9)).weekday_ok is False


def test_a_hijri_day_moves_by_one_for_its_weekday_and_no_further():
    assert one("الخميس 10 ذو الحجة 1436هـ").value == "2015-09-24"
    assert one("الأربعاء 10 ذو الحجة 1436هـ").value == "2015-09-23"
    far = one("الأحد 10 ذو الحجة 1436هـ")
    assert (far.value, far.weekday_ok) == ("2015-09-23", False)


def test_two_calendars_agree_or_are_flagged():
    good = one("چهارشنبه ۱۵ مهر ۱۳۹۴ - ۷ اکتبر ۲۰۱۵")
    assert (good.value, good.rule, good.calendars_agree) == ("2015-10-07", "two-calendars", True)
    bad = one("۱۵ مهر ۱۳۹۴ - ۹ اکتبر ۲۰۱۵")
    assert (bad.rule, bad.calendars_agree) == ("two-calendars-disagree", False)


def test_without_a_reference_relative_words_are_open():
    for text in ("أمس", "دیروز", "yesterday", "الثلاثاء", "منذ 3 أيام"):
        found = one(text)
        assert (found.value, found.calendar, found.first) == (None, "relative", None)


def test_an_open_year_stays_in_its_own_calendar():
    found = one("روز چهارشنبه ۱۵ مهر")
    assert (found.value, found.calendar, found.weekday, found.open_year) == ("XXXX-07-15", "jalali", 2, True)


def test_possible_days_are_those_of_the_printed_weekday():
    window = (dt.date(2000, 1, 1), dt.date(2026, 12, 31))
    days = possible_days(one("روز چهارشنبه ۱۵ مهر"), window)
    assert [day.isoformat() for day in days] == ["2004-10-06", "2009-10-07", "2015-10-07", "2026-10-07"]
    friday = possible_days(one("الجمعة 2 أكتوبر"), window)
    assert [day.year for day in friday] == [2009, 2015, 2020, 2026]
    assert possible_days(one("7 October 2015"), window) == [dt.date(2015, 10, 7)]
    assert possible_days(one("7 October 2015"), (dt.date(2016, 1, 1), dt.date(2016, 12, 31))) == []
    assert possible_days(one("الثلاثاء"), (dt.date(2015, 11, 11), dt.date(2015, 11, 20))) == [dt.date(2015, 11, 17)]
    assert possible_days(one("October 2015"), window) == []


def test_days_that_do_not_exist_are_silent():
    for text in ("30 February 2015", "31 أبريل 2015", "۳۰ اسفند ۱۳۹۸", "32/13/2015", "2015-13-01"):
        assert find_dates(text) == [], text


def test_clock_times_and_zones_are_read():
    found = one("2015-10-07T14:30:00+03:30")
    assert (found.hour, found.minute, found.utc_offset) == (14, 30, 210)
    found = one("الخميس ٢٥ مايو ٢٠٢٣ - ١٠:٤٥ م")
    assert (found.hour, found.minute, found.utc_offset) == (22, 45, None)
    found = one("تاريخ النشر: 07.10.2015 | 14:05 GMT")
    assert (found.hour, found.minute, found.utc_offset) == (14, 5, 0)
    found = one("2 تير 1399 - 12:09:08 ب.ظ", language="fa")
    assert (found.hour, found.minute) == (12, 9)


@pytest.mark.parametrize(
    "reference", [dt.date(2, 1, 1), dt.date(622, 7, 16), dt.date(1924, 1, 1), dt.date(9998, 12, 31)]
)
def test_any_reference_is_borne(reference):
    for case in CASES:
        for found in find_dates(case["text"], language=case["language"], reference=reference):
            possible_days(found, (dt.date.min, dt.date(30, 1, 1)))
            possible_days(found, (dt.date(9990, 1, 1), dt.date.max))


def test_a_reference_without_neighbours_is_a_mistake():
    with pytest.raises(UsageError, match="9999"):
        find_dates("yesterday", reference=dt.date.max)


def test_an_expression_never_crosses_a_line():
    assert [found.value for found in find_dates("7\nOctober 2015")] == ["2015-10"]


@pytest.mark.parametrize(
    ("text", "language", "value", "other"),
    [
        ("05/07/2019", None, "2019-07-05", "2019-05-07"),
        ("05/07/2019", "en", "2019-07-05", "2019-05-07"),
        ("05-07-19", None, "2019-07-05", "2019-05-07"),
        ("05/07/2019", "en-GB", "2019-07-05", None),
        ("05/07/2019", "en-Latn", "2019-07-05", "2019-05-07"),
        ("05/07/2019", "en-u-ca-gregory", "2019-07-05", "2019-05-07"),
        ("05/07/2019", "en-CA", "2019-07-05", "2019-05-07"),
        ("05/07/2019", "en-Latn-US", "2019-05-07", None),
        ("05/07/2019", "en_US", "2019-05-07", None),
        ("05/07/2019", "en-US-u-ca-gregory", "2019-05-07", None),
        ("05/07/2019", "fil-PH", "2019-05-07", None),
        ("05/07/2019", "en-GB-oxendict", "2019-07-05", None),
        ("05/07/2019", "en-001", "2019-07-05", None),
        ("05/07/2019", "en-US", "2019-05-07", None),
        ("05/07/2019", "fil", "2019-05-07", None),
        ("05/07/2019", "ar", "2019-07-05", None),
        ("05/07/2019", "fr", "2019-07-05", None),
        ("نشر 05/07/2019", None, "2019-07-05", None),
        ("Опубликовано 05/07/2019", None, "2019-07-05", None),
        ("٠٥/٠٧/٢٠١٩", None, "2019-07-05", None),
        ("05.07.2019", None, "2019-07-05", None),
        ("2019/05/07", None, "2019-05-07", None),
        ("05/05/2019", None, "2019-05-05", None),
        ("25/07/2019", None, "2019-07-25", None),
        ("Tuesday 05/07/2019", None, "2019-05-07", None),
        ("05/07/2019 (Friday)", None, "2019-07-05", None),
        ("05/07/2019 - 2 Ramadan 1440", None, "2019-05-07", None),
    ],
)
def test_figures_of_open_order_keep_their_other_reading(text, language, value, other):
    found = one(text, language=language)
    assert (found.value, found.other_day and found.other_day.isoformat()) == (value, other)


@pytest.mark.parametrize(
    ("sure", "value"),
    [("25/06/2019", "2019-07-05"), ("06/25/2019", "2019-05-07"), ("Page 25/06", None), ("06/25/2019 25/06/2019", None)],
)
def test_another_date_of_the_text_tells_the_order(sure, value):
    *_, found = find_dates(f"{sure}\nby A. Writer\n05/07/2019")
    assert (found.value if found.other_day is None else None) == value


def test_the_language_settles_what_several_share():
    assert find_dates("hier") == []
    assert one("hier", language="fr", reference=dt.date(2015, 10, 10)).value == "2015-10-09"
    assert one("10/7/2015", language="en-US").value == "2015-10-07"
    assert one("10/7/2015", language="en").value == "2015-07-10"


WORDS = (
    "يوم الجمعة 2 أكتوبر / تشرين الأول 2015 روز چهارشنبه ۱۵ مهر ۱۳۹۴ هـ ( ) - . , : من إلى منذ أيام 1436 رمضان Oct 7 "
    "ago days May next Friday 年 月 7日 2015年 \u200c \u200f \n أمس today 23 59 a"
)
words = st.sampled_from([*WORDS.replace("\n", "").split(), "\n"])
phrases = st.lists(words, max_size=30)


@settings(max_examples=300)
@given(
    st.one_of(
        st.text(max_size=60), st.lists(words, max_size=30).map(" ".join), st.lists(words, max_size=30).map("".join)
    )
)
def test_expressions_are_slices_in_order_that_never_overlap(text):
    end = 0
    for found in find_dates(text, reference=dt.date(2015, 10, 10)):
        assert text[found.start : found.end] == found.quote
        assert end <= found.start < found.end
        assert "\n" not in found.quote
        assert (found.first is None) == (found.last is None)
        assert found.first is None or found.first <= found.last
        end = found.end


@settings(max_examples=200)
@given(st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31)))
def test_every_day_is_read_as_it_was_written(day):
    assert one(day.isoformat()).value == day.isoformat()
    assert one(f"{day:%A, %B} {day.day}, {day.year}").weekday_ok is True
    assert one(f"{day.day}/{day.month}/{day.year}").value == day.isoformat()


@given(st.text())
def test_a_key_is_as_long_as_its_text(text):
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "unit",
    [
        "05/07/2019 ",
        "12 Kislev 5775 ",
        "ג' בטבת תשע\"ו ",
        "1/1/",
        "7 October ",
        "من 5 إلى ",
        "(((((",
        "10:",
        "۱۵ مهر - ",
        "2015-",
        "الأول ",
        "المملكة اليوم\n",
        "年月日1",
        "a" * 50,
    ],
)
def test_huge_lines_take_linear_time(unit):
    started = time.process_time()
    find_dates(unit * (40_000 // len(unit)))
    small = max(time.process_time() - started, 0.01)
    started = time.process_time()
    find_dates(unit * (160_000 // len(unit)))
    assert time.process_time() - started < 12 * small + 1


def test_a_text_can_be_of_a_type_made_of_str():
    text = "published on 7 October 2015"
    assert find_dates(np.str_(text)) == find_dates(text)


@pytest.mark.parametrize("unit", ["1a", "_"])
def test_a_huge_word_is_not_taken_apart(unit):
    find_dates(unit)
    tracemalloc.start()
    assert not find_dates(unit * 100_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


def test_the_same_text_gives_the_same_bytes_in_any_process():
    code = (
        "from corpus_loader.articles.dates import find_dates\n"
        "print(ascii(find_dates('الأربعاء 7 أكتوبر 2015 mar 3 2015 ۱۵ مهر')))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1")
    }
    assert len(runs) == 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"text": b"2015-10-07"}, "bytes"),
        ({"text": None}, "NoneType"),
        ({"text": "أمس", "reference": "2015-10-07"}, "2015-10-07"),
        ({"text": "أمس", "language": "arabic"}, "arabic"),
        ({"text": "أمس", "language": 5}, "5"),
    ],
)
def test_what_cannot_be_meant_is_said(arguments, named):
    with pytest.raises(UsageError, match=named):
        find_dates(**arguments)


def test_an_instant_as_reference_is_its_day():
    assert one("أمس", reference=dt.datetime(2015, 10, 8, 5, 30, tzinfo=dt.UTC)).value == "2015-10-07"


NOISE = ["2 hours ago", "Price 12.50", "منذ 3 أيام", "Page 3 of 10", "last week", "by A. Writer", "yesterday,", "دیروز"]
LINES = [case["text"] for case in CASES] + NOISE


@given(st.lists(st.sampled_from(LINES), max_size=12), st.sampled_from([None, "ar", "fa", "de"]))
@settings(max_examples=200)
def test_stamps_are_the_days_with_a_month(lines, language):
    text = "\n".join(lines)

    def days(found):
        return [each for each in found if each.precision == "day" and each.month is not None]

    assert days(find_stamps(text, language=language)) == days(find_dates(text, language=language))
