"""Every broken line is reported, whatever else is wrong with the file."""

import bz2
import errno
import gzip
import io
import itertools
import json
import lzma
import subprocess
import sys

import pytest
import zstandard
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus_loader.cli.validate import validate
from corpus_loader.corpus.jsonlines import _FOREIGN, LINE_LIMIT, Damage, Lines, LongLine, pieces
from corpus_loader.corpus.lines import check_line
from corpus_loader.corpus.strict_json import strict_faults
from corpus_loader.corpus.validation import Check
from tests.corpus.records import ARTICLE, EXAMPLES, line

GOOD = line(ARTICLE)
BAD = line(ARTICLE | {"language": "persian"})

PACKERS = {
    "plain": lambda data: data,
    "gzip": gzip.compress,
    "gzip, two members": lambda data: gzip.compress(data[:100]) + gzip.compress(data[100:]) + b"\0" * 512,
    "zstd": zstandard.ZstdCompressor().compress,
    "zstd, two frames": lambda data: b"".join(map(zstandard.ZstdCompressor().compress, (data[:100], data[100:]))),
}


def check(data: bytes, **options) -> tuple[Check, list]:
    found = Check(io.BytesIO(data), "f", **options)
    return found, list(found)


def places(problems) -> list[tuple[int, str]]:
    return [(problem.line, problem.violation.rule) for problem in problems]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("valid/*.jsonl")), ids=lambda path: path.name)
def test_valid_examples_are_valid(path):
    assert check(path.read_bytes())[1] == []


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("invalid/*.jsonl")), ids=lambda path: path.name)
def test_an_invalid_example_breaks_the_rule_that_it_names(path):
    kind, rule, _ = (path.name + ".").split(".", maxsplit=2)
    _, problems = check(path.read_bytes(), kind=kind)
    assert {problem.violation.rule for problem in problems} == {rule}
    for problem in problems:
        assert problem.violation.found
        assert len(problem.violation.expected) > 5


def test_every_broken_line_has_its_number_pointer_and_words():
    evidence = GOOD.replace(b'"rule":"labeller"', b'"rule":"labeller","rule":"other"')
    found, problems = check(GOOD + b"\n" + BAD + evidence + GOOD + b"{}\n")
    assert (found.lines, found.broken) == (6, 4)
    assert places(problems)[:3] == [(2, "blank-line"), (3, "pattern"), (4, "duplicate-key")]
    assert set(places(problems)[3:]) == {(6, "required")}
    assert str(problems[1]).startswith('f:3: /language: found "persian"; expected string like "ar": ')
    assert problems[2].violation.pointer == "/provenance/evidence/1/rule"


@pytest.mark.parametrize("block", [64, 1000, 1 << 21])
def test_a_span_that_ends_before_it_starts_is_told_wherever_it_stands(monkeypatch, block):
    monkeypatch.setattr("corpus_loader.corpus.span_sieve.BLOCK", block)
    backward = GOOD.replace(b'"start":12,"end":48', b'"start":120,"end":48')
    assert places(check(GOOD * 3 + backward + GOOD + backward)[1]) == [(4, "span-order"), (6, "span-order")]
    (problem,) = check(backward)[1]
    assert str(problem) == (
        "f:1: /provenance/evidence/1/end: found 48, before start (120); expected integer from 120 on, or both null: "
        "end is one past the last character, start the first [span-order]"
    )
    wrong_too = json.loads(backward) | {"language": "persian"}
    assert places(check(line(wrong_too))[1]) == [(1, "pattern"), (1, "span-order")]


@pytest.mark.parametrize(
    ("spelled", "place", "found"),
    [
        (b'"start":12,"end":null', "/provenance/evidence/1/end", "found null, but start is 12"),
        (b'"start":null,"end":48', "/provenance/evidence/1/start", "found null, but end is 48"),
        (b'"start":12.0,"end":null', "/provenance/evidence/1/end", "found null, but start is 12.0"),
        (b'"start":48.0,"end":12.0', "/provenance/evidence/1/end", "found 12.0, before start (48.0)"),
        (b'"start":48,"end":12.0', "/provenance/evidence/1/end", "found 12.0, before start (48)"),
        (b'"start":3,"end":-1', "/provenance/evidence/1/end", "found -1; expected integer or null from 0 "),
    ],
)
def test_a_span_with_one_end_or_backward_in_any_spelling_is_told_once(spelled, place, found):
    (problem,) = check(GOOD + GOOD.replace(b'"start":12,"end":48', spelled))[1]
    assert str(problem).startswith(f"f:2: {place}: {found}")


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("packer", PACKERS)
def test_packed_files_and_workers_change_nothing(packer, workers):
    data = (GOOD * 50 + BAD) * 3
    found, problems = check(PACKERS[packer](data), workers=workers)
    assert (found.lines, places(problems)) == (153, [(51, "pattern"), (102, "pattern"), (153, "pattern")])


@pytest.mark.parametrize("packer", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_a_cut_or_damaged_file_is_reported_after_its_lines(packer):
    data = b"".join(line(ARTICLE | {"id": f"{number:016x}"}) for number in range(5000)) + BAD
    packed = packer(data)
    found, problems = check(packed[: len(packed) // 2])
    assert found.lines > 100
    assert places(problems) == [(found.lines + 1, "damaged")]
    assert "cut off" in str(problems[0])
    found, problems = check(packed + b"garbage")
    assert places(problems) == [(5001, "pattern"), (5002, "damaged")]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (bz2.compress(GOOD), "bzip2 data"),
        (lzma.compress(GOOD), "xz data"),
        (b"PAR1" + GOOD, "a Parquet file"),
        (b"PK\x03\x04\n\n\n", "a zip archive"),
        (GOOD.decode().encode("utf-16"), "UTF-16 text"),
        (json.dumps(json.loads(GOOD), indent=1).encode(), "one JSON document on several lines"),
        (json.dumps([json.loads(GOOD)], indent=2).replace("\n", "\r\n").encode(), "one JSON document on several lines"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_file_of_lines_is_reported_once(data, kind):
    (problem,) = check(data)[1]
    assert (
        str(problem)
        == f"f:1: found {kind}; expected JSON lines in UTF-8, plain or packed by gzip or Zstandard [damaged]"
    )


def test_a_wrong_checksum_does_not_hide_the_lines():
    packed = bytearray(gzip.compress(GOOD * 3 + BAD))
    packed[-6] ^= 255
    assert places(check(bytes(packed))[1]) == [(4, "pattern"), (5, "damaged")]


def test_a_disk_that_fails_is_reported_after_the_lines_before():
    class Failing(io.RawIOBase):
        """As a network folder does, when its server goes away."""

        parts = iter([BAD + GOOD[:50], GOOD[50:] + GOOD[:9]])

        def read(self, size=-1):
            part = next(self.parts, None)
            if part is None:
                raise OSError(errno.EIO, "Input/output error")
            return part

    problems = list(Check(Failing(), "f"))
    assert places(problems) == [(1, "pattern"), (3, "damaged")]
    assert "Input/output error" in str(problems[-1])


def test_a_line_over_the_limit_is_counted_and_not_held():
    long = b'{"id":"' + b"x" * (LINE_LIMIT + 100) + b'"}\n'
    found, problems = check(GOOD + long + BAD + GOOD)
    assert (found.lines, found.broken) == (4, 2)
    assert places(problems) == [(2, "line-too-long"), (3, "pattern")]
    assert f"{len(long) - 1:,} bytes" in str(problems[0])


def test_a_small_file_that_unpacks_to_a_huge_line_stays_small():
    for packer in (gzip.compress, zstandard.ZstdCompressor().compress):
        bomb = packer(GOOD + b" " * (100 << 20) + b"\n" + BAD)
        assert len(bomb) < 1 << 20
        sizes = [len(piece.data) if isinstance(piece, Lines) else 0 for piece in pieces(io.BytesIO(bomb))]
        assert max(sizes) <= 80 << 20
        assert places(check(bomb)[1]) == [(2, "line-too-long"), (3, "pattern")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (GOOD.replace(b"\n", b"\r\n") * 2, [(1, "carriage-return")]),
        (GOOD + GOOD[:-1], [(2, "final-newline")]),
        (b"", []),
    ],
)
def test_what_breaks_no_rule_is_noted_once(data, expected):
    found, problems = check(data)
    assert places(problems) == expected
    assert all(problem.note for problem in problems)
    assert found.broken == 0


def test_lines_ended_by_carriage_returns_alone_are_named():
    found, problems = check(GOOD.replace(b"\n", b"\r") * 3)
    assert [(problem.violation.rule, problem.note) for problem in problems] == [
        ("carriage-return", False),
        ("final-newline", True),
    ]
    assert str(problems[0]) == (
        r"f:1: found objects parted by \r alone; expected one JSON object a line, ended by \n [carriage-return]"
    )
    assert (found.lines, found.broken) == (1, 1)


def test_a_lone_bracket_is_only_a_broken_line():
    assert places(check(b"{\n" + GOOD + BAD)[1]) == [(1, "json"), (3, "pattern")]


def test_a_byte_order_mark_hides_nothing_behind_it():
    assert places(check(b"\xef\xbb\xbf" + BAD + GOOD)[1]) == [(1, "byte-order-mark"), (1, "pattern")]


def test_deep_nesting_and_huge_digits_are_only_broken_lines():
    deep = b"[" * 100_000 + b"\n"
    digits = GOOD.replace(b'"start":12', b'"start":' + b"9" * 6000, 1)
    assert [number for number, _ in places(check(deep + digits + BAD)[1])] == [1, 2, 3]


# ---------------------------------------------------------------------------------------------------- duplicate keys


class Pairs(list):
    """An object as pairs, so that it can repeat a key."""


_KEYS = st.sampled_from(["a", "b", "rule", 'q"', "back\\", "é", "a b:"])
_VALUES = st.recursive(
    st.none() | st.integers() | st.sampled_from(["x", '":', ' "a":1', "\\", '\\":']),
    lambda children: st.lists(children, max_size=3) | st.lists(st.tuples(_KEYS, children), max_size=4).map(Pairs),
    max_leaves=12,
)


def spelled(value, ascii_only, blank) -> str:
    if isinstance(value, Pairs):
        inner = (
            f"{json.dumps(key, ensure_ascii=ascii_only)}{blank}:{spelled(child, ascii_only, blank)}"
            for key, child in value
        )
        return "{" + ",".join(inner) + "}"
    if isinstance(value, list):
        return "[" + ",".join(spelled(child, ascii_only, blank) for child in value) + "]"
    return json.dumps(value, ensure_ascii=ascii_only)


def repeats(value) -> bool:
    if isinstance(value, Pairs):
        keys = [key for key, _ in value]
        return len(set(keys)) < len(keys) or any(repeats(child) for _, child in value)
    return isinstance(value, list) and any(repeats(child) for child in value)


@settings(max_examples=200)
@given(_VALUES, st.booleans(), st.sampled_from(["", " ", "\t"]))
def test_duplicate_keys_are_found_exactly_at_any_depth(value, ascii_only, blank):
    text = spelled(value, ascii_only, blank)
    found = any(fault.rule == "duplicate-key" for fault in strict_faults(text))
    assert found == repeats(value)


@pytest.mark.parametrize("blank", [b"", b" ", b"\t", b"\r"])
@pytest.mark.parametrize("key", [b'"id"', b'"\\u0069d"', b'"i\\u0064"'])
def test_a_duplicate_key_of_equal_value_is_found_in_a_valid_record(key, blank):
    value = b'"' + ARTICLE["id"].encode() + b'"'
    repeated = GOOD.replace(b'{"id":', b"{" + key + blank + b":" + value + b',"id":', 1)[:-1]
    assert [violation.rule for violation in check_line(repeated)[1]] == ["duplicate-key"]


@pytest.mark.parametrize(
    "text", [r"said \u0022: no", r"said \"\u003a no", r"said \"\u003A no", r"said \": no", r"a \\u0022: b", "a : b"]
)
def test_a_text_that_looks_like_a_key_hides_no_duplicate(text):
    row = GOOD.replace(b'"body":"', b'"body":"' + text.encode() + b" ", 1)[:-1]
    assert check_line(row)[1] == ()
    repeated = row.replace(b'"credit":', b'"credit":null,"credit":', 1)
    assert [violation.rule for violation in check_line(repeated)[1]] == ["duplicate-key"]


def test_text_that_looks_like_keys_is_no_duplicate():
    body = 'he said "id": and "id" : and \\"rule":'
    assert check_line(line(ARTICLE | {"body": body})[:-1])[1] == ()


# --------------------------------------------------------------------------------------------------------- reading


@settings(max_examples=100)
@given(st.lists(st.binary(max_size=30), max_size=12), st.integers(1, 20), st.integers(5, 40))
def test_pieces_are_the_lines_of_the_file(parts, size, limit):
    data = b"\n".join(part.replace(b"\x1f\x8b", b"").replace(b"\x28\xb5\x2f\xfd", b"") for part in parts)
    assume(not data.startswith(tuple(_FOREIGN)))
    held = b""
    for piece in pieces(io.BytesIO(data), size=size, limit=limit):
        assert not isinstance(piece, Damage)
        if isinstance(piece, LongLine):
            assert piece.bytes > limit
            held += b"x" * piece.bytes + b"\n"
        else:
            assert piece.data.endswith(b"\n")
            held += piece.data
    lines = data.split(b"\n")[: -1 if data.endswith(b"\n") or not data else None]
    assert [len(found) for found in held.split(b"\n")[:-1]] == [len(found) for found in lines]
    assert all(a == b or set(a) == {ord("x")} for a, b in itertools.zip_longest(held.split(b"\n")[:-1], lines))


# ------------------------------------------------------------------------------------------------- the command line


def run(*arguments, **options):
    return CliRunner().invoke(validate, [str(argument) for argument in arguments], **options)


def test_a_file_that_is_damaged_before_its_first_line_is_not_nothing_to_check(tmp_path):
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(GOOD)[:12])
    result = run(tmp_path / "cut.jsonl.gz")
    assert result.exit_code == 1
    assert "1 file, 0 lines: 1 broken" in result.output


def test_the_command_reports_and_exits(tmp_path):
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    (tmp_path / "bad.jsonl.gz").write_bytes(gzip.compress(GOOD + BAD))
    assert run(tmp_path / "good.jsonl").exit_code == 0
    result = run(tmp_path / "bad.jsonl.gz", tmp_path / "good.jsonl")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{tmp_path}/bad.jsonl.gz:2: /language: ")
    assert result.stderr.splitlines() == ["2 files, 3 lines: 1 broken"]


def test_the_command_speaks_json(tmp_path):
    result = run("-", "--json", input=BAD + GOOD)
    assert result.exit_code == 1
    (problem,) = map(json.loads, result.stdout.splitlines())
    assert problem.pop("expected").startswith('string like "ar"')
    assert problem == {
        "file": "-", "line": 1, "note": False, "rule": "pattern", "pointer": "/language", "found": '"persian"'
    }  # fmt: skip


def test_a_name_that_is_no_utf_8_is_spelled(tmp_path):
    path = tmp_path / "\udcff.jsonl"
    path.write_bytes(BAD)
    result = run(path, "--json")
    assert (result.exit_code, json.loads(result.stdout)["file"]) == (1, rf"{tmp_path}/\xff.jsonl")
    assert run(path).exit_code == 1


def test_a_file_that_is_not_there_does_not_stop_the_next(tmp_path):
    (tmp_path / "bad.jsonl").write_bytes(BAD)
    result = run(tmp_path / "absent.jsonl", tmp_path, tmp_path / "bad.jsonl")
    assert result.exit_code == 2
    assert result.stdout.count(str(tmp_path / "bad.jsonl")) == 1
    assert result.stderr.count("error: ") == result.stderr.count("next: ") == 2
    assert run().exit_code == 2


def test_rejections_are_told_from_articles_by_the_first_line():
    rejection = (EXAMPLES / "valid" / "rejection.jsonl").read_bytes()
    result = run("-", input=rejection)
    assert result.exit_code == 0
    assert result.stderr == "1 file, 2 lines: all valid (read as rejection)\n"
    assert run("-", "--schema", "article", input=rejection).exit_code == 1


@pytest.mark.parametrize("key", ["why", "reason", "kept"])
def test_one_key_of_another_kind_makes_no_other_record_of_an_article(key):
    found, problems = check(line(json.loads(GOOD) | {key: "x"}) + GOOD)
    assert (found.kind, [problem.violation.pointer for problem in problems]) == ("article", [f"/{key}"])


@pytest.mark.parametrize("kind", ["article", "rejection", "duplicate", "removal"])
def test_a_record_that_lacks_a_key_is_still_of_its_kind(kind):
    row = json.loads((EXAMPLES / "valid" / f"{kind}.jsonl").read_bytes().split(b"\n")[0])
    for key in row:
        found, problems = check(line({name: value for name, value in row.items() if name != key}))
        assert (found.kind, places(problems)) == (kind, [(1, "required")])


def test_nothing_is_drawn_where_nobody_watches(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus_loader.cli.validate.LONG", 1)
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    assert run(tmp_path / "good.jsonl").stderr.splitlines() == ["1 file, 1 line: all valid"]


MEMORY = """
import io, re, sys
from corpus_loader.corpus.validation import Check
class Endless(io.RawIOBase):
    left = int(sys.argv[1])
    def read(self, size=-1):
        size = min(size, self.left)
        self.left -= size
        return (LINES * (size // len(LINES) + 1))[:size]
LINES = b"no json\\n" * 1000 + b"\\n"
check = Check(Endless(), "f", workers=2)
for problem in check: pass
peak = re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())
print(check.broken, int(peak[1]) >> 10)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_memory_stays_flat_though_every_line_is_broken():
    done = subprocess.run([sys.executable, "-c", MEMORY, str(1 << 20)], capture_output=True, text=True, check=True)
    broken, mebibytes = map(int, done.stdout.split())
    assert broken > 100_000
    assert mebibytes <= 300
