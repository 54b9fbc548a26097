"""How fast JSONL is validated, side by side with parsing alone and with other ways to validate.

python -m benchmarks.validate [--megabytes 110] [--rounds 12] [--write-docs]
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.made_corpus import write_jsonl
from benchmarks.trial import Contenders, Run, expect, trial

MADE, LARGER = "made.jsonl", "larger.jsonl"

#: jsonschema reads one line in so many: all of them would take minutes.
SAMPLE = 20


def orjson_alone(path: Path) -> Callable[[], object]:
    """The yardstick: it parses and checks nothing."""
    import orjson

    def run() -> None:
        with (path / MADE).open("rb") as lines:
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
        with (path / MADE).open("rb") as lines:
            expect(all(is_valid(orjson.loads(line)) for line in lines))

    return run


def jsonschema(path: Path) -> Callable[[], object]:
    """Blind to duplicate keys, on a sample."""
    import orjson
    from jsonschema import Draft202012Validator

    from corpus_loader.corpus.schema import definition

    is_valid = Draft202012Validator(definition(), format_checker=Draft202012Validator.FORMAT_CHECKER).is_valid

    def run() -> None:
        with (path / MADE).open("rb") as lines:
            expect(all(is_valid(orjson.loads(line)) for index, line in enumerate(lines) if index % SAMPLE == 0))

    return run


def ours(path: Path, workers: int = 1, name: str = MADE) -> Callable[[], object]:
    """What `corpus-loader validate` does."""
    import pyarrow.compute  # noqa: F401 - imports are not counted

    from corpus_loader.corpus.validation import Check

    def run() -> None:
        with (path / name).open("rb") as stream:
            expect(not list(Check(stream, name, workers=workers)))

    return run


def ours_with_two_workers(path: Path) -> Callable[[], object]:
    """The same with two threads."""
    return ours(path, 2)


def ours_on_a_larger_file(path: Path) -> Callable[[], object]:
    """One worker on three times the file: for what a second one gains where few pieces are no matter."""
    return ours(path, 1, LARGER)


def two_workers_on_a_larger_file(path: Path) -> Callable[[], object]:
    """Two on the same: for their memory too."""
    return ours(path, 2, LARGER)


CONTENDERS: Contenders = {
    "orjson": ("`orjson.loads` alone", orjson_alone),
    "ours": ("`corpus-loader validate`", ours),
    "ours2": ("`corpus-loader validate --workers 2`", ours_with_two_workers),
    "rs": ("orjson + jsonschema-rs", orjson_and_jsonschema_rs),
    "jsonschema": (f"orjson + jsonschema (1 line in {SAMPLE})", jsonschema),
    "larger": ("", ours_on_a_larger_file),
    "larger2": ("", two_workers_on_a_larger_file),
}


def prepare(folder: Path, size: int) -> int:
    """The articles as JSONL, and three times the same."""
    path = folder / MADE
    lines = write_jsonl(path, size)
    (folder / LARGER).write_bytes(path.read_bytes() * 3)
    return lines


def table(runs: dict[str, Run], size: int, articles: int) -> str:
    """The results as a Markdown page."""
    rows = []
    for name, (title, _) in CONTENDERS.items():
        if not title:  # not for its speed
            continue
        share = SAMPLE if name == "jsonschema" else 1
        speed = size / share / runs[name].seconds / 1e6
        ratio = runs["orjson"].seconds / (runs[name].seconds * share)
        work = runs["orjson"].processor / (runs[name].processor * share)
        rows.append(f"| {title} | {speed:.0f} | {ratio:.2f} | {work:.2f} | {runs[name].mebibytes} |")
    flat = runs["larger2"].mebibytes
    gain = runs["ours"].seconds / runs["ours2"].seconds
    larger = runs["larger"].seconds / runs["larger2"].seconds
    return "\n".join(
        [
            "# Validation",
            "",
            f"{articles:,} articles made from the seeds' paragraphs, {size / 1e6:.0f} MB of JSONL, each contender in a "
            "process of its own, imports not counted, the fastest of its turns. Ours finds duplicate keys, lone "
            "surrogates and broken UTF-8 too.",
            "",
            "| | MB/s | of orjson's speed | the same in processor time | peak MiB |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"Two workers are {gain:.2f} times as fast as one; on three times the file, which has three times as many "
            f"pieces to share, {larger:.2f} times, with {flat} MiB at most.",
            "",
            "Made by `python -m benchmarks.validate --write-docs`.",
            "",
        ]
    )


if __name__ == "__main__":
    trial("validate", CONTENDERS, prepare, table)
