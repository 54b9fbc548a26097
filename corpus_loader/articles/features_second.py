"""What the labeller looks at when it looks again: the first scores of the lines around, and of the lines alike."""

from __future__ import annotations

import numpy as np

from corpus_loader.articles.features import Columns, run_columns
from corpus_loader.articles.lines import Lines, Vector, exact

__all__ = ["second_columns"]

_FLOAT = np.float32
_DECAYS = (0.6, 0.9, 0.97)
_FAR = 60
_REACH = 4
_LIKELY, _GAP = 0.4, 6
#: How likely body a line must be for a gap to end at it.
_LEVELS = (0.3, 0.6, 0.85)
_GAP_LINES = 60
_WINDOWS = (3, 8, 20)
#: A line of fewer letters that a page prints so often stands between its lines as blank lines do.
_OFTEN, _SHORT = 4, 60
_NEAR = 3


def second_columns(lines: Lines, first: Vector, columns: Columns) -> Columns:
    """The features of the second look, by name.

    Args:
        lines: the lines of the pages.
        first: the probability that the first look gave each block.
        columns: the pages' text features.

    """
    mass = np.sqrt(columns["mass"] + 1)
    body = exact(first * mass)
    total = np.maximum(lines.total(body), 1e-3)
    here, of_page = lines.so_far(body), total[lines.page]
    found: Columns = {
        "first": first,
        "body_before": (here - body) / of_page,
        "body_after": (of_page - here) / of_page,
        "page_body": np.log1p(total)[lines.page],
        "body_lines": (lines.total(first.astype(np.float64)) / lines.counts)[lines.page],
    }
    found |= {f"first{offset:+d}": row for offset, row in lines.around(first, _REACH).items()}
    found |= _flow_columns(lines, body, mass)
    gains = (first - np.array([[0.5], [0.25]], _FLOAT)) * mass
    found |= run_columns(lines, ("body_run", "wide_body_run"), gains, body)
    found |= _passage_columns(lines, first, body, total)
    found |= _gap_columns(lines, first, columns["mass"])
    return found | _window_columns(lines, first) | _lone_columns(lines, first, columns)


def _flow_columns(lines: Lines, body: Vector, mass: Vector) -> Columns:
    """How much body stands around the line, near and far; and as a share: how sure the lines around are."""
    sides = np.stack(lines.faded(np.stack([body, mass]).astype(_FLOAT), _DECAYS, _FAR))
    held, weight = sides[:, :, 0], sides[:, :, 1]
    by_name = {"body": held / np.array(_DECAYS, _FLOAT)[:, None], "sure": held / np.maximum(weight, 1e-9)}
    return {
        f"{name}_{side}_{decay}": values[k, i]
        for i, decay in enumerate(_DECAYS)  # the nearest line counts fully
        for name, values in by_name.items()
        for k, side in enumerate(("behind", "ahead"))
    }


def _passage_columns(lines: Lines, first: Vector, body: Vector, total: Vector) -> Columns:
    """Passages, lines likely to be body with small gaps: the nearest one, and the greatest; −1 on a page with none."""
    is_likely = first >= _LIKELY
    likely = np.flatnonzero(is_likely)
    names = ("passage_share", "passage_rank", "to_passage", "from_greatest", "passages")
    if not len(likely):
        return dict.fromkeys(names, np.full(lines.n, -1, _FLOAT))
    # Passages are numbered through all pages.
    page = lines.page[likely]
    begins = np.ones(len(likely), bool)
    begins[1:] = (likely[1:] - likely[:-1] > _GAP) | (page[1:] > page[:-1])
    number = np.cumsum(begins) - 1
    begin = np.flatnonzero(begins)
    first_line, last_line, of_page = likely[begin], likely[np.append(begin[1:], len(likely)) - 1], page[begin]
    held = np.bincount(number, weights=body[likely])
    passages = np.bincount(of_page, minlength=lines.pages)
    start = np.cumsum(passages) - passages
    order = np.lexsort((-held, of_page))  # page by page, the greatest passage first
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order)) - start[of_page]

    after = np.minimum(np.cumsum(is_likely) - is_likely, len(likely) - 1)
    before = np.maximum(after - 1, 0)

    def distance(which: Vector) -> Vector:
        return np.where(page[which] == lines.page, np.abs(likely[which] - lines.places), lines.n)

    nearest = np.where(distance(after) <= distance(before), after, before)
    own = number[nearest]
    greatest = order[np.minimum(start, len(order) - 1)][lines.page]
    to_first, to_last = lines.places - first_line[greatest], lines.places - last_line[greatest]
    values = (
        held[own] / total[lines.page],
        rank[own],
        np.minimum(np.maximum(lines.places - likely[nearest], -30), 30),
        np.where(to_first < 0, np.maximum(to_first, -99), np.minimum(np.maximum(to_last, 0), 99)),
        passages[lines.page],
    )
    some = passages[lines.page] > 0
    return {name: np.where(some, value, -1) for name, value in zip(names, values, strict=True)}


def _gap_columns(lines: Lines, first: Vector, mass: Vector) -> Columns:
    """How far the nearest likely lines are, the text between that is none of them, and how many there are in all.

    Distances beyond 60 lines are 60; where the page has no such line, the text is −1.
    """
    likely = first >= np.array(_LEVELS, _FLOAT)[:, None]
    before, after = lines.beside(likely)
    has_before, has_after = before >= 0, after < lines.n
    other = exact(mass * (1 - first))
    here, count = lines.so_far(other), lines.so_far(likely)
    behind = here - other - here[np.maximum(before, 0)]
    ahead = (here - other)[np.minimum(after, lines.n - 1)] - here
    by_name = {
        "since": np.where(has_before, np.minimum(lines.places - before, _GAP_LINES), _GAP_LINES),
        "until": np.where(has_after, np.minimum(after - lines.places, _GAP_LINES), _GAP_LINES),
        "other_since": np.where(has_before, behind, -1),
        "other_until": np.where(has_after, ahead, -1),
        "count_before": count - likely,
        "count_after": lines.whole(count) - count,
    }
    return {f"{name}_{level}": values[i] for i, level in enumerate(_LEVELS) for name, values in by_name.items()}


def _window_columns(lines: Lines, first: Vector) -> Columns:
    """How sure the lines around are, whatever their length, and the surest of the page."""
    likely = exact(first)
    here = lines.so_far(likely)
    reach = np.array(_WINDOWS)[:, None]
    low, high = lines.places - np.minimum(lines.before, reach), lines.places + np.minimum(lines.after, reach)
    around = (here[high] - here[low] + likely[low]) / (high - low + 1)
    found: Columns = {"surest": lines.greatest(first)[lines.page]}
    return found | {f"around_{reach}": row for reach, row in zip(_WINDOWS, around, strict=True)}


def _lone_columns(lines: Lines, first: Vector, columns: Columns) -> Columns:
    """The lines around but for those that the page prints often: `Advertisement` between any two paragraphs."""
    lone = (columns["copies"] < _OFTEN) | (columns["mass"] >= _SHORT)
    places, all_lone = np.append(np.flatnonzero(lone), 0), np.count_nonzero(lone)
    found: Columns = {"lone": lone, "lone_lines": (lines.total(lone.astype(np.intp)) / lines.counts)[lines.page]}
    values = {"first": first, "size": columns["size"], "stopped": columns["stopped"]}
    stack = np.stack([values[name] for name in values], dtype=_FLOAT, casting="same_kind")
    passed = np.cumsum(lone)  # with this line itself
    steps = np.arange(_NEAR)[:, None]
    number = np.concatenate([passed - lone - _NEAR + steps, passed + steps])
    place = places[np.minimum(np.maximum(number, 0), all_lone)]
    inside = (number >= 0) & (number < all_lone) & (lines.page[place] == lines.page)
    around = np.where(inside, stack[:, place], -1)
    offsets = (*range(-_NEAR, 0), *range(1, _NEAR + 1))
    return found | {
        f"lone_{name}{offset:+d}": around[k, i] for i, offset in enumerate(offsets) for k, name in enumerate(values)
    }
