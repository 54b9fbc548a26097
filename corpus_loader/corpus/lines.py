"""One line of a JSONL file against the schema: exact, with every violation explained.

jsonschema-rs tells whether; jsonschema tells what. The differential tests hold the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import orjson

from corpus_loader.corpus.jsonlines import LINE_LIMIT
from corpus_loader.corpus.schema import Kind, definition
from corpus_loader.corpus.span_order import span_faults
from corpus_loader.corpus.strict_json import Violation, pointer, shown, strict_faults

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

__all__ = ["BOM", "Row", "check_line", "check_row", "too_long"]

Row = dict[str, Any]

BOM = b"\xef\xbb\xbf"
_MARK = Violation("byte-order-mark", "", "a byte order mark (EF BB BF)", "UTF-8 without one")

_OLD_MAC = Violation("carriage-return", "", r"objects parted by \r alone", r"one JSON object a line, ended by \n")


def check_line(line: bytes, kind: Kind = "article") -> tuple[Row | None, tuple[Violation, ...]]:
    """The row of a line without its newline, and no violation; or no row, and every violation in the line's order."""
    if len(line) > LINE_LIMIT:
        return None, (too_long(len(line)),)
    if line.startswith(BOM):
        return None, (_MARK, *check_line(line[len(BOM) :], kind)[1])
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return None, _unparsed(line, error)
    broken = check_row(row, kind)
    if not broken and _keys_are_unique(line, row):
        return row, ()
    violations = strict_faults(line.decode("utf-8")) + broken
    return (None, violations) if violations else (row, ())


def too_long(length: int) -> Violation:
    """The violation of a line of so many bytes."""
    return Violation("line-too-long", "", f"a line of {length:,} bytes", f"at most {LINE_LIMIT:,} bytes")


def check_row(row: Any, kind: Kind = "article") -> tuple[Violation, ...]:
    """Every violation of a parsed row, at most one a value; empty where it obeys the schema and its spans are whole."""
    spans = tuple(span_faults(row, kind))
    if _validator(kind).is_valid(row):
        return spans
    found: dict[str, Violation] = {}
    for error in _explainer(kind).iter_errors(row):
        for violation in _violations(error):
            found.setdefault(violation.pointer, violation)
    found = found or {violation.pointer: violation for violation in _unexplained(row, kind)}
    for violation in spans:
        found.setdefault(violation.pointer, violation)
    return tuple(found.values())


def _unexplained(row: Any, kind: Kind) -> Iterator[Violation]:
    """The violations in the words of jsonschema-rs, should jsonschema ever see none."""
    for error in _validator(kind).iter_errors(row):
        yield Violation("schema", pointer(tuple(error.instance_path)), shown(error.instance), error.message)


@cache
def _validator(kind: Kind) -> Any:
    return jsonschema_rs.Draft202012Validator(definition(kind), validate_formats=True)


@cache
def _explainer(kind: Kind) -> Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(definition(kind), format_checker=Draft202012Validator.FORMAT_CHECKER)


# ------------------------------------------------------------------------------------------------- duplicate keys


#: What could hide the end of a key, or show one where none is.
_DISGUISED = re.compile(rb'"[ \t\r]+:|\\u0022|\\u003[aA]')


def _keys_are_unique(line: bytes, row: Row) -> bool:
    r"""Is it sure that a valid row's line repeats no key, at any depth?

    No parser tells. But every key ends in `":`, where no blank stands before the colon, and what a text holds of these
    is `\":` in the line and in the row written anew, unless the line spells the quote or the colon by its number
    (`\u0022`, `\u003a`). So if both hold as many, no key was lost; else the answer is False, and the exact parser
    decides.
    """
    return _DISGUISED.search(line) is None and line.count(b'":') == orjson.dumps(row).count(b'":')


# ------------------------------------------------------------------------------------------------ what is not JSON


def _unparsed(line: bytes, error: orjson.JSONDecodeError) -> tuple[Violation, ...]:
    """Why a line is no JSON, named where the reason has a name."""
    if not line.strip():
        return (Violation("blank-line", "", "a line without a record", "one JSON object a line"),)
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as broken:
        octets = line[broken.start : broken.end].hex(" ").upper()
        found = f"the bytes {octets} at byte {broken.start + 1} of the line"
        return (Violation("utf-8", "", found, "valid UTF-8"),)
    faults = strict_faults(text)
    if faults:
        return faults
    if b"}\r{" in line:  # no string of JSON holds a carriage return
        return (_OLD_MAC,)
    start = max(0, error.pos - 20)
    found = f"{error.msg} at character {error.pos + 1}, at {shown(text[start : error.pos + 20])}"
    return (Violation("json", "", found, "one JSON object a line"),)


# ------------------------------------------------------------------------------------------------ what is not valid


def _violations(error: ValidationError) -> Iterator[Violation]:
    """The error of the validator in the words of a person; one for each key that is missing or unknown."""
    path = tuple(error.absolute_path)
    keyword = str(error.validator)
    node: Any = error.schema
    instance: Any = error.instance
    if keyword == "required":
        name = next(name for name in node["required"] if repr(name) in error.message and name not in instance)
        yield Violation(keyword, pointer((*path, name)), "no such key", _expected(node["properties"][name]))
    elif keyword == "additionalProperties":
        known = ", ".join(node["properties"])
        for name in instance:
            if name not in node["properties"]:
                yield Violation("unknown-key", pointer((*path, name)), shown(instance[name]), f"only {known}")
    else:
        yield Violation(_rule(keyword, node), pointer(path), shown(instance), _expected(node))


def _rule(keyword: str, node: dict[str, Any]) -> str:
    """The schema's keyword; `not` and the search for a visible character have a name of their own."""
    if keyword == "not":
        return "nul" if node["not"]["pattern"] == r"\u0000" else "blank-inside"
    if keyword == "pattern" and node["pattern"].startswith("[^"):
        return "blank"
    return keyword


def _expected(node: dict[str, Any]) -> str:
    """What the schema allows at that place, then what it means there."""
    types = [node["type"]] if isinstance(node["type"], str) else node["type"]
    allowed = " or ".join(types)
    if "enum" in node:
        allowed = "one of " + ", ".join(shown(value) for value in node["enum"])
    elif node.get("format") == "date":
        allowed = allowed.replace("string", "a day of the calendar as YYYY-MM-DD")
    elif node.get("pattern", "").startswith("^"):
        allowed = allowed.replace("string", f"string like {shown(node['examples'][0])}")
    elif "pattern" in node:
        allowed = allowed.replace("string", "string with a visible character and without U+0000")
    elif "not" in node:
        allowed = allowed.replace("string", "string without U+0000")
    elif "maximum" in node:
        allowed += f" from {node['minimum']} to {node['maximum']}"
    return f"{allowed}: {node['description']}"
