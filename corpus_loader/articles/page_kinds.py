"""What a page says itself that it is: an error, a wall, a login, a notice of its site, a search, a gallery, a video."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cache

from corpus_loader.articles import vocabulary
from corpus_loader.articles.wording import is_spaceless, title_key, words_of
from corpus_loader.records import Document

__all__ = ["KINDS", "NAME", "Kind", "Line", "is_live", "is_numbered_caption", "stated_types", "words_alone"]

#: What parts a heading from a section's or an outlet's name. No colon: it stands behind a kicker («Video: Police …»).
_PARTS = re.compile(r"\||::|[•·›]| -+ ")
#: An outlet's name, which may stand before the words that tell, is no longer.
NAME = 30
#: What "…" stands for inside a phrase.
_GAP = r"\W+(?:\w+\W+){0,6}?"


#: «3/12 A wave breaks over the harbour wall», «3 of 12: …», in the digits of any script.
_NUMBERED = re.compile(r"\W?(\d{1,3})\s?(?:/|of|von|de|di|sur|van|av|из|من|از)\s?(\d{1,3})(?![\d/.,%])\W*(?=[^\W\d])")

#: Types of articles in JSON-LD.
_OF_ARTICLES = re.compile("(?:Article|Posting|Report)$")


class Line:
    """A heading or a paragraph, as its words are compared."""

    def __init__(self, text: str) -> None:
        self.key = title_key(text)
        self.words = frozenset(words_of(self.key))

    @property
    def parts(self) -> list[str]:
        """The headline and the names beside it, as in a `<title>`."""
        return [part for part in map(str.strip, _PARTS.split(self.key)) if part]


@dataclass(frozen=True)
class Kind:
    """One kind of page that is no article; its words are those of `[not_article]` in `vocabulary.toml`."""

    name: str
    #: In words, for those who read the rejection.
    what: str
    #: A page with so many letters that read like an article's is none of this kind, whatever its heading says.
    letters: float
    #: Its phrases tell also as the better part of what reads like a body.
    in_body: bool = False
    #: They tell also as a short line in or right below the body.
    below_body: bool = False
    #: Its common words name sections too, which stand behind the headlines of articles.
    is_section: bool = False
    #: The `og:type` that such pages state, without its sub-type, and their type in JSON-LD, beside which no article is.
    og_type: str | None = None
    jsonld: str | None = None

    def said_by(self, heading: Line) -> str | None:
        """The words by which a heading says that the page is of this kind."""
        if (phrase := self.said_in(heading)) is not None or _common_words(self.name).isdisjoint(heading.words):
            return phrase
        parts = heading.parts
        behind_name = len(parts) == 2 and len(parts[0]) <= NAME and not self.is_section
        return next((part for part in parts[: 1 + behind_name] if _alone(self.name).fullmatch(part)), None)

    def stated_in(self, types: Set[str]) -> str | None:
        """The type by which the page's markup states that it is of this kind; `types` are all that it states."""
        if self.og_type in types:
            return self.og_type
        return self.jsonld if self.jsonld in types and not any(map(_OF_ARTICLES.search, types)) else None

    def said_in(self, line: Line) -> str | None:
        """The first phrase of this kind in a line; single common words are none."""
        return _phrase_in(self.name, line)


KINDS = (
    Kind("error", "an error page", 600, in_body=True),
    Kind("wall", "a consent, login or subscription wall", 1500, in_body=True),
    Kind("paywall", "the beginning of an article behind a paywall", 400, in_body=True, below_body=True),
    Kind("login", "a login page", 500),
    Kind("machine", "a page of a server or of its guard", 1100, below_body=True),
    Kind("parked", "a parked domain", 600, in_body=True),
    Kind("notice", "a notice of the site about itself", float("inf")),
    Kind("search", "a list of what was found or kept", 2000, is_section=True, jsonld="SearchResultsPage"),
    Kind("author", "a page about an author", 2000, jsonld="ProfilePage"),
    Kind("gallery", "a gallery", 250, is_section=True),
    Kind("video", "a page of a video", 250, is_section=True, og_type="og:video"),
    Kind("player", "a page of a video", 120, below_body=True),
)


def is_live(heading: Line) -> bool:
    """Does a heading announce a live blog: one article in many pieces?"""
    return _phrase_in("live", heading) is not None


def is_numbered_caption(line: str) -> bool:
    """Does a line begin with the number of one picture and that of all?"""
    match = _NUMBERED.match(line)
    return match is not None and 0 < int(match[1]) <= int(match[2])


def stated_types(document: Document) -> frozenset[str]:
    """The types of JSON-LD that a page states, and its `og:type`, without its sub-type."""
    found = {name.partition(".")[0] for name in document.stated_names if name.startswith("jsonld:")}
    og_types = (datum.value.lower().partition(".")[0] for datum in document.stated("meta:og:type"))
    return frozenset({name.removeprefix("jsonld:") for name in found}.union(f"og:{name}" for name in og_types))


def words_alone(name: str, lines: Iterable[str]) -> list[str]:
    """The words of a list of `[not_article]` that lines are made of, or that stand before the colon of one."""
    words = _words_alone(name)
    heads = (line.partition(":")[0].strip().casefold() for line in lines)
    return [head for head in heads if head in words]


@cache
def _words_alone(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in vocabulary.raw("not_article", name))


def _phrase_in(name: str, line: Line) -> str | None:
    phrases = _phrases(name)
    matches = (phrases[word].search(line.key) for word in sorted(line.words & phrases.keys()))
    return next((match[0] for match in matches if match), None)


@cache
def _common_words(name: str) -> frozenset[str]:
    return frozenset(_longest(word) for word in vocabulary.raw("not_article", f"{name}_alone"))


def _longest(phrase: str) -> str:
    return max(words_of(title_key(phrase)), key=len)


@cache
def _phrases(name: str) -> dict[str, re.Pattern[str]]:
    """Finds the phrases of a list, by the longest word of each: most lines hold none of these words."""
    patterns: dict[str, list[str]] = {}
    for phrase in vocabulary.raw("not_article", name):
        patterns.setdefault(_longest(phrase), []).append(_pattern(phrase))
    return {word: re.compile(_either(alike)) for word, alike in patterns.items()}


def _pattern(phrase: str) -> str:
    """Whole words, where the script parts words; "…" and a colon mean what they mean in the vocabulary."""
    parts = [title_key(part) for part in phrase.removesuffix("…").split("…")]
    begins = r"(?<!\w)" if phrase[0].isalnum() and not is_spaceless(phrase[0]) else ""
    ends = r" ?:" if phrase.endswith((": …", "：…")) else "" if is_spaceless(parts[-1][-1]) else r"(?!\w)"
    return (r"\A" if phrase.endswith("…") else begins) + _GAP.join(map(re.escape, parts)) + ends


@cache
def _alone(name: str) -> re.Pattern[str]:
    """Matches what is made of the words of a list and nothing else."""
    word = _either(re.escape(title_key(word)) for word in vocabulary.raw("not_article", f"{name}_alone"))
    joint = _either(map(re.escape, vocabulary.raw("not_article", "joints")))
    return re.compile(rf"\W*(?:{word})(?:(?:\W+|\W*(?:{joint})\W*)(?:{word}))*\W*")


def _either(patterns: Iterable[str]) -> str:
    """Any of the patterns, the longest first."""
    return "|".join(sorted(set(patterns), key=lambda one: (-len(one), one)))
