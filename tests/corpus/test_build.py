"""The promises of a build: nothing lost (P4), same bytes (P5), never half (P6), abstain rather than guess (P3)."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from corpus_loader.corpus.build import build
from corpus_loader.corpus.folder import archive_rows, rejections
from corpus_loader.corpus.manifest import read_manifest
from corpus_loader.corpus.validation import Check
from corpus_loader.corpus.verify import verify
from corpus_loader.errors import CorpusError, DeclarationError, UsageError
from corpus_loader.publishing import COMPANIONS


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows(corpus: Path) -> dict[str, dict]:
    return {row["provenance"]["page"]: row for row in archive_rows(corpus)}


@pytest.fixture
def pages(tmp_path, seeds) -> Path:
    """A copy of the seeds that a test may spoil."""
    return Path(shutil.copytree(seeds, tmp_path / "pages"))


def test_the_seeds_become_exactly_the_gold_records(built, shared):
    gold = [json.loads(line) for line in (shared / "gold/seeds.jsonl").read_text(encoding="utf-8").splitlines()]
    made = rows(built)
    assert set(made) == {row["page"] for row in gold}
    for expected in gold:
        record = made[expected["page"]]
        quotes = [item["quote"] for item in record["provenance"]["evidence"] if item["field"] == "date"]
        for field, value in expected.items():
            if field == "date_quote":
                assert value in quotes, expected["page"]
            elif field != "page":
                assert record[field] == value, f"{expected['page']}: {field}"


def test_the_seed_corpus_in_the_package_is_a_fresh_build(built):
    from corpus_loader.loaders.place import SEED_CORPUS

    fresh, shipped = read_manifest(built), read_manifest(SEED_CORPUS)
    if fresh.versions == shipped.versions:
        assert contents(built) == contents(SEED_CORPUS)
    else:  # another Arrow or zstd writes other bytes for the same rows
        assert rows(built) == rows(SEED_CORPUS)


def test_every_value_stands_in_its_page(built, seeds):
    assert list(verify(built, seeds)) == []


def test_without_the_curated_lines_no_date_is_guessed(pages, tmp_path):
    text = (pages / "corpus.toml").read_text(encoding="utf-8")
    head, _, _ = text.partition('[pages."001')
    (pages / "corpus.toml").write_text(head.replace('card = "../dataset_card.md"\n', ""), encoding="utf-8")
    manifest = build(pages, tmp_path / "corpus", workers=1)
    assert (manifest.counts.pages, manifest.counts.articles, manifest.counts.rejected) == (5, 3, 2)
    refused = {rejection.page: rejection for rejection in rejections(tmp_path / "corpus")}
    assert set(refused) == {"001_feeee1932be76a9f.txt", "003_cd1fa4d3cc96dd3c.txt"}
    for rejection in refused.values():
        assert rejection.reason in {"no-date", "ambiguous-date"}
        assert any(candidate.evidence.field == "date" for candidate in rejection.candidates)


def test_pages_in_are_articles_and_rejected_and_duplicates_and_removed(pages, tmp_path):
    shutil.copy(pages / "000_bfc5ead376b0bb0d.txt", pages / "zzz_the_same.txt")
    (pages / "empty.txt").write_bytes(b"\n\n")
    (pages / "menu.txt").write_text("Home\nSport\nContact\n", encoding="utf-8")
    with (pages / "corpus.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[pages."004_73167e2fe3d7a799.txt"]\nremove = true\nwhy = "the publisher asked"\n')
    text = (pages / "corpus.toml").read_text(encoding="utf-8").replace('card = "../dataset_card.md"\n', "")
    (pages / "corpus.toml").write_text(text, encoding="utf-8")
    manifest = build(pages, tmp_path / "corpus", workers=1)
    counts = manifest.counts
    assert (counts.pages, counts.articles, counts.rejected, counts.duplicates, counts.removed) == (8, 4, 2, 1, 1)
    (duplicate,) = map(json.loads, (tmp_path / "corpus/duplicates.jsonl").read_text(encoding="utf-8").splitlines())
    assert (duplicate["page"], duplicate["kept"]) == ("zzz_the_same.txt", "000_bfc5ead376b0bb0d.txt")
    (removed,) = map(json.loads, (tmp_path / "corpus/removed.jsonl").read_text(encoding="utf-8").splitlines())
    assert (removed["page"], removed["why"]) == ("004_73167e2fe3d7a799.txt", "the publisher asked")
    for path in [*(tmp_path / "corpus").glob("*.jsonl"), *(tmp_path / "corpus/articles").iterdir()]:
        with path.open("rb") as stream:
            check = Check(stream, path.name)  # the first line tells by which schema
            assert (list(check), check.lines > 0) == ([], True), path


def test_two_pages_of_one_name_are_not_taken_for_one(pages, tmp_path):
    (pages / "corpus.toml").unlink()
    with zipfile.ZipFile(pages / "a.zip", "w") as archive:
        archive.write(pages / "000_bfc5ead376b0bb0d.txt", "x.txt")
    shutil.copy(pages / "000_bfc5ead376b0bb0d.txt", pages / "a.zip#x.txt")
    with pytest.raises(CorpusError, match=r"two pages that are called 'a\.zip#x\.txt'"):
        build(pages, tmp_path / "corpus", workers=1)


def test_a_page_that_cannot_even_be_decoded_is_removed_when_a_person_says_so(pages, tmp_path):
    (pages / "binary.txt").write_bytes(bytes(range(256)) * 4)
    text = (pages / "corpus.toml").read_text(encoding="utf-8").replace('card = "../dataset_card.md"\n', "")
    (pages / "corpus.toml").write_text(
        text + '\n[pages."binary.txt"]\nremove = true\nwhy = "the publisher asked"\n', encoding="utf-8"
    )
    counts = build(pages, tmp_path / "corpus", workers=1).counts
    assert (counts.articles, counts.rejected, counts.removed) == (5, 0, 1)


def many_pages(folder: Path, seeds: Path, copies: int) -> Path:
    """A folder of pages that differ from one another, in a random order of creation."""
    folder.mkdir()
    names = [(path, number) for path in sorted(seeds.glob("*.txt")) for number in range(copies)]
    random.Random(0).shuffle(names)
    for path, number in names:
        (folder / f"{number:03d}_{path.name}").write_bytes(path.read_bytes() + f"\n\n{number}".encode())
    (folder / "corpus.toml").write_text(
        '[corpus]\nname = "many"\ntitle = "Many pages"\nwindow = [2015-09-01, 2016-01-31]\n', encoding="utf-8"
    )
    return folder


def test_any_worker_count_gives_the_same_bytes(tmp_path, seeds):
    pages = many_pages(tmp_path / "pages", seeds, 40)
    build(pages, tmp_path / "one", workers=1, companions=COMPANIONS)
    build(pages, tmp_path / "two", workers=2, companions=COMPANIONS)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize("replaces", [False, True])
def test_a_build_killed_at_any_moment_leaves_the_old_corpus_or_none_and_goes_on(tmp_path, seeds, built, replaces):
    pages = many_pages(tmp_path / "pages", seeds, 30)
    out = tmp_path / "out" / "corpus"
    command = [sys.executable, "-m", "corpus_loader.cli", "build", str(pages), "--out", str(out), "--workers", "1"]
    whole = tmp_path / "whole"
    started = time.monotonic()
    subprocess.run([*command[:6], str(whole), *command[7:]], check=True, capture_output=True)
    span = time.monotonic() - started
    old = contents(built) if replaces else None
    if replaces:
        shutil.copytree(built, out)
    new = contents(whole)
    for delay in [span * share for share in (0.35, 0.5, 0.65, 0.8, 0.9, 0.97)]:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        if out.exists():
            found = contents(out)
            assert found in ((old, new) if old else (new,))
            old = found
        else:
            assert old is None or (out.parent / f".{out.name}.replaced").exists()
    subprocess.run(command, check=True, capture_output=True)
    assert contents(out) == contents(whole)
    assert [path.name for path in out.parent.iterdir()] == [out.name]


def test_a_killed_swap_is_ended_by_the_next_build(tmp_path, seeds, built):
    out = tmp_path / "corpus"
    shutil.copytree(built, tmp_path / ".corpus.replaced")  # killed between the two renames
    build(seeds, out, workers=1, companions=COMPANIONS)
    assert contents(out) == contents(built)
    assert not (tmp_path / ".corpus.replaced").exists()


def test_a_folder_that_is_no_corpus_is_never_replaced(tmp_path, seeds):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(CorpusError, match="it is not a corpus"):
        build(seeds, tmp_path / "thesis", workers=1)
    assert (tmp_path / "thesis" / "chapter.txt").read_text(encoding="utf-8") == "years of work"


def test_a_manifest_of_something_else_does_not_make_a_folder_a_corpus(tmp_path, seeds):
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "manifest.json").write_text('{"name": "an app", "sources": []}', encoding="utf-8")
    with pytest.raises(CorpusError, match="it is not a corpus"):
        build(seeds, tmp_path / "web", workers=1)
    assert (tmp_path / "web" / "manifest.json").exists()


def test_a_file_that_somebody_put_into_a_corpus_is_not_deleted(tmp_path, seeds, built):
    out = Path(shutil.copytree(built, tmp_path / "corpus"))
    (out / ".git").mkdir()
    (out / ".git" / "HEAD").write_text("ref", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"\.git/HEAD is not of it"):
        build(seeds, out, workers=1)
    assert (out / ".git" / "HEAD").exists()


@pytest.mark.parametrize("out", ["pages", "pages/corpus", "."])
def test_pages_and_corpus_do_not_lie_in_one_another(tmp_path, pages, out):
    (pages / "corpus.toml").unlink()  # it names a card that is not there
    before = contents(tmp_path)
    with pytest.raises(UsageError, match=" lies in "):
        build(pages, tmp_path / out, workers=1)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("spoil", [Path.mkdir, lambda path: path.symlink_to("nowhere")], ids=["folder", "lost link"])
def test_a_declaration_that_can_not_be_read_is_not_passed_over(tmp_path, pages, spoil):
    (pages / "corpus.toml").unlink()
    spoil(pages / "corpus.toml")
    with pytest.raises(DeclarationError, match=r"corpus\.toml: can't be read: .*\n  next: check the path"):
        build(pages, tmp_path / "corpus", workers=1)


def test_a_card_with_an_unknown_part_is_named(tmp_path, pages):
    (pages / "corpus.toml").write_text('[corpus]\nname = "n"\ntitle = "t"\ncard = "../card.md"\n', encoding="utf-8")
    (tmp_path / "card.md").write_text("<!-- generated: x -->\n<!-- end: x -->\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"card\.md: the card has an unknown part .*\n  next: use: counts,"):
        build(pages, tmp_path / "corpus", workers=1, companions=COMPANIONS)


def test_no_corpus_is_built_within_another(tmp_path, seeds, built, monkeypatch):
    out = Path(shutil.copytree(built, tmp_path / "corpus"))
    monkeypatch.chdir(out / "data")
    for within in (out / "new", Path("new"), Path("ar")):
        with pytest.raises(CorpusError, match=f"lies in the corpus {out}, .*\n  next: name an --out beside it"):
            build(seeds, within, workers=1)
    assert contents(tmp_path) == {f"corpus/{path}": content for path, content in contents(built).items()}


def test_an_input_without_pages_replaces_no_corpus(tmp_path, built):
    out = Path(shutil.copytree(built, tmp_path / "corpus"))
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "photo.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(UsageError, match=r"holds no page, but 1 file type \.jpg"):
        build(tmp_path / "pages", out, workers=1)
    assert contents(out) == contents(built)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "pages"]


def test_the_folder_where_one_stands_can_become_the_corpus(tmp_path, seeds, built, monkeypatch):
    (tmp_path / "corpus").mkdir()
    monkeypatch.chdir(tmp_path / "corpus")
    build(seeds, Path(), workers=1, companions=COMPANIONS)
    assert contents(tmp_path / "corpus") == contents(built)


def test_two_builds_of_one_corpus_do_not_mix(tmp_path, seeds):
    seen = []

    def second(pages: int) -> None:
        if pages == 3:
            with pytest.raises(CorpusError, match="another build is making"):
                build(seeds, tmp_path / "corpus", workers=1)
            seen.append(pages)

    build(seeds, tmp_path / "corpus", workers=1, progress=second)
    assert seen == [3]
    assert list(verify(tmp_path / "corpus", seeds)) == []


def test_a_build_whose_notes_are_spoilt_says_what_to_delete(tmp_path, seeds):
    (tmp_path / ".corpus.building").mkdir()
    (tmp_path / ".corpus.building" / "spool.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(CorpusError, match=r"\.corpus\.building can't be written or read"):
        build(seeds, tmp_path / "corpus", workers=1)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads the children of a process from /proc")
def test_a_killed_build_leaves_no_worker_behind(tmp_path, seeds):
    pages = many_pages(tmp_path / "pages", seeds, 60)
    command = [sys.executable, "-m", "corpus_loader.cli", "build", str(pages), "--out", str(tmp_path / "corpus")]
    build_process = subprocess.Popen([*command, "--workers", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    children = Path(f"/proc/{build_process.pid}/task/{build_process.pid}/children")
    workers = await_that(lambda: found if len(found := children.read_text().split()) >= 3 else None)
    time.sleep(1)  # a worker follows its parent as soon as it has started
    build_process.kill()
    build_process.wait()
    await_that(lambda: not any(Path(f"/proc/{worker}/stat").exists() and is_alive(worker) for worker in workers))


def is_alive(process: str) -> bool:
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in "ZX"


def await_that(condition, seconds: float = 20):
    """The first true value of the condition."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError("it did not come true")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('[pages."nowhere.txt"]\nwhy = "w"\nlanguage = "ar"\n', ':4: pages."nowhere.txt" is no page of the input'),
        (
            '[pages."{page}"]\nwhy = "w"\ndate = 2015-10-02\nquote = "Freitag"\n',
            ":7: pages.\"{page}\".quote is 'Freitag'",
        ),
        ('[pages."{page}"]\nwhy = "w"\ntitle = "Freitag"\n', ":6: pages.\"{page}\".title is 'Freitag', which does not"),
        (
            '[pages."{page}"]\nbody_from = "X"\nbody_to = "Y"\nwhy = "w"\n',
            " holds 2 mistakes:\n  {path}:5: pages.\"{page}\".body_from is 'X', with",
        ),
        ('[sources."a.example"]\nnoun = "x"\n', ':5: sources."a.example".noun is not a key of a source'),
        ('[sources."a.example"]\nmerged_on = "x"\n', ":5: sources.\"a.example\".merged_on is 'x'"),
    ],
)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_decision_that_does_not_fit_stops_the_build_and_tells_its_line(seeds, tmp_path, entry, message, workers):
    path = tmp_path / "facts.toml"
    entry = entry.replace("{page}", "002_43f1438695c257e2.txt")
    message = message.replace("{page}", "002_43f1438695c257e2.txt").replace("{path}", str(path))
    path.write_text('[corpus]\nname = "n"\ntitle = "t"\n' + entry, encoding="utf-8")
    with pytest.raises(DeclarationError) as raised:
        build(seeds, tmp_path / "corpus", declaration=path, workers=workers)
    assert str(raised.value).startswith(f"{path}{message}")
    assert not (tmp_path / "corpus").exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_all_decisions_that_do_not_fit_are_told_at_once_however_often_they_are_asked(tmp_path, seeds, workers):
    pages = many_pages(tmp_path / "pages", seeds, 40)
    names = sorted(path.name for path in pages.iterdir())
    entries = [
        f'[pages."{names[0]}"]\nwhy = "w"\nlanguage = "fa"\nquote = "Freitag"\ntitle = "Samstag"\n',
        f'[pages."{names[199]}"]\nwhy = "w"\nbody_from = "Sonntag"\nbody_to = "Montag"\n',
        f'[pages."{names[100]}"]\nwhy = "w"\nlanguage = "fa"\n',
        '[pages."nowhere.txt"]\nwhy = "w"\nlanguage = "fa"\n',
    ]
    path = tmp_path / "facts.toml"
    path.write_text('[corpus]\nname = "n"\ntitle = "t"\n' + "".join(entries), encoding="utf-8")
    told = [
        f"{path} holds 5 mistakes:",
        f"{path}:7: pages.\"{names[0]}\".quote is 'Freitag'",
        f"{path}:8: pages.\"{names[0]}\".title is 'Samstag'",
        f"{path}:11: pages.\"{names[199]}\".body_from is 'Sonntag'",
        f"{path}:12: pages.\"{names[199]}\".body_to is 'Montag'",
        f'{path}:16: pages."nowhere.txt" is no page of the input',
    ]
    for _ in range(2):
        with pytest.raises(DeclarationError) as raised:
            build(pages, tmp_path / "corpus", declaration=path, workers=workers)
        lines = [line.strip() for line in str(raised.value).splitlines() if "next: " not in line]
        assert [line[: len(start)] for line, start in zip(lines, told, strict=True)] == told


def test_an_outlet_of_the_declaration_may_have_a_day(seeds, tmp_path):
    path = tmp_path / "facts.toml"
    entry = '[sources."arabic.rt.com"]\nmerged_on = 2020-01-01\nname = "RT in Arabic"\n'
    entry += '[pages."002_43f1438695c257e2.txt"]\ndate = 2015-10-02\nwhy = "w"\n'
    path.write_text('[corpus]\nname = "n"\ntitle = "t"\n' + entry, encoding="utf-8")
    build(seeds, tmp_path / "corpus", declaration=path, workers=1)
    assert rows(tmp_path / "corpus")["002_43f1438695c257e2.txt"]["source_name"] == "RT in Arabic"


def test_a_disk_that_is_full_is_said_to_be_one_with_its_place(seeds, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")  # as `write` says it, which knows no name

    monkeypatch.setattr("corpus_loader.corpus.build.write_lines", full)
    with pytest.raises(CorpusError, match=r"in .*/\.corpus\.building can't go on: No space left(?s:.*)next: make room"):
        build(seeds, tmp_path / "corpus", workers=1)


def test_where_a_disk_is_mounted_no_corpus_is_put(seeds, tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "is_mount", lambda path: path.name == "disk")
    (tmp_path / "disk").mkdir()
    with pytest.raises(CorpusError, match=r"disk is mounted(?s:.*)next: name a folder within it"):
        build(seeds, tmp_path / "disk", workers=1)
    assert [path.name for path in tmp_path.iterdir()] == ["disk"]
    assert build(seeds, tmp_path / "disk" / "corpus", workers=1).counts.articles == 5


def test_the_longest_path_is_built_in_and_a_longer_one_is_refused(seeds, tmp_path):
    folder = tmp_path / ("d" * 200)
    longest = 490 - len("/.corpus.building") - len(os.fsencode(folder)) - 1
    folder = folder / "e" / ("f" * (longest - 2 - 100)) / ("g" * 99)
    assert build(seeds, folder / "corpus", workers=1).counts.articles == 5
    with pytest.raises(CorpusError, match=r"longer than SQLite takes(?s:.*)next: name an --out whose whole path"):
        build(seeds, folder.with_name("g" * 115) / "corpus", workers=1)


def test_a_person_settles_a_page_with_one_entry(pages, tmp_path):
    text = (pages / "corpus.toml").read_text(encoding="utf-8").replace('card = "../dataset_card.md"\n', "")
    (pages / "corpus.toml").write_text(
        text + '\n[pages."002_43f1438695c257e2.txt"]\nbody_from = "أعلنت"\nbody_to = "وقال"\n'
        'title = "تابعوا RT على"\nsource = "example.org"\nlanguage = "arz"\nwhy = "a test"\n',
        encoding="utf-8",
    )
    build(pages, tmp_path / "corpus", workers=1)
    record = rows(tmp_path / "corpus")["002_43f1438695c257e2.txt"]
    assert record["body"].count("\n\n") == 2
    assert (record["title"], record["source"], record["language"]) == ("تابعوا RT على", "example.org", "arz")
    decided = {e["field"] for e in record["provenance"]["evidence"] if e["rule"] == "curated: a test"}
    assert decided == {"body", "title", "source", "language"}
    assert list(verify(tmp_path / "corpus", pages)) == []
