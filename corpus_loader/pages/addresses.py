"""The URL that a container or a caller states for a page."""

from __future__ import annotations

__all__ = ["read_url"]

#: The URL Standard drops tabs and line ends wherever they stand; U+0000, which broken crawls hold, is in no URL.
_DROPPED = str.maketrans("", "", "\0\t\n\r")


def read_url(stated: str | None) -> str | None:
    """The stated URL on one line, without white space around it; None where that leaves nothing."""
    return (stated or "").translate(_DROPPED).strip() or None
