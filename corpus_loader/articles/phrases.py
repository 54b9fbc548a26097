"""The words around the names of outlets: credits, copyright notices, invitations to follow, addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus_loader.articles.outlets import name_key

__all__ = ["Phrases", "read_phrases"]

#: So many last characters of an invitation to follow are looked for first.
_END = 4
_NOTHING = re.compile(r"(?!)")
_YEAR = re.compile(r"\d{4}")  # digits of every script


@dataclass(frozen=True)
class Phrases:
    """The phrases of `sources.toml` that no outlet owns; without tables none of them ever matches."""

    #: Keys of names that many outlets bear («الوطن»): not evidence by themselves.
    shared_names: frozenset[str] = frozenset()
    #: Keys of words for agencies in general («وكالات»).
    agencies: frozenset[str] = frozenset()
    #: Sub-domain labels that name a language or a country.
    edition_labels: frozenset[str] = frozenset()
    #: Hosts that pass pages of others on.
    intermediaries: frozenset[str] = frozenset()
    credit: re.Pattern[str] = _NOTHING
    rights: re.Pattern[str] = _NOTHING
    #: The same words, for lines in lower case: looked for first, as it is many times as fast.
    lower_rights: re.Pattern[str] = _NOTHING
    site: re.Pattern[str] = _NOTHING
    follow: re.Pattern[str] = _NOTHING
    #: What such invitations end with: most lines end otherwise.
    follow_ends: tuple[str, ...] = ()
    #: A line that is a word for a page's address, the address, or both; groups "word" and "host".
    permalink: re.Pattern[str] = _NOTHING

    def credit_value(self, line: str) -> str | None:
        """What stands behind «المصدر:» in a credit line; None for any other line."""
        match = self.credit.match(line)
        return match["value"].strip() if match else None

    def claim(self, line: str) -> tuple[str, str] | None:
        """What stands before and behind the first words of a copyright notice; None for any other line.

        A bare © without a year («© Fox News») is a photo credit.
        """
        match = self.rights.search(line) if self.lower_rights.search(line.casefold()) else None
        if match is None:
            return None
        before, behind = line[: match.start()], line[match.end() :]
        bare = match[0] == "©" and not _YEAR.search(line) and not self.rights.search(behind)
        return None if bare else (before, behind)

    def speaks_of_itself(self, line: str) -> bool:
        """Whether a notice is about «this site» and not about a text that was bought."""
        return self.site.search(line) is not None

    def followed(self, line: str) -> str | None:
        """The name in a line such as «تابعوا NAME على»; None for any other line."""
        match = self.follow.fullmatch(line.strip(" :")) if line.endswith(self.follow_ends) else None
        return next((name for name in match.groups() if name), None) if match else None


def read_phrases(tables: Mapping[str, Any]) -> Phrases:
    """The phrases of the registry file's top level."""
    follow = "|".join(re.escape(line).replace(r"\{\}", "(.+?)") for line in tables["follow_lines"])
    ends = {line[-_END:] for line in tables["follow_lines"]}
    words = _any_of(tables["permalink_words"])
    address = r"(?:https?://)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,})/\S+"
    return Phrases(
        shared_names=frozenset(map(name_key, tables["shared_names"])),
        agencies=frozenset(map(name_key, tables["agencies"])),
        edition_labels=frozenset(tables["edition_labels"]),
        intermediaries=frozenset(tables["intermediaries"]),
        credit=re.compile(rf"(?:{_any_of(tables['credit_words'])})\s*[:：]\s*(?P<value>.+)", re.IGNORECASE),
        rights=re.compile(_any_of(tables["rights_words"]), re.IGNORECASE),
        lower_rights=re.compile(
            _any_of([form.casefold() for word in tables["rights_words"] for form in (word, word.upper())])
        ),
        site=re.compile(_any_of(tables["site_words"]), re.IGNORECASE),
        follow=re.compile(follow, re.IGNORECASE),
        follow_ends=(":", *sorted({form for end in ends for form in (end, end.lower(), end.upper())})),
        permalink=re.compile(rf"(?:(?P<word>{words})\s*[:：]?\s*)?(?:{address})?", re.IGNORECASE),
    )


def _any_of(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, words))
