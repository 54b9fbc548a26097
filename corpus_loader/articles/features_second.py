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
    return found | _passage_columns(lines, first, body, total)


def _flow_columns(lines: Lines, body: Vector, mass: Vector) -> Columns:
    """How much body stands around the line, near and far; and as a share: how sure the lines around are."""
    found: Columns = {}
    behind, ahead = lines.faded(np.stack([body, mass]).astype(_FLOAT), _DECAYS, _FAR)
    for i, decay in enumerate(_DECAYS):
        # The nearest line counts fully.
        found |= {f"body_behind_{decay}": behind[i, 0] / decay, f"body_ahead_{decay}": ahead[i, 0] / decay}
        for side, (held, weight) in (("behind", behind[i]), ("ahead", ahead[i])):
            found[f"sure_{side}_{decay}"] = held / np.maximum(weight, 1e-9)
    return found


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
