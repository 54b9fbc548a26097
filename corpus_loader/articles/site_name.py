"""Lines that name the site and not the article: as the page states it, or because they lead to its front page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_loader.articles.address import url_parts
from corpus_loader.articles.wording import title_key
from corpus_loader.pages.html_attributes import attributes
from corpus_loader.records import Document, Markup

__all__ = ["FRONT", "names_site"]

#: Paths of a front page.
FRONT = frozenset({"", "/", "/index.html", "/index.htm", "/index.php", "/home"})
_STATED = re.compile(r"meta:og:site_name$|jsonld:\w+\.publisher\.name$")
#: Some templates state each page's headline as the name of the site.
_HEADLINE = re.compile(r"jsonld:\w+\.headline$")
#: The line is a link, but for a sign beside it.
_LINKED = 0.8


def names_site(document: Document, key: str, blocks: Sequence[int]) -> bool:
    """Is a wording, by its `title_key` and the lines that are so worded, the name of the site?"""
    if any(_leads_to_front(document.blocks[index].markup) for index in blocks):
        return True
    return key in _keys_of(document, _STATED) and key not in _keys_of(document, _HEADLINE)


def _keys_of(document: Document, names: re.Pattern[str]) -> set[str]:
    return {
        title_key(datum.value) for name in filter(names.match, document.stated_names) for datum in document.stated(name)
    }


def _leads_to_front(markup: Markup | None) -> bool:
    if markup is None or markup.link_share < _LINKED:
        return False
    names, starts = markup.outline.names, markup.outline.starts
    link = next((starts[element] for element in markup.outline.up(markup.element) if names[element] == "a"), "")
    address = attributes(link).get("href", "").strip()
    if not address or (parts := url_parts(address)) is None:
        return False
    return parts.path in FRONT and not parts.query and not parts.fragment and address[0] not in "#?"
