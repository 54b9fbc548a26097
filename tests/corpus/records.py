"""Rows to test with, and strategies that break them."""

import copy
import dataclasses
import datetime as dt
import json
from typing import Any

from hypothesis import strategies as st

from corpus_loader.corpus.rows import to_line
from corpus_loader.records import Article, Candidate, Evidence, Provenance, Rejection
from tests.conftest import ROOT

__all__ = ["ARTICLE", "EXAMPLES", "articles", "broken_rows", "line", "rejections", "with_value"]

EXAMPLES = ROOT / "schema" / "examples"
ARTICLE: dict[str, Any] = json.loads((EXAMPLES / "valid" / "article.jsonl").read_text(encoding="utf-8").splitlines()[0])

#: ZWNJ, a harakah, a direction mark, a character beyond the BMP, what JSON escapes, and what looks like a key.
_VISIBLE = st.sampled_from(["می‌گوید", "نَصّ", "\u200fa", "😀", 'he said "no": why\\', "a\tb\n\nc", "{", "1", ":a", '":'])
_TEXT = st.builds(str.__add__, _VISIBLE, st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=12))
_HOST = st.sampled_from(["example.org", "arabic.rt.com", "a", "x-1.example"])
_SHA = st.text("0123456789abcdef", min_size=64, max_size=64)
_ID = st.text("0123456789abcdef", min_size=16, max_size=16)
_DAY = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31))
_OFFSET = st.integers(0, 2**53 - 1)
#: No end before its start; both may be unknown.
_SPAN = st.just((None, None)) | st.tuples(_OFFSET, _OFFSET).map(sorted)
_ORIGIN = st.sampled_from(["text", "markup", "url", "container", "declaration"])
_MEDIA = st.sampled_from(["text/plain", "text/html"])
_URL = st.sampled_from(["https://example.org/", "http://example.org:8080/a/b.html?x=1&y=%D8%A7", "https://a.b/(1)~'!*"])

evidence = st.builds(
    lambda span, **values: Evidence(start=span[0], end=span[1], **values),
    span=_SPAN,
    field=st.sampled_from(["date", "body", "source_name"]),
    rule=_TEXT,
    quote=st.none() | _TEXT | st.just(""),
    origin=_ORIGIN,
    confidence=st.none() | st.floats(0, 1),
)


def _settled(article: Article) -> Article:
    """The first day of its month or year, where the date is no exacter."""
    parts = {"day": {}, "month": {"day": 1}, "year": {"day": 1, "month": 1}}[article.date_precision]
    return dataclasses.replace(article, date=article.date.replace(**parts))


articles = st.builds(
    Article,
    id=_ID,
    source=_HOST,
    source_name=st.none() | _TEXT,
    language=st.sampled_from(["ar", "fa", "ckb", "uz-Arab", "zh-Hant-TW", "es-419"]),
    date=_DAY,
    date_precision=st.sampled_from(["day", "month", "year"]),
    date_basis=st.sampled_from(["metadata", "stamp", "url", "dateline", "narrative", "curated"]),
    title=st.none() | _TEXT,
    body=_TEXT,
    byline=st.none() | _TEXT,
    credit=st.none() | _TEXT,
    url=st.none() | _URL,
    retrieved=st.none() | _DAY,
    cluster=st.none() | _ID,
    provenance=st.builds(
        Provenance,
        page=_TEXT,
        page_sha256=_SHA,
        media_type=_MEDIA,
        encoding=st.sampled_from(["utf-8", "windows-1256"]),
        replaced=st.integers(0, 9),
        extractor=st.just("corpus_loader/0.1.0"),
        evidence=st.lists(evidence, max_size=3).map(tuple),
    ),
).map(_settled)

rejections = st.builds(
    Rejection,
    page=_TEXT,
    page_sha256=st.none() | _SHA,
    media_type=st.none() | _MEDIA,
    url=st.none() | _TEXT,
    source=st.none() | _HOST,
    reason=st.sampled_from(["no-date", "ambiguous-date", "unreadable"]),
    detail=_TEXT,
    candidates=st.lists(st.builds(Candidate, value=_TEXT | st.just(""), evidence=evidence), max_size=3).map(tuple),
)

#: Values on which validators have been seen to differ, and plain nonsense.
_ODD_VALUES = [None, True, 0, -1, 1.0, 1.5, 2**53, 10.0**30, [], {}, ["2015-10-07"]]
_ODD_TEXTS = ["", " ", "\n", "\u200c", "\ufeff", "\x1c", "\x85", "a\0", "a\n"]
_ODD_DAYS = ["2015-02-29", "2016-02-29", "0000-01-01", "٢٠١٥-10-07", "2015-W40-1", "20151007", "2015-10"]
_ODD_TOKENS = [
    "2015-10-07\n",
    "fa\n",
    "FA",
    "example.org\n",
    "a" * 16 + "\n",
    "a..b",
    ".a",
    "a-.b",
    "a" * 254,
    "0" * 64 + "\n",
]
_ODD_URLS = [
    *("https://a.b", "https://a.b/%zz", "https://a.b/?y=[1]", "https://a.b/#f", "https://a.b/ا", "https://user@a.b/"),
    *("https://a:99999/", "http://a..b/", "http://[::1]/", "ftp://a.b/", "x:", "https://a.b/\n", "https://a b/"),
]
_NASTY = (
    st.sampled_from([*_ODD_VALUES, *_ODD_TEXTS, *_ODD_DAYS, *_ODD_TOKENS, *_ODD_URLS])
    | st.text(max_size=8)
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
)

_PATHS: list[tuple[str | int, ...]] = [(name,) for name in ARTICLE]
_PATHS += [("provenance", name) for name in ARTICLE["provenance"]]
_PATHS += [("provenance", "evidence", 0, name) for name in ARTICLE["provenance"]["evidence"][0]]
_PATHS += [("extra",), ("provenance", "extra"), ("provenance", "evidence", 1, "extra"), ("provenance", "evidence", 0)]


def with_value(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """The example article with another value there."""
    row = copy.deepcopy(ARTICLE)
    node: Any = row
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return row


broken_rows = st.builds(with_value, st.sampled_from(_PATHS), _NASTY)


def line(row: dict[str, Any]) -> bytes:
    return to_line(row)
