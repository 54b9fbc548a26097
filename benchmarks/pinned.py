"""Benchmarks whose own scores are pinned: one command line to compare with the peers, to check, and to pin."""

from __future__ import annotations

import argparse
import logging
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.eval_pages import EVAL_FOLDER
from benchmarks.ratchet import Baseline, read_baseline, write_baseline

__all__ = ["PinnedBenchmark"]

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class PinnedBenchmark:
    """`python -m benchmarks.<name>`; its scores are pinned in `<name>_baseline.json`, its tables are `<name>.md`."""

    name: str
    title: str
    #: The file of labelled data that it needs below the folder of labelled data.
    needs: str
    #: Today's scores of ours alone.
    measure: Callable[[Path], Baseline]
    #: The tables, ours beside the peers, as Markdown; its keywords are `files`.
    compare: Callable[..., str]
    #: Files that the comparison can do more with, and what they hold.
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def baseline(self) -> Path:
        """Where the scores are pinned."""
        return Path(__file__).with_name(f"{self.name}_baseline.json")

    @property
    def docs(self) -> Path:
        """Where the tables stand."""
        return ROOT / "docs" / "benchmarks" / f"{self.name}.md"

    def check(self, folder: Path) -> list[str]:
        """What is worse than pinned, one line each; empty if nothing is. Scores on other data are that, too."""
        return read_baseline(self.baseline).complaints(self.measure(folder))

    def main(self, arguments: Sequence[str] | None = None) -> int:
        """Run it; 0 if all is well, 1 if a pinned score is not reached, 2 if there is nothing to measure on."""
        options = vars(self._parser().parse_args(arguments))
        folder: Path = options["pages"]
        if not (folder / self.needs).is_file():
            print(f"no {self.needs} in {folder}: give its folder with --pages", file=sys.stderr)
            return 2
        if options["check"]:
            return _report(self.check(folder))
        if options["update"]:
            return self._update(folder, allow_lower=options["allow_lower"])
        logging.disable(logging.CRITICAL)  # the peers speak of every page that they don't like
        warnings.simplefilter("ignore")
        text = self.compare(folder, **{name: options[name] for name in self.files})
        print(text)
        if options["write_docs"]:
            self.docs.parent.mkdir(parents=True, exist_ok=True)
            self.docs.write_text(text, encoding="utf-8", newline="\n")
        return 0

    def _parser(self) -> argparse.ArgumentParser:
        parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{self.name}", description=self.title)
        parser.add_argument("--pages", type=Path, default=EVAL_FOLDER, help="folder of labelled data")
        for name, what in self.files.items():
            parser.add_argument(f"--{name.replace('_', '-')}", type=Path, metavar="FILE", help=what)
        parser.add_argument("--write-docs", action="store_true", help=f"write {self.docs.relative_to(ROOT)}")
        parser.add_argument("--check", action="store_true", help="compare ours with the pinned scores")
        parser.add_argument("--update", action="store_true", help="pin today's scores")
        parser.add_argument("--allow-lower", action="store_true", help="let --update lower a pinned score")
        return parser

    def _update(self, folder: Path, *, allow_lower: bool) -> int:
        today = self.measure(folder)
        if self.baseline.is_file() and (complaints := read_baseline(self.baseline).complaints(today)):
            _report(complaints)
            if not allow_lower:
                print("nothing was written; --allow-lower pins the lower scores", file=sys.stderr)
                return 1
        write_baseline(self.baseline, today)
        return 0


def _report(complaints: Sequence[str]) -> int:
    for line in complaints:
        print(line, file=sys.stderr)
    print("lower than pinned" if complaints else "no score is lower than pinned")
    return 1 if complaints else 0
