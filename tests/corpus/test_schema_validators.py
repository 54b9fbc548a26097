"""jsonschema, jsonschema-rs, the recogniser and the columns agree on every line, `format` included."""

import io
import json
import re
from collections.abc import Iterator

import jsonschema
import jsonschema_rs
import numpy as np
import orjson
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_loader.corpus.columns import UnsureError, record_batch
from corpus_loader.corpus.lines import check_line, check_row
from corpus_loader.corpus.reading import typed
from corpus_loader.corpus.recogniser import recognised
from corpus_loader.corpus.rows import from_row, rejection_from_row, to_line, to_row
from corpus_loader.corpus.schema import arrow_schema, definition
from corpus_loader.corpus.span_sieve import doubtful_spans
from corpus_loader.corpus.strict_json import strict_faults
from corpus_loader.corpus.tokens import positions
from corpus_loader.corpus.validation import Check
from corpus_loader.corpus.values import sure_of_match
from corpus_loader.errors import SchemaError
from tests.corpus.records import ARTICLE, articles, broken_rows, line, rejections, with_value

PLAIN = jsonschema.Draft202012Validator(definition(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
FAST = jsonschema_rs.Draft202012Validator(definition(), validate_formats=True)


def vouched(data: bytes, kind="article") -> bool:
    return bool(recognised(strings(data), kind)[0]) and not len(doubtful_spans(data))


def strings(*values: bytes) -> pa.Array:
    """An Arrow array of text that nobody has checked to be UTF-8."""
    return pa.array(values, pa.binary()).view(pa.string())


#: What hides in a text: broken UTF-8, half characters, escapes that JSON has not, and what looks like structure.
_SPLINTERS = [b"", b" ", b'"', b"\\", b"\xff", b"\xed\xa0\x80", b"\\u0000", b"\\ud800", b"\n", b"0", b'":', b"\0"]


_OFFSETS = st.none() | st.integers(0, 30) | st.integers(0, 10**7) | st.integers(0, 2**53 - 1)
_NAMES = st.sampled_from(["body", "date", "url", "source_name", "start", "a", "a_name_of_more_than_twenty_letters"])


@settings(max_examples=500)
@given(st.lists(st.tuples(_NAMES, _OFFSETS, _OFFSETS), min_size=1, max_size=4), st.booleans(), st.sampled_from('{ا"'))
def test_every_span_that_ends_before_it_starts_or_has_one_end_is_refused_by_every_reader(spans, spaced, quote):
    like = ARTICLE["provenance"]["evidence"][0] | {"quote": quote * 3}
    evidence = [like | {"field": field, "start": start, "end": end} for field, start, end in spans]
    row = with_value(("provenance", "evidence"), evidence)
    spelled = json.dumps(row, ensure_ascii=False, separators=None if spaced else (",", ":")).encode() + b"\n"
    wrong = [
        f"/provenance/evidence/{index}/{'start' if start is None else 'end'}"
        for index, (_, start, end) in enumerate(spans)
        if (start is None) != (end is None) or (start or 0) > (end or 0)
    ]
    assert [violation.pointer for violation in check_line(spelled[:-1])[1]] == wrong
    assert not (vouched(spelled) and wrong)
    short = all((number or 0) < 10**7 for span in spans for number in span[1:])
    if short and not wrong and all(len(field) < 20 for field, _, _ in spans):
        assert not len(doubtful_spans(spelled))
    try:
        record_batch(spelled)
    except UnsureError:
        assert wrong
    else:
        assert not wrong


@settings(max_examples=100)
@given(broken_rows)
def test_the_two_validators_agree_and_every_refusal_is_explained(row):
    assert PLAIN.is_valid(row) == FAST.is_valid(row)
    violations = [violation for violation in check_row(row) if not violation.rule.startswith("span-")]
    assert bool(violations) != FAST.is_valid(row)
    assert all(violation.expected and violation.rule != "schema" for violation in violations)


@settings(max_examples=100)
@given(st.text(max_size=20))
@example("2015-02-29")
@example("0000-01-01")
def test_the_two_validators_agree_on_any_text_in_fields_with_a_format(text):
    for name in ("date", "retrieved", "url"):
        row = with_value((name,), text)
        assert PLAIN.is_valid(row) == FAST.is_valid(row)


@settings(max_examples=100)
@given(st.from_regex(definition()["properties"]["url"]["pattern"], fullmatch=True))
def test_a_url_of_our_pattern_is_a_uri_to_both(url):
    row = with_value(("url",), url)
    assert PLAIN.is_valid(row) is FAST.is_valid(row) is True


def whole_texts(node) -> Iterator[str]:
    """The patterns that state a whole text."""
    if node.get("pattern", "").startswith("^"):
        yield node["pattern"]
    for child in [*node.get("properties", {}).values(), *([node["items"]] if "items" in node else [])]:
        yield from whole_texts(child)


@settings(max_examples=300)
@given(
    st.sampled_from(sorted({*whole_texts(definition()), *whole_texts(definition("rejection"))})).flatmap(st.from_regex)
)
def test_what_the_schema_spells_out_as_a_whole_needs_no_escape(text):
    """The columns take such a text as it is spelled; a line feed after "$" is caught by other rules."""
    assert orjson.dumps(text.removesuffix("\n")) == b'"%b"' % text.removesuffix("\n").encode()


@settings(max_examples=100)
@given(articles)
def test_an_article_survives_lines_rows_and_columns(article):
    spelled = to_line(article)
    row = orjson.loads(spelled)
    assert check_line(spelled[:-1]) == (row, ())
    assert strict_faults(spelled.decode()) == ()
    assert from_row(row) == article
    assert to_line(from_row(row)) == spelled
    batch = record_batch(spelled * 2)
    assert batch.schema.equals(arrow_schema())
    assert [from_row(found) for found in batch.to_pylist()] == [article] * 2
    assert to_row(article) == batch.to_pylist()[0]


@settings(max_examples=100)
@given(rejections)
def test_a_rejection_survives_lines_rows_and_columns(rejection):
    spelled = to_line(rejection)
    row = orjson.loads(spelled)
    assert check_line(spelled[:-1], "rejection") == (row, ())
    assert rejection_from_row(row) == rejection
    assert record_batch(spelled, "rejection").to_pylist() == [row]


@settings(max_examples=100)
@given(articles, st.booleans(), st.sampled_from([None, (",", ":"), (", ", ":"), (",", ": ")]), st.booleans())
def test_other_spellings_of_valid_lines_give_the_same_columns(article, ascii_only, separators, backwards):
    row = orjson.loads(to_line(article))
    if backwards:
        row = dict(reversed(row.items()))
    spelled = json.dumps(row, ensure_ascii=ascii_only, separators=separators).encode() + b"\n"
    canonical = to_line(article)
    read = list(typed(io.BytesIO(canonical + spelled + canonical), "f"))
    assert pa.Table.from_batches(read).to_pylist() == [to_row(article)] * 3
    if not backwards and separators in (None, (",", ":")):
        assert record_batch(spelled).equals(record_batch(canonical))


@settings(max_examples=100)
@given(articles)
def test_canonical_lines_are_recognised(article):
    """All but those of 29 February, those of a month or year, and those of confidences too small for plain digits."""
    spelled = to_line(article)
    if (
        article.date_precision == "day"
        and b"-02-29" not in spelled
        and b"e-" not in spelled
        and max_offset(spelled) < 10**15
    ):
        assert recognised(strings(spelled))[0]


def max_offset(spelled):
    evidence = orjson.loads(spelled)["provenance"]["evidence"]
    return max((item[name] or 0 for item in evidence for name in ("start", "end")), default=0)


@st.composite
def damaged(draw) -> bytes:
    """A valid line of which bytes are replaced, inserted and cut out at random; it still ends."""
    spelled = bytearray(to_line(draw(articles)))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(spelled) - 1))
        stop = start + draw(st.integers(0, 2))
        spelled[start:stop] = draw(st.sampled_from(_SPLINTERS) | st.binary(max_size=2))
    return bytes(spelled).rstrip(b"\n") + b"\n"


@settings(max_examples=150)
@given(damaged())
def test_what_the_recogniser_accepts_is_valid(spelled):
    if vouched(spelled):
        assert check_line(spelled[:-1])[1] == ()
        assert strict_faults(spelled[:-1].decode("utf-8")) == ()


@settings(max_examples=500)
@given(st.lists(damaged(), min_size=1, max_size=3))
@example([line(ARTICLE).replace(b'{"id"', b'":id"')])
def test_columns_are_what_the_validator_accepts_or_nothing(lines):
    try:
        batch = record_batch(b"".join(lines))
    except UnsureError:
        return
    checked = [check_line(part) for part in b"".join(lines).split(b"\n")[:-1]]
    assert [violations for _, violations in checked] == [()] * len(checked)
    assert batch.to_pylist() == [to_row(from_row(row)) for row, _ in checked]


@settings(max_examples=150)
@given(st.lists(damaged(), min_size=1, max_size=3))
def test_reading_refuses_the_line_that_the_validator_refuses_first(lines):
    data = b"".join(lines)
    broken = next((problem for problem in Check(io.BytesIO(data), "f", kind="article") if not problem.note), None)
    if broken is None:
        assert sum(batch.num_rows for batch in typed(io.BytesIO(data), "f")) == data.count(b"\n")
    else:
        with pytest.raises(SchemaError, match=re.escape(f"f:{broken.line}:")):
            list(typed(io.BytesIO(data), "f"))


_DAMAGE = [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe0\x80\xaf", b"\xf0\x80\x80\xaf"]
_DAMAGE += [b"\t", b"\0", b"\\ud800", b"\\udc00\\ud800", b"\\u0000", b"\\x", b'"']


@pytest.mark.parametrize("damage", _DAMAGE)
def test_what_is_no_json_or_no_utf8_is_not_vouched_for(damage):
    spelled = line(ARTICLE).replace("عنوان".encode(), b"A" + damage + b"Z")
    assert not vouched(spelled)
    with pytest.raises(UnsureError):
        record_batch(spelled)
    assert check_line(spelled[:-1])[1]


@pytest.mark.parametrize(
    ("day", "precision", "valid"),
    [
        ("2015-10-10", "day", True),
        ("2015-10-10", "month", False),
        ("2015-10-01", "month", True),
        ("2015-10-01", "year", False),
        ("2015-01-01", "year", True),
        ("2015-01-02", "year", False),
    ],
)
def test_a_period_begins_on_its_first_day_to_every_reader(day, precision, valid):
    spelled = line(ARTICLE | {"date": day, "date_precision": precision})
    row = orjson.loads(spelled)
    assert PLAIN.is_valid(row) is FAST.is_valid(row) is valid
    assert not vouched(spelled) or valid
    if valid:
        assert record_batch(spelled).num_rows == 1
    else:
        with pytest.raises(UnsureError):
            record_batch(line(ARTICLE) + spelled)
        (violation,) = check_row(row)
        assert (violation.rule, violation.pointer) == ("pattern", "/date")
        assert f"as date_precision is {precision}" in violation.expected


def test_one_doubtful_line_does_not_hide_the_others():
    good = line(ARTICLE)
    found = recognised(strings(good, b"{}\n", good))
    assert np.array_equal(found, [True, False, True])


@settings(max_examples=100)
@given(st.lists(st.sampled_from([0, 0, 0, 1]), max_size=70))
def test_the_positions_of_what_is_rare_are_all_of_them(flags):
    rare = np.array(flags, bool)
    assert positions(rare).tolist() == np.flatnonzero(rare).tolist()


def is_sure(texts, pattern):
    try:
        sure_of_match(pa.array(texts, pa.string()), pattern)
    except UnsureError:
        return False
    return True


@settings(max_examples=200)
@given(st.lists(st.none() | st.text("abf019gé\0\n", max_size=4), max_size=5), st.integers(1, 3))
@example(["ab", None, "é"], 2)
@example([None], 2)
@example(["abf", "a"], 2)
def test_a_text_of_a_fixed_length_matches_as_the_expression_does(texts, length):
    pattern = f"^[0-9a-f]{{{length}}}$"
    assert is_sure(texts, pattern) == all(text is None or re.fullmatch(pattern[1:-1], text) for text in texts)


@settings(max_examples=200)
@given(st.lists(st.none() | st.text(" \u200c\0aش", max_size=200), max_size=40))
def test_a_text_with_a_visible_character_is_found_wherever_that_is(texts):
    pattern = definition()["properties"]["body"]["pattern"]
    assert is_sure(texts, pattern) == all(text is None or re.search(pattern, text) for text in texts)
