"""Raw pages: read from wherever they lie, decoded by evidence, and cut into blocks of text.

`read_pages` gives `Page`s, `cut` makes a `Document` of one; nothing here knows what an article is.
"""

from __future__ import annotations

import dataclasses

from corpus_loader.errors import PageError
from corpus_loader.pages.media_types import sniff_media_type
from corpus_loader.pages.reading import INPUT_FORMATS, Pages, read_page, read_pages
from corpus_loader.pages.source import MAX_PAGE_BYTES
from corpus_loader.records import Document, Page

__all__ = ["INPUT_FORMATS", "MAX_PAGE_BYTES", "Pages", "cut", "read_page", "read_pages", "sniff_media_type"]


def cut(page: Page) -> Document:
    """The page's characters, its text and its blocks: the same in the bytes, media type and charset of the page.

    Raises:
        PageError: `undecodable` where its encoding can't be told; `empty-page` where it holds no visible text.

    """
    # Imported here: the HTML parser is a large library, and reading alone has no use for it.
    from corpus_loader.pages.encoding import decode

    decoded = decode(page.content, media_type=page.media_type, declared=page.charset)
    if page.media_type == "text/html":
        from corpus_loader.pages.html import cut_html as cutter
    else:
        from corpus_loader.pages.text import cut_text as cutter
    document = cutter(page, decoded.text, decoded.encoding)
    if not document.blocks:
        raise PageError("it holds no visible text", reason="empty-page")
    return dataclasses.replace(document, replaced=decoded.replaced) if decoded.replaced else document
