"""How fast a corpus becomes a `datasets.Dataset`, side by side with the library's own readers.

python -m benchmarks.loading [--megabytes 110] [--rounds 5] [--write-docs]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path

from benchmarks.made_corpus import write_folder, write_jsonl
from benchmarks.trial import Run, best, expect, measure, write_document


def _stock(*arguments: str, **options: object) -> Callable[[], object]:
    import datasets
    import datasets.packaged_modules.json.json
    import datasets.packaged_modules.parquet.parquet

    datasets.disable_progress_bars()
    return lambda: expect(len(datasets.load_dataset(*arguments, split="train", **options)) > 0)


def stock_jsonl(path: Path) -> Callable[[], object]:
    """Stock `datasets`, into an empty cache."""
    return _stock("json", data_files=str(path / "made.jsonl"))


def stock_typed_jsonl(path: Path) -> Callable[[], object]:
    """Stock `datasets`, told the features, into an empty cache."""
    from corpus_loader.corpus.schema import features

    return _stock("json", data_files=str(path / "made.jsonl"), features=features())


def stock_parquet(path: Path) -> Callable[[], object]:
    """Stock `datasets` on the corpus folder, into an empty cache."""
    return _stock("parquet", data_files=sorted(str(file) for file in path.glob("corpus/data/*/*.parquet")))


def _ours(path: Path) -> Callable[[], object]:
    import datasets
    import pyarrow.compute
    import pyarrow.dataset  # noqa: F401 - imports are not counted

    import corpus_loader.corpus.reading  # noqa: F401
    from corpus_loader import load_dataset

    datasets.disable_progress_bars()

    return lambda: expect(len(load_dataset(path)) > 0)


def ours_jsonl(path: Path) -> Callable[[], object]:
    """Ours, into an empty cache."""
    return _ours(path / "made.jsonl")


def ours_parquet(path: Path) -> Callable[[], object]:
    """Ours on the corpus folder, into an empty cache."""
    return _ours(path / "corpus")


def ours_again(path: Path) -> Callable[[], object]:
    """Ours on the corpus folder, opened before by another process."""
    load = _ours(path / "corpus")
    load()
    return load


def polars_jsonl(path: Path) -> Callable[[], object]:
    """Polars' own reader with our schema: no Dataset, and what is unknown or missing goes unnoticed."""
    import polars as pl

    from corpus_loader.corpus.schema import polars_schema

    schema = polars_schema()
    return lambda: expect(pl.read_ndjson(path / "made.jsonl", schema=schema).height > 0)


CONTENDERS: dict[str, tuple[str, Callable[[Path], Callable[[], object]]]] = {
    "stock_jsonl": ('JSONL, stock `load_dataset("json")`', stock_jsonl),
    "stock_typed_jsonl": ('JSONL, stock `load_dataset("json", features=…)`', stock_typed_jsonl),
    "ours_jsonl": ("JSONL, `corpus_loader.load_dataset`, every line validated", ours_jsonl),
    "polars_jsonl": ("JSONL, `polars.read_ndjson` with the schema (no Dataset)", polars_jsonl),
    "stock_parquet": ('Parquet, stock `load_dataset("parquet")`', stock_parquet),
    "ours_parquet": ("Parquet, `corpus_loader.load_dataset`", ours_parquet),
    "ours_again": ("Parquet, `corpus_loader.load_dataset`, opened again", ours_again),
}


def main() -> None:
    """Measure, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contender", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--megabytes", type=int, default=110)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write-docs", action="store_true", help="write docs/benchmarks/loading.md")
    options = parser.parse_args()
    if options.contender:
        name, path = options.contender
        os.environ["HF_DATASETS_CACHE"] = f"{path}/{uuid.uuid4().hex}"  # cold
        measure(CONTENDERS[name][1](Path(path)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        lines = write_jsonl(path / "made.jsonl", options.megabytes * 1_000_000)
        write_folder(path / "corpus", path / "made.jsonl")
        names = list(CONTENDERS)
        runs = best("benchmarks.loading", [[name, folder] for name in names], options.rounds)
        text = table(dict(zip(names, runs, strict=True)), (path / "made.jsonl").stat().st_size, lines)
    print(text)
    if options.write_docs:
        write_document("loading", text)


def table(runs: dict[str, Run], size: int, lines: int) -> str:
    """The results as a Markdown page."""
    rows = []
    for name, (title, _) in CONTENDERS.items():
        run, stock = runs[name], runs["stock_jsonl" if name.endswith("jsonl") else "stock_parquet"]
        rows.append(
            f"| {title} | {run.seconds:.3f} | {run.processor:.3f} | {stock.seconds / run.seconds:.2f} | "
            f"{stock.processor / run.processor:.2f} | {run.mebibytes} |"
        )
    return "\n".join(
        [
            "# Loading",
            "",
            f"{lines:,} articles made from the seeds' paragraphs, {size / 1e6:.0f} MB as JSONL, each contender in a "
            "process of its own with an empty cache, imports not counted, the fastest of its turns. Processor time "
            "is that of all threads; a busy machine lengthens it less than the seconds.",
            "",
            "| | seconds | processor seconds | times stock's speed | the same in processor time | peak MiB |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            "Made by `python -m benchmarks.loading --write-docs`.",
            "",
        ]
    )


if __name__ == "__main__":
    main()
