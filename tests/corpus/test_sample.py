"""The first look: what counts as a line on several articles of a site, whatever the order of the work."""

import numpy as np
import pytest

from corpus_loader.articles.repeated import line_keys
from corpus_loader.corpus import sample as sampling
from corpus_loader.corpus.sample import take_sample
from corpus_loader.records import Page, Rejection
from tests.corpus.sites import LANGUAGES, Site

NOTICE = "This page is made by the readers of the paper, who are thanked for their gifts, large and small, every year."
PARAGRAPHS = [
    f"In the year {year} the council of the old town met {year % 9} times, and each time it spoke of the old bridge."
    for year in range(1900, 2000)
]


def dump(number, *lines, url="https://www.example.org/{}"):
    return Page(f"{number}.txt", "\n".join(lines).encode(), "text/plain", url.format(number) if url else None)


def articles(count, *more, **options):
    """Pages with three paragraphs of their own, and `more`."""
    return [dump(n, *PARAGRAPHS[3 * n : 3 * n + 3], *more, **options) for n in range(count)]


def several(pages, line, site="example.org", **options):
    found = take_sample(pages, workers=1, **options).repeated.get(site)
    return found is not None and bool(np.isin(line_keys(site, [line]), found.several)[0])


def most(pages, line, site="example.org"):
    found = take_sample(pages, workers=1).repeated.get(site)
    return found is not None and bool(np.isin(line_keys(site, [line]), found.most)[0])


def test_a_line_on_three_articles_is_repeated_and_on_two_is_not():
    assert not several(articles(2, NOTICE), NOTICE)
    assert several(articles(3, NOTICE), NOTICE)
    assert not several(articles(3, NOTICE), PARAGRAPHS[0])


def test_a_site_is_its_host_and_another_site_says_nothing_of_its_lines():
    pages = articles(2, NOTICE) + articles(3, NOTICE, url="https://elsewhere.example/{}")[2:]
    assert not several(pages, NOTICE)
    pages = (
        articles(2, NOTICE) + articles(3, NOTICE, url="https://web.archive.org/web/2015/http://m.example.org/{}")[2:]
    )
    assert several(pages, NOTICE)


def test_pages_without_an_address_are_looked_at_together():
    assert several(articles(3, NOTICE, url=None), NOTICE, site="")


@pytest.mark.parametrize(
    "own", [[], ["A first line that only this printing has, about the weather of that day in the town."]]
)
def test_copies_of_one_article_count_once(own):
    copies = [dump(n, *PARAGRAPHS[:3], *[f"{n}: {line}" for line in own]) for n in range(9)]
    assert not several(copies, PARAGRAPHS[0])
    assert not several([*copies, *articles(9)[1:]], PARAGRAPHS[0])


def test_copies_do_not_hide_what_stands_on_other_articles_too():
    copies = [dump(f"copy-{n}", *PARAGRAPHS[:3], NOTICE) for n in range(9)]
    assert several([*copies, *articles(3, NOTICE)[1:]], NOTICE)
    assert not several([*copies, *articles(2, NOTICE)[1:]], NOTICE)


def test_digits_tell_lines_apart_and_white_space_does_not():
    pages = [dump(n, *PARAGRAPHS[3 * n : 3 * n + 3], f"Gold: {n}", "Read\u00a0 on") for n in range(3)]
    assert not several(pages, "Gold: 1")
    assert several(pages, "Read on")


def test_most_articles_are_those_that_the_furniture_of_the_site_stands_on():
    menu = ["Home", "News", "Sport", "Contact"]
    few = [dump(n, *menu, *PARAGRAPHS[3 * n : 3 * n + 3], *([NOTICE] if n < 5 else [])) for n in range(12)]
    assert several(few, NOTICE)
    assert not most(few, NOTICE)
    many = [dump(n, *menu, *PARAGRAPHS[3 * n : 3 * n + 3], *([NOTICE] if n < 8 else [])) for n in range(12)]
    assert most(many, NOTICE)
    assert not most(articles(4, *menu, NOTICE), NOTICE)  # of so few articles most is too few


def test_the_sites_in_a_folder_of_dumps_are_told_by_their_furniture():
    sites = [Site(language, "text") for language in LANGUAGES]
    pages = [dump(f"{i}-{n}", site.row(n)["text"], url=None) for i, site in enumerate(sites) for n in range(12)]
    for site in sites:
        assert most(pages, site.inside, site="")
        assert not several(pages, site.article(0)[0], site="")


def test_only_so_many_pages_are_looked_at():
    pages = articles(9, NOTICE)
    unread = iter(pages)
    assert take_sample(unread, 2, workers=1).pages == 2
    assert next(unread) is pages[2]
    assert not several(pages, NOTICE, limit=2)
    assert several(pages, NOTICE, limit=3)
    nothing = take_sample(pages, 0, workers=1)
    assert (nothing.limit, nothing.pages, nothing.lines, nothing.repeated) == (0, 0, 0, {})


def test_what_could_not_be_read_or_cut_is_passed_over():
    broken = Rejection("x", None, None, None, None, "unreadable", "why")
    binary = Page("binary.txt", bytes(range(256)) * 9, "text/plain", "https://example.org/binary")
    empty = dump("empty", "")
    pages = articles(3, NOTICE)
    assert several([broken, pages[0], binary, empty, *pages[1:]], NOTICE)


def test_any_division_of_the_work_finds_the_same(monkeypatch):
    pages = [page for n in range(4) for page in articles(12, NOTICE, url=f"https://site-{n}.example/{{}}")]
    whole = take_sample(pages, workers=1)
    monkeypatch.setattr(sampling, "_TASK", 7)
    for found in (take_sample(pages, workers=1), take_sample(pages, workers=2)):
        assert (found.pages, found.lines, found.sha256) == (whole.pages, whole.lines, whole.sha256) != (48, 0, "")
    assert take_sample(pages[:24], workers=1).sha256 != whole.sha256
