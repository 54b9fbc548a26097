"""The source registry: what ships is whole and true to its rules, and corpus.toml extends it or is refused in words."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.outlets import bare_host, name_key
from corpus_loader.articles.registry import Registry
from corpus_loader.errors import DeclarationError
from corpus_loader.records import Source

REGISTRY = Registry.shipped()
OUTLETS = list(REGISTRY.outlets.values())


def test_it_ships_with_the_outlets_of_five_languages_and_the_large_ones() -> None:
    wanted = {"ar", "fa", "ur", "ckb", "kmr", "ps"}
    assert sum(bool(wanted & set(outlet.languages)) for outlet in OUTLETS) >= 60
    for language in ("ar", "fa", "ur", "ckb", "ps", "en", "de", "fr", "es", "ru", "zh", "ja", "tr"):
        assert any(language in outlet.languages for outlet in OUTLETS), language
    assert len(OUTLETS) >= 120


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda outlet: outlet.host)
def test_each_entry_says_name_zone_and_languages(outlet: Any) -> None:
    assert outlet.name
    assert outlet.languages
    assert REGISTRY.zone_of(outlet.host) is not None
    assert REGISTRY.outlet(outlet.host) is outlet
    assert outlet.merged_into is None or outlet.merged_into in REGISTRY.outlets
    for alias in outlet.aliases:
        assert REGISTRY.outlet(alias) is outlet


@pytest.mark.parametrize("host", REGISTRY.editions)
def test_each_edition_is_of_a_registered_host_that_publishes_in_its_language(host: str) -> None:
    for path, edition in REGISTRY.editions[host].items():
        assert edition.language in REGISTRY.outlets[host].languages
        assert REGISTRY.source(host, path=f"/{path}/x") == Source(host, edition.name)
        assert REGISTRY.languages_of(host, edition.name) == (edition.language,)


def test_every_signature_belongs_to_one_outlet_or_to_editions_of_one() -> None:
    for outlets in REGISTRY.furniture_keys.values():
        assert len({outlet.host.split(".")[-2] for outlet in outlets}) == 1


def test_no_name_is_a_common_word_of_a_copyright_line() -> None:
    for phrase in ("all rights reserved", "copyright", "جميع الحقوق محفوظة", "تمام حقوق", "agencies", "وكالات"):
        assert name_key(phrase) not in REGISTRY.name_keys


@pytest.mark.parametrize(
    ("host", "expect"),
    [
        ("www.radiofarda.com", Source("radiofarda.com", "Radio Farda")),
        ("sport.ahram.org.eg", Source("ahram.org.eg", "Al-Ahram")),
        ("english.ahram.org.eg", Source("english.ahram.org.eg", "Ahram Online")),
        ("hosted.ap.org", Source("apnews.com", "Associated Press")),
        ("es.rt.com", Source("es.rt.com", None)),
        ("example.org", Source("example.org", None)),
    ],
)
def test_the_source_of_a_host(host: str, expect: Source) -> None:
    assert REGISTRY.source(host) == expect


def test_what_is_not_registered_has_no_zone_and_no_languages() -> None:
    assert REGISTRY.zone_of("es.rt.com") is None
    assert REGISTRY.languages_of("example.org") == ()
    assert str(REGISTRY.zone_of("www.irna.ir")) == "Asia/Tehran"
    assert REGISTRY.languages_of("irna.ir") == ("fa",)


def test_corpus_toml_overrides_given_keys_and_adds_outlets() -> None:
    extended = REGISTRY.extended(
        {
            "radiofarda.com": {"zone": "Europe/Prague"},
            "example.org": {"name": "Example", "furniture": ["نقطة آخر السطر"], "merged_on": dt.date(2015, 1, 2)},
        }
    )
    assert str(extended.zone_of("radiofarda.com")) == "Europe/Prague"
    assert extended.outlets["radiofarda.com"].name == "Radio Farda"
    assert extended.source("www.example.org") == Source("example.org", "Example")
    assert name_key("نقطة آخر السطر") in extended.furniture_keys
    assert str(REGISTRY.zone_of("radiofarda.com")) == "Asia/Tehran", "the shipped registry is a value"
    assert REGISTRY.extended({}) is REGISTRY
    assert REGISTRY.extended({"radiofarda.com": {}}) == REGISTRY


@pytest.mark.parametrize(
    ("host", "table", "words"),
    [
        ("www.example.org", {"name": "x"}, ["host", "bare host name"]),
        ("https://example.org/", {"name": "x"}, ["host"]),
        ("example.org", {"nmae": "x"}, ["nmae", "known here: aliases"]),
        ("example.org", {"name": ""}, ["name", "text in quotes"]),
        ("example.org", {"name": 5}, ["name", "5"]),
        ("example.org", {"native": "x"}, ["native", "list of texts"]),
        ("example.org", {"native": [" "]}, ["native"]),
        ("example.org", {"languages": ["Arabic"]}, ["languages", "BCP 47"]),
        ("example.org", {"zone": "Tehran"}, ["zone", "IANA"]),
        ("example.org", {"zone": "../etc"}, ["zone", "IANA"]),
        ("example.org", {"calendar": "julian"}, ["calendar", "gregorian, jalali, hijri"]),
        ("example.org", {"network": "x"}, ["network", "pangea"]),
        ("example.org", {"wire": "yes"}, ["wire", "true, false"]),
        ("example.org", {"aliases": ["www example"]}, ["aliases", "bare host names"]),
        ("example.org", {"aliases": ["rt.com"]}, ["aliases", "rt.com"]),
        ("bbc.co.uk", {"name": "BBC"}, ["host", "already belongs to bbc.com", 'extend sources."bbc.com"']),
        ("example.org", {"merged_into": "example.com"}, ["merged_into", "not registered"]),
        ("example.org", {"merged_into": 5}, ["merged_into"]),
        ("example.org", {"merged_on": "2015-01-01"}, ["merged_on", "without quotes"]),
        ("example.org", "x", ["entry", "table"]),
    ],
)
def test_a_broken_entry_is_refused_in_words(host: str, table: Any, words: list[str]) -> None:
    with pytest.raises(DeclarationError) as error:
        REGISTRY.extended({host: table}, file="there/corpus.toml")
    for word in ["there/corpus.toml", host, *words]:
        assert word in str(error.value)


def test_it_goes_to_another_process_and_back() -> None:
    assert pickle.loads(pickle.dumps(REGISTRY)) == REGISTRY


def test_mergers_in_a_circle_end() -> None:
    circle = REGISTRY.extended({"a.org": {"name": "A"}, "b.org": {"name": "B", "merged_into": "a.org"}})
    circle = circle.extended({"a.org": {"merged_into": "b.org"}})
    assert circle.heir(circle.outlets["a.org"]).host in {"a.org", "b.org"}


@pytest.mark.parametrize(
    ("host", "bare"),
    [
        ("WWW.Example.ORG:8080", "example.org"),
        ("www2.m.example.org.", "example.org"),
        ("amp.example.co.uk", "example.co.uk"),
        ("m.co.uk", "m.co.uk"),
        ("m.tv", "m.tv"),
        ("media.example.org", "media.example.org"),
    ],
)
def test_bare_hosts(host: str, bare: str) -> None:
    assert bare_host(host) == bare


@given(st.from_regex(r"(?:[a-z0-9]{1,6}\.){1,4}[a-z]{2,4}", fullmatch=True))
def test_a_bare_host_is_its_own_bare_host(host: str) -> None:
    assert bare_host(bare_host(host)) == bare_host(host)
    assert host.endswith(bare_host(host))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('قناة "الحرّة"', "قناه الحره"),
        ("المركز الديمقراطى العربى", "المركز الديمقراطي العربي"),
        ("خبرگزاری‌ها", "خبرگزاریها"),
        ("كيهان لندن", "کیهان لندن"),
        ("روزنامہ جنگ", "روزنامه جنگ"),
        ("الأهرام", "الاهـــرام"),
        ("BBC News, عربي", "bbc news عربی"),
    ],
)
def test_one_key_for_the_spellings_of_a_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@given(st.text(alphabet="aBÉß09 |.,«»ابةهيىكگـؤئأآ\u064b\u0651\u200c\u200f۱٢", max_size=60))
def test_a_key_is_its_own_key(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
