"""How fast a corpus becomes a `datasets.Dataset`, side by side with the library's own readers.

python -m benchmarks.loading [--megabytes 110] [--rounds 12] [--write-docs]
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from pathlib import Path

from benchmarks.made_corpus import write_folder, write_jsonl
from benchmarks.trial import Contenders, Run, expect, trial


def _cold(folder: Path) -> None:
    """What `datasets` has cached is of no use in this process."""
    os.environ["HF_DATASETS_CACHE"] = f"{folder}/{uuid.uuid4().hex}"


def _stock(folder: Path, *arguments: str, **options: object) -> Callable[[], object]:
    _cold(folder)
    import datasets
    import datasets.packaged_modules.json.json
    import datasets.packaged_modules.parquet.parquet

    datasets.disable_progress_bars()
    return lambda: expect(len(datasets.load_dataset(*arguments, split="train", **options)) > 0)


def stock_jsonl(path: Path) -> Callable[[], object]:
    """Stock `datasets`, into an empty cache."""
    return _stock(path, "json", data_files=str(path / "made.jsonl"))


def stock_typed_jsonl(path: Path) -> Callable[[], object]:
    """Stock `datasets`, told the features, into an empty cache."""
    _cold(path)
    from corpus_loader.corpus.schema import features

    return _stock(path, "json", data_files=str(path / "made.jsonl"), features=features())


def stock_parquet(path: Path) -> Callable[[], object]:
    """Stock `datasets` on the corpus folder, into an empty cache."""
    return _stock(path, "parquet", data_files=sorted(str(file) for file in path.glob("corpus/data/*/*.parquet")))


def _ours(folder: Path, corpus: str) -> Callable[[], object]:
    _cold(folder)
    import datasets
    import pyarrow.compute
    import pyarrow.dataset  # noqa: F401 - imports are not counted

    import corpus_loader.corpus.reading  # noqa: F401
    from corpus_loader import load_dataset

    datasets.disable_progress_bars()

    return lambda: expect(len(load_dataset(folder / corpus)) > 0)


def ours_jsonl(path: Path) -> Callable[[], object]:
    """Ours, into an empty cache."""
    return _ours(path, "made.jsonl")


def ours_parquet(path: Path) -> Callable[[], object]:
    """Ours on the corpus folder, into an empty cache."""
    return _ours(path, "corpus")


def ours_again(path: Path) -> Callable[[], object]:
    """Ours on the corpus folder, opened before by another process."""
    load = _ours(path, "corpus")
    load()
    return load


def polars_jsonl(path: Path) -> Callable[[], object]:
    """Polars' own reader with our schema: no Dataset, and what is unknown or missing goes unnoticed."""
    import polars as pl

    from corpus_loader.corpus.schema import polars_schema

    schema = polars_schema()
    return lambda: expect(pl.read_ndjson(path / "made.jsonl", schema=schema).height > 0)


CONTENDERS: Contenders = {
    "stock_jsonl": ('JSONL, stock `load_dataset("json")`', stock_jsonl),
    "stock_typed_jsonl": ('JSONL, stock `load_dataset("json", features=…)`', stock_typed_jsonl),
    "ours_jsonl": ("JSONL, `corpus_loader.load_dataset`, every line validated", ours_jsonl),
    "polars_jsonl": ("JSONL, `polars.read_ndjson` with the schema (no Dataset)", polars_jsonl),
    "stock_parquet": ('Parquet, stock `load_dataset("parquet")`', stock_parquet),
    "ours_parquet": ("Parquet, `corpus_loader.load_dataset`", ours_parquet),
    "ours_again": ("Parquet, `corpus_loader.load_dataset`, opened again", ours_again),
}


def prepare(folder: Path, size: int) -> int:
    """The same articles as JSONL and as a corpus folder."""
    lines = write_jsonl(folder / "made.jsonl", size)
    write_folder(folder / "corpus", folder / "made.jsonl")
    return lines


def table(runs: dict[str, Run], size: int, articles: int) -> str:
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
            f"{articles:,} articles made from the seeds' paragraphs, {size / 1e6:.0f} MB as JSONL, each contender in a "
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
    trial("loading", CONTENDERS, prepare, table)
