"""Whatever goes wrong while a corpus is published: main is old or new, the message says which and what to do."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from .client import Client
from .corpora import contents, make_corpus
from .server import FOREVER, Fault, Server
from .store import GITATTRIBUTES, Blob, RefusedError, Repo, Tree

#: From one request on the server is dead; or one connection is cut; or one answer is lost; or it stumbles once.
FAULTS: list[tuple[Fault, int]] = [("cut", FOREVER), ("cut", 1), ("lose-answer", 1), (RefusedError(500, "oops"), 1)]
FAULT_NAMES = ["dead", "cut", "lost answer", "stumble"]
COMMIT = r"POST /api/datasets/.*/commit/"


@pytest.fixture
def repo(server: Server, name: str, v1: Path) -> Repo:
    """A repository that holds the first version."""
    server.hub.repos[name] = repo = Repo(name)
    repo.commit(_tree(v1), "the first version")
    return repo


def _tree(corpus: Path) -> Tree:
    blobs = {path: Blob(content, path.endswith(".parquet")) for path, content in contents(corpus).items()}
    return {".gitattributes": Blob(GITATTRIBUTES, large=False), **blobs}


def test_main_that_moves_before_the_commit_is_a_race(
    server: Server, either: Client, repo: Repo, name: str, v1: Path, v2: Path
):
    server.fail(COMMIT, lambda: repo.write("NOTICE", b"by somebody else"))
    ran = either.run("publish", v2, name)
    assert ran.code == 2
    assert "main has moved" in ran.err
    assert "nothing of this corpus was published" in ran.err
    assert "next: run the same command again, and read its new plan" in ran.err
    assert repo.files() == {**contents(v1), "NOTICE": b"by somebody else"}

    again = either.run("publish", v2, name)
    assert "removed   NOTICE" in again.out
    assert repo.files() == contents(v2)


def test_of_two_who_publish_at_the_same_moment_one_wins_and_the_other_is_told(
    server: Server, client: Client, chunk_client: Client, repo: Repo, name: str, v2: Path, tmp_path: Path
):
    v3 = make_corpus(tmp_path / "v3", {"fa": 5}, version="2.0.0")
    both_are_here = threading.Barrier(2, timeout=60)
    server.fail(COMMIT, both_are_here.wait, times=2)
    with ThreadPoolExecutor() as pool:
        first, second = pool.map(lambda job: job[0].run("publish", job[1], name), [(client, v2), (chunk_client, v3)])
    assert sorted([first.code, second.code]) == [0, 2]
    assert repo.files() == contents(v2 if first.code == 0 else v3)
    assert "main has moved" in first.err + second.err


def test_somebody_who_published_the_same_meanwhile_is_no_failure(
    server: Server, client: Client, repo: Repo, name: str, v2: Path
):
    server.fail(COMMIT, lambda: repo.commit(_tree(v2), "the same"))
    ran = client.run("publish", v2, name)
    assert ran.code == 0, ran.err
    assert repo.head.title == "the same"
    assert repo.main in ran.out


def test_a_commit_whose_answer_is_lost_is_found_and_not_sent_twice(
    server: Server, either: Client, repo: Repo, name: str, v2: Path
):
    server.fail(COMMIT, "lose-answer")
    before = len(repo.commits)
    ran = either.run("publish", v2, name, "--tag")
    assert ran.code == 0, ran.err
    assert repo.files("v1.1.0") == contents(v2)
    assert len(repo.commits) == before + 1


def test_an_upload_cut_off_once_is_repeated(server: Server, client: Client, repo: Repo, name: str, v2: Path):
    server.fail("PUT /upload/", "cut")
    ran = client.run("publish", v2, name)
    assert ran.code == 0, ran.err
    assert repo.files() == contents(v2)


def test_an_upload_cut_off_for_good_changes_nothing_and_the_next_attempt_sends_only_the_rest(
    server: Server, client: Client, repo: Repo, name: str, v1: Path, v2: Path
):
    kurdish = Blob(contents(v2)["data/ku/part-00000.parquet"], large=True).sha256
    server.fail(f"PUT /upload/{kurdish}", "cut", times=100)
    ran = client.run("publish", v2, name)
    assert ran.code == 2
    assert "nothing was published" in ran.err
    assert "next: check the connection, then run the same command again" in ran.err
    assert repo.files() == contents(v1)

    server.heal()
    mark = len(server.seen)
    assert client.run("publish", v2, name).code == 0
    assert server.since(mark, "PUT") == [f"PUT /upload/{kurdish}"]
    assert repo.files() == contents(v2)


@pytest.mark.parametrize(
    ("token", "said", "advice"),
    [
        (None, "there is no token on this machine", "hf auth login"),
        ("hf_revoked", "the token in HF_TOKEN was refused", "hf auth login"),
        ("hf_reader", "the token may not do this", "/settings/tokens"),
    ],
    ids=["none", "401", "403"],
)
def test_a_token_that_is_missing_or_refused(
    client: Client, repo: Repo, name: str, v1: Path, v2: Path, token: str | None, said: str, advice: str
):
    ran = client.run("publish", v2, name, token=token)
    assert ran.code == 2
    assert said in ran.err
    assert advice in ran.err.split("next: ")[1]
    assert "Traceback" not in ran.err
    assert repo.files() == contents(v1)


def test_a_name_space_of_somebody_else(server: Server, client: Client, v1: Path):
    ran = client.run("publish", v1, "bob/corpus")
    assert ran.code == 2
    assert "creating bob/corpus: the token may not do this" in ran.err
    assert "bob/corpus" not in server.hub.repos


@pytest.mark.parametrize(
    ("refused", "said", "advice"),
    [
        (RefusedError(403, "write access was withdrawn"), "write access was withdrawn", "/settings/tokens"),
        (RefusedError(429, "slow down"), "too many requests", "wait five minutes"),
        (RefusedError(413, "too large"), "too large", "fewer, larger files"),
        (RefusedError(500, "out of order"), "HTTP 500", "again later"),
        (RefusedError(400, "an object is unknown"), "an object is unknown", "run the same command again"),
    ],
    ids=lambda value: str(value.status) if isinstance(value, RefusedError) else "",
)
def test_a_refused_commit(
    server: Server,
    client: Client,
    repo: Repo,
    name: str,
    v1: Path,
    v2: Path,
    refused: RefusedError,
    said: str,
    advice: str,
):
    server.fail(COMMIT, refused)
    ran = client.run("publish", v2, name)
    assert ran.code == 2
    assert said in ran.err
    assert advice in ran.err.split("next: ")[1]
    assert "nothing was published" in ran.err
    assert repo.files() == contents(v1)


def test_a_card_that_the_hub_does_not_take(server: Server, client: Client, repo: Repo, name: str, v1: Path, v2: Path):
    server.fail("POST /api/validate-yaml", RefusedError(400, "bad YAML", errors=[{"message": "bad YAML"}]))
    ran = client.run("publish", v2, name)
    assert ran.code == 2
    assert "README.md" in ran.err
    assert "bad YAML" in ran.err
    assert "next: correct the head of the card" in ran.err
    assert repo.files() == contents(v1)


@pytest.mark.parametrize(("fault", "times"), FAULTS, ids=FAULT_NAMES)
def test_a_server_that_fails_at_any_request_leaves_main_old_or_new(
    server: Server, either: Client, repo: Repo, name: str, v1: Path, v2: Path, fault: Fault, times: int
):
    old, new, first = contents(v1), contents(v2), repo.main
    outcomes = []
    for after in range(60):
        server.hub.uploads.clear()
        rule = server.fail("", fault, after=after, times=times)
        ran = either.run("publish", v2, name, "--tag")
        server.heal()
        if not rule.hit:
            break
        assert repo.files() in ([new] if ran.code == 0 else [old, new])
        assert ran.code == 0 or "next: " in ran.err
        for said, state in (("nothing was published", old), ("published as", new)):
            assert said not in ran.err or repo.files() == state
        outcomes.append(repo.files() == new)
        again = either.run("publish", v2, name, "--tag")
        assert again.code == 0, again.err
        assert repo.files() == repo.files("v1.1.0") == new
        assert len(repo.commits) == 3, "one commit, however often it was tried"
        del repo.commits[repo.main]
        repo.main = first
        repo.tags.clear()
    assert ran.code == 0
    assert len(outcomes) > 10
    assert {False, True} == set(outcomes)


@pytest.mark.parametrize(("fault", "times"), FAULTS[::2], ids=FAULT_NAMES[::2])
def test_a_server_that_fails_at_any_request_leaves_a_new_repository_empty_or_whole(
    server: Server, client: Client, name: str, v1: Path, fault: Fault, times: int
):
    for after in range(60):
        server.hub.repos.pop(name, None)
        server.hub.uploads.clear()
        rule = server.fail("", fault, after=after, times=times)
        ran = client.run("publish", v1, name)
        server.heal()
        there = server.hub.repos[name].files() if name in server.hub.repos else {}
        assert there in ({}, contents(v1))
        if not rule.hit:
            assert after > 8
            assert ran.code == 0
            return
        assert ran.code == 0 or "next: " in ran.err
        assert client.run("publish", v1, name).code == 0
        assert server.hub.repos[name].files() == contents(v1)
    pytest.fail("it never worked")


def test_a_folder_that_changes_while_it_is_published(
    server: Server, client: Client, repo: Repo, name: str, v1: Path, v2: Path, tmp_path: Path
):
    corpus = shutil.copytree(v2, tmp_path / "corpus")
    server.fail("POST .*/preupload/", lambda: (corpus / "articles" / "ar.jsonl").write_bytes(b"half a build"))
    ran = client.run("publish", corpus, name)
    assert ran.code == 2
    assert "articles/ar.jsonl was changed while it was being published; nothing was published" in ran.err
    assert repo.files() == contents(v1)


def test_a_commit_that_does_not_hold_what_was_sent_is_noticed(
    server: Server, client: Client, repo: Repo, name: str, v2: Path
):
    def break_the_commit() -> None:
        server.fail("GET .*/tree/", lambda: repo.alter("articles/ar.jsonl", b"something else"))

    server.fail(COMMIT, break_the_commit)
    ran = client.run("publish", v2, name)
    assert ran.code == 2
    assert "does not hold what was sent" in ran.err
    assert client.run("publish", v2, name).code == 0
    assert repo.files() == contents(v2)


def test_the_token_goes_to_no_other_origin(server: Server, client: Client, name: str, v1: Path):
    mark = len(server.seen)
    client.run("publish", v1, name, "--private")
    client.run("download", name)
    by_origin = {origin: [one for one in server.seen[mark:] if one.origin == origin] for origin in ("hub", "storage")}
    assert {one.method for one in by_origin["storage"]} == {"PUT", "GET"}
    assert all(one.authorization is None for one in by_origin["storage"])
    assert any(one.authorization == "Bearer hf_writer" for one in by_origin["hub"])
