"""The options that say how pages are read; `build` and `extract` share them; `verify` finds them in the manifest."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from corpus_loader.articles.address import canonical
from corpus_loader.corpus.manifest import Input
from corpus_loader.pages import COLUMN_ROLES, INPUT_FORMATS

__all__ = ["INSTANT", "address", "input_options"]

#: How help spells what `click.DateTime` takes.
INSTANT = "DAY[THH:MM:SS]"


def input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command `--input-format` and `--column`, as one argument `input`."""

    @click.option(
        "--input-format",
        type=click.Choice(INPUT_FORMATS),
        metavar="FORMAT",
        show_default="what names and content say",
        help=f"Read every file as this, whatever its name and content say: {', '.join(INPUT_FORMATS)}. text and html "
        "say what single pages, and those in archives, are.",
    )
    @click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="ROLE=NAME",
        callback=_columns,
        help=f"The column of a table for a role ({', '.join(COLUMN_ROLES)}), COLUMN.KEY for a key of its objects; "
        "usual names are found without.",
    )
    @functools.wraps(command)
    def wrapped(*args: Any, input_format: str | None, columns: dict[str, str], **options: Any) -> Any:
        return command(*args, input=Input(input_format, columns), **options)

    return wrapped


def address(_: click.Context, __: click.Parameter, url: str | None) -> str | None:
    """The address that was given; a person who gives none of a page has mistyped it."""
    if url is not None and not canonical(url):
        raise click.BadParameter(f"{url!r} is no address of a page, such as https://example.org/a.html")
    return url


def _columns(_: click.Context, __: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for pair in pairs:
        role, equals, name = pair.partition("=")
        if not equals or not name or role not in COLUMN_ROLES:
            raise click.BadParameter(f"{pair!r} is not ROLE=NAME with a role of {', '.join(COLUMN_ROLES)}")
        columns[role] = name
    return columns
