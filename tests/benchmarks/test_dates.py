import datetime as dt

from benchmarks import dates_pages
from benchmarks.dates import BENCHMARK
from benchmarks.dates_expressions import Case, document, outcome
from benchmarks.dates_peers import Run


def test_no_share_is_lower_than_pinned(shared):
    assert BENCHMARK.check(shared / "eval") == []


def test_no_share_of_days_of_pages_is_lower_than_pinned(shared):
    assert dates_pages.BENCHMARK.check(shared / "eval") == []


def test_without_the_gold_the_benchmark_says_so(tmp_path, capsys):
    assert BENCHMARK.main(["--check", "--pages", str(tmp_path)]) == 2
    assert "--pages" in capsys.readouterr().err


def test_only_one_value_and_the_right_one_is_right():
    case = Case("7 Oct", "en", "en", dt.date(2015, 10, 10), "2015-10-07", ("2015-10-08",))
    assert outcome(case, ["2015-10-07"]) == outcome(case, ["2015-10-08"]) == "right"
    assert outcome(case, []) == "silent"
    assert outcome(case, ["2015-10-09"]) == outcome(case, ["2015-10-07", None]) == "wrong"
    nothing = Case("4-0", "en", "negative", None, None, ())
    assert outcome(nothing, []) == "right"
    assert outcome(nothing, [None]) == "wrong"


def test_the_table_has_a_row_for_each_family():
    cases = [Case("7 Oct 2015", "en", "en", None, "2015-10-07", ()), Case("4-0", "en", "negative", None, None, ())]
    text = document(cases, [Run("ours", [["2015-10-07"], []], 0.001)])
    assert "| en | 1 | 1 / 0 / 0 |" in text
    assert "| **all** | 2 | 2 / 0 / 0 |" in text
