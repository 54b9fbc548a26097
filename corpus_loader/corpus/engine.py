"""Engines: how the work on pages is spread. Whatever the engine, the same outcomes come out."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from typing import TypeVar

from corpus_loader.corpus.collector import collect_seldom
from corpus_loader.corpus.interrupts import interrupts_kept
from corpus_loader.errors import CorpusError

__all__ = ["spread"]

T = TypeVar("T")
R = TypeVar("R")


def spread(work: Callable[[T], R], tasks: Iterable[T], *, workers: int | None = None) -> Iterator[R]:
    """The results of `work` on every task, in any order; lazily, two tasks a worker in flight.

    `workers` processes, by default one a core; a single task is done in this process. `work` and the tasks must pickle.
    Raises what `work` raises, and CorpusError where a worker process dies.
    """
    iterator = iter(tasks)
    head = [task for _, task in zip(range(2), iterator, strict=False)]
    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(head) < 2:
        yield from map(work, _chain(head, iterator))
        return
    # spawn: a forked child would inherit the locks of Arrow's and Polars' threads
    context = multiprocessing.get_context("spawn")
    held, lifeline = context.Pipe(duplex=False)
    with lifeline, held, ProcessPoolExecutor(workers, context, initializer=_follow, initargs=(held,)) as pool:
        try:
            yield from _flow(pool, work, _chain(head, iterator), in_flight=2 * workers)
            pool.shutdown()
        except BrokenProcessPool as error:
            raise CorpusError(
                "a worker process died: out of memory, or killed",
                next_step="run the same command again, with fewer --workers; it goes on where it stopped",
            ) from error
        finally:
            lifeline.close()  # where nobody wants the results any more, the workers stop at once
            pool.shutdown(cancel_futures=True)


def _follow(lifeline: Connection) -> None:
    """A worker ends when its parent lets go of the lifeline, or does not live any more: it would wait for ever."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the parent says so once

    def watch() -> None:
        lifeline.poll(None)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _flow(pool: ProcessPoolExecutor, work: Callable[[T], R], tasks: Iterator[T], *, in_flight: int) -> Iterator[R]:
    running: set[Future[R]] = set()
    for task in tasks:
        with interrupts_kept():
            running.add(pool.submit(work, task))
        if len(running) >= in_flight:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    while running:
        done, running = wait(running, return_when=FIRST_COMPLETED)
        yield from (future.result() for future in done)


def _chain(head: list[T], rest: Iterator[T]) -> Iterator[T]:
    yield from head
    yield from rest
