"""Progress is shown on a terminal, each phase by its own name, and nowhere else."""

import io
import sys

import pytest

from corpus_loader.cli.progress import counting
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
    assert ("first look: " in shown) == terminal
    assert bool(shown) == terminal


def test_build_tells_how_far_the_first_look_is_then_all_the_pages(seeds, tmp_path):
    told = []
    looking, progress = (lambda n, phase=phase: told.append((phase, n)) for phase in ("looking", "progress"))
    build(seeds, tmp_path / "corpus", sample=2, workers=1, looking=looking, progress=progress)
    assert told == [("looking", 1), ("looking", 2), *(("progress", number) for number in range(1, 6))]
