"""The outlet of a page: its address, what it states, its furniture; and when it must stay unnamed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_loader.articles.sources import Registry, find_source
from corpus_loader.pages.text import cut_text
from corpus_loader.records import Document, Finding, Label, LabelledBlock, Metadatum, Page, Source

CASES = json.loads((Path(__file__).parent / "source_cases.json").read_text(encoding="utf-8"))
#: Stand-ins of the cases: body paragraphs, and a menu long enough to push a line out of the page's foot.
BODIES = {
    "BODY": ["قالت وزارة الصحة في بيان إن عدد المصابين ارتفع خلال الأسبوع الماضي في عدة مدن من البلاد."] * 4,
    "PERSIAN": ["سخنگوی وزارت بهداشت گفت که شمار مبتلایان در هفته گذشته در چند شهر کشور افزایش یافته است."] * 4,
}
MENU = [f"menu {i}" for i in range(30)]
REGISTRY = Registry.shipped()


def dump(lines: Iterable[str], url: str | None = None, metadata: Iterable[Metadatum] = ()) -> Document:
    text = "\n".join(lines)
    cut = cut_text(Page("page.txt", text.encode(), "text/plain", url=url), text, "utf-8")
    return Document(cut.page, cut.source, cut.text, cut.blocks, tuple(metadata))


def labelled(document: Document, body: Iterable[str]) -> tuple[LabelledBlock, ...]:
    wanted = set(body)
    return tuple(
        LabelledBlock(Label.BODY if document.texts[i] in wanted else Label.FURNITURE, 0.5)
        for i in range(len(document.blocks))
    )


def found(lines: list[str], url: str | None = None, metadata: Iterable[Metadatum] = ()) -> Finding[Source]:
    document = dump(lines, url, metadata)
    return find_source(document, labelled(document, [*BODIES["BODY"], *BODIES["PERSIAN"]]), REGISTRY)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_text_dump_is_known_by_its_furniture_or_not_at_all(case: dict[str, Any]) -> None:
    lines = [line for item in case["text"] for line in BODIES.get(item, MENU if item == "MENU" else [item])]
    finding = found(lines)
    assert (finding.value and finding.value.host) == case["expect"], finding
    assert finding.reason == case.get("reason")
    if case["expect"]:
        assert case["rule"] in {evidence.rule for evidence in finding.evidence}
    assert {candidate.value for candidate in finding.candidates} >= set(case.get("candidates", []))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_every_quote_stands_where_the_evidence_says(case: dict[str, Any]) -> None:
    lines = [line for item in case["text"] for line in BODIES.get(item, MENU if item == "MENU" else [item])]
    text, finding = "\n".join(lines), found(lines)
    for evidence in [*finding.evidence, *(candidate.evidence for candidate in finding.candidates)]:
        assert evidence.field == "source"
        assert text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.radiofarda.com/a/27290789.html", "radiofarda.com"),
        ("http://m.youm7.com/story/1", "youm7.com"),
        ("https://arabic.rt.com/news/795712", "arabic.rt.com"),
        ("https://fa.alalam.ir/news/1", "fa.alalam.ir"),
        ("https://edition.cnn.com/2015/10/02/x.html", "cnn.com"),
        ("https://arabic.cnn.com/x", "arabic.cnn.com"),
        ("https://tr.euronews.com/x", "tr.euronews.com"),
        ("http://fa.euronews.com/2015/10/02/x", "parsi.euronews.com"),
        ("http://www.bbc.co.uk/persian/world", "bbc.com"),
        ("http://www.radiosawa.com/content/1", "radiosawa.com"),
        ("https://News.Example.ORG:8080/x", "news.example.org"),
        ("https://web.archive.org/web/20151007120000/http://www.alquds.co.uk/?p=1", "alquds.co.uk"),
        ("https://web.archive.org/web/20151007id_/www.alquds.co.uk/x", "alquds.co.uk"),
        ("http://archive.ph/2015.10.07-120000/https://www.bbc.com/persian/x", "bbc.com"),
        ("https://www-alquds-co-uk.cdn.ampproject.org/v/s/www.alquds.co.uk/amp/x?usqp=1", "alquds.co.uk"),
        ("https://cdn.ampproject.org/c/youm7.com/story/1", "youm7.com"),
        ("https://www.google.com/amp/s/amp.dw.com/fa-ir/a-1", "dw.com"),
        ("https://www.google.co.uk/amp/s/arabic.rt.com/news/1", "arabic.rt.com"),
    ],
)
def test_the_address_decides_whatever_the_text_says(url: str, host: str) -> None:
    finding = found(["عنوان الخبر في هذه الصفحة | مصراوي", *BODIES["BODY"]], url=url)
    assert finding.value is not None
    assert finding.value.host == host
    (evidence,) = finding.evidence
    assert evidence.origin == "url"
    assert url[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.bbc.com/persian/articles/x", "BBC Persian"),
        ("http://www.bbc.co.uk/arabic", "BBC Arabic"),
        ("https://www.bbc.com/news/world-1", "BBC"),
        ("https://www.dw.com/fa-ir/a-1", "DW Persian"),
        ("https://www-bbc-com.cdn.ampproject.org/c/s/www.bbc.com/urdu/1.amp", "BBC Urdu"),
    ],
)
def test_an_edition_under_a_path_gives_its_name_and_the_host_stays(url: str, name: str) -> None:
    value = found(["x"], url=url).value
    assert value is not None
    assert value.name == name
    assert value.host in {"bbc.com", "dw.com"}


def test_without_an_address_the_language_of_the_article_tells_the_edition() -> None:
    title = "افزایش بارندگی در شمال کشور - BBC News فارسی"
    assert found([title, *BODIES["PERSIAN"]]).value == Source("bbc.com", "BBC Persian")


def test_an_unregistered_host_is_a_source_without_a_name() -> None:
    assert found(["x"], url="https://www.example.org/a").value == Source("example.org", None)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/x", "file:///tmp/x.html", "not a url", "http://[::1/x", "http://localhost/x"]
)
def test_an_address_that_names_no_host_is_none(url: str) -> None:
    assert found(["x"], url=url).reason == "no-source"


def test_a_canonical_link_to_another_outlet_is_a_candidate() -> None:
    canonical = Metadatum("link:canonical", "https://www.theguardian.com/x")
    finding = found(["x"], url="https://example.org/copy", metadata=[canonical])
    assert finding.value == Source("example.org", None)
    assert [candidate.value for candidate in finding.candidates] == ["theguardian.com"]
    assert (finding.evidence[0].confidence or 1) < 0.95


def test_behind_an_intermediary_the_canonical_link_decides() -> None:
    canonical = Metadatum("link:canonical", "https://noticias.example/x")
    finding = found(["x"], url="http://feedproxy.google.com/~r/x", metadata=[canonical])
    assert finding.value == Source("noticias.example", None)


@pytest.mark.parametrize("name", ["meta:og:site_name", "jsonld:NewsArticle.publisher.name"])
def test_a_stated_name_decides_without_an_address(name: str) -> None:
    finding = found(["x"], metadata=[Metadatum(name, "عنب بلدي")])
    assert finding.value == Source("enabbaladi.net", "Enab Baladi")
    assert finding.evidence[0].rule == name


def test_a_relative_canonical_link_states_no_host() -> None:
    assert found(["x"], metadata=[Metadatum("link:canonical", "/news/1")]).reason == "no-source"


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from([*(line for case in CASES for line in case["text"]), *BODIES["BODY"], "©", "| - |", ":"])
        | st.text(max_size=40),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_no_page_and_no_labels_make_it_fail(lines: list[str], random: Any) -> None:
    document = dump(lines)
    labels = [LabelledBlock(random.choice(list(Label)), 0.5) for _ in document.blocks]
    finding = find_source(document, labels, REGISTRY)
    assert finding == find_source(document, labels, REGISTRY)
    assert (finding.value is None) == (finding.reason in {"no-source", "ambiguous-source"})
