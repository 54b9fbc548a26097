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
    short = [index for index in places if len(texts[index]) <= _NOTICE]
    lines = "\n".join([texts[index] for index in short]).casefold()
    for kind, why in (("embedded", "embedded-notice"), ("disclosures", "disclosure")):
        if kind == "disclosures" and not _is_earned(lines):
            return
        said = [notice for notice in vocabulary.raw("notice", kind) if notice in lines]
        for index in short if said else ():  # hardly any page says one
            line = texts[index].casefold()
            if any(notice in line for notice in said) and (kind == "embedded" or _discloses(line, said)):
                yield index, why


def _is_earned(text: str) -> bool:
    return any(word in text for word in vocabulary.raw("notice", "earned_by"))


def _discloses(line: str, said: Sequence[str]) -> bool:
    """Does the site say so itself, and that links, or what is bought, earn it something?

    Articles tell of the commissions of others, and quote them.
    """
    if not _is_earned(line):
        return False
    unquoted = "".join(takewhile(lambda char: char not in _QUOTES, line))
    return any(notice in unquoted for notice in said)
