"""A user's mistake ends in one message with the next step, exit code 2, and no traceback."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _interruptible():
    """A shell lets its background jobs ignore Ctrl-C, and what they start ignores it too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "corpus_loader.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


ID = "c3e1739d3acde09c"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "nowhere", "--out", "x"], "'nowhere' does not exist"),
        (["build"], "Missing argument"),
        (["biuld"], "No such command 'biuld'"),
        (["verify", "nowhere"], "there is no folder nowhere"),
        (["stats", "nowhere"], "there is no folder nowhere"),
        (["explain"], "takes an article's ID or --page FILE"),
        (["explain", "0123456789abcdef"], "holds no article '0123456789abcdef'\n  next: an id is the first value of"),
        (["explain", "--page", "nowhere"], "nowhere is no file"),
        (["extract"], "Missing argument"),
        (["extract", "nowhere"], "there is nothing at nowhere"),
        (["extract", "x" * 300], "File name too long"),
        (["explain", "0123456789abcdef", "--corpus", "x" * 300], "File name too long"),
        (["explain", "0123456789abcdef", "--corpus", ""], "corpus='' names no corpus"),
        (["stats", __file__], "is a file, not a folder"),
        (["verify", __file__], "is a file, not a folder"),
        (["validate", "nowhere.jsonl"], "nowhere.jsonl"),
        (["validate", "x" * 300], "can't be opened: File name too long"),
        (["validate", "."], ". is a folder\n  next: name its files"),
        (["publish", "nowhere", "user/name"], "nowhere"),
        (["explain", "0123456789abcdef", "--url", "http://example.org/"], "--url speaks of a --page"),
        (["dates", "x", "--reference", "yesterday"], "yesterday"),
        (["dates", "x", "--language", "not a tag"], "'not a tag' is no language tag"),
        (["extract", __file__, "--url", "not a url"], "'not a url' is no address of a page"),
        (["extract", __file__, "--fetched", "9999-12-31"], "give a day of the years 1990 to 2100"),
        (["explain", "--page", __file__, "--url", "ftp://x"], "'ftp://x' is no address of a page"),
        (["explain", "--page", __file__, "--fetched", "9999-12-31"], "give a day of the years 1990 to 2100"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_mistake_is_explained(arguments, message):
    done = run(*arguments)
    assert done.returncode == 2, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_corpus_toml_is_named_with_its_key(tmp_path):
    (tmp_path / "corpus.toml").write_text('[corpus]\nname = "n"\n', encoding="utf-8")
    done = run("build", str(tmp_path), "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert f"{tmp_path / 'corpus.toml'}:1: corpus.title is missing" in done.stderr
    assert "next: add title" in done.stderr


@pytest.mark.parametrize("place", ["file/corpus", "/proc/corpus"])
def test_a_folder_that_can_not_be_made_is_named(tmp_path, seeds, place):
    (tmp_path / "file").write_bytes(b"")
    done = run("build", str(seeds), "--out", str(tmp_path / place))
    assert done.returncode == 2
    assert ".corpus.building: " in done.stderr
    assert "next: look at the path" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_archive_is_named_with_its_line(tmp_path, built):
    corpus = Path(shutil.copytree(built, tmp_path / "corpus"))
    (corpus / "articles" / "fa.jsonl").write_bytes(b"{bad\n")
    done = run("stats", str(corpus))
    assert done.returncode == 2
    assert "fa.jsonl:1: " in done.stderr
    assert "next: build or download" in done.stderr


def test_a_file_that_is_gone_from_a_corpus_is_named(tmp_path, built):
    corpus = Path(shutil.copytree(built, tmp_path / "corpus"))
    (corpus / "rejected.jsonl").unlink()
    done = run("stats", str(corpus))
    assert done.returncode == 2
    assert "rejected.jsonl can't be read: No such file" in done.stderr
    assert "next: build or download" in done.stderr


def test_articles_that_are_gone_from_a_corpus_are_not_counted_as_none(tmp_path, built):
    corpus = Path(shutil.copytree(built, tmp_path / "two words"))
    (corpus / "articles" / "ar.jsonl").unlink()
    done = run("stats", str(corpus), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{corpus} holds 2 articles, its manifest states 5" in done.stderr
    assert f"next: see which files are broken or missing: corpus-loader verify '{corpus}'" in done.stderr


def test_problems_are_json_in_utf_8_whatever_the_names_of_files_are(tmp_path, built):
    corpus = Path(shutil.copytree(built, tmp_path / "corpus"))
    for name in ("\udcff", "a\n\x9b"):
        (corpus / name).write_bytes(b"x")
    done = run("verify", str(corpus), "--json")
    what = "is in the folder, but not in the manifest"
    told = [json.loads(line) for line in done.stdout.split("\n")[:-1]]
    assert told == [{"where": "a\n\x9b", "what": what}, {"where": r"\xff", "what": what}]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_page_that_may_not_be_read_is_not_called_no_page(tmp_path):
    (tmp_path / "page.txt").write_text("text", encoding="utf-8")
    (tmp_path / "page.txt").chmod(0)
    assert (
        "page.txt may not be read\n  next: look at its permissions"
        in run("explain", "--page", str(tmp_path / "page.txt")).stderr
    )


def test_the_wrong_pages_are_thought_of(built, tmp_path):
    done = run("verify", str(built), "--pages", str(tmp_path))
    assert done.returncode == 1
    assert done.stdout.count("there is no such page") == 5
    assert done.stderr.endswith(
        f"next: if {tmp_path} is what the corpus was built from, build the corpus again, or download it "
        "again; else name that with --pages\n"
    )


@pytest.mark.parametrize("command", ["validate -", "extract -", "dates"])
def test_a_closed_input_is_an_empty_one(command):
    line = f"{sys.executable} -m corpus_loader.cli {command} <&-"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == (2 if command == "extract -" else 0)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize("command", ["verify {} --pages seeds", "stats {}", "stats nowhere"])
def test_a_closed_output_takes_nothing(command, closed, built, tmp_path, seeds):
    (tmp_path / "seeds").symlink_to(seeds)
    line = f"{sys.executable} -m corpus_loader {command.format(built)} {closed}"
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, cwd=tmp_path, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == (2 if "nowhere" in command else 0)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252", "utf-8:strict"])
def test_output_is_utf_8_in_every_locale(encoding, tmp_path, built):
    corpus = shutil.copytree(built, tmp_path / "\udcff")
    for arguments, words in ((["explain", ID, "--json"], "روسیه"), (["verify", os.fspath(corpus)], "all as the")):
        command = [sys.executable, "-m", "corpus_loader.cli", *arguments]
        environment = os.environ | {"PYTHONIOENCODING": encoding}
        done = subprocess.run(command, capture_output=True, check=True, env=environment)
        assert words.encode() in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["stats"], ["explain", ID, "--corpus"], ["verify"]])
def test_an_output_that_is_full_is_no_traceback(built, arguments):
    command = [sys.executable, "-m", "corpus_loader.cli", *arguments, str(built)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: No space left on device\n  next: ")


@pytest.mark.parametrize("moment", [0, 0.02, 0.05, 0.1, 0.2, 0.4])
def test_ctrl_c_says_that_the_build_goes_on(tmp_path, seeds, moment):
    """At any moment: while the workers start, they must not print what interrupted their imports."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(300):
        shutil.copy(seeds / "000_bfc5ead376b0bb0d.txt", pages / f"{number}.txt")
    command = [sys.executable, "-m", "corpus_loader.cli", "build", str(pages), "--out", str(tmp_path / "corpus")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True)
    while not (tmp_path / ".corpus.building").exists():
        time.sleep(0.005)
    time.sleep(moment)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 1
    assert said.startswith("stopped; the same command goes on")
    assert "Traceback" not in said
    assert not (tmp_path / "corpus").exists()


@pytest.mark.parametrize("moment", [0.06, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4])
def test_ctrl_c_is_no_traceback_while_a_command_is_imported(built, moment):
    """Python's own start, before the first line of ours, is over by then."""
    command = [sys.executable, "-c", "import click, corpus_loader.cli as cli; print(flush=True); cli.main()"]
    arguments = ["verify", str(built), "--pages", "seeds"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen([*command, *arguments], text=True, encoding="utf-8", **pipes)
    assert process.stdout
    process.stdout.readline()
    time.sleep(moment)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode in (0, 1, -signal.SIGINT)  # the last: the command was done, and Python was ending
    assert "Traceback" not in said
    assert "panicked" not in said


def test_the_package_runs_as_the_command():
    command = [sys.executable, "-m", "corpus_loader", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.startswith("corpus-loader, version ")


def test_every_page_of_corpus_toml_that_is_not_there_is_named(tmp_path, seeds):
    pages = Path(shutil.copytree(seeds, tmp_path / "pages"))
    shutil.copy(seeds.parent / "dataset_card.md", tmp_path)
    for name in ("001_feeee1932be76a9f.txt", "003_cd1fa4d3cc96dd3c.txt"):
        (pages / name).unlink()
    done = run("build", str(pages), "--out", str(tmp_path / "corpus"))
    assert done.returncode == 2
    assert "corpus.toml holds 2 mistakes:" in done.stderr
    assert (
        done.stderr.count("is no page of the input\n    next: write the page's name as rejected.jsonl prints it") == 2
    )


def test_a_reader_that_stops_reading_is_no_error(seeds):
    """`corpus-loader extract … | head` must not print a traceback."""
    command = f"{sys.executable} -m corpus_loader.cli extract {seeds} | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == ""


def test_names_of_folders_do_not_steer_the_terminal(tmp_path, seeds):
    pages = tmp_path / "pages\x1b[31m"
    pages.mkdir()
    shutil.copy(seeds / "002_43f1438695c257e2.txt", pages)
    done = run("build", str(pages), "--out", str(tmp_path / "out\x1b[31m"), "--workers", "1")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr
    done = run("verify", str(tmp_path / "out\x1b[31m"))
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr


def test_a_folder_whose_name_is_no_utf_8_is_refused_where_arrow_would_open_it(tmp_path, seeds, built):
    corpus = Path(shutil.copytree(built, tmp_path / "\udcff"))
    for arguments in (["build", seeds, "--out", tmp_path / "\udcfe"], ["verify", corpus, "--pages", seeds]):
        done = run(*map(str, arguments))
        assert done.returncode == 2
        assert "are no UTF-8, as Arrow needs it\n  next: give the folder another name" in done.stderr
        assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["\udcff"]
