"""What speaks for and against each candidate headline, as numbers: one row a candidate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_loader.articles.address import url_parts
from corpus_loader.articles.headline_agreed import main_headings
from corpus_loader.articles.headline_candidates import Candidates, Stated, TitleCandidate
from corpus_loader.articles.wording import title_key, words_of
from corpus_loader.records import Document, LabelledBlock, Markup

__all__ = ["FEATURES", "rows"]

#: Places that state a title, and how a candidate stands to each: equal, begins it, within it, share of its characters.
_KINDS = ("title", "og")
_HEADINGS = {"h1": 1.0, "h2": 0.6, "h3": 0.4}
#: Lines after and before a candidate in which a day or an hour is looked for; a longer line is a sentence.
_AFTER, _BEFORE, _STAMP = 4, 3, 90
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}|\b[12۱١]\d{3}\b")  # digits of every script
_LONG_LINE = 300
#: Candidates are compared with so many others, the last ones: a page can say its title on thousands of lines.
_COMPARED = 1000
#: A candidate that another contains has more characters than this.
_CONTAINED = 8

FEATURES = (
    *(f"{kind}_{how}" for kind in _KINDS for how in ("equal", "begins", "within", "share")),
    "title_rest_is_outlet",
    "piece_begins_value",
    "whole_values",
    "is_outlet",
    "stated_share",
    "stated_lead",
    "lines",
    "lines_before_body",
    "distance",
    "page_share",
    "body_score",
    "heading",
    "first_h1",
    "h1s",
    "link_share",
    "stamp_after",
    "stamp_before",
    "length_after",
    "score_soon",
    "characters",
    "words",
    "capitals",
    "sentence_end",
    "digits",
    "in_body",
    "body_words",
    "contained_in",
    "contains",
    "longest_before_body",
    "slug_share",
    "slug_covered",
)
#: Of lines alone, and of lines of dumps alone: markup says more than what stands around a line.
_OF_LINES = FEATURES.index("characters") - FEATURES.index("page_share")
_OF_DUMPS = FEATURES.index("characters") - FEATURES.index("stamp_after")


def rows(document: Document, labels: Sequence[LabelledBlock], candidates: Candidates) -> list[list[float]]:
    """One row of `FEATURES` for each candidate, in the order of `candidates.found`."""
    page = _Page(document, labels, candidates)
    return [page.row(candidate) for candidate in candidates.found.values()]


class _Page:
    """What is the same for all candidates of one page."""

    def __init__(self, document: Document, labels: Sequence[LabelledBlock], candidates: Candidates) -> None:
        self.document, self.labels, self.candidates = document, labels, candidates
        self.stated: list[list[Stated]] = [
            [place for place in candidates.stated if place.kind == kind or (place.kind, kind) == ("line", "title")]
            for kind in _KINDS
        ]
        self.outlets = sorted(set(_outlet_names(document)))
        body = candidates.body
        opening = " ".join(document.texts[body : body + 6])
        self.body_words = frozenset(words_of(opening[:1500]))
        self.long_body_words = frozenset(word for word in self.body_words if len(word) > 3)
        self.h1s = list(main_headings(document))
        found = candidates.found.values()
        self.longest = max((len(c.key) for c in found if c.blocks and c.blocks[0] < body), default=0)
        self.keys = list(candidates.found)[-_COMPARED:]
        words = frozenset[str]().union(*(place.words for place in candidates.stated))
        self.shares = {c.key: _jaccard(c.words, words) for c in found}
        self.best_share = max((self.shares[c.key] for c in found if c.blocks), default=0.0)
        #: By block, as candidates ask about the same lines. A cache of a method would be a cycle, and keep the page.
        self._stamps: dict[int, bool] = {}

    def row(self, candidate: TitleCandidate) -> list[float]:
        """The features of one candidate."""
        key, pieces = candidate.key, candidate.pieces
        return [
            *self._against_all(candidate),
            self._rest_is_outlet(key),
            float(0 in [offset for _, offset, _ in pieces]),
            float(len({place.kind for place, _, piece in pieces if piece == place.value})),
            float(_is_outlet(key, self.outlets)),
            self.shares[key],
            self.shares[key] - self.best_share,
            *self._places(candidate),
            *self._wording(candidate),
            *self._address(candidate),
        ]

    def _against_all(self, candidate: TitleCandidate) -> list[float]:
        key, found = candidate.key, []
        for places in self.stated:
            if not places:
                found += [-1.0, -1.0, -1.0, -1.0]
                continue
            place = places[0] if len(places) == 1 else max(places, key=lambda p: (key in p.key, -len(p.key)))
            given = place.key
            within = key in given
            share = len(key) / len(given) if within else _overlap(candidate.words, place.words) - 1.0
            found += [float(key == given), float(within and given.startswith(key)), float(within), share]
        return found

    def _rest_is_outlet(self, key: str) -> float:
        """Is what stands beside the candidate in a stated title the outlet's name? -1: nothing stands beside it."""
        best = -1.0
        for place in self.candidates.stated:
            if key in place.key and key != place.key:
                rests = [rest.strip(" -|:·•—_/") for rest in place.key.split(key, 1)]
                best = max(best, *(float(_is_outlet(rest, self.outlets)) for rest in rests if rest), 0.0)
        return best

    def _places(self, candidate: TitleCandidate) -> list[float]:
        """Where the candidate stands among the lines, and what stands around it there."""
        places, body, blocks = candidate.blocks, self.candidates.body, self.document.blocks
        above = [i for i in places if i < body]
        found = [float(len(places)), float(len(above)), float(body - above[-1]) if above else 99.0]
        if not places:
            return found + [-1.0] * _OF_LINES
        index = above[-1] if above else places[0]
        markups = [markup for i in places if (markup := blocks[i].markup) is not None]
        return [
            *found,
            index / len(blocks),
            self.labels[index].score,
            max([_heading(markup) for markup in markups], default=-1.0),
            float(bool(self.h1s) and self.h1s[0] in places),
            float(len(self.h1s)),
            min([markup.link_share for markup in markups], default=-1.0),
            *([-1.0] * _OF_DUMPS if markups else self._around(index)),
        ]

    def _around(self, index: int) -> list[float]:
        """How near a day or an hour is printed, how long the next line is, how sure to be body one of the next five.

        Under a headline stand its day, its byline and its first paragraph; under a teaser stands the next one.
        """
        n = len(self.document.blocks)
        scores = [self.labels[i].score for i in range(index + 1, min(index + 6, n))]
        return [
            self._nearest_stamp(index, 1, min(_AFTER, n - 1 - index)),
            self._nearest_stamp(index, -1, min(_BEFORE, index)),
            float(min(len(self.document.texts[index + 1]), _LONG_LINE)) if scores else 0.0,
            max(scores, default=0.0),
        ]

    def _nearest_stamp(self, index: int, step: int, most: int) -> float:
        """How many lines away a day or an hour is printed, of so many that are looked at; 9 if on none of them."""
        for far in range(1, most + 1):
            if self._is_stamp(index + step * far):
                return float(far)
        return 9.0

    def _is_stamp(self, index: int) -> bool:
        if index not in self._stamps:
            text = self.document.texts[index]
            self._stamps[index] = len(text) < _STAMP and _TIME.search(text) is not None
        return self._stamps[index]

    def _wording(self, candidate: TitleCandidate) -> list[float]:
        key, words, printed = candidate.key, candidate.words, self._printed(candidate)
        pieces = printed.split()
        capitals = digits = within = around = 0
        for piece in pieces:
            capitals += piece[0].isupper()
        for char in key:
            digits += char.isdigit()
        for other in self.keys:
            within += key in other
            around += len(other) > _CONTAINED and other in key
        return [
            float(len(key)),
            float(len(words)),
            capitals / len(pieces),
            float(printed.endswith((".", "。", "۔", "।", ":"))),
            digits / len(key),
            len(words & self.body_words) / len(words),
            float(len(words & self.long_body_words)),
            within - 1.0,
            float(around),
            len(key) / (self.longest or len(key)),
        ]

    def _printed(self, candidate: TitleCandidate) -> str:
        if candidate.blocks:
            return self.document.texts[candidate.blocks[0]]
        return candidate.pieces[0][2]

    def _address(self, candidate: TitleCandidate) -> tuple[float, float]:
        """Shares of the candidate's words that the page's address has, and the other way round."""
        slug = self.candidates.slug
        if not slug:
            return -1.0, -1.0
        shared = len(slug & candidate.words)
        return shared / len(candidate.words), shared / len(slug)


def _heading(markup: Markup) -> float:
    """How high a heading the block is or stands in."""
    element, best, (parents, names, _) = markup.element, 0.0, markup.outline
    for _ in range(4):
        best = max(best, _HEADINGS.get(names[element], 0.0))
        element = parents[element]
    return best


def _overlap(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Share of the words of both that both have."""
    return 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))


def _jaccard(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Words that both have, as a share of those that either has."""
    shared = len(mine & theirs)
    return shared / max(1, len(mine) + len(theirs) - shared)


def _outlet_names(document: Document) -> Iterator[str]:
    """The outlet's names as the page states them, and the labels of its host, without spaces."""
    for datum in document.metadata:
        if datum.name in {"meta:og:site_name", "meta:application-name"} or datum.name.endswith(".publisher.name"):
            yield _compact(title_key(datum.value))
    if document.page.url:
        parts = url_parts(document.page.url)
        host = (parts.hostname if parts else None) or ""
        labels = [label for label in host.split(".") if label not in {"www", "m"}]
        yield _compact("".join(labels))
        yield from (_compact(label) for label in labels[:-1])


def _compact(text: str) -> str:
    bare = text.replace(" ", "")
    return bare if bare.isalnum() else "".join(filter(str.isalnum, bare))


def _is_outlet(key: str, outlets: Sequence[str]) -> bool:
    bare = _compact(key)
    return len(bare) > 2 and any(bare == name or (len(name) > 3 and (name in bare or bare in name)) for name in outlets)
