"""Ours, as the benchmarks run it: the same calls as the package's own door."""

from __future__ import annotations

import contextlib
import multiprocessing
import resource
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.eval_pages import EvalPage, eval_pages
from benchmarks.scores import Extracted
from corpus_loader.articles.door import extract
from corpus_loader.articles.headline import find_title
from corpus_loader.articles.labeller import label_many
from corpus_loader.articles.registry import Registry
from corpus_loader.articles.slices import find_body
from corpus_loader.articles.structure import refine
from corpus_loader.articles.understand import Setting, understand
from corpus_loader.corpus.collector import collect_seldom
from corpus_loader.errors import PageError
from corpus_loader.pages import cut
from corpus_loader.records import Document, Extract, LabelledBlock

__all__ = [
    "Labeller",
    "cut_pages",
    "extract_pages",
    "findings_of_each",
    "peak_memory",
    "text_of_each",
    "understand_pages",
]

#: Pages that are labelled at a time: what `build` does.
_BATCH = 64

Labeller = Callable[[Sequence[Document]], Sequence[Sequence[LabelledBlock]]]


def extract_pages(pages: Iterable[EvalPage], form: str, *, labeller: Labeller = label_many) -> dict[str, Extracted]:
    """Title and body of every page in the given form, by page id; a page that can't be cut gives neither."""
    found: dict[str, Extracted] = {}
    for batch in _batches(pages):
        documents = cut_pages(batch, form)
        found.update((page.id, Extracted(None, "")) for page in batch)
        for name, labels in zip(documents, labeller(list(documents.values())), strict=True):
            document = documents[name]
            title = find_title(document, labels)
            body = find_body(document, refine(document, labels, title))
            found[name] = Extracted(title.value, body.value)
    return found


def understand_pages(pages: Iterable[EvalPage], form: str) -> None:
    """Every finding of every page, as `build` makes them."""
    for batch in _batches(pages):
        for found in understand(list(cut_pages(batch, form).values()), Setting(Registry.shipped())):
            _ = found.findings


def _extract_each(pages: Iterable[EvalPage], form: str) -> Iterator[Extract]:
    """The extract of every page that can be cut, by a call of `corpus_loader.extract`."""
    for page in pages:
        with contextlib.suppress(PageError):
            yield extract(page.page(form))


def text_of_each(pages: Iterable[EvalPage], form: str) -> None:
    """Title and body of every page, one page a call."""
    for found in _extract_each(pages, form):
        _ = found.title, found.body


def findings_of_each(pages: Iterable[EvalPage], form: str) -> None:
    """Every finding of every page, one page a call."""
    for found in _extract_each(pages, form):
        _ = found.findings


def cut_pages(pages: Iterable[EvalPage], form: str) -> dict[str, Document]:
    """The document of every page that can be cut, by page id."""
    documents: dict[str, Document] = {}
    for page in pages:
        with contextlib.suppress(PageError):
            documents[page.id] = cut(page.page(form))
    return documents


def _batches(pages: Iterable[EvalPage]) -> Iterator[list[EvalPage]]:
    batch: list[EvalPage] = []
    for page in pages:
        batch.append(page)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def peak_memory(folder: Path) -> float:
    """Most memory, in MiB, that a fresh process ever held while it understood all HTML pages, batch by batch.

    It counts the interpreter and the libraries too.
    """
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_extract_and_measure, (folder,))


def _extract_and_measure(folder: Path) -> float:
    collect_seldom()
    understand_pages(eval_pages(folder), "html")
    if sys.platform == "linux":  # ru_maxrss would count what the parent held when this process was started
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
