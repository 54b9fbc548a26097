"""Failures that no server can make: what is said about them, and what to do."""

import errno
from pathlib import Path

import httpx2
import pytest

from corpus_loader.errors import CorpusError, HubError, UsageError
from corpus_loader.loaders.hub import split_name
from corpus_loader.loaders.hub_client import explained

from .client import Client


@pytest.mark.parametrize(
    ("failure", "said", "advice"),
    [
        (httpx2.ConnectError("[Errno -2] Name or service not known"), "can't be reached", "check the connection"),
        (httpx2.ReadTimeout(""), "can't be reached (ReadTimeout)", "check the connection"),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device", "make room"),
        (UnicodeEncodeError("ascii", "Bearer hf_é", 10, 11, "no ASCII"), "a letter that no token has", "hf auth login"),
        (PermissionError("the chunk store says no"), "the chunk store says no", "run the same command again"),
        (RuntimeError("a task failed"), "a task failed", "run the same command again"),
        (ValueError("Malformed response from server"), "Malformed response", "run the same command again"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_a_failure_of_the_connection_or_of_this_machine_is_explained(failure: Exception, said: str, advice: str):
    with pytest.raises(HubError) as caught, explained("downloading", "ada/x"):
        raise failure
    assert caught.value.what.startswith("downloading ada/x: ")
    assert said in caught.value.what
    assert advice in (caught.value.next_step or "")


def test_what_is_explained_already_stays_as_it_is():
    with pytest.raises(CorpusError, match="mine"), explained("downloading", "ada/x"):
        raise CorpusError("mine")


def test_a_mistake_of_the_program_is_not_explained_away():
    with pytest.raises(TypeError), explained("downloading", "ada/x"):
        raise TypeError("a bug")


def test_names():
    assert split_name("ada/syria-2015") == ("ada/syria-2015", None)
    assert split_name("ada/syria-2015@v1.0.0") == ("ada/syria-2015", "v1.0.0")
    assert split_name("ada/syria-2015@refs/pr/3") == ("ada/syria-2015", "refs/pr/3")
    for wrong in ("ada", "ada/", "ada/x@", "a/b/c", "ada/x--y", "../x", ""):
        with pytest.raises(UsageError):
            split_name(wrong)


def test_publishing_offline_says_so(offline: Client, v1: Path):
    ran = offline.run("publish", v1, "ada/x")
    assert ran.code == 2
    assert "offline mode is on" in ran.err
    assert "next: unset HF_HUB_OFFLINE" in ran.err
