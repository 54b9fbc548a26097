"""The one definition of the records, `schema/*.schema.json`, and every other schema derived from it.

Importing this module reads nothing and imports no data library; each function imports what it derives for.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from corpus_loader.errors import CorpusNotFoundError

if TYPE_CHECKING:
    import datasets
    import polars as pl
    import pyarrow as pa

__all__ = [
    "SCHEMAS",
    "Kind",
    "arrow_schema",
    "columns",
    "definition",
    "features",
    "field_table",
    "polars_schema",
    "schema_path",
]

Kind = Literal["article", "rejection", "duplicate", "removal", "manifest"]

#: Every kind of record that has a published schema.
SCHEMAS: tuple[Kind, ...] = ("article", "rejection", "duplicate", "removal", "manifest")

#: In a wheel the schemas lie inside the package; in a checkout beside it.
_FOLDERS = (Path(__file__).parents[1] / "schema", Path(__file__).parents[2] / "schema")


def schema_path(kind: Kind = "article") -> Path:
    """Where the JSON Schema of that kind of record lies. Raises CorpusNotFoundError in a broken installation."""
    for folder in _FOLDERS:
        path = folder / f"{kind}.schema.json"
        if path.is_file():
            return path
    raise CorpusNotFoundError(
        f"the schema {kind}.schema.json is neither in {_FOLDERS[0]} nor in {_FOLDERS[1]}",
        next_step="install corpus-loader again: pip install --force-reinstall corpus-loader",
    )


@cache
def definition(kind: Kind = "article") -> dict[str, Any]:
    """The JSON Schema itself, draft 2020-12. Every caller gets the same dict: read it, don't change it."""
    schema: dict[str, Any] = json.loads(schema_path(kind).read_text(encoding="utf-8"))
    return schema


def columns(kind: Kind = "article") -> tuple[str, ...]:
    """The names of the top-level fields, in order."""
    return tuple(definition(kind)["properties"])


@cache
def arrow_schema(kind: Kind = "article") -> pa.Schema:
    """The Arrow schema: date32 days, int64 offsets, list<struct> evidence; every field nullable, as Features are."""
    import pyarrow as pa

    scalars = {"string": pa.string(), "date": pa.date32(), "integer": pa.int64(), "number": pa.float64()}

    def convert(node: dict[str, Any]) -> pa.DataType:
        shape = _shape(node)
        if shape == "object":
            return pa.struct([(name, convert(child)) for name, child in node["properties"].items()])
        return pa.list_(convert(node["items"])) if shape == "array" else scalars[shape]

    return pa.schema([(name, convert(node)) for name, node in definition(kind)["properties"].items()])


@cache
def _polars_schema(kind: Kind) -> pl.Schema:
    import polars as pl

    scalars = {"string": pl.String(), "date": pl.Date(), "integer": pl.Int64(), "number": pl.Float64()}

    def convert(node: dict[str, Any]) -> pl.DataType:
        shape = _shape(node)
        if shape == "object":
            return pl.Struct({name: convert(child) for name, child in node["properties"].items()})
        return pl.List(convert(node["items"])) if shape == "array" else scalars[shape]

    return pl.Schema({name: convert(node) for name, node in definition(kind)["properties"].items()})


def polars_schema(kind: Kind = "article") -> pl.Schema:
    """The Polars schema: Date days, Int64 offsets, List(Struct) evidence."""
    return _polars_schema(kind).copy()  # a pl.Schema is a dict: the caller's own


def features(kind: Kind = "article") -> datasets.Features:
    """The `datasets.Features`: pass them to any reader of JSONL, which would otherwise infer other types."""
    import datasets

    scalars = {"string": "string", "date": "date32", "integer": "int64", "number": "float64"}

    def convert(node: dict[str, Any]) -> Any:
        shape = _shape(node)
        if shape == "object":
            return {name: convert(child) for name, child in node["properties"].items()}
        return datasets.List(convert(node["items"])) if shape == "array" else datasets.Value(scalars[shape])

    return datasets.Features(convert(definition(kind)))


def field_table(kind: Kind = "article") -> str:
    """The fields as a Markdown table (field, type, meaning), nested fields as `provenance.evidence[].rule`."""
    lines = ["| field | type | meaning |", "|---|---|---|"]

    def walk(node: dict[str, Any], path: str) -> None:
        for name, child in node["properties"].items():
            lines.append(f"| `{path}{name}` | {_type_words(child)} | {child['description']} |")
            if _shape(child) == "object":
                walk(child, f"{path}{name}.")
            elif _shape(child) == "array" and _shape(child["items"]) == "object":
                walk(child["items"], f"{path}{name}[].")

    walk(definition(kind), "")
    return "\n".join(lines) + "\n"


def _shape(node: dict[str, Any]) -> str:
    """The JSON type of a node apart from null, or `date` for a string of that format."""
    types = [node["type"]] if isinstance(node["type"], str) else [name for name in node["type"] if name != "null"]
    (shape,) = types
    return "date" if node.get("format") == "date" else str(shape)


def _type_words(node: dict[str, Any]) -> str:
    words = {"object": "struct", "array": "list of structs"}.get(_shape(node), _shape(node))
    if "enum" in node:
        words = ", ".join(f"`{value}`" for value in node["enum"] if value is not None)
    return f"{words} or null" if "null" in node["type"] else words
