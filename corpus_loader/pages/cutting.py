"""Cut a page into blocks, whatever its encoding and media type."""

from __future__ import annotations

import dataclasses

from corpus_loader.pages.encoding import decode
from corpus_loader.records import Document, Page

__all__ = ["cut"]


def cut(page: Page) -> Document:
    """The page's characters, its text and its blocks: the same in the bytes, media type and charset of the page.

    Raises:
        PageError: `undecodable` where its encoding can't be told.

    """
    if page.media_type == "text/html":
        from corpus_loader.pages.html import cut_html as cutter
    else:
        from corpus_loader.pages.text import cut_text as cutter
    decoded = decode(page.content, media_type=page.media_type, declared=page.charset)
    document = cutter(page, decoded.text, decoded.encoding)
    return dataclasses.replace(document, replaced=decoded.replaced) if decoded.replaced else document
