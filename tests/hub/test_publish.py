import json
import shutil
from pathlib import Path

import pytest

from .client import Client
from .corpora import contents, make_corpus
from .server import Server
from .store import Blob, Repo


def test_publishing_puts_the_folder_on_the_hub_in_one_commit(server: Server, client: Client, name: str, v1: Path):
    ran = client.run("publish", v1, name, "--tag")
    assert ran.code == 0, ran.err
    repo = server.hub.repos[name]
    assert repo.files() == contents(v1)
    assert repo.files("v1.0.0") == contents(v1)
    assert len(repo.commits) == 2
    assert not repo.private


def test_the_plan_comes_before_the_outcome_and_nothing_moves_where_nobody_looks(
    server: Server, client: Client, name: str, v1: Path
):
    ran = client.run("publish", v1, name)
    plan, outcome = ran.out.index("new       data/ar/part-00000.parquet"), ran.out.index("published: ")
    assert plan < outcome
    assert f"10 files, {sum(map(len, contents(v1).values())):,} bytes to send" in ran.out
    assert server.hub.repos[name].main in ran.out
    assert ran.err == ""


def test_publishing_again_sends_nothing(server: Server, either: Client, name: str, v1: Path):
    either.run("publish", v1, name, "--tag")
    mark = len(server.seen)
    ran = either.run("publish", v1, name, "--tag")
    assert ran.code == 0, ran.err
    assert "already published, nothing was sent" in ran.out
    assert all(request.startswith("GET") for request in server.since(mark))
    assert len(server.hub.repos[name].commits) == 2


def test_a_dry_run_prints_the_plan_and_sends_nothing(server: Server, client: Client, name: str, v1: Path):
    mark = len(server.seen)
    ran = client.run("publish", v1, name, "--dry-run")
    assert ran.code == 0, ran.err
    assert "manifest.json" in ran.out
    assert "nothing was sent" in ran.out
    assert all(request.startswith("GET") for request in server.since(mark))
    assert name not in server.hub.repos


def test_the_next_version_sends_what_changed_and_removes_what_is_gone(
    server: Server, client: Client, name: str, v1: Path, v2: Path
):
    client.run("publish", v1, name, "--tag")
    ran = client.run("publish", v2, name, "--tag", "--json")
    assert ran.code == 0, ran.err
    table, repo = json.loads(ran.out), server.hub.repos[name]
    kinds = {change["path"]: change["kind"] for change in table["changes"]}
    assert kinds["data/ar/part-00000.parquet"] == "changed"
    assert kinds["data/fa/part-00000.parquet"] == "removed"
    assert kinds["data/ku/part-00000.parquet"] == "new"
    assert kinds["schema/article.schema.json"] == "unchanged"
    assert (table["status"], table["commit"], table["tag"]) == ("published", repo.main, "v1.1.0")
    assert repo.files() == contents(v2)
    assert repo.files("v1.0.0") == contents(v1)
    assert repo.head.parent == table["parent"] == repo.tags["v1.0.0"]


def test_a_private_corpus_is_made_private(server: Server, client: Client, name: str, v1: Path):
    assert "private" in client.run("publish", v1, name, "--private", "--dry-run").out
    client.run("publish", v1, name, "--private")
    assert server.hub.repos[name].private
    assert client.run("publish", v1, name, "--private").code == 0


def test_a_dry_run_without_a_token_does_not_say_what_it_can_not_see(
    server: Server, client: Client, name: str, v1: Path
):
    client.run("publish", v1, name, "--private")
    ran = client.run("publish", v1, name, "--dry-run", token=None)
    assert ran.code == 0, ran.err
    assert "(public, not visible without a token: made if it does not exist)" in ran.out
    assert not json.loads(client.run("publish", v1, name, "--dry-run", "--json", token=None).out)["with_token"]
    assert "(private, main is at " in client.run("publish", v1, name, "--dry-run").out


def test_private_is_refused_where_the_repository_is_public(server: Server, client: Client, name: str, v1: Path):
    server.hub.repos[name] = Repo(name)
    ran = client.run("publish", v1, name, "--private")
    assert ran.code == 2
    assert "exists and is public" in ran.err
    assert "next: " in ran.err
    assert server.hub.repos[name].files() == {}


def test_a_repository_that_holds_something_else_is_not_emptied_by_mistake(
    server: Server, client: Client, name: str, v1: Path
):
    server.hub.repos[name] = repo = Repo(name)
    repo.write("weights.bin", b"years of work")
    ran = client.run("publish", v1, name)
    assert ran.code == 2
    assert "holds no corpus, but 1 other files" in ran.err
    assert "--replace" in ran.err
    assert repo.files() == {"weights.bin": b"years of work"}
    assert client.run("publish", v1, name, "--replace").code == 0
    assert repo.files() == contents(v1)


def test_a_plan_of_too_many_files_is_refused_unless_the_risk_is_accepted(
    server: Server, client: Client, name: str, v1: Path
):
    ran = client.run("publish", v1, name, "--max-operations", "9")
    assert ran.code == 2
    assert "one commit would touch 10 files" in ran.err
    assert "--max-operations 10" in ran.err
    assert name not in server.hub.repos
    assert client.run("publish", v1, name, "--max-operations", "10").code == 0


@pytest.mark.parametrize("harm", ["altered", "missing", "longer"])
def test_a_folder_that_is_not_what_was_built_is_not_published(
    server: Server, client: Client, name: str, v1: Path, tmp_path: Path, harm: str
):
    corpus = shutil.copytree(v1, tmp_path / "corpus")
    target = corpus / "articles" / "ar.jsonl"
    content = target.read_bytes()
    target.unlink()
    if harm != "missing":
        target.write_bytes(content.replace(b"2015", b"2016") if harm == "altered" else content + b"\n")
    mark = len(server.seen)
    ran = client.run("publish", corpus, name)
    assert ran.code == 2
    assert "articles/ar.jsonl" in ran.err
    assert "next: build it again" in ran.err
    assert server.since(mark) == []


def test_a_file_that_the_manifest_does_not_know_stays_here(
    server: Server, client: Client, name: str, v1: Path, tmp_path: Path
):
    corpus = shutil.copytree(v1, tmp_path / "corpus")
    (corpus / "notes.txt").write_text("not for everybody", encoding="utf-8")
    ran = client.run("publish", corpus, name)
    assert "left out  notes.txt" in ran.out
    assert server.hub.repos[name].files() == contents(v1)


def test_a_released_version_is_never_given_other_content(
    server: Server, client: Client, name: str, v1: Path, tmp_path: Path
):
    client.run("publish", v1, name, "--tag")
    other = make_corpus(tmp_path / "corpus", {"ar": 9})
    ran = client.run("publish", other, name, "--tag")
    assert ran.code == 2
    assert "v1.0.0" in ran.err
    assert "raise `version` in corpus.toml" in ran.err
    assert server.hub.repos[name].files() == contents(v1)
    assert client.run("publish", other, name).code == 0


def test_ignored_names_in_the_repository_keep_no_file_out(server: Server, client: Client, name: str, v1: Path):
    server.hub.repos[name] = repo = Repo(name)
    repo.commit({**repo.head.tree, ".gitignore": Blob(b"data/ar/part-00000.parquet\n", large=False)}, "ignore")
    assert client.run("publish", v1, name, "--replace").code == 0
    assert repo.files() == contents(v1)


@pytest.mark.parametrize("wrong", ["just-a-name", "a/b/c", "ada/x@v1", "ada/", "ada/-x-"])
def test_a_name_that_can_not_be_one_is_refused_without_a_request(server: Server, client: Client, v1: Path, wrong: str):
    mark = len(server.seen)
    ran = client.run("publish", v1, wrong)
    assert ran.code == 2
    assert "next: write it as USER/NAME" in ran.err
    assert server.since(mark) == []


def test_a_folder_that_is_no_corpus_is_refused(client: Client, name: str, tmp_path: Path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        ran = client.run("publish", folder, name)
        assert ran.code == 2
        assert "next: " in ran.err
