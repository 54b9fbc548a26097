import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.dates.urls import archived_on, dates_in_url

CASES = json.loads(Path(__file__).with_name("url_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_the_address_states_these_days(case):
    found = dates_in_url(case["url"])
    assert [date.day.isoformat() for date in found] == case["days"]
    if "rules" in case:
        assert [date.rule for date in found] == case["rules"]
    assert {date.precision for date in found} <= {case.get("precision", "day")}


@pytest.mark.parametrize("case", [case for case in CASES if "archived" in case], ids=lambda case: case["label"])
def test_an_archive_states_when_it_was_there(case):
    archived = archived_on(case["url"])
    assert archived is not None
    assert archived.day.isoformat() == case["archived"]
    assert case["url"][archived.start : archived.end] == case["archived"].replace("-", "")


@given(
    st.dates(dt.date(1994, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["%Y/%m/%d", "%Y-%m-%d", "%Y_%m_%d", "%Y%m%d"]),
)
def test_every_day_is_read_from_its_own_characters(day, form):
    written = day.strftime(form)
    url = f"https://example.org/news/{written}/title"
    (date,) = dates_in_url(url)
    assert (date.day, url[date.start : date.end]) == (day, written)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    for date in dates_in_url("https://example.org/" + text):
        assert date.start < date.end
