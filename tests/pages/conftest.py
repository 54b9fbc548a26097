"""Containers of pages, made by the libraries that make them in the world."""

import gzip
import io
import itertools
import tarfile
import zipfile
from collections import Counter

import pytest
import zstandard
from fastwarc.warc import WarcRecord, WarcRecordType

from corpus_loader.pages import Reader
from corpus_loader.records import Page


def warc_record(
    url, body, kind="response", *, http=b"Content-Type: text/html; charset=utf-8\r\n", status=b"200 OK", **more
):
    """The bytes of one record, as fastwarc writes it."""
    record = WarcRecord()
    record.init_headers(getattr(WarcRecordType, kind))
    record.headers["WARC-Target-URI"] = url
    record.headers["WARC-Date"] = "2015-10-01T10:00:00Z"
    record.headers["Content-Type"] = "application/http; msgtype=response" if kind == "response" else "text/plain"
    for key, value in more.items():
        record.headers[key.replace("_", "-")] = value
    block = b"HTTP/1.1 " + status + b"\r\n" + http + b"\r\n" + body if kind == "response" else body
    record.set_bytes_content(block)
    out = io.BytesIO()
    record.write(out)
    return out.getvalue()


def html(text):
    return f"<!DOCTYPE html><html><body><p>{text}</p></body></html>".encode()


def read(path, **options):
    """Pages by name, rejections by name, and what was skipped."""
    reader = Reader(path, **options)
    items = list(reader)
    names = [item.name if isinstance(item, Page) else item.page for item in items]
    assert max(Counter(names).values(), default=1) == 1, "two items of one name"
    pages = {item.name: item for item in items if isinstance(item, Page)}
    rejections = {item.page: item.reason for item in items if not isinstance(item, Page)}
    for item in items:
        if not isinstance(item, Page):
            assert item.detail
            assert str(path) not in item.detail, "a machine's path in a record"
    return pages, rejections, dict(reader.skipped)


def make_zip(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)


def make_tar(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


COMPRESS = {
    "": lambda data: data,
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".zst": zstandard.compress,
    ".xz": __import__("lzma").compress,
    ".bz2": __import__("bz2").compress,
}


class Made:
    """The functions above, under one name for the tests."""

    warc_record = staticmethod(warc_record)
    html = staticmethod(html)
    read = staticmethod(read)
    zip = staticmethod(make_zip)
    tar = staticmethod(make_tar)
    compress = COMPRESS
    offsets = staticmethod(lambda parts: list(itertools.accumulate(map(len, parts), initial=0))[:-1])


@pytest.fixture
def small_bombs(monkeypatch):
    """What counts as a bomb is 4 MiB instead of 256."""
    monkeypatch.setattr("corpus_loader.pages.streams._BOMB_BYTES", 4 << 20)


@pytest.fixture(scope="session")
def made():
    return Made
