import json

import pytest

from benchmarks.eval_pages import zwnj_lost
from benchmarks.extraction import BENCHMARK
from benchmarks.ratchet import Baseline, read_baseline, write_baseline
from benchmarks.scores import Score
from benchmarks.speed import Speed
from benchmarks.tables import document


def test_no_score_is_lower_than_pinned(shared):
    assert BENCHMARK.check(shared / "eval") == []


def test_a_lower_score_is_a_complaint_and_a_higher_one_is_not():
    pinned = Baseline("digest", {"body": 0.9512, "title": 0.9})
    assert pinned.complaints(Baseline("digest", {"body": 0.9512, "title": 0.95})) == []
    assert pinned.complaints(Baseline("digest", {"body": 0.9409, "title": 0.9})) == ["body: 0.9409, pinned 0.9512"]


def test_a_score_that_is_gone_is_a_complaint():
    assert Baseline("digest", {"body": 0.9}).complaints(Baseline("digest", {})) == ["body: 0.0000, pinned 0.9000"]


def test_scores_on_other_pages_are_not_compared():
    (complaint,) = Baseline("one", {"body": 0.1}).complaints(Baseline("two", {"body": 0.9}))
    assert "--allow-lower" in complaint


def test_a_baseline_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "baseline.json"
    write_baseline(path, Baseline("digest", {"b": 0.123456, "a": 1.0}))
    assert read_baseline(path) == Baseline("digest", {"a": 1.0, "b": 0.1235})
    assert list(json.loads(path.read_text(encoding="utf-8"))["scores"]) == ["a", "b"]
    assert [file.name for file in tmp_path.iterdir()] == ["baseline.json"]


def test_without_labelled_pages_the_benchmark_says_so(tmp_path, capsys):
    assert BENCHMARK.main(["--check", "--pages", str(tmp_path)]) == 2
    assert "--pages" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("extract", "counts"),
    [("او می‌گوید", (1, 0)), ("او میگوید", (0, 1)), ("او می گوید", (0, 1)), ("", (0, 0))],
)
def test_a_joiner_is_lost_where_it_is_deleted_or_a_space(extract, counts):
    assert zwnj_lost("او می‌گوید.", extract) == counts


def test_the_tables_name_every_system_and_row():
    scores = [
        Score("html", "body", "news", system, 0.95, 0.01, (0.9, 0.99), n) for system, n in (("ours", 12), ("theirs", 5))
    ]
    speeds = [Speed("ours", "html", 100, 2.0), Speed("trafilatura", "html", 100, 5.0)]
    text = document(scores, [], speeds, [], memory=100.0)
    assert "| ours | .950 ±.010 |" in text
    assert "| ours | HTML pages | 50 | 2.5 |" in text
    assert "| theirs | .950 ±.010 (n=5) |" in text
    assert "|  | news, n=12 |" in text
