"""Character references: `&amp;`, `&#233;`, `&#xE9;`."""

from __future__ import annotations

import functools
import html
import re
from html.entities import html5

__all__ = ["unescape", "unescape_attribute"]

_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[^\t\n\f <&#;]{1,32});?")
#: In an attribute, a name without its semicolon counts if neither `=` nor more of a word follows: `?a=1&copy=2`.
_IN_ATTRIBUTE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|([A-Za-z0-9]++(?:;|(?!=))))")
#: No reference is longer that is not made so by its figures.
_LONGEST = 40
#: More figures than any code point has; Python refuses to read thousands.
_ENDLESS = re.compile(r"&#0*([0-9]{1,8})[0-9]*")


def unescape(text: str) -> str:
    """The text with the characters that its references stand for; U+FFFD for those that stand for none."""
    return _REFERENCE.sub(_character, text)


def unescape_attribute(value: str) -> str:
    """The same of an attribute's value, where less counts as a reference, for the sake of addresses."""
    return _IN_ATTRIBUTE.sub(_attribute_character, value)


def _character(reference: re.Match[str]) -> str:
    text = reference[0]
    return _read(text) if len(text) <= _LONGEST else html.unescape(_ENDLESS.sub(r"&#\1", text))


def _attribute_character(reference: re.Match[str]) -> str:
    name = reference[1]
    return html5.get(name, reference[0]) if name else _character(reference)


#: A page has few different references, many times each.
_read = functools.lru_cache(1 << 10)(html.unescape)
