"""The work on one batch of pages: from raw bytes to the line that a file of the corpus will hold.

A batch carries all that its work needs, so that any process anywhere gives the same outcomes for it.
"""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus_loader.articles.compose import compose, misfits, settle
from corpus_loader.articles.registry import Registry
from corpus_loader.articles.repeated import Repeated, site_of
from corpus_loader.articles.understand import Setting, understand
from corpus_loader.corpus.declaration import Declaration
from corpus_loader.corpus.gate import refuse_invalid, without_invalid
from corpus_loader.corpus.rows import to_line
from corpus_loader.corpus.spool import Outcome
from corpus_loader.errors import DeclarationError
from corpus_loader.pages import cut_or_reject
from corpus_loader.records import Article, Decision, Document, Extract, Page, Rejection

__all__ = ["Batch", "Misfit", "batches", "outcomes", "rejected", "understood"]

#: Enough pages to make batched work pay, few enough to keep a worker's memory small.
PAGES = 64
BYTES = 8 << 20
BLOCKS = 1 << 15


@dataclass(frozen=True)
class Batch:
    """Some pages, what was decided about them, and what is known about the corpus."""

    pages: tuple[Page, ...]
    decisions: Mapping[str, Decision]
    #: The declaration's `[sources]`, pickled: bytes can key a cache of registries.
    sources: bytes
    window: tuple[dt.date, dt.date] | None
    #: Lines that stand on more than one article of the pages' sites.
    repeated: Repeated


@dataclass(frozen=True)
class Misfit:
    """A page that the decision about it does not fit, and every reason."""

    page: str
    errors: tuple[DeclarationError, ...]


def batches(pages: Iterable[Page], declaration: Declaration, repeated: Mapping[str, Repeated]) -> Iterator[Batch]:
    """Batches of at most PAGES pages and about BYTES bytes, in page order; one is in memory at a time.

    `repeated` holds by site the lines that stand on more than one article.
    """
    sources = pickle.dumps(declaration.sources)
    for parcel in parcels(pages, PAGES, BYTES):
        decided = {page.name: declaration.pages[page.name] for page in parcel if page.name in declaration.pages}
        sites = dict.fromkeys(site_of(page) for page in parcel)
        lines = Repeated.joined(repeated[site] for site in sites if site in repeated)
        yield Batch(parcel, decided, sources, declaration.window, lines)


def parcels(pages: Iterable[Page], most: int, size: int) -> Iterator[tuple[Page, ...]]:
    """The pages in their order, at most so many and about so many bytes at a time."""
    held: list[Page] = []
    filled = 0
    for page in pages:
        held.append(page)
        filled += len(page.content)
        if len(held) >= most or filled >= size:
            yield tuple(held)
            held, filled = [], 0
    if held:
        yield tuple(held)


@lru_cache(maxsize=4)
def _setting(sources: bytes, window: tuple[dt.date, dt.date] | None) -> Setting:
    tables = pickle.loads(sources)  # noqa: S301 - `batches` has pickled it
    return Setting(Registry.shipped().extended(tables), window)


def outcomes(batch: Batch) -> list[Outcome | Misfit]:
    """One outcome a page, in page order; a Misfit where the decision about it does not fit."""
    setting = replace(_setting(batch.sources, batch.window), repeated=batch.repeated)
    found = zip(batch.pages, understood(batch.pages, setting), strict=True)
    return [_outcome(page, extract, batch.decisions.get(page.name), setting.registry) for page, extract in found]


def _outcome(
    page: Page, extract: Extract | Rejection, decision: Decision | None, registry: Registry
) -> Outcome | Misfit:
    if decision is not None and decision.remove:
        return _removed(page, None if isinstance(extract, Rejection) else extract.source, decision)
    if isinstance(extract, Rejection):
        return rejected(extract)
    if decision is None:
        return _composed(extract)
    errors = tuple(misfits(extract.document, decision))
    return Misfit(page.name, errors) if errors else _composed(settle(extract, decision, registry))


def understood(found: Iterable[Page | Rejection], setting: Setting) -> Iterator[Extract | Rejection]:
    """Lazily, the extract of each page, or why there is none, in their order.

    Pages are labelled together, no more of them than PAGES, about BYTES bytes and about BLOCKS blocks.
    """
    held: list[Document | Rejection] = []
    size = blocks = 0
    for one in found:
        cut = one if isinstance(one, Rejection) else cut_or_reject(one)
        held.append(cut)
        if isinstance(cut, Document):
            size += len(cut.page.content)
            blocks += len(cut.blocks)
        if len(held) >= PAGES or size >= BYTES or blocks >= BLOCKS:
            yield from _understood(held, setting)
            held, size, blocks = [], 0, 0
    yield from _understood(held, setting)


def _understood(cuts: list[Document | Rejection], setting: Setting) -> Iterator[Extract | Rejection]:
    extracts = iter(understand([cut for cut in cuts if isinstance(cut, Document)], setting))
    return (cut if isinstance(cut, Rejection) else next(extracts) for cut in cuts)


def _removed(page: Page, source: str | None, decision: Decision) -> Outcome:
    row = {"page": page.name, "page_sha256": page.sha256, "source": source, "why": decision.why}
    return Outcome(page.name, page.sha256, "removed", source, None, None, None, to_line(row))


def _composed(extract: Extract) -> Outcome:
    composed = compose(extract)
    record = refuse_invalid(composed) if isinstance(composed, Article) else composed
    return rejected(record) if isinstance(record, Rejection) else _article(record)


def _article(article: Article) -> Outcome:
    place = article.provenance
    day = article.date.isoformat()
    return Outcome(
        place.page, place.page_sha256, "article", article.source, article.language, day, article.id, to_line(article)
    )


def rejected(rejection: Rejection) -> Outcome:
    """The outcome of a page, or of a container, that was refused."""
    sound = without_invalid(rejection)
    return Outcome(sound.page, sound.page_sha256, "rejected", sound.source, None, None, None, to_line(sound))
