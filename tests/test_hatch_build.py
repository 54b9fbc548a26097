"""What is compiled when the package is built: all modules with a `.pxd`, or none."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

for needed in ("Cython", "hatchling", "setuptools"):
    pytest.importorskip(needed)

SOURCES = {
    "__init__.py": "",
    "twice.py": "def twice(x):\n    return 2 * x\n",
    "twice.pxd": "cpdef int twice(int x)\n",
    "sums.py": "from corpus_loader.twice import twice\n\n\ndef total(values):\n    return sum(map(twice, values))\n",
    "sums.pxd": "cpdef int total(object values) except -1\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A package of two modules to compile."""
    (tmp_path / "corpus_loader").mkdir()
    for name, source in SOURCES.items():
        (tmp_path / "corpus_loader" / name).write_text(source)
    return tmp_path


def compiled(root: Path) -> set[str]:
    return {
        path.name.partition(".")[0] for path in (root / "corpus_loader").iterdir() if path.suffix in {".so", ".pyd"}
    }


@pytest.mark.skipif(sys.platform == "win32", reason="the compiler is not chosen by CC")
def test_all_modules_are_compiled_or_none(root, monkeypatch):
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    try:
        files = build.compile_modules(root, root)
    except build.CompileError:
        pytest.skip("no C compiler was found")
    assert all(path.is_file() for path in files)
    assert compiled(root) == {"_compiled", "sums", "twice"}
    script = "from corpus_loader import sums; print(sums.__file__, sums.total([1, 2]))"
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split()[1] == "6"
    assert not done.stdout.startswith(str(root / "corpus_loader" / "sums.py"))
    monkeypatch.setenv("CC", "false")
    with pytest.raises(build.CompileError):
        build.compile_modules(root, root)
    assert compiled(root) == set()
