import pytest

from corpus_loader.articles.gate import find_article
from tests.articles.pages import OTHER, PARAGRAPH, dump, labelled, page


def test_paragraphs_are_an_article():
    assert find_article(dump("A headline", PARAGRAPH, OTHER), labelled("tbb")).value is True


def test_an_article_may_speak_of_logins_errors_and_videos():
    lines = ["Error 404: how pages vanish", *[PARAGRAPH] * 8, "Sign in", "Watch video"]
    assert find_article(dump(*lines), labelled("t" + "b" * 8 + "ff")).value is True


def test_a_short_notice_with_a_login_in_its_menu_is_an_article():
    assert find_article(dump("A headline", "Sign in", PARAGRAPH, OTHER), labelled("tfbb")).value is True


@pytest.mark.parametrize(
    ("lines", "letters", "reason"),
    [
        (["..."], "f", "empty-page"),
        (["Menu", "Home"], "ff", "no-body"),
        (["A headline", "Too little."], "tb", "no-body"),
        (["404 Not Found", "Menu"], "ff", "not-an-article"),
        (
            ["Seite nicht gefunden", "Die Seite gibt es nicht mehr, versuchen Sie es mit der Suche."],
            "tb",
            "not-an-article",
        ),
        (["Sign in", "Welcome back, it is good to see you again."], "tb", "not-an-article"),
        (["گالری", "عکس یک"], "ff", "not-an-article"),
    ],
)
def test_pages_without_an_article_are_told_apart(lines, letters, reason):
    found = find_article(dump(*lines), labelled(letters))
    assert found.value is None
    assert found.reason == reason
    assert found.detail


def test_the_front_page_of_a_site_is_no_article():
    found = find_article(dump("News", PARAGRAPH, OTHER, url="https://news.example/"), labelled("fbb"))
    assert found.reason == "not-an-article"
    assert "https://news.example/" in found.detail
    article = dump("News", PARAGRAPH, OTHER, url="https://news.example/?p=31")
    assert find_article(article, labelled("fbb")).value is True


@pytest.mark.parametrize("address", ["http://[bad", "http://℀.com", "http://[::1", "//", "", " "])
def test_an_address_that_is_none_says_nothing(address):
    assert find_article(dump("A headline", PARAGRAPH, OTHER, url=address), labelled("tbb")).value is True
    stated = page(f"<p>{PARAGRAPH}</p>", head=f'<link rel="canonical" href="{address}">')
    assert find_article(stated, labelled("b")).value is True


def scattered(title):
    return dump(title, *[line for i in range(8) for line in (f"Headline {i}", f"{i} hours ago", PARAGRAPH)])


def test_scattered_teasers_are_an_index():
    found = find_article(scattered("Local stories"), labelled("f" + "ffb" * 8))
    assert found.reason == "not-an-article"
    assert "8 separate pieces" in found.detail


def test_many_pieces_that_speak_of_the_title_are_an_article():
    assert find_article(scattered("The bridge and the council"), labelled("f" + "ffb" * 8)).value is True


def test_teasers_below_linked_headings_are_an_index():
    teasers = "".join(f'<h3><a href="/{i}">A headline of a story</a></h3><p>{PARAGRAPH}</p>' for i in range(5))
    found = find_article(page(teasers), labelled("fb" * 5))
    assert "5 pieces of text stand below headings" in found.detail


def test_linked_teasers_are_an_index():
    teasers = "".join(f'<h3>Headline</h3><p><a href="/{i}">{PARAGRAPH}</a></p>' for i in range(4))
    assert find_article(page(teasers), labelled("fb" * 4)).reason == "not-an-article"
