import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.address import canonical, find_url
from corpus_loader.records import Document, Metadatum, Page


def document(url: str | None, *metadata: tuple[str, str]) -> Document:
    page = Page("page.html", b"", "text/html", url)
    return Document(page, "", "", (), tuple(Metadatum(name, value) for name, value in metadata))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://WWW.Example.COM/a", "https://www.example.com/a"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com/a#top", "https://example.com/a"),
        ("https://example.com:443/a?b=1", "https://example.com/a?b=1"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://example.com/خبر/۱", "https://example.com/%D8%AE%D8%A8%D8%B1/%DB%B1"),
        ("https://example.com/%D8%AE", "https://example.com/%D8%AE"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://müller.example/", "https://xn--mller-kva.example/"),
        (" https://example.com/a ", "https://example.com/a"),
        ("ftp://example.com/a", None),
        ("example.com/a", None),
        ("javascript:alert(1)", None),
        ("https:///a", None),
        ("http://[::1", None),
        ("https://exa mple.com/", None),
        ("", None),
    ],
)
def test_one_spelling(url, expected):
    assert canonical(url) == expected


@given(st.text())
def test_whatever_is_given_the_answer_is_a_uri_or_none(text):
    for url in (canonical(text), canonical(f"https://example.com/{text}")):
        if url is not None:
            assert url.isascii()
            assert canonical(url) == url


def test_the_stated_url_goes_before_the_fetched_one():
    found = find_url(document("https://www.example.com/a?utm=1", ("link:canonical", "https://example.com/a")))
    assert found.value == "https://example.com/a"
    assert found.evidence[0].rule == "link:canonical"


def test_a_relative_url_is_joined_to_the_fetched_one():
    assert find_url(document("https://example.com/b/c", ("link:canonical", "/a"))).value == "https://example.com/a"


@pytest.mark.parametrize("stated", ["https://agency.example/a", "https://example.com/"])
def test_a_stated_url_of_another_site_or_of_the_front_page_is_not_the_articles(stated):
    found = find_url(document("https://example.com/a", ("link:canonical", stated)))
    assert found.value == "https://example.com/a"
    assert found.evidence[0].origin == "container"


def test_a_bare_dump_has_no_url():
    found = find_url(document(None))
    assert (found.value, found.reason) == (None, "no-url")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://web.archive.org/web/20151007120000/http://www.example.com/a?p=1", "http://www.example.com/a?p=1"),
        ("https://web.archive.org/web/20151007id_/www.example.com/a", "https://www.example.com/a"),
        ("https://archive.ph/2015.10.07-120000/https://www.example.com/a", "https://www.example.com/a"),
        ("https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a.amp", "https://www.example.com/a.amp"),
        ("https://www.google.com/amp/s/amp.example.com/a", "https://amp.example.com/a"),
        ("https://www.google.com/search?q=amp", "https://www.google.com/search?q=amp"),
        ("https://web.archive.org/about", "https://web.archive.org/about"),
    ],
)
def test_a_copy_in_an_archive_or_cache_has_the_address_of_what_it_copies(url, expected):
    assert find_url(document(url)).value == expected
