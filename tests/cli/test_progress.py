"""Progress is shown on a terminal, each phase by its own name, and nowhere else."""

import io
import sys

import pytest

from corpus_loader.cli import progress as cli_progress
from corpus_loader.cli.progress import counting, make_way, reading
from corpus_loader.corpus.build import build


class Stream(io.StringIO):
    def __init__(self, terminal: bool):
        super().__init__()
        self.terminal = terminal

    def isatty(self):
        return self.terminal


@pytest.mark.parametrize("terminal", [True, False])
def test_each_phase_counts_from_the_start_on_a_terminal_alone(terminal, monkeypatch):
    monkeypatch.setattr(sys, "stderr", Stream(terminal))
    with counting("pages") as tell:
        tell(7, phase="first look")
        tell(0)
        tell(3)
    shown = sys.stderr.getvalue()
    assert ("first look: 0 pages" in shown) == terminal
    assert bool(shown) == terminal


def test_what_is_printed_beside_a_bar_stands_on_a_line_of_its_own(monkeypatch):
    screen = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(sys, "stdout", screen)
    with reading(io.BytesIO(b"ten octets"), "articles.jsonl", 10) as stream:
        assert stream.read(4) == b"ten "
        make_way()
        print("articles.jsonl:1: broken")
    drawn, _ = screen.getvalue().split("articles.jsonl:1: broken\n")
    *_, bar, blanks, rest = drawn.split("\r")
    assert bar.startswith("articles.jsonl:   0%")
    assert (blanks.strip(), rest) == ("", "")


def test_what_is_read_twice_is_not_more_than_the_whole(monkeypatch):
    screen = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", screen)
    with reading(io.BytesIO(b"ten octets"), "articles.jsonl", 10) as stream:
        for _ in range(2):
            stream.seek(0)
            stream.read()
        make_way()
        cli_progress._shown[0].refresh()
    assert "articles.jsonl: 100%" in screen.getvalue()


def test_build_tells_how_far_the_first_look_is_then_all_the_pages(seeds, tmp_path):
    told = []
    looking, progress = (lambda n, phase=phase: told.append((phase, n)) for phase in ("looking", "progress"))
    build(seeds, tmp_path / "corpus", sample=2, workers=1, looking=looking, progress=progress)
    assert told == [("looking", 1), ("looking", 2), *(("progress", number) for number in range(1, 6))]
