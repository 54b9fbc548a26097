"""The first look: what counts as a line on several articles of a site, whatever the order of the work."""

import pytest

from corpus_loader.articles.repeated import NO_LINES, line_keys
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


def often(pages, line, site="example.org", **options):
    """How often the line stands, as the first look finds it: on 0 one article or none, 1 two, 2 several, 3 most."""
    found = take_sample(pages, workers=1, **options).repeated.get(site, NO_LINES)
    (key,) = line_keys(site, [line])
    return 1 + int(found.often[found.keys == key][0]) if key in found.keys else 0


def test_a_line_is_told_by_the_number_of_articles_that_it_stands_on():
    assert [often(articles(n, NOTICE), NOTICE) for n in range(1, 8)] == [0, 1, 2, 2, 3, 3, 3]
    assert often(articles(7, NOTICE), PARAGRAPHS[0]) == 0


def test_a_site_is_its_host_and_another_site_says_nothing_of_its_lines():
    pages = articles(2, NOTICE)
    assert often(pages + articles(3, NOTICE, url="https://elsewhere.example/{}")[2:], NOTICE) == 1
    copied = "https://web.archive.org/web/2015/http://m.example.org/{}"
    assert often(pages + articles(3, NOTICE, url=copied)[2:], NOTICE) == 2


def test_pages_without_an_address_are_looked_at_together():
    assert often(articles(3, NOTICE, url=None), NOTICE, site="") == 2


@pytest.mark.parametrize(
    "own", [[], ["A first line that only this printing has, about the weather of that day in the town."]]
)
def test_copies_of_one_article_count_once(own):
    copies = [dump(n, *PARAGRAPHS[:3], *[f"{n}: {line}" for line in own]) for n in range(9)]
    assert often(copies, PARAGRAPHS[0]) == 0
    assert often([*copies, *articles(9)[1:]], PARAGRAPHS[0]) == 0


def test_copies_do_not_hide_what_stands_on_other_articles_too():
    copies = [dump(f"copy-{n}", *PARAGRAPHS[:3], NOTICE) for n in range(9)]
    assert often([*copies, *articles(3, NOTICE)[1:]], NOTICE) == 2
    assert often([*copies, *articles(2, NOTICE)[1:]], NOTICE) == 1


def test_digits_tell_lines_apart_and_white_space_does_not():
    pages = [dump(n, *PARAGRAPHS[3 * n : 3 * n + 3], f"Gold: {n}", "Read\u00a0 on") for n in range(3)]
    assert often(pages, "Gold: 1") == 0
    assert often(pages, "Read on") == 2


def test_nearly_all_articles_are_those_that_the_furniture_of_the_site_stands_on():
    menu = ["Home", "News", "Sport", "Contact"]
    # agencies tell the background of one topic again in most articles about it
    some = [dump(n, *menu, *PARAGRAPHS[3 * n : 3 * n + 3], *([NOTICE] if n < 9 else [])) for n in range(12)]
    assert often(some, NOTICE) == 2
    all_but_one = [dump(n, *menu, *PARAGRAPHS[3 * n : 3 * n + 3], *([NOTICE] if n < 11 else [])) for n in range(12)]
    assert often(all_but_one, NOTICE) == 3
    assert often(articles(4, *menu, NOTICE), NOTICE) == 2  # of so few articles all are too few


def test_the_sites_in_a_folder_of_dumps_are_told_by_their_furniture():
    sites = [Site(language, "text") for language in LANGUAGES]
    pages = [dump(f"{i}-{n}", site.row(n)["text"], url=None) for i, site in enumerate(sites) for n in range(12)]
    for site in sites:
        assert often(pages, site.inside, site="") == 3
        assert often(pages, site.article(0)[0], site="") == 0


def test_only_so_many_pages_are_looked_at():
    pages = articles(9, NOTICE)
    unread = iter(pages)
    assert take_sample(unread, 2, workers=1).pages == 2
    assert next(unread) is pages[2]
    assert often(pages, NOTICE, limit=2) == 1
    assert often(pages, NOTICE, limit=3) == 2
    nothing = take_sample(pages, 0, workers=1)
    assert (nothing.limit, nothing.pages, nothing.lines, nothing.repeated) == (0, 0, 0, {})


def test_what_could_not_be_read_or_cut_is_passed_over():
    broken = Rejection("x", None, None, None, None, "unreadable", "why")
    binary = Page("binary.txt", bytes(range(256)) * 9, "text/plain", "https://example.org/binary")
    empty = dump("empty", "")
    pages = articles(3, NOTICE)
    assert often([broken, pages[0], binary, empty, *pages[1:]], NOTICE) == 2


def test_any_division_of_the_work_finds_the_same(monkeypatch):
    pages = [page for n in range(4) for page in articles(12, NOTICE, url=f"https://site-{n}.example/{{}}")]
    whole = take_sample(pages, workers=1)
    monkeypatch.setattr(sampling, "_TASK", 7)
    for found in (take_sample(pages, workers=1), take_sample(pages, workers=2)):
        assert (found.pages, found.lines, found.sha256) == (whole.pages, whole.lines, whole.sha256) != (48, 0, "")
    assert take_sample(pages[:24], workers=1).sha256 != whole.sha256
