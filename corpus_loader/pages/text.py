"""Cut a plain-text dump into blocks: one block a line."""

from __future__ import annotations

from corpus_loader.pages.limits import MAX_LINES, refuse_lines
from corpus_loader.records import Block, Document, Page

__all__ = ["cut_text"]

#: A line ends where Unicode says that a new line begins (UAX #14): at a line feed, or at one of these. CR LF ends one
#: line, as no block is empty. The information separators U+001C–U+001F, which `str.splitlines` breaks at too, do not.
_LINE_ENDS = "\r\v\f\x85\u2028\u2029"


def cut_text(page: Page, source: str, encoding: str) -> Document:
    """The document whose text is `source`, every character; its blocks are the lines that are not blank.

    A block is a line without the white space around it. Nothing else is removed or altered.

    Raises:
        PageError: `too-large` where there are more than MAX_LINES of them.

    """
    lines = source
    for char in _LINE_ENDS:
        lines = lines.replace(char, "\n")
    blocks, texts, start = [], [], 0
    for line in lines.split("\n"):
        end = start + len(line)
        # ZWNJ, ZWJ, directional marks and combining marks are no white space, so no block loses one.
        if bare := line.strip():
            first = start if len(bare) == len(line) else end - len(line.lstrip())
            # Three times as fast as to call Block: a page has hundreds.
            blocks.append(tuple.__new__(Block, (first, first + len(bare), None)))
            texts.append(bare)
            if len(blocks) > MAX_LINES:
                break
        start = end + 1
    refuse_lines(len(blocks))
    document = Document(page=page, source=source, text=source, blocks=blocks, encoding=encoding)
    return document.with_texts(texts)
