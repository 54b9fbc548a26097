"""What was found on a page, what it rests on, and what a person decided. Days are Gregorian."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Literal, NamedTuple, TypeVar

from corpus_loader.records.page import Document

DatePrecision = Literal["day", "month", "year"]
DateBasis = Literal["metadata", "stamp", "url", "dateline", "narrative", "curated"]

#: What an evidence's offsets count in: the page's text, its decoded markup, its URL, the container's own
#: headers (no offsets), or the declaration `corpus.toml` (no offsets).
Origin = Literal["text", "markup", "url", "container", "declaration"]

T = TypeVar("T")


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


@dataclass(frozen=True, eq=False, repr=False)
class Extract:
    """All that one page gives. It never refuses a page: what could not be established is None.

    The properties are the plain values; `findings` says for each from which characters and by which rule, or why not.
    Title and body are there from the start. All else is found together when any of it is first asked for: whoever wants
    text alone does not wait for days and languages.
    """

    document: Document
    labels: Sequence[LabelledBlock]
    _title: Finding[str]
    _body: Finding[str]
    _find: Callable[[], Findings]

    @classmethod
    def settled(cls, document: Document, labels: Sequence[LabelledBlock], findings: Findings) -> Extract:
        """With findings that are there already."""
        return cls(document, labels, findings.title, findings.body, lambda: findings)

    @cached_property
    def findings(self) -> Findings:
        """Each field, established or with the reason why not."""
        return self._find()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Extract):
            return NotImplemented
        mine, its = ((each.document, each.labels, each.findings) for each in (self, other))
        return mine == its

    __hash__ = None  # type: ignore[assignment]  # as documents and lists of labels

    def __repr__(self) -> str:
        return f"Extract({self.document.page.name!r}, title={self.title!r})"

    def __reduce__(self) -> tuple[Callable[..., Extract], tuple[Document, Sequence[LabelledBlock], Findings]]:
        return Extract.settled, (self.document, self.labels, self.findings)

    @property
    def title(self) -> str | None:
        """The headline as printed."""
        return self._title.value

    @property
    def body(self) -> str | None:
        """Paragraphs and subheadings as printed, joined by blank lines."""
        return self._body.value

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
