"""The first look at a corpus: which lines stand on more than one article of a site.

It takes the first pages of the input, in its order, so that what it finds depends on them alone. All pages of the
corpus are then built with what it found, those beyond the sample too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.repeated import Keys, Repeated, line_keys, site_of
from corpus_loader.corpus.batches import parcels
from corpus_loader.corpus.engine import spread
from corpus_loader.pages import cut_or_reject
from corpus_loader.records import Page, Rejection

__all__ = ["PAGES", "Sample", "take_sample"]

#: So many pages are looked at, unless told otherwise.
PAGES = 4096
#: A line that stands on so many articles is repeated; on so many, several times;
_TWO, _SEVERAL = 2, 3
#: on nearly all, where they are so many at least, and more than this share of those that a site's furniture stands on:
#: that which this share of a page's repeated lines do not exceed. A folder of dumps mixes sites; a site has sections.
#: A lower share would take the background that agencies repeat in most articles about one topic.
_MANY, _MOST, _FURNITURE = 5, 0.9, 0.75
#: A line of so many characters is a paragraph; menus have shorter ones.
_PARAGRAPH = 80
#: Of a page's paragraphs at least this share, by length, are its article's; the rest can be notices of the site.
_ARTICLE = 1 / 3
#: Pages in one task: fewer are looked at before another process has started.
_TASK, _TASK_BYTES = 256, 32 << 20


@dataclass(frozen=True)
class Sample:
    """What the first look found."""

    #: The most pages that it was to look at, and how many there were.
    limit: int
    pages: int
    #: By site; sites without such lines are left out.
    repeated: Mapping[str, Repeated] = field(default_factory=dict)

    @property
    def lines(self) -> int:
        """How many lines stand on more than one article of their site."""
        return sum(found.keys.size for found in self.repeated.values())

    @property
    def sha256(self) -> str:
        """Of the lines, 64 hex digits."""
        digest = hashlib.sha256()
        for keys, often in self.repeated.values():
            digest.update(keys.size.to_bytes(8, "little") + keys.astype("<u8").tobytes() + often.tobytes())
        return digest.hexdigest()


class _Lines(NamedTuple):
    """The lines of one page, each once: their keys in ascending order, and their numbers of characters."""

    site: str
    keys: Keys
    lengths: npt.NDArray[np.int32]


def take_sample(
    found: Iterable[Page | Rejection],
    limit: int = PAGES,
    *,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda pages: None,
) -> Sample:
    """The lines that stand on more than one article, by the first `limit` pages; the same whatever the workers.

    `progress` is told the number of pages read, again and again.

    Memory grows with the lines of those pages: twelve bytes for each, and as much again, several times, for one site's
    lines while they are counted.
    """
    pages = _told(islice((one for one in found if isinstance(one, Page)), limit), progress)
    looked = sorted(spread(_look, enumerate(parcels(pages, _TASK, _TASK_BYTES)), workers=workers), key=_number)
    by_site: dict[str, list[_Lines]] = {}
    for _, seen in looked:
        for lines in seen:
            by_site.setdefault(lines.site, []).append(lines)
    repeated = {site: _repeated_on(seen) for site, seen in sorted(by_site.items()) if len(seen) >= _TWO}
    return Sample(
        limit,
        sum(len(seen) for _, seen in looked),
        {site: lines for site, lines in repeated.items() if lines.keys.size},
    )


def _told(pages: Iterable[Page], progress: Callable[[int], None]) -> Iterator[Page]:
    for number, page in enumerate(pages, start=1):
        progress(number)
        yield page


def _number(looked: tuple[int, list[_Lines]]) -> int:
    return looked[0]


def _look(task: tuple[int, Sequence[Page]]) -> tuple[int, list[_Lines]]:
    number, pages = task
    return number, [_lines(page) for page in pages]


def _lines(page: Page) -> _Lines:
    cut, site = cut_or_reject(page), site_of(page)
    texts = [] if isinstance(cut, Rejection) else list(cut.texts)
    keys, places = np.unique(line_keys(site, texts), return_index=True)
    return _Lines(site, keys, np.array(list(map(len, texts)), np.int32)[places])


def _repeated_on(pages: Sequence[_Lines]) -> Repeated:
    """The lines of one site's pages that stand on more than one article: a page counts by the copies of its article."""
    sizes = [page.keys.size for page in pages]
    known, lines, printed = np.unique(np.concatenate([p.keys for p in pages]), return_inverse=True, return_counts=True)
    own = np.split(lines, np.cumsum(sizes)[:-1])
    weights = np.array([1 / _copies(printed[i], page.lengths) for i, page in zip(own, pages, strict=True)])
    articles = np.bincount(lines, np.repeat(weights, sizes)).astype(np.float64).round(6)
    furniture = np.bincount(lines, np.repeat([_furniture(articles[i]) for i in own], sizes)) / printed
    most = (articles >= _MANY) & (articles > _MOST * furniture)
    often = (articles >= _SEVERAL).astype(np.uint8) + most
    return Repeated(known[articles >= _TWO], often[articles >= _TWO])


def _furniture(articles: npt.NDArray[np.float64]) -> float:
    """On how many articles a page's furniture stands, by the number of articles that each of its lines stands on."""
    repeated = np.sort(articles[articles >= _SEVERAL])
    return float(repeated[int(_FURNITURE * (repeated.size - 1))]) if repeated.size else 0.0


def _copies(printed: npt.NDArray[np.intp], lengths: npt.NDArray[np.int32]) -> int:
    """On how many pages the article stands, by the number of pages that each line of one page stands on.

    Copies share their article: wire stories, later versions, a page for phones. Notices of the site stand on more
    pages than an article, so that the rarest paragraphs tell.
    """
    paragraphs = np.where(lengths >= _PARAGRAPH, lengths, 0)
    weights = paragraphs if paragraphs.any() else lengths
    order = np.argsort(printed, kind="stable")
    told = np.cumsum(weights[order])
    return int(printed[order][np.searchsorted(told, _ARTICLE * told[-1])]) if told.size else 1
