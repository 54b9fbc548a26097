"""How fast pages are taken: every system on the same pages, in turns, and of each the fastest turn.

Where others use the machine too it is slow for minutes at a time; in turns that falls on all systems alike.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks.eval_pages import EvalPage
from benchmarks.ours import extract_pages, findings_of_each, text_of_each, understand_pages

__all__ = ["Speed", "time_in_turns"]

#: One page in so many is taken, so many times.
_SHARE, _TURNS = 8, 4
_OURS: dict[str, Callable[..., object]] = {
    # Title and body: many pages at a time, and by `corpus_loader.extract`.
    "corpus_loader": extract_pages,
    "corpus_loader, one page a call": text_of_each,
    # Dates, source and language too, which no peer is asked for: as `build` does, and by `corpus_loader.extract`.
    "corpus_loader, every finding": understand_pages,
    "corpus_loader, every finding, one page a call": findings_of_each,
}

#: Takes pages.
Taker = Callable[[Sequence[EvalPage]], object]


@dataclass(frozen=True)
class Speed:
    """How many pages in one form a system took, and the processor seconds that it needed in its fastest turn."""

    system: str
    form: str
    pages: int
    seconds: float

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / max(self.seconds, 1e-9)


def time_in_turns(pages: Sequence[EvalPage], forms: Sequence[str]) -> list[Speed]:
    """The speed of ours and of all peers, form by form, on a sample of the pages that exist in all forms."""
    sample = [page for page in pages if page.html is not None][::_SHARE]
    takers = {(system, form): taker for form in forms for system, taker in _takers(form)}
    for taker in takers.values():
        taker(sample[:1])  # what is loaded once is loaded before the clock starts
    fastest = dict.fromkeys(takers, float("inf"))
    for turn in range(_TURNS):
        for key, taker in takers.items():
            started = time.process_time()
            taker(sample)
            fastest[key] = min(fastest[key], time.process_time() - started)
        print(f"  speed, turn {turn + 1} of {_TURNS}", file=sys.stderr)
    return [Speed(system, form, len(sample), seconds) for (system, form), seconds in fastest.items()]


def _takers(form: str) -> Iterator[tuple[str, Taker]]:
    for system, take in _OURS.items():
        yield system, partial(take, form=form)
    peers = importlib.import_module("benchmarks.peers")
    for system, peer in peers.PEERS[form].items():
        yield system, partial(_take_each, peer, form, peers.guarded)


def _take_each(
    peer: Callable[..., object], form: str, guarded: Callable[..., object], pages: Sequence[EvalPage]
) -> None:
    """One page after another by a peer, which is told the language: it is no part of its work."""
    for page in pages:
        guarded(peer, page.given(form), page.language or "en")
