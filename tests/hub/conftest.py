"""One small Hub for all tests, and the processes that talk to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from .api import Hub
from .client import Client
from .corpora import make_corpus
from .server import Server, serving


@pytest.fixture(scope="session")
def running() -> Iterator[Server]:
    with serving(Hub()) as server:
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
    with closing(Client(running.endpoint, home, HF_HUB_DISABLE_XET="1")) as client:
        yield client


@pytest.fixture(scope="session")
def offline(running: Server, home: Path, client: Client) -> Iterator[Client]:
    """The same machine, offline."""
    with closing(Client(running.endpoint, home, HF_HUB_OFFLINE="1")) as client:
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
