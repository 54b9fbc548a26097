"""Modules with a `.pxd` beside them are compiled, from their present sources, and change nothing but the time."""

import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import corpus_loader
from tests.conftest import ROOT

PACKAGE = Path(corpus_loader.__file__).parent
SOURCES = sorted(path.with_suffix(".py") for path in PACKAGE.rglob("*.pxd"))
PAGES = sorted(path for path in ROOT.glob("tests/golden/*/page.*") if path.stat().st_size < 60_000)[::3]

SCRIPT = """
import json, pathlib, sys
import corpus_loader
for path in sys.argv[1:]:
    found = corpus_loader.extract(pathlib.Path(path))
    row = [corpus_loader.__file__, found.title, found.body, [label.score for label in found.labels], str(found.date)]
    print(json.dumps(row))
"""


def modules() -> dict[Path, Path]:
    """The file that each module with a `.pxd` was loaded from, by its source."""
    names = {path: ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in SOURCES}
    return {path: Path(str(importlib.import_module(name).__file__)) for path, name in names.items()}


compiled = pytest.mark.skipif(
    all(loaded.suffix == ".py" for loaded in modules().values()), reason="no C compiler was found at installation"
)


def test_each_pxd_stands_beside_its_module():
    assert SOURCES
    assert [path for path in SOURCES if not path.exists()] == []


@compiled
def test_compiled_modules_are_as_their_sources():
    for source, loaded in modules().items():
        newest = max(source.stat().st_mtime, source.with_suffix(".pxd").stat().st_mtime)
        assert loaded.stat().st_mtime >= newest, f"{source.name} was edited: python hatch_build.py"


@compiled
def test_uncompiled_they_give_the_same(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "corpus_loader", ignore=shutil.ignore_patterns("*.so", "*.pyd", "__pycache__"))
    found = []
    for folder in (tmp_path, PACKAGE.parent):
        command = [sys.executable, "-c", SCRIPT, *map(str, PAGES)]
        done = subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(folder)}, capture_output=True, check=True)
        found.append([json.loads(line) for line in done.stdout.splitlines()])
    plain, fast = found
    assert len(plain) == len(fast) == len(PAGES) > 5
    assert all(row.pop(0).startswith(str(tmp_path)) for row in plain)
    assert not any(row.pop(0).startswith(str(tmp_path)) for row in fast)
    assert plain == fast
