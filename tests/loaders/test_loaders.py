"""The same rows and types through every door, from every kind of place."""

import datetime as dt
import gzip
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys

import datasets
import polars as pl
import pyarrow as pa
import pytest
import zstandard

import corpus_loader
from corpus_loader.corpus.jsonlines import LINE_LIMIT
from corpus_loader.corpus.rows import to_line, to_row
from corpus_loader.corpus.validation import Check
from corpus_loader.errors import (
    ArticleNotFoundError,
    CorpusError,
    CorpusNotFoundError,
    SchemaError,
    UsageError,
)
from corpus_loader.loaders import batches as loaders_batches
from corpus_loader.loaders.place import find
from corpus_loader.loaders.selection import select
from tests.loaders.conftest import ARTICLES

ROWS = [to_row(article) for article in ARTICLES]
DOORS = {
    "Dataset": lambda *args, **options: corpus_loader.load_dataset(*args, **options).to_list(),
    "IterableDataset": lambda *args, **options: list(corpus_loader.load_dataset(*args, streaming=True, **options)),
    "LazyFrame": lambda *args, **options: corpus_loader.scan_polars(*args, **options).collect().to_dicts(),
    "DataFrame": lambda *args, **options: corpus_loader.read_polars(*args, **options).to_dicts(),
    "records": lambda *args, **options: [to_row(article) for article in corpus_loader.articles(*args, **options)],
}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("a loader asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(params=["folder", "jsonl", "jsonl.gz", "jsonl.zst", "other spelling"])
def place(request, corpus, jsonl, tmp_path):
    if request.param == "folder":
        return corpus
    if request.param == "jsonl":
        return jsonl
    if request.param == "other spelling":
        lines = (dict(reversed(json.loads(line).items())) for line in jsonl.read_text(encoding="utf-8").splitlines())
        path = tmp_path / "other.jsonl"
        path.write_text("\r\n".join(map(json.dumps, lines)), encoding="utf-8", newline="")
        return path
    packed = {"jsonl.gz": gzip.compress, "jsonl.zst": zstandard.ZstdCompressor().compress}[request.param]
    path = tmp_path / f"articles.{request.param}"
    path.write_bytes(packed(jsonl.read_bytes()))
    return path


@pytest.mark.parametrize("door", DOORS)
def test_every_door_gives_the_same_rows_from_every_place(door, place):
    assert DOORS[door](place) == ROWS
    assert DOORS[door](str(place)) == ROWS


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({"language": "fa"}, lambda row: row["language"] == "fa"),
        ({"language": ["ar", "fa"], "source": "arabic.rt.com"}, lambda row: row["source"] == "arabic.rt.com"),
        ({"since": dt.date(2015, 10, 19)}, lambda row: row["date"] >= dt.date(2015, 10, 19)),
        ({"until": "2015-10-02"}, lambda row: row["date"] <= dt.date(2015, 10, 2)),
        ({"since": "2015-10-05", "until": "2015-10-05"}, lambda row: row["date"] == dt.date(2015, 10, 5)),
        ({"language": "fa", "until": "2014-01-01"}, lambda row: False),
        ({"language": {"ar", "fa"}}, lambda row: True),
    ],
)
def test_a_selection_means_the_same_everywhere(door, options, kept, corpus, jsonl):
    expected = [row for row in ROWS if kept(row)]
    assert DOORS[door](corpus, **options) == DOORS[door](jsonl, **options) == expected


def test_columns_come_in_the_order_asked_for(corpus, jsonl):
    wanted = ["date", "id"]
    expected = [{name: row[name] for name in wanted} for row in ROWS if row["language"] == "fa"]
    for door in ("Dataset", "IterableDataset", "LazyFrame", "DataFrame"):
        for at in (corpus, jsonl):
            found = DOORS[door](at, columns=wanted, language="fa")
            assert found == expected
            assert list(found[0]) == wanted
    assert corpus_loader.load_dataset(corpus, columns="id").column_names == ["id"]


def test_types_are_those_of_the_schema(place):
    mapped, streamed = corpus_loader.load_dataset(place), corpus_loader.load_dataset(place, streaming=True)
    assert mapped.features == streamed.features == corpus_loader.features()
    assert mapped.data.schema.remove_metadata().equals(corpus_loader.arrow_schema())
    assert corpus_loader.scan_polars(place).collect_schema() == corpus_loader.polars_schema()
    assert mapped.split == datasets.Split.TRAIN


# ------------------------------------------------------------------------------------------------ the plain libraries


def test_plain_datasets_gives_the_same_rows_and_types(corpus, tmp_path):
    plain = datasets.load_dataset(str(corpus), split="train", cache_dir=str(tmp_path / "plain"))
    assert plain.to_list() == ROWS
    assert plain.features == corpus_loader.features()
    for language in ("ar", "fa"):
        plain = datasets.load_dataset(str(corpus), language, split="train", cache_dir=str(tmp_path / "plain"))
        assert plain.to_list() == corpus_loader.load_dataset(corpus, language=language).to_list()


def test_plain_datasets_reads_our_jsonl_with_our_features(jsonl, tmp_path):
    plain = datasets.load_dataset(
        "json", data_files=str(jsonl), features=corpus_loader.features(), split="train", cache_dir=str(tmp_path)
    )
    assert plain.features == corpus_loader.features()
    ours = corpus_loader.load_dataset(jsonl)
    for column in ("id", "date", "retrieved", "body", "provenance"):
        instants = {row["id"] for row in ROWS if "T23:30" in str(row)}  # Arrow's reader alters what looks like one
        assert [row for row in zip(plain["id"], plain[column], strict=True) if row[0] not in instants] == [
            row for row in zip(ours["id"], ours[column], strict=True) if row[0] not in instants
        ]


def test_plain_polars_gives_the_same_rows_and_types(corpus):
    plain = pl.scan_parquet(corpus / "data" / "*" / "*.parquet")
    assert plain.collect_schema() == corpus_loader.polars_schema()
    assert plain.collect().equals(corpus_loader.read_polars(corpus))


# -------------------------------------------------------------------------------------------------------- how it reads


def test_polars_hands_conditions_and_columns_down_to_parquet(corpus):
    plan = corpus_loader.scan_polars(corpus, since="2015-10-05", columns=["id", "date"]).explain()
    assert "Parquet SCAN" in plan
    assert "PROJECT 2/15 COLUMNS" in plan
    assert "SELECTION:" in plan
    assert "FILTER" not in plan.split("Parquet SCAN")[0]


def test_a_dataset_is_memory_mapped_and_written_once(corpus, jsonl):
    for place in (corpus, jsonl):
        first, again = corpus_loader.load_dataset(place), corpus_loader.load_dataset(place)
        assert first.cache_files == again.cache_files
        (file,) = first.cache_files
        before = pa.total_allocated_bytes()
        mapped = corpus_loader.load_dataset(place)
        assert pa.total_allocated_bytes() - before < 100_000
        assert len(mapped) == len(ROWS)
        assert list(type(corpus)(file["filename"]).parent.glob(".*")) == []


def test_a_changed_file_is_read_anew(jsonl, tmp_path):
    path = tmp_path / "a.jsonl"
    for count in (3, 5, 4):
        path.write_bytes(b"".join(map(to_line, ARTICLES[:count])))
        assert len(corpus_loader.load_dataset(path)) == count


def test_an_empty_file_and_an_empty_selection_keep_their_types(tmp_path, corpus):
    (tmp_path / "empty.jsonl").touch()
    for empty in (
        corpus_loader.load_dataset(tmp_path / "empty.jsonl"),
        corpus_loader.load_dataset(tmp_path / "empty.jsonl", language="de", source="x"),
        corpus_loader.load_dataset(corpus, source="radiofarda.com", since="2030-01-01"),
    ):
        assert len(empty) == 0
        assert empty.features == corpus_loader.features()
    assert corpus_loader.read_polars(tmp_path / "empty.jsonl").schema == corpus_loader.polars_schema()


def test_a_stream_can_be_shuffled_batched_and_left_early(corpus):
    stream = corpus_loader.load_dataset(corpus, streaming=True, columns=["id"])
    assert sorted(row["id"] for row in stream.shuffle(seed=1)) == sorted(row["id"] for row in ROWS)
    assert len(list(stream.take(3))) == 3
    assert stream.num_shards == 2


@pytest.mark.parametrize("columns", [None, ["cluster", "retrieved", "provenance"]])
def test_a_stream_in_any_format_has_the_types_of_the_schema(columns, corpus, jsonl):
    for place in (corpus, jsonl):
        loaded = corpus_loader.load_dataset(place, columns=columns)
        stream = corpus_loader.load_dataset(place, columns=columns, streaming=True)
        tables = list(stream.with_format("arrow").iter(2))
        assert pa.concat_tables(tables).cast(loaded.data.schema).equals(pa.concat_tables([loaded.data.table]))
        assert all(table.schema.types == loaded.data.schema.types for table in tables)
        assert stream.to_polars().equals(corpus_loader.read_polars(place, columns=columns))


def test_a_stream_goes_on_where_its_state_was_taken(corpus):
    stream = corpus_loader.load_dataset(corpus, streaming=True, columns=["id"])
    rows = iter(stream)
    seen = [next(rows), next(rows)]
    resumed = corpus_loader.load_dataset(corpus, streaming=True, columns=["id"])
    resumed.load_state_dict(stream.state_dict())
    assert seen + list(resumed) == list(stream)


def test_one_article(corpus, jsonl):
    for place in (corpus, jsonl):
        assert corpus_loader.get(ARTICLES[7].id, place) == ARTICLES[7]
        with pytest.raises(ArticleNotFoundError, match=rf"next: .*read_polars\('{place}', columns="):
            corpus_loader.get("0" * 16, place)
    with pytest.raises(ArticleNotFoundError, match=r"the seed corpus holds no .*\n.*read_polars\(columns="):
        corpus_loader.get("0" * 16)


# -------------------------------------------------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"columns": ["id", "text"]}, "no column 'text'.*next: take some of id, source"),
        ({"columns": []}, "selects nothing"),
        ({"columns": "nope"}, "no column 'nope'.*leave columns out"),
        ({"columns": 5}, "columns=5 is neither a name nor a list"),
        ({"language": []}, r"language=\[\] selects nothing.*leave language out to select every language"),
        ({"language": 5}, "language=5 is neither a name nor a list of names"),
        ({"source": b"x"}, "source=b'x' is neither"),
        ({"source": ["radiofarda.com", None]}, "is neither"),
        ({"source": "half of a \ud800 pair"}, "is neither"),
        ({"since": "yesterday"}, "since='yesterday' is not a day.*YYYY-MM-DD"),
        ({"revision": 5}, "revision=5 names no revision"),
        ({"columns": ["id", "id"]}, "twice"),
        ({"since": "2015-10-02", "until": "2015-10-01"}, "since=2015-10-02 comes after until=2015-10-01"),
        ({"since": "2015-13-01"}, "since='2015-13-01' is not a day"),
        ({"until": 2015}, "until=2015 is not a day"),
        ({"revision": "v1"}, "revision='v1' is for a corpus on the Hub"),
    ],
)
def test_a_wrong_argument_is_said_at_once(options, words, corpus):
    for door in (corpus_loader.load_dataset, corpus_loader.scan_polars, corpus_loader.read_polars):
        with pytest.raises(UsageError, match=f"(?s){words}"):
            door(corpus, **options)


@pytest.mark.parametrize("streaming", ["no", 0, None])
def test_streaming_is_true_or_false(streaming, corpus):
    with pytest.raises(UsageError, match=f"streaming={streaming!r} is neither True nor False"):
        corpus_loader.load_dataset(corpus, streaming=streaming)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"language": "de"}, "holds no article whose language is 'de'.*it holds ar, fa"),
        ({"language": ["fa", "FA"]}, "language is 'FA'.*did you mean fa"),
        ({"source": "radiofarda"}, "source is 'radiofarda'.*did you mean radiofarda.com.*arabic.rt.com"),
        ({"source": "www.radiofarda.com"}, "did you mean radiofarda.com"),
        ({"source": "", "since": "2030-01-01"}, "source is ''.*it holds arabic.rt.com, radiofarda.com"),
    ],
)
def test_a_name_that_the_corpus_does_not_hold_is_no_empty_dataset(door, options, words, corpus, jsonl):
    for place in (corpus, jsonl):
        with pytest.raises(UsageError, match=f"(?s){words}"):
            DOORS[door](place, **options)


def test_a_corpus_with_many_sources_names_some():
    held = [f"outlet-{number:03}.example" for number in range(500)]
    with pytest.raises(UsageError) as raised:
        select(source="nowhere.test").refuse_unknown("it", language=["fa"], source=held)
    assert "outlet-011.example, and 488 more" in str(raised.value)


@pytest.mark.parametrize("wrong", [5, b"x", 3.2, "", ["corpus"], True])
def test_what_can_not_name_a_corpus_is_said_at_once(wrong):
    for door in (corpus_loader.load_dataset, corpus_loader.scan_polars, corpus_loader.read_polars):
        with pytest.raises(UsageError, match=r"(?s)corpus=.* names no corpus.*next: give a folder"):
            door(wrong)
    with pytest.raises(UsageError, match="names no corpus"):
        corpus_loader.get("0" * 16, wrong)


@pytest.mark.parametrize("wrong", [None, 5, b"0" * 16, "\ud800"])
def test_what_can_not_be_an_id_is_said(wrong):
    with pytest.raises(UsageError, match=r"(?s)id=.* is no id.*next: "):
        corpus_loader.get(wrong)


def test_what_a_file_is_called_does_not_matter(jsonl, tmp_path):
    for name, pack in (("two.gz", gzip.compress), ("two.zst", zstandard.ZstdCompressor().compress), ("two", bytes)):
        (tmp_path / name).write_bytes(pack(jsonl.read_bytes()))
        assert list(corpus_loader.articles(tmp_path / name)) == ARTICLES


@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a.gz"])
def test_a_byte_order_mark_is_told_in_the_words_of_validate(name, jsonl, tmp_path):
    data = b"\xef\xbb\xbf" + jsonl.read_bytes()
    (tmp_path / name).write_bytes(gzip.compress(data) if name == "a.gz" else data)
    told = next(iter(Check(io.BytesIO(data), str(tmp_path / name))))
    assert "a byte order mark" in str(told)
    with pytest.raises(SchemaError, match=re.escape(str(told))):
        corpus_loader.load_dataset(tmp_path / name)


def test_a_place_that_is_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "table.json").write_text('{\n  "name": 1\n}', encoding="utf-8")
    (tmp_path / "lines.jsonl.bz2").write_bytes(b"BZh9")
    os.mkfifo(tmp_path / "pipe")
    for corpus, error in (
        ("notes.txt", UsageError),
        ("table.json", UsageError),
        ("lines.jsonl.bz2", UsageError),
        ("pipe", CorpusNotFoundError),
        ("x" * 5000, CorpusNotFoundError),
        ("a\0b", CorpusNotFoundError),
        ("~nobody-of-that-name/corpus", CorpusNotFoundError),
        ("nowhere", CorpusNotFoundError),
        ("./no/where", CorpusNotFoundError),
        ("no/where.jsonl", CorpusNotFoundError),
        (tmp_path / "a" / "b", CorpusNotFoundError),
        ("empty", CorpusNotFoundError),
    ):
        with pytest.raises(error, match="next: "):
            corpus_loader.articles(corpus)


def test_a_folder_whose_name_is_no_utf_8_is_refused_and_a_file_is_read(tmp_path, corpus, jsonl):
    folder = shutil.copytree(corpus, tmp_path / "\udcff")
    with pytest.raises(UsageError, match=r"(?s)name .*\\xff are no UTF-8.*next: give the folder another name"):
        corpus_loader.load_dataset(folder)
    file = shutil.copy(jsonl, tmp_path / "\udcfe.jsonl")
    assert len(corpus_loader.load_dataset(file)) == len(ROWS)


def test_a_folder_here_goes_before_a_name_on_the_hub(corpus, monkeypatch):
    monkeypatch.chdir(corpus.parent.parent)
    name = f"{corpus.parent.name}/{corpus.name}"
    assert len(corpus_loader.load_dataset(name)) == len(ROWS)
    with pytest.raises(UsageError, match="is a folder on this machine"):
        corpus_loader.load_dataset(name, revision="main")


def test_a_missing_file_is_named(tmp_path, corpus):
    copy = shutil.copytree(corpus, tmp_path / "copy")
    (copy / "data" / "fa" / "part-00000.parquet").unlink()
    with pytest.raises(CorpusError, match=r"part-00000\.parquet is missing"):
        corpus_loader.load_dataset(copy)


@pytest.mark.parametrize("name", ["manifest.json", "data/ar/part-00000.parquet"])
@pytest.mark.parametrize("door", DOORS)
def test_a_file_that_the_system_refuses_is_named(door, name, tmp_path, corpus):
    copy = shutil.copytree(corpus, tmp_path / "copy")
    (copy / name).unlink()
    (copy / name).symlink_to(copy / name)  # it leads in a circle: refused to every user
    with pytest.raises(CorpusError, match=rf"(?s){name} can't be read: .*next: check the path"):
        DOORS[door](copy)


@pytest.mark.parametrize("door", ["Dataset", "IterableDataset", "DataFrame", "records"])
def test_a_broken_parquet_file_is_said_to_be_one(door, tmp_path, corpus):
    copy = shutil.copytree(corpus, tmp_path / "copy")
    part = copy / "data" / "fa" / "part-00000.parquet"
    part.write_bytes(part.read_bytes()[:-100])
    with pytest.raises(CorpusError, match=r"(?s)can't be read.*next: build or download"):
        DOORS[door](copy)


def test_a_cache_that_can_not_be_written_is_said_to_be_one_and_a_stream_needs_none(tmp_path, corpus, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "file")
    with pytest.raises(CorpusError, match="set HF_DATASETS_CACHE"):
        DOORS["Dataset"](corpus)
    assert DOORS["IterableDataset"](corpus) == ROWS


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda row: row | {"title": 5}, r"a\.jsonl:3: /title: found 5"),
        (lambda row: row | {"text": "x"}, r":3: /text: found \"x\"; expected only id"),
        (
            lambda row: {name: value for name, value in row.items() if name != "credit"},
            ":3: /credit: found no such key",
        ),
        (lambda row: row | {"date": "2015-09"}, ":3: /date: found"),
        (lambda row: row | {"body": "\0"}, ":3: /body: found"),
    ],
)
@pytest.mark.parametrize("door", DOORS)
def test_a_broken_line_is_never_loaded(door, damage, words, tmp_path):
    lines = [to_line(article) for article in ARTICLES]
    lines[2] = to_line(damage(json.loads(lines[2])))
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines))
    with pytest.raises(SchemaError, match=f"(?s){words}.*next: see every broken line: corpus-loader validate"):
        DOORS[door](tmp_path / "a.jsonl")
    assert list(tmp_path.glob("cache/**/*.arrow")) == []


def test_a_line_over_the_limit_is_never_loaded(tmp_path):
    long = json.loads(to_line(ARTICLES[0]))
    long["body"] = "x" * LINE_LIMIT
    (tmp_path / "a.jsonl").write_bytes(to_line(ARTICLES[0]) + to_line(long) + to_line(ARTICLES[1]))
    with pytest.raises(SchemaError, match=r"a\.jsonl:2: found a line of 16,77\d,\d{3} bytes"):
        corpus_loader.load_dataset(tmp_path / "a.jsonl")


@pytest.mark.parametrize("unusual", [[333], [0, -1], range(1600)], ids=["one", "first and last", "all"])
def test_unusual_lines_are_loaded_in_their_places(unusual, tmp_path):
    lines = [to_line(article) for article in ARTICLES] * 40
    for index in unusual:
        lines[index] = json.dumps(dict(reversed(json.loads(lines[index]).items()))).encode() + b"\r\n"
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines))
    assert list(corpus_loader.articles(tmp_path / "a.jsonl")) == ARTICLES * 40
    lines[1200] = b"{}\n"
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines))
    with pytest.raises(SchemaError, match=r"a\.jsonl:1201: "):
        list(corpus_loader.articles(tmp_path / "a.jsonl"))


def test_parquet_without_a_column_is_said_to_be_broken(tmp_path, corpus):
    copy = tmp_path / "copy"
    shutil.copytree(corpus, copy)
    file = next(copy.glob("data/ar/*.parquet"))
    pl.read_parquet(file).drop("title").write_parquet(file)
    with pytest.raises(CorpusError, match=file.name):
        corpus_loader.load_dataset(copy)


@pytest.mark.parametrize("door", ["load_dataset(streaming=True)", "articles()"])
def test_an_iterator_that_is_open_when_python_ends_is_closed_in_silence(door):
    program = f"import corpus_loader; rows = iter(corpus_loader.{door}); next(rows)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "address",
    ["https://hub.example/datasets/ada/x", "https://hub.example/datasets/ada/x/tree/main", "hf://datasets/ada/x"],
)
def test_the_address_of_a_corpus_on_the_hub_tells_its_name(address):
    with pytest.raises(CorpusNotFoundError, match=r"(?s)is an address, not a name.*next: .*'ada/x'"):
        corpus_loader.load_dataset(address)


@pytest.mark.parametrize(
    ("address", "words"),
    [("file:///a%20b/corpus", "name it by its path: '/a b/corpus'"), ("s3://bucket/corpus", "fetch it, and name it")],
)
def test_the_address_of_a_corpus_elsewhere_is_no_name_on_the_hub(address, words):
    with pytest.raises(CorpusNotFoundError, match=f"(?s)is an address, not a name.*next: {words}"):
        corpus_loader.load_dataset(address)


@pytest.mark.parametrize(
    ("selected", "words"), [({"language": ""}, "it holds ar, fa"), ({"source": "bbc.com"}, "it holds")]
)
def test_nothing_is_suggested_that_is_not_alike(selected, words):
    with pytest.raises(UsageError, match=words) as raised:
        corpus_loader.load_dataset(**selected)
    assert "did you mean" not in str(raised.value)


@pytest.mark.parametrize("name", ["load_dataset", "scan_polars", "read_polars", "articles"])
def test_an_argument_without_its_name_is_a_usage_error(name, corpus):
    with pytest.raises(UsageError, match=rf"{name} takes only the corpus(?s:.*)language='ar'") as caught:
        getattr(corpus_loader, name)(corpus, "ar")
    assert isinstance(caught.value, TypeError)


def test_a_manifest_that_is_no_utf_8_is_named(corpus, tmp_path):
    copy = shutil.copytree(corpus, tmp_path / "copy")
    path = copy / "manifest.json"
    path.write_bytes(b"\xff" + path.read_bytes())
    with pytest.raises(CorpusError, match=r"manifest\.json is broken: it is no UTF-8, as the byte FF at byte 1 shows"):
        corpus_loader.load_dataset(copy)


def test_who_loads_a_corpus_imports_nothing_about_pages():
    code = (
        "import sys, corpus_loader; corpus_loader.load_dataset; corpus_loader.scan_polars; corpus_loader.get;"
        "print([name for name in sys.modules if name.startswith('corpus_loader.pages')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("columns", [None, ["provenance"], ["title", "provenance", "id"], ["body"]])
def test_shares_read_side_by_side_make_the_rows_of_the_corpus(count, columns, corpus, monkeypatch):
    monkeypatch.setattr(loaders_batches, "BATCH", 1)
    shares = loaders_batches.shares(find(corpus), select(columns=columns, language=["ar", "fa"]), count)
    expected = [{name: row[name] for name in columns or row} for row in ROWS if row["language"] in ("ar", "fa")]
    assert [row for share in shares for batch in share for row in batch.to_pylist()] == expected
    assert len(shares) == count


def test_all_of_jsonl_is_in_the_first_share(jsonl):
    first, *others = loaders_batches.shares(find(jsonl), select(), 3)
    assert [row for batch in first for row in batch.to_pylist()] == ROWS
    assert [list(share) for share in others] == [[], []]


@pytest.mark.parametrize("columns", [None, ["provenance"], ["title", "provenance", "id"], ["body"]])
def test_columns_are_those_of_the_corpus_in_the_order_asked_for(columns, corpus, monkeypatch):
    monkeypatch.setattr(loaders_batches, "BATCH", 1)
    read = loaders_batches.batches(find(corpus), select(columns=columns, language="fa"))
    expected = [{name: row[name] for name in columns or row} for row in ROWS if row["language"] == "fa"]
    assert [row for batch in read for row in batch.to_pylist()] == expected


def test_a_broken_parquet_file_is_a_corpus_error(corpus, tmp_path):
    copy = shutil.copytree(corpus, tmp_path / "copy")
    last = sorted(copy.glob("data/*/*.parquet"))[-1]
    last.write_bytes(last.read_bytes()[:-100])
    with pytest.raises(CorpusError, match=r"can't be read(?s:.*)build or download"):
        list(loaders_batches.batches(find(copy), select()))


@pytest.mark.parametrize("language", [None, "fa"])
def test_a_manifest_that_lists_too_few_rows_does_not_load_as_a_smaller_corpus(language, corpus, tmp_path):
    copy = shutil.copytree(corpus, tmp_path / "copy")
    table = json.loads((copy / "manifest.json").read_bytes())
    table["files"] = [file for file in table["files"] if not file["path"].startswith("data/fa/")]
    (copy / "manifest.json").write_text(json.dumps(table), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"lists \d+ rows of Parquet for \d+ articles(?s:.*)next: build or download"):
        corpus_loader.read_polars(copy, language=language)
    assert len(corpus_loader.read_polars(copy, language="ar"))
