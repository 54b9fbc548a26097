"""What holds for the elements around elements, against walking outwards one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.block_features.elements import TAG_NAMES, Elements, fill_tags
from corpus_loader.articles.block_features.looks import looks
from corpus_loader.records import Block, Markup, Outline

NAMES = ("p", "a", "div", "li", "span")


@st.composite
def pages(draw: st.DrawFn) -> tuple[Outline, list[Block]]:
    """Deep pages as well as flat ones, with blocks in any order."""
    steps = draw(st.lists(st.integers(0, 2), max_size=30))
    parents = [0, *(max(0, i - step) for i, step in enumerate(steps))]
    names = ["html", *(draw(st.sampled_from(NAMES)) for _ in steps)]
    starts = ["", *(f'<{name} id="{draw(st.integers(0, 1))}">' for name in names[1:])]
    outline = Outline(parents, names, starts)
    own = draw(st.lists(st.integers(0, len(parents) - 1), min_size=1, max_size=20))
    return outline, [Block(0, 1, Markup(outline, element, 0.0)) for element in own]


def path(outline: Outline, element: int) -> list[int]:
    """The element and those around it, innermost first, with the page itself."""
    return [*outline.up(element), 0]


@given(pages())
def test_what_holds_around_each_block(page):
    outline, blocks = page
    elements = Elements(blocks)
    rows = np.empty((len(TAG_NAMES), len(blocks)), np.float32)
    fill_tags(elements, rows, 0)
    found = dict(zip(TAG_NAMES, rows.tolist(), strict=True))
    paths = [path(outline, block.markup.element) for block in blocks]
    around = [[outline.names[element] for element in path] for path in paths]
    depths = [len(path) - 1 for path in paths]
    assert found["depth"] == depths
    assert found["depth_change"] == [0, *np.diff(depths)]
    assert found["is_p"] == [names[0] == "p" for names in around]
    assert found["in_p"] == ["p" in names for names in around]
    assert found["in_li"] == ["li" in names for names in around]
    assert found["in_nav"] == [0] * len(blocks)
    for (own, *_), names in zip(paths, around, strict=True):
        containers = [name in ("div", "li", "html") for name in names]
        assert elements.container[own] == path(outline, own)[containers.index(True)]


@given(pages(), st.randoms(use_true_random=False))
def test_an_element_holds_what_its_blocks_and_the_elements_inside_hold(page, dice):
    outline, blocks = page
    amounts = [float(dice.randrange(8)) for _ in blocks]
    held = Elements(blocks).held(np.array(amounts))
    paths = [path(outline, block.markup.element) for block in blocks]
    for element in range(len(outline.parents)):
        assert held[element] == sum(amount for amount, path in zip(amounts, paths, strict=True) if element in path)


@given(pages())
def test_blocks_look_alike_that_have_equal_tags_around_them(page):
    outline, blocks = page
    look = looks(Elements(blocks))

    def look_of(element: int) -> tuple[str, str]:
        own = "p" if outline.names[element] == "p" else outline.starts[element]
        return own, outline.starts[outline.parents[element]]

    for one, block in zip(look, blocks, strict=True):
        assert 0 <= one < len(blocks)
        for other, beside in zip(look, blocks, strict=True):
            assert (one == other) == (look_of(block.markup.element) == look_of(beside.markup.element))


@pytest.mark.parametrize(
    ("outline", "element"),
    [
        (Outline((0, 2, 0), ("", "a", "b"), ("", "<a>", "<b>")), 1),
        (Outline((0, -1), ("", "a"), ("", "<a>")), 1),
        (Outline((0, 0), ("", "a"), ("", "<a>")), 2),
        (Outline((0, 0), ("", "a"), ("", "<a>")), -1),
        (Outline((0, 0), ("",), ("", "<a>")), 1),
    ],
)
def test_an_outline_that_can_not_be_is_refused(outline, element):
    with pytest.raises(ValueError, match=r"outline|element"):
        Elements([Block(0, 1, Markup(outline, element, 0.0))])


def test_a_block_without_markup_stands_in_the_page_itself():
    elements = Elements([Block(0, 1)])
    assert (list(elements.own), list(elements.held(np.ones(1)))) == ([0], [1])
