"""Tell HTML from a text dump, and both from what is no page at all."""

from __future__ import annotations

import re

from corpus_loader.errors import PageError
from corpus_loader.records import MediaType

__all__ = ["begins_as_html", "media_type_of_header", "media_type_of_name", "sniff_media_type"]

_BY_SUFFIX: dict[str, MediaType] = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".shtml": "text/html",
}
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})

# Files that get saved under the name of a page, by their first bytes.
_SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip archive",
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\xd0\xcf\x11\xe0": "an Office document",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "gzip data",
    b"\x28\xb5\x2f\xfd": "Zstandard data",
}

# The page states that it is HTML with its first tag, after white space, comments and an XML prolog.
_BEGINS_AS_HTML = re.compile(rb"(?>\s+|<!--.*?-->|<\?xml.*?\?>)*+<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S)
# Fragments, and pages whose server prints something before the page.
_HOLDS_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|div|table|article|section|p|h1|br|a\s+href)[\s>/]",
    re.I,
)
_HEAD = 4096
_BOMS = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)")


def media_type_of_name(name: str) -> MediaType | None:
    """The media type that a file name states: `.txt`, or `.html` and its like; None for any other suffix."""
    dot = name.rfind(".")
    return _BY_SUFFIX.get(name[dot:].lower()) if dot >= 0 else None


def media_type_of_header(stated: str) -> MediaType | None:
    """`text/html` for an HTTP or WARC Content-Type that says HTML or XHTML, `text/plain` for plain text, else None."""
    essence = stated.partition(";")[0].strip().lower()
    if essence in _HTML_TYPES:
        return "text/html"
    return "text/plain" if essence == "text/plain" else None


def sniff_media_type(content: bytes, name: str | None = None) -> MediaType:
    """What a page is by its name and first bytes, deterministically.

    A page that begins as HTML is HTML whatever its name says; else the name decides; else any common tag among the
    first 4,096 bytes makes it HTML.

    Raises:
        PageError: `unreadable` if the bytes are a PDF, an image, an archive or the like.

    """
    head = _without_mark(content)
    for signature, what in _SIGNATURES.items():
        if head.startswith(signature):
            raise PageError(f"it is {what}, not a page", reason="unreadable")
    if begins_as_html(head):
        return "text/html"
    if stated := media_type_of_name(name or ""):
        return stated
    return "text/html" if _HOLDS_HTML.search(head.replace(b"\0", b"")) else "text/plain"


def begins_as_html(content: bytes) -> bool:
    """Whether the first tag states that it is HTML, in UTF-16 too."""
    return _BEGINS_AS_HTML.match(_without_mark(content).replace(b"\0", b"")) is not None


def _without_mark(content: bytes) -> bytes:
    return _BOMS.sub(b"", content[:_HEAD])
