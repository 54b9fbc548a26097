"""Progress bars: on a terminal only, on stderr, never in a log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from tqdm import tqdm
from tqdm.utils import CallbackIOWrapper

from corpus_loader.cli.terminal import harmless

__all__ = ["counting", "make_way", "reading"]

_shown: list[tqdm[Any]] = []


@contextmanager
def counting(unit: str, total: int | None = None) -> Iterator[Callable[..., None]]:
    """A function to tell how many are done so far; another `phase` counts from the start under its own name."""
    told = ""
    with _bar(total=total, unit=f" {unit}") as bar:

        def tell(done: int, phase: str = "") -> None:
            nonlocal told
            if phase != told:
                told = phase
                bar.reset()
                bar.set_description_str(phase)
            bar.update(done - bar.n)

        yield tell


@contextmanager
def reading(stream: BinaryIO, name: str, size: int | None, *, delay: float = 0) -> Iterator[BinaryIO]:
    """The stream, of so many bytes if that is known; what is read of it is shown, `delay` seconds after the start."""
    options = {"unit": "B", "unit_scale": True, "unit_divisor": 1024}
    with _bar(total=size, desc=harmless(name), delay=delay, **options) as bar:

        def tell(count: int) -> None:
            bar.update(count if size is None else min(count, size - bar.n))  # some of it may be read twice

        yield cast(BinaryIO, CallbackIOWrapper(tell, stream, "read"))  # which hands all other calls on


def make_way() -> None:
    """What is printed next on the terminal stands on lines of its own; the bar comes back below when it moves on."""
    if sys.stdout.isatty():
        for bar in _shown:
            bar.clear()


@contextmanager
def _bar(**options: Any) -> Iterator[tqdm[Any]]:
    with tqdm(disable=not sys.stderr.isatty(), file=sys.stderr, leave=False, **options) as bar:
        _shown.append(bar)
        try:
            yield bar
        finally:
            _shown.remove(bar)
