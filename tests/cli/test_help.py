"""The help of every command: readable on a terminal of 80 columns, with examples and with what holds by default."""

import click
import pytest
from click.testing import CliRunner

from corpus_loader.cli import COMMANDS, cli

#: Options without which nothing is read, named or written.
WITHOUT_DEFAULT = {"--column", "--out", "--page", "--pages"}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_a_terminal_and_has_examples(command):
    result = CliRunner().invoke(cli, [command, "--help"] if command else ["--help"], env={"COLUMNS": "80"})
    assert result.exit_code == 0
    assert "Examples:\n" in result.output
    assert max(map(len, result.output.splitlines())) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_an_option_with_a_value_says_what_holds_without_it(command):
    parameters = cli.get_command(click.Context(cli), command).params
    valued = [one for one in parameters if isinstance(one, click.Option) and not one.is_flag]
    assert {one.opts[0] for one in valued if not one.show_default} <= WITHOUT_DEFAULT
