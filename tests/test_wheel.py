"""The wheel holds all that an installed package needs: schemas, the seed corpus, the data beside the code."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

SCRIPT = """
import pathlib, socket, sys
def refuse(*args, **kwargs): raise AssertionError("a loader asked for the network")
socket.socket.connect = refuse
import corpus_loader
assert pathlib.Path(corpus_loader.__file__).is_relative_to(sys.prefix), corpus_loader.__file__
from corpus_loader.corpus.schema import definition
assert definition("article")["title"] == "Article"
print(len(list(corpus_loader.articles())), corpus_loader.read_polars().height)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_schemas_seed_corpus_and_data(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for path in [*(ROOT / "schema").glob("*.schema.json")]:
        assert f"corpus_loader/schema/{path.name}" in names
    for path in (ROOT / "corpus_loader").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert path.relative_to(ROOT).as_posix() in names


def test_an_installed_wheel_reads_schema_and_seed_corpus_without_the_network(wheel, tmp_path):
    """The new environment sees this one's libraries, but only its own corpus_loader, whatever PYTHONPATH holds."""
    venv.create(tmp_path / "venv", with_pip=False, system_site_packages=False)
    python = tmp_path / "venv" / "bin" / "python"
    site = next((tmp_path / "venv" / "lib").glob("python3*")) / "site-packages"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)], check=True
    )
    libraries = [entry for entry in sys.path if entry.endswith("site-packages")]
    (site / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    done = subprocess.run(
        [str(python), "-I", "-c", SCRIPT], cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.stdout.split() == ["5", "5"], done.stderr
