"""What holds for the elements around elements, against walking outwards one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.elements import Elements

#: For each element of a page the number of the one around it; deep pages as well as flat ones.
PAGE = st.lists(st.integers(0, 2), max_size=30).map(
    lambda steps: [0, *(max(0, i - step) for i, step in enumerate(steps))]
)
PAGES = st.lists(PAGE, min_size=1, max_size=4)


def side_by_side(pages: list[list[int]]) -> tuple[Elements, list[list[int]]]:
    """The elements of the pages, and for each the element itself and those around it, innermost first."""
    parents: list[int] = []
    for page in pages:
        first = len(parents)
        parents += [first + parent for parent in page]
    paths = []
    for element in range(len(parents)):
        path = [element]
        while parents[path[-1]] != path[-1]:
            path.append(parents[path[-1]])
        paths.append(path)
    return Elements(np.array(parents)), paths


@given(PAGES, st.randoms(use_true_random=False))
def test_what_holds_around_each_element(pages: list[list[int]], dice) -> None:
    elements, paths = side_by_side(pages)
    assert elements.depth.tolist() == [len(path) - 1 for path in paths]
    assert elements.pages.tolist() == [path[0] for path in paths if len(path) == 1]
    values = [dice.randrange(8) for _ in paths]
    bits = elements.inherited(np.array(values))
    nearest = elements.nearest(np.array(values) > 5)
    held = elements.held(np.array(values, float))
    for element, path in enumerate(paths):
        assert bits[element] == np.bitwise_or.reduce([values[e] for e in path])
        assert nearest[element] == next((e for e in path if values[e] > 5), path[-1])
        assert held[element] == sum(value for other, value in enumerate(values) if element in paths[other])
    greatest = elements.first_greatest(np.array(values, float))
    ends = [*elements.pages[1:].tolist(), len(paths)]
    for start, end, found in zip(elements.pages.tolist(), ends, greatest.tolist(), strict=True):
        assert found == start + int(np.argmax(values[start:end]))
