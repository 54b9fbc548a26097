"""Every command and every piece of Python in the README runs, in the order in which it stands there."""

import re
import shlex
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from corpus_loader.corpus.schema import field_table
from tests.conftest import ROOT
from tests.hub.api import Hub
from tests.hub.client import Client
from tests.hub.server import serving

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"(?:<!-- command: (\w+) -->\n)?```(sh|python)\n(.*?)```", re.DOTALL)


def pieces() -> list[tuple[str, str]]:
    """(language, text) of each piece; of the set-up commands, which CI runs as they stand, only our own part."""
    found = []
    for name, language, text in BLOCK.findall(README):
        if name == "test":
            continue
        lines = text.split("&&")[1:] if name == "start" else text.splitlines() if language == "sh" else [text]
        found += [(language, line.strip()) for line in lines if line.strip()]
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A folder as a clone of the project looks to a newcomer."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copy(ROOT / "dataset_card.md", folder)
    return folder


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory, place):
    with serving(Hub()) as server, closing(Client(server.endpoint, tmp_path_factory.mktemp("home"))) as client:
        client.python("import os; os.chdir(place); result = None", place=place)
        yield client


@pytest.mark.parametrize(("language", "text"), pieces(), ids=lambda value: value.splitlines()[0][:60])
def test_what_the_readme_says_runs(newcomer, language, text):
    text = text.replace("USER/NAME", "ada/readme")
    program, *arguments = shlex.split(text) if language == "sh" else ("python", "-c", text)
    if program != "python":
        assert program == "corpus-loader", f"no test knows how to run {program}"
        done = newcomer.run(*arguments)
        assert done.code == 0, done.err
        assert done.out or done.err
    else:
        newcomer.python(arguments[1] + "\nresult = None")


def test_the_field_table_is_that_of_the_schema():
    assert f"<!-- generated: fields -->\n{field_table().rstrip()}\n<!-- end: fields -->" in README


def test_every_command_is_in_the_readme_and_has_help():
    from click.testing import CliRunner

    from corpus_loader.cli import COMMANDS, cli

    for name in COMMANDS:
        assert f"corpus-loader {name}" in README, name
        shown = CliRunner().invoke(cli, [name, "--help"])
        assert shown.exit_code == 0
        assert len(shown.output.splitlines()) > 5, name


def test_every_file_that_the_readme_names_is_there():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
