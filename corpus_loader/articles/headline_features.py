"""What speaks for and against each candidate headline, as numbers: one row a candidate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from corpus_loader.articles.headline_candidates import Candidates, Stated, TitleCandidate
from corpus_loader.articles.wording import title_key, words_of
from corpus_loader.records import Document

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
    "heading",
    "first_h1",
    "h1s",
    "marks",
    "link_share",
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
    "gap_above",
    "title_in_lines",
    "title_in_body",
    "slug_share",
    "slug_covered",
)


def rows(document: Document, candidates: Candidates) -> list[list[float]]:
    """One row of `FEATURES` for each candidate, in the order of `candidates.found`."""
    page = _Page(document, candidates)
    return [list(page.row(candidate)) for candidate in candidates.found.values()]


class _Page:
    """What is the same for all candidates of one page."""

    def __init__(self, document: Document, candidates: Candidates) -> None:
        self.document = document
        self.candidates = candidates
        self.markup = document.page.media_type == "text/html"
        self.stated: dict[str, list[Stated]] = {kind: [] for kind in _KINDS}
        for place in candidates.stated:
            self.stated["title" if place.kind == "line" else place.kind].append(place)
        self.outlets = set(_outlet_names(document))
        opening = document.blocks[candidates.body : candidates.body + 6]
        self.body_words = frozenset(
            words_of(" ".join(document.text[block.start : block.end] for block in opening)[:3000])
        )
        self.h1s = [
            i for i, block in enumerate(document.blocks) if block.markup is not None and block.markup.tag == "h1"
        ]
        self.longest = max((len(c.key) for c in candidates.found.values() if self._before(c) is not None), default=0)

        self.title_borne_out = self._title_borne_out()

    def _title_borne_out(self) -> tuple[float, float]:
        """How much of the page's `<title>` other lines say, and the body: some dumps begin with a menu instead."""
        words = {word for place in self.stated["title"][:1] for word in words_of(place.key)}
        if not words:
            return -1.0, -1.0
        lines = (set(c.words) for c in self.candidates.found.values() if c.blocks)
        said = max((2 * len(words & line) / (len(words) + len(line)) for line in lines), default=0.0)
        return said, len(words & self.body_words) / len(words)

    def _before(self, candidate: TitleCandidate) -> int | None:
        """The candidate's last line before the body."""
        return next((i for i in reversed(candidate.blocks) if i < self.candidates.body), None)

    def row(self, candidate: TitleCandidate) -> Iterator[float]:
        key = candidate.key
        for kind in _KINDS:
            yield from self._against(key, self.stated[kind])
        yield self._rest_is_outlet(key)
        yield float(any(offset == 0 for _, offset, _ in candidate.pieces))
        yield float(len({place.kind for place, _, piece in candidate.pieces if piece == place.value}))
        yield float(_is_outlet(key, self.outlets))
        yield from self._lines(candidate)
        yield from self._words(candidate)
        yield float(self.markup)
        yield len(key) / (self.longest or len(key))
        yield self._gap_above(candidate)
        yield from self.title_borne_out
        yield from self._slug(candidate)

    def _against(self, key: str, places: Sequence[Stated]) -> Iterator[float]:
        place = max(places, key=lambda p: (key in p.key, -len(p.key)), default=None)
        if place is None:
            yield from (-1.0, -1.0, -1.0, -1.0)
            return
        within = key in place.key
        yield float(key == place.key)
        yield float(place.key.startswith(key))
        yield float(within)
        yield len(key) / len(place.key) if within else _overlap(key, place.key) - 1.0

    def _rest_is_outlet(self, key: str) -> float:
        """Is what stands beside the candidate in a stated title the outlet's name? -1: nothing stands beside it."""
        best = -1.0
        for place in self.candidates.stated:
            if key in place.key and key != place.key:
                rests = [rest.strip(" -|:·•—_/") for rest in place.key.split(key, 1)]
                best = max(best, *(float(_is_outlet(rest, self.outlets)) for rest in rests if rest), 0.0)
        return best

    def _lines(self, candidate: TitleCandidate) -> Iterator[float]:
        blocks, body = self.document.blocks, self.candidates.body
        before = self._before(candidate)
        yield float(len(candidate.blocks))
        yield float(sum(i < body for i in candidate.blocks))
        yield float(body - before) if before is not None else 99.0
        yield float(any(i >= body for i in candidate.blocks))
        index = before if before is not None else candidate.blocks[0] if candidate.blocks else None
        if index is None:
            yield from (-1.0, -1.0, -1.0, float(len(self.h1s)), -1.0, -1.0)
            return
        yield index / len(blocks)
        markups = [markup for i in candidate.blocks if (markup := blocks[i].markup) is not None]
        if not markups:
            yield from (-1.0, -1.0, 0.0, -1.0, -1.0)
            return
        yield max(max(_HEADINGS.get(name, 0.0) for name in markup.path) for markup in markups)
        yield float(bool(self.h1s) and self.h1s[0] in candidate.blocks)
        yield float(len(self.h1s))
        yield max(float(len(set(_MARKS.findall(" ".join(markup.tokens))))) for markup in markups)
        yield min(markup.link_share for markup in markups)

    def _words(self, candidate: TitleCandidate) -> Iterator[float]:
        key = candidate.key
        words = candidate.words
        yield float(len(key))
        yield float(len(words))
        yield float(self._text(candidate).endswith((".", "。", "۔", "।", ":")))
        yield sum(char.isdigit() for char in key) / len(key)
        yield sum(word in self.body_words for word in words) / len(words)
        yield float(sum(len(word) > 3 and word in self.body_words for word in words))
        others = [other for other in self.candidates.found if other != key]
        yield float(sum(key in other for other in others))
        yield float(sum(len(other) > 8 and other in key for other in others))

    def _text(self, candidate: TitleCandidate) -> str:
        if candidate.blocks:
            return self.document.block_text(candidate.blocks[0])
        return candidate.pieces[0][2]

    def _slug(self, candidate: TitleCandidate) -> Iterator[float]:
        """Shares of the candidate's words that the page's address has, and the other way round."""
        slug = self.candidates.slug
        shared = len(slug.intersection(candidate.words))
        yield shared / len(candidate.words) if slug else -1.0
        yield shared / len(slug) if slug else -1.0

    def _gap_above(self, candidate: TitleCandidate) -> float:
        """Empty lines above the candidate's last line before the body: dumps part a headline from the menu by them."""
        before = self._before(candidate)
        if before is None or before == 0:
            return -1.0
        blocks = self.document.blocks
        return float(min(self.document.text.count("\n", blocks[before - 1].end, blocks[before].start), 4))


def _overlap(key: str, other: str) -> float:
    """Share of the words of both that both have."""
    mine, theirs = set(words_of(key)), set(words_of(other))
    return 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))


def _outlet_names(document: Document) -> Iterator[str]:
    """The outlet's names as the page states them, and the labels of its host, without spaces."""
    for datum in document.metadata:
        if datum.name in {"meta:og:site_name", "meta:application-name"} or datum.name.endswith(".publisher.name"):
            yield _compact(title_key(datum.value))
    if document.page.url:
        host = urlsplit(document.page.url).hostname or ""
        labels = [label for label in host.split(".") if label not in {"www", "m"}]
        yield _compact("".join(labels))
        yield from (_compact(label) for label in labels[:-1])


def _compact(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _is_outlet(key: str, outlets: set[str]) -> bool:
    bare = _compact(key)
    return len(bare) > 2 and any(bare == name or (len(name) > 3 and (name in bare or bare in name)) for name in outlets)
