"""Cut a page into blocks, whatever its encoding and media type."""

from __future__ import annotations

import dataclasses

from corpus_loader.errors import PageError
from corpus_loader.pages.encoding import decode
from corpus_loader.records import Document, Page, Rejection

__all__ = ["cut", "cut_or_reject"]


def cut(page: Page) -> Document:
    """The page's characters, its text and its blocks: the same in the bytes, media type and charset of the page.

    Raises:
        PageError: `undecodable` where its encoding can't be told, `too-large` where it has too many lines.

    """
    if page.media_type == "text/html":
        from corpus_loader.pages.html import cut_html as cutter
    else:
        from corpus_loader.pages.text import cut_text as cutter
    decoded = decode(page.content, media_type=page.media_type, declared=page.charset)
    document = cutter(page, decoded.text, decoded.encoding)
    return dataclasses.replace(document, replaced=decoded.replaced) if decoded.replaced else document


def cut_or_reject(page: Page) -> Document | Rejection:
    """The page cut into blocks, or, where it can't be, the rejection that says why."""
    try:
        return cut(page)
    except PageError as error:
        return Rejection(page.name, page.sha256, page.media_type, page.url, None, error.reason, str(error))
