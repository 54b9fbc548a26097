"""What the labeller looks at in each block of an HTML page beside its text: the markup features."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, count, repeat

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.batch import Batch
from corpus_loader.articles.elements import Elements
from corpus_loader.articles.features import Columns
from corpus_loader.articles.features_tokens import StartTags
from corpus_loader.articles.lines import Lines, Numbers, Vector, exact
from corpus_loader.articles.words import WordScores
from corpus_loader.records import Document

__all__ = ["BatchMarkup", "stated_body"]

#: Tags that say something about the text inside, as bits of one number for each element.
_TAG_GROUPS = (
    ("p",),
    ("h1",),
    ("h2", "h3", "h4"),
    ("h5", "h6"),
    ("li", "dt", "dd"),
    ("td", "th"),
    ("blockquote", "pre"),
    ("figure", "figcaption"),
    ("article", "main"),
    ("nav", "footer", "form", "menu"),
    ("header",),
    ("aside",),
    ("button", "label"),
    ("a",),
    ("strong", "b", "em", "i"),
    ("time", "address"),
)
_TAG_BITS = {name: 1 << i for i, names in enumerate(_TAG_GROUPS) for name in names}
_CONTAINER = 1 << len(_TAG_GROUPS)
_CONTAINERS = [
    "html",
    "body",
    "div",
    "section",
    "article",
    "main",
    "td",
    "table",
    "ul",
    "ol",
    "dl",
    "aside",
    "header",
    "footer",
    "nav",
    "form",
    "blockquote",
    "center",
    "li",
]
_TAG_BITS |= {name: _TAG_BITS.get(name, 0) | _CONTAINER for name in _CONTAINERS}
_LEVELS = 4
#: The start tags of so many elements outwards are read.
_REACH = 6


class BatchMarkup:
    """The markup of several pages, as arrays over their blocks and elements."""

    def __init__(self, batch: Batch) -> None:
        self._batch, self._lines = batch, batch.lines
        markups = [block.markup for document in batch.documents for block in document.blocks if block.markup]
        outlines = [markups[start].outline for start in self._lines.starts.tolist()]
        sizes = np.array([len(outline.parents) for outline in outlines])
        size = int(sizes.sum())
        # Elements are numbered through all pages.
        first = np.cumsum(sizes) - sizes
        parents = np.fromiter(chain.from_iterable(outline.parents for outline in outlines), np.intp, size)
        self._elements = Elements(parents + np.repeat(first, sizes))
        names = chain.from_iterable(outline.names for outline in outlines)
        self._bits = np.fromiter(map(_TAG_BITS.get, names, repeat(0)), np.int32, size)
        own = np.fromiter((markup.element for markup in markups), np.intp, self._lines.n)
        self._own = own + first[self._lines.page]
        self._link_share = np.fromiter((markup.link_share for markup in markups), np.float32, self._lines.n)
        self._level = _container_levels(self._elements, self._bits, self._own)
        self._starts, self._near = _start_tags(self._elements, self._own, [outline.starts for outline in outlines])
        self._tags = StartTags(self._starts)
        self._alike = self._signatures()

    def _signatures(self) -> Numbers:
        """A number for each block, equal in a page's elements of like look: tag, attributes and parent's start tag."""
        base = len(self._starts) + 1
        look = np.where(self._bits[self._own] & 1, base - 1, self._near[0])  # paragraphs are alike
        found: Numbers = np.unique((self._lines.page * base + look) * base + self._near[1], return_inverse=True)[1]
        return found

    def columns(self, columns: Columns) -> Columns:
        """The markup features of every block, by name, beside the text features."""
        share, mass = self._link_share, columns["mass"]
        prose, links = exact(columns["prose"] * (1 - share)), exact(share * mass)
        found: Columns = {"link_share": share, "link_mass": links}
        found |= self._tag_columns()
        held = {name: self._held(amount) for name, amount in (("prose", prose), ("mass", mass), ("links", links))}
        found |= self._container_columns(held)
        found |= self._best_container_columns(prose, held["prose"])
        found |= _alike_columns(self._lines, self._alike, prose)
        return found | {"stated": _stated(self._batch)}

    def token_columns(self, scores: WordScores) -> Columns:
        """What the class and id words around each block say; `scores` is how much each word speaks for body."""
        return self._tags.columns(self._near, scores)

    def tokens(self) -> list[set[str]]:
        """The class and id words of each block's element and of those around it."""
        words = self._tags.words()
        return [set().union(*(words[tag] for tag in tags)) for tags in self._near.T.tolist()]

    def second_columns(self, first: Vector, columns: Columns) -> Columns:
        """How likely body is, by the first look, in the containers around each block, and in elements like its own."""
        mass = np.sqrt(columns["mass"] + 1)
        body = exact(first * mass)
        total = np.maximum(self._lines.total(body), 1e-3)[self._lines.page]
        found: Columns = {}
        for name, groups in (
            ("in_0", self._level[0]),
            ("in_1", self._level[1]),
            ("in_2", self._level[2]),
            ("alike", self._alike),
        ):
            held = np.bincount(groups, weights=body)
            found[f"sure_{name}"] = (held / np.maximum(np.bincount(groups, weights=mass), 1e-9))[groups]
            found[f"body_{name}"] = held[groups] / total
        return found

    def _held(self, amounts: Vector) -> Vector:
        """The sum of the blocks' amounts in each element."""
        return self._elements.held(np.bincount(self._own, amounts, self._elements.n))

    def _tag_columns(self) -> Columns:
        inside, own = self._elements.inherited(self._bits)[self._own], self._bits[self._own]
        depth = self._elements.depth[self._own]
        change = np.where(self._lines.before > 0, depth - self._lines.around(depth, 1)[-1], 0)
        found: Columns = {"depth": depth, "depth_change": change}
        groups = (inside >> np.arange(len(_TAG_GROUPS))[:, None]) & 1
        found |= {f"in_{names[0]}": row for names, row in zip(_TAG_GROUPS, groups, strict=True)}
        found["is_p"] = own & 1
        found["is_container"] = (own & _CONTAINER) > 0
        return found

    def _container_columns(self, held: Mapping[str, Vector]) -> Columns:
        """How much prose, text and links the containers around the block hold."""
        blocks = self._held(np.ones(self._lines.n))
        pages, page = self._elements.pages, self._lines.page
        prose, mass = (np.maximum(held[name][pages], 1.0)[page] for name in ("prose", "mass"))
        found: Columns = {}
        for k, here in enumerate(self._level):
            found[f"prose_in_{k}"] = held["prose"][here] / prose
            found[f"mass_in_{k}"] = held["mass"][here] / mass
            found[f"links_in_{k}"] = held["links"][here] / np.maximum(held["mass"][here], 1)
            found[f"blocks_in_{k}"] = np.log1p(blocks[here], dtype=np.float32)
        return found

    def _best_container_columns(self, prose: Vector, held: Vector) -> Columns:
        """Where the block stands to its page's best container."""
        elements, lines, level = self._elements, self._lines, self._level
        score = _container_scores(elements, level, prose)
        best = elements.first_greatest(score)
        top, share = np.maximum(score[best], 1.0), held[best] / np.maximum(held[elements.pages], 1.0)
        # The innermost element around the block that is also around the best container.
        is_best = np.zeros(elements.n)
        is_best[best] = 1
        common = elements.nearest(elements.held(is_best) > 0)[self._own]
        climbs = elements.depth[best][lines.page] - elements.depth[common]
        inside = climbs == 0
        start, end = lines.first(inside), lines.last(inside) + 1
        start = np.where(end > 0, start, lines.starts)
        length = np.maximum(end - start, 1)
        return {
            "in_best": inside,
            "below_best": np.where(inside, elements.depth[self._own] - elements.depth[common], -1),
            "beside_best": climbs,
            "best_share": share[lines.page],
            "place_in_best": np.clip((lines.places - start[lines.page]) / length[lines.page], -0.5, 1.5),
            "container_score": score[level[0]] / top[lines.page],
            "parent_score": score[level[1]] / top[lines.page],
        }


def _container_levels(elements: Elements, bits: Numbers, own: Numbers) -> Numbers:
    """Row by row the nearest containers around each block, the page beyond the outermost."""
    nearest = elements.nearest((bits & _CONTAINER) > 0)
    rows = [nearest[own]]
    while len(rows) < _LEVELS:
        rows.append(nearest[elements.parents[rows[-1]]])
    return np.stack(rows)


def _container_scores(elements: Elements, level: Numbers, prose: Vector) -> Vector:
    """How much prose stands in each container: it counts fully in its own container, and less further out."""
    score = np.zeros(elements.n)
    for k, share in enumerate((1.0, 0.6, 0.25)):
        score += share * np.bincount(level[k], prose, elements.n)
    score[elements.pages] = 0
    return score


def _start_tags(elements: Elements, own: Numbers, starts: Sequence[Sequence[str]]) -> tuple[list[str], Numbers]:
    """The different start tags around blocks, and row by row the number of those around each block, its own first."""
    rows = [own]
    while len(rows) < _REACH:
        rows.append(elements.parents[rows[-1]])
    near = np.stack(rows)
    used = np.zeros(elements.n, bool)
    used[near] = True
    places = np.flatnonzero(used)
    written = list(chain.from_iterable(starts))
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    number = np.zeros(elements.n, np.intp)
    number[places] = [numbers[written[place]] for place in places.tolist()]
    return list(numbers), number[near]


def _alike_columns(lines: Lines, alike: Numbers, prose: Vector) -> Columns:
    """How much of the page's prose stands in elements that look like the block's."""
    held, number = np.bincount(alike, weights=prose), np.bincount(alike)
    return {
        "alike_prose": held[alike] / np.maximum(lines.total(prose), 1.0)[lines.page],
        "alike": np.log1p(number[alike], dtype=np.float32),
        "alike_mean": np.log1p(held[alike] / number[alike], dtype=np.float32),
    }


#: A shorter one is a summary.
_SHORTEST_BODY = 200
#: Characters of a block's beginning, and of its end, that are looked for.
_END = 40


def stated_body(document: Document) -> str:
    """The article's body as the page's JSON-LD states it, white space as in blocks; empty if it does not."""
    bodies = [datum.value for datum in document.metadata if datum.name.endswith((".articleBody", ".reviewBody"))]
    return " ".join(max(bodies, key=len).split()) if bodies else ""


def _stated(batch: Batch) -> npt.NDArray[np.float32]:
    """Does the body that the page states in JSON-LD hold the block's beginning and end? −1 where it states none."""
    found = np.full(batch.lines.n, -1, np.float32)
    for document, start, end in batch.pages():
        body = stated_body(document)
        if len(body) >= _SHORTEST_BODY:
            found[start:end] = [_held_ends(body, text) for text in batch.texts[start:end]]
    return found


def _held_ends(body: str, text: str) -> int:
    if len(text) <= _END:
        return 2 * (text in body) if len(text) > 3 else 0
    return (text[:_END] in body) + (text[-_END:] in body)
