"""The files of an input, in the order of their names; and those that hold given pages."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from corpus_loader.pages.input_file import Skipped, printable
from corpus_loader.records import Rejection

__all__ = ["Found", "locate", "walk"]

#: What people decided about a folder of pages lies beside them, and is no page.
DECLARATION = "corpus.toml"


class Found(NamedTuple):
    """A file of the input, its path below the input with "/", and the members that are wanted of it (None: all)."""

    file: Path
    name: str
    only: frozenset[str] | None = None
    #: It was named as the input itself, not found in a folder.
    is_input: bool = False


def walk(root: Path) -> Iterator[Found | Rejection | Skipped]:
    """Every file below `root`, as a sort of all their names would order them; one folder's names in memory."""
    if root.is_dir():
        yield from _walk(root, "")
    else:
        yield Found(root, printable(root.name), is_input=True)


def _walk(folder: Path, prefix: str) -> Iterator[Found | Rejection | Skipped]:
    try:
        with os.scandir(folder) as entries:
            # With its "/", a folder's name sorts as the names of all files in it do.
            found = sorted((entry.name + "/" * _is_folder(entry), entry.is_symlink()) for entry in entries)
    except OSError as error:
        what = f"the folder can't be read: {error.strerror}"
        yield Rejection(printable(prefix) or ".", None, None, None, None, "unreadable", what)
        return
    for name, is_link in found:
        if name.startswith("."):
            yield Skipped("hidden folder" if name.endswith("/") else "hidden file")
        elif name.endswith("/") and is_link:
            yield Skipped("link to a folder")  # it can lead back up
        elif name.endswith("/"):
            yield from _walk(folder / name, prefix + name)
        elif prefix or name != DECLARATION:
            yield Found(folder / name, printable(prefix + name))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle
        return False


def locate(root: Path, names: Collection[str]) -> Iterator[Found]:
    """The files below `root` that hold the pages of these names, with the members that are wanted of each.

    A "#" can be part of a file's name: the shortest beginning of a page's name that is a file is taken.
    """
    wanted: dict[str, set[str]] = {}
    for name in names:
        ends = [*(at for at, char in enumerate(name) if char == "#"), len(name)]
        file = next((name[:end] for end in ends if _holds(root, name[:end])), None)
        if file is not None:
            wanted.setdefault(file, set()).add(name[len(file) + 1 :])
    for file, members in sorted(wanted.items()):
        folder = root.is_dir()
        yield Found(root / file if folder else root, file, frozenset(members), is_input=not folder)


def _holds(root: Path, name: str) -> bool:
    if not root.is_dir():
        return name == printable(root.name)
    path = PurePosixPath(name)
    # The names can come from a record that somebody else wrote: they lead nowhere but below the input.
    return not path.is_absolute() and ".." not in path.parts and (root / path).is_file()
