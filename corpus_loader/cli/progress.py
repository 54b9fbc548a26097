"""Progress bars: on a terminal only, on stderr, never in a log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

__all__ = ["counting"]


@contextmanager
def counting(unit: str, total: int | None = None) -> Iterator[Callable[..., None]]:
    """A function to tell how many are done so far; another `phase` counts from the start under its own name."""
    told = ""
    with tqdm(total=total, unit=f" {unit}", disable=not sys.stderr.isatty(), file=sys.stderr, leave=False) as bar:

        def tell(done: int, phase: str = "") -> None:
            nonlocal told
            if phase != told:
                told = phase
                bar.reset()
                bar.set_description(phase)
            bar.update(done - bar.n)

        yield tell
