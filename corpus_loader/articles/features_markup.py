"""What the labeller looks at in each block of an HTML page beside its text: the markup features."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.features import Columns, Vector
from corpus_loader.articles.words import score_lines
from corpus_loader.records import Document, Outline

__all__ = ["PageMarkup", "start_tag_words", "stated_body"]

_FLOAT = np.float32

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
_DEPTH = 40
_LEVELS = 4


class PageMarkup:
    """The markup of one page, as arrays over its blocks and elements."""

    def __init__(self, document: Document, texts: Sequence[str]) -> None:
        first = document.blocks[0].markup
        if first is None:
            raise ValueError("a page without markup has no markup features")
        self._document, self._texts = document, texts
        self._outline = first.outline
        self._elements, self._link_share = _elements(document)
        parents = np.array(first.outline.parents)
        self._bits = np.array([_TAG_BITS.get(name, 0) for name in first.outline.names])
        self._ancestors = _ancestors(self._elements, parents)
        self._level = _container_levels(self._bits, self._ancestors)
        self._alike = _signatures(first.outline, self._elements.tolist(), parents[self._elements].tolist())

    def columns(self, columns: Columns) -> Columns:
        """The markup features of every block, by name, beside the text features."""
        share = self._link_share
        prose, mass = columns["prose"] * (1 - share), columns["mass"]
        found: Columns = {"link_share": share, "link_mass": share * mass}
        found |= _tag_columns(self._bits, self._ancestors, self._elements)
        found |= _container_columns(self._level, self._ancestors, len(self._bits), prose, mass, share)
        found |= _alike_columns(self._alike, prose)
        return found | _stated_columns(self._document, self._texts)

    def token_columns(self, scores: Mapping[str, float]) -> Columns:
        """What the class and id words around each block say; `scores` is how much each word speaks for body."""
        return _token_columns(self._outline, self._ancestors, scores)

    def tokens(self) -> list[set[str]]:
        """The class and id words of each block's element and of those around it."""
        words = [start_tag_words(start) for start in self._outline.starts]
        return [set().union(*(words[element] for element in row)) for row in self._ancestors[:_REACH].T.tolist()]

    def second_columns(self, first: Vector, columns: Columns) -> Columns:
        """How likely body is, by the first look, in the containers around each block, and in elements like its own."""
        mass = np.sqrt(columns["mass"] + 1)
        body = first * mass
        total = max(float(body.sum()), 1e-3)
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


def _elements(document: Document) -> tuple[npt.NDArray[np.int64], Vector]:
    markups = [block.markup for block in document.blocks if block.markup]
    return np.array([markup.element for markup in markups]), np.array([markup.link_share for markup in markups], _FLOAT)


def _ancestors(elements: npt.NDArray[np.int64], parents: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Row by row the elements around each block, from its own outwards, 0 beyond the page's outermost."""
    rows = [elements]
    while len(rows) < _DEPTH and rows[-1].any():
        rows.append(parents[rows[-1]])
    return np.stack(rows)


def _tag_columns(
    bits: npt.NDArray[np.int64], ancestors: npt.NDArray[np.int64], elements: npt.NDArray[np.int64]
) -> Columns:
    inside = np.bitwise_or.reduce(bits[ancestors], axis=0)
    depth = (ancestors > 0).sum(axis=0).astype(_FLOAT)
    own = bits[elements]
    found: Columns = {"depth": depth, "depth_change": np.diff(depth, prepend=depth[0])}
    for i, names in enumerate(_TAG_GROUPS):
        found[f"in_{names[0]}"] = ((inside >> i) & 1).astype(_FLOAT)
    found["is_p"] = (own & 1).astype(_FLOAT)
    found["is_container"] = ((own & _CONTAINER) > 0).astype(_FLOAT)
    return found


def _container_levels(bits: npt.NDArray[np.int64], ancestors: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Row by row the nearest containers around each block, 0 beyond the outermost."""
    n = ancestors.shape[1]
    rank = np.cumsum((bits[ancestors] & _CONTAINER) > 0, axis=0)
    level = np.zeros((_LEVELS, n), np.int64)
    for k in range(_LEVELS):
        row = np.argmax(rank == k + 1, axis=0)
        level[k] = np.where(rank[-1] > k, ancestors[row, np.arange(n)], 0)
    return level


def _container_columns(
    level: npt.NDArray[np.int64],
    ancestors: npt.NDArray[np.int64],
    size: int,
    prose: Vector,
    mass: Vector,
    share: Vector,
) -> Columns:
    """How much prose, text and links the containers around the block hold, and its place in the best container."""
    flat, (depth, n) = ancestors.ravel(), ancestors.shape

    def held(values: Vector) -> npt.NDArray[np.float64]:
        return np.bincount(flat, np.tile(values, depth), size).astype(np.float64)

    held_prose, held_mass, held_links = held(prose), held(mass), held(mass * share)
    held_blocks = np.bincount(flat, minlength=size)
    # The page itself (0) was counted once for every row in which it pads.
    held_prose[0], held_mass[0], held_links[0] = prose.sum(), mass.sum(), (mass * share).sum()
    held_blocks[0] = n
    total_prose, total_mass = max(float(held_prose[0]), 1.0), max(float(held_mass[0]), 1.0)
    found: Columns = {}
    for k, here in enumerate(level):
        found[f"prose_in_{k}"] = held_prose[here] / total_prose
        found[f"mass_in_{k}"] = held_mass[here] / total_mass
        found[f"links_in_{k}"] = held_links[here] / np.maximum(held_mass[here], 1)
        found[f"blocks_in_{k}"] = np.log1p(held_blocks[here])
    return found | _best_container_columns(level, ancestors, prose, held_prose, total_prose)


def _best_container_columns(
    level: npt.NDArray[np.int64],
    ancestors: npt.NDArray[np.int64],
    prose: Vector,
    held_prose: npt.NDArray[np.float64],
    total_prose: float,
) -> Columns:
    """The best container: prose counts fully in its own container, and less further out."""
    size, n = len(held_prose), len(prose)
    score = np.zeros(size)
    for k, share in enumerate((1.0, 0.6, 0.25)):
        score += share * np.bincount(level[k], weights=prose, minlength=size)
    score[0] = 0
    best = int(np.argmax(score))
    # How many steps out from the block until an element is reached that is also around the best container.
    around = np.zeros(size, bool)
    step = np.flatnonzero(level[0] == best)
    path = ancestors[:, step[0]] if len(step) else np.array([best])
    path = path[int(np.argmax(path == best)) :]
    around[path] = True
    distance = np.argmax(around[ancestors], axis=0)
    reached = ancestors[distance, np.arange(n)]
    above = {int(element): i for i, element in enumerate(path)}
    climbs = np.fromiter((above.get(int(element), 40) for element in reached), _FLOAT, n)
    inside = climbs == 0
    line = np.arange(n)
    places = np.flatnonzero(inside)
    start, end = (places[0], places[-1] + 1) if len(places) else (0, 1)
    return {
        "in_best": inside.astype(_FLOAT),
        "below_best": np.where(inside, distance, -1).astype(_FLOAT),
        "beside_best": climbs,
        "best_share": np.full(n, held_prose[best] / total_prose, _FLOAT),
        "place_in_best": np.clip((line - start) / max(end - start, 1), -0.5, 1.5).astype(_FLOAT),
        "container_score": (score[level[0]] / max(float(score[best]), 1.0)).astype(_FLOAT),
        "parent_score": (score[level[1]] / max(float(score[best]), 1.0)).astype(_FLOAT),
    }


#: So many elements outwards are read.
_REACH = 6
# For the few tags whose attributes have other quotes, or none: the plain search is many times as fast.
_NAMING = re.compile(r"""\s(?:class|id|itemprop|role)=("[^"]*"|'[^']*'|[^\s>]+)""")
#: `c-postBody__text` is post, body, text.
_WORD = re.compile(r"\n|([A-Z]{3,}(?![a-z])|[A-Z]?[a-z]{2,})")


_ATTRIBUTES = (' class="', ' id="', ' itemprop="', ' role="')


def _naming_values(start: str) -> list[str]:
    """The values of a start tag's class, id, itemprop and role."""
    if '="' not in start:
        return _NAMING.findall(start) if "=" in start else []
    values = []
    for attribute in _ATTRIBUTES:
        place = start.find(attribute)
        if place >= 0:
            place += len(attribute)
            values.append(start[place : start.find('"', place)])
    return values


def _words_of(values: Iterable[str]) -> list[str]:
    """The words of all values, in lower case; an empty string ends each value's."""
    words = _WORD.findall("".join([value.replace("\n", " ") + "\n" for value in values]))
    return " ".join(words).lower().split(" ") if words else []


def start_tag_words(start: str) -> set[str]:
    """The words of a start tag's class, id, itemprop and role, in lower case."""
    return {word for word in _words_of(_naming_values(start)) if word}


def _token_columns(outline: Outline, ancestors: npt.NDArray[np.int64], token_scores: Mapping[str, float]) -> Columns:
    """How much the class and id words of the block's element, and of those around it, speak for body."""
    near, n = ancestors[:_REACH], ancestors.shape[1]
    if len(near) < _REACH:
        near = np.concatenate([near, np.zeros((_REACH - len(near), n), np.int64)])
    used = np.zeros(len(outline.names), bool)
    used[near] = True
    # One class is on many elements: each start tag, and each value, is read once.
    numbers: dict[str, int] = {}
    read: dict[str, list[int]] = {}
    owners: list[int] = []
    numbered: list[int] = []
    for element in np.flatnonzero(used).tolist():
        start = outline.starts[element]
        values = read.get(start)
        if values is None:
            values = read[start] = [numbers.setdefault(value, len(numbers)) for value in _naming_values(start)]
        for value in values:
            owners.append(element)
            numbered.append(value)
    low, high = np.zeros((2, len(used)), _FLOAT)
    if numbered:
        said = score_lines(_words_of(numbers), token_scores, len(numbers))
        known = said.known[numbered] > 0
        owner, number = np.array(owners)[known], np.array(numbered)[known]
        low[owner], high[owner] = 2, -2
        np.minimum.at(low, owner, said.low[number])
        np.maximum.at(high, owner, said.high[number])
    lows, highs = low[near], high[near]
    return {
        "own_token_low": lows[0],
        "own_token_high": highs[0],
        "token_low_1": lows[:3].min(axis=0),
        "token_high_1": highs[:3].max(axis=0),
        "token_low": lows.min(axis=0),
        "token_high": highs.max(axis=0),
        "token_sum": (lows + highs).sum(axis=0),
    }


def _signatures(outline: Outline, elements: Sequence[int], parents: Sequence[int]) -> npt.NDArray[np.int64]:
    """A number for each block, equal where their elements look alike: same tag, attributes and parent's start tag."""
    numbers: dict[tuple[str, str], int] = {}
    starts, names = outline.starts, outline.names
    looks = [
        (names[element] if names[element] == "p" else starts[element], starts[parent])
        for element, parent in zip(elements, parents, strict=True)
    ]
    return np.array([numbers.setdefault(look, len(numbers)) for look in looks])


def _alike_columns(alike: npt.NDArray[np.int64], prose: Vector) -> Columns:
    """How much of the page's prose stands in elements that look like the block's."""
    held, count = np.bincount(alike, weights=prose), np.bincount(alike)
    return {
        "alike_prose": held[alike] / max(float(prose.sum()), 1.0),
        "alike": np.log1p(count[alike]),
        "alike_mean": np.log1p(held[alike] / count[alike]),
    }


_SPACE = re.compile(r"\s+")


def stated_body(document: Document) -> str:
    """The article's body as the page's JSON-LD states it, white space as in blocks; empty if it does not."""
    bodies = [datum.value for datum in document.metadata if datum.name.endswith((".articleBody", ".reviewBody"))]
    return _SPACE.sub(" ", max(bodies, key=len)) if bodies else ""


def _stated_columns(document: Document, texts: Sequence[str]) -> Columns:
    """Does the body that the page states in JSON-LD hold the block's beginning and end?"""
    body, n = stated_body(document), len(texts)
    if len(body) < 200:
        return {"stated": np.full(n, -1, _FLOAT)}
    stated = ((text[:40] in body) + (text[-40:] in body) if len(text) > 3 else 0 for text in texts)
    return {"stated": np.fromiter(stated, _FLOAT, n)}
