"""The page as it was found, and as it was cut. Offsets count Unicode code points; instants are UTC."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, Self

MediaType = Literal["text/plain", "text/html"]


@dataclass(frozen=True)
class Page:
    """One raw page as it was found: its bytes and what its container says about it."""

    #: Path below the input with "/" on every system; inside a container `container#member` or `container#offset`.
    name: str
    content: bytes
    media_type: MediaType
    url: str | None = None
    #: When it was fetched, UTC, if the container says so.
    fetched: dt.datetime | None = None
    #: The charset that the HTTP header or the table states; None leaves it to the page's own evidence.
    charset: str | None = None

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the raw bytes, 64 hex digits."""
        return hashlib.sha256(self.content).hexdigest()


class Outline(NamedTuple):
    """The elements of one HTML page that are shown, numbered in page order; number 0 is the page itself."""

    #: The number of the element around each element; 0 for the page's own.
    parents: Sequence[int]
    #: Tag names in lower case.
    names: Sequence[str]
    #: Start tags as written, from `<` to `>`; empty for the page's own.
    starts: Sequence[str]

    def up(self, element: int) -> Iterator[int]:
        """The element and those around it, innermost first, without the page itself."""
        while element:
            yield element
            element = self.parents[element]

    def tokens(self, element: int) -> tuple[str, ...]:
        """The element's own class and id tokens, in lower case."""
        return _tokens(self.starts[element])


_CLASS_OR_ID = re.compile(r"""\s(?:class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _tokens(start: str) -> tuple[str, ...]:
    """Class and id tokens of a start tag; the blocks of a page, and the pages of a site, share most of their tags."""
    return tuple(" ".join("".join(value) for value in _CLASS_OR_ID.findall(start)).lower().split())


class Markup(NamedTuple):
    """What the DOM states about one block of an HTML page."""

    outline: Outline
    #: The innermost element around the whole block.
    element: int
    #: Share of the block's characters inside links, 0 to 1.
    link_share: float

    @property
    def tag(self) -> str:
        """The name of the block's element."""
        return self.outline.names[self.element]

    @property
    def path(self) -> tuple[str, ...]:
        """Tag names from the outermost element down to the block's own."""
        names = [self.outline.names[element] for element in self.outline.up(self.element)]
        return tuple(reversed(names))

    def is_within(self, names: Set[str]) -> bool:
        """Whether the block's element, or one around it, has one of these tag names."""
        element, (parents, tags, _) = self.element, self.outline
        while element:
            if tags[element] in names:
                return True
            element = parents[element]
        return False

    @property
    def tokens(self) -> tuple[str, ...]:
        """Lower-case class and id tokens of the block's element and the three around it, innermost first."""
        found: tuple[str, ...] = ()
        element, parents = self.element, self.outline.parents
        for _ in range(4):
            found += self.outline.tokens(element)
            element = parents[element]
        return found


class Block(NamedTuple):
    """One line of a page: `text[start:end]` of its document, without outer white space, never empty."""

    start: int
    end: int
    markup: Markup | None = None


class Metadatum(NamedTuple):
    """A value that the page states outside its text.

    `name` says where: `jsonld:NewsArticle.datePublished`, `meta:article:published_time`, `meta:og:site_name`,
    `link:canonical`, `time@datetime`, `title`, `html@lang`. Offsets are into the document's `source`, None where the
    literal value can't be found there (escapes). `block` is the index of the block it stands in or beside, if any.
    """

    name: str
    value: str
    start: int | None = None
    end: int | None = None
    block: int | None = None


@dataclass(frozen=True)
class Document:
    """A page cut into blocks: one shape for text dumps and for HTML."""

    page: Page
    #: The decoded characters of the page, exactly; of an HTML page without U+0000. For a text dump the same as `text`.
    source: str
    #: The page's text, which every "text" offset counts in. Deterministic in the bytes and charset alone.
    text: str
    blocks: Sequence[Block]
    metadata: Sequence[Metadatum] = ()
    #: The encoding that was used, as the Encoding Standard names it, in lower case.
    encoding: str = "utf-8"
    #: How many byte sequences meant nothing in that encoding; each stands in `source` as U+FFFD.
    replaced: int = 0

    @cached_property
    def texts(self) -> Sequence[str]:
        """The characters of each block, in page order."""
        text = self.text
        return [text[start:end] for start, end, _ in self.blocks]

    def with_texts(self, texts: Sequence[str]) -> Self:
        """Give the document its `texts`, which whoever cut it has already, and return it."""
        self.__dict__["texts"] = texts
        return self

    def stated(self, name: str) -> tuple[Metadatum, ...]:
        """All metadata of that name, in page order."""
        return tuple(self._metadata_by_name.get(name, ()))

    @property
    def stated_names(self) -> Collection[str]:
        """The names of the metadata, each once."""
        return self._metadata_by_name.keys()

    @cached_property
    def _metadata_by_name(self) -> Mapping[str, Sequence[Metadatum]]:
        found: dict[str, list[Metadatum]] = {}
        for datum in self.metadata:
            found.setdefault(datum.name, []).append(datum)
        return found
