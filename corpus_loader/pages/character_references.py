"""Character references: `&amp;`, `&#233;`, `&#xE9;`."""

from __future__ import annotations

import html
import re

__all__ = ["unescape"]

#: More figures than any code point has; Python refuses to read thousands.
_ENDLESS = re.compile(r"&#([0-9]{8,})")


def unescape(text: str) -> str:
    """The text with the characters that its references stand for; U+FFFD for those that stand for none."""
    try:
        return html.unescape(text)
    except ValueError:
        return html.unescape(_ENDLESS.sub(lambda match: f"&#{match[1].lstrip('0')[:8] or '0'}", text))
