"""Rows of web corpora: JSON lines and Parquet, under the column names that corpora use."""

import datetime as dt
import gzip
import json
import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_loader.errors import PageError
from corpus_loader.pages import Reader, cut, read_page
from corpus_loader.records import Page

UTC = dt.UTC


def write_jsonl(path, rows, compress=lambda data: data):
    path.write_bytes(compress("".join(json.dumps(row) + "\n" for row in rows).encode()))


def write_parquet(path, rows, **options):
    pq.write_table(pa.Table.from_pylist(rows), path, **options)


WRITERS = {".jsonl": write_jsonl, ".parquet": write_parquet}
FIRST = {".jsonl": 1, ".parquet": 0}


@pytest.fixture(params=WRITERS)
def table(request, tmp_path):
    """Writes rows into a table, and gives its path and the number of its first row."""

    def write(rows):
        path = tmp_path / f"shard{request.param}"
        WRITERS[request.param](path, rows)
        return path, FIRST[request.param]

    return write


LAYOUTS = {
    "fineweb-2": (
        {
            "text": "متن",
            "id": "<urn:uuid:1>",
            "dump": "CC-MAIN-2015-40",
            "url": "http://x/",
            "date": "2015-10-01T10:00:00Z",
        },
        ("text/plain", "http://x/", dt.datetime(2015, 10, 1, 10, tzinfo=UTC)),
    ),
    "cc-news": (  # its date is the day of publication, not of the crawl
        {"title": "t", "text": "متن", "domain": "x", "date": "2015-10-01 10:00:00", "url": "http://x/"},
        ("text/plain", "http://x/", None),
    ),
    "cc-news-multilingual": (
        {"requested_url": "http://x/", "plain_text": "متن", "published_date": "2015-09-30", "crawl_date": "2015-10-01"},
        ("text/plain", "http://x/", dt.datetime(2015, 10, 1, tzinfo=UTC)),
    ),
    "c4": (
        {"text": "متن", "timestamp": "2015-10-01T10:00:00Z", "url": "http://x/"},
        ("text/plain", "http://x/", dt.datetime(2015, 10, 1, 10, tzinfo=UTC)),
    ),
    "oscar": (
        {
            "content": "متن",
            "warc_headers": {"warc-target-uri": "http://x/", "warc-date": "2015-10-01T10:00:00Z", "warc-type": "c"},
        },
        ("text/plain", "http://x/", dt.datetime(2015, 10, 1, 10, tzinfo=UTC)),
    ),
    "html": ({"html": "متن", "text": "دیگر", "url": None}, ("text/html", None, None)),
    "html-missing": ({"html": None, "text": "متن", "url": ""}, ("text/plain", None, None)),
    "epoch": (
        {"raw_content": "متن", "ts": 1443693600},
        ("text/plain", None, dt.datetime(2015, 10, 1, 10, tzinfo=UTC)),
    ),
    "epoch-ms": (
        {"maintext": "متن", "date_download": 1443693600000},
        ("text/plain", None, dt.datetime(2015, 10, 1, 10, tzinfo=UTC)),
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_usual_columns_are_found(table, layout):
    row, expected = LAYOUTS[layout]
    path, first = table([row])
    (page,) = Reader(path)
    assert page.name == f"{path.name}#{first}"
    assert (page.media_type, page.url, page.fetched) == expected
    assert page.content == "متن".encode()
    assert page.charset == "utf-8"


def test_a_key_of_a_columns_objects_is_named_by_option(table):
    path, first = table([{"page": {"body": "متن", "at": "http://x/"}}, {"page": None}, {"page": {"body": None}}])
    pages = list(Reader(path, columns={"text": "page.body", "url": "page.at"}))
    assert (pages[0].name, pages[0].content, pages[0].url) == (f"{path.name}#{first}", "متن".encode(), "http://x/")
    assert [page.reason in ("empty-page", "unreadable") for page in pages[1:]] == [True, True]


def test_a_text_column_of_whole_html_pages(table):
    markup = "\n<!DOCTYPE html><html><body><p>متن</p></body></html>"
    path, _ = table([{"content": markup}, {"content": "متن <html>"}])
    assert [page.media_type for page in Reader(path)] == ["text/html", "text/plain"]
    assert [page.media_type for page in Reader(path, columns={"text": "content"})] == ["text/plain"] * 2


def test_columns_by_option(table, made):
    rows = [{"corps": "un", "adresse": "http://x/1", "vu": "2015-10-01", "cle": "a", "text": "no", "html": "no"}]
    path, first = table(rows)
    columns = {"text": "corps", "url": "adresse", "date": "vu", "id": "cle"}
    (page,) = Reader(path, columns=columns)
    when = dt.datetime(2015, 10, 1, tzinfo=UTC)
    assert page == Page(f"{path.name}#{first}:a", b"un", "text/plain", "http://x/1", when, "utf-8")
    assert read_page(path, page.name, columns=columns) == page
    pages, rejections, _ = made.read(path, columns={"text": "absent"})
    assert pages == {}
    assert set(rejections.values()) == {"unreadable"}


def test_rows_without_a_page(table, made):
    path, first = table([{"text": None}, {"text": ""}, {"text": "x"}, {"text": " "}])
    pages, rejections, _ = made.read(path)
    assert list(pages) == [f"{path.name}#{first + 2}", f"{path.name}#{first + 3}"]
    assert rejections == {f"{path.name}#{first}": "empty-page", f"{path.name}#{first + 1}": "empty-page"}


@pytest.mark.parametrize("value", [5, True, 1.5, ["a"], {"a": "b"}])
@pytest.mark.parametrize("column", ["text", "url"])
def test_values_of_a_wrong_type(table, made, column, value):
    path, first = table([{"text": "x", "url": "http://x/"} | {column: value}])
    pages, rejections, _ = made.read(path)
    assert (pages, rejections) == ({}, {f"{path.name}#{first}": "unreadable"})


@pytest.mark.parametrize(
    "value",
    [
        "20180403020106",  # CDX
        20180403020106,
        "20180403020106000",
        "Tue, 03 Apr 2018 02:01:06 GMT",  # RFC 1123, as HTTP headers have it
        "03 Apr 2018 05:31:06 +0330",
        "2018-04-03 02:01:06 UTC",
        "2018-04-03 02:01:06.000000 UTC",
        "2018-04-03T02:01:06.000000+00:00",
        "1522720866",
        "1522720866.0",
        "1522720866000",
        1522720866000000,
        1522720866.0,
    ],
)
def test_fetch_dates_as_crawlers_write_them(table, value):
    path, _ = table([{"text": "x", "crawl_date": value}])
    (page,) = Reader(path)
    assert page.fetched == dt.datetime(2018, 4, 3, 2, 1, 6, tzinfo=UTC)


def test_a_table_without_a_known_column_says_how_to_name_one(table):
    path, _ = table([{"corps": "<p>one"}])
    (rejection,) = Reader(path)
    assert (
        "none of its columns ('corps') is known to hold pages: name one, as in --column html=NAME" in rejection.detail
    )


def test_columns_of_bytes_are_read_as_text(tmp_path):
    row = {"html": b"<p>x", "url": b"http://x/", "crawl_date": b"2018-04-03", "key": b"a", "charset": b"utf-8"}
    write_parquet(tmp_path / "x.parquet", [row])
    (page,) = Reader(tmp_path, columns={"id": "key"})
    when = dt.datetime(2018, 4, 3, tzinfo=UTC)
    assert page == Page("x.parquet#0:a", b"<p>x", "text/html", "http://x/", when, "utf-8")


@pytest.mark.parametrize("blank", [" ", "\n", ""])
def test_a_blank_in_one_column_does_not_hide_the_other(table, blank):
    path, _ = table([{"html": blank, "text": "متن"}])
    (page,) = Reader(path)
    assert (page.media_type, page.content) == ("text/plain", "متن".encode())


@pytest.mark.parametrize(
    "value",
    [
        "yesterday",
        "0001-01-01T00:00:00+05:00",
        "1900-01-01",
        "2918-01-01",
        "20181303020106",
        "Tue, 33 Apr 2018 02:01:06 GMT",
        True,
        12,
        [1],
        1e300,
        "٢٠١٥",
    ],
)
def test_a_fetch_date_that_cant_be_read_costs_no_page_but_is_counted(table, made, value):
    path, _ = table([{"text": "x", "crawl_date": value}])
    pages, rejections, skipped = made.read(path)
    assert [page.fetched for page in pages.values()] == [None]
    assert (rejections, skipped) == ({}, {"fetch date that can't be read": 1})


def test_no_known_column(table, made):
    path, _ = table([{"title": "x"}, {"title": "y"}])
    pages, rejections, _ = made.read(path)
    assert pages == {}
    assert set(rejections.values()) == {"unreadable"}
    (rejection, *_) = Reader(path)
    assert "'title'" in rejection.detail


def test_pages_are_found_again(tmp_path, made):
    rows = [{"text": f"row {n}"} for n in range(100)]
    write_jsonl(tmp_path / "a.jsonl.gz", rows, gzip.compress)
    write_jsonl(tmp_path / "b.json.gz", rows, gzip.compress)  # as C4 names its JSON lines
    write_parquet(tmp_path / "c.parquet", rows, row_group_size=30)
    pages, _, _ = made.read(tmp_path)
    assert len(pages) == 300
    some = [name for number, name in enumerate(pages) if number % 23 == 0]
    assert [page.name for page in Reader(tmp_path, names=some)] == some
    for name in some:
        assert read_page(tmp_path, name) == pages[name]
    for name in ("a.jsonl.gz#101", "c.parquet#100", "a.jsonl.gz#0", "c.parquet#x"):
        with pytest.raises(PageError):
            read_page(tmp_path, name)


# ------------------------------------------------------------------------------------------------------- JSON lines

BROKEN_LINES = {
    "no-json": b"{text: 1}",
    "cut": b'{"text": "x',
    "array": b'[{"text": "x"}]',
    "string": b'"x"',
    "number": b"NaN",
    "surrogate": b'{"text": "\\ud800"}',
    "not-utf-8": b'{"text": "\xe9"}',
    "nul": b"\0\0\0",
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("defect", BROKEN_LINES)
def test_a_broken_line_costs_itself_alone(tmp_path, made, defect):
    lines = [b'{"text": "a"}', BROKEN_LINES[defect], b"", b"  \r", b'{"text": "b"}']
    (tmp_path / "x.jsonl").write_bytes(b"\xef\xbb\xbf" + b"\n".join(lines))
    pages, rejections, skipped = made.read(tmp_path)
    assert list(pages) == ["x.jsonl#1", "x.jsonl#5"]
    assert rejections == {"x.jsonl#2": "unreadable"}
    assert skipped == {"blank line": 2}


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_an_endless_line(tmp_path, made, suffix):
    data = b'{"text": "a"}\n' + b"x" * 300_000 + b'\n{"text": "b"}\n{"text": "' + b"y" * 30_000 + b'"}'
    (tmp_path / f"x.jsonl{suffix}").write_bytes(made.compress[suffix](data))
    pages, rejections, _ = made.read(tmp_path, max_page_bytes=10_000)
    assert list(pages) == [f"x.jsonl{suffix}#1", f"x.jsonl{suffix}#3"]
    assert rejections == {f"x.jsonl{suffix}#2": "too-large", f"x.jsonl{suffix}#4": "too-large"}


def test_a_bomb_of_one_line_ends_the_file(tmp_path, made, small_bombs):
    bomb = gzip.compress(b'{"text": "a"}\n' + b"x" * 9_000_000 + b"\n", compresslevel=1)
    (tmp_path / "x.jsonl.gz").write_bytes(bomb)
    pages, rejections, _ = made.read(tmp_path, max_page_bytes=100_000)
    assert (list(pages), rejections) == (["x.jsonl.gz#1"], {"x.jsonl.gz#2": "too-large"})


@pytest.mark.parametrize("suffix", [".gz", ".zst", ".xz", ".bz2"])
def test_a_file_that_breaks_off(tmp_path, made, suffix):
    lines = [json.dumps({"text": random.Random(n).randbytes(300).hex()}) + "\n" for n in range(2400)]
    torn = made.compress[suffix]("".join(lines).encode())
    (tmp_path / f"x.jsonl{suffix}").write_bytes(torn[: len(torn) * 3 // 4])
    pages, rejections, _ = made.read(tmp_path)
    assert 0 < len(pages) < 2400
    assert rejections == {f"x.jsonl{suffix}#{len(pages) + 1}": "unreadable"}


def test_an_empty_file_of_lines_holds_nothing(tmp_path, made):
    (tmp_path / "x.jsonl").write_bytes(b"")
    (tmp_path / "y.jsonl.gz").write_bytes(gzip.compress(b""))
    assert made.read(tmp_path) == ({}, {}, {})


# ---------------------------------------------------------------------------------------------------------- Parquet


def test_parquet_keeps_joiners_and_reads_every_kind_of_text(tmp_path, made):
    text = "می‌رود\u200f ًـ"
    for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        pq.write_table(pa.table({"text": pa.array([text] * 3, kind)}), tmp_path / "x.parquet")
        pages, _, _ = made.read(tmp_path)
        assert [page.content.decode() for page in pages.values()] == [text] * 3


def test_parquet_of_bytes_in_their_own_encoding(tmp_path):
    raw = "<html><p>قال رئيس الوزراء".encode("cp1256")
    pq.write_table(pa.table({"html": [raw], "charset": ["windows-1256"]}), tmp_path / "x.parquet")
    (page,) = Reader(tmp_path)
    assert cut(page).text.strip() == "قال رئيس الوزراء"


def test_parquet_text_that_is_no_utf8(tmp_path, made):
    raw = pa.array(["سطر خوب".encode(), "قال رئيس الوزراء اليوم إن الحكومة".encode("cp1256")], pa.binary())
    text = pa.StringArray.from_buffers(2, raw.buffers()[1], raw.buffers()[2])
    pq.write_table(pa.table({"text": text}), tmp_path / "x.parquet")
    pages, _, _ = made.read(tmp_path)
    assert [cut(page).text for page in pages.values()] == ["سطر خوب", "قال رئيس الوزراء اليوم إن الحكومة"]


@pytest.mark.parametrize(
    "when",
    [
        pa.array([1443693600000], pa.timestamp("ms")),
        pa.array([1443693600000000000], pa.timestamp("ns", "Asia/Tehran")),
        pa.array(["2015-10-01 10:00:00.000"]),
    ],
)
def test_parquet_instants(tmp_path, when):
    pq.write_table(pa.table({"text": ["x"], "fetched": when}), tmp_path / "x.parquet")
    (page,) = Reader(tmp_path)
    assert page.fetched == dt.datetime(2015, 10, 1, 10, tzinfo=UTC)


def test_parquet_that_is_broken(tmp_path, made):
    rows = [{"text": random.Random(n).randbytes(500).hex(), "url": f"http://x/{n}"} for n in range(500)]
    write_parquet(tmp_path / "x.parquet", rows, row_group_size=100, compression="zstd", write_page_checksum=True)
    whole = (tmp_path / "x.parquet").read_bytes()
    for name, content in {
        "cut": whole[:-20],
        "empty": b"",
        "no-parquet": b"PAR1 but nothing else PAR1",
        "torn": whole[: len(whole) // 3] + b"\0" * 900 + whole[len(whole) // 3 + 900 :],
    }.items():
        (tmp_path / "x.parquet").write_bytes(content)
        pages, rejections, _ = made.read(tmp_path)
        assert rejections == {"x.parquet": "unreadable"}, name
        assert (name == "torn") == bool(pages)


def test_a_parquet_row_that_is_too_large(tmp_path, made):
    write_parquet(tmp_path / "x.parquet", [{"text": "x" * 20}, {"text": "x" * 2000}, {"text": "y"}])
    pages, rejections, _ = made.read(tmp_path, max_page_bytes=100)
    assert (list(pages), rejections) == (["x.parquet#0", "x.parquet#2"], {"x.parquet#1": "too-large"})
