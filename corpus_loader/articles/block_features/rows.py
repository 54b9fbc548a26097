"""The table that features are written into, and what they are computed from."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["Amounts", "Numbers", "Rows"]

#: Features × blocks of one page; most often a part of the table of many pages.
Rows = npt.NDArray[np.float32]
#: A number for each block of one page, in the precision that is summed in.
Amounts = npt.NDArray[np.float64]
#: Whole numbers, most often places: of blocks, elements, characters.
Numbers = npt.NDArray[np.intp]
