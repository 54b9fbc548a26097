"""Memory that is used again: of arrays that are made piece by piece."""

from __future__ import annotations

import functools

import numpy as np

__all__ = ["keep_freed_memory"]

#: So many bytes, twice, are more than what the arrays of one piece take.
_LARGE = 1 << 24


@functools.cache
def keep_freed_memory() -> None:
    """Have the C library keep the memory that one piece frees for the next one.

    What glibc gives back to the system is taken again page by page, by a fault each. It keeps up to twice the largest
    block that it has seen freed; so it is shown one, which is never touched. Other C libraries do not mind.
    """
    np.empty(_LARGE, np.uint8)
