"""Notices among the paragraphs of an article: in place of something embedded, and of what its site earns by links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus_loader.articles import vocabulary

__all__ = ["notices_among"]

#: A notice is no longer.
_NOTICE = 450
#: Behind one of these, somebody else is speaking.
_QUOTES = frozenset('„“«"‘‚「『')


def notices_among(texts: Sequence[str], places: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Those of the lines at these places that are notices, each with its kind."""
    either = vocabulary.phrases("notice", "embedded", "disclosures")
    for index in places:
        text = texts[index]
        if len(text) <= _NOTICE and either.find(text) >= 0:  # hardly any line
            if vocabulary.phrases("notice", "embedded").find(text) >= 0:
                yield index, "embedded-notice"
            if _discloses(text):
                yield index, "disclosure"


def _discloses(line: str) -> bool:
    """Does the site say so itself, and that links, or what is bought, earn it something?

    Articles tell of the commissions of others, and quote them.
    """
    start = vocabulary.phrases("notice", "disclosures").find(line)
    said = start >= 0 and _QUOTES.isdisjoint(line[:start])
    return said and vocabulary.phrases("notice", "earned_by").find(line) >= 0
