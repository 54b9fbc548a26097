"""One schema, every surface."""

import dataclasses
import json
from pathlib import Path

import datasets
import jsonschema
import jsonschema_rs
import polars as pl
import pyarrow as pa
import pytest

from corpus_loader.corpus.schema import (
    SCHEMAS,
    arrow_schema,
    columns,
    definition,
    features,
    field_table,
    polars_schema,
    schema_path,
)
from corpus_loader.records import Article, Evidence, Provenance, Rejection

RECORDS = ("article", "rejection")


def nodes(node, path=""):
    """Every field of a schema with its path."""
    for name, child in node.get("properties", {}).items():
        yield f"{path}{name}", child
        yield from nodes(child, f"{path}{name}.")
    if "items" in node:
        yield from nodes(node["items"], path.removesuffix(".") + "[].")
    if isinstance(node.get("additionalProperties"), dict):
        yield from nodes(node["additionalProperties"], path + "*.")


def types(node):
    return [node["type"]] if isinstance(node["type"], str) else node["type"]


def described(node):
    """The shape of a schema's node, written down without the code under test."""
    kind = next(name for name in types(node) if name != "null")
    if kind == "object":
        return {name: described(child) for name, child in node["properties"].items()}
    if kind == "array":
        return [described(node["items"])]
    return "day" if node.get("format") == "date" else kind


def arrow_shape(kind):
    if pa.types.is_struct(kind):
        return {field.name: arrow_shape(field.type) for field in kind}
    if pa.types.is_list(kind):
        return [arrow_shape(kind.value_type)]
    return {"string": "string", "date32[day]": "day", "int64": "integer", "double": "number"}[str(kind)]


def polars_shape(kind):
    if isinstance(kind, pl.Struct):
        return {field.name: polars_shape(field.dtype) for field in kind.fields}
    if isinstance(kind, pl.List):
        return [polars_shape(kind.inner)]
    return {pl.String: "string", pl.Date: "day", pl.Int64: "integer", pl.Float64: "number"}[kind.base_type()]


def features_shape(feature):
    if isinstance(feature, dict):
        return {name: features_shape(child) for name, child in feature.items()}
    if isinstance(feature, datasets.List):
        return [features_shape(feature.feature)]
    return {"string": "string", "date32": "day", "int64": "integer", "float64": "number"}[feature.dtype]


@pytest.mark.parametrize("kind", RECORDS)
def test_json_arrow_polars_features_and_the_field_table_agree(kind):
    shape = described(definition(kind))
    assert arrow_shape(pa.struct(list(arrow_schema(kind)))) == shape
    assert {name: polars_shape(dtype) for name, dtype in polars_schema(kind).items()} == shape
    assert features_shape(features(kind)) == shape
    assert features(kind).arrow_schema.equals(arrow_schema(kind))
    assert pl.DataFrame(arrow_schema(kind).empty_table()).schema == polars_schema(kind)
    rows = [row.split("`")[1] for row in field_table(kind).splitlines()[2:]]
    assert rows == [path for path, _ in nodes(definition(kind))]
    assert columns(kind) == tuple(shape) == tuple(arrow_schema(kind).names)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_order_of_keys_is_the_order_of_required(kind):
    objects = [definition(kind), *(node for _, node in nodes(definition(kind)) if "properties" in node)]
    objects += [node["items"] for _, node in nodes(definition(kind)) if "properties" in node.get("items", {})]
    for node in objects:
        assert node["required"] == list(node["properties"])
        assert node["additionalProperties"] is False


def test_the_records_have_the_fields_of_the_schema():
    def names(record):
        return [field.name for field in dataclasses.fields(record)]

    assert names(Article) == list(columns("article"))
    assert names(Rejection) == list(columns("rejection"))
    provenance = definition("article")["properties"]["provenance"]["properties"]
    assert names(Provenance) == list(provenance)
    assert set(names(Evidence)) == set(provenance["evidence"]["items"]["properties"])


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_a_schema_and_says_who_it_is(kind):
    schema = definition(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema_rs.meta.validate(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:corpus-loader:schema:{kind}:{schema['version']}"


@pytest.mark.parametrize(
    ("kind", "path"), [(kind, path) for kind in SCHEMAS for path, _ in nodes(definition(kind))], ids=str
)
def test_every_field_is_described_and_its_examples_are_valid(kind, path):
    node = dict(nodes(definition(kind)))[path]
    assert len(node["description"]) >= 10
    if "properties" in node:  # an object's examples are those of its fields
        return
    assert node["examples"]
    if "null" in types(node) and "enum" not in node:
        assert None in node["examples"]
    for example in node["examples"]:
        jsonschema_rs.Draft202012Validator(node, validate_formats=True).validate(example)


@pytest.mark.parametrize("kind", RECORDS)
def test_days_and_offsets_say_calendar_and_unit(kind):
    for path, node in nodes(definition(kind)):
        if node.get("format") == "date":
            assert "Gregorian" in node["description"], path
        if "integer" in types(node):
            assert "code points" in node["description"], path


def test_the_schemas_lie_where_readers_look_for_them():
    assert schema_path().parent == Path(__file__).parents[2] / "schema"
    assert json.loads(schema_path().read_text(encoding="utf-8")) == definition()


def test_a_polars_schema_belongs_to_its_caller():
    polars_schema().clear()
    assert len(polars_schema()) == len(columns())
