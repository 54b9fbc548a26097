"""Progress bars: on a terminal only, on stderr, never in a log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

__all__ = ["counting"]


@contextmanager
def counting(unit: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A function to tell how many are done so far."""
    with tqdm(total=total, unit=f" {unit}", disable=not sys.stderr.isatty(), file=sys.stderr, leave=False) as bar:

        def tell(done: int) -> None:
            bar.update(done - bar.n)

        yield tell
