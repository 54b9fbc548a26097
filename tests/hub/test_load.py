"""What was published loads by its name: with this package, and with the plain library."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from .client import Client
from .server import FOREVER, Server

PLAIN = """
import datasets
rows = datasets.load_dataset(name, language, revision=revision, split="train")
result = [dict(row, date=str(row["date"])) for row in rows]
"""
OURS = """
import corpus_loader
dataset = corpus_loader.load_dataset(name, language=language)
frame = corpus_loader.scan_polars(name, language=language).collect()
typed = list(corpus_loader.articles(name, language=language))
result = {
    "dataset": [dict(row, date=str(row["date"])) for row in dataset],
    "polars": [dict(row, date=str(row["date"])) for row in frame.to_dicts()],
    "ids": [article.id for article in typed],
}
"""


@pytest.fixture
def rows(v1: Path, language: str) -> list[dict[str, object]]:
    table = pq.read_table(v1 / "data" / language)
    return [dict(row, date=str(row["date"])) for row in table.to_pylist()]


@pytest.fixture
def rows_of(v1: Path) -> dict[str, int]:
    return {language: pq.read_table(v1 / "data" / language).num_rows for language in ("ar", "fa")}


@pytest.fixture
def published(server: Server, client: Client, name: str, v1: Path, v2: Path) -> str:
    """The name of a corpus whose first version is tagged, and whose second is on main."""
    assert client.run("publish", v1, name, "--tag").code == 0
    assert client.run("publish", v2, name).code == 0
    return name


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_plain_datasets_loads_a_published_corpus(
    client: Client, published: str, language: str, rows: list[dict[str, object]]
):
    assert client.python(PLAIN, name=published, language=language, revision="v1.0.0") == rows


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_every_loader_takes_a_name_and_a_revision_online_and_offline(
    server: Server, client: Client, offline: Client, published: str, language: str, rows: list[dict[str, object]]
):
    expected = {"dataset": rows, "polars": rows, "ids": [row["id"] for row in rows]}
    assert client.python(OURS, name=f"{published}@v1.0.0", language=language) == expected
    server.fail("", "cut", times=FOREVER)
    assert offline.python(OURS, name=f"{published}@v1.0.0", language=language) == expected


COUNTED = """
import corpus_loader
result = corpus_loader.scan_polars(name, language=language, columns=["id"]).collect().height
"""


def test_only_the_parquet_files_of_the_language_are_fetched(
    server: Server, client: Client, offline: Client, published: str, rows_of: dict[str, int]
):
    mark = len(server.seen)
    assert client.python(COUNTED, name=f"{published}@v1.0.0", language="fa") == rows_of["fa"]
    sent = {line.rsplit("/", maxsplit=1)[-1] for line in server.since(mark) if "/resolve/" in line}
    assert sent == {"manifest.json", "part-00000.parquet"}
    assert not [line for line in server.since(mark) if "data/ar" in line or "articles" in line]
    assert offline.python(COUNTED, name=f"{published}@v1.0.0", language="fa") == rows_of["fa"]
    with pytest.raises(AssertionError, match=r"(?s)HubError.*no complete copy.*next: go online"):
        offline.python(COUNTED, name=f"{published}@v1.0.0", language="ar")
    assert client.python(COUNTED, name=f"{published}@v1.0.0", language="ar") == rows_of["ar"]
    assert offline.python(COUNTED, name=f"{published}@v1.0.0", language="ar") == rows_of["ar"]


def test_a_language_that_a_published_corpus_does_not_hold_is_told(server: Server, client: Client, published: str):
    mark = len(server.seen)
    with pytest.raises(AssertionError, match=rf"(?s)UsageError: {published} holds no article.*'de'.*it holds ar, ku"):
        client.python(COUNTED, name=published, language="de")
    assert not [line for line in server.since(mark) if "/resolve/" in line and "manifest.json" not in line]


def test_a_name_that_is_nowhere_says_that_no_folder_is_meant_either(client: Client):
    with pytest.raises(AssertionError, match=r"(?s)HubError.*; and on this machine there is no folder ada/nowhere"):
        client.python(COUNTED, name="ada/nowhere", language="fa")


def test_a_changed_file_does_not_load(server: Server, client: Client, published: str):
    server.hub.repos[published].write("data/ar/part-00000.parquet", b"PAR1")
    with pytest.raises(AssertionError, match=r"HubError.*data/ar/part-00000.parquet has 4 bytes"):
        client.python(OURS, name=published, language="ar")
