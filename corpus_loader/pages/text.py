"""Cut a plain-text dump into blocks: one block a line."""

from __future__ import annotations

import re

from corpus_loader.records import Block, Document, Page

__all__ = ["cut_text"]

# A line ends where Unicode says that a new line begins (UAX #14: LF, CR, VT, FF, NEL, LS, PS); CR LF ends one line, as
# no block is empty. The information separators U+001C–U+001F, which `str.splitlines` breaks at too, are left inside.
# `\s` is white space alone: ZWNJ, ZWJ, directional marks and combining marks are not, so no block loses one.
_LINE = re.compile(r"\S(?:[^\n\r\v\f\x85\u2028\u2029]*\S)?")


def cut_text(page: Page, source: str, encoding: str) -> Document:
    """The document whose text is `source`, every character; its blocks are the lines that are not blank.

    A block is a line without the white space around it. Nothing else is removed or altered.
    """
    blocks = [Block(*match.span()) for match in _LINE.finditer(source)]
    return Document(page=page, source=source, text=source, blocks=blocks, encoding=encoding)
