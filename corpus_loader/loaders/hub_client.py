"""Around the calls of the Hub's own client: its failures in words with the next step, its bars on terminals only."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from corpus_loader.errors import CorpusLoaderError, HubError

if TYPE_CHECKING:
    from huggingface_hub.errors import HfHubHTTPError

__all__ = ["bars_on_terminals", "explained", "failures", "told"]

#: Refusals whose meaning does not depend on the repository: what happened, and what to do. {hub} is the Hub's address.
_BY_STATUS = {
    401: ("the token was refused", "log in again: hf auth login"),
    403: (
        "the token may not do this",
        "make a token that can write to this name at {hub}/settings/tokens, then run: hf auth login",
    ),
    413: ("the Hub finds the request too large", "build the corpus with fewer, larger files"),
    429: ("too many requests in a short time", "wait five minutes, then run the same command again"),
}
#: Failures of this machine's disk, not of the connection.
_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS})
_ONLINE = "go online and run the same again; what was fetched once is there offline"
_AGAIN = "check the connection, then run the same command again"


def failures() -> tuple[type[Exception], ...]:
    """What the Hub's clients raise when they are refused, cut off, or sent nonsense.

    RuntimeError is how they wrap an upload that failed, ValueError a broken answer, OSError the disk and chunk store.
    """
    import httpx2
    from huggingface_hub.errors import RevisionResolutionError

    return (httpx2.HTTPError, RevisionResolutionError, OSError, RuntimeError, ValueError)


@contextmanager
def explained(doing: str, repo: str, revision: str | None = None) -> Iterator[None]:
    """Whatever the Hub's clients raise in this block becomes a HubError that says what happened and what to do."""
    try:
        yield
    except CorpusLoaderError:
        raise
    except failures() as error:
        raise told(error, doing, repo, revision) from error


def bars_on_terminals() -> AbstractContextManager[object]:
    """A block in which transfers show progress only where a person looks on, or HF_HUB_DISABLE_PROGRESS_BARS=0."""
    from huggingface_hub import constants
    from huggingface_hub.utils.tqdm import disable_progress_bars

    wanted = sys.stderr.isatty() or constants.HF_HUB_DISABLE_PROGRESS_BARS is False
    return nullcontext() if wanted else disable_progress_bars()


def told(error: Exception, doing: str, repo: str, revision: str | None = None, outcome: str = "") -> HubError:
    """That failure as a HubError; `outcome` says what became of the Hub's copy."""
    what, next_step = _meaning(error, repo, revision)
    return HubError(f"{doing} {repo}: {what}" + (f"; {outcome}" if outcome else ""), next_step=next_step)


def _meaning(error: BaseException, repo: str, revision: str | None) -> tuple[str, str]:
    """What happened, and what to do about it."""
    from huggingface_hub import constants
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError, RevisionResolutionError

    if isinstance(error, LocalEntryNotFoundError | RevisionResolutionError):
        if isinstance(error.__cause__, HfHubHTTPError):
            return _meaning(error.__cause__, repo, revision)
        why = "offline mode is on" if constants.is_offline_mode() else f"{constants.ENDPOINT} can't be reached"
        return f"{why}, and no complete copy is on this machine", _ONLINE
    if isinstance(error, HfHubHTTPError):
        return _refused(error, repo, revision)
    if isinstance(error, RuntimeError) and error.__cause__ is not None:  # an upload: the cause says more
        return _meaning(error.__cause__, repo, revision)
    return _failed(error)


def _refused(error: HfHubHTTPError, repo: str, revision: str | None) -> tuple[str, str]:
    """The Hub has answered, and said no."""
    from huggingface_hub import constants
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError

    hub, status = constants.ENDPOINT, error.response.status_code
    if isinstance(error, GatedRepoError):
        return "its owner admits readers one by one", f"ask for access at {hub}/datasets/{repo}, then: hf auth login"
    if isinstance(error, RepositoryNotFoundError):
        return _nothing_there(hub)
    if isinstance(error, RevisionNotFoundError):
        return f"it has no revision {revision or 'main'!r}", f"see its commits and tags at {hub}/datasets/{repo}"
    said = f" ({error.server_message.splitlines()[-1]})" if error.server_message else ""
    if status == 401 and os.environ.get("HF_TOKEN"):
        return f"the token in HF_TOKEN was refused{said}", "put a valid token there, or unset it and: hf auth login"
    what, next_step = _BY_STATUS.get(status, (f"HTTP {status}", _AGAIN))
    if status >= 500:
        what, next_step = f"the Hub has a problem of its own, HTTP {status}", "run the same command again later"
    return f"{what}{said}", next_step.format(hub=hub)


def _nothing_there(hub: str) -> tuple[str, str]:
    from huggingface_hub import get_token

    if get_token() is None:
        return f"{hub} shows no dataset of that name without a token", "check the name; if it is private: hf auth login"
    return (
        f"{hub} has no dataset of that name, or the token may not see it",
        "check the name; if it is private, ask its owner for access, or log in as somebody else: hf auth login",
    )


def _failed(error: BaseException) -> tuple[str, str]:
    """The Hub has not answered, or not what its client understands; or this machine is at fault."""
    import httpx2
    from huggingface_hub import constants
    from huggingface_hub.errors import OfflineModeIsEnabled

    said = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, OfflineModeIsEnabled):
        return "offline mode is on", "unset HF_HUB_OFFLINE, then run the same command again"
    if isinstance(error, UnicodeEncodeError):  # a request's head is ASCII
        return (
            "the token holds a letter that no token has",
            "put a valid one into HF_TOKEN, or unset it and: hf auth login",
        )
    if isinstance(error, httpx2.TransportError):
        return f"{constants.ENDPOINT} can't be reached ({said})", _AGAIN
    if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
        return said, "make room, or name another place for the Hub's cache in HF_HOME"
    if "README.md" in said:
        return f"the card is refused ({said})", "correct the head of the card, build again, then publish"
    return said, _AGAIN
