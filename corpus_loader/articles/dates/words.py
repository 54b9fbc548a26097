"""The words of dates: what roles a word can play, and the tree of all names.

A word may play several roles in several languages (`mar` is March, or Tuesday): each role keeps its values with the
languages that they hold in. Names of several words are paths of a tree; `#` in a path is any number.
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from corpus_loader.articles.dates.calendars import Calendar
from corpus_loader.articles.dates.folding import WORD, word_key

__all__ = ["Entry", "Lexicon", "Month", "Node", "Role", "split_key"]

#: Tags of one language: macrolanguages, older codes, and languages that share their months.
_SAME: Final = {"no": "nb", "iw": "he", "in": "id", "tl": "fil", "kmr": "ku", "arz": "ar", "pes": "fa", "pbt": "ps"}
_KEY_TOKEN: Final = re.compile(rf"\d+|{WORD}|[^\w\s]")

#: Tags begin here: classes of the 64 characters up to U+00FF are bitmaps, which are compiled several times as fast as
#: those of others, and searched faster.
_FIRST_TAG: Final = 0xC0


class Role:
    """What a word can be to a date; one letter each, as the grammar writes them."""

    MONTH = "m"
    WEEKDAY = "w"  # beside a date
    WEEKDAY_ALONE = "W"  # also alone
    DAY_NAME = "r"  # today, yesterday
    GLUED_WEEKDAY = "G"  # the weekday in a day name that is written onto it
    PERIOD = "P"  # last month, this year
    ORDINAL = "o"  # a day of the month in words
    COUNT = "n"  # a number in words, for «two days ago»
    ELAPSED = "X"  # «# days ago»
    NOUN = "p"  # «day» before a date, part of the quote
    PREPOSITION = "i"  # «on», not part of the quote where it begins it
    ARTICLE = "x"
    OF = "f"
    SUFFIX = "s"  # 7th
    YEAR_WORD = "Y"
    YEAR_SUFFIX = "S"  # after a year that stands alone
    ERA = "E"
    EQUALS = "q"
    FROM = "B"
    TO = "R"
    AND = "A"
    SHIFT = "v"  # next, last, this
    THIS_MONTH = "c"  # said after a number alone
    PART = "h"  # morning, evening


class Month(NamedTuple):
    """A month's number in its calendar, and how sure its name is.

    2 anywhere; 1 where nothing odd is near; 0 beside a year or weekday; -1 the same, in a text of its language only.
    """

    calendar: Calendar
    number: int
    surety: int


class Entry:
    """All that one word or phrase can mean: role → (value, languages as a bit mask)."""

    __slots__ = ("meanings", "roles", "tag")

    def __init__(self) -> None:
        self.meanings: dict[str, list[tuple[Any, int]]] = {}
        #: The letters of its roles, sorted, and their one character in the grammar.
        self.roles = ""
        self.tag = ""

    def add(self, role: str, value: Any, language: int) -> None:
        """Join one meaning; the same value in another language widens its mask."""
        values = self.meanings.setdefault(role, [])
        for index, (known, mask) in enumerate(values):
            if known == value:
                values[index] = (value, mask | language)
                return
        values.append((value, language))

    def settle(self, tags: dict[str, str]) -> None:
        """Fix roles and tag when all tables are read."""
        self.roles = "".join(sorted(self.meanings))
        self.tag = tags.setdefault(self.roles, chr(_FIRST_TAG + len(tags)))


class Node:
    """A place in the tree of names: what ends here, and which words go on."""

    __slots__ = ("entry", "next")

    def __init__(self) -> None:
        self.entry: Entry | None = None
        self.next: dict[str, Node] = {}


def split_key(text: str) -> list[str]:
    """The words, numbers and signs of a name's key."""
    return _KEY_TOKEN.findall(word_key(text))


class Lexicon:
    """The tree of names of every language, and what may be concluded from a single word."""

    def __init__(self) -> None:
        self.root = Node()
        self.languages: dict[str, int] = {}
        #: Languages whose words count only in a text known to be theirs; those whose weekdays do.
        self.hinted_only = 0
        self.few_outlets = 0
        #: Names that are everyday words in small letters.
        self.capitalised: frozenset[str] = frozenset()
        #: Names that count only in a text known to be in one of these languages.
        self.own_language: dict[str, int] = {}
        #: Every word that stands in some name, and the roles of those names that a search can start from it.
        self.anchors: dict[str, str] = {}
        self.units: set[str] = set()
        #: One character, no sign of the grammar, for each set of roles that an entry can have.
        self.tags: dict[str, str] = {}
        self._masks: dict[str, int] = {}
        self._names: list[tuple[list[str], str]] = []

    def mask(self, language: str | None) -> int:
        """The bits of a BCP 47 tag and of the languages written the same way; 0 where it is unknown."""
        if not language:
            return 0
        known = self._masks.get(language)
        if known is not None:
            return known
        primary, _, rest = language.lower().replace("_", "-").partition("-")
        mask = self.languages.get(_SAME.get(primary, primary), 0)
        if primary == "fa" and rest == "af":
            mask |= self.languages["prs"]
        if primary == "prs":
            mask |= self.languages["fa"]
        if len(self._masks) < 1000:
            self._masks[language] = mask
        return mask

    def add(self, name: str, role: str, value: Any, language: int) -> None:
        """Enter one name in the tree."""
        words = split_key(name)
        if not words:
            return
        node = self.root
        for word in words:
            step = node.next.get(word)
            if step is None:
                step = node.next[word] = Node()
            node = step
        if node.entry is None:
            node.entry = Entry()
        node.entry.add(role, value, language)
        self._names.append((words, role))

    def names(self, text: str, role: str, value: Any, language: int) -> None:
        """Enter the variants of one value, divided by "|"."""
        for name in text.split("|"):
            self.add(name, role, value, language)

    def finish(self) -> None:
        """Settle the tags, and the words that a search starts from: of each name the rarest, here the longest."""
        for words, role in self._names:
            if len(words) == 1:
                self.anchors[words[0]] = self.anchors.get(words[0], "") + role
        for words, role in self._names:
            if len(words) > 1:
                for word in words:
                    self.anchors.setdefault(word, "")
                if role == Role.ELAPSED:
                    rare = [word for word in words if word not in self.units and word != "#"] or words
                    self.anchors[max(rare, key=len)] += role
                elif not any(role in self.anchors[word] for word in words):
                    rare = [word for word in words if Role.ORDINAL not in self.anchors[word]] or words
                    by_unit = role != Role.DAY_NAME  # «last week», but not «evvelsi gün»
                    rank = [(by_unit and len(word) > 2 and word in self.units, len(word)) for word in rare]
                    self.anchors[rare[rank.index(max(rank))]] += role
        self._names.clear()
        self.units = {unit for unit in self.units if len(unit) > 2 or not unit.isascii()}
        stack = [self.root]
        while stack:
            node = stack.pop()
            stack.extend(node.next.values())
            if node.entry is not None:
                node.entry.settle(self.tags)
