"""What the furniture of a page says about its outlet: signatures, title suffixes, credits, author boxes, copyright."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus_loader.articles.labels import body_places
from corpus_loader.articles.language import find_language
from corpus_loader.articles.outlets import Outlet, Starts, bare_host, name_key
from corpus_loader.articles.registry import Registry
from corpus_loader.records import Document, Evidence, LabelledBlock, Origin

__all__ = ["Clue", "Clues", "read_clues"]

_SEPARATOR = re.compile(r"\s*\|\s*|\s+(?:[-–—•·»«›]|::)+\s+")
#: What parts the names of a credit: «قناة "الحرة" / "راديو سوا"», «الجزيرة + وكالات».
_CREDIT_PARTS = re.compile(r"[/+،,;؛|]|\s[-–—و]\s")
_TIME = re.compile(r"\d{1,2}:\d{2}")  # digits of every script
_PRINTED_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
_KEYED = 250  # code points
_LONGEST_NAME = 6  # words
_CLOCK_LINE = 60  # code points: a longer line is a sentence
_FOOT_LINES = 15  # or a tenth of the page
_BOX = 60
_FOLLOW_LINE = 80


@dataclass(frozen=True, slots=True)
class Clue:
    """One place of the page and the outlets that it allows."""

    outlets: tuple[Outlet, ...]
    evidence: Evidence
    #: It settles the outlet by itself.
    decisive: bool


@dataclass(frozen=True, slots=True)
class Clues:
    """Everything in a page's furniture that speaks for an outlet."""

    clues: tuple[Clue, ...]
    #: What a system printed that several outlets share; each clue allows the same outlets.
    network: tuple[Clue, ...]
    #: The primary subtag of the article's language, where it can be told and any clue asks for it.
    language: str | None


def read_clues(document: Document, labels: Sequence[LabelledBlock], registry: Registry) -> Clues:
    """The clues outside the article's own sentences."""
    page = _Furniture(document, labels, registry)
    network = tuple(page.network())
    rules = (
        page.signatures,
        page.title_names,
        page.credits,
        page.permalinks,
        page.author_boxes,
        page.copyrights,
        page.follow_lines,
        page.lone_names,
    )
    clues = [clue for rule in rules for clue in rule()]
    if network:
        clues.extend(page.clocks(network[0].outlets))
    return Clues(tuple(clues), network, page.language if clues or network else None)


class _Furniture:
    """The lines of one page as keys, and the rules that read them; each rule yields its clues in page order."""

    def __init__(self, document: Document, labels: Sequence[LabelledBlock], registry: Registry) -> None:
        self.document, self.registry = document, registry
        self.texts = document.texts
        #: The key of each line; empty where it is longer than any name or signature, or begins like none of them.
        longest, starts, size = registry.longest_line, registry.starts, Starts.SIZE
        self.keys = [name_key(text) if len(text) <= longest and starts[text[:size]] else "" for text in self.texts]
        known = registry.name_keys.keys() & self.keys
        #: The lines that are the name of an outlet and nothing else.
        self.names = [i for i, key in enumerate(self.keys) if key in known] if known else []
        self.body = body_places(labels)
        #: The first body block and one past the last: 0 where there is none.
        self.body_start = self.body[0] if self.body else 0
        self.body_end = self.body[-1] + 1 if self.body else 0

    @cached_property
    def language(self) -> str | None:
        """The primary subtag of the article's language, if it can be told."""
        tag = find_language("\n\n".join(self.texts[i] for i in self.body)).value
        return tag.partition("-")[0] if tag else None

    def signatures(self) -> Iterator[Clue]:
        """A line that only one outlet prints."""
        furniture = self.registry.furniture_keys
        if furniture.keys() & self.keys:
            for i, key in enumerate(self.keys):
                if (outlets := furniture.get(key)) is not None:
                    yield self._line(outlets, "furniture-line", i, 0.98)

    def title_names(self) -> Iterator[Clue]:
        """The name that a page's `<title>` ends or begins with: «headline | name»."""
        stated = self.document.stated("title")
        origin: Origin = "markup" if stated else "text"
        if stated:
            title, offset = stated[0].value, stated[0].start
        elif self.texts:
            title, offset = self.texts[0], self.document.blocks[0].start
        else:
            return
        for start, end, rest in _segments(title):
            outlets = self.registry.named(title[start:end])
            # An agency's name may end a headline («… - رويترز»); if a heading repeats the title without it, it is none.
            if outlets and (stated or _signing(outlets) or self._is_repeated(rest)):
                first, last = (None, None) if offset is None else (offset + start, offset + end)
                evidence = Evidence("source", "title-name", first, last, title[start:end], origin, 0.97)
                yield Clue(outlets, evidence, decisive=True)
                return

    def _is_repeated(self, headline: str) -> bool:
        """Is the headline, with or without what stands behind its first bar, a line of the page?"""
        keys = {name_key(headline), name_key(_SEPARATOR.split(headline)[0])} - {""}
        return any(name_key(text[:_KEYED]) in keys for text in self.texts[1:])

    def credits(self) -> Iterator[Clue]:
        """The outlets that a credit line names; agencies sell their texts and are passed over.

        One outlet beside «agencies» signs its own work («الجزيرة + وكالات»); alone it may as well be who was copied.
        """
        for i, text in [(i, text) for i, text in enumerate(self.texts) if ":" in text or "：" in text]:
            value = self.registry.phrases.credit_value(text)
            if value is None:
                continue
            if (own := self.registry.credit_keys.get(name_key(value))) is not None:
                yield self._line(own, "own-credit", i, 0.9)
                continue
            parts = _CREDIT_PARTS.split(value)
            named = [outlets for part in parts if (outlets := _signing(self.registry.named(part)))]
            own_work = len(named) == 1 and any(name_key(part) in self.registry.phrases.agencies for part in parts)
            for outlets in named:
                if own_work:
                    yield self._line(outlets, "credit-beside-agencies", i, 0.85)
                else:
                    yield self._line(outlets, "credit-name", i, 0.7, decisive=False)

    def permalinks(self) -> Iterator[Clue]:
        """The page's own address, printed behind a word for it or under one («لینک کوتاه», «Permalink»)."""
        permalink = self.registry.phrases.permalink
        for i, text in [(i, text) for i, text in enumerate(self.texts) if "/" in text]:
            match = permalink.fullmatch(text) if len(text) <= _KEYED else None
            if match is None or match["host"] is None:
                continue
            above = permalink.fullmatch(self.texts[i - 1]) if i else None
            host = bare_host(match["host"])
            labelled = match["word"] or (above is not None and above["host"] is None)
            if labelled and host not in self.registry.phrases.intermediaries:
                yield self._line((self.registry.outlet(host) or Outlet(host),), "permalink", i, 0.9)

    def author_boxes(self) -> Iterator[Clue]:
        """A name on a line of its own, and under it a paragraph that begins with that name: who the author is."""
        for i in self.names:
            if self.body_start <= i < len(self.texts) - 1 and (
                outlets := _signing(self.registry.name_keys[self.keys[i]])
            ):
                box = name_key(self.texts[i + 1][:_KEYED])
                if len(box) >= _BOX and box.startswith(self.keys[i] + " "):
                    yield self._line(outlets, "author-box", i, 0.9)

    def copyrights(self) -> Iterator[Clue]:
        """The outlets that a copyright line in the page's foot names, by host or, behind the ©, by name.

        Copies of agency texts carry the seller's notice under the text, photos the agency's: neither is in the foot.
        """
        foot = len(self.keys) - max(_FOOT_LINES, len(self.keys) // 10)
        for i in range(max(foot, self.body_end), len(self.keys)):
            text = self.texts[i]
            claim = self.registry.phrases.claim(text) if len(text) <= _KEYED else None
            if claim is None:
                continue
            hosts = (self.registry.outlet(match[0]) for match in _PRINTED_HOST.finditer(text))
            before, behind = claim
            named: list[tuple[Outlet, ...]] = [(outlet,) for outlet in hosts if outlet is not None]
            named = named or self._names_in(behind) or self._names_in(before, at_end=True)
            own = self.registry.phrases.speaks_of_itself(text)
            for outlets in dict.fromkeys(found if own else _signing(found) for found in named):
                if outlets:
                    yield self._line(outlets, "copyright-line", i, 0.95)

    def follow_lines(self) -> Iterator[Clue]:
        """A line that asks to follow the outlet."""
        phrases = self.registry.phrases
        ends = phrases.follow_ends
        for i, text in [(i, text) for i, text in enumerate(self.texts) if text.endswith(ends)]:
            name = phrases.followed(text) if len(text) <= _FOLLOW_LINE else None
            if name is not None and (outlets := _signing(self.registry.named(name))):
                yield self._line(outlets, "follow-line", i, 0.9)

    def lone_names(self) -> Iterator[Clue]:
        """A line above the article that is a name and nothing else: a logo, or a link to another outlet."""
        for i in self.names:
            if i < self.body_start and (outlets := _signing(self.registry.name_keys[self.keys[i]])):
                yield self._line(outlets, "name-line", i, 0.6, decisive=False)

    def network(self) -> Iterator[Clue]:
        """Lines of a system that several outlets share, where a page prints at least two of them."""
        for name, network in self.registry.networks.items():
            seen = {i: tag for tag, lines in network.furniture.items() for line in lines for i in self._places(line)}
            if len(seen) < 2:
                continue
            spoken = {tag for tag in (*seen.values(), self.language) if tag}
            members = tuple(
                outlet
                for outlet in self.registry.outlets.values()
                if outlet.network == name and spoken <= set(outlet.languages)
            )
            if members:
                yield from (self._line(members, f"network-{name}", i, None, decisive=False) for i in sorted(seen))

    def clocks(self, members: Sequence[Outlet]) -> Iterator[Clue]:
        """The place that the clock of the page head names, where one member's clock names it."""
        for i in range(self.body_start if self.body else len(self.keys)):
            if len(self.texts[i]) > _CLOCK_LINE or not _TIME.search(self.texts[i]):
                continue
            words = name_key(self.texts[i]).split()
            if outlets := tuple(o for o in members if o.clock is not None and name_key(o.clock) in words):
                yield self._line(outlets, "head-clock", i, 0.9, decisive=False)

    def _names_in(self, text: str, *, at_end: bool = False) -> list[tuple[Outlet, ...]]:
        """The names that stand in a text as whole words, the longest first at each place, none inside another."""
        words, found, i = name_key(text).split(), [], 0
        while i < len(words):
            for end in range(min(i + _LONGEST_NAME, len(words)), i, -1):
                outlets = self._named(words[i:end])
                if outlets is not None and not self._is_crossed(words, i + 1, end):
                    if end == len(words) or not at_end:
                        found.append(outlets)
                    i = end - 1
                    break
            i += 1
        return found

    def _is_crossed(self, words: Sequence[str], start: int, end: int) -> bool:
        """Does a name begin there that goes on behind the end? «جريدة اليوم السابع» is of «اليوم السابع»."""
        return any(
            self._named(words[first:last]) is not None
            for first in range(start, end)
            for last in range(end + 1, min(first + _LONGEST_NAME, len(words)) + 1)
        )

    def _named(self, words: Sequence[str]) -> tuple[Outlet, ...] | None:
        """The outlets of a name, none for one that many bear, None for what is no name; «لصحيفة X» is «صحيفة X»."""
        first, rest = words[0], words[1:]
        for word in (first, first[1:], "ا" + first[1:]) if first.startswith("ل") else (first,):
            name = " ".join((word, *rest))
            if (outlets := self.registry.name_keys.get(name)) is not None:
                return outlets
            if name in self.registry.phrases.shared_names:
                return ()
        return None

    def _places(self, line: str) -> Iterator[int]:
        """Where a piece of furniture begins; one of several lines is matched line by line."""
        wanted = [name_key(part) for part in line.split("\n")]
        if wanted[0] in self.keys:
            yield from (i for i in range(len(self.keys)) if self.keys[i : i + len(wanted)] == wanted)

    def _line(
        self, outlets: tuple[Outlet, ...], rule: str, index: int, confidence: float | None, *, decisive: bool = True
    ) -> Clue:
        block = self.document.blocks[index]
        quote = self.texts[index]
        return Clue(outlets, Evidence("source", rule, block.start, block.end, quote, confidence=confidence), decisive)


def _signing(outlets: tuple[Outlet, ...]) -> tuple[Outlet, ...]:
    """The outlets, unless one of them sells its texts: then the name is a credit."""
    return () if any(outlet.wire for outlet in outlets) else outlets


def _segments(title: str) -> Iterator[tuple[int, int, str]]:
    """The last segments of a title, then its first: where each stands, and the rest of the title without it."""
    cuts = list(_SEPARATOR.finditer(title))
    for k in range(len(cuts) - 1, max(len(cuts) - 3, -1), -1):
        end = cuts[k + 1].start() if k + 1 < len(cuts) else len(title)
        yield cuts[k].end(), end, title[: cuts[k].start()]
    if cuts:
        yield 0, cuts[0].start(), title[cuts[0].end() :]
