"""`croissant.json`: the corpus described in Croissant 1.0 (MLCommons), for tools that read it.

The record's fields are those of the article schema; a list of structs becomes a repeated field with sub-fields.
Source of the vocabulary: the Croissant format specification 1.0, https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from corpus_loader.corpus.declaration import Declaration
from corpus_loader.corpus.manifest import Manifest
from corpus_loader.corpus.schema import definition

__all__ = ["croissant", "write_croissant"]

_CONTEXT = json.loads(Path(__file__).with_name("croissant_context.json").read_text(encoding="utf-8"))

_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "date": "sc:Date", "uri": "sc:URL"}


def write_croissant(folder: Path, manifest: Manifest, declaration: Declaration) -> None:
    """`croissant.json` of the folder describes its Parquet files."""
    text = json.dumps(croissant(manifest), ensure_ascii=False, indent=2)
    (folder / "croissant.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def croissant(manifest: Manifest) -> dict[str, Any]:
    """The description as JSON-LD: one file object a Parquet file, one file set over all, one record set."""
    files = [file for file in manifest.files if file.path.startswith("data/")]
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": manifest.name,
        "description": f"{manifest.title}. {manifest.counts.articles} news articles, each with source, language, "
        "date and body, and the evidence for every value.",
        "license": manifest.license,
        "version": manifest.version,
        "inLanguage": sorted(manifest.languages),
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": file.path,
                "name": file.path,
                "contentUrl": file.path,
                "contentSize": f"{file.bytes} B",
                "encodingFormat": "application/x-parquet",
                "sha256": file.sha256,
            }
            for file in files
        ],
        "recordSet": _record_sets(files=[file.path for file in files]),
    }
    if manifest.homepage:
        described["url"] = manifest.homepage
    return described


def _record_sets(files: list[str]) -> list[dict[str, Any]]:
    """One record set a file: Croissant has no union of files, and each Parquet file is typed in itself."""
    return [
        {
            "@type": "cr:RecordSet",
            "@id": f"articles/{path}",
            "name": f"articles/{path}",
            "description": f"The articles in {path}.",
            "field": [_field(name, node, f"articles/{path}", path, name) for name, node in _properties(definition())],
        }
        for path in files
    ]


def _properties(node: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return list(node["properties"].items())


def _field(name: str, node: dict[str, Any], parent: str, file: str, column: str) -> dict[str, Any]:
    identity = f"{parent}/{name}"
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": identity,
        "name": identity,
        "description": node["description"],
        "source": {"fileObject": {"@id": file}, "extract": {"column": column}},
    }
    inner = node.get("items", node)
    if "items" in node:
        field["repeated"] = True
    if "properties" in inner:
        field["subField"] = [_field(child, rule, identity, file, column) for child, rule in _properties(inner)]
    else:
        field["dataType"] = _data_type(inner)
    return field


def _data_type(node: dict[str, Any]) -> str:
    kinds = [node["type"]] if isinstance(node["type"], str) else node["type"]
    kind = next(kind for kind in kinds if kind != "null")
    return _TYPES.get(node.get("format", kind), _TYPES[kind])
