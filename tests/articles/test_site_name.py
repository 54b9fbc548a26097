import pytest

from corpus_loader.articles.headline import find_title
from tests.articles.pages import PARAGRAPH, labelled, page

HEADLINE = "Council repairs the old bridge"


def title_of(heading, head):
    document = page(f"<h1>{heading}</h1><h2>{HEADLINE}</h2><p>{PARAGRAPH}</p>", head=head)
    return find_title(document, labelled("ffb")).value


@pytest.mark.parametrize("address", ["/", "https://news.example", "https://news.example/index.html"])
def test_a_heading_that_leads_to_the_front_page_is_no_headline(address):
    head = "<title>The Courier</title>"
    assert title_of(f'<a href="{address}">The Courier</a>', head) == HEADLINE


@pytest.mark.parametrize("address", ["#top", "?p=31", "/news/31", ""])
def test_a_heading_that_leads_elsewhere_may_be_one(address):
    head = "<title>The bridge of the year</title>"
    assert title_of(f'<a href="{address}">The bridge of the year</a>', head) == "The bridge of the year"


SITE = '<title>The Courier</title><meta property="og:site_name" content="The Courier">'


def test_the_name_that_a_page_states_for_its_site_is_no_headline():
    assert title_of("The Courier", SITE) == HEADLINE


def test_a_headline_that_is_stated_as_the_name_of_the_site_is_one():
    article = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The Courier"}</script>'
    assert title_of("The Courier", SITE + article) == "The Courier"
