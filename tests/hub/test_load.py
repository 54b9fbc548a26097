"""What was published loads by its name, with the plain library too."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from .client import Client
from .server import Server

PLAIN = """
import datasets
rows = datasets.load_dataset(name, language, revision=revision, split="train")
result = [dict(row, date=str(row["date"])) for row in rows]
"""
OURS = """
from corpus_loader.loaders.hub import snapshot
result = str(snapshot(name))
"""


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_plain_datasets_loads_a_published_corpus(
    server: Server, client: Client, name: str, v1: Path, v2: Path, language: str
):
    client.run("publish", v1, name, "--tag")
    client.run("publish", v2, name)
    loaded = client.python(PLAIN, name=name, language=language, revision="v1.0.0")
    table = pq.read_table(v1 / "data" / language)
    expected = [dict(row, date=str(row["date"])) for row in table.to_pylist()]
    assert loaded == expected


def test_a_snapshot_is_a_corpus_folder(server: Server, client: Client, name: str, v1: Path):
    client.run("publish", v1, name)
    folder = Path(client.python(OURS, name=f"{name}@main"))
    assert pq.read_table(folder / "data" / "ar").equals(pq.read_table(v1 / "data" / "ar"))
