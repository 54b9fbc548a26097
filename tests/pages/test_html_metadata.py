"""What an HTML page states beside its text."""

import time

import pytest

from corpus_loader.pages.html import cut_html
from corpus_loader.records import Document, Page


def cut(source: str) -> Document:
    return cut_html(Page(name="page.html", content=source.encode(), media_type="text/html"), source, "utf-8")


def stated(source: str) -> list[tuple[str, str]]:
    return [(datum.name, datum.value) for datum in cut(source).metadata]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<meta property="og:title" content="A &amp; B">', [("meta:og:title", "A & B")]),
        ("<META NAME='Date' CONTENT='2015-10-02'>", [("meta:date", "2015-10-02")]),
        ('<meta http-equiv="Last-Modified" content="x">', [("meta:last-modified", "x")]),
        ('<meta itemprop="datePublished" content="2015">', [("itemprop:datePublished", "2015")]),
        ('<meta name="empty" content=" ">', []),
        ('<link rel="Canonical" href="https://x.org/">', [("link:canonical", "https://x.org/")]),
        ('<link rel="stylesheet" href="x.css">', []),
        ('<time datetime="2015-10-02T10:00Z">then</time>', [("time@datetime", "2015-10-02T10:00Z")]),
        (
            '<html lang="fa"><title> A\n title </title><h1>Head</h1>',
            [("html@lang", "fa"), ("title", "A title"), ("h1", "Head")],
        ),
        ('<p itemprop="author">Name</p>', [("itemprop:author", "Name")]),
        ('<base href="https://x.org/">', [("base", "https://x.org/")]),
        ('<link rel=canonical href="/?a=1&section=2&copy=3&amp;d">', [("link:canonical", "/?a=1&section=2&copy=3&d")]),
        ("<IMG ITEMPROP=image SRC=x.png>", [("itemprop:image", "x.png")]),
        ("<noscript><b itemprop=author content=x></b></noscript>", []),
        ("<svg><title>Icon</title></svg><title>Page</title>", [("title", "Page")]),
        ('<script data-x="a>b" type="application/ld+json">{"x": "1"}</script>', [("jsonld:Thing.x", "1")]),
    ],
)
def test_elements(source: str, expected: list[tuple[str, str]]) -> None:
    assert stated(source) == expected


def json_ld(content: str) -> list[tuple[str, str]]:
    return stated(f'<script type="application/ld+json">{content}</script>')


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            '{"@type": "NewsArticle", "headline": "H", "author": [{"name": "A"}, "B"]}',
            [
                ("jsonld:NewsArticle.headline", "H"),
                ("jsonld:NewsArticle.author.name", "A"),
                ("jsonld:NewsArticle.author", "B"),
            ],
        ),
        ('[{"@type": ["Article", "X"], "url": "u"}]', [("jsonld:Article.url", "u")]),
        ('{"@graph": [{"@type": "WebPage", "name": "n"}]}', [("jsonld:WebPage.name", "n")]),
        (
            '{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "H"}}',
            [("jsonld:Article.headline", "H")],
        ),
        ('{"headline": "H", "n": 3, "t": true, "z": null}', [("jsonld:Thing.headline", "H"), ("jsonld:Thing.n", "3")]),
        ('<!-- {"@type": "A", "x": "1",} -->', [("jsonld:A.x", "1")]),
        ('{"@type": "A", "x": "line\nbreak"}', [("jsonld:A.x", "line\nbreak")]),
        ("{&quot;@type&quot;: &quot;A&quot;, &quot;x&quot;: &quot;1&quot;}", [("jsonld:A.x", "1")]),
        ('{"headline": "H", broken', [("jsonld:Thing.headline", "H")]),
        ("not json", []),
        ("", []),
        ("[" * 100_000, []),
        ("[" * 1000 + '{"x": 1}' + "]" * 1000, []),
        ('{"mainEntity": ' * 1000 + "{}" + "}" * 1000, []),
        ('{"x": ' + "[" * 1000 + "1" + "]" * 1000 + "}", []),
        ('{"x": [["1"]]}', [("jsonld:Thing.x", "1")]),
        (r'{"x": "a\ud83d", "y": "\ud83d\ude00"}', [("jsonld:Thing.x", "a\ufffd"), ("jsonld:Thing.y", "\U0001f600")]),
    ],
)
def test_json_ld_is_read_even_where_it_is_a_little_broken(content: str, expected: list[tuple[str, str]]) -> None:
    assert json_ld(content) == expected


def test_offsets_lead_to_the_literal_value() -> None:
    document = cut('<p>2015</p><meta name="year" content="2015"><meta name="a" content="x &amp; y">')
    year, escaped = document.metadata
    assert document.source[year.start : year.end] == "2015"
    assert year.start == document.source.rindex("2015")
    assert (escaped.value, escaped.start) == ("x & y", None)


@pytest.mark.parametrize(
    "source",
    [
        '<meta name="a" content="|a">',
        "<html class=render lang=|en>",
        "<time class=2015 datetime='|2015'>",
        '<script type="application/ld+json">{"a": "|1", "b": "|1"}</script>',
        '<script type="application/ld+json">{"\\u0061": "|a"}</script>',
        '<title class="one">|one</title>',
        "<meta itemprop='x y' content=|x>",
    ],
)
def test_offsets_are_of_the_value_itself(source: str) -> None:
    parts = source.split("|")
    places = {len("".join(parts[:count])) for count in range(1, len(parts))}
    assert {datum.start for datum in cut("".join(parts)).metadata} == places


def test_what_the_text_says_is_stated_nowhere_else() -> None:
    assert [(datum.value, datum.start) for datum in cut('<h1 class="news">news</h1>').metadata] == [("news", None)]


@pytest.mark.parametrize(
    "source",
    [
        '<script type="application/ld+json">{' + ",".join(rf'"{key}": "\u00e9{key}"' for key in range(50_000)) + "}",
        '<script type="application/ld+json">{' + r'"headline": "\u00e9a", ' * 50_000,
        "<p itemprop='" + " ".join(map(str, range(100_000))) + "' content=x>y",
        "<p itemprop='" + "a " * 500_000 + "' content=x>y",
    ],
    ids=["escapes", "broken", "names", "repeated"],
)
def test_no_page_takes_quadratic_time(source: str) -> None:
    started = time.process_time()
    cut(source)
    assert time.process_time() - started < 5


def test_a_datum_in_the_text_knows_its_block() -> None:
    document = cut('<p>first<p>on <time datetime="2015-10-02">Friday</time><h1>Head</h1>')
    when, head = document.metadata
    assert when.block is not None
    assert document.texts[when.block] == "on Friday"
    assert head.block is not None
    assert document.texts[head.block] == "Head"


def test_the_number_of_a_block_is_one_where_lines_before_it_are_hidden() -> None:
    (head,) = cut("<p>first<p hidden>no</p><h1>Head</h1>").metadata
    assert repr(head.block) == "1"
