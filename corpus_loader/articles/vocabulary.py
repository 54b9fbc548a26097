"""The words around an article that tell what a line is, read from `vocabulary.toml` beside this file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from corpus_loader.articles.phrase_matcher import PhraseMatcher
from corpus_loader.articles.wording import title_key

__all__ = ["beginning", "keys", "may_begin", "members", "phrases", "raw", "signature"]

#: So many beginnings of lines are kept: those that are met again and again are among the first.
_BEGINNINGS = 8192


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    text = files("corpus_loader.articles").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def raw(table: str, name: str) -> tuple[str, ...]:
    """The words of one list as they are written there."""
    return tuple(_tables()[table][name])


@cache
def members(table: str, name: str) -> frozenset[str]:
    """The same as a set."""
    return frozenset(_tables()[table][name])


@cache
def keys(table: str, name: str) -> frozenset[str]:
    """The words of one list, folded by `title_key`."""
    return frozenset(title_key(word) for word in _tables()[table][name])


@cache
def beginning(table: str, name: str) -> re.Pattern[str]:
    """Matches a line that begins with one of the words; group 1 is the word, group 2 a colon or the like after it."""
    return re.compile(
        rf"\W{{0,3}}({_either(_tables()[table][name])})(?!\w)[ \u00a0\u200c]*([:：/／|,،-]?)", re.IGNORECASE
    )


class _MayBegin(dict[str, bool]):
    """For each beginning of a line met so far: may the line begin with one of the words?"""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__()
        firsts = sorted({re.escape(word[:2]).replace(r"\ ", r"\s") for word in words})
        self._match = re.compile(rf"\W|{'|'.join(firsts)}", re.IGNORECASE).match

    def __missing__(self, beginning: str) -> bool:
        found = self._match(beginning) is not None
        if len(self) < _BEGINNINGS:
            self[beginning] = found
        return found


@cache
def may_begin(table: str, name: str) -> Mapping[str, bool]:
    """By a line's first two letters, whether it can begin with one of the words: a fifth of the time of `beginning`."""
    return _MayBegin(_tables()[table][name])


@cache
def phrases(table: str, *names: str) -> PhraseMatcher:
    """Finds the words of some lists of one table wherever they stand in a text."""
    return PhraseMatcher(word for name in names for word in _tables()[table][name])


@cache
def signature(table: str, name: str) -> re.Pattern[str]:
    """Matches one or more of the words with nothing but separators between them."""
    either = _either(_tables()[table][name])
    return re.compile(rf"(?:{either})(?:\s*(?:[/,،+&|–-]|\band\b|\bund\b|\s)\s*و?(?:{either}))*", re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    """Any of the words, the longest first; a space in them stands for any white space.

    Words with the same first character are one branch: a line that begins with another one is passed over in a third of
    the time.
    """
    branches: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        branches.setdefault(word[0].casefold(), []).append(re.escape(word).replace(r"\ ", r"\s+"))
    return "|".join(f"(?:{'|'.join(branch)})" for branch in branches.values())
