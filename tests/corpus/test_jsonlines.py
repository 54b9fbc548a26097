"""Whole lines out of files, however these are packed."""

import gzip
import io

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.corpus.jsonlines import Lines, pieces

_ZSTD = zstandard.ZstdCompressor()
PACKED = {
    "plain": lambda parts: b"".join(parts),
    "gzip members": lambda parts: b"".join(map(gzip.compress, parts)),
    "zstd frames": lambda parts: b"".join(map(_ZSTD.compress, parts)),
}


@pytest.mark.parametrize("packed", PACKED.values(), ids=PACKED)
@given(parts=st.lists(st.sampled_from([b"", b"\n", b"a\n", b"bb", b"ccc\ndd\n"]), max_size=8), size=st.integers(1, 8))
def test_the_lines_are_those_of_the_file(packed, parts, size):
    found = list(pieces(io.BytesIO(packed(parts)), size=size))
    whole = b"".join(parts)
    assert all(isinstance(piece, Lines) and piece.data.endswith(b"\n") for piece in found)
    assert b"".join(piece.data for piece in found) == whole + (b"\n" if whole and not whole.endswith(b"\n") else b"")


@pytest.mark.parametrize("packed", PACKED.values(), ids=PACKED)
def test_nothing_is_no_lines(packed):
    assert list(pieces(io.BytesIO(packed([b""])))) == []
