"""How many lines and tags a page may have: the memory that it takes goes with their number, not with its bytes."""

from __future__ import annotations

from corpus_loader.errors import PageError

__all__ = ["MAX_LINES", "MAX_TAGS", "refuse_lines", "refuse_tags"]

#: A page of more lines is a list, a log or a trap. Of 4,000 pages of news sites and blogs with all their comments, the
#: longest has 2,700; one of 20,000 lines and 8 MB takes up to 300 MB to understand.
MAX_LINES = 20_000
#: The same pages have at most 23,000 tags.
MAX_TAGS = 200_000


def refuse_lines(count: int) -> None:
    """Raises PageError, `too-large`, where a page has more than MAX_LINES lines."""
    _refuse(count, MAX_LINES, "lines")


def refuse_tags(count: int) -> None:
    """Raises PageError, `too-large`, where a page has more than MAX_TAGS tags."""
    _refuse(count, MAX_TAGS, "tags")


def _refuse(count: int, most: int, what: str) -> None:
    if count > most:
        raise PageError(f"it has more than {most} {what}", reason="too-large")
