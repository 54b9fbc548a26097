"""How fast JSONL is validated, side by side with parsing alone and with other ways to validate.

python -m benchmarks.validate [--megabytes 110] [--rounds 5] [--write-docs]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.made_corpus import write_jsonl
from benchmarks.trial import Run, best, expect, measure, write_document

#: jsonschema reads one line in so many: all of them would take minutes.
SAMPLE = 20


def orjson_alone(path: Path) -> Callable[[], object]:
    """The yardstick: it parses and checks nothing."""
    import orjson

    def run() -> None:
        with path.open("rb") as lines:
            for line in lines:
                orjson.loads(line)

    return run


def orjson_and_jsonschema_rs(path: Path) -> Callable[[], object]:
    """Blind to duplicate keys."""
    import jsonschema_rs
    import orjson

    from corpus_loader.corpus.schema import definition

    is_valid = jsonschema_rs.Draft202012Validator(definition(), validate_formats=True).is_valid

    def run() -> None:
        with path.open("rb") as lines:
            expect(all(is_valid(orjson.loads(line)) for line in lines))

    return run


def jsonschema(path: Path) -> Callable[[], object]:
    """Blind to duplicate keys, on a sample."""
    import orjson
    from jsonschema import Draft202012Validator

    from corpus_loader.corpus.schema import definition

    is_valid = Draft202012Validator(definition(), format_checker=Draft202012Validator.FORMAT_CHECKER).is_valid

    def run() -> None:
        with path.open("rb") as lines:
            expect(all(is_valid(orjson.loads(line)) for index, line in enumerate(lines) if index % SAMPLE == 0))

    return run


def ours(path: Path, workers: int = 1) -> Callable[[], object]:
    """What `corpus-loader validate` does."""
    import pyarrow.compute  # noqa: F401 - imports are not counted

    from corpus_loader.corpus.validation import Check

    def run() -> None:
        with path.open("rb") as stream:
            expect(not list(Check(stream, path.name, workers=workers)))

    return run


def ours_with_two_workers(path: Path) -> Callable[[], object]:
    """The same with two threads."""
    return ours(path, 2)


CONTENDERS: dict[str, tuple[str, Callable[[Path], Callable[[], object]]]] = {
    "orjson": ("`orjson.loads` alone", orjson_alone),
    "ours": ("`corpus-loader validate`", ours),
    "ours2": ("`corpus-loader validate --workers 2`", ours_with_two_workers),
    "rs": ("orjson + jsonschema-rs", orjson_and_jsonschema_rs),
    "jsonschema": (f"orjson + jsonschema (1 line in {SAMPLE})", jsonschema),
}


def main() -> None:
    """Measure, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contender", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--megabytes", type=int, default=110)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write-docs", action="store_true", help="write docs/benchmarks/validate.md")
    options = parser.parse_args()
    if options.contender:
        name, path = options.contender
        measure(CONTENDERS[name][1](Path(path)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path, larger = Path(folder) / "made.jsonl", Path(folder) / "larger.jsonl"
        lines = write_jsonl(path, options.megabytes * 1_000_000)
        larger.write_bytes(path.read_bytes() * 3)
        names = list(CONTENDERS)
        runs = best("benchmarks.validate", [[name, str(path)] for name in names], options.rounds)
        (large,) = best("benchmarks.validate", [["ours2", str(larger)]], 1)
        text = table(dict(zip(names, runs, strict=True)), path.stat().st_size, lines, large)
    print(text)
    if options.write_docs:
        write_document("validate", text)


def table(runs: dict[str, Run], size: int, lines: int, large: Run) -> str:
    """The results as a Markdown page."""
    rows = []
    for name, (title, _) in CONTENDERS.items():
        share = SAMPLE if name == "jsonschema" else 1
        speed = size / share / runs[name].seconds / 1e6
        ratio = runs["orjson"].seconds / (runs[name].seconds * share)
        work = runs["orjson"].processor / (runs[name].processor * share)
        rows.append(f"| {title} | {speed:.0f} | {ratio:.2f} | {work:.2f} | {runs[name].mebibytes} |")
    gain = runs["ours"].seconds / runs["ours2"].seconds
    return "\n".join(
        [
            "# Validation",
            "",
            f"{lines:,} articles made from the seeds' paragraphs, {size / 1e6:.0f} MB of JSONL, each contender in a "
            "process of its own, imports not counted, the fastest of its turns. Ours finds duplicate keys, lone "
            "surrogates and broken UTF-8 too.",
            "",
            "| | MB/s | of orjson's speed | the same in processor time | peak MiB |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"Two workers are {gain:.2f} times as fast as one. Memory for three times the file: {large.mebibytes} MiB.",
            "",
            "Made by `python -m benchmarks.validate --write-docs`.",
            "",
        ]
    )


if __name__ == "__main__":
    main()
