"""What on a page can be its headline: lines near the article, and titles that the page states beside its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from urllib.parse import unquote

from corpus_loader.articles.address import url_parts
from corpus_loader.articles.byline import is_byline_line
from corpus_loader.articles.labels import body_places
from corpus_loader.articles.line_kinds import is_breadcrumb, is_stamp, names_picture
from corpus_loader.articles.wording import is_spaceless, title_key, words_of
from corpus_loader.records import Block, Document, LabelledBlock

__all__ = [
    "LONGEST",
    "SHORTEST",
    "Candidates",
    "Stated",
    "TitleCandidate",
    "body_start",
    "gather",
    "stated_titles",
]

#: Between a headline and the outlet's or the section's name in a `<title>`; a colon parts a kicker from its headline.
_SEPARATOR = re.compile(r"\s+[|\-–—•·:»«/~]+\s+|\s*(?:\||｜|ㅣ|_|--|::|—|»|«|：：)\s*|(?<=\S)-(?=\S{2,12}$)")
_ENTITY = re.compile(r"&(?:#\w+|\w+);")

#: Code points of a headline.
SHORTEST, LONGEST = 4, 300
#: Lines before the body (more where no title is stated), and from its start on, that are looked at whatever they say: a
#: headline stands by its article, and now and then the labeller takes it for the first paragraph.
_ABOVE, _FAR_ABOVE, _INSIDE = 6, 30, 2
#: The labeller is sure of a block from this score on.
_SURE = 0.8
#: So many words of a stated title or of the address make any line up to this far into the body a candidate.
_SHARED, _FAR_INSIDE = 0.5, 20

#: A line of so many code points can be a headline, and is no name of a section.
_LONG = 25
#: A day with no more letters beside it is no headline; «Weekly letter 12/19/2025» is.
_WORD = 8

_STATED = (
    ("meta:og:title", "og"),
    ("meta:twitter:title", "twitter"),
    ("title", "title"),
    ("itemprop:headline", "headline"),
)
_HEADLINE_KEY = re.compile(r"jsonld:\w+\.headline$")
_HEADINGS = frozenset({"h1", "h2", "h3"})


@dataclass
class Stated:
    """A place where the page states its title: the kind of the place, the whole value, its key."""

    kind: str
    value: str
    key: str
    #: Offset into the document's source, or into its text where `kind` is "line".
    start: int | None = None

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the value, in lower case."""
        return frozenset(words_of(self.key))


@dataclass
class TitleCandidate:
    """One wording, and every place where the page has it."""

    key: str
    words: frozenset[str]
    #: Indexes of the blocks that are this wording, in page order.
    blocks: list[int] = field(default_factory=list)
    #: (place, offset in its value, the words as they stand there).
    pieces: list[tuple[Stated, int, str]] = field(default_factory=list)


@dataclass
class Candidates:
    """All that can be the headline of one page, in the order in which it was met."""

    stated: list[Stated]
    found: dict[str, TitleCandidate]
    #: Index of the first block of the body; the number of blocks where there is none.
    body: int
    #: The words of the page's address.
    slug: frozenset[str]
    #: The words of its stated titles and of its address, in lower case.
    words: frozenset[str]

    def at(self, wording: str) -> TitleCandidate | None:
        """The candidate of that wording, made if need be; None if it is too short, too long, or has no word."""
        key = title_key(wording)
        candidate = self.found.get(key)
        if candidate is None and SHORTEST <= len(key) <= LONGEST and (words := words_of(key)):
            candidate = self.found[key] = TitleCandidate(key, frozenset(words))
        return candidate


def body_start(labels: Sequence[LabelledBlock]) -> int:
    """Index of the first block of the body; the number of blocks where there is none.

    A first block that the labeller half doubts, and that furniture follows, is passed by: it may be the headline.
    """
    body = body_places(labels)
    if len(body) > 1 and body[1] > body[0] + 1 and labels[body[0]].score < _SURE:
        return body[1]
    return body[0] if body else len(labels)


def gather(document: Document, stated: list[Stated], body: int) -> Candidates:
    """The candidates of a page whose body starts at that block; empty if it has neither lines nor stated titles."""
    slug = frozenset(_slug(document.page.url))
    words = slug.union(*(place.words for place in stated))
    candidates = Candidates(stated, {}, body, slug, words)
    for place in candidates.stated:
        for offset, piece in _pieces(place.value):
            if (candidate := candidates.at(piece)) is not None:
                candidate.pieces.append((place, offset, piece))
    for index, line in _lines(document, candidates, body):
        if (candidate := candidates.at(line)) is not None:
            candidate.blocks.append(index)
    return candidates


def stated_titles(document: Document) -> Iterator[Stated]:
    """The titles that the page states; the first line of a dump stands for its `<title>`."""
    if document.page.media_type == "text/plain":
        if document.blocks and len(line := document.texts[0]) <= LONGEST and not is_stamp(line, _WORD):
            yield _place("line", line, document.blocks[0].start)
        return
    kinds = dict(_STATED)
    seen: set[tuple[str, str]] = set()
    for datum in document.metadata:
        kind = kinds.get(datum.name) or ("headline" if _HEADLINE_KEY.match(datum.name) else None)
        if kind is None or (kind, datum.value) in seen or _ENTITY.search(datum.value):
            continue
        seen.add((kind, datum.value))
        yield _place(kind, datum.value[:LONGEST], datum.start)


def _place(kind: str, value: str, start: int | None) -> Stated:
    return Stated(kind, value, title_key(value), start)


def _pieces(value: str) -> Iterator[tuple[int, str]]:
    """The whole value, and what is left when names are cut off at its end, or at its start."""
    yield 0, value
    cuts = list(_SEPARATOR.finditer(value))[:6]
    for cut in cuts:
        if cut.start() > 0:
            yield 0, value[: cut.start()]
        if cut.end() < len(value):
            yield cut.end(), value[cut.end() :]
    if len(cuts) > 1 and cuts[0].end() < cuts[-1].start():
        yield cuts[0].end(), value[cuts[0].end() : cuts[-1].start()]


def _lines(document: Document, candidates: Candidates, body: int) -> Iterator[tuple[int, str]]:
    """Lines that can be the headline: near the body, in heading elements, or of the words of a stated title.

    Where no line has the words of a stated title — a dump that begins with a menu —, more lines are near. A line that
    is printed twice in a row is a picture's caption, if no stated title says otherwise.
    """
    skipped = 1 if candidates.stated and candidates.stated[0].kind == "line" else 0
    wanted = candidates.words
    # Cutting at spaces is many times as fast as finding words, and a title has few that touch a comma.
    words_in = words_of if any(map(is_spaceless, wanted)) else _split
    lines: list[tuple[int, str, bool]] = []
    for index, line in enumerate(document.texts[skipped : body + _FAR_INSIDE], skipped):
        if not SHORTEST <= len(line) <= LONGEST:
            continue
        words = words_in(line)
        both = len(wanted.intersection(words))
        shared = both > 1 and both >= _SHARED * len(words)
        if shared or body - _FAR_ABOVE <= index < body + _INSIDE or _is_heading(document.blocks[index]):
            lines.append((index, line, shared))
    above = _ABOVE if any(shared for _, _, shared in lines) else _FAR_ABOVE
    plain = document.page.media_type == "text/plain"
    twice = {line for (_, line, shared), (_, after, _) in pairwise(lines) if line == after and not shared}
    if plain and not any(len(place.value) >= _LONG for place in candidates.stated):
        # A headline and the text of its picture: nothing above them can be one.
        twice.discard(next((line for index, line, _ in lines if index >= body - above and len(line) >= _LONG), ""))
    for index, line, shared in lines:
        near = body - above <= index < body + _INSIDE
        if not (shared or (near and line not in twice) or _is_heading(document.blocks[index])):
            continue
        if plain and (is_stamp(line, _WORD) or (not shared and _is_none(line))):
            continue
        yield index, line


def _is_none(line: str) -> bool:
    """Does the line of a dump say itself that it is no headline, but what stands around one?"""
    return names_picture(line) or is_breadcrumb(line) or is_byline_line(line)


def _split(line: str) -> list[str]:
    return line.casefold().split()


def _is_heading(block: Block) -> bool:
    return block.markup is not None and block.markup.tag in _HEADINGS


def _slug(url: str | None) -> list[str]:
    """The words of an address, in lower case."""
    if not url:
        return []
    parts = url_parts(url)
    return words_of(unquote(parts.path).replace("_", " ")) if parts else []
