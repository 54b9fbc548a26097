"""What the labeller looks at when it looks again: the first scores of the lines around, and of the lines alike."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.features import Columns, run_columns

__all__ = ["second_columns"]

_FLOAT = np.float32
_DECAYS = (0.6, 0.9, 0.97)
_KERNELS = [np.power(decay, np.arange(60), dtype=_FLOAT) for decay in _DECAYS]
_REACH = 4
_GAP = 6


def second_columns(first: npt.NDArray[np.float32], columns: Columns) -> Columns:
    """The features of the second look, by name.

    Args:
        first: the probability that the first look gave each block.
        columns: the page's text features.

    """
    n = len(first)
    mass = np.sqrt(columns["mass"] + 1)
    body = first * mass
    total = max(float(body.sum()), 1e-3)
    before = np.cumsum(body) - body
    found: Columns = {"first": first, "body_before": before / total, "body_after": (total - before - body) / total}
    found["page_body"] = np.log1p(total)
    found["body_lines"] = first.mean()
    padded = np.zeros(n + 2 * _REACH, _FLOAT)
    padded[_REACH : n + _REACH] = first
    for offset in range(-_REACH, _REACH + 1):
        if offset:
            found[f"first{offset:+d}"] = padded[_REACH + offset : _REACH + offset + n]
    for decay, kernel in zip(_DECAYS, _KERNELS, strict=True):
        behind = np.convolve(body, kernel)[:n]
        found[f"body_behind_{decay}"] = np.concatenate([[0], behind[:-1]])
        ahead = np.convolve(body[::-1], kernel)[:n][::-1]
        found[f"body_ahead_{decay}"] = np.concatenate([ahead[1:], [0]])
        # The same as a share: how sure the lines around are, whatever their length.
        weight = np.convolve(mass, kernel)[:n]
        found[f"sure_behind_{decay}"] = np.concatenate([[0], behind[:-1] / weight[:-1]])
        weight = np.convolve(mass[::-1], kernel)[:n][::-1]
        found[f"sure_ahead_{decay}"] = np.concatenate([ahead[1:] / weight[1:], [0]])
    for name, cost in (("body_run", 0.5), ("wide_body_run", 0.25)):
        found |= run_columns(name, (first - cost) * mass, body, n)
    return found | _passage_columns(first, body, total, n)


def _passage_columns(first: npt.NDArray[np.float32], body: npt.NDArray[np.float32], total: float, n: int) -> Columns:
    """Passages, lines likely to be body with small gaps: the nearest one, and the greatest."""
    line = np.arange(n)
    likely = np.flatnonzero(first >= 0.4)
    if not len(likely):
        blank = np.full(n, -1, _FLOAT)
        return {
            "passage_share": blank,
            "passage_rank": blank,
            "to_passage": blank,
            "from_greatest": blank,
            "passages": blank,
        }
    number = np.cumsum(np.diff(likely, prepend=likely[0]) > _GAP)
    held = np.bincount(number, weights=body[likely])
    greatest = int(np.argmax(held))
    after = np.minimum(np.searchsorted(likely, line), len(likely) - 1)
    earlier = np.maximum(after - 1, 0)
    nearest = np.where(np.abs(likely[after] - line) <= np.abs(likely[earlier] - line), after, earlier)
    own = number[nearest]
    order = np.argsort(np.argsort(-held, kind="stable"), kind="stable")
    span = likely[number == greatest]
    offset = np.where(line < span[0], line - span[0], np.where(line > span[-1], line - span[-1], 0))
    return {
        "passage_share": (held[own] / total).astype(_FLOAT),
        "passage_rank": order[own].astype(_FLOAT),
        "to_passage": np.clip(line - likely[nearest], -30, 30).astype(_FLOAT),
        "from_greatest": np.clip(offset, -99, 99).astype(_FLOAT),
        "passages": len(held),
    }
