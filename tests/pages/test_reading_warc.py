"""WARC and WET: what is a page, how it is found again, and what a broken record costs."""

import datetime as dt
import gzip
import io
import random
import re
import struct
import zlib

import brotli
import pytest
import zstandard

from corpus_loader.pages import Reader, cut, read_page

CODECS = ["", ".gz", ".zst"]


def joined(made, parts, suffix):
    """A file of one member a record, and the offset of each."""
    packed = [made.compress[suffix](part) for part in parts]
    return b"".join(packed), made.offsets(packed)


def three(made):
    return [made.warc_record(f"http://x/{n}", made.html(f"page {n} " * 20)) for n in range(3)]


@pytest.mark.parametrize("suffix", CODECS)
def test_responses_are_pages_named_by_offset(tmp_path, made, suffix):
    data, offsets = joined(made, three(made), suffix)
    name = f"x.warc{suffix}"
    (tmp_path / name).write_bytes(data)
    pages, rejections, skipped = made.read(tmp_path)
    assert list(pages) == [f"{name}#{offset}" for offset in offsets]
    assert (rejections, skipped) == ({}, {})
    page = pages[f"{name}#{offsets[1]}"]
    assert page.content == made.html("page 1 " * 20)
    assert (page.url, page.charset, page.media_type) == ("http://x/1", "utf-8", "text/html")
    assert page.fetched == dt.datetime(2015, 10, 1, 10, tzinfo=dt.UTC)
    for page in pages.values():
        assert read_page(tmp_path, page.name) == page
    assert list(Reader(tmp_path, names=list(pages)[1:])) == list(pages.values())[1:]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_warc_compressed_as_a_whole_or_in_arbitrary_parts(tmp_path, made, suffix):
    whole = b"".join(three(made))
    (tmp_path / f"whole.warc{suffix}").write_bytes(made.compress[suffix](whole))
    parts = [whole[at : at + 333] for at in range(0, len(whole), 333)]
    (tmp_path / f"parts.warc{suffix}").write_bytes(b"".join(map(made.compress[suffix], parts)))
    pages, rejections, _ = made.read(tmp_path)
    assert rejections == {}
    assert [page.url[-1] for page in pages.values()] == ["0", "1", "2"] * 2
    for page in pages.values():
        assert read_page(tmp_path, page.name) == page


def test_wet_records_are_text(tmp_path, made):
    info = made.warc_record("", b"software: x\r\n", "warcinfo")
    wet = [made.warc_record(f"http://x/{n}", f"سطر\nدوم {n}".encode(), "conversion") for n in range(2)]
    (tmp_path / "x.warc.wet.gz").write_bytes(b"".join(map(gzip.compress, [info, *wet])))
    pages, _, skipped = made.read(tmp_path)
    assert [page.media_type for page in pages.values()] == ["text/plain"] * 2
    assert [cut(page).text for page in pages.values()] == ["سطر\nدوم 0", "سطر\nدوم 1"]
    assert skipped == {"WARC record of type warcinfo": 1}
    assert list(made.read(tmp_path, input_format="wet")[0]) == list(pages)


def test_what_is_no_page_is_skipped_and_counted(tmp_path, made):
    r = made.warc_record
    records = [
        r("http://x/", b"GET /", "request"),
        r("http://x/", b"x: y", "metadata"),
        r("http://x/", b"\x89PNG", http=b"Content-Type: image/png\r\n"),
        r("http://x/", b"User-agent: *", http=b"Content-Type: text/plain\r\n"),
        r("http://x/", made.html("gone"), status=b"404 Not Found"),
        r("http://x/", b"", status=b"301 Moved"),
        r("http://x/", b"?", http=b"Content-Type: \xff\xfe nonsense\r\n"),
        r("http://x/", b"", http=b"Content-Type: text/html\r\n"),
    ]
    (tmp_path / "x.warc").write_bytes(b"".join(records))
    pages, rejections, skipped = made.read(tmp_path)
    assert pages == {}
    assert list(rejections.values()) == ["empty-page"]
    assert skipped == {
        "WARC record of type request": 1,
        "WARC record of type metadata": 1,
        "media type image/png": 1,
        "media type text/plain": 1,
        "HTTP status 404": 1,
        "HTTP status 301": 1,
        "media type unknown": 1,
    }


@pytest.mark.parametrize("date", ["yesterday", "1900-01-01T00:00:00Z"])
def test_a_fetch_date_that_cant_be_is_counted(tmp_path, made, date):
    record = made.warc_record("http://x/", made.html("x"), WARC_Date=date)
    (tmp_path / "x.warc").write_bytes(record)
    pages, _, skipped = made.read(tmp_path)
    assert [page.fetched for page in pages.values()] == [None]
    assert skipped == {"fetch date that can't be read": 1}


def test_html_whose_headers_do_not_say_so(tmp_path, made):
    r = made.warc_record
    records = [
        r("http://x/", made.html("x"), http=b""),
        r("http://x/", made.html("x"), http=b"Content-Type: text/plain\r\n"),
        r("http://x/", made.html("x"), http=b"Content-Type: application/octet-stream\r\n"),
        r("http://x/", made.html("x"), http=b"Content-Type: application/xhtml+xml;charset='UTF-8'\r\n"),
        r("http://x/", b"<p>x", http=b"", WARC_Identified_Payload_Type="text/html"),
        r("http://x/", made.html("x"), "resource").replace(b"text/plain", b"text/html "),
    ]
    (tmp_path / "x.warc").write_bytes(b"".join(records))
    pages, _, _ = made.read(tmp_path)
    assert [page.media_type for page in pages.values()] == ["text/html"] * 6
    assert [page.charset for page in pages.values()] == [None, None, None, "UTF-8", None, None]


def test_headers_with_bare_line_feeds_and_broken_lines(tmp_path, made):
    raw = made.warc_record("http://x/", made.html("x"), http=b"Content-Type: text/html\r\nnonsense\r\n")
    raw += made.warc_record("<http://y/>", made.html("y")).replace(b"200 OK\r\nC", b"200 OK\r\nc")
    (tmp_path / "x.warc").write_bytes(raw)
    assert [page.url for page in made.read(tmp_path)[0].values()] == ["http://x/", "http://y/"]


PAGE = b"<html><p>" + b"text " * 200
CODINGS = [
    (b"gzip", gzip.compress(PAGE)),
    (b"x-gzip", gzip.compress(PAGE)),
    (b"deflate", zlib.compress(PAGE)),
    (b"deflate", zlib.compress(PAGE)[2:-4]),
    (b"br", brotli.compress(PAGE)),
    (b"zstd", zstandard.compress(PAGE)),
    (b"identity", PAGE),
    (b"gzip", PAGE),  # undone by the crawler, the header left as it was
    (b"br", PAGE),
]


@pytest.mark.parametrize(("coding", "body"), CODINGS)
def test_content_codings(tmp_path, made, coding, body):
    http = b"Content-Type: text/html\r\nContent-Encoding: " + coding + b"\r\n"
    (tmp_path / "x.warc").write_bytes(made.warc_record("http://x/", body, http=http))
    (page,) = Reader(tmp_path)
    assert page.content == PAGE


@pytest.mark.parametrize("coding", [b"gzip", b"deflate", b"br", b"zstd"])
def test_a_byte_order_mark_is_of_no_content_coding(tmp_path, made, coding):
    http = b"Content-Type: text/html\r\nContent-Encoding: " + coding + b"\r\n"
    (tmp_path / "x.warc").write_bytes(made.warc_record("http://x/", b"\xef\xbb\xbf" + PAGE, http=http))
    (page,) = Reader(tmp_path)
    assert page.content == b"\xef\xbb\xbf" + PAGE


@pytest.mark.parametrize(("coding", "body"), CODINGS[:4])
def test_content_codings_that_break_off(tmp_path, made, coding, body):
    http = b"Content-Type: text/html\r\nContent-Encoding: " + coding + b"\r\n"
    records = made.warc_record("http://x/", body[:-12], http=http) + made.warc_record("http://y/", PAGE)
    (tmp_path / "x.warc").write_bytes(records)
    pages, rejections, _ = made.read(tmp_path)
    assert (len(pages), list(rejections.values())) == (1, ["unreadable"])


def test_chunked_bodies(tmp_path, made):
    http = b"Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    chunked = b"9\r\n<html><p>\r\n3;ext=1\r\nabc\r\n0\r\n\r\n"
    bodies = [chunked, PAGE, chunked[:-10]]
    (tmp_path / "x.warc").write_bytes(b"".join(made.warc_record("http://x/", b, http=http) for b in bodies))
    pages, rejections, _ = made.read(tmp_path)
    assert [page.content for page in pages.values()] == [b"<html><p>abc", PAGE]
    assert list(rejections.values()) == ["unreadable"]


def test_bombs_and_large_pages(tmp_path, made):
    http = b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
    records = [
        made.warc_record("http://bomb/", gzip.compress(b"\0" * 50_000_000), http=http),
        made.warc_record("http://large/", b"<html>" + b"x" * 2_000_000),
        made.warc_record("http://fits/", PAGE),
    ]
    for suffix in CODECS:
        (tmp_path / f"x.warc{suffix}").write_bytes(joined(made, records, suffix)[0])
    reader = Reader(tmp_path, max_page_bytes=1_000_000)
    found = [(item.url, getattr(item, "reason", None)) for item in reader]
    assert found == [("http://bomb/", "too-large"), ("http://large/", "too-large"), ("http://fits/", None)] * 3


def test_a_record_of_zeros_without_end_costs_itself_alone(tmp_path, made, small_bombs):
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n"
    bomb = io.BytesIO()
    with gzip.GzipFile(fileobj=bomb, mode="wb", mtime=0, compresslevel=1) as file:
        file.write(head)
        for _ in range(9):
            file.write(b"\0" * (1 << 20))
    first, _, last = three(made)
    data = gzip.compress(first) + bomb.getvalue() + gzip.compress(last)
    (tmp_path / "x.warc.gz").write_bytes(data)
    pages, rejections, _ = made.read(tmp_path)
    assert [page.url for page in pages.values()] == ["http://x/0", "http://x/2"]
    assert rejections == {f"x.warc.gz#{len(gzip.compress(first))}": "too-large"}


def replaced(old, new):
    return lambda raw: raw.replace(old, new, 1)


DAMAGE = {
    "magic": replaced(b"WARC/", b"XARC/"),
    "no-length": replaced(b"Content-Length", b"Content-Width "),
    "length-no-number": replaced(b"Content-Length: ", b"Content-Length: x"),
    "length-too-short": lambda raw: raw.replace(b"Content-Length: ", b"Content-Length: 9\r\nX: ", 1),
    "length-too-long": lambda raw: raw.replace(b"Content-Length: ", b"Content-Length: 1", 1),
    "length-far-too-long": lambda raw: raw.replace(b"Content-Length: ", b"Content-Length: 99999", 1),
    "length-absurd": lambda raw: raw.replace(b"Content-Length: ", b"Content-Length: 99999999999", 1),
    "cut-in-header": lambda raw: raw[:70],
    "cut-in-body": lambda raw: raw[:-60],
    "header-without-end": lambda raw: b"WARC/1.0\r\n" + b"X: y\r\n" * 20_000,
    "one-endless-line": lambda raw: b"WARC/1.0\r\n" + b"y" * 200_000,
}


@pytest.mark.parametrize("suffix", CODECS)
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_broken_record_costs_itself_alone(tmp_path, made, suffix, damage):
    parts = three(made)
    parts[1] = DAMAGE[damage](parts[1])
    if not parts[1].endswith(b"\n") and not suffix:
        parts[1] += b"\r\n"  # in an uncompressed file, a record is found by the line it begins
    data, offsets = joined(made, parts, suffix)
    (tmp_path / f"x.warc{suffix}").write_bytes(data)
    pages, rejections, _ = made.read(tmp_path)
    assert [page.url for page in pages.values()] == ["http://x/0", "http://x/2"]
    assert rejections == {f"x.warc{suffix}#{offsets[1]}": "unreadable"} or set(rejections.values()) == {"too-large"}
    assert len(rejections) == 1


@pytest.mark.parametrize("suffix", CODECS)
def test_every_broken_end_is_told(tmp_path, made, suffix):
    data, offsets = joined(made, three(made), suffix)
    for size in range(offsets[2] + 1, len(data) - (0 if suffix else 4), 5):
        (tmp_path / f"x.warc{suffix}").write_bytes(data[:size])
        pages, rejections, _ = made.read(tmp_path)
        assert len(pages) == 2, size
        assert rejections == {f"x.warc{suffix}#{offsets[2]}": "unreadable"}, size


def test_broken_gzip_members_cost_themselves_alone(tmp_path, made):
    noise = [made.warc_record(f"http://x/{n}", random.Random(n).randbytes(900).hex().encode()) for n in range(5)]
    data, offsets = joined(made, noise, ".gz")
    torn = bytearray(data)
    torn[offsets[1]] = 0  # no magic
    torn[offsets[2] + 200 : offsets[2] + 240] = b"\0" * 40  # no deflate
    torn[offsets[4] - 7] ^= 0xFF  # the checksum of the one before the last
    (tmp_path / "x.warc.gz").write_bytes(torn)
    pages, rejections, _ = made.read(tmp_path)
    assert list(pages) == [f"x.warc.gz#{offsets[0]}", f"x.warc.gz#{offsets[4]}"]
    assert rejections == {f"x.warc.gz#{offset}": "unreadable" for offset in offsets[1:4]}


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_broken_record_within_one_member_does_not_hide_the_next(tmp_path, made, suffix, damage):
    parts = three(made)
    parts[1] = DAMAGE[damage](parts[1]) + b"\r\n"
    name = f"x.warc{suffix}"
    (tmp_path / name).write_bytes(made.compress[suffix](b"".join(parts)))
    pages, rejections, _ = made.read(tmp_path)
    assert [page.url for page in pages.values()] == ["http://x/0", "http://x/2"]
    assert rejections == {f"{name}#0+{len(parts[0])}": "unreadable"}
    for found, page in pages.items():
        assert read_page(tmp_path, found) == page


@pytest.mark.parametrize("excess", [30, 700, 5000, 100_000, 10_000_000])
def test_a_length_that_is_too_high_hides_no_record(tmp_path, made, excess):
    """In a WARC that was compressed as a whole, nothing but the length says where a record ends."""
    records = [made.warc_record(f"http://x/{n}", made.html(f"page {n} " * 20)) for n in range(60)]
    length = re.search(rb"Content-Length: (\d+)", records[1])
    records[1] = records[1].replace(length[0], b"Content-Length: %d" % (int(length[1]) + excess), 1)
    whole = b"".join(records)
    (tmp_path / "whole.warc.gz").write_bytes(gzip.compress(whole))
    parts = [gzip.compress(whole[at : at + 999]) for at in range(0, len(whole), 999)]
    (tmp_path / "parts.warc.gz").write_bytes(b"".join(parts))
    pages, rejections, _ = made.read(tmp_path, max_page_bytes=1_000_000)
    assert [page.url for page in pages.values()] == [f"http://x/{n}" for n in range(60) if n != 1] * 2
    assert len(rejections) == 2
    for name, page in list(pages.items())[::20]:
        assert read_page(tmp_path, name) == page


def test_what_would_take_too_long_to_find_is_told_to_be_lost(tmp_path, made, monkeypatch):
    monkeypatch.setattr("corpus_loader.pages.streams._AGAIN_BYTES", 10_000)
    records = [made.warc_record(f"http://x/{n}", made.html(f"page {n} " * 20)) for n in range(60)]
    records[1::2] = [raw.replace(b"Content-Length: ", b"Content-Length: 9999", 1) for raw in records[1::2]]
    (tmp_path / "x.warc.gz").write_bytes(gzip.compress(b"".join(records)))
    items = list(Reader(tmp_path, max_page_bytes=10_000))
    assert "records within" in items[-1].detail
    assert "are lost" in items[-1].detail


@pytest.mark.parametrize("head", [b"", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999999999\r\n\r\n"])
def test_a_bomb_is_one_rejection_with_true_numbers(tmp_path, small_bombs, head):
    bomb = zstandard.compress(head + b"\0" * (99 << 20))
    (tmp_path / "x.warc.zst").write_bytes(bomb)
    (rejection,) = Reader(tmp_path)
    assert (rejection.page, rejection.reason) == ("x.warc.zst#0", "too-large")
    assert f"MiB out of {len(bomb)} bytes" in rejection.detail


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n"])
def test_nothing_in_a_warc(tmp_path, made, content):
    (tmp_path / "x.warc").write_bytes(content)
    assert made.read(tmp_path) == ({}, {}, {})


@pytest.mark.parametrize("content", [b"no archive", b"<html>" * 1000, b"\0" * 1000])
def test_what_is_no_warc(tmp_path, made, content):
    (tmp_path / "x.warc").write_bytes(content)
    pages, rejections, _ = made.read(tmp_path)
    assert (pages, rejections) == ({}, {"x.warc#0": "unreadable"})


def test_zstandard_with_a_dictionary_in_front(tmp_path, made):
    records = [made.warc_record(f"http://x/{n}", made.html(f"common words {n} " * 9)) for n in range(40)]
    dictionary = zstandard.train_dictionary(2000, records * 20)
    compress = zstandard.ZstdCompressor(dict_data=dictionary).compress
    for packed in (dictionary.as_bytes(), zstandard.compress(dictionary.as_bytes())):
        front = struct.pack("<II", 0x184D2A5D, len(packed)) + packed
        (tmp_path / "x.warc.zst").write_bytes(front + b"".join(map(compress, records)))
        pages, rejections, _ = made.read(tmp_path)
        assert (len(pages), rejections) == (40, {})
        name, page = list(pages.items())[20]
        assert read_page(tmp_path, name) == page


def test_pages_in_an_encoding_that_only_the_header_states(tmp_path, made):
    body = "<html><p>قال رئيس الوزراء اليوم إن الحكومة ستقر الميزانية</p>".encode("cp1256")
    http = b'Content-Type: text/html; charset="windows-1256"\r\n'
    (tmp_path / "x.warc").write_bytes(made.warc_record("http://x/", body, http=http))
    (page,) = Reader(tmp_path)
    assert cut(page).text.strip() == "قال رئيس الوزراء اليوم إن الحكومة ستقر الميزانية"
