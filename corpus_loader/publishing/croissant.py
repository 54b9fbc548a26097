"""`croissant.json`: the corpus described in Croissant 1.0 (MLCommons), for tools that read it.

The record's fields are those of the article schema, but for the list of evidence.
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
    """The description as JSON-LD: one file object and one record set for each Parquet file.

    It has no `datePublished`: nobody states that day, and that of a build would give the same pages other bytes.
    """
    files = [file for file in manifest.files if file.path.startswith("data/")]
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": manifest.name,
        "description": f"{manifest.title}. {manifest.counts.articles} news articles, each with source, language, "
        "date and body, and the evidence for every value.",
        "license": manifest.license,
        "citeAs": _citation(manifest),
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


#: What BibTeX takes for markup. A brace has a name, since BibTeX counts those behind a backslash too.
_BIBTEX = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_"}
    | {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def _citation(manifest: Manifest) -> str:
    """A BibTeX entry of what the declaration states; it names no author and no year."""
    fields = {
        "title": f"{{{manifest.title.translate(_BIBTEX)}}}",  # in braces of its own, which keep the capitals
        "howpublished": f"Data set, version {manifest.version}",
    }
    if manifest.homepage:
        fields["url"] = manifest.homepage.replace("{", "%7B").replace("}", "%7D")
    lines = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{manifest.name}{lines}\n}}"


def _record_sets(files: list[str]) -> list[dict[str, Any]]:
    """One record set a file: Croissant has no union of files, and each Parquet file is typed in itself."""
    return [
        {
            "@type": "cr:RecordSet",
            "@id": f"articles/{file}",
            "name": f"articles/{file}",
            "description": f"The articles in {file}.",
            "field": [_field(f"articles/{file}/{name}", node, file, name) for name, node in _properties(definition())],
        }
        for file in files
    ]


def _properties(node: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The fields of a struct, without lists of structs (`evidence`): Croissant's own reader fails on them."""
    return [(name, child) for name, child in node["properties"].items() if "items" not in child]


def _field(identity: str, node: dict[str, Any], file: str, column: str, path: str = "") -> dict[str, Any]:
    """A field out of a column, or out of what lies at the JSON path in it."""
    source: dict[str, Any] = {"fileObject": {"@id": file}, "extract": {"column": column}}
    if path:
        source["transform"] = {"jsonPath": path}
    field = {"@type": "cr:Field", "@id": identity, "name": identity, "description": node["description"]}
    if "properties" not in node:
        return field | {"dataType": _data_type(node), "source": source}
    into = f"{path}." if path else ""
    children = [_field(f"{identity}/{name}", rule, file, column, into + name) for name, rule in _properties(node)]
    return field | {"subField": children}


def _data_type(node: dict[str, Any]) -> str:
    kinds = [node["type"]] if isinstance(node["type"], str) else node["type"]
    kind = next(kind for kind in kinds if kind != "null")
    return _TYPES.get(node.get("format", kind), _TYPES[kind])
