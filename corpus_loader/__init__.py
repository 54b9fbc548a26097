"""Raw news pages in; a validated, evidenced, loadable corpus out.

    >>> import corpus_loader
    >>> dataset = corpus_loader.load_dataset()      # the seed corpus, offline
    >>> frame = corpus_loader.read_polars(language="fa")

Importing the package imports no data library: each name is fetched when it is first used.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import corpus_loader.articles as _understanding
from corpus_loader.version import __version__

if TYPE_CHECKING:
    from corpus_loader.articles.dates import find_dates
    from corpus_loader.articles.door import extract
    from corpus_loader.corpus.schema import arrow_schema, features, polars_schema
    from corpus_loader.errors import (
        ArticleNotFoundError,
        CorpusError,
        CorpusLoaderError,
        CorpusNotFoundError,
        DeclarationError,
        HubError,
        MissingExtraError,
        PageError,
        SchemaError,
        UnnamedError,
        UsageError,
    )
    from corpus_loader.loaders.articles import articles, get
    from corpus_loader.loaders.dataset import load_dataset
    from corpus_loader.loaders.frames import read_polars, scan_polars
    from corpus_loader.records import Article, Extract, Rejection

__all__ = [
    "Article",
    "ArticleNotFoundError",
    "CorpusError",
    "CorpusLoaderError",
    "CorpusNotFoundError",
    "DeclarationError",
    "Extract",
    "HubError",
    "MissingExtraError",
    "PageError",
    "Rejection",
    "SchemaError",
    "UnnamedError",
    "UsageError",
    "__version__",
    "arrow_schema",
    "articles",
    "extract",
    "features",
    "find_dates",
    "get",
    "load_dataset",
    "polars_schema",
    "read_polars",
    "scan_polars",
]

#: The module that each name comes from; every name that is not here is an error's.
_HOMES = {
    "Article": "records",
    "Extract": "records",
    "Rejection": "records",
    "arrow_schema": "corpus.schema",
    "extract": "articles.door",
    "features": "corpus.schema",
    "find_dates": "articles.dates",
    "get": "loaders.articles",
    "load_dataset": "loaders.dataset",
    "polars_schema": "corpus.schema",
    "read_polars": "loaders.frames",
    "scan_polars": "loaders.frames",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES.get(name, 'errors')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__


class _CallableModule(ModuleType):
    # `corpus_loader.articles` is the package that understands pages, and, called, the articles of a corpus: who asks
    # for help means the second
    @property
    def _function(self) -> Any:
        return importlib.import_module(f"{__package__}.loaders.articles").articles

    @property
    def __doc__(self) -> str:  # type: ignore[override]
        called = importlib.import_module("inspect").getdoc(self._function)
        own = vars(self)["__doc__"]
        return f"{called}\n\n    {self.__name__}{self.__signature__}\n\nThe package of that name: {own}"

    @property
    def __signature__(self) -> Any:
        return importlib.import_module("inspect").signature(self._function)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._function(*args, **kwargs)


sys.modules[_understanding.__name__].__class__ = _CallableModule
