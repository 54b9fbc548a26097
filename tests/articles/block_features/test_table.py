"""The table of one page."""

import numpy as np
import pytest

from corpus_loader.articles.block_features.table import PageFeatures, feature_names
from tests.articles.block_features.first_look import page_of

NAMES = feature_names("text/plain")


@pytest.mark.parametrize(
    ("features", "lines", "columns"), [(len(NAMES) - 1, 2, 2), (len(NAMES), 2, 1), (len(NAMES), 0, 0)]
)
def test_a_table_that_is_not_the_page_s_is_refused(features: int, lines: int, columns: int) -> None:
    with pytest.raises(
        ValueError, match="a table has a row for each feature, and a column for each of the page's blocks"
    ):
        PageFeatures(page_of(["A line"] * lines), np.empty((features, columns), np.float32))


def test_probabilities_of_other_blocks_are_refused() -> None:
    features = PageFeatures(page_of(["A line", "Another"]), np.empty((len(NAMES), 2), np.float32))
    with pytest.raises(ValueError, match="each block has a probability"):
        features.look_again(np.zeros(1, np.float32))
