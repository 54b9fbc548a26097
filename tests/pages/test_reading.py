"""Folders, single files and options: what is a page, what is skipped, what is refused."""

import gzip
import os
import random

import pytest

from corpus_loader.errors import PageError, UsageError
from corpus_loader.pages import MAX_PAGE_BYTES, Reader, cut, cut_or_reject, read_page, read_pages
from corpus_loader.records import Page, Rejection


def test_the_seeds_are_five_text_pages(seeds):
    reader = read_pages(seeds)
    pages = list(reader)
    assert [page.name[:3] for page in pages] == ["000", "001", "002", "003", "004"]
    assert {page.media_type for page in pages} == {"text/plain"}
    assert pages[0].content == (seeds / pages[0].name).read_bytes()
    assert not reader.skipped  # corpus.toml is no page, and not something that was passed over


def test_a_folder_is_read_in_the_order_of_all_names(tmp_path, made):
    names = ["a.txt", "a/b.txt", "a/b/c.html", "a-b.txt", "a0.txt", "B.txt", "z/é.txt", "z/e.txt", "ي.txt"]
    random.Random(1).shuffle(names)
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    pages, rejections, skipped = made.read(tmp_path)
    assert list(pages) == sorted(names)
    assert (rejections, skipped) == ({}, {})


def test_a_folder_may_hold_everything_mixed(tmp_path, made):
    (tmp_path / "one.txt").write_text("نص", encoding="utf-8")
    (tmp_path / "two.html.gz").write_bytes(gzip.compress(made.html("متن")))
    (tmp_path / "three.jsonl").write_text('{"text": "سه"}\n', encoding="utf-8")
    made.zip(tmp_path / "four.zip", [("x.txt", "چهار")])
    (tmp_path / "five.warc").write_bytes(made.warc_record("http://a/", made.html("پنج")))
    (tmp_path / "picture.JPG").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "README").write_text("?", encoding="utf-8")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    (tmp_path / ".git").mkdir()
    (tmp_path / "corpus.toml").write_text("", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "corpus.toml").write_text("", encoding="utf-8")
    pages, rejections, skipped = made.read(tmp_path)
    assert list(pages) == ["five.warc#0", "four.zip#x.txt", "one.txt", "three.jsonl#1", "two.html.gz"]
    assert rejections == {}
    assert skipped == {
        "file type (none)": 1,
        "file type .jpg": 1,
        "file type .toml": 1,
        "hidden file": 1,
        "hidden folder": 1,
    }


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst", ".xz", ".bz2"])
def test_a_single_page_compressed_or_not(tmp_path, made, suffix):
    path = tmp_path / f"page.html{suffix}"
    path.write_bytes(made.compress[suffix](made.html("سلام")))
    assert list(Reader(path)) == [Page(path.name, made.html("سلام"), "text/html")]
    assert read_page(path, path.name).content == made.html("سلام")


def test_text_that_begins_as_html_is_html_whatever_its_name(tmp_path, made):
    (tmp_path / "saved.txt").write_bytes(b"\xef\xbb\xbf\n<!-- x --><!DOCTYPE HTML>" + made.html("x"))
    (tmp_path / "plain.txt").write_text("1 < 2 <p>", encoding="utf-8")
    pages, _, _ = made.read(tmp_path)
    assert [page.media_type for page in pages.values()] == ["text/plain", "text/html"]
    pages, _, _ = made.read(tmp_path, input_format="text")
    assert {page.media_type for page in pages.values()} == {"text/plain"}


def test_an_input_format_overrides_names(tmp_path, made):
    (tmp_path / "rows").write_text('{"text": "a"}\n{"text": "b"}\n', encoding="utf-8")
    assert list(made.read(tmp_path, input_format="jsonl")[0]) == ["rows#1", "rows#2"]
    (tmp_path / "page.php").write_bytes(made.html("x"))
    made.zip(tmp_path / "more.zip", [("page.asp", made.html("y"))])
    (tmp_path / "rows").unlink()
    pages, rejections, skipped = made.read(tmp_path, input_format="html")
    assert list(pages) == ["more.zip#page.asp", "page.php"]
    assert (rejections, skipped) == ({}, {})


def test_a_file_that_is_named_as_the_input_is_told_by_its_bytes(tmp_path, made):
    (tmp_path / "saved").write_bytes(made.html("x"))
    (tmp_path / "bundle").write_bytes(made.tar([("a.txt", b"a")]))
    (tmp_path / "crawl").write_bytes(gzip.compress(made.warc_record("http://a/", made.html("x"))))
    (tmp_path / "rows").write_text('{"text": "x"}', encoding="utf-8")
    found = {name: list(made.read(tmp_path / name)[0]) for name in ("saved", "bundle", "crawl", "rows")}
    assert found == {"saved": ["saved"], "bundle": ["bundle#a.txt"], "crawl": ["crawl#0"], "rows": ["rows#1"]}


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("rows.csv", "text,url\na,http://a/\n", "a table in CSV"),
        ("rows.tsv", "text\turl\n", "a table in CSV"),
        ("rows.json", '[{"text": "a"}]', "JSON, but not one object a line"),
        ("rows.json", '\ufeff[\n  {\n    "text": "a"}]', "JSON, but not one object a line"),
        ("row.json", '{\n  "text": "a"\n}', "JSON, but not one object a line"),
        ("row.json", "5", "JSON, but not one object a line"),
        ("rows", '[{"text": "a"}]', "JSON, but not one object a line"),
    ],
)
def test_a_table_that_is_not_read_is_no_page_of_text(tmp_path, made, name, content, what):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=what) as error:
        list(Reader(tmp_path / name))
    assert error.value.next_step
    assert list(made.read(tmp_path / name, input_format="text")[0]) == [name]  # who says that it is text is believed
    assert made.read(tmp_path)[0] == {}


@pytest.mark.parametrize("text", ["[Reuters] the news", "{name} said", "[1] a footnote", '["quoted"]'])
def test_a_bracket_makes_no_table_of_a_page(tmp_path, made, text):
    (tmp_path / "saved").write_text(text, encoding="utf-8")
    assert list(made.read(tmp_path / "saved")[0]) == ["saved"]


@pytest.mark.parametrize("content", ['{"text": "a"}\n{"text": "b"}', '\ufeff{ "text": "a"}\r\n{ "text": "b"}\r\n'])
def test_lines_of_json_are_read_whatever_their_file_is_called(tmp_path, made, content):
    (tmp_path / "rows.json").write_text(content, encoding="utf-8", newline="")
    assert list(made.read(tmp_path / "rows.json")[0]) == ["rows.json#1", "rows.json#2"]


@pytest.mark.parametrize(
    "options",
    [{"input_format": "pdf"}, {"columns": {"body": "x"}}, {"max_page_bytes": 0}],
)
def test_options_that_mean_nothing(tmp_path, options):
    with pytest.raises(UsageError):
        Reader(tmp_path, **options)


def test_nothing_at_the_path(tmp_path):
    with pytest.raises(UsageError, match="nothing at"):
        Reader(tmp_path / "missing")


def test_sizes_and_empty_files(tmp_path, made):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "large.txt").write_bytes(b"x" * 101)
    (tmp_path / "fits.txt").write_bytes(b"x" * 100)
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"\0" * 50_000_000))
    pages, rejections, _ = made.read(tmp_path, max_page_bytes=100)
    assert list(pages) == ["fits.txt"]
    assert rejections == {"empty.txt": "empty-page", "large.txt": "too-large", "bomb.txt.gz": "too-large"}
    assert MAX_PAGE_BYTES >= 5 * 1024 * 1024  # what Common Crawl keeps of a page


@pytest.mark.parametrize("suffix", [".gz", ".zst", ".xz", ".bz2"])
def test_broken_compression_is_a_rejection(tmp_path, made, suffix):
    whole = made.compress[suffix](random.Random(1).randbytes(3000).hex().encode())
    (tmp_path / f"cut.txt{suffix}").write_bytes(whole[:-10])
    (tmp_path / f"none.txt{suffix}").write_bytes(b"no compression here")
    (tmp_path / f"tail.txt{suffix}").write_bytes(whole + b"garbage")
    damaged = bytearray(whole)
    damaged[len(whole) // 2 : len(whole) // 2 + 8] = b"\0" * 8
    if suffix != ".zst":  # written without a checksum, as zstandard's default is
        (tmp_path / f"damaged.txt{suffix}").write_bytes(damaged)
    (tmp_path / "whole.txt").write_text("x", encoding="utf-8")
    pages, rejections, _ = made.read(tmp_path)
    assert list(pages) == ["whole.txt"]
    assert set(rejections.values()) == {"unreadable"}
    assert len(rejections) == (3 if suffix == ".zst" else 4)


def test_several_members_and_zero_padding_are_one_file(tmp_path):
    (tmp_path / "page.txt.gz").write_bytes(gzip.compress(b"one\n") + gzip.compress(b"two\n") + b"\0" * 512)
    assert read_page(tmp_path, "page.txt.gz").content == b"one\ntwo\n"


def test_links_and_special_files(tmp_path, made):
    (tmp_path / "page.txt").write_text("x", encoding="utf-8")
    (tmp_path / "linked.txt").symlink_to("page.txt")  # as the cache of the Hub holds its files
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")
    (tmp_path / "circle.txt").symlink_to("circle.txt")
    (tmp_path / "up").symlink_to(".")
    os.mkfifo(tmp_path / "pipe.txt")
    pages, rejections, skipped = made.read(tmp_path)
    assert list(pages) == ["linked.txt", "page.txt"]
    assert rejections == {"circle.txt": "unreadable", "gone.txt": "unreadable"}
    assert skipped == {"link to a folder": 1, "special file": 1}


def test_a_file_name_that_is_no_utf8_is_shown_so_that_it_can_be_recorded(tmp_path, made):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x", encoding="utf-8")
    assert list(made.read(tmp_path)[0]) == ["caf\\xe9.txt"]


def test_files_that_are_no_pages_under_the_name_of_one(tmp_path, made):
    (tmp_path / "paper.html").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "photo.txt").write_bytes(b"\xff\xd8\xff\xe0 JFIF")
    _, rejections, _ = made.read(tmp_path)
    assert rejections == {"paper.html": "unreadable", "photo.txt": "unreadable"}


def test_a_page_is_found_again_by_its_name(tmp_path, made):
    (tmp_path / "a#1").mkdir()
    (tmp_path / "a#1" / "b#2.txt").write_text("hash", encoding="utf-8")
    made.zip(tmp_path / "a#1" / "c.zip", [("d#3.txt", "zip"), ("sub/e.html.gz", gzip.compress(made.html("x")))])
    pages, _, _ = made.read(tmp_path)
    assert len(pages) == 3
    for name, page in pages.items():
        assert read_page(tmp_path, name) == page
    some = sorted(pages)[1:]
    assert [page.name for page in Reader(tmp_path, names=some)] == some


@pytest.mark.parametrize("name", ["gone.txt", "../outside.txt", "/etc/passwd", "page.txt#1", ""])
def test_a_page_that_is_not_there(tmp_path, name):
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("secret", encoding="utf-8")
    (folder / "page.zip").write_bytes(b"")
    with pytest.raises(PageError) as error:
        read_page(folder, name)
    assert error.value.reason == "unreadable"


def test_reading_can_be_left_and_is_the_same_every_time(tmp_path, made):
    for number in range(5):
        (tmp_path / f"{number}.jsonl").write_text('{"text": "x"}\n' * 3, encoding="utf-8")
    reader = Reader(tmp_path)
    next(reader)
    del reader  # no open file is left behind: warnings are errors
    assert list(Reader(tmp_path)) == list(Reader(tmp_path))


def test_cutting_dispatches_and_decodes():
    page = Page("p.txt", "سلام\r\n\r\n دنیا \n".encode("cp1256", "replace"), "text/plain", charset="windows-1256")
    document = cut(page)
    assert document.encoding == "windows-1256"
    assert document.texts[0] == "سلام"
    html = cut(Page("p.html", b"<p>one</p><p>two", "text/html"))
    assert html.texts == ["one", "two"]
    for empty in (Page("p", b" \n ", "text/plain"), Page("p", b"<html><script>1</script>", "text/html")):
        assert list(cut(empty).blocks) == []


@pytest.mark.parametrize(
    ("content", "media_type", "what"),
    [
        (b"a\n" * 20_001, "text/plain", "20000 lines"),
        (b"<pre>" + b"a\n" * 20_001, "text/html", "20000 lines"),
        (b"<p>a" * 20_001, "text/html", "20000 lines"),
        (b"<b>" * 200_001, "text/html", "200000 tags"),
        (b"<" * 1_000_000, "text/html", "200000 tags"),
    ],
)
def test_a_page_whose_memory_would_outgrow_its_bytes_is_refused(content, media_type, what):
    rejection = cut_or_reject(Page("p", content, media_type))
    assert (rejection.reason, rejection.detail) == ("too-large", f"it has more than {what}")


@pytest.mark.parametrize("content", [b"<p>a</p>" * 20_000, b"<pre>" + b"a\n" * 20_000])
def test_a_page_of_as_many_lines_as_it_may_have(content):
    assert len(cut(Page("p", content, "text/html")).blocks) == 20_000


def test_damage_is_carried_by_the_document():
    good = "خبر " * 300
    content = good.encode() + b"\xd8 " + good.encode()
    document = cut(Page("p", content, "text/plain"))
    assert (document.encoding, document.replaced) == ("utf-8", 1)
    assert document.source == document.text == good + "\ufffd " + good


def test_every_labelled_page_is_read_and_decoded(shared):
    reader = Reader(shared / "eval")
    kinds = {"text/html": 0, "text/plain": 0}
    for item in reader:
        assert not isinstance(item, Rejection), item
        kinds[item.media_type] += 1
    assert kinds["text/html"] >= 1955
    assert kinds["text/plain"] >= 1955
