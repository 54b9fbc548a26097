import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.dates.stamps import day_in, read_moment

CASES = json.loads(Path(__file__).with_name("moment_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["value"] or "empty" for case in CASES])
def test_a_value_states_this_moment(case):
    moment = read_moment(case["value"])
    assert (moment.day.isoformat() if moment else None) == case["day"]
    if moment and "utc" in case:
        assert moment.is_utc is case["utc"]
    for zone, day in case.get("in", {}).items():
        assert day_in(moment, zone).isoformat() == day


def test_without_a_zone_the_day_is_as_written():
    moment = read_moment("2015-10-07T23:59:59Z")
    assert day_in(moment, None) == dt.date(2015, 10, 7)


@pytest.mark.parametrize(
    ("value", "language", "day"),
    [
        ("2022-11-06T23:00:00.000Z", "de", "2022-11-07"),
        ("2022-07-06T22:00:00Z", "de-AT", "2022-07-07"),
        ("2015-10-06T20:30:00Z", "fa", "2015-10-07"),
        ("2015-10-06T21:00:00Z", "ar", "2015-10-07"),
        ("2015-10-06T15:00:00Z", "ja", "2015-10-07"),
        ("2015-10-06T23:00:00Z", "en", "2015-10-06"),
        ("2015-10-06T20:31:00Z", "fa", "2015-10-06"),
        ("2015-10-06T20:30:01Z", "fa", "2015-10-06"),
        ("2015-10-06T20:30:00+00:30", "fa", "2015-10-06"),
    ],
)
def test_midnight_where_the_language_is_spoken_is_a_day_without_a_clock(value, language, day):
    assert day_in(read_moment(value), None, language).isoformat() == day


def test_an_instant_in_utc_may_be_a_neighbouring_day_of_the_outlet():
    late = read_moment("2015-10-07T22:00:00Z")
    assert late.may_be(dt.date(2015, 10, 8))
    assert not late.may_be(dt.date(2015, 10, 6))
    assert not read_moment("2015-10-07T22:00:00+02:00").may_be(dt.date(2015, 10, 8))


@given(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2099, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_iso_is_read_to_the_second(moment):
    moment = moment.replace(microsecond=0)
    offset = moment.utcoffset()
    if offset % dt.timedelta(minutes=1) or not (moment.hour or moment.minute or moment.second):
        return
    read = read_moment(moment.isoformat())
    assert read.day == moment.date()
    assert read.instant.astimezone(dt.UTC) == moment.astimezone(dt.UTC)  # else a repeated hour equals nothing


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text):
    read_moment(text)
    read_moment("2015-10-07" + text)
