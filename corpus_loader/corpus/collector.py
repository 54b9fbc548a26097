"""Python's garbage collector, in the processes that are ours alone."""

from __future__ import annotations

import gc

__all__ = ["collect_seldom"]


def collect_seldom() -> None:
    """Have this process look for cycles of objects a hundred times more seldom than Python does by default.

    A page is hundreds of small tuples and leaves no cycle behind (a test keeps it): to look for some took a tenth of
    the time of a batch. For commands and workers; a library does not decide that for the program that imports it.
    """
    gc.set_threshold(100_000, 50, 50)
