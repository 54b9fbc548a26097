"""The article that a page leaves to its scripts: one string of prose, told from code, from indexes, from what shows."""

import html
import json
import time

import pytest

from corpus_loader.pages.html import cut_html
from corpus_loader.records import Page

_PARAGRAPH = "The council of the town met again on Thursday and talked about the old bridge, its price and its colour. "
ARTICLE = [f"{number}. {_PARAGRAPH * 2}".strip() for number in range(1, 6)]
MARKUP = "".join(f"<p>{paragraph}</p>\n" for paragraph in ARTICLE)
#: The same in a script: escapes that JSON has not.
SCRIPTED = MARKUP.replace("<", r"\x3c").replace("\n", r"\n").replace("Thursday", r"T\hursday")
LINKED = json.dumps({"html": MARKUP.replace("bridge", '<a class="link" href="/bridge">bridge</a>')})
OTHER = "".join(f"<p>{number}. In another story the river rose and took a boat, {number} men and a goat along with it. "
                f"Nobody in the valley could say where they had gone.</p>" for number in range(1, 9))  # fmt: skip


def lines(
    script: str,
    *,
    kind: str = "application/json",
    before: str = "<h1>A bridge</h1>",
    after: str = "",
    title: str = "A bridge",
) -> list[str]:
    source = f"<title>{title}</title><body>{before}<script type='{kind}'>{script}</script>{after}"
    document = cut_html(Page(name="page.html", content=source.encode(), media_type="text/html"), source, "utf-8")
    return list(document.texts)


def state(*markups: str) -> str:
    """What a framework keeps; `<` as it is spelled where a script must not end."""
    return json.dumps({"menu": ["News", "Sport"], "stories": [{"html": html} for html in markups]}).replace(
        "<", "\\u003c"
    )


@pytest.mark.parametrize(
    "script",
    [
        state(MARKUP),
        json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(ARTICLE)}),
        f"window.state = {state(MARKUP)};",
        f"self.push([1, {json.dumps(state(MARKUP))}])",  # JSON in a string
        'window.state = {"html": "' + SCRIPTED + '"};',
        state(MARKUP, MARKUP.replace("<p>", "<div>").replace("</p>", "</div>")),  # twice the same
        state(MARKUP, OTHER[:200]),
        state(html.escape(MARKUP)),
        state(MARKUP.replace(" old", "&#32;old"), MARKUP),
        state("\n\n".join(["<!-- more -->", *ARTICLE]).replace("Thursday", "<b>Thursday</b>", 1)),
        state("\r\n\r\n".join([*ARTICLE[:3], "<ul>\n<li></li>\n</ul>", *ARTICLE[3:]])),
        "window.state = JSON.parse('" + LINKED.replace("\\", "\\\\") + "');",
        state(MARKUP, "AAAAAAbc" * 400 + "9+/9" * 20),
        state(MARKUP, "afghanistan " * 33),
    ],
)  # fmt: skip
def test_the_article_is_text_behind_all_other_lines(script: str) -> None:
    assert lines(script, after="<footer>Imprint</footer>") == ["A bridge", "Imprint", *ARTICLE]


@pytest.mark.parametrize(
    "script",
    [
        state(MARKUP, OTHER),  # an index
        state(MARKUP[:900], OTHER[:800]),
        state(MARKUP, *(f"{number} {OTHER[:500]}" for number in range(4))),
        "element.innerHTML = '\"' + '<p class=\"x\">" + _PARAGRAPH * 9 + '<a href="/x">x</a>\'',
        state("<p>Short.</p>"),
        json.dumps({"text": _PARAGRAPH * 5}),  # shorter than an article
        json.dumps({"css": "p { color: red; margin: 0 auto; padding: 4px } " * 40}),
        json.dumps({"data": "3:(5%7D#4-9;Q9%60%0D3%25X%222-95c%08%02%03%02%01k%08%18%1C%14!Q54=90k+" * 20}),
        '"' + "\\ud8" * 400,
        "",
    ],
)
def test_what_is_no_article_is_not_text(script: str) -> None:
    assert lines(script) == ["A bridge"]


@pytest.mark.parametrize("shown", [f"<p>{_PARAGRAPH}", f"<div><p>{_PARAGRAPH}</p><p>{_PARAGRAPH}</p></div>"])
def test_a_page_that_shows_prose_has_no_other_text(shown: str) -> None:
    assert ARTICLE[0] not in lines(state(MARKUP), before=shown)


def test_of_several_texts_one_that_tells_the_headline_is_the_article() -> None:
    script = state(MARKUP, OTHER)
    assert lines(script, title="Council talks about the bridge, its price and colour")[1:] == ARTICLE
    assert lines(script, title="News, weather, radio, sports, jobs, recipes, letters") == ["A bridge"]


@pytest.mark.parametrize(
    "title", ["한국일보 정치부 서울에서 전하는 소식", "Parliament votes against cheaper railway tickets"]
)
def test_a_text_that_tells_nothing_of_the_headline_is_no_article(title: str) -> None:
    assert lines(state(MARKUP), title=title) == ["A bridge"]


def test_links_are_no_prose() -> None:
    assert lines(state(MARKUP), before=f"<a href='/'>{_PARAGRAPH}</a>") == [_PARAGRAPH.strip(), *ARTICLE]


def test_what_is_open_on_the_page_is_not_open_in_its_article() -> None:
    assert lines(state(MARKUP), before="<h1>A bridge</h1><div hidden><a href='/'>") == ["A bridge", *ARTICLE]


def test_what_is_hidden_in_the_article_is_not_text() -> None:
    assert lines(state(MARKUP + "<p hidden>no</p>")) == ["A bridge", *ARTICLE]


def test_no_text_holds_half_a_surrogate_pair_or_a_zero() -> None:
    script = json.dumps({"html": MARKUP}).replace("bridge", r"bri\ud83ddge\u0000")
    assert lines(script)[1] == ARTICLE[0].replace("bridge", "bri\ufffddge")


@pytest.mark.parametrize("piece", ['\\"', '"', '"\\', "\\\\", '":"', "\\u00", '"{\\"'])
def test_no_script_takes_quadratic_time(piece: str) -> None:
    def taken(count: int) -> float:
        script = '"' + piece * count
        start = time.process_time()
        lines(script)
        return time.process_time() - start

    assert taken(200_000) < 40 * max(min(taken(20_000) for _ in range(3)), 0.001)


def test_a_page_of_very_many_texts_is_no_article() -> None:
    """Each is sought in the longest one."""
    others = [f"{number} {_PARAGRAPH * 4}" for number in range(5000)]
    long = "".join(f"<p>{number} of them, {_PARAGRAPH[number % 9 :]}</p>" for number in range(50_000))
    start = time.process_time()
    assert lines(state(long, *others)) == ["A bridge"]
    assert time.process_time() - start < 5
