"""The command line: one module a command, imported when the command runs."""

from __future__ import annotations

import importlib
import io
import os
import sys
from pathlib import Path

import click

from corpus_loader.cli.terminal import show
from corpus_loader.corpus.collector import collect_seldom
from corpus_loader.corpus.interrupts import interrupts_kept
from corpus_loader.errors import CorpusLoaderError
from corpus_loader.version import __version__

__all__ = ["main"]

#: Every command in the order of use, with its one-line help; `corpus_loader/cli/<name>.py` holds the command `<name>`.
COMMANDS: dict[str, str] = {
    "build": "Make a corpus folder out of raw pages and their corpus.toml.",
    "validate": "Check JSONL files against the schema; report every broken line.",
    "verify": "Re-cut every quote and paragraph of a corpus from its raw pages; check sums and counts.",
    "explain": "Show where each value of one article came from, or what a page would give.",
    "stats": "Count a corpus: languages, sources, dates, rejections.",
    "extract": "Take the article out of single pages; one JSON line a page.",
    "dates": "Read the date expressions of a text; one JSON line each.",
    "publish": "Put a corpus on the Hub in one atomic commit.",
    "download": "Fetch a published corpus, pinned to a commit and checked.",
}


#: What the operating system refuses is nearly always one of these.
_NEXT_STEP = "look at the path, its permissions, and the room on its disk; then run the same command again"


class _Commands(click.Group):
    """A group that imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        with interrupts_kept():  # what is imported half may print a traceback of its own
            module = importlib.import_module(f"corpus_loader.cli.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="corpus-loader")
def cli() -> None:
    """Raw news pages in; a validated, evidenced, loadable corpus out.

    \b
    Examples:
      corpus-loader build pages --out corpus    a corpus of the pages in a folder
      corpus-loader stats corpus                what it holds
      corpus-loader explain ID --corpus corpus  where its values came from
      corpus-loader extract page.html           one page, without a corpus

    Each command has its own --help. The exit code is 0 where all is well, 1 where a check found something wrong or the
    command was stopped, and 2 where it could not do what was asked.
    """  # noqa: D301 - click keeps the line breaks of a paragraph that starts with a backspace


def main() -> None:
    """Run the command line; a mistake of the user ends in one clear message and exit code 2, never a traceback."""
    _settle_streams()
    collect_seldom()
    try:
        cli(prog_name="corpus-loader")
    except CorpusLoaderError as error:
        show(f"error: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        place = error.filename2 or error.filename  # of a copy, where it went
        said = error.strerror or error
        show(f"error: {f'{place}: ' if place else ''}{said}\n  next: {_NEXT_STEP}", err=True)
        sys.exit(2)


def _settle_streams() -> None:
    """Output is UTF-8, whatever the locale says, but on a terminal of another encoding.

    A closed input is empty, and what goes to a closed output is lost.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - until the process ends
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty() and stream.encoding.lower() != "utf-8":
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # names of files need not be UTF-8
