import contextlib
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from corpus_loader.corpus.manifest import File, read_manifest
from corpus_loader.loaders.hub import Snapshot, install

from .client import Client
from .corpora import contents, make_corpus
from .server import FOREVER, Fault, Server
from .store import Blob, RefusedError, Repo


@pytest.fixture
def repo(server: Server, client: Client, name: str, v1: Path, v2: Path) -> Repo:
    """A repository with a released first version, and a second one on main."""
    assert client.run("publish", v1, name, "--tag").code == 0
    assert client.run("publish", v2, name).code == 0
    return server.hub.repos[name]


@pytest.mark.parametrize("kind", ["nothing", "main", "tag", "commit", "name@tag", "name@commit"])
def test_a_published_corpus_comes_back_byte_for_byte(
    client: Client, repo: Repo, name: str, v1: Path, v2: Path, tmp_path: Path, kind: str
):
    old = repo.tags["v1.0.0"]
    asked = {
        "nothing": (name,),
        "main": (name, "--revision", "main"),
        "tag": (name, "--revision", "v1.0.0"),
        "commit": (name, "--revision", old),
        "name@tag": (f"{name}@v1.0.0",),
        "name@commit": (f"{name}@{old}", "--revision", old),
    }[kind]
    ran = client.run("download", *asked, "--out", tmp_path / "corpus", token=None)
    assert ran.code == 0, ran.err
    newest = kind in ("nothing", "main")
    assert contents(tmp_path / "corpus") == contents(v2 if newest else v1)
    assert (repo.main if newest else old) in ran.out
    assert ran.err == ""


def test_the_same_corpus_again_costs_one_request(server: Server, client: Client, repo: Repo, name: str):
    first = json.loads(client.run("download", name, "--json").out)
    mark = len(server.seen)
    again = json.loads(client.run("download", name, "--json").out)
    assert again == first
    assert (first["commit"], first["version"], first["articles"]) == (repo.main, "1.1.0", 5)
    assert server.since(mark) == [f"GET /api/datasets/{name}"]


def test_a_name_is_pinned_to_the_commit_that_it_meant_at_first(
    server: Server, client: Client, repo: Repo, name: str, v2: Path, tmp_path: Path
):
    pinned = repo.main
    server.fail("GET .*/tree/", lambda: repo.write("articles/ar.jsonl", b"{}\n"))
    ran = client.run("download", name, "--out", tmp_path / "corpus")
    assert ran.code == 0, ran.err
    assert repo.main != pinned
    assert pinned in ran.out
    assert contents(tmp_path / "corpus") == contents(v2)


def test_a_cached_file_is_read_again_only_where_it_was_touched(client: Client, repo: Repo, name: str, v2: Path):
    folder = Path(json.loads(client.run("download", name, "--json").out)["folder"])
    cached = (folder / "articles" / "ar.jsonl").resolve()
    before, true = cached.stat(), cached.read_bytes()
    cached.write_bytes(true[:-2] + b"?\n")
    os.utime(cached, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert client.run("download", name).code == 0

    os.utime(cached)
    ran = client.run("download", name)
    assert ran.code == 2
    assert "articles/ar.jsonl has SHA-256" in ran.err
    assert client.run("download", name).code == 0
    assert (folder / "articles" / "ar.jsonl").read_bytes() == true


def test_what_was_downloaded_is_there_offline(
    client: Client, offline: Client, repo: Repo, name: str, v1: Path, v2: Path, tmp_path: Path
):
    client.run("download", name)
    client.run("download", name, "--revision", "v1.0.0")
    for asked, corpus in (((name,), v2), ((f"{name}@v1.0.0",), v1), ((name, "--revision", repo.main), v2)):
        ran = offline.run("download", *asked, "--out", tmp_path / "corpus")
        assert ran.code == 0, ran.err
        assert contents(tmp_path / "corpus") == contents(corpus)


def test_what_was_not_downloaded_is_explained_offline(offline: Client, repo: Repo, name: str):
    ran = offline.run("download", name, "--revision", "v1.0.0")
    assert ran.code == 2
    assert "offline mode is on, and no complete copy is on this machine" in ran.err
    assert "next: go online and run the same again" in ran.err


@pytest.mark.parametrize("path", ["articles/ar.jsonl", "data/ar/part-00000.parquet"])
def test_a_file_that_changed_on_the_server_is_refused_and_not_kept(
    client: Client, repo: Repo, name: str, v2: Path, tmp_path: Path, path: str
):
    true = contents(v2)[path]
    repo.alter(path, true[:-1] + b"?")
    ran = client.run("download", name, "--out", tmp_path / "corpus")
    assert ran.code == 2
    assert f"{path} has SHA-256 {Blob(true[:-1] + b'?', large=True).sha256}" in ran.err
    assert f"states {Blob(true, large=True).sha256}" in ran.err
    assert "next: run the same command again" in ran.err
    assert list(tmp_path.iterdir()) == []

    repo.alter(path, true)
    ran = client.run("download", name, "--out", tmp_path / "corpus")
    assert ran.code == 0, ran.err
    assert contents(tmp_path / "corpus") == contents(v2)


def test_a_file_that_somebody_committed_past_the_manifest(client: Client, repo: Repo, name: str, tmp_path: Path):
    repo.write("articles/ar.jsonl", b"{}\n")
    ran = client.run("download", name, "--out", tmp_path / "corpus")
    assert ran.code == 2
    assert "articles/ar.jsonl has 3 bytes, the manifest states" in ran.err
    assert "--revision v" in ran.err
    assert not (tmp_path / "corpus").exists()
    assert client.run("download", name, "--revision", "v1.0.0", "--out", tmp_path / "corpus").code == 0


def test_a_file_that_is_gone_from_the_repository(client: Client, repo: Repo, name: str):
    repo.commit({path: blob for path, blob in repo.head.tree.items() if path != "rejected.jsonl"}, "tidy up")
    ran = client.run("download", name)
    assert ran.code == 2
    assert "rejected.jsonl is missing" in ran.err


def test_files_that_the_manifest_does_not_know_are_named_and_stay_out(
    client: Client, repo: Repo, name: str, v2: Path, tmp_path: Path
):
    repo.write("NOTICE", b"read me")
    ran = client.run("download", name, "--out", tmp_path / "corpus")
    assert ran.code == 0, ran.err
    assert "not of the corpus, unchecked: NOTICE" in ran.out
    assert contents(tmp_path / "corpus") == contents(v2)


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/hostname", "data/../../outside.txt", "..\\outside.txt"])
def test_a_manifest_that_points_out_of_the_folder_is_refused(
    server: Server, client: Client, name: str, tmp_path: Path, path: str
):
    corpus = make_corpus(tmp_path / "made", {"ar": 1})
    manifest = read_manifest(corpus)
    evil = replace(manifest, files=(*manifest.files, File(path, 0, Blob(b"", large=False).sha256)))
    server.hub.repos[name] = repo = Repo(name)
    for known, content in {**contents(corpus), "manifest.json": evil.to_bytes()}.items():
        repo.write(known, content)
    ran = client.run("download", name, "--out", tmp_path / "corpus")
    assert ran.code == 2
    assert "names a file outside of it" in ran.err
    assert not (tmp_path / "corpus").exists()


@pytest.mark.parametrize(
    ("token", "advice"),
    [(None, "if it is private: hf auth login"), ("hf_writer", "ask its owner for access")],
    ids=["anonymous", "logged in"],
)
def test_nothing_at_that_name(client: Client, token: str | None, advice: str):
    ran = client.run("download", "ada/nothing-here", token=token)
    assert ran.code == 2
    assert "ada/nothing-here" in ran.err
    assert advice in ran.err.split("next: ")[1]
    assert "Traceback" not in ran.err


def test_no_such_revision(client: Client, repo: Repo, name: str):
    for revision in ("v9.9.9", "0" * 40):
        ran = client.run("download", name, "--revision", revision)
        assert ran.code == 2
        assert f"it has no revision '{revision}'" in ran.err
        assert f"/datasets/{name}" in ran.err.split("next: ")[1]


def test_two_revisions_at_once(client: Client):
    ran = client.run("download", "ada/x@v1.0.0", "--revision", "main")
    assert ran.code == 2
    assert "two revisions" in ran.err


def test_a_private_corpus_needs_a_token_that_may_see_it(
    server: Server, client: Client, name: str, v1: Path, tmp_path: Path
):
    client.run("publish", v1, name, "--private")
    for token in (None, "hf_reader"):
        assert "next: check the name; if it is private" in client.run("download", name, token=token).err
    ran = client.run("download", name, "--out", tmp_path / "corpus")
    assert ran.code == 0, ran.err
    assert contents(tmp_path / "corpus") == contents(v1)


def test_a_gated_corpus(client: Client, repo: Repo, name: str):
    repo.gated = True
    ran = client.run("download", name, token=None)
    assert ran.code == 2
    assert "ask for access at" in ran.err


def test_a_token_that_is_refused(client: Client, repo: Repo, name: str):
    ran = client.run("download", name, token="hf_revoked")
    assert ran.code == 2
    assert "the token in HF_TOKEN was refused" in ran.err


def test_a_repository_that_is_no_corpus(server: Server, client: Client, name: str):
    server.hub.repos[name] = Repo(name)
    server.hub.repos[name].write("train.csv", b"a,b\n1,2\n")
    ran = client.run("download", name)
    assert ran.code == 2
    assert "is not a corpus" in ran.err
    assert "next: check the name" in ran.err


def test_a_hub_with_problems_of_its_own(server: Server, client: Client, repo: Repo, name: str):
    server.fail("GET", RefusedError(503, "down for maintenance"), times=100)
    ran = client.run("download", name, "--revision", "v1.0.0")
    assert ran.code == 2
    assert "next: " in ran.err
    assert "Traceback" not in ran.err


def test_an_older_copy_is_replaced_and_a_foreign_folder_is_not(
    client: Client, repo: Repo, name: str, v1: Path, v2: Path, tmp_path: Path
):
    shutil.copytree(v1, tmp_path / "corpus")
    assert client.run("download", name, "--out", tmp_path / "corpus").code == 0
    assert contents(tmp_path / "corpus") == contents(v2)

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    ran = client.run("download", name, "--out", tmp_path / "mine")
    assert ran.code == 2
    assert "next: " in ran.err
    assert contents(tmp_path / "mine") == {"thesis.txt": b"years of work"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "mine"]


def test_the_folder_that_one_stands_in_can_be_the_copy(client: Client, repo: Repo, name: str, v2: Path, tmp_path: Path):
    (tmp_path / "corpus").mkdir()
    with contextlib.chdir(tmp_path / "corpus"):
        install(Snapshot(name, None, repo.main, v2, read_manifest(v2), ()), Path())
    assert contents(tmp_path / "corpus") == contents(v2)
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


@pytest.mark.parametrize(("fault", "times"), [("cut", FOREVER), ("cut", 1)], ids=["dead", "cut"])
def test_a_server_that_fails_at_any_request_leaves_the_old_copy_or_the_new(
    server: Server, client: Client, name: str, v1: Path, v2: Path, tmp_path: Path, fault: Fault, times: int
):
    out = tmp_path / "corpus"
    for after in range(60):
        this = f"ada/{name[-40:].strip('-')}.{after}"
        server.hub.repos[this] = repo = Repo(this)
        repo.commit({path: Blob(content, path.endswith(".parquet")) for path, content in contents(v2).items()}, "new")
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(v1, out)
        rule = server.fail("", fault, after=after, times=times)
        ran = client.run("download", this, "--out", out)
        server.heal()
        assert contents(out) == contents(v2 if ran.code == 0 else v1)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus"]
        if not rule.hit:
            assert after > 10
            assert ran.code == 0
            return
        assert ran.code == 0 or "next: " in ran.err
        assert client.run("download", this, "--out", out).code == 0
        assert contents(out) == contents(v2)
    pytest.fail("it never worked")


def test_a_hub_out_of_reach_does_not_matter_once_the_corpus_is_here(
    server: Server, client: Client, repo: Repo, name: str, v2: Path, tmp_path: Path
):
    client.run("download", name)
    server.fail("", "cut", times=FOREVER)
    ran = client.run("download", name, "--out", tmp_path / "corpus")
    assert ran.code == 0, ran.err
    assert contents(tmp_path / "corpus") == contents(v2)
