"""Large files in chunks, as the client sends and takes them by default."""

from pathlib import Path

from .client import Client
from .corpora import contents
from .server import Server


def test_a_corpus_goes_and_comes_in_chunks(
    server: Server, chunk_client: Client, client: Client, name: str, v1: Path, tmp_path: Path
):
    mark = len(server.seen)
    ran = chunk_client.run("publish", v1, name)
    assert ran.code == 0, ran.err
    assert server.hub.repos[name].files() == contents(v1)
    assert any("xet-write-token" in request for request in server.since(mark))

    for number, reader in enumerate((chunk_client, client)):
        mark = len(server.seen)
        ran = reader.run("download", name, "--out", tmp_path / "corpus")
        assert ran.code == 0, ran.err
        assert contents(tmp_path / "corpus") == contents(v1)
        requests = " ".join(server.since(mark))
        assert ("xet-read-token" in requests, "/content/" in requests) == ((True, False), (False, True))[number]


def test_the_token_of_the_hub_is_not_given_to_the_chunk_store(
    server: Server, chunk_client: Client, name: str, v1: Path
):
    mark = len(server.seen)
    chunk_client.run("publish", v1, name, "--private")
    asked = [one for one in server.seen[mark:] if "xet-write-token" in one.target]
    assert asked
    assert all((one.origin, one.authorization) == ("hub", "Bearer hf_writer") for one in asked)
    assert all(one.origin == "hub" for one in server.seen[mark:])
