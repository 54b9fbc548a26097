"""Every error that corpus_loader raises on purpose.

    CorpusLoaderError
    ├── UsageError (ValueError)             a wrong argument or option
    │   └── UnnamedError (TypeError)        an argument without its name
    ├── MissingExtraError (ImportError)     an optional library is not installed
    ├── PageError                           a page, or a container of pages, can't be read or used
    ├── DeclarationError (ValueError)       corpus.toml or sources.toml says something impossible
    ├── SchemaError (ValueError)            a record breaks the schema
    ├── CorpusError                         a corpus folder is missing, broken or does not add up
    │   ├── CorpusNotFoundError (FileNotFoundError)
    │   └── ArticleNotFoundError (KeyError)
    └── HubError                            the Hub refused, failed, or served something else

Each message says what was wrong, where, why, and what to do next; the command line prints it without a traceback.
"""

from __future__ import annotations

__all__ = [
    "ArticleNotFoundError",
    "CorpusError",
    "CorpusLoaderError",
    "CorpusNotFoundError",
    "DeclarationError",
    "HubError",
    "MissingExtraError",
    "PageError",
    "SchemaError",
    "UnnamedError",
    "UsageError",
]


class CorpusLoaderError(Exception):
    """The root of this package's errors: what happened, and `next_step`, what to do about it."""

    def __init__(self, what: str, *, next_step: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step

    def __str__(self) -> str:
        return self.what if self.next_step is None else f"{self.what}\n  next: {self.next_step}"


class UsageError(CorpusLoaderError, ValueError):
    """An argument or option can't mean anything."""


class UnnamedError(UsageError, TypeError):
    """An argument was given without its name."""


class MissingExtraError(CorpusLoaderError, ImportError):
    """A library of an optional extra is missing; `next_step` is the pip command."""


class PageError(CorpusLoaderError):
    """A page can't be read or used; `reason` is a code of `schema/rejection.schema.json`."""

    def __init__(self, what: str, *, reason: str, next_step: str | None = None) -> None:
        super().__init__(what, next_step=next_step)
        self.reason = reason


class DeclarationError(CorpusLoaderError, ValueError):
    """A declaration (corpus.toml, sources.toml) is broken: which file, which key, what was expected.

    `key` is its dotted name, where the one who raises does not know the line.
    """

    def __init__(self, what: str, *, next_step: str | None = None, key: str | None = None) -> None:
        super().__init__(what, next_step=next_step)
        self.key = key


class SchemaError(CorpusLoaderError, ValueError):
    """A record breaks the published schema: file:line, JSON pointer, what was there, what was expected."""


class CorpusError(CorpusLoaderError):
    """A corpus folder is broken: a file is missing, altered, or the counts do not add up."""


class CorpusNotFoundError(CorpusError, FileNotFoundError):
    """There is no corpus where one was asked for."""

    __str__ = CorpusLoaderError.__str__


class ArticleNotFoundError(CorpusError, KeyError):
    """The corpus holds no article of that id."""

    __str__ = CorpusLoaderError.__str__


class HubError(CorpusLoaderError):
    """The Hub refused, failed or served other bytes than the manifest promises."""
