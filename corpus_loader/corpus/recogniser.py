r"""Lines that are valid at sight: the schema as one regular expression.

The records nest to a fixed depth, so their schema is a regular language once the order of the keys is fixed. An
automaton reads a line faster than any JSON parser, and what it accepts can't hold a duplicate key, a lone surrogate,
broken UTF-8 or an escaped NUL. It accepts lines whose keys stand in schema order, with at most one blank after "," and
":", which is how both this package and `json.dumps` write them. It is sound, not complete: a refused line may be
valid, and goes to the validator. A test holds it to that. What two numbers are to one another it can't tell:
`span_sieve` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus_loader.corpus.schema import Kind, definition

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["expression", "recognised"]

_HEX = "[0-9a-fA-F]"
_ESCAPES = (
    r'\\["\\/bfnrt]',
    rf"\\u00(?:0[1-9a-fA-F]|[1-9a-fA-F]{_HEX})",  # not U+0000
    rf"\\u0[1-9a-fA-F]{_HEX}{{2}}",
    rf"\\u[1-9a-cA-CefEF]{_HEX}{{3}}",
    rf"\\u[dD][0-7]{_HEX}{{2}}",
    rf"\\u[dD][89abAB]{_HEX}{{2}}\\u[dD][c-fC-F]{_HEX}{{2}}",  # a whole pair of surrogates
)

#: 29 February is left to the validator, which knows the leap years.
_DAY = (
    "[12][0-9]{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    "|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)  # fmt: skip


def recognised(lines: pa.StringArray, kind: Kind = "article") -> NDArray[np.bool_]:
    """For each line, its newline included: True where it is surely valid, False where the validator must tell."""
    import numpy as np
    import pyarrow.compute as pc

    found = pc.match_substring_regex(lines, pattern=expression(kind)).cast("uint8")
    return np.frombuffer(found.buffers()[1], np.bool_, len(lines))  # `to_numpy` would import pandas


@cache
def expression(kind: Kind = "article") -> str:
    """The regular expression (RE2) that accepts only valid lines of that kind."""
    return rf"\A{_value(definition(kind))}\n\z"


def _value(node: dict[str, Any]) -> str:
    types = [node["type"]] if isinstance(node["type"], str) else node["type"]
    (shape,) = (name for name in types if name != "null")
    accepted = _SHAPES[shape](node)
    return f"(?:{accepted}|null)" if "null" in types else accepted


def _object(node: dict[str, Any]) -> str:
    """All keys, each once, in schema order; what another value depends on is left to the validator."""
    if node["required"] != list(node["properties"]) or node["additionalProperties"]:
        raise ValueError("an object with optional keys is not a fixed struct")
    children = dict(node["properties"])
    for condition in node.get("allOf", ()):
        for name, test in condition["if"]["properties"].items():
            kept = [value for value in children[name]["enum"] if value != test["const"]]
            children[name] = {**children[name], "enum": kept}
    return r"\{" + ", ?".join(f'"{name}": ?{_value(child)}' for name, child in children.items()) + r"\}"


def _array(node: dict[str, Any]) -> str:
    item = _value(node["items"])
    return rf"\[(?:{item}(?:, ?{item})*)?\]"


def _integer(node: dict[str, Any]) -> str:
    _expect(node, minimum=0, maximum=2**53 - 1)
    return "(?:0|[1-9][0-9]{0,14})"


def _number(node: dict[str, Any]) -> str:
    _expect(node, minimum=0, maximum=1)
    return r"(?:0(?:\.[0-9]{1,30})?|1(?:\.0)?)"


def _string(node: dict[str, Any]) -> str:
    if "enum" in node:
        return f'"(?:{"|".join(value for value in node["enum"] if value is not None)})"'
    if node.get("format") == "date":
        return f'"{_DAY}"'
    pattern = node.get("pattern")
    if pattern is None:
        return f'"{_CHARACTER}*"'
    if pattern.startswith("^") and pattern.endswith("$"):
        return f'"(?:{pattern[1:-1]})"'  # of characters that JSON need not escape
    blanks = [(int(first, 16), int(last or first, 16)) for first, last in _RANGE.findall(pattern)]
    return f'"{_CHARACTER}*{_class_without(blanks)}{_CHARACTER}*"'  # at least one that is not blank


#: A character or a range of characters in a pattern of the schema.
_RANGE = re.compile(r"\\u([0-9a-f]{4})(?:-\\u([0-9a-f]{4}))?")

#: What JSON does not allow in a string as it is, and the surrogates, which UTF-8 does not allow.
_NEVER_RAW = ((0x00, 0x1F), (0x22, 0x22), (0x5C, 0x5C), (0xD800, 0xDFFF))


def _class_without(excluded: Iterable[tuple[int, int]]) -> str:
    """The class of the characters that can stand in a JSON string as they are, without those excluded."""
    kept: list[str] = []
    after = 0
    for first, last in sorted((*excluded, *_NEVER_RAW, (0x110000, 0x110000))):
        if after < first:
            kept.append(rf"\x{{{after:x}}}-\x{{{first - 1:x}}}")
        after = max(after, last + 1)
    return f"[{''.join(kept)}]"


_CHARACTER = f"(?:{_class_without(())}|{'|'.join(_ESCAPES)})"

_SHAPES = {"object": _object, "array": _array, "integer": _integer, "number": _number, "string": _string}


def _expect(node: dict[str, Any], **limits: float) -> None:
    """The expressions for numbers are written for these limits: a schema with others must not use them."""
    if any(node.get(keyword) != limit for keyword, limit in limits.items()):
        raise ValueError(f"the recogniser knows numbers within {limits}, the schema states others")
