"""The dataset card: prose that a person wrote, and parts that are generated from manifest and schema.

A generated part stands between `<!-- generated: NAME -->` and `<!-- end: NAME -->`; filling a card replaces what is
between, so a filled card can be filled again. The YAML head is generated as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from corpus_loader.corpus.declaration import Declaration
from corpus_loader.corpus.manifest import Counts, Manifest
from corpus_loader.corpus.schema import definition, field_table
from corpus_loader.errors import DeclarationError

__all__ = ["fill", "front_matter", "write_card"]

TEMPLATE = Path(__file__).with_name("card.md")

#: So many sources are listed; a crawl has a hundred thousand.
SHOWN = 100

_HEAD = re.compile(r"\A---\n.*?\n---\n\n?", re.DOTALL)
_PART = re.compile(r"<!-- generated: ([a-z-]+) -->\n.*?<!-- end: \1 -->", re.DOTALL)

#: The Hub's size categories in ascending order, each ten times the one before; the first ends at 1,000.
_SIZES = ("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B", "1B<n<10B")


def write_card(folder: Path, manifest: Manifest, declaration: Declaration) -> None:
    """`README.md` of the folder is the declared card, or the package's own, filled from the manifest."""
    card = declaration.card or TEMPLATE
    try:
        text = card.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except UnicodeDecodeError as error:
        raise DeclarationError(f"{card}: byte {error.start} is not UTF-8", next_step="save it as UTF-8") from error
    try:
        filled = fill(text, manifest)
    except DeclarationError as error:
        raise DeclarationError(f"{card}: {error.what}", next_step=error.next_step) from error
    (folder / "README.md").write_text(filled, encoding="utf-8", newline="\n")


def fill(card: str, manifest: Manifest) -> str:
    """The card with its head and every generated part up to date; raises DeclarationError on an unknown part."""

    def part(match: re.Match[str]) -> str:
        name = match[1]
        if name not in _PARTS:
            known = ", ".join(sorted(_PARTS))
            raise DeclarationError(
                f"the card has an unknown part <!-- generated: {name} -->", next_step=f"use: {known}"
            )
        return f"<!-- generated: {name} -->\n{_PARTS[name](manifest).rstrip()}\n<!-- end: {name} -->"

    return f"---\n{front_matter(manifest)}---\n\n{_PART.sub(part, _HEAD.sub('', card))}"


def front_matter(manifest: Manifest) -> str:
    """The card's YAML as the Hub reads it: one config for all articles, one per language, each with its features.

    The Hub refuses a tag with a script or region under `language`, and has `language_bcp47` for it. The sizes of the
    splits are left out: `datasets` warns of splits that state no bytes in memory, and counts the rows itself.
    """
    configs = ["default", *manifest.languages]
    features = _features(definition())
    head = {
        "pretty_name": manifest.title,
        "language": sorted({tag.partition("-")[0] for tag in manifest.languages}),
        "language_bcp47": sorted(manifest.languages),
        "license": manifest.license_name,
        "size_categories": [_size(manifest.counts.articles)],
        "task_categories": ["text-generation", "fill-mask"],
        "tags": ["news"],
        "configs": [_config(name) for name in configs],
        "dataset_info": [{"config_name": name, "features": features} for name in configs],
    }
    if head["language"] == head["language_bcp47"]:
        del head["language_bcp47"]
    return yaml.dump(head, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)


class _Dumper(yaml.SafeDumper):  # type: ignore[misc, unused-ignore] # PyYAML has no types
    """YAML without anchors: the Hub's readers and people both read every config on its own."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _config(name: str) -> dict[str, Any]:
    path = "data/*/*.parquet" if name == "default" else f"data/{name}/*.parquet"
    config: dict[str, Any] = {"config_name": name, "data_files": [{"split": "train", "path": path}]}
    return config | {"default": True} if name == "default" else config


def _features(node: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of an object in the Hub's YAML spelling of features."""
    return [{"name": name, **_feature(child)} for name, child in node["properties"].items()]


def _feature(node: dict[str, Any]) -> dict[str, Any]:
    kinds = [node["type"]] if isinstance(node["type"], str) else node["type"]
    kind = next(kind for kind in kinds if kind != "null")
    if kind == "object":
        return {"struct": _features(node)}
    if kind == "array":
        return {"list": _features(node["items"])}
    return {"dtype": "date32" if node.get("format") == "date" else _DTYPES[kind]}


_DTYPES = {"string": "string", "integer": "int64", "number": "float64"}


def _size(articles: int) -> str:
    return _SIZES[max(0, len(str(articles)) - 3)]


# -------------------------------------------------------------------------------------------------- generated parts


def _title(manifest: Manifest) -> str:
    return f"# {manifest.title}\n\nVersion {manifest.version}."


def _counts(manifest: Manifest) -> str:
    largest = set(sorted(manifest.sources, key=lambda host: -manifest.sources[host].pages)[:SHOWN])
    rows = [(host or "(unknown)", counts) for host, counts in manifest.sources.items() if host in largest]
    head = "| source | pages | articles | rejected | duplicates | removed |\n|---|---:|---:|---:|---:|---:|\n"
    table = head + "\n".join(_count_row(name, counts) for name, counts in [("all", manifest.counts), *rows])
    if (others := len(manifest.sources) - len(rows)) > 0:
        table += f"\n\nThese are the {len(rows)} largest sources; the other {others} are in `manifest.json`."
    languages = ", ".join(f"`{tag}` {count}" for tag, count in manifest.languages.items()) or "none"
    days = f"{manifest.dates[0]} to {manifest.dates[1]}" if manifest.dates else "none"
    return f"{table}\n\nArticles by language: {languages}. Publication days: {days}."


def _count_row(name: str, counts: Counts) -> str:
    numbers = (counts.pages, counts.articles, counts.rejected, counts.duplicates, counts.removed)
    return f"| {name} | " + " | ".join(str(number) for number in numbers) + " |"


def _loading(manifest: Manifest) -> str:
    """Python that loads this very corpus: the language is one that it holds; `datasets` alone loads no empty one."""
    tag = next(iter(manifest.languages), None)
    one = f', language="{tag}"' if tag else ""
    plain = 'datasets.load_dataset("PATH_OR_NAME")  # this folder, or its name on the Hub\n' if tag else ""
    return f"""```python
import corpus_loader{", datasets" if tag else ""}

{plain}corpus_loader.load_dataset("PATH_OR_NAME"{one})
corpus_loader.scan_polars("PATH_OR_NAME")  # a lazy Polars frame
```"""


def _license(manifest: Manifest) -> str:
    return manifest.license


def _fields(_: Manifest) -> str:
    return field_table()


_PARTS: dict[str, Callable[[Manifest], str]] = {
    "title": _title,
    "counts": _counts,
    "license": _license,
    "fields": _fields,
    "loading": _loading,
}
