"""A stream gives the bytes of its file, however it is asked and however they are compressed."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.pages.compression import DamagedError
from corpus_loader.pages.streams import Place, Stream

SUFFIXES = ["", ".gz", ".zst", ".xz", ".bz2"]
STEPS = st.lists(
    st.tuples(st.sampled_from(["read", "readline", "peek", "skip", "put_back", "mark"]), st.integers(1, 40)),
    max_size=30,
)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(parts=st.lists(st.binary(max_size=60), min_size=1, max_size=6), steps=STEPS)
def test_any_way_of_reading_gives_the_same_bytes(made, suffix, parts, steps):
    plain = b"".join(parts)
    if not suffix and plain[:2] in (b"\x1f\x8b", b"BZ", b"\xfd7", b"\x28\xb5"):
        return
    stream = Stream(io.BytesIO(b"".join(made.compress[suffix](part) for part in parts) if suffix else plain), "")
    expected = io.BytesIO(plain)
    for step, size in steps:
        at = expected.tell()
        if step == "read":
            assert stream.read(size) == expected.read(size)
        elif step == "readline":
            assert stream.readline(size) == expected.readline(size)
        elif step == "peek":
            assert stream.peek(size) == expected.read(size)
            expected.seek(at)
        elif step == "put_back":
            place = stream.place()
            stream.put_back(stream.read(size), place)
            assert stream.place() == place
        elif step == "skip":
            assert stream.skip(size) == len(expected.read(size))
        else:
            place = stream.mark()
            again = Stream(stream._file, "")
            again.go_to(place)
            assert again.read(10**6) == plain[at:]
            return


@pytest.mark.parametrize("suffix", SUFFIXES[1:])
@given(data=st.data())
def test_what_is_cut_off_is_never_taken_for_whole(made, suffix, data):
    plain = data.draw(st.binary(min_size=1, max_size=300))
    packed = made.compress[suffix](plain)
    kept = data.draw(st.integers(8, len(packed) - 1))
    stream = Stream(io.BytesIO(packed[:kept]), f"x{suffix}")
    with pytest.raises(DamagedError):
        stream.read(1000)


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_a_place_survives_its_name(member, into):
    assert Place.parse(str(Place(member, into))) == Place(member, into)


@pytest.mark.parametrize("text", ["", "+", "x", "-1", "1+x", "1+-2", "٣", "1+٣"])
def test_what_is_no_place(text):
    assert Place.parse(text) is None
