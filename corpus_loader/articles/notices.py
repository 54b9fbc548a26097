"""Notices among the paragraphs of an article: in place of something embedded, and of what its site earns by links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from corpus_loader.articles import vocabulary

__all__ = ["notices_among"]

#: A notice is no longer.
_NOTICE = 450
#: Behind one of these, somebody else is speaking.
_QUOTES = frozenset('„“«"‘‚「『')


def notices_among(texts: Sequence[str], places: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Those of the lines at these places that are notices, each with its kind."""
    short = {index: texts[index].casefold() for index in places if len(texts[index]) <= _NOTICE}
    lines = "\n".join(short.values())
    embedded = _said_in(lines, "embedded")
    disclosures = _said_in(lines, "disclosures") if _said_in(lines, "earned_by") else []
    for index, line in short.items() if embedded or disclosures else ():  # hardly any page says one
        if any(notice in line for notice in embedded):
            yield index, "embedded-notice"
        if _discloses(line, disclosures):
            yield index, "disclosure"


def _said_in(text: str, name: str) -> list[str]:
    """The words of that list which the text says; it is in lower case."""
    return [words for words in vocabulary.raw("notice", name) if words in text]


def _discloses(line: str, said: Sequence[str]) -> bool:
    """Does the site say so itself, and that links, or what is bought, earn it something?

    Articles tell of the commissions of others, and quote them.
    """
    unquoted = "".join(takewhile(lambda char: char not in _QUOTES, line))
    return any(notice in unquoted for notice in said) and bool(_said_in(line, "earned_by"))
