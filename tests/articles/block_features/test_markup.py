"""The markup features of small pages, whose values can be told by looking at them."""

import numpy as np
import pytest

from corpus_loader.articles.block_features.markup import MARKUP_NAMES, MARKUP_SECOND_NAMES, PageMarkup
from corpus_loader.articles.block_features.text import TEXT_NAMES
from tests.articles.pages import page

#: Prose and mass of each block.
AMOUNTS = (10.0, 100.0, 200.0, 100.0, 50.0)
PAGE = page(
    "<nav><a href='/'>Home</a></nav>"
    "<main><div><p>One</p><p class='x'>Two</p></div><div><p>Three</p></div></main>"
    "<footer><div>Imprint</div></footer>"
)


@pytest.fixture
def rows():
    found = np.zeros((len(TEXT_NAMES) + len(MARKUP_NAMES), len(AMOUNTS)), np.float32)
    found[[TEXT_NAMES.index("prose"), TEXT_NAMES.index("mass")]] = AMOUNTS
    return found


@pytest.fixture
def found(rows):
    PageMarkup(PAGE).fill_markup(rows, len(TEXT_NAMES))
    return dict(zip(MARKUP_NAMES, rows[len(TEXT_NAMES) :].tolist(), strict=True))


def test_containers_hold_what_stands_in_them(found):
    assert found["mass_in_0"] == pytest.approx([10 / 460, 300 / 460, 300 / 460, 100 / 460, 50 / 460])
    assert found["mass_in_1"] == pytest.approx([1, 400 / 460, 400 / 460, 400 / 460, 50 / 460])
    assert found["prose_in_3"] == pytest.approx([1] * 5)  # the link is no prose
    assert found["links_in_0"] == [1, 0, 0, 0, 0]
    assert found["blocks_in_1"] == pytest.approx(np.log1p([5, 3, 3, 3, 1]))


def test_blocks_stand_in_the_best_container_or_beside_it(found):
    # The first <div> has 300, <main> three fifths of 400.
    assert found["in_best"] == [0, 1, 1, 0, 0]
    assert found["below_best"] == [-1, 1, 1, -1, -1]
    assert found["beside_best"] == [2, 0, 0, 1, 2]
    assert found["best_share"] == pytest.approx([300 / 450] * 5)
    assert found["place_in_best"] == [-0.5, 0, 0.5, 1, 1.5]
    assert found["container_score"] == pytest.approx([0, 1, 1, 100 / 300, 50 / 300])
    assert found["parent_score"][1:4] == pytest.approx([240 / 300] * 3)


def test_blocks_are_alike_that_look_alike(found):
    assert found["alike_prose"] == pytest.approx([0, 400 / 450, 400 / 450, 400 / 450, 50 / 450])
    assert found["alike"] == pytest.approx(np.log1p([1, 3, 3, 3, 1]))
    assert found["alike_mean"] == pytest.approx(np.log1p([0, 400 / 3, 400 / 3, 400 / 3, 50]))


def test_the_second_look_asks_how_likely_body_is_in_the_same_container(rows):
    first = np.array([0.0, 1.0, 1.0, 0.5, 0.0])
    PageMarkup(PAGE).fill_second(first, rows, len(TEXT_NAMES))
    found = dict(zip(MARKUP_SECOND_NAMES, rows[len(TEXT_NAMES) :].tolist(), strict=False))
    mass = np.sqrt(np.array(AMOUNTS) + 1)
    body = first * mass
    assert found["sure_in_0"] == pytest.approx([0, 1, 1, 0.5, 0])
    assert found["sure_in_1"][1:4] == pytest.approx([body.sum() / mass[1:4].sum()] * 3)
    assert found["sure_alike"] == [0, *found["sure_in_1"][1:4], 0]
    assert found["body_in_0"][1:4] == pytest.approx([body[1:3].sum() / body.sum()] * 2 + [body[3] / body.sum()])
    assert found["body_alike"] == pytest.approx([0, 1, 1, 1, 0])


def test_a_page_of_one_block_is_all_its_own():
    rows = np.zeros((len(TEXT_NAMES) + len(MARKUP_NAMES), 1), np.float32)
    PageMarkup(page("Only this")).fill_markup(rows, len(TEXT_NAMES))
    found = dict(zip(MARKUP_NAMES, rows[len(TEXT_NAMES) :, 0].tolist(), strict=True))
    assert (found["in_best"], found["place_in_best"], found["depth_change"], found["stated"]) == (1, 0, 0, -1)
