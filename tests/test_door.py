"""One public door: `__all__` is what there is, and opening it imports nothing heavy."""

import importlib
import inspect
import pydoc
import re
import subprocess
import sys

import yaml

import corpus_loader
from corpus_loader import errors
from tests.conftest import ROOT

HEAVY = ["datasets", "polars", "pyarrow", "huggingface_hub", "numpy", "pandas", "jsonschema", "orjson", "click", "tqdm"]


def test_every_public_name_is_there():
    assert dir(corpus_loader) == corpus_loader.__all__ == sorted(corpus_loader.__all__)
    for name in corpus_loader.__all__:
        assert getattr(corpus_loader, name) is not None
    assert set(errors.__all__) < set(corpus_loader.__all__)


def test_citation_and_changelog_are_of_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert citation["version"] == newest[1] == corpus_loader.__version__


def test_an_unknown_name_is_refused():
    assert not hasattr(corpus_loader, "load_datasets")


def test_importing_the_package_imports_no_library():
    code = f"import sys, corpus_loader; print([name for name in {HEAVY} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_articles_is_the_records_and_the_package_that_understands_pages():
    from corpus_loader.articles import address

    assert callable(corpus_loader.articles)
    assert corpus_loader.articles.address is address


def test_help_on_articles_is_about_the_records():
    function = importlib.import_module("corpus_loader.loaders.articles").articles
    assert inspect.signature(corpus_loader.articles) == inspect.signature(function)
    told = inspect.getdoc(corpus_loader.articles)
    assert inspect.getdoc(function) in told
    assert "    corpus_loader.articles(corpus: " in told
    assert "the articles as records" in pydoc.render_doc(corpus_loader.articles)


def test_the_public_functions_are_documented():
    for name in corpus_loader.__all__:
        value = getattr(corpus_loader, name)
        if inspect.isfunction(value):
            assert len(inspect.getdoc(value)) > 40, name
