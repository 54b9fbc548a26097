"""The table that features are written into."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["Amounts", "Rows"]

#: Features × blocks of one page; most often a part of the table of many pages.
Rows = npt.NDArray[np.float32]
#: A number for each block of one page, in the precision that is summed in.
Amounts = npt.NDArray[np.float64]
