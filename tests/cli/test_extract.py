"""`corpus-loader extract`: which lines it prints, under which names, and what it says of what it can't read."""

import gzip
import json
import os
import threading
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from corpus_loader.articles.registry import Registry
from corpus_loader.articles.understand import Setting
from corpus_loader.cli import cli
from corpus_loader.corpus import batches
from corpus_loader.corpus.batches import understood
from corpus_loader.records import Page, Rejection

SEED = "000_bfc5ead376b0bb0d.txt"


def extract(*arguments, code=0, given=None):
    """The pages' names, and what is said on standard error."""
    done = CliRunner().invoke(cli, ["extract", *map(str, arguments)], input=given)
    assert done.exit_code == code, done.output
    return [json.loads(line)["page"] for line in done.stdout.splitlines()], done.stderr


@pytest.fixture
def two(tmp_path, seeds, monkeypatch):
    """The folder that holds the folders a and b, with a page of the same name in each, is the current one."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.txt").write_bytes((seeds / SEED).read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_pages_are_named_by_the_path_as_given(two):
    with zipfile.ZipFile(two / "b" / "c.zip", "w") as archive:
        archive.writestr("x#1.txt", "x")
    assert extract("a", "b")[0] == ["a/page.txt", "b/c.zip#x#1.txt", "b/page.txt"]
    assert extract(two / "a")[0] == [(two / "a" / "page.txt").as_posix()]
    assert extract("a/page.txt", "b/c.zip")[0] == ["a/page.txt", "b/c.zip#x#1.txt"]


def test_what_can_not_be_read_costs_no_other_its_line(two):
    (two / "rows.csv").write_text("text,url\n", encoding="utf-8")
    names, said = extract("nowhere", "a", "rows.csv", "b/page.txt", code=1)
    assert names == ["a/page.txt", "b/page.txt"]
    assert "error: there is nothing at nowhere" in said
    assert "error: rows.csv is a table in CSV\n  next: " in said
    assert extract("nowhere", "rows.csv", code=2)[0] == []


def warc_record(content):
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + content
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\nWARC-Date: 2015-10-01T00:00:00Z\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(body), body)
    )


BROKEN = {
    "cut.warc.gz": (gzip.compress(warc_record(b"x" * 1000))[:60], "the gzip data"),
    "none.zip": (b"no zip", "the zip archive is broken"),
    "page.pdf": (b"%PDF-1.7 \0", "it is a PDF file"),
    "empty.html": (b"", "it holds no bytes"),
    "binary.txt": (bytes(range(256)) * 20, "encoding can't be told"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_of_which_no_page_can_be_read_is_told(two, name):
    (two / name).write_bytes(BROKEN[name][0])
    names, said = extract(name, code=2)
    assert [page.partition("#")[0] for page in names] == [name]
    assert f"error: no page of {name} can be read: " in said
    assert BROKEN[name][1] in said
    assert "next: " in said
    assert len(extract(name, "a", code=1)[0]) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_costs_no_other_its_line(two):
    (two / "a" / "page.txt").chmod(0)
    names, said = extract("a/page.txt", "b", code=1)
    assert names == ["b/page.txt"]
    assert "a/page.txt may not be read" in said


def test_a_container_that_is_whole_in_part_has_been_read(two, seeds):
    packed = gzip.compress(warc_record((seeds / SEED).read_bytes()))
    (two / "half.warc.gz").write_bytes(packed + packed[:60])
    names, said = extract("half.warc.gz")
    assert names == ["half.warc.gz#0", f"half.warc.gz#{len(packed)}"]
    assert said == ""


@pytest.mark.parametrize("name", ["x" * 300, "\udcff\udcfe.txt"])
def test_an_unusual_name_is_no_traceback(two, seeds, name):
    assert extract(name, "a", code=1)[0] == ["a/page.txt"]
    if len(name) < 255:
        (two / name).write_bytes((seeds / SEED).read_bytes())
        assert extract(name)[0] == [r"\xff\xfe.txt"]


def test_a_dash_is_the_standard_input(two, seeds):
    page = (seeds / SEED).read_bytes()
    assert extract("-", given=page) == (["-"], "")
    assert extract("-", "a", given=b'{"text": "x"}\n{"text": "y"}\n') == (["-#1", "-#2", "a/page.txt"], "")
    assert extract("-", given=b"", code=2)[0] == ["-"]
    assert "piped is JSON, but not one object a line" in extract("-", given=b'[{"text": 1}]', code=2)[1]


def test_a_pipe_is_read_as_a_file_is(two):
    os.mkfifo("pipe")
    rows = b'{"text": "x"}\n{"text": "y"}\n'
    writer = threading.Thread(target=lambda: (two / "pipe").write_bytes(rows))  # as <(zcat rows.gz) gives it
    writer.start()
    assert extract("pipe")[0] == ["pipe#1", "pipe#2"]
    writer.join()


def test_the_url_is_for_one_page_however_many_files_hold_it(two):
    for rows, code in ((1, 0), (2, 2)):
        pq.write_table(pa.table({"text": ["text"] * rows}), two / "rows.parquet")
        names, said = extract("rows.parquet", "--url", "https://a.example/", code=code)
        assert (len(names), "--url is for a single page" in said) == ((1, False) if code == 0 else (0, True))
    assert extract("a", "b", "--url", "https://a.example/", code=2)[0] == []


@pytest.mark.parametrize(("bound", "most"), [("PAGES", 3), ("BYTES", 150), ("BLOCKS", 6)])
def test_pages_are_held_up_to_a_number_of_each_measure(monkeypatch, bound, most):
    """Each page has 50 bytes or a few more, and two blocks."""
    taken = []

    def pages():
        for number in range(10):
            taken.append(number)
            content = f"{number}{' ' * 47}\na"
            yield (
                Page(f"{number}", content.encode(), "text/plain")
                if number % 4
                else Rejection(f"{number}", None, None, None, None, "unreadable", "it is broken")
            )

    setting = Setting(Registry.shipped())
    expected = list(understood(pages(), setting))
    monkeypatch.setattr(batches, bound, most)
    taken.clear()
    found = understood(pages(), setting)
    first = next(found)
    assert taken == ([0, 1, 2] if bound == "PAGES" else [0, 1, 2, 3])
    assert [first, *found] == expected
