"""How far and how dense lines of prose are, against counting the lines around each line."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.block_features.gaps import GAP_NAMES, fill_gaps
from corpus_loader.articles.block_features.text import TEXT_NAMES


@given(st.lists(st.booleans(), min_size=1, max_size=100))
def test_gaps_are_counted_from_line_to_line(full):
    n = len(full)
    rows = np.zeros((len(TEXT_NAMES) + len(GAP_NAMES), n), np.float32)
    rows[TEXT_NAMES.index("prose")] = np.where(full, 60, 59)
    fill_gaps(rows, len(TEXT_NAMES))
    found = dict(zip(GAP_NAMES, rows[len(TEXT_NAMES) :], strict=True))
    places = np.flatnonzero(full)
    for i in range(n):
        before, after = places[places < i], places[places > i]
        assert found["since_prose"][i] == (min(i - before[-1], 40) if len(before) else 40)
        assert found["until_prose"][i] == (min(after[0] - i, 40) if len(after) else 40)
        for name, reach in (("prose_lines", 6), ("prose_lines_wide", 18), ("page_prose_lines", n)):
            np.testing.assert_allclose(found[name][i], np.mean(full[max(i - reach, 0) : i + reach + 1]), rtol=1e-6)
