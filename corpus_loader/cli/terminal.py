"""Text from elsewhere on a terminal: what a page or a file's name holds must not steer it."""

from __future__ import annotations

import click

from corpus_loader.spelling import CONTROL

__all__ = ["counted", "harmless", "show"]


def harmless(text: str) -> str:
    """The text as one line, with U+FFFD in the place of every control character."""
    return CONTROL.sub("\ufffd", text)


def counted(number: int, noun: str) -> str:
    """`1 page`, `2 pages`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def show(text: str, *, err: bool = False) -> None:
    """Print the text, each of its lines harmless."""
    click.echo("\n".join(map(harmless, text.split("\n"))), err=err)
