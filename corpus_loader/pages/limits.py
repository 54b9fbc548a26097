"""How many lines a page may have."""

from __future__ import annotations

from corpus_loader.errors import PageError

__all__ = ["MAX_LINES", "refuse_lines"]

#: A page of more lines is refused: a list, a log or a trap, and memory goes with the number of lines. Of 4,000 pages
#: of news sites and blogs with their comments, the longest has 2,700; one of 20,000 takes some 250 MB to understand.
MAX_LINES = 20_000


def refuse_lines(count: int) -> None:
    """Raises PageError, `too-large`, where a page has more than MAX_LINES lines."""
    if count > MAX_LINES:
        raise PageError(f"it has more than {MAX_LINES} lines", reason="too-large")
