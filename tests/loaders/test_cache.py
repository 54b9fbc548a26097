"""Many small batches become few, and no row is lost or moved."""

import datetime as dt
import os
import pickle
import shutil
import threading
from concurrent.futures import CancelledError

import pyarrow as pa
import pytest

from corpus_loader.corpus.rows import to_row
from corpus_loader.corpus.schema import arrow_schema
from corpus_loader.errors import CorpusError
from corpus_loader.loaders import cache
from corpus_loader.loaders.dataset import load_dataset
from tests.loaders.conftest import ARTICLES

ROWS = [to_row(article) for article in ARTICLES]


def _written(path, batches):
    cache._write(path, arrow_schema(), iter(batches))
    with pa.memory_map(str(path)) as file:
        return list(pa.ipc.open_stream(file))


@pytest.mark.parametrize("smallest", [1, 1 << 20])
@pytest.mark.parametrize("largest", [1, 1 << 30])
def test_rows_and_their_order_are_kept(smallest, largest, tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "SMALLEST_BATCH", smallest)
    monkeypatch.setattr(cache, "LARGEST_BATCH", largest)
    whole = pa.RecordBatch.from_pylist(ROWS, arrow_schema())
    batches = [whole.slice(0, 0), *(whole.slice(start, 3) for start in range(0, len(ROWS), 3))]
    written = _written(tmp_path / "a.arrow", batches)
    assert [row for batch in written for row in batch.to_pylist()] == ROWS
    assert all(batch.num_rows for batch in written)
    assert len(written) == 1 or largest == 1 or smallest == 1


def test_the_number_of_batches_grows_with_the_logarithm(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "SMALLEST_BATCH", 1)
    monkeypatch.setattr(cache, "PART", 8)
    one = pa.RecordBatch.from_pylist(ROWS[:1], arrow_schema())
    few, many = (len(_written(tmp_path / f"{count}.arrow", [one] * count)) for count in (500, 4000))
    assert few < 60
    assert many - few < 30  # 8 ln 8 = 17, and rounding


def test_what_goes_wrong_while_reading_is_raised(tmp_path):
    def broken():
        yield pa.RecordBatch.from_pylist(ROWS, arrow_schema())
        raise OSError("broken")

    with pytest.raises(OSError, match="broken"):
        cache._write(tmp_path / "a.arrow", arrow_schema(), broken())


def test_an_equal_selection_has_an_equal_fingerprint(tmp_path, monkeypatch):
    """What `map` made of it in another process, or by another cache, is found again."""
    import datasets

    found = []
    for folder, selection in [("a", {}), ("b", {}), ("c", {"language": "ar"})]:
        monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / folder)
        found += [load_dataset(**selection)._fingerprint, load_dataset(**selection)._fingerprint]
    assert found[0] == found[1] == found[2] == found[3] != found[4] == found[5]


def _batch_ends(path):
    """After how many bytes each of the stream's parts ends: the schema, then the batches."""
    with pa.OSFile(str(path)) as file:
        reader = pa.ipc.open_stream(file)
        ends = [file.tell()]
        while True:
            try:
                reader.read_next_batch()
            except StopIteration:
                return ends
            ends.append(file.tell())


@pytest.mark.parametrize("damage", ["empty", "cut", "cut between batches", "zeros at the start", "zeros at the end"])
def test_a_damaged_file_is_written_anew(damage, tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "SMALLEST_BATCH", 1)
    before = load_dataset().to_list()
    (path,) = (tmp_path / "cache" / "corpus_loader").glob("*.arrow")
    whole, size = path.read_bytes(), path.stat().st_size
    damaged = {
        "empty": b"",
        "cut": whole[: size // 2],
        "cut between batches": whole[: _batch_ends(path)[0]],
        "zeros at the start": bytes(1000) + whole[1000:],
        "zeros at the end": whole[:-1000] + bytes(1000),
    }
    path.write_bytes(damaged[damage])
    assert load_dataset().to_list() == before
    assert path.read_bytes() == whole


@pytest.fixture
def _in_shares(monkeypatch):
    """Even a small corpus becomes several files."""
    monkeypatch.setattr(cache, "SMALL", 1)


@pytest.mark.usefixtures("_in_shares")
def test_several_files_are_one_dataset_in_the_order_of_the_corpus(corpus, tmp_path):
    dataset = load_dataset(corpus)
    assert dataset.to_list() == ROWS
    files = [file["filename"] for file in dataset.cache_files]
    assert files == sorted(map(str, (tmp_path / "cache" / "corpus_loader").glob("*.arrow")))
    assert len(files) == cache.MOST
    assert pickle.loads(pickle.dumps(dataset)).to_list() == ROWS
    assert dataset.map(lambda row: {"length": len(row["body"])})[-1]["length"] == len(ROWS[-1]["body"])
    assert load_dataset(corpus, language="fa", since="2015-10-15").to_list() == [
        row for row in ROWS if row["language"] == "fa" and row["date"] >= dt.date(2015, 10, 15)
    ]


@pytest.mark.usefixtures("_in_shares")
@pytest.mark.parametrize("number", range(cache.MOST))
def test_of_several_files_only_one_that_is_missing_is_written_anew(number, corpus, tmp_path):
    """As a killed call leaves them."""
    fingerprint = load_dataset(corpus)._fingerprint
    paths = sorted((tmp_path / "cache" / "corpus_loader").glob("*.arrow"))
    whole = [path.read_bytes() for path in paths]
    for path in paths:
        os.utime(path, (0, 0))
    paths[number].unlink()
    again = load_dataset(corpus)
    assert again.to_list() == ROWS
    assert again._fingerprint == fingerprint
    assert [path.read_bytes() for path in paths] == whole
    assert [path.stat().st_mtime > 0 for path in paths] == [each == number for each in range(len(paths))]


def test_shares_of_another_number_are_never_mixed(corpus, monkeypatch):
    monkeypatch.setattr(cache, "SMALL", 1)
    for most in (4, 2, 3):
        monkeypatch.setattr(cache, "MOST", most)
        assert load_dataset(corpus).to_list() == ROWS


@pytest.mark.usefixtures("_in_shares")
def test_where_one_share_fails_the_others_leave_nothing_half(corpus, tmp_path):
    copy = shutil.copytree(corpus, tmp_path / "copy")
    path = sorted(copy.glob("data/*/*.parquet"))[-1]
    content = bytearray(path.read_bytes())
    content[4 : len(content) // 3] = bytes(len(content) // 3 - 4)  # its end, which tells of its row groups, is sound
    path.write_bytes(content)
    with pytest.raises(CorpusError, match="can't be read"):
        load_dataset(copy)
    folder = tmp_path / "cache" / "corpus_loader"
    assert not list(folder.glob(".*"))
    assert all(cache._is_whole(path) for path in folder.iterdir())


def test_what_has_been_given_up_is_not_written_to_its_end():
    stopped = threading.Event()
    batches = cache._unless(stopped, iter("ab"))
    assert next(batches) == "a"
    stopped.set()
    with pytest.raises(CancelledError):
        next(batches)


def test_what_a_killed_call_left_is_removed_by_a_later_one(tmp_path):
    folder = tmp_path / "cache" / "corpus_loader"
    folder.mkdir(parents=True)
    abandoned, written_now = folder / ".a.arrow.0", folder / ".b.arrow.1"
    for path in (abandoned, written_now):
        path.write_bytes(b"half")
    os.utime(abandoned, (0, 0))
    load_dataset()
    assert not abandoned.exists()
    assert written_now.exists()


@pytest.mark.parametrize("refusal", [None, OSError("no such call here")])
def test_a_file_is_as_long_as_what_is_in_it_whether_room_is_reserved_or_not(refusal, tmp_path, monkeypatch):
    def refused(*_):
        raise refusal

    if refusal:
        monkeypatch.setattr(os, "posix_fallocate", refused, raising=False)
    whole = pa.RecordBatch.from_pylist(ROWS, arrow_schema())
    path = tmp_path / "a.arrow"
    assert [batch.num_rows for batch in _written(path, [whole])] == [len(ROWS)]
    assert path.stat().st_size < 2 * whole.nbytes + (1 << 16)
    assert cache._is_whole(path)
