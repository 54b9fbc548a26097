# cython: boundscheck=False, wraparound=False
"""What the labeller looks at when it looks again: what it thought of each line at first, and of the lines around."""

from __future__ import annotations

import math

import numpy as np

from corpus_loader.articles.block_features.body_gaps import BODY_GAP_NAMES, fill_body_gaps
from corpus_loader.articles.block_features.lone import LONE_NAMES, fill_lone
from corpus_loader.articles.block_features.neighbours import fill_neighbours, neighbour_names
from corpus_loader.articles.block_features.passages import PASSAGE_NAMES, fill_passages
from corpus_loader.articles.block_features.rows import Amounts, Rows
from corpus_loader.articles.block_features.runs import fill_run, run_names
from corpus_loader.articles.block_features.text import TEXT_NAMES

__all__ = ["SECOND_NAMES", "fill_second"]

#: So many lines each way are looked at one by one.
_REACH = 4
#: How much less each farther line counts in the body around a line; lines farther away do not count.
_DECAYS = (0.6, 0.9, 0.97)
_FAR = 60
#: Less is what rounding left of lines that are too far away.
_NOTHING = 1e-9
#: So many lines each way are averaged.
_WINDOWS = (3, 8, 20)

_PAGE_NAMES = ("first", "body_before", "body_after", "page_body", "body_lines")
_AROUND_NAMES = neighbour_names(("first",), _REACH)
_FLOW_NAMES = tuple(
    f"{name}_{side}_{decay}" for decay in _DECAYS for name in ("body", "sure") for side in ("behind", "ahead")
)
_RUN_NAMES = (*run_names("body_run"), *run_names("wide_body_run"))
_WINDOW_NAMES = ("surest", *(f"around_{reach}" for reach in _WINDOWS))

SECOND_NAMES = (
    *_PAGE_NAMES,
    *_AROUND_NAMES,
    *_FLOW_NAMES,
    *_RUN_NAMES,
    *PASSAGE_NAMES,
    *BODY_GAP_NAMES,
    *_WINDOW_NAMES,
    *LONE_NAMES,
)
_AROUND, _FLOW, _RUNS, _PASSAGES, _GAPS, _WINDOW, _LONE = (
    SECOND_NAMES.index(names[0])
    for names in (_AROUND_NAMES, _FLOW_NAMES, _RUN_NAMES, PASSAGE_NAMES, BODY_GAP_NAMES, _WINDOW_NAMES, LONE_NAMES)
)
_MASS = TEXT_NAMES.index("mass")


def fill_second(first: Rows, text: Rows, rows: Rows, row: int) -> None:
    """Write the features of the second look, from that row on.

    Args:
        first: the probability that the first look gave each line.
        text: the table that has the text features from its first row on; it may be the same one.
        rows: the table.
        row: the row of the first of the features.

    """
    n = first.shape[0]
    amounts = np.empty((5, n))
    sure, mass, weight, body, gains = amounts[0], amounts[1], amounts[2], amounts[3], amounts[4]
    total = 0.0
    for i in range(n):
        sure[i] = first[i]
        mass[i] = text[_MASS, i]
        weight[i] = (mass[i] + 1.0) ** 0.5
        body[i] = sure[i] * weight[i]
        total += body[i]
    total = max(total, 1e-3)
    _fill_page(sure, body, total, rows, row)
    fill_neighbours(rows, (row,), _REACH, row + _AROUND, 0.0)
    _fill_flow(body, weight, rows, row + _FLOW)
    for i in range(n):
        gains[i] = (sure[i] - 0.5) * weight[i]
    fill_run(gains, body, rows, row + _RUNS)
    for i in range(n):
        gains[i] = (sure[i] - 0.25) * weight[i]
    fill_run(gains, body, rows, row + _RUNS + 4)
    fill_passages(sure, body, total, rows, row + _PASSAGES)
    fill_body_gaps(sure, mass, rows, row + _GAPS)
    _fill_windows(sure, rows, row + _WINDOW)
    fill_lone(sure, text, rows, row + _LONE)


def _fill_page(sure: Amounts, body: Amounts, total: float, rows: Rows, row: int) -> None:
    """The line itself, the shares of the page's body before and after it, and how much and how sure the page's is."""
    n = sure.shape[0]
    page_body, page_sure, here = math.log1p(total), 0.0, 0.0
    for i in range(n):
        page_sure += sure[i]
    for i in range(n):
        rows[row, i] = sure[i]
        rows[row + 1, i] = here / total
        here += body[i]
        rows[row + 2, i] = (total - here) / total
        rows[row + 3, i] = page_body
        rows[row + 4, i] = page_sure / n


def _fill_flow(body: Amounts, weight: Amounts, rows: Rows, row: int) -> None:
    """How much body stands around the line, near and far, and as a share: how sure the lines around are."""
    last = body.shape[0] - 1
    for decay in _DECAYS:
        _fill_side(body, weight, decay, 0, 1, rows, row)
        _fill_side(body, weight, decay, last, -1, rows, row + 1)
        row += 4


def _fill_side(body: Amounts, weight: Amounts, decay: float, i: int, step: int, rows: Rows, row: int) -> None:
    """For each line from line `i` on: the body behind, of which the nearest line's counts fully, and its share."""
    gone = decay**_FAR
    held = whole = 0.0
    for passed in range(body.shape[0]):
        held = held if held > _NOTHING else 0.0
        rows[row, i] = held
        rows[row + 2, i] = held / max(whole, _NOTHING)
        held = held * decay + body[i]
        whole = whole * decay + weight[i]
        if passed >= _FAR:
            held -= gone * body[i - step * _FAR]
            whole -= gone * weight[i - step * _FAR]
        i += step


def _fill_windows(sure: Amounts, rows: Rows, row: int) -> None:
    """The surest line of the page, and how sure the lines around are, whatever their length."""
    n = sure.shape[0]
    surest = 0.0
    for i in range(n):
        surest = max(surest, sure[i])
    for i in range(n):
        rows[row, i] = surest
    for reach in _WINDOWS:
        row += 1
        _fill_window(sure, reach, rows, row)


def _fill_window(sure: Amounts, reach: int, rows: Rows, row: int) -> None:
    """The mean over the line and so many lines each way. Sums of few digits are exact: nothing is left of a line."""
    n = sure.shape[0]
    around = 0.0
    for i in range(min(reach, n)):
        around += sure[i]
    for i in range(n):
        if i + reach < n:
            around += sure[i + reach]
        if i > reach:
            around -= sure[i - reach - 1]
        rows[row, i] = around / (min(i + reach, n - 1) - max(i - reach, 0) + 1)
