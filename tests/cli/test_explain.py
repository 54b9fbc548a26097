"""`corpus-loader explain`: every value with its quote and rule, every line of a raw page with its label and why."""

import gzip
import json
import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus_loader.cli import cli
from corpus_loader.errors import CorpusLoaderError
from corpus_loader.pages.input_file import printable
from tests.corpus.sites import Site, write_rows

SEED = "002_43f1438695c257e2.txt"
ID = "c3e1739d3acde09c"


def explain(*arguments: object) -> str:
    done = CliRunner().invoke(cli, ["explain", *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.output


def refusal(*arguments: object) -> str:
    with pytest.raises(CorpusLoaderError) as raised:
        CliRunner().invoke(cli, ["explain", *map(str, arguments)], catch_exceptions=False)
    return str(raised.value)


@pytest.fixture
def article() -> dict:
    import corpus_loader

    return next(iter(corpus_loader.load_dataset().to_list()))


@pytest.fixture
def folder(tmp_path, seeds, monkeypatch):
    """The current folder; it holds a page and what is none."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / SEED).write_bytes((seeds / SEED).read_bytes())
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "empty.txt").touch()


def test_an_article_shows_each_value_with_its_rule_and_offsets(article):
    shown = explain(article["id"])
    assert f"{article['id']}  from {article['provenance']['page']}" in shown
    for item in article["provenance"]["evidence"]:
        assert f"rule  {item['rule']}" in shown or item["field"] == "body"
    assert article["title"] in shown


def test_an_article_as_json_is_its_record(article):
    record = json.loads(explain(article["id"], "--json"))
    assert (record["id"], record["body"]) == (article["id"], article["body"])


def test_a_page_shows_every_line_with_its_label_and_why(seeds):
    shown = explain("--page", seeds / SEED)
    blocks = json.loads(explain("--page", seeds / SEED, "--json"))["blocks"]
    assert f"{SEED}: text/plain, utf-8, {len(blocks)} lines" in shown
    assert {"title", "body", "furniture"} <= {block["label"] for block in blocks}
    for block in blocks:
        assert f"[{block['start']}:{block['end']}]" in shown
        assert block["why"] or block["rules"]
    title = next(block for block in blocks if block["label"] == "title")
    assert title["rules"] == ["headline"]


def test_a_page_in_a_container_is_named_as_build_names_it(tmp_path, seeds):
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        for name in ("a.txt", "b.txt"):
            archive.write(seeds / SEED, name)
    (tmp_path / "page.txt.gz").write_bytes(gzip.compress((seeds / SEED).read_bytes()))
    alone = json.loads(explain("--page", seeds / SEED, "--json"))["blocks"]
    for page in ("pages.zip#b.txt", "page.txt.gz"):
        assert json.loads(explain("--page", tmp_path / page, "--json"))["blocks"] == alone
    assert "holds more than one page" in refusal("--page", tmp_path / "pages.zip")
    assert "pages.zip#a.txt" in refusal("--page", tmp_path / "pages.zip")
    assert "holds no page #c.txt" in refusal("--page", tmp_path / "pages.zip#c.txt")


def test_what_the_user_knows_of_the_page_counts(tmp_path):
    (tmp_path / "page").write_text("<p>One line.</p>", encoding="utf-8")
    shown = explain("--page", tmp_path / "page", "--media-type", "text/plain", "--fetched", "2020-01-02")
    assert "text/plain" in shown
    assert "<p>One line.</p>" in shown
    assert "retrieved: \u20682020-01-02" in shown


def test_a_line_that_other_pages_have_too_is_shown_with_that_rule(tmp_path):
    site = Site("ar", "text")
    rows = write_rows(tmp_path / "pages.jsonl", map(site.row, range(12)))
    text = site.row(2)["text"]

    def shown(*more):
        blocks = json.loads(explain("--page", f"{rows}#3", *more, "--json"))["blocks"]
        return {text[block["start"] : block["end"]]: (block["label"], block["rules"]) for block in blocks}

    alone, among = shown(), shown("--among", rows)
    for line in (site.inside, site.below):
        assert (alone[line], among[line]) == (("body", []), ("furniture", ["repeated-on-other-pages"]))
    assert among[site.subheading][0] == "subheading"
    assert "rule    repeated-on-other-pages" in explain("--page", f"{rows}#3", "--among", rows)
    assert "--among speaks of a --page" in refusal(ID, "--among", rows)


def test_a_page_that_can_not_be_read_says_why(tmp_path):
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.7 \x00")
    assert "page.pdf: it is a PDF file, not a page" in refusal("--page", tmp_path / "page.pdf")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((ID, "--input-format", "html"), "--input-format speaks of a --page"),
        ((ID, "--column", "text=x"), "--column speaks of a --page"),
        ((ID, "--url", "http://a.example/"), "--url speaks of a --page"),
        (("--page", SEED, "--corpus", "x"), "--corpus speaks of an article"),
        ((ID, "--page", SEED), "an article's ID or --page FILE, one of them"),
        ((), "an article's ID or --page FILE, one of them"),
        ((SEED,), f"next: to see what a page gives: corpus-loader explain --page {SEED}"),
        (("--page", "binary.txt"), "binary.txt: its encoding can't be told"),
        (("--page", "empty.txt"), "empty.txt: it holds no bytes\n  next: give the page as text or HTML"),
        (("--page", "."), ". is no file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_would_be_ignored_or_is_no_page_is_refused(folder, arguments, words):
    said = refusal(*arguments)
    assert words in said
    assert "\n  next: " in said


def run(line: str):
    """The command as a shell would run it."""
    program, *arguments = shlex.split(line)
    assert program == "corpus-loader"
    return CliRunner().invoke(cli, arguments)


def test_a_next_step_can_be_pasted_and_drops_no_option(folder):
    with zipfile.ZipFile("two pages.zip", "w") as archive:
        for name in ("a b.bin", "c'd.bin"):
            archive.write(SEED, name)
    stated = ("--input-format", "text", "--url", "http://a.example/?a=1&b=2", "--fetched", "2020-01-02", "--json")
    step = refusal("--page", "two pages.zip", *stated).partition("next: name one of them: ")[2]
    assert json.loads(run(step).output)["page"] == "two pages.zip#a b.bin"
    for words in (
        ("--input-format", "text"),
        ("--url", "http://a.example/?a=1&b=2"),
        ("--fetched", "2020-01-02T00:00:00"),
    ):
        assert " ".join(map(shlex.quote, words)) in step
    step = refusal("--page", "two pages.zip#none", *stated).partition("next: see what it holds: ")[2]
    assert step == "corpus-loader extract --input-format text 'two pages.zip'"
    assert run(step).exit_code == 0
    asked = (ID, "--column", "text=a b", "--url", "http://a.example/", "--json")
    step = refusal(*asked).partition("next: leave it out: ")[2]
    assert json.loads(run(step).output)["id"] == ID


@pytest.mark.skipif(shutil.which("bash") is None, reason="a shell must read what is pasted")
@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("-x.zip", "a b.bin"),
        ("a#b.zip", "-a#b.bin"),
        ("$HOME;`a`.zip", "\u202egpj.bin"),
        ("\x1b[2J\\'\n\x9b.zip", "c\n\x07'd.bin"),
        ("\udcff.zip", "a.bin"),
    ],
)
def test_a_next_step_can_be_pasted_whatever_the_names_hold(folder, name, member):
    with zipfile.ZipFile(name, "w") as archive:
        for one in (member, "\uffff.bin"):
            archive.write(SEED, one)
    asked = ("--input-format", "text", "--json")
    told = command("explain", "--page", name, *asked)
    assert json.loads(pasted(told, "name one of them: "))["page"] == f"{printable(name)}#{member}"
    told = command("explain", "--page", f"{name}#none", *asked)
    assert len(pasted(told, "see what it holds: ").splitlines()) == 2


def command(*words: str) -> str:
    """What the command tells on standard error, as a terminal would get it."""
    line = [sys.executable, "-m", "corpus_loader", *words]
    return os.fsdecode(subprocess.run(line, capture_output=True, check=False).stderr)


def pasted(told: str, before: str) -> str:
    """What the next step in that text prints, once it is pasted into a shell."""
    (step,) = (line.partition(before)[2] for line in told.splitlines() if before in line)
    assert step.isprintable()
    line = step.replace("corpus-loader", f"{shlex.quote(sys.executable)} -m corpus_loader", 1)
    return subprocess.run(["bash", "-c", line], capture_output=True, check=True, encoding="utf-8").stdout


def test_columns_are_kept_in_a_next_step(folder):
    rows = [
        {"html_source": "<p>one", "at": "http://a.example/1"},
        {"html_source": "<p>two", "at": "http://a.example/2"},
    ]
    Path("rows.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    asked = ("--page", "rows.jsonl", "--column", "html=html_source", "--column", "url=at")
    step = refusal(*asked).partition("next: name one of them: ")[2]
    assert step == "corpus-loader explain --page 'rows.jsonl#1' --column html=html_source --column url=at"
    assert "one" in run(step).output


def test_what_a_page_holds_does_not_steer_the_terminal(tmp_path):
    line = "The minister said on Tuesday that \x1b]0;owned\x07 the bridge \x9b2J\u2069 would open in May.\r\n"
    page = tmp_path / "a\x1b[2Jb.txt"
    page.write_text(line * 3, encoding="utf-8", newline="")
    shown = explain("--page", page)
    assert not set(shown) & {*map(chr, range(32)), *map(chr, range(127, 160))} - {"\n"}
    assert "a\ufffd[2Jb.txt: text/plain, utf-8, 3 lines" in shown
    assert "that \ufffd]0;owned\ufffd the bridge \ufffd2J would open" in shown
