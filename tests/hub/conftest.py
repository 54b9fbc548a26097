"""One small Hub for all tests, and the processes that talk to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from .api import Hub
from .chunks import LocalChunks
from .client import Client
from .corpora import make_corpus
from .server import Server, serving


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(Hub(chunks=LocalChunks(tmp_path_factory.mktemp("chunks")))) as server:
        yield server


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    running.hub.uploads.clear()
    yield running
    running.heal()
    assert not running.crashes, running.crashes.pop()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def client(running: Server, home: Path) -> Iterator[Client]:
    """A client that uploads and downloads by plain HTTP."""
    with closing(Client(running.endpoint, home)) as client:
        yield client


@pytest.fixture(scope="session")
def chunk_client(running: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client as it is installed by default: large files go and come in chunks."""
    with closing(Client(running.endpoint, tmp_path_factory.mktemp("chunk-home"), chunks=True)) as client:
        yield client


@pytest.fixture(params=["plain", "chunks"])
def either(request: pytest.FixtureRequest) -> Client:
    """Each of the two ways to move large files."""
    client: Client = request.getfixturevalue("client" if request.param == "plain" else "chunk_client")
    return client


@pytest.fixture(scope="session")
def offline(running: Server, home: Path, client: Client) -> Iterator[Client]:
    """The same machine, offline."""
    with closing(Client(running.endpoint, home, offline=True)) as client:
        yield client


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """A repository of this test's own: what a cache holds of another must not help it."""
    return "ada/" + re.sub("[^a-zA-Z0-9]+", "-", request.node.name)[:80].strip("-")


@pytest.fixture(scope="session")
def v1(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_corpus(tmp_path_factory.mktemp("v1") / "corpus", {"ar": 3, "fa": 2})


@pytest.fixture(scope="session")
def v2(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The next version: Arabic grew, Persian went, Kurdish came."""
    return make_corpus(tmp_path_factory.mktemp("v2") / "corpus", {"ar": 4, "ku": 1}, version="1.1.0")
