import json

from click.testing import CliRunner

from corpus_loader.cli.dates import dates
from corpus_loader.errors import UsageError

FIELDS = [
    "quote",
    "start",
    "end",
    "value",
    "calendar",
    "precision",
    "rule",
    "weekday_ok",
    "calendars_agree",
    "other_day",
]


def run(*arguments, **options):
    result = CliRunner().invoke(dates, arguments, **options)
    return result, [json.loads(line) for line in result.output.splitlines() if line.startswith("{")]


def test_one_line_an_expression_in_text_order():
    result, rows = run("Oct 7, 2015 and 8 Oct", "--reference", "2015-10-10")
    assert result.exit_code == 0
    assert [list(row) for row in rows] == [FIELDS, FIELDS]
    assert [row["value"] for row in rows] == ["2015-10-07", "2015-10-08"]


def test_what_contradicts_itself_is_flagged():
    for text in ("12 آذار/أبريل 2015", "۱۵ مهر ۱۳۹۴ - ۹ اکتبر ۲۰۱۵"):
        _, (row,) = run(text)
        assert row["calendars_agree"] is False
        assert row["rule"].endswith("-disagree")
    _, (row,) = run("12 آذار/مارس 2015")
    assert (row["calendars_agree"], row["rule"]) == (None, "day-month-year")


def test_the_other_order_of_open_figures_is_given():
    _, (row,) = run("05/07/2019")
    assert (row["value"], row["other_day"]) == ("2019-07-05", "2019-05-07")
    _, (row,) = run("05/07/2019", "--language", "ar")
    assert (row["value"], row["other_day"]) == ("2019-07-05", None)


def test_letters_are_not_escaped():
    result, rows = run("روز چهارشنبه ۱۵ مهر", "--language", "fa")
    assert rows[0]["value"] == "XXXX-07-15"
    assert "چهارشنبه" in result.output


def test_of_several_texts_each_line_says_which():
    _, rows = run("7 October 2015", "nothing", "اليوم السبت")
    assert [(row["text"], row["value"]) for row in rows] == [(0, "2015-10-07"), (2, None)]


def test_standard_input_is_read_where_no_text_is_given():
    for arguments in ((), ("-",)):
        _, rows = run(*arguments, input="2015-10-07\n")
        assert [row["value"] for row in rows] == ["2015-10-07"]


def test_standard_input_of_another_encoding_is_a_mistake():
    result, rows = run(input="7 October 2015\nفي 8 أكتوبر 2015".encode("cp1256"))
    assert rows == []
    assert isinstance(result.exception, UsageError)
    assert "not UTF-8: byte 0xdd in line 2" in str(result.exception)


def test_a_wrong_day_is_a_usage_error():
    result, _ = run("x", "--reference", "soon")
    assert result.exit_code == 2
    assert "--reference" in result.output
