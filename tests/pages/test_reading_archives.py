"""Zip and tar: names, order, and every way in which an archive is broken or wicked."""

import gzip
import io
import random
import stat
import tarfile
import zipfile

import pytest

from corpus_loader.pages import Reader, read_page

MEMBERS = [("b.txt", b"two"), ("a/a.html", b"<html><p>one</html>"), ("a/b.txt.gz", gzip.compress(b"three"))]


def test_zip_members_are_sorted_by_name(tmp_path, made):
    made.zip(tmp_path / "x.zip", [*MEMBERS, ("folder/", b""), ("i.jpg", b"x"), ("__MACOSX/._b.txt", b"x")])
    pages, rejections, skipped = made.read(tmp_path)
    assert {name: (page.content, page.media_type) for name, page in pages.items()} == {
        "x.zip#a/a.html": (b"<html><p>one</html>", "text/html"),
        "x.zip#a/b.txt.gz": (b"three", "text/plain"),
        "x.zip#b.txt": (b"two", "text/plain"),
    }
    assert list(pages) == sorted(pages)
    assert (rejections, skipped) == ({}, {"file type .jpg": 1, "hidden file": 1})
    assert read_page(tmp_path, "x.zip#b.txt").content == b"two"


@pytest.mark.parametrize("name", ["x.tar", "x.tar.gz", "x.tgz", "x.tar.zst", "x.tar.xz", "x.tar.bz2"])
def test_tar_members_keep_the_order_of_the_archive(tmp_path, made, name):
    suffix = ".gz" if name == "x.tgz" else name.removeprefix("x.tar")
    (tmp_path / name).write_bytes(made.compress[suffix](made.tar([*MEMBERS, ("./c.txt", b"four")])))
    pages, rejections, skipped = made.read(tmp_path)
    assert [page.content for page in pages.values()] == [b"two", b"<html><p>one</html>", b"three", b"four"]
    assert list(pages)[-1] == f"{name}#./c.txt"
    assert (rejections, skipped) == ({}, {})
    assert read_page(tmp_path / name, f"{name}#a/b.txt.gz").content == b"three"


WICKED = ["../up.txt", "/etc/passwd.txt", "a/../../b.txt", "..\\win.txt", "C:\\x.txt"]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_names_that_lead_out_of_the_archive(tmp_path, made, kind):
    members = [*((name, b"x") for name in WICKED), ("fine.txt", b"y")]
    if kind == "zip":
        made.zip(tmp_path / "x.zip", members)
    else:
        (tmp_path / "x.tar").write_bytes(made.tar(members))
    pages, rejections, _ = made.read(tmp_path)
    assert list(pages) == [f"x.{kind}#fine.txt"]
    assert rejections == {f"x.{kind}#{name}": "unreadable" for name in WICKED}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_members_of_one_name(tmp_path, made, kind):
    members = [("a.txt", b"first"), ("b.txt", b"x"), ("a.txt", b"second"), ("a.txt", b"third")]
    if kind == "zip":
        made.zip(tmp_path / "x.zip", members)
    else:
        (tmp_path / "x.tar").write_bytes(made.tar(members))
    pages, rejections, _ = made.read(tmp_path)
    assert pages[f"x.{kind}#a.txt"].content == b"first"
    assert len(pages) == 2
    assert list(rejections.values()) == ["unreadable", "unreadable"]


def test_sizes_empty_members_and_bombs(tmp_path, made):
    members = [
        ("bomb.txt", b"\0" * 30_000_000),
        ("bomb.txt.gz", gzip.compress(b"\0" * 30_000_000)),
        ("empty.txt", b""),
        ("last.txt", b"x"),
    ]
    made.zip(tmp_path / "x.zip", members)
    (tmp_path / "x.tar.zst").write_bytes(made.compress[".zst"](made.tar(members)))
    pages, rejections, _ = made.read(tmp_path, max_page_bytes=1_000_000)
    assert list(pages) == ["x.tar.zst#last.txt", "x.zip#last.txt"]
    for container in ("x.zip", "x.tar.zst"):
        assert rejections[f"{container}#bomb.txt"] == "too-large"
        assert rejections[f"{container}#bomb.txt.gz"] == "too-large"
        assert rejections[f"{container}#empty.txt"] == "empty-page"


def test_a_huge_member_of_nothing_ends_a_compressed_tar(tmp_path, small_bombs):
    out = io.BytesIO()
    info = tarfile.TarInfo("zeros.txt")
    info.size = 10 << 30
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, compresslevel=1) as file:
        file.write(info.tobuf())
        for _ in range(9):
            file.write(b"\0" * (1 << 20))
    (tmp_path / "x.tar.gz").write_bytes(out.getvalue())
    reader = Reader(tmp_path)
    first, last = list(reader)
    assert (first.page, first.reason) == ("x.tar.gz#zeros.txt", "too-large")
    assert (last.page, last.reason) == ("x.tar.gz", "too-large")
    assert "bomb" in last.detail


def test_an_encrypted_zip(tmp_path, made):
    made.zip(tmp_path / "x.zip", [("a.txt", b"secret"), ("b.txt", b"open")])
    data = bytearray((tmp_path / "x.zip").read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "x.zip").write_bytes(data)
    pages, rejections, _ = made.read(tmp_path)
    assert (list(pages), rejections) == (["x.zip#b.txt"], {"x.zip#a.txt": "unreadable"})


def test_a_zip_member_with_a_wrong_checksum_or_method(tmp_path, made):
    noise = random.Random(1).randbytes(500).hex().encode()
    made.zip(tmp_path / "x.zip", [("a.txt", noise), ("b.txt", noise), ("c.txt", b"x")])
    data = bytearray((tmp_path / "x.zip").read_bytes())
    data[60] ^= 0xFF
    entry = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[entry + 10] = 9  # Deflate64
    (tmp_path / "x.zip").write_bytes(data)
    pages, rejections, _ = made.read(tmp_path)
    assert (list(pages), rejections) == (["x.zip#c.txt"], {"x.zip#a.txt": "unreadable", "x.zip#b.txt": "unreadable"})


def test_a_zip_directory_that_lists_too_little(tmp_path, made):
    made.zip(tmp_path / "x.zip", [(f"{n}.txt", b"x") for n in range(4)])
    data = bytearray((tmp_path / "x.zip").read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 32] = 150  # a comment that swallows the entries after it
    (tmp_path / "x.zip").write_bytes(data)
    pages, rejections, _ = made.read(tmp_path)
    assert len(pages) < 4
    assert rejections["x.zip"] == "unreadable"


def test_a_link_in_an_archive_is_skipped(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with tarfile.open(tmp_path / "x.tar", "w") as tar:
        info = tarfile.TarInfo("link.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    reader = Reader(tmp_path)
    assert list(reader) == []
    assert reader.skipped == {"link or device in an archive": 2}


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tar.gz"])
@pytest.mark.parametrize("content", [b"", b"no archive at all" * 100, b"PK\x03\x04 torn"])
def test_what_is_no_archive(tmp_path, name, content, made):
    (tmp_path / name).write_bytes(content)
    pages, rejections, _ = made.read(tmp_path)
    assert pages == {}
    assert set(rejections.values()) == {"unreadable"}
    assert all(page.startswith(name) for page in rejections)


def test_a_zip_that_is_cut_off_has_no_directory(tmp_path, made):
    made.zip(tmp_path / "x.zip", MEMBERS)
    whole = (tmp_path / "x.zip").read_bytes()
    for size in range(0, len(whole), 7):
        (tmp_path / "x.zip").write_bytes(whole[:size])
        pages, rejections, _ = made.read(tmp_path)
        assert (pages, rejections) == ({}, {"x.zip": "unreadable"})


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_a_tar_that_is_cut_off_loses_its_rest_and_says_so(tmp_path, made, suffix):
    noise = random.Random(1)
    whole = made.tar([(f"{n}.txt", noise.randbytes(100_000).hex().encode()) for n in range(4)])
    torn = made.compress[suffix](whole)
    (tmp_path / f"x.tar{suffix}").write_bytes(torn[: len(torn) * 2 // 3])
    pages, rejections, _ = made.read(tmp_path)
    assert 0 < len(pages) < 4
    assert rejections
    assert set(rejections.values()) == {"unreadable"}


def test_a_broken_tar_header_costs_its_member_alone(tmp_path, made):
    data = bytearray(made.tar([("a.txt", b"a" * 600), ("b.txt", b"b" * 600), ("c.txt", b"c" * 600)]))
    at = data.index(b"b.txt")
    data[at : at + 3] = b"XXX"
    (tmp_path / "x.tar").write_bytes(data)
    pages, rejections, _ = made.read(tmp_path)
    assert list(pages) == ["x.tar#a.txt", "x.tar#c.txt"]
    assert rejections == {f"x.tar#@{at}": "unreadable"}
    assert read_page(tmp_path, "x.tar#c.txt").content == b"c" * 600


def test_a_header_that_claims_gigabytes_of_name(tmp_path, made):
    info = tarfile.TarInfo("long")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, (8 << 30) - 1
    (tmp_path / "x.tar").write_bytes(info.tobuf() + made.tar([("a.txt", b"a")]))
    pages, rejections, _ = made.read(tmp_path)
    assert (list(pages), rejections) == (["x.tar#a.txt"], {"x.tar#@0": "unreadable"})
