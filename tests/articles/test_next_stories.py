import json
import time

import pytest

from corpus_loader.articles.next_stories import drop_next_stories
from corpus_loader.records import Finding
from tests.articles.pages import OTHER, PARAGRAPH, codes, labelled, page

TITLE = "The old bridge is repaired"
STORY = f"<article><h1>{TITLE}</h1><p>{PARAGRAPH}</p><p>{OTHER}</p></article>"
NEXT = f"<article><h1>A mill finds a new owner</h1><p>By Ada Okafor</p><p>{PARAGRAPH}</p></article>"

LIVE = json.dumps({"@type": "LiveBlogPosting", "headline": TITLE})


def dropped(markup, letters, title=TITLE):
    document = page(markup)
    labels = list(labelled(letters))
    drop_next_stories(document, labels, Finding(title) if title else Finding(None, reason="no-title", detail="none"))
    return codes(labels)


def test_the_stories_below_an_article_leave_its_body():
    assert dropped(STORY + NEXT + NEXT, "tbbbbbbbb") == "tbbffffff"
    assert dropped(f"<main>{STORY}<div>Advertisement</div>{NEXT}</main>", "tbbfbbb") == "tbbffff"


def test_so_do_stories_each_in_an_element_of_its_own():
    assert dropped(f"<div class=a>{STORY}</div><div class=b>{NEXT}</div>", "tbbbbb") == "tbbfff"
    assert dropped(f"{STORY}<div><section>{NEXT}</section></div>", "tbbbbb") == "tbbfff"
    assert dropped(f"<ul><li>{STORY}</li><li>{NEXT}</li></ul>", "tbbbbb") == "tbbfff"


@pytest.mark.parametrize(
    ("markup", "letters"),
    [
        # comments have no headline of that rank
        (f"{STORY}<article><h4>Lena</h4><p>{PARAGRAPH}</p></article>", "tbbbb"),
        # a box inside the article
        (STORY.replace(f"<p>{OTHER}", f"{NEXT}<p>{OTHER}"), "tbbbbb"),
        # another story above
        (NEXT + STORY, "ffftbb"),
        # a list elsewhere on the page
        (f"<main>{STORY}</main><aside><ul><li>{NEXT}</li></ul></aside>", "tbbbbb"),
        # a part of a guide
        (f"{STORY}<article><h1>What comes next</h1><p>{PARAGRAPH}</p></article>", "tbbbb"),
    ],
)
def test_other_articles_on_the_page_change_nothing(markup, letters):
    assert dropped(markup, letters) == letters


def test_the_parts_of_a_page_with_another_headline_stay():
    assert dropped(STORY + NEXT, "tbbbbb", "All about bridges") == "tbbbbb"
    assert dropped(STORY + NEXT, "tbbbbb", None) == "tbbbbb"


def test_a_page_without_body_or_markup_has_no_stories():
    assert dropped(STORY + NEXT, "tfffff") == "tfffff"


@pytest.mark.parametrize(
    "sign", ["<p>3 May 2021</p>", "<div><time>two days before</time></div>", "<p>By Ada Okafor</p>"]
)
def test_a_story_has_a_byline_or_a_day(sign):
    following = f"<article><h1>A mill finds a new owner</h1>{sign}<p>{PARAGRAPH}</p></article>"
    assert dropped(STORY + following, "tbbbbb") == "tbbfff"


def test_the_entries_of_a_live_blog_are_no_stories():
    assert dropped(STORY + NEXT, "tbbbbb") == "tbbfff"
    assert dropped(f"<script type=application/ld+json>{LIVE}</script>{STORY}{NEXT}", "tbbbbb") == "tbbbbb"
    title = "Live: the old bridge is repaired"
    assert dropped(STORY.replace(TITLE, title) + NEXT, "tbbbbb", title) == "tbbbbb"


def test_an_article_goes_on_below_the_story_beside_its_opening():
    opening = f"<article><h1>{TITLE}</h1><p>{PARAGRAPH}</p></article>"
    rest = f"<div><p>{OTHER}</p><p>{PARAGRAPH} {OTHER}</p></div>"
    assert dropped(f"{opening}<div>{NEXT}</div>{rest}", "tbbbbbb") == "tbfffbb"


def test_many_stories_below_many_elements_take_little_time():
    stories = "<article><h1>A mill</h1><p>By Ada Okafor</p></article>" * 2000
    start = time.process_time()
    dropped(f"{'<div>' * 480}{STORY}{stories}", "tbb" + "bb" * 2000)
    assert time.process_time() - start < 2
