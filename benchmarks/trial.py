"""One measured run in a process of its own: its seconds, its processor time, and the most memory that it held."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

__all__ = ["Run", "best", "expect", "measure", "write_document"]

ROOT = Path(__file__).parents[1]


class Run(NamedTuple):
    """The call itself, imports not counted."""

    seconds: float
    #: Processor seconds of all threads: what a busy machine does not change.
    processor: float
    #: Peak of the process's memory (Linux).
    mebibytes: int


def measure(action: Callable[[], object]) -> None:
    """Run `action` and print what it took, for `best` in the parent process to read."""
    start, processor = time.perf_counter(), time.process_time()
    action()
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    print(json.dumps([seconds, processor, int(peak[1]) >> 10 if peak else 0]))


def best(module: str, contenders: list[list[str]], rounds: int) -> list[Run]:
    """For each contender the least seconds, processor seconds and memory of its runs.

    They take turns, so that a busy moment falls on all of them.
    """
    runs: list[list[Run]] = [[] for _ in contenders]
    for _ in range(rounds):
        for arguments, own in zip(contenders, runs, strict=True):
            command = [sys.executable, "-m", module, "--contender", *arguments]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
            own.append(Run(*json.loads(done.stdout.splitlines()[-1])))
    return [Run(*map(min, zip(*own, strict=True))) for own in runs]


def expect(true: bool) -> None:
    """Stop a contender that did not do its work."""
    if not true:
        raise SystemExit("the contender gave a wrong result")


def write_document(name: str, text: str) -> None:
    """The text is `docs/benchmarks/<name>.md`."""
    path = ROOT / "docs" / "benchmarks" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
