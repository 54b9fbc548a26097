"""Scores of words, and of class and id tokens: how much each speaks for body, over many sites.

A word's score is the mean over sites of the share of its lines that are body, less the mean of all words, drawn towards
zero where few sites use it. For training, each site's pages are scored without that site, as they will be in use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

__all__ = ["Lexicon", "Lines"]

_PULL = 3.0


class Lines(NamedTuple):
    """The lines of one page: the words of each, and whether it is body."""

    site: str
    words: Sequence[Iterable[str]]
    body: Sequence[bool]


class Lexicon:
    """Scores of the words that at least so many sites use.

    Args:
        pages: the pages' lines.
        sites: how many sites must use a word.
        limit: the most words that are kept: those that tell most.

    """

    def __init__(self, pages: Iterable[Lines], *, sites: int, limit: int) -> None:
        counts: dict[str, dict[str, list[int]]] = defaultdict(dict)
        for page in pages:
            for words, body in zip(page.words, page.body, strict=True):
                for word in sorted(words):
                    count = counts[word].setdefault(page.site, [0, 0])
                    count[0] += body
                    count[1] += 1
        shares = {
            word: {site: body / lines for site, (body, lines) in by_site.items()}
            for word, by_site in sorted(counts.items())
            if len(by_site) >= sites
        }
        sums = {word: (sum(by_site.values()), len(by_site)) for word, by_site in shares.items()}
        self._prior = sum(total for total, _ in sums.values()) / max(sum(n for _, n in sums.values()), 1)
        scores = {word: self._score(*value) for word, value in sums.items()}
        kept = sorted(scores, key=lambda word: (-abs(scores[word]) * sums[word][1] ** 0.5, word))[:limit]
        self.scores = {word: scores[word] for word in sorted(kept)}
        self._sums = sums
        self._of_site: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for word in self.scores:
            for site, share in shares[word].items():
                self._of_site[site].append((word, share))

    def _score(self, total: float, sites: int) -> float:
        return (total - self._prior * sites) / (sites + _PULL)

    def without(self, site: str) -> dict[str, float]:
        """The scores as they would be without that site's pages."""
        scores = dict(self.scores)
        for word, share in self._of_site.get(site, ()):
            total, sites = self._sums[word]
            scores[word] = self._score(total - share, sites - 1)
        return scores
