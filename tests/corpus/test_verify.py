"""`verify` finds whatever was altered, and says where."""

import json
import os
import shutil
import sqlite3
from hashlib import sha256
from pathlib import Path

import jsonschema
import pytest

from corpus_loader.corpus.lines import check_row
from corpus_loader.corpus.manifest import read_manifest
from corpus_loader.corpus.rows import from_row
from corpus_loader.corpus.schema import definition
from corpus_loader.corpus.verify import check_article, verify
from corpus_loader.errors import CorpusError, CorpusNotFoundError, UsageError
from corpus_loader.pages import read_page


@pytest.fixture
def corpus(built, tmp_path) -> Path:
    """A copy of the built corpus that a test may spoil."""
    return Path(shutil.copytree(built, tmp_path / "corpus"))


def problems(corpus: Path, pages: Path | None = None) -> list[str]:
    return [f"{problem.where}: {problem.what}" for problem in verify(corpus, pages)]


def record(corpus: Path) -> dict:
    line = (corpus / "articles" / "fa.jsonl").read_text(encoding="utf-8").splitlines()[0]
    return json.loads(line)


def test_an_altered_file_is_named(corpus):
    path = corpus / "articles" / "ar.jsonl"
    path.write_bytes(path.read_bytes().replace("روسيا".encode(), "روسية".encode(), 1))
    (problem,) = problems(corpus)
    assert problem.startswith("articles/ar.jsonl: has SHA-256")


def test_a_cut_a_missing_and_a_foreign_file_are_named(corpus):
    (corpus / "rejected.jsonl").write_bytes(b"{}\n")
    (corpus / "croissant.json").unlink()
    (corpus / "data" / "ar" / "extra.parquet").write_bytes(b"PAR1")
    assert problems(corpus) == [
        "croissant.json: is missing",
        "data/ar/extra.parquet: is in the folder, but not in the manifest",
        "rejected.jsonl: has 3 bytes, the manifest states 0",
    ]


NOT_ITS_OWN = "where a corpus has files of its own"


def test_links_to_nothing_or_to_folders_and_empty_folders_are_named(corpus, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (corpus / "data").rename(tmp_path / "elsewhere" / "data")
    (corpus / "data").symlink_to(tmp_path / "elsewhere" / "data")
    (corpus / "lost").symlink_to("nowhere")
    (corpus / "more" / "folders").mkdir(parents=True)
    os.mkfifo(corpus / "pipe")
    assert problems(corpus) == [
        f"data: is a link to {tmp_path}/elsewhere/data, {NOT_ITS_OWN}",
        f"lost: is a link to nowhere, {NOT_ITS_OWN}",
        "more/folders: is an empty folder: a corpus has none",
        "pipe: is neither a file nor a folder",
    ]


def test_a_corpus_may_be_reached_through_a_link_and_be_of_links_as_in_the_cache_of_the_hub(corpus, tmp_path):
    (tmp_path / "link").symlink_to(corpus)
    for name in ("manifest.json", "croissant.json"):
        (corpus / name).rename(tmp_path / name)
        (corpus / name).symlink_to(tmp_path / name)
    assert problems(tmp_path / "link") == problems(corpus) == []
    (tmp_path / "croissant.json").write_text("{}", encoding="utf-8")
    assert [problem.partition(":")[0] for problem in problems(corpus)] == ["croissant.json"]


def test_what_the_hub_itself_adds_to_a_repository_is_no_problem(corpus):
    (corpus / ".gitattributes").write_text("*.parquet filter=lfs\n", encoding="utf-8")
    assert problems(corpus) == []
    (corpus / "data" / ".gitattributes").write_text("", encoding="utf-8")
    assert problems(corpus) == ["data/.gitattributes: is in the folder, but not in the manifest"]


def test_a_folder_that_can_not_be_read_is_named(corpus, monkeypatch):
    listed = Path.iterdir

    def refusing(path: Path):
        if path.name == "schema":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refusing)
    assert problems(corpus) == ["schema: can't be read: Permission denied"]


def test_a_key_that_the_manifest_states_twice_is_named(corpus):
    path = corpus / "manifest.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"counts": {', '"title": "x", "counts": {"pages": 7, ', 1), encoding="utf-8")
    assert [problem for problem in problems(corpus) if "more than once" in problem] == [
        'manifest.json: /title: found the key "title" more than once; expected each key once',
        'manifest.json: /counts/pages: found the key "pages" more than once; expected each key once',
    ]


def test_counts_that_do_not_add_up_are_a_problem(corpus):
    path = corpus / "manifest.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    table["counts"]["pages"] += 1
    path.write_text(json.dumps(table), encoding="utf-8")
    (problem,) = problems(corpus)
    assert problem == "manifest.json: the manifest does not add up: 6 pages in all, 5 over the sources"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda row: row.update(body=row["body"] + "!"), "body is not the slices of the page"),
        (lambda row: row.update(title="another"), "title is 'another', which no evidence quotes"),
        (lambda row: row["provenance"]["evidence"][0].update(quote="another"), "the evidence quotes 'another'"),
        (lambda row: row["provenance"].update(page_sha256="0" * 64), "the record says 0000"),
        (lambda row: row["provenance"]["evidence"][0].update(origin="container", start=0, end=1), "container[0:1]"),
        (lambda row: row["provenance"]["evidence"][0].update(origin="declaration", start=0, end=1), "declaration[0:1]"),
    ],
)
def test_a_value_that_does_not_stand_in_its_page_is_found(built, seeds, spoil, message):
    row = record(built)
    page = read_page(seeds, row["provenance"]["page"])
    assert list(check_article(from_row(row), page)) == []
    spoil(row)
    found = [problem.what for problem in check_article(from_row(row), page)]
    assert any(message in what for what in found), found


def test_a_corpus_that_is_not_there_or_broken_is_said_to_be_so(tmp_path):
    with pytest.raises(CorpusNotFoundError, match="there is no folder"):
        read_manifest(tmp_path / "nowhere")
    with pytest.raises(CorpusNotFoundError, match="holds no manifest"):
        read_manifest(tmp_path)
    (tmp_path / "manifest.json").write_text('{"name": 1', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"manifest\.json is broken: unexpected end"):
        read_manifest(tmp_path)
    with pytest.raises(CorpusNotFoundError, match="is a file, not a folder"):
        read_manifest(tmp_path / "manifest.json")
    (tmp_path / "articles").mkdir()
    with pytest.raises(CorpusNotFoundError, match=f"articles holds no .*\n  next: name the whole corpus, {tmp_path}$"):
        read_manifest(tmp_path / "articles")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda good: {}, r"/name: found no such key; expected string .* \(and \d+ more\)"),
        (lambda good: [good], "the whole: found .*; expected object"),
        (lambda good: good | {"window": "2015"}, '/window: found "2015"; expected array or null'),
        (lambda good: good | {"window": ["2015-09-01"]}, "/window: found"),
        (lambda good: good | {"dates": ["2015-02-30", "2015-03-01"]}, "/dates/0: found .* a day of the calendar"),
        (lambda good: good | {"title": 5}, "/title: found 5; expected string"),
        (lambda good: good | {"counts": good["counts"] | {"pages": True}}, "/counts/pages: found true"),
        (lambda good: good | {"languages": {"ar": "3"}}, "/languages/ar: found"),
        (lambda good: good | {"files": [{"path": 5}]}, "/files/0/bytes: found no such key"),
        (lambda good: good | {"weather": "fine"}, "/weather: found"),
    ],
)
def test_a_manifest_says_what_of_it_is_wrong(built, tmp_path, wrong, words):
    good = json.loads((built / "manifest.json").read_bytes())
    (tmp_path / "manifest.json").write_text(json.dumps(wrong(good)), encoding="utf-8")
    with pytest.raises(CorpusError, match=f"(?s)manifest\\.json is broken: {words}.*next: build or download"):
        read_manifest(tmp_path)


EXAMPLES = Path(__file__).parents[2] / "schema" / "examples"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/manifest.*")), ids=lambda path: path.name)
def test_an_example_of_a_manifest_is_valid_or_breaks_the_rule_that_it_names(path):
    rules = {violation.rule for violation in check_row(json.loads(path.read_bytes()), "manifest")}
    assert rules == (set() if path.parent.name == "valid" else {path.name.split(".")[1]})


def test_a_built_manifest_is_valid_to_both_validators(built):
    table = json.loads((built / "manifest.json").read_bytes())
    assert check_row(table, "manifest") == ()
    jsonschema.Draft202012Validator(definition("manifest")).validate(table)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda t: t.update(version="1"), '/version: found "1"; expected string like "1.0.0"'),
        (
            lambda t: t.update(languages={"persian": 2, "ar": 3}),
            '/languages: found "persian"; expected string like "ar"',
        ),
        (lambda t: t["files"].append(t["files"][0]), "it lists README.md more than once"),
        (lambda t: t["files"][0].update(sha256="x"), '/files/0/sha256: found "x"'),
        (
            lambda t: next(file for file in t["files"] if file["path"] == "removed.jsonl").update(records=2),
            "2 lines in removed.jsonl for 0 removed",
        ),
    ],
)
def test_what_its_schema_does_not_allow_in_a_manifest_is_a_problem(corpus, spoil, message):
    path = corpus / "manifest.json"
    table = json.loads(path.read_bytes())
    spoil(table)
    path.write_text(json.dumps(table), encoding="utf-8")
    found = problems(corpus)
    assert any(what.startswith("manifest.json: ") and message in what for what in found), found


def test_a_page_that_is_no_longer_there_is_named(built, seeds, tmp_path):
    pages = Path(shutil.copytree(seeds, tmp_path / "pages"))
    (pages / "000_bfc5ead376b0bb0d.txt").unlink()
    (pages / "004_73167e2fe3d7a799.txt").write_bytes(b"another page")
    found = problems(built, pages)
    assert [problem.partition(": ")[2] for problem in found] == [
        f"the page has the SHA-256 {sha256(b'another page').hexdigest()}, the record says {page_sha256(built, '004')}",
        "there is no such page",
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{bad", "ar.jsonl:4: the line: found"),
        (b'{"id":1}', "ar.jsonl:4: /source: found no such key"),
    ],
)
def test_a_line_that_is_no_article_is_a_problem(corpus, seeds, line, message):
    with (corpus / "articles" / "ar.jsonl").open("ab") as stream:
        stream.write(line + b"\n")
    changed, broken = problems(corpus, seeds)
    assert changed.startswith("articles/ar.jsonl: has")
    assert message in broken


def test_two_articles_of_one_page_are_a_problem(corpus, seeds):
    path = corpus / "articles" / "ar.jsonl"
    path.write_bytes(path.read_bytes() + path.read_bytes().splitlines(keepends=True)[0])
    _, *counts, twice, row = problems(corpus, seeds)
    assert [found.partition(":")[0] for found in counts] == ["manifest.json"] * 3
    assert twice.endswith("another article is of the same page")
    assert row == "data/ar: row 4 is not line 4 of articles/ar.jsonl"


def test_counts_that_add_up_but_are_not_those_of_the_records_are_told(corpus, seeds):
    path = corpus / "manifest.json"
    table = json.loads(path.read_bytes())
    table |= {"languages": {"ar": 2, "fa": 3}, "dates": ["2015-09-30", "2015-11-18"]}
    table["sources"]["bbc.com"] = table["sources"].pop("alhurra.com")
    path.write_text(json.dumps(table), encoding="utf-8")
    assert problems(corpus) == []
    period = "2015-09-30 to 2015-11"
    assert problems(corpus, seeds) == [
        "manifest.json: it states 2 articles in ar, the files hold 3",
        "manifest.json: it states 3 articles in fa, the files hold 2",
        "manifest.json: it states 0 articles of alhurra.com, the files hold 1",
        "manifest.json: it states 1 articles of bbc.com, the files hold 0",
        "manifest.json: it states 0 pages of alhurra.com, the files hold 1",
        "manifest.json: it states 1 pages of bbc.com, the files hold 0",
        f"manifest.json: it states articles of {period}-18, the files hold those of {period}-17",
    ]


def test_a_list_that_can_not_be_read_stops_no_other_check(corpus, seeds, tmp_path):
    (corpus / "removed.jsonl").unlink()
    (corpus / "rejected.jsonl").write_bytes(b"{}\n")
    pages = Path(shutil.copytree(seeds, tmp_path / "pages"))
    (pages / "000_bfc5ead376b0bb0d.txt").write_bytes(b"altered")
    found = problems(corpus, pages)
    assert [problem.partition(":")[0] for problem in found] == [
        "rejected.jsonl",
        "removed.jsonl",
        "records",
        "c3e1739d3acde09c (000_bfc5ead376b0bb0d.txt)",
    ]


def stated(corpus: Path, path: Path) -> None:
    """The manifest states that file as it is now, as a build with a mistake in it would."""
    table = json.loads((corpus / "manifest.json").read_bytes())
    for file in table["files"]:
        if file["path"] == path.relative_to(corpus).as_posix():
            file |= {"bytes": path.stat().st_size, "sha256": sha256(path.read_bytes()).hexdigest()}
    (corpus / "manifest.json").write_text(json.dumps(table), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "row"),
    [
        (lambda lines: [lines[0].replace(b"2015-10-02", b"2015-10-03"), *lines[1:]], 1),
        (lambda lines: [lines[0], lines[2], lines[1]], 2),
        (lambda lines: lines[:2], 3),
    ],
    ids=["another day", "another order", "a line less"],
)
def test_parquet_that_is_not_the_archive_is_a_problem(corpus, seeds, spoil, row):
    path = corpus / "articles" / "ar.jsonl"
    path.write_bytes(b"".join(spoil(path.read_bytes().splitlines(keepends=True))))
    stated(corpus, path)
    assert problems(corpus) == []
    assert problems(corpus, seeds)[-1] == f"data/ar: row {row} is not line {row} of articles/ar.jsonl"


def test_parquet_that_is_missing_or_can_not_be_reached_is_told_once(corpus, seeds, monkeypatch):
    shutil.rmtree(corpus / "data" / "fa")
    assert problems(corpus, seeds) == ["data/fa/part-00000.parquet: is missing"]
    globbed = Path.glob

    def refusing(path: Path, pattern: str):
        if path.name == "ar":
            raise PermissionError(13, "Permission denied")
        return globbed(path, pattern)

    monkeypatch.setattr(Path, "glob", refusing)
    _, told = problems(corpus, seeds)
    assert told == "data/ar: can't be read: [Errno 13] Permission denied"


def test_parquet_that_is_none_is_a_problem(corpus, seeds):
    path = corpus / "data" / "fa" / "part-00000.parquet"
    path.write_bytes(b"PAR1")
    stated(corpus, path)
    (problem,) = problems(corpus, seeds)
    assert problem.startswith("data/fa: can't be read: ")


def test_a_file_that_can_not_be_read_hides_no_other(corpus, monkeypatch):
    opened = Path.open

    def refusing(path: Path, *arguments, **options):
        if path.name == "croissant.json":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)

    (corpus / "removed.jsonl").unlink()
    monkeypatch.setattr(Path, "open", refusing)
    assert problems(corpus) == ["croissant.json: can't be read: Permission denied", "removed.jsonl: is missing"]


def page_sha256(corpus: Path, start: str) -> str:
    lines = (corpus / "articles" / "fa.jsonl").read_text(encoding="utf-8").splitlines()
    places = [json.loads(line)["provenance"] for line in lines]
    return next(place["page_sha256"] for place in places if place["page"].startswith(start))


def test_no_room_for_the_temporary_file_is_said(built, seeds, monkeypatch):
    connect = sqlite3.connect

    def full(database):
        db = connect(database)
        db.execute("PRAGMA max_page_count = 2")
        return db

    monkeypatch.setattr(sqlite3, "connect", full)
    with pytest.raises(UsageError, match=r"(?s)disk is full.*next: set SQLITE_TMPDIR"):
        list(verify(built, seeds))
