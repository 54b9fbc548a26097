"""The canonical URL of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from corpus_loader.records import Document, Evidence, Finding

__all__ = ["canonical", "copied", "find_url", "url_parts"]

#: Addresses of copies, which hold the copied page's own: archives, and the caches of Accelerated Mobile Pages, which
#: leave its scheme out.
_COPIES = re.compile(
    r"https?://(?:"
    r"(?:web\.|wayback\.)?archive\.org/(?:web/)?[0-9*]+(?:[a-z]{2}_)?/"
    r"|wayback\.archive-it\.org/\d+/\d+/|arquivo\.pt/wayback/\d+/"
    r"|archive\.(?:today|ph|is|li|vn|fo|md)/(?:[\w.-]+/)?(?=https?://)"
    r"|(?:[a-z0-9-]+\.)?(?:cdn\.ampproject\.org|bing-amp\.com)/(?:wp/|[a-z]/)(?:s/)?"
    r"|(?:www\.)?(?:google|bing)(?:\.[a-z]+)+/amp/(?:s/)?"
    r")(?P<address>(?P<scheme>https?:/+)?[^/\s]+\.[^/\s]+.*)",
    re.IGNORECASE,
)

_UNRESERVED = "-._~"
_KEPT = "!$&'()*+,;=:@/%" + _UNRESERVED  # RFC 3986 pchar, "/" and already escaped octets
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


def copied(url: str) -> tuple[str, int]:
    """The address of the page that the URL serves a copy of, and where it starts in the URL; else the URL itself and 0.

    An address without a scheme, as caches have it, is given `https`.
    """
    copy = _COPIES.match(url)
    if copy is None:
        return url, 0
    address = copy["address"] if copy["scheme"] else f"https://{copy['address']}"
    return address, copy.start("address")


def find_url(document: Document) -> Finding[str]:
    """The URL that the page states as its own, else the one it was fetched from; null for a bare text dump.

    A stated canonical URL counts only on the host that the page came from (a syndicated copy may point elsewhere, a
    broken template to the home page): then the fetched URL stands.
    """
    fetched = canonical(copied(document.page.url)[0]) if document.page.url else None
    for stated, evidence in _stated(document, fetched):
        if fetched is None or _same_article(stated, fetched):
            return Finding(stated, (evidence,))
    if fetched is None:
        return Finding(None, reason="no-url", detail="neither the container nor the page states a URL")
    return Finding(fetched, (Evidence("url", "fetched-from", quote=document.page.url, origin="container"),))


def url_parts(url: str) -> SplitResult | None:
    """The parts of a URL; None for what is none: pages and crawls hold `http://[bad` too."""
    try:
        return urlsplit(url.strip())
    except ValueError:
        return None


def canonical(url: str, base: str | None = None) -> str | None:
    """The URL in one spelling: lower-case scheme and host, escaped to ASCII (RFC 3986, IDNA), no fragment.

    None where it is no http(s) URL.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() not in {"http", "https"} or not _HOST.fullmatch(host):
        return None
    if port is not None and port != {"http": 80, "https": 443}[parts.scheme.lower()]:
        host = f"{host}:{port}"
    return urlunsplit((parts.scheme.lower(), host, _escaped(parts.path or "/"), _escaped(parts.query, "?"), ""))


def _escaped(text: str, more: str = "") -> str:
    return quote(_BROKEN_ESCAPE.sub("%25", text), safe=_KEPT + more, errors="replace")


def _stated(document: Document, fetched: str | None) -> Iterator[tuple[str, Evidence]]:
    for name in ("link:canonical", "meta:og:url"):
        for datum in document.stated(name):
            url = canonical(copied(datum.value)[0], fetched)
            if url is not None:
                yield url, Evidence("url", name, datum.start, datum.end, datum.value, "markup")


def _same_article(stated: str, fetched: str) -> bool:
    a, b = urlsplit(stated), urlsplit(fetched)
    site_a, site_b = (host.rpartition(":")[0] or host for host in (a.netloc, b.netloc))
    related = _bare(site_a) == _bare(site_b)
    return related and (a.path not in {"", "/"} or b.path in {"", "/"} or bool(a.query))


def _bare(host: str) -> str:
    """A host without the labels that only say which device it serves."""
    return re.sub(r"^(?:(?:www|m|amp|mobile)\.)+", "", host)
