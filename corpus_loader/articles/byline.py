"""The byline: who wrote the article, as the page prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_loader.articles import vocabulary
from corpus_loader.articles.wording import title_key
from corpus_loader.records import BODY_LABELS, Block, Document, Evidence, Finding, LabelledBlock, Metadatum

__all__ = ["find_byline", "is_byline_line"]

_LONGEST, _MOST_WORDS = 90, 12
#: Lines before the body's start and after its end in which a byline stands.
_BEFORE, _AFTER = 12, 4
_STATED = re.compile(r"jsonld:\w*(?:Article|Posting|Report|Review|Story)\.(?:author|creator)(?:\.name)?$")
_STATED_NAMES = frozenset({"meta:author", "meta:byl", "meta:parsely-author", "meta:sailthru.author", "meta:dc.creator"})
_DIGIT = re.compile(r"\d")
_CUT = re.compile(r"\s+[|•·–—]\s+|\s{2,}|\s*\|\s*|,\s+(?=\d)|\s+(?=\d{1,2}[./:]\s?\d)|\t")
_SENTENCE_END = (".", "!", "?", "؟", "。", "…", ":", "：", "»", "؛", ";")
_REL_AUTHOR = re.compile(r"""\brel\s*=\s*["']?[^"'>]*\bauthor\b|\bitemprop\s*=\s*["']?author\b""", re.IGNORECASE)
_TOKEN_PARTS = re.compile(r"[a-z]+")


def find_byline(document: Document, labels: Sequence[LabelledBlock]) -> Finding[str]:
    """The names of the byline as one slice of the page, without the “By” before them.

    In order: a line by the article that the page's own metadata names as its author; a line that the markup marks as
    the author's; a line that begins with a word for “By”; the metadata alone.
    """
    body = [i for i, labelled in enumerate(labels) if labelled.label in BODY_LABELS]
    if not body:
        return Finding(None, reason="no-body", detail="without a body there is no place for its byline")
    stated = list(_stated(document))
    places = list(_places(document, body[0], body[-1]))
    for rule, start, end in (
        *_named(document, places, stated),
        *_marked(document, places),
        *_labelled(document, places),
    ):
        quote = document.text[start:end]
        return Finding(quote, (Evidence("byline", rule, start, end, quote),))
    for datum in stated[:1]:
        stop = None if datum.start is None else datum.start + len(datum.value)
        return Finding(datum.value, (Evidence("byline", datum.name, datum.start, stop, datum.value, origin="markup"),))
    return Finding(None, reason="no-byline", detail="no line near the article names its author")


def is_byline_line(text: str) -> bool:
    """Does the line say “By”, in any language, and then only a name?"""
    return _after_label(text) is not None


def _places(document: Document, first: int, last: int) -> Iterator[int]:
    """Blocks in which a byline can stand: before the body, nearest first, then the body's first, then after it."""
    yield from range(first - 1, max(-1, first - 1 - _BEFORE), -1)
    yield first
    yield from range(last + 1, min(last + 1 + _AFTER, len(document.blocks)))
    if last != first:
        yield last


def _stated(document: Document) -> Iterator[Metadatum]:
    """The authors that the page states beside its text; addresses and the outlet's own name are none."""
    outlets = {
        title_key(d.value) for d in document.metadata if d.name in {"meta:og:site_name", "meta:application-name"}
    }
    ranked = sorted(document.metadata, key=lambda datum: datum.name in _STATED_NAMES)
    for datum in ranked:
        if datum.name not in _STATED_NAMES and not _STATED.match(datum.name):
            continue
        value = datum.value
        if 2 < len(value) <= _LONGEST and "/" not in value and "@" not in value and title_key(value) not in outlets:
            yield datum


def _named(document: Document, places: Sequence[int], stated: Sequence[Metadatum]) -> Iterator[tuple[str, int, int]]:
    """Lines that hold a stated author's name and little else."""
    names = [title_key(datum.value) for datum in stated]
    for index in places:
        block, text = document.blocks[index], document.block_text(index)
        if len(text) > _LONGEST:
            continue
        key = title_key(text)
        if any(name in key for name in names):
            yield "stated-author-line", *_names_in(block, text)


def _marked(document: Document, places: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    """Lines whose element is marked as the author's."""
    for index in places:
        block, text = document.blocks[index], document.block_text(index)
        if block.markup is None or len(text) > _LONGEST or not _is_name(text):
            continue
        if _is_marked(block):
            yield "marked-author-line", *_names_in(block, text)


def _is_marked(block: Block) -> bool:
    if block.markup is None:
        return False
    outline, element = block.markup.outline, block.markup.element
    if any(_REL_AUTHOR.search(outline.starts[e]) for e in (element, outline.parents[element])):
        return True
    parts = {part for token in block.markup.tokens for part in _TOKEN_PARTS.findall(token)}
    return not parts.isdisjoint(vocabulary.raw("byline", "tokens")) and parts.isdisjoint(
        vocabulary.raw("byline", "not_tokens")
    )


def _labelled(document: Document, places: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    """Lines that begin with a word for “By”."""
    for index in places:
        block, text = document.blocks[index], document.block_text(index)
        if _after_label(text) is not None:
            yield "byline-label", *_names_in(block, text)


def _after_label(text: str) -> int | None:
    """Where the name begins after a word for “By”; None where the line is not such a line."""
    if len(text) > _LONGEST:
        return None
    match = vocabulary.beginning("byline", "labels").match(text)
    if match is None:
        return None
    colon = match[2] in {":", "："}
    if not colon and (title_key(match[1]) in vocabulary.keys("byline", "ambiguous") or match[2]):
        return None
    name = _CUT.split(text[match.end() :].strip())[0]
    return match.end() if name and _is_name(name) else None


def _is_name(text: str) -> bool:
    """Can the line be names? Few words, no sentence, no figures; capitals where the script has them."""
    words = text.split()
    if not 0 < len(words) <= _MOST_WORDS or text.endswith(_SENTENCE_END) or len(_DIGIT.findall(text)) > 4:
        return False
    first = next((char for char in text if char.isalpha()), "")
    return bool(first) and not (first.islower() and words[0].lower() not in {"von", "by", "par", "por", "di", "de"})


def _names_in(block: Block, text: str) -> tuple[int, int]:
    """Offsets of the names in a byline: without the label before them, and the date or the section after them."""
    match = vocabulary.beginning("byline", "labels").match(text)
    start = match.end() if match is not None and text[match.end() :].strip() else 0
    start += len(text[start:]) - len(text[start:].lstrip(" \t:,،-–—|\u00a0"))
    name = _CUT.split(text[start:])[0].rstrip(" ,،;|\u00a0") or text[start:]
    return block.start + start, block.start + start + len(name)
