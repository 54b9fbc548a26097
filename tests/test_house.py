"""The house rules that a machine can keep: imports run one way, files and functions stay small, names say something."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "corpus_loader"

#: From the ground up; a layer may import only from itself and the layers before it.
LAYERS = [
    "version",
    "spelling",
    "errors",
    "records",
    "pages",
    "articles",
    "corpus",
    "loaders",
    "publishing",
    "cli",
]

FILES = sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> int | None:
    """The layer of a module; None for the root and its `-m`, which see all and which no module may import."""
    name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return None if name in ("__init__", "__main__") else LAYERS.index(name)


def imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_run_one_way(path):
    own = layer(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "corpus_loader" or own is None:
            continue
        assert parts[1:2] in [[name] for name in LAYERS], f"{path} imports the package root: {name}"
        assert LAYERS.index(parts[1]) <= own, f"{path} imports upwards: {name}"


def test_files_and_functions_stay_small():
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {path.name: count for path, count in lines.items() if count > 350} == {}
    assert sorted(lines.values())[len(lines) // 2] <= 150
    spans = {
        f"{path.name}:{node.name}": node.end_lineno - node.lineno + 1
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: span for name, span in spans.items() if span > 60} == {}
    assert sorted(spans.values())[len(spans) // 2] <= 10


def test_names_say_what_a_file_is_for():
    empty = re.compile(r"(utils?|helpers?|common|misc|manager)\.py")
    ours = ("corpus_loader", "tests", "benchmarks", "training")  # a newcomer's venv/ lies beside them
    assert [path for folder in ours for path in (ROOT / folder).rglob("*.py") if empty.fullmatch(path.name)] == []


def test_no_except_catches_everything():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, f"{path}:{node.lineno}"
                assert getattr(node.type, "id", "") not in {"Exception", "BaseException"}, f"{path}:{node.lineno}"
