"""The running command, spelled so that it can be pasted into a shell: a next step that drops no option."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

import click

from corpus_loader.spelling import shell_word

__all__ = ["again", "given"]


def again(command: str | None = None, *more: str, only: Collection[str] | None = None, **changed: object) -> str:
    """The running command as one line of shell, or another one with its options; `more` are arguments behind its own.

    Parameters that were not given stay out, and so do those that `only`, if it is set, does not name; those of
    `changed` are put in the place of what was given, None leaves them out.
    """
    context = click.get_current_context()
    options: list[str] = []
    arguments: list[str] = []
    for parameter in context.command.params:
        name = parameter.name or ""
        kept = name in given() and (only is None or name in only)
        value = changed.get(name, context.params.get(name) if kept else None)
        if value is not None:
            (options if isinstance(parameter, click.Option) else arguments).extend(_words(parameter, value))
    arguments += more
    if any(word.startswith("-") and word != "-" for word in arguments):
        options.append("--")
    return " ".join(map(shell_word, ["corpus-loader", command or str(context.info_name), *options, *arguments]))


def given() -> dict[str, str]:
    """What was given on the command line: each parameter's name, and how a person writes it."""
    context = click.get_current_context()
    return {
        parameter.name: parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name
        for parameter in context.command.params
        if parameter.name and context.get_parameter_source(parameter.name) is click.core.ParameterSource.COMMANDLINE
    }


def _words(parameter: click.Parameter, value: Any) -> Iterator[str]:
    """The words that give the parameter that value."""
    if isinstance(parameter, click.Option) and parameter.is_flag:
        yield parameter.opts[0]
        return
    one_by_one = [f"{role}={name}" for role, name in value.items()] if isinstance(value, dict) else value
    for item in one_by_one if isinstance(one_by_one, list | tuple) else [value]:
        if isinstance(parameter, click.Option):
            yield parameter.opts[0]
        yield item.isoformat() if isinstance(item, dt.date) else str(item)
