"""The records that flow: Page → Document → Extract → Article or Rejection.

All are frozen values. Offsets count Unicode code points. Days are Gregorian, instants are UTC.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, Literal, NamedTuple, TypeVar

__all__ = [
    "Article",
    "Block",
    "Candidate",
    "DateBasis",
    "DatePrecision",
    "Decision",
    "Document",
    "Evidence",
    "Extract",
    "Finding",
    "Findings",
    "Label",
    "LabelledBlock",
    "Markup",
    "MediaType",
    "Metadatum",
    "Origin",
    "Outline",
    "Page",
    "Provenance",
    "PublicationDate",
    "Rejection",
    "Source",
]

MediaType = Literal["text/plain", "text/html"]
DatePrecision = Literal["day", "month", "year"]
DateBasis = Literal["metadata", "stamp", "url", "dateline", "narrative", "curated"]

#: What an evidence's offsets count in: the page's text, its decoded markup, its URL, the container's own
#: headers (no offsets), or the declaration `corpus.toml` (no offsets).
Origin = Literal["text", "markup", "url", "container", "declaration"]

T = TypeVar("T")


# ------------------------------------------------------------------------------------------------ the page as found


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


_CLASS_OR_ID = re.compile(r"""\s(?:class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_CONTAINERS = frozenset("article aside body div dl footer form header li main nav ol section table td ul".split())


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

    @property
    def tokens(self) -> tuple[str, ...]:
        """Lower-case class and id tokens of the block's element and the three around it, innermost first."""
        elements = itertools.islice(self.outline.up(self.element), 4)
        found = (_CLASS_OR_ID.findall(self.outline.starts[element]) for element in elements)
        return tuple(" ".join("".join(value) for values in found for value in values).lower().split())

    @property
    def containers(self) -> tuple[int, ...]:
        """Numbers of the block's four nearest container elements, nearest first."""
        elements = (e for e in self.outline.up(self.element) if self.outline.names[e] in _CONTAINERS)
        return tuple(itertools.islice(elements, 4))


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
    #: The decoded characters of the page, exactly; for a text dump the same string as `text`.
    source: str
    #: The page's text, which every "text" offset counts in. Deterministic in the bytes and charset alone.
    text: str
    blocks: Sequence[Block]
    metadata: Sequence[Metadatum] = ()
    #: The encoding that was used, as Python names it.
    encoding: str = "utf-8"

    def block_text(self, index: int) -> str:
        """The characters of one block."""
        block = self.blocks[index]
        return self.text[block.start : block.end]

    def stated(self, name: str) -> tuple[Metadatum, ...]:
        """All metadata of that name, in page order."""
        return tuple(datum for datum in self.metadata if datum.name == name)


# --------------------------------------------------------------------------------------------------- what was found


class Label(enum.StrEnum):
    """What one block is to the article. BODY, STANDFIRST and SUBHEADING make the body, in page order."""

    TITLE = "title"
    STANDFIRST = "standfirst"
    BODY = "body"
    SUBHEADING = "subheading"
    BYLINE = "byline"
    CREDIT = "credit"
    CAPTION = "caption"
    FURNITURE = "furniture"


#: The labels whose blocks are the article's body.
BODY_LABELS = frozenset({Label.BODY, Label.STANDFIRST, Label.SUBHEADING})


class LabelledBlock(NamedTuple):
    """The label of one block, how sure the labeller is that it is body (0 to 1), and why, strongest first."""

    label: Label
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """From which characters, and by which rule, one field of one article came."""

    field: str
    #: Kebab-case name of the rule; a curated fact's rule is "curated: " and the person's own why.
    rule: str
    start: int | None = None
    end: int | None = None
    #: The characters at start:end. None for body and language, whose characters `body` itself holds.
    quote: str | None = None
    origin: Origin = "text"
    #: Calibrated probability that the value is right, 0 to 1.
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that was seen and not taken, with what it rests on."""

    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Finding(Generic[T]):
    """A value with its evidence, or None with the reason and the candidates that were seen."""

    value: T | None
    evidence: tuple[Evidence, ...] = ()
    #: A code of `schema/rejection.schema.json`; None where there is a value.
    reason: str | None = None
    #: The reason in words, for a person.
    detail: str | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """The first day of the publication period, its precision, and what it rests on."""

    day: dt.date
    precision: DatePrecision
    basis: DateBasis


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet: registered host without `www`, and its name in Latin script where the registry has one."""

    host: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one page, and why; None where nothing was decided."""

    why: str
    #: Characters of the page that the decision rests on; they must stand in its text.
    quote: str | None = None
    remove: bool = False
    source: str | None = None
    language: str | None = None
    date: dt.date | None = None
    date_precision: DatePrecision = "day"
    title: str | None = None
    #: How the body's first and last lines begin; every line between them is body.
    body_from: str | None = None
    body_to: str | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found on one page, field by field, each established or with the reason why not."""

    #: True where the page holds an article; None with reason `not-an-article`, `no-body` or `empty-page` where not.
    article: Finding[bool]
    title: Finding[str]
    #: Paragraphs joined by blank lines; one evidence per slice, in page order.
    body: Finding[str]
    byline: Finding[str]
    credit: Finding[str]
    date: Finding[PublicationDate]
    retrieved: Finding[dt.date]
    source: Finding[Source]
    language: Finding[str]
    url: Finding[str]


@dataclass(frozen=True)
class Extract:
    """All that one page gives. It never refuses a page: what could not be established is None.

    The properties are the plain values; `findings` says for each from which characters and by which rule, or why not.
    """

    document: Document
    labels: Sequence[LabelledBlock]
    findings: Findings

    @property
    def title(self) -> str | None:
        """The headline as printed."""
        return self.findings.title.value

    @property
    def body(self) -> str | None:
        """Paragraphs and subheadings as printed, joined by blank lines."""
        return self.findings.body.value

    @property
    def byline(self) -> str | None:
        """The author line as printed."""
        return self.findings.byline.value

    @property
    def credit(self) -> str | None:
        """The agency or source credit as printed, without its label."""
        return self.findings.credit.value

    @property
    def date(self) -> dt.date | None:
        """The publication day, or the first day of its period; precision and basis are in `findings.date`."""
        return self.findings.date.value.day if self.findings.date.value else None

    @property
    def retrieved(self) -> dt.date | None:
        """The day on which the page was fetched."""
        return self.findings.retrieved.value

    @property
    def source(self) -> str | None:
        """The outlet's registered host."""
        return self.findings.source.value.host if self.findings.source.value else None

    @property
    def language(self) -> str | None:
        """BCP 47 tag of the body."""
        return self.findings.language.value

    @property
    def url(self) -> str | None:
        """The canonical URL."""
        return self.findings.url.value


# ---------------------------------------------------------------------------------------------------- what is kept


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a record came from, and the evidence for each of its fields."""

    page: str
    page_sha256: str
    media_type: MediaType
    #: name/version of the program that made the record.
    extractor: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One record of a corpus; the fields are those of `schema/article.schema.json`, in its order."""

    id: str
    source: str
    source_name: str | None
    language: str
    date: dt.date
    date_precision: DatePrecision
    date_basis: DateBasis
    title: str | None
    body: str
    byline: str | None
    credit: str | None
    url: str | None
    retrieved: dt.date | None
    cluster: str | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Rejection:
    """A page that did not become an article: the first reason, in words, and what was seen."""

    page: str
    page_sha256: str | None
    media_type: MediaType | None
    url: str | None
    source: str | None
    #: A code of `schema/rejection.schema.json`.
    reason: str
    detail: str
    candidates: tuple[Candidate, ...] = field(default=())
