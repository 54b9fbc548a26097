"""What speaks for and against each candidate headline, as numbers: one row a candidate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_loader.articles.address import url_parts
from corpus_loader.articles.headline_candidates import Candidates, Stated, TitleCandidate
from corpus_loader.articles.wording import title_key, words_of
from corpus_loader.records import Document, LabelledBlock

__all__ = ["FEATURES", "rows"]

#: Places that state a title, and how a candidate stands to each: equal, begins it, within it, share of its characters.
_KINDS = ("title", "og", "twitter", "headline")
_MARKS = re.compile(r"head(?:line|ing)?|title|titre|titulo|titel|entry|post|article")
_HEADINGS = {"h1": 1.0, "h2": 0.6, "h3": 0.4}

FEATURES = (
    *(f"{kind}_{how}" for kind in _KINDS for how in ("equal", "begins", "within", "share")),
    "title_rest_is_outlet",
    "piece_begins_value",
    "whole_values",
    "is_outlet",
    "lines",
    "lines_before_body",
    "distance",
    "after_start",
    "page_share",
    "body_score",
    "heading",
    "first_h1",
    "h1s",
    "marks",
    "link_share",
    "shared_elements",
    "characters",
    "words",
    "sentence_end",
    "digits",
    "in_body",
    "body_words",
    "contained_in",
    "contains",
    "is_markup",
    "longest_before_body",
    "title_in_lines",
    "title_in_body",
    "slug_share",
    "slug_covered",
)


def rows(document: Document, labels: Sequence[LabelledBlock], candidates: Candidates) -> list[list[float]]:
    """One row of `FEATURES` for each candidate, in the order of `candidates.found`."""
    page = _Page(document, labels, candidates)
    return [page.row(candidate) for candidate in candidates.found.values()]


class _Page:
    """What is the same for all candidates of one page."""

    def __init__(self, document: Document, labels: Sequence[LabelledBlock], candidates: Candidates) -> None:
        self.document, self.labels, self.candidates = document, labels, candidates
        self.markup = float(document.page.media_type == "text/html")
        self.stated: list[list[Stated]] = [
            [place for place in candidates.stated if place.kind == kind or (place.kind, kind) == ("line", "title")]
            for kind in _KINDS
        ]
        self.outlets = sorted(set(_outlet_names(document)))
        blocks, body = document.blocks, candidates.body
        opening = " ".join(document.text[block.start : block.end] for block in blocks[body : body + 6])
        self.body_words = frozenset(words_of(opening[:1500]))
        self.long_body_words = frozenset(word for word in self.body_words if len(word) > 3)
        self.h1s = _first_headings(document) if self.markup else []
        self.body_path = _ancestors(document, body) if self.markup else frozenset()
        self.longest = max(
            (len(c.key) for c in candidates.found.values() if c.blocks and c.blocks[0] < body), default=0
        )
        self.title_borne_out = self._title_borne_out()

    def _title_borne_out(self) -> tuple[float, float]:
        """How much of the page's `<title>` other lines say, and the body: some dumps begin with a menu instead."""
        words = self.stated[0][0].words if self.stated[0] else frozenset()
        if not words:
            return -1.0, -1.0
        said = max((_overlap(words, c.words) for c in self.candidates.found.values() if c.blocks), default=0.0)
        return said, len(words & self.body_words) / len(words)

    def row(self, candidate: TitleCandidate) -> list[float]:
        key, pieces = candidate.key, candidate.pieces
        return [
            *self._against_all(candidate),
            self._rest_is_outlet(key),
            float(any(offset == 0 for _, offset, _ in pieces)),
            float(len({place.kind for place, _, piece in pieces if piece == place.value})),
            float(_is_outlet(key, self.outlets)),
            *self._places(candidate),
            *self._wording(candidate),
            self.markup,
            len(key) / (self.longest or len(key)),
            *self.title_borne_out,
            *self._address(candidate),
        ]

    def _against_all(self, candidate: TitleCandidate) -> Iterator[float]:
        key = candidate.key
        for places in self.stated:
            if not places:
                yield from (-1.0, -1.0, -1.0, -1.0)
                continue
            place = places[0] if len(places) == 1 else max(places, key=lambda p: (key in p.key, -len(p.key)))
            within = key in place.key
            yield float(key == place.key)
            yield float(within and place.key.startswith(key))
            yield float(within)
            yield len(key) / len(place.key) if within else _overlap(candidate.words, place.words) - 1.0

    def _rest_is_outlet(self, key: str) -> float:
        """Is what stands beside the candidate in a stated title the outlet's name? -1: nothing stands beside it."""
        best = -1.0
        for place in self.candidates.stated:
            if key in place.key and key != place.key:
                rests = [rest.strip(" -|:·•—_/") for rest in place.key.split(key, 1)]
                best = max(best, *(float(_is_outlet(rest, self.outlets)) for rest in rests if rest), 0.0)
        return best

    def _places(self, candidate: TitleCandidate) -> Iterator[float]:
        """Where the candidate stands among the lines, and what the markup says of it there."""
        places, body = candidate.blocks, self.candidates.body
        above = [i for i in places if i < body]
        yield float(len(places))
        yield float(len(above))
        yield float(body - above[-1]) if above else 99.0
        yield float(len(above) < len(places))
        if not places:
            yield from (-1.0, -1.0, -1.0, 0.0, float(len(self.h1s)), -1.0, -1.0, -1.0)
            return
        index = above[-1] if above else places[0]
        yield index / len(self.document.blocks)
        yield self.labels[index].score
        if not self.markup:
            yield from (-1.0, 0.0, -1.0, -1.0, -1.0, -1.0)
            return
        markups = [markup for i in places if (markup := self.document.blocks[i].markup) is not None]
        yield max((_HEADINGS.get(name, 0.0) for markup in markups for name in markup.path[-4:]), default=0.0)
        yield float(bool(self.h1s) and self.h1s[0] in places)
        yield float(len(self.h1s))
        yield float(max(len(set(_MARKS.findall(" ".join(markup.tokens)))) for markup in markups))
        yield min(markup.link_share for markup in markups)
        yield len(self.body_path & _ancestors(self.document, index)) / max(1, len(self.body_path))

    def _wording(self, candidate: TitleCandidate) -> Iterator[float]:
        key, words = candidate.key, candidate.words
        yield float(len(key))
        yield float(len(words))
        yield float(self._printed(candidate).endswith((".", "。", "۔", "।", ":")))
        yield sum(map(str.isdigit, key)) / len(key)
        yield len(words & self.body_words) / len(words)
        yield float(len(words & self.long_body_words))
        yield float(sum([key in other for other in self.candidates.found])) - 1.0
        yield float(sum([len(other) > 8 and other in key for other in self.candidates.found]))

    def _printed(self, candidate: TitleCandidate) -> str:
        if candidate.blocks:
            return self.document.block_text(candidate.blocks[0])
        return candidate.pieces[0][2]

    def _address(self, candidate: TitleCandidate) -> tuple[float, float]:
        """Shares of the candidate's words that the page's address has, and the other way round."""
        slug = self.candidates.slug
        if not slug:
            return -1.0, -1.0
        shared = len(slug & candidate.words)
        return shared / len(candidate.words), shared / len(slug)


def _first_headings(document: Document) -> list[int]:
    """The blocks that are first-level headings."""
    return [i for i, block in enumerate(document.blocks) if block.markup is not None and block.markup.tag == "h1"]


def _ancestors(document: Document, index: int) -> frozenset[int]:
    """The elements around a block; none where there is no such block."""
    if index >= len(document.blocks) or (markup := document.blocks[index].markup) is None:
        return frozenset()
    return frozenset(markup.outline.up(markup.element))


def _overlap(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Share of the words of both that both have."""
    return 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))


def _outlet_names(document: Document) -> Iterator[str]:
    """The outlet's names as the page states them, and the labels of its host, without spaces."""
    for datum in document.metadata:
        if datum.name in {"meta:og:site_name", "meta:application-name"} or datum.name.endswith(".publisher.name"):
            yield _compact(title_key(datum.value))
    if document.page.url and (parts := url_parts(document.page.url)):
        host = parts.hostname or ""
        labels = [label for label in host.split(".") if label not in {"www", "m"}]
        yield _compact("".join(labels))
        yield from (_compact(label) for label in labels[:-1])


def _compact(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _is_outlet(key: str, outlets: Sequence[str]) -> bool:
    bare = _compact(key)
    return len(bare) > 2 and any(bare == name or (len(name) > 3 and (name in bare or bare in name)) for name in outlets)
