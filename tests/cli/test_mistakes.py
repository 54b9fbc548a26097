"""A user's mistake ends in one message with the next step, exit code 2, and no traceback."""

import subprocess
import sys

import pytest


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "corpus_loader.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "nowhere", "--out", "x"], "'nowhere' does not exist"),
        (["build"], "Missing argument"),
        (["biuld"], "No such command 'biuld'"),
        (["verify", "nowhere"], "there is no folder nowhere"),
        (["stats", "nowhere"], "there is no folder nowhere"),
        (["explain"], "takes an article's ID or --page FILE"),
        (["explain", "0123456789abcdef"], "holds no article"),
        (["explain", "--page", "nowhere"], "'nowhere' does not exist"),
        (["extract"], "Missing argument"),
        (["extract", "nowhere"], "'nowhere' does not exist"),
        (["validate", "nowhere.jsonl"], "nowhere.jsonl"),
        (["publish", "nowhere", "user/name"], "nowhere"),
        (["dates", "x", "--reference", "yesterday"], "yesterday"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_mistake_is_explained(arguments, message):
    done = run(*arguments)
    assert done.returncode == 2, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_corpus_toml_is_named_with_its_key(tmp_path):
    (tmp_path / "corpus.toml").write_text('[corpus]\nname = "n"\n', encoding="utf-8")
    done = run("build", str(tmp_path), "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert f"{tmp_path / 'corpus.toml'}: corpus.title is missing" in done.stderr
    assert "next: add title" in done.stderr


def test_a_reader_that_stops_reading_is_no_error(seeds):
    """`corpus-loader extract … | head` must not print a traceback."""
    command = f"{sys.executable} -m corpus_loader.cli extract {seeds} | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == ""
