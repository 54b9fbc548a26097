"""Contenders side by side, each run in a process of its own: its seconds, its processor time, its most memory."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

__all__ = ["Contenders", "Run", "expect", "trial"]

ROOT = Path(__file__).parents[1]


class Run(NamedTuple):
    """The call itself, imports not counted."""

    seconds: float
    #: Processor seconds of all threads: what a busy machine does not change.
    processor: float
    #: Peak of the process's memory (Linux).
    mebibytes: int


#: What a contender is called, and what it does: given the folder that was prepared, all but the imports.
Contenders = Mapping[str, tuple[str, Callable[[Path], Callable[[], object]]]]


def trial(
    name: str,
    contenders: Contenders,
    prepare: Callable[[Path, int], int],
    table: Callable[[dict[str, Run], int, int], str],
) -> None:
    """The command line of `benchmarks/<name>.py`: prepare, measure, print, and write `docs/benchmarks/<name>.md`.

    `prepare` fills a folder with so many bytes of articles and tells their number; `table` makes the page of the runs,
    the bytes and that number.
    """
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--contender", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--megabytes", type=int, default=110)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--write-docs", action="store_true", help=f"write docs/benchmarks/{name}.md")
    options = parser.parse_args()
    if options.contender:
        contender, folder = options.contender
        _measure(contenders[contender][1](Path(folder)))
        return
    size = options.megabytes * 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        articles = prepare(Path(folder), size)
        text = table(_best(f"benchmarks.{name}", list(contenders), folder, options.rounds), size, articles)
    print(text)
    if options.write_docs:
        path = ROOT / "docs" / "benchmarks" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _measure(action: Callable[[], object]) -> None:
    """Run `action` and print what it took, for `_best` in the parent process to read."""
    start, processor = time.perf_counter(), time.process_time()
    action()
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    print(json.dumps([seconds, processor, int(peak[1]) >> 10 if peak else 0]))


def _best(module: str, names: list[str], folder: str, rounds: int) -> dict[str, Run]:
    """For each contender the least seconds, processor seconds and memory of its runs.

    They take turns, so that a busy moment falls on all of them.
    """
    runs: dict[str, list[Run]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            command = [sys.executable, "-m", module, "--contender", name, folder]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
            runs[name].append(Run(*json.loads(done.stdout.splitlines()[-1])))
    return {name: Run(*map(min, zip(*own, strict=True))) for name, own in runs.items()}


def expect(true: bool) -> None:
    """Stop a contender that did not do its work."""
    if not true:
        raise SystemExit("the contender gave a wrong result")
