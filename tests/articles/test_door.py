"""`extract`, for one page: it takes bytes, text or a path, and never refuses a page that can be read."""

import datetime as dt
import gzip
import json
import lzma
import pickle
import zipfile
from pathlib import Path

import pytest
import zstandard
from click.testing import CliRunner

import corpus_loader
from corpus_loader.cli import cli
from corpus_loader.errors import PageError, UsageError

FIELDS = {"title", "body", "byline", "credit", "date", "source", "language", "retrieved", "url"}
PARAGRAPH = "Der Stadtrat hat am Abend nach langer Beratung beschlossen, die alte Brücke über den Fluss zu erneuern."
PAGE = f"""<!doctype html><html lang="de"><head><title>Die Brücke wird erneuert - Beispiel</title>
<link rel="canonical" href="https://zeitung.example/a/1">
<meta property="article:published_time" content="2015-10-07T10:00:00Z">
</head><body><nav><a href="/">Start</a> <a href="/sport">Sport</a></nav><h1>Die Brücke wird erneuert</h1>
{"".join(f"<p>{PARAGRAPH} ({n})</p>" for n in range(6))}<footer>Impressum</footer></body></html>"""


def test_bytes_text_and_path_give_the_same(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    found = [corpus_loader.extract(page) for page in (PAGE.encode(), PAGE, path, str(path))]
    assert len({(f.title, f.body, f.date, f.source, f.language, f.url) for f in found}) == 1
    assert found[0].title == "Die Brücke wird erneuert"
    assert found[0].body == "\n\n".join(f"{PARAGRAPH} ({n})" for n in range(6))
    assert (found[0].date, found[0].source, found[0].language) == (dt.date(2015, 10, 7), "zeitung.example", "de")


def test_what_is_found_can_be_sent_to_another_process():
    found = corpus_loader.extract(PAGE)
    sent = pickle.loads(pickle.dumps(found))
    assert sent == found
    assert (sent.title, sent.date, sent.findings) == (found.title, found.date, found.findings)
    assert sent != corpus_loader.extract(PAGE.replace("Stadtrat", "Landtag"))


def test_every_value_has_its_evidence():
    found = corpus_loader.extract(PAGE)
    document = found.document
    for name in FIELDS - {"byline", "credit", "retrieved"}:
        finding = getattr(found.findings, name)
        assert finding.value is not None, name
        assert finding.evidence, name
        for item in finding.evidence:
            if item.quote is not None and item.start is not None:
                text = {"text": document.text, "markup": document.source}[item.origin]
                assert text[item.start : item.end] == item.quote


def test_what_the_caller_knows_counts():
    found = corpus_loader.extract(
        PAGE.replace('rel="canonical"', 'rel="x"'), url="https://www.other.example/b", fetched="2020-01-02"
    )
    assert (found.url, found.source, found.retrieved) == (
        "https://www.other.example/b",
        "other.example",
        dt.date(2020, 1, 2),
    )


@pytest.mark.parametrize("page", ["", " \n", "<p>", b"\xff\xfe", b"<html><script>x</script></html>", "Home\nSport\n"])
def test_a_page_without_an_article_is_not_refused(page):
    found = corpus_loader.extract(page)
    assert found.body is None
    assert found.findings.article.reason in {"empty-page", "no-body", "not-an-article"}


def test_what_is_no_page_is_said_to_be_none(tmp_path):
    with pytest.raises(PageError):
        corpus_loader.extract(b"%PDF-1.7 \xe2\xe3\xcf\xd3 \x00\x01\x02")
    with pytest.raises(UsageError, match="can't be read"):
        corpus_loader.extract(tmp_path / "nowhere.html")
    with pytest.raises(UsageError, match="media_type is 'text/xml'"):
        corpus_loader.extract(PAGE, media_type="text/xml")
    with pytest.raises(UsageError, match="fetched is 'yesterday'"):
        corpus_loader.extract(PAGE, fetched="yesterday")


@pytest.mark.parametrize(
    "arguments",
    [
        *({"fetched": value} for value in (5, "0001-01-01T00:00+05:00", "9999-12-31", "1989-12-31")),
        *({"fetched": value} for value in (dt.date(2101, 1, 1), dt.datetime(1, 1, 1, tzinfo=dt.UTC))),
        *({"media_type": value} for value in (["text/html"], "text/xml", 5)),
        {"url": 5},
    ],
    ids=str,
)
def test_arguments_that_mean_nothing_are_named(arguments):
    (name,) = arguments
    with pytest.raises(UsageError, match=f"{name} is"):
        corpus_loader.extract(PAGE, **arguments)


@pytest.mark.parametrize("page", [None, 5, ["<p>"]])
def test_what_is_neither_text_nor_path_is_refused(page):
    with pytest.raises(UsageError, match="a page can't be"):
        corpus_loader.extract(page)


@pytest.mark.parametrize("path", ["seeds/002_typo.txt", "page.HTML"])
def test_a_mistyped_path_is_no_page(path):
    with pytest.raises(UsageError, match="there is no file"):
        corpus_loader.extract(path)


def test_half_a_surrogate_pair_is_no_text():
    with pytest.raises(PageError, match="character 4 of the page is half of a surrogate pair"):
        corpus_loader.extract("text\ud800")


@pytest.mark.parametrize("paragraph", [PARAGRAPH * 8, "می‌گوید " * 100])
def test_one_long_line_is_a_page_and_no_path(paragraph):
    assert corpus_loader.extract(paragraph).document.text == paragraph


def test_a_page_record_takes_what_the_caller_knows():
    page = corpus_loader.extract(PAGE).document.page
    found = corpus_loader.extract(page, url="https://www.zeitung.example/b", fetched=dt.date(2020, 1, 2))
    assert found.document.page.url == "https://www.zeitung.example/b"
    assert (found.retrieved, found.body) == (dt.date(2020, 1, 2), corpus_loader.extract(page).body)


@pytest.mark.parametrize("url", ["http://[bad", "http://℀.com", "http://a b/", "x" * 5000, "//", "file:///etc"])
def test_an_address_that_is_none_gives_no_url(url):
    stated = PAGE.replace("https://zeitung.example/a/1", url)
    assert corpus_loader.extract(stated).url is None
    assert corpus_loader.extract(stated, url=url).url is None


@pytest.mark.parametrize("before", ["", "<!doctype html><title>Talks</title>", "<body></body></html>"])
def test_text_outside_every_element_is_text(before):
    page = f"{before}The minister says talks go on<br>{PARAGRAPH}<br>{PARAGRAPH}<br>{PARAGRAPH}"
    found = corpus_loader.extract(page, media_type="text/html")
    assert found.document.text.count(PARAGRAPH) == 3


def lines(*arguments: str | Path, code: int = 0) -> list[dict]:
    done = CliRunner().invoke(cli, ["extract", *map(str, arguments)])
    assert done.exit_code == code, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_one_line_a_page_in_order_with_a_reason_for_every_null(tmp_path, seeds):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "c.txt").write_bytes(b"")
    paths = [seeds / "002_43f1438695c257e2.txt", *sorted(tmp_path.iterdir())]
    found = lines(*paths, code=1)  # the last two give no page
    assert [row["page"] for row in found] == [path.as_posix() for path in paths]
    for row in found[:2]:
        assert {name for name in FIELDS if row[name] is None} == set(row["reasons"])
    for row in found[2:]:
        assert row["body"] is None
        assert row["reasons"]["article"]["reason"] in {"unreadable", "empty-page"}


def test_the_url_is_for_one_page(seeds):
    done = CliRunner().invoke(cli, ["extract", "--url", "https://a.example/", *map(str, sorted(seeds.glob("*.txt")))])
    assert done.exit_code == 2
    assert "--url is for a single page" in done.output


@pytest.mark.parametrize(
    "address", ["http://[", "https://zei\0tung.example/a\0", "https://zei\ntung.example/\ta", "\0", "http://a]b/"]
)
@pytest.mark.parametrize("stated", ["", "http://[", "https://zeitung.example/\0a"])
def test_no_broken_address_costs_the_article(address, stated):
    head = f'<link rel=canonical href="{stated}"><meta property="og:url" content="{stated}"><base href="http://[">'
    page = PAGE.replace("<head>", f"<head>{head}").replace("Der Stadtrat", "Der\0 Stadtrat", 1)
    found = corpus_loader.extract(page.encode(), url=address)
    assert found.title == "Die Brücke wird erneuert"
    assert "\0" not in found.body
    assert not any("\0" in (item.quote or "") for item in found.findings.url.evidence)


@pytest.mark.parametrize("suffix", [".gz", ".zst", ".xz"])
def test_a_compressed_page_is_read(tmp_path, suffix):
    pack = {".gz": gzip.compress, ".zst": zstandard.compress, ".xz": lzma.compress}[suffix]
    path = tmp_path / f"page.html{suffix}"
    path.write_bytes(pack(PAGE.encode()))
    for page in (path, str(path)):
        assert corpus_loader.extract(page).body == corpus_loader.extract(PAGE).body
    path.write_bytes(pack(PAGE.encode())[:-20])
    with pytest.raises(PageError, match=f"page.html{suffix}: "):
        corpus_loader.extract(path)


def test_what_holds_many_pages_is_named_with_what_reads_it(tmp_path):
    row = json.dumps({"html": PAGE, "url": "https://a.example/"}) + "\n"
    (tmp_path / "one.jsonl").write_text(row, encoding="utf-8")
    (tmp_path / "two.jsonl.gz").write_bytes(gzip.compress(row.encode() * 2))
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("a.html", PAGE)
    (tmp_path / "folder").mkdir()
    for name in ("one.jsonl", "two.jsonl.gz", "pages.zip", "folder"):
        for page in (tmp_path / name, str(tmp_path / name)):
            with pytest.raises(UsageError, match=rf"(?s){name} is a .*next: .*corpus-loader extract "):
                corpus_loader.extract(page)


@pytest.mark.parametrize("language", [[], ["fa"], {}, 5, "not a tag", "fa fa", "persian"])
def test_a_language_that_is_none_is_refused(language):
    with pytest.raises(UsageError):
        corpus_loader.find_dates("5 May 2015", language=language)


@pytest.mark.parametrize(
    "paragraph",
    [
        "市議会は月曜日、古い橋を夏に二週間閉鎖することを決めた。工事費は三億円になると市長が発表した。",
        "أعلنت وزارة الصحة اليوم تسجيل مئة إصابة جديدة في العاصمة، وقالت إن حالات الشفاء بلغت تسعين.",
    ],
    ids=["ja", "ar"],
)
def test_a_page_of_one_short_paragraph_has_a_body_and_no_title(paragraph):
    found = corpus_loader.extract(paragraph, media_type="text/plain")
    assert (found.title, found.body) == (None, paragraph)
    assert found.findings.article.value is True
