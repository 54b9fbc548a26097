"""Cutting HTML: what is a line, what is text, what the markup says of it; never slow, never losing a letter."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from resiliparse.parse.html import HTMLTree

from corpus_loader.errors import PageError
from corpus_loader.pages.html import cut_html
from corpus_loader.pages.limits import MAX_LINES
from corpus_loader.records import Document, Page


def cut(source: str) -> Document:
    page = Page(name="page.html", content=source.encode("utf-8", "surrogatepass"), media_type="text/html")
    return cut_html(page, source, "utf-8")


def lines(source: str) -> list[str]:
    document = cut(source)
    return list(document.texts)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>one<p>two", ["one", "two"]),
        ("<div>one<div>two</div>three</div>", ["one", "two", "three"]),
        ("one<br>two<br/>three</br>four", ["one", "two", "three", "four"]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<table><tr><td>one<td>two<tr><td>three</table>", ["one", "two", "three"]),
        ("<p>a <b>bold</b> word, a<i>b</i>c", ["a bold word, abc"]),
        ("<p>  much \n\t white   space </p>", ["much white space"]),
        ("<p><span>joined</span><span>up</span>", ["joinedup"]),
        ("<pre>one\n  two</pre>", ["one", "two"]),
        ("<pre><i>one</i>\n<i>two&#10;three</i></pre>", ["one", "two", "three"]),
        ("a &lt;b&gt; &amp; c &eacute; &#1580;", ["a <b> & c é ج"]),
        ("1 < 2 and 3 <4", ["1 < 2 and 3 <4"]),
        ("&am<b>p;</b> &l<!-- -->t;", ["&amp; &lt;"]),
    ],
)
def test_lines(source: str, expected: list[str]) -> None:
    assert lines(source) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = '<p>no</p>';</script>",
        "<SCRIPT>no</SCRIPT >",
        "<style>p { color: red }</style>",
        "<noscript><p>no</p></noscript>",
        "<template><p>no<p>no</template>",
        "<!-- <p>no</p> -->",
        "<!---->",
        "<textarea>no</textarea>",
        "<select><option>no<option>no</select>",
        "<svg><title>no</title><path d='M0'/></svg>",
        "<iframe>no</iframe>",
        "<div hidden><div>no</div>no</div>",
        "<div popover><div>no</div>no</div>",
        "<aside popover='manual'>no</aside>",
        '<math><annotation encoding="application/x-tex">no</annotation></math>',
        '<div style="color:red; display : none">no</div>',
        "<span style='visibility:hidden'>no</span>",
        "<span hidden>no <span>no</span> no</span>",
        "<?xml version='1.0'?>",
        "<title>no</title>",
        "<script><!-- document.write('<script>no</script>') --></script>",
        "<script onload='</script>no'></script>",
        "<svg><title/><path/></svg>",
        "<svg><style/><desc><p>no</p></desc></svg>",
        "<P HIDDEN>no</P>",
        '<SPAN STYLE="DISPLAY:NONE">no</SPAN>',
        '<p style="visibility : hidden">no</p>',
        '<div Style="Visibility:Hidden">no</div>',
    ],
)
def test_what_the_markup_hides_is_not_text(hidden: str) -> None:
    assert " ".join(lines(f"<p>before {hidden} after</p>")) == "before after"


def test_a_hidden_element_that_is_never_closed_ends_with_the_element_around_it() -> None:
    assert lines("<section><span hidden>no</section><p>yes") == ["yes"]


@pytest.mark.parametrize("opening", ["<div style='display:none'>", "<section hidden>"])
def test_a_page_that_hides_its_prose_until_a_script_runs_is_read(opening: str) -> None:
    prose = "A sentence that is long enough to be a part of an article, not of a menu."
    end = opening[: opening.index(" ")].replace("<", "</") + ">"
    assert lines(f"<p>menu</p>{opening}<p>{prose}</p>{end}") == ["menu", prose]
    assert lines(f"<p>{prose}</p><p>{prose}</p>{opening}<p>{prose}</p>{end}<p>x") == [prose, prose, "x"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>児童<ruby>虐待<rt>ぎゃくたい</rt></ruby>の相談", "児童虐待の相談"),
        ("<p><ruby>虐<rp>(</rp><rt>ぎゃく</rt><rp>)</rp>待<rp>(</rp><rt>たい</rt><rp>)</rp></ruby>の", "虐待の"),
        ("<p><ruby>虐待<rp>(<rt>ぎゃくたい<rp>)</ruby>の相談", "虐待の相談"),
        ("<p><ruby><rb>虐</rb><rt>ぎゃく</rt><rtc>abuse</rtc></ruby>の", "虐の"),
    ],
)
def test_the_glosses_of_ruby_stand_beside_the_line(source: str, expected: str) -> None:
    assert lines(source) == [expected]


@pytest.mark.parametrize("mode", ["shadowrootmode=open", 'ShadowRootMode="Closed"'])
def test_a_template_that_is_a_shadow_root_is_shown(mode: str) -> None:
    source = f"<x-story>one<template {mode}><style>p {{}}</style><p>two<p>three</p>four</template>five</x-story>six"
    assert lines(source) == ["one", "two", "three", "four", "fivesix"]
    assert lines(f"<template data-shadowrootmode=open>no{source}</template>yes") == ["yes"]
    assert lines("<template shadowrootmode=none>no</template>yes") == ["yes"]


def test_a_link_in_capitals_is_one() -> None:
    markup = cut('<P><A HREF="/x">one</A> two').blocks[0].markup
    assert markup is not None
    assert markup.link_share == 3 / 7


@pytest.mark.parametrize(
    ("source", "share"),
    [
        ("<p><a href=x>&quot;a&quot;</a> b", 3 / 5),
        ("<p><a href=x>a\n   b</a> c", 3 / 5),
        ("<a href=x><div></a>one</div>", 0),
        ("<p><a href=x>a<p>b</a>", 1),
    ],
)
def test_the_share_of_links_counts_characters_of_the_text(source: str, share: float) -> None:
    markup = cut(source).blocks[0].markup
    assert markup is not None
    assert markup.link_share == pytest.approx(share)


def test_characters_of_no_text_are_dropped() -> None:
    document = cut('<ti\0tle>a\0b</title><script type="application/ld+json">{"name": "x\\u0000y"}</script><p>on\0e\0')
    assert [datum.value for datum in document.metadata] == ["ab", "xy"]
    assert document.text == "one"
    assert lines("<p>\0</p>") == []


def test_the_parts_of_a_streamed_page_are_text() -> None:
    assert lines('<template id="B:0"></template><div hidden id="S:0"><p>late</p></div>') == ["late"]


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ('<p title="a>b">text', ["text"]),
        ('<p title="x"">text', ["text"]),
        ("<p title=it's>text", ["text"]),
        ('<a href=/x?a=1&b="2">text</a>', ["text"]),
        ("<p>one</b></i></p></p>two", ["one", "two"]),
        ("<b><p>one</b>two", ["onetwo"]),
        ("text<p title='never closed", ["text"]),
        ("text<!-- never closed", ["text"]),
        ("text<script>never closed", ["text"]),
        ("<p>one<script>if (a<b) {'</p>'}</script>two", ["onetwo"]),
        ("<div><p>one</div>two", ["one", "two"]),
        ("<a href=/x?a='1>one</a> two's", ["one two's"]),
        ("<textarea placeholder='</textarea>no'>no</textarea>yes", ["yes"]),
    ],
)
def test_broken_markup_is_read_as_browsers_do(broken: str, expected: list[str]) -> None:
    assert lines(broken) == expected


def test_joiners_marks_and_no_break_spaces_survive() -> None:
    source = "<p>می\u200cروم&zwnj;ها\u200f سَلامٌ ـ&nbsp;x\u200b</p>"
    assert lines(source) == ["می\u200cروم\u200cها\u200f سَلامٌ ـ\xa0x\u200b"]


@pytest.mark.parametrize("space", ["\xa0", "\u3000", "\u2009 \u2009", "\x0b", "\x1f"])
def test_white_space_that_html_does_not_fold_stays_where_it_stands(space: str) -> None:
    for source in (f"<p>a{space}b", f"<p><b>a</b>{space}<b>b</b>", f"<p>é{space}b"):
        assert lines(source)[0][1:-1] == space


def test_a_block_is_within_its_element_and_those_around_it() -> None:
    markup = cut("<figure><figcaption><p>one</figcaption></figure><h2>two</h2>").blocks[0].markup
    assert markup is not None
    assert all(markup.is_within({name}) for name in markup.path)
    assert not markup.is_within({"h2"})


@pytest.mark.parametrize(
    ("source", "paths"),
    [
        ("<table><tr><td>a<td>b<tr><td><p>c</table>d", ["table/tr/td", "table/tr/td", "table/tr/td/p", ""]),
        ("<table><tr><td><div>a<td>b</tr>c</table>d", ["table/tr/td/div", "table/tr/td", "table", ""]),
        ("<table><tr><td><table><tr><td>a</table>b</table>", ["table/tr/td/table/tr/td", "table/tr/td"]),
        ("<div><table></div><tr><td></div>a</table>b</div>c", ["div/table/tr/td", "div", ""]),
        ("<div><td>a</div>b", ["div", ""]),
        ("<h1>a</h2>b", ["h1", ""]),
        ("<ul><li><div>a<li>b<ul></li>c", ["ul/li/div", "ul/li", "ul/li/ul"]),
        ("<dl><dt><div>a<dd>b", ["dl/dt/div", "dl/dd"]),
        ("<div><p></body></html>a</p>b</div>c", ["div/p", "div", ""]),
        ("<div><form><div><p>a</form>b</div>c</div>d", ["div/form/div/p", "div/form/div/p", "div/form", ""]),
        ("<form><p>a</form>b", ["form/p", ""]),
        ("<pre>a\n<b>b</b></pre>", ["pre", "pre/b"]),
    ],
)
def test_elements_end_where_they_do_in_browsers(source: str, paths: list[str]) -> None:
    assert ["/".join(block.markup.path) for block in cut(source).blocks if block.markup] == paths


def test_elements_nest_no_deeper_than_in_browsers() -> None:
    """What looks at the elements around every block takes no quadratic time."""
    document = cut("<div>" * 2000 + "<p>one<p>two" + "</div>" * 2000 + "<p>three")
    paths = [block.markup.path for block in document.blocks if block.markup]
    assert [len(path) for path in paths] == [511, 511, 1]


@pytest.mark.parametrize(
    "shown",
    [
        '<div class="overflow-hidden hidden-sm" aria-hidden="true">text</div>',
        "<div data-hidden>text</div>",
        '<span class="player popover=true" data-popover>text</span>',
        '<div popovertarget="menu">text</div>',
        '<div style="display: block; background: url(none)">text</div>',
        '<svg style="display:none"/>text',
        '<div hidden="Until-Found">text</div>',
        "<div class=x\xa0hidden>text</div>",
        "<svg><path><p>text",
        '<a href="?display=list&amp;order=none">text</a>',
    ],
)
def test_words_that_hide_elsewhere_hide_nothing(shown: str) -> None:
    assert lines(shown) == ["text"]


def test_markup_facts() -> None:
    document = cut(
        '<body><div id="Main" class="Post Body"><p>text <a href="/x">link</a></p>'
        '<div><span class="by">Name</span></div></div>'
    )
    first, second = (block.markup for block in document.blocks)
    assert first is not None
    assert second is not None
    assert (first.tag, first.path) == ("p", ("body", "div", "p"))
    assert first.link_share == pytest.approx(4 / 9)
    assert set(first.tokens) == {"main", "post", "body"}
    assert second.tag == "span"
    assert second.tokens[0] == "by"


@pytest.mark.parametrize(
    "piece",
    [
        "<b>" * 9 + "</i>",
        "<i><div><b>",
        "<a ",
        "<!--",
        "<p x='",
        '<p x="',
        "<script>",
        """<script ='"' ="</script>""",
        """<i ='"' =">""",
        "<!-- --!>",
        "<title></title",
        "<",
        "</",
        "<b>",
        "<div>",
        "<div hidden>",
        "<svg>",
        "<pre>\n",
        "&",
        "<script><!--</script>",
        "<script><!--<script>",
        "<svg><p>",
        "<svg><title/>",
        "<td>",
        "<form><div></form>",
        "<b itemprop=x>",
    ],
)
def test_no_page_takes_quadratic_time(piece: str) -> None:
    started = time.process_time()
    cut(piece * (200_000 // len(piece)))
    assert time.process_time() - started < 5


_TAGS = (
    "<p> </p> <div> </div> <b> </b> <i> </i> <li> <ul> </ul> <br> <a\xa0href=x> </a> <span> </span> <h2> </h2> "
    "<!--x--> <td> <table> </table> <script>x</script>"
)
_WORDS = ["&amp;", "\u200c", "́", "<", ">", "word", "کلمه", "\xa0"]
_PIECES = st.lists(st.sampled_from([*_TAGS.split(" "), *_WORDS]), max_size=40)


def test_a_page_of_more_lines_than_any_article_has_is_too_large() -> None:
    assert len(cut("<p>a" * MAX_LINES).blocks) == MAX_LINES
    with pytest.raises(PageError, match="more than 20000 lines") as raised:
        cut("<p>a" * (MAX_LINES + 1))
    assert raised.value.reason == "too-large"


def test_stray_end_tags_in_a_deep_page_close_nothing() -> None:
    assert lines("<div>" * 600 + "</p>a<i>b</i></p> c" * 300) == ["ab", "c"] * 300


@given(_PIECES)
def test_every_block_is_a_stripped_slice_of_the_text(pieces: list[str]) -> None:
    document = cut("".join(pieces).replace("\xa0href", " href"))
    texts = [document.text[block.start : block.end] for block in document.blocks]
    assert "\n".join(texts) == document.text
    assert document.texts == texts
    assert all(text == text.strip() != "" and "\n" not in text for text in texts)
    assert document.blocks == cut(document.source).blocks


@given(_PIECES)
def test_the_letters_are_those_of_a_standard_parser(pieces: list[str]) -> None:
    source = "".join(pieces).replace("\xa0href", " href")
    if "<table>" in source or "<td>" in source:
        return  # a standard parser moves text out of tables
    tree = HTMLTree.parse(f"<body>{source}</body>")
    for script in tree.document.query_selector_all("script"):
        script.decompose()
    body = tree.document.query_selector("body")
    expected = body.text if body is not None else ""
    assert re.sub(r"\s", "", cut(source).text) == re.sub(r"\s", "", expected or "")
