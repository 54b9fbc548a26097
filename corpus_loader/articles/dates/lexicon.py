"""The words of dates in all languages, read from `tables/` on first use.

A word may play several roles in several languages (`mar` is March, or Tuesday): each role keeps its values with the
languages that they hold in. Names of several words are paths of a tree; `#` in a path is any number.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from corpus_loader.articles.dates.calendars import Calendar
from corpus_loader.articles.dates.folding import word_key

__all__ = ["Entry", "Lexicon", "Month", "Node", "Role", "lexicon", "split_key"]

_HANDMADE: Final = ("arabic.toml", "persian.toml", "south_asia_kurdish.toml", "latin_and_others.toml")
#: Languages whose words count only where the text is known to be theirs.
_HINTED_ONLY: Final = frozenset({"prs", "azb", "ug", "sd"})
#: Languages whose short month names are read in any text; those of the others only in their own.
_SHORT_NAMES_READ: Final = frozenset("en fr de es it pt nl pl ru sv da nb tr id fi cs he hi el uk".split())
_UNITS: Final = ("minute", "hour", "day", "week", "month", "year")
_KEY_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")


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
    PART = "h"  # morning, evening


class Month(NamedTuple):
    """A month's number in its calendar, and how sure its name is: 2 anywhere, 1 if nothing odd is near, 0 with a year."""

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
        self.tag = tags.setdefault(self.roles, chr(0xE000 + len(tags)))


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
        self.hinted_only = 0
        #: Names that are everyday words in small letters.
        self.capitalised: frozenset[str] = frozenset()
        #: Names that count only in a text known to be in one of these languages.
        self.own_language: dict[str, int] = {}
        #: Every word that stands in some name, and the roles of those names that a search can start from it.
        self.anchors: dict[str, str] = {}
        self.units: set[str] = set()
        #: One private character for each set of roles that an entry can have.
        self.tags: dict[str, str] = {}
        self._names: list[tuple[list[str], str]] = []

    def mask(self, language: str | None) -> int:
        """The bits of a BCP 47 tag and of the languages written the same way; 0 where it is unknown."""
        if not language:
            return 0
        primary, _, rest = language.replace("_", "-").partition("-")
        mask = self.languages.get(primary.lower(), 0)
        if primary.lower() == "fa" and rest.upper() == "AF":
            mask |= self.languages["prs"]
        if primary.lower() == "prs":
            mask |= self.languages["fa"]
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
        """Settle tags, and the word of each name that a search starts from: the longest that is no unit, unless another name is in it."""
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
                    rare = [word for word in words if not self.anchors[word]] or words
                    self.anchors[max(rare, key=len)] += role
        self._names.clear()
        stack = [self.root]
        while stack:
            node = stack.pop()
            stack.extend(node.next.values())
            if node.entry is not None:
                node.entry.settle(self.tags)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of all tables; built once a process."""
    folder = files("corpus_loader.articles.dates") / "tables"
    words = Lexicon()
    tables = [tomllib.loads((folder / name).read_text("utf-8")) for name in _HANDMADE]
    cldr = json.loads((folder / "cldr.json").read_text("utf-8"))["languages"]
    codes = [code for table in (*tables, cldr) for code in table]
    for code in dict.fromkeys(code.partition("-")[0] for code in codes):
        words.languages[code] = 1 << len(words.languages)
    for code in _HINTED_ONLY:
        words.hinted_only |= words.languages[code]
    for table in tables:
        for code, language in table.items():
            _add_language(words, language, words.languages[code])
    for code, language in cldr.items():
        _add_cldr(words, language, words.languages[code.partition("-")[0]], code)
    words.finish()
    return words


def _add_language(words: Lexicon, table: dict[str, Any], language: int) -> None:
    for surety, field in ((2, "months"), (1, "months_guarded"), (0, "months_with_year")):
        for calendar, names in table.get(field, {}).items():
            for number, variants in enumerate(names, 1):
                month = Month(calendar, number, surety)
                for name in _inflected(variants, table):
                    words.add(name, Role.MONTH, month, language)
    for role, field in ((Role.WEEKDAY_ALONE, "weekdays"), (Role.WEEKDAY, "weekdays_in_date")):
        for number, variants in enumerate(table.get(field, ())):
            for name in _inflected(variants, table):
                words.add(name, Role.WEEKDAY, number, language)
                if role == Role.WEEKDAY_ALONE:
                    words.add(name, role, number, language)
    for shift, variants in table.get("relative_days", {}).items():
        words.names(variants, Role.DAY_NAME, int(shift), language)
        if shift in {"0", "-1"} and table.get("glued_days"):
            _add_glued_days(words, variants.partition("|")[0], int(shift), table, language)
    for period, variants in table.get("relative_periods", {}).items():
        unit, shift = period.split()
        words.names(variants, Role.PERIOD, (unit, int(shift)), language)
    _add_company(words, table, language)
    _add_numbers(words, table.get("numbers", {}), language)
    _add_elapsed(words, table.get("elapsed", {}), language)
    words.capitalised |= frozenset(map(word_key, table.get("capitalised", ())))
    words.own_language.update((word_key(word), language) for word in table.get("only_if_language", ()))


def _add_glued_days(words: Lexicon, name: str, shift: int, table: dict[str, Any], language: int) -> None:
    """«امروزدوشنبه»: a space was lost between today and its weekday."""
    for number, variants in enumerate(table["weekdays"]):
        for weekday in variants.split("|"):
            words.add(name + weekday, Role.DAY_NAME, shift, language)
            words.add(name + weekday, Role.GLUED_WEEKDAY, number, language)


_COMPANY: Final = {
    "day_noun": (Role.NOUN, True),
    "preposition": (Role.PREPOSITION, True),
    "article": (Role.ARTICLE, True),
    "of": (Role.OF, True),
    "suffixes_of_day": (Role.SUFFIX, True),
    "year_word": (Role.YEAR_WORD, True),
    "year_suffix": (Role.YEAR_SUFFIX, True),
    "equals": (Role.EQUALS, True),
    "range_start": (Role.FROM, True),
    "range_to": (Role.TO, True),
    "and": (Role.AND, True),
    "next": (Role.SHIFT, 1),
    "last": (Role.SHIFT, -1),
    "this": (Role.SHIFT, 0),
    "part_of_day": (Role.PART, True),
}


def _add_company(words: Lexicon, table: dict[str, Any], language: int) -> None:
    for field, (role, value) in _COMPANY.items():
        words.names(table.get(field, ""), role, value, language)
    for calendar, names in table.get("era", {}).items():
        words.names(names, Role.ERA, calendar, language)


def _add_numbers(words: Lexicon, table: dict[str, Any], language: int) -> None:
    for number, names in enumerate(table.get("words", ())):
        words.names(names, Role.COUNT, number, language)
    for field in ("ordinals", "cardinals"):
        for number, names in enumerate(table.get(field, ()), 1):
            words.names(names, Role.ORDINAL, number, language)


def _add_elapsed(words: Lexicon, table: dict[str, Any], language: int) -> None:
    exact = table.get("exact", {})
    for unit in _UNITS:
        forms = [form for form in table.get(unit, "").split("|") if form]
        words.units.update(split_key(form)[0] for form in forms)
        for sign, patterns in ((-1, table.get("ago", ())), (1, table.get("ahead", ()))):
            for pattern in patterns:
                for form in forms:
                    words.add(pattern.replace("{}", f"# {form}"), Role.ELAPSED, (unit, sign, None), language)
                for said in filter(None, exact.get(unit, "").split("|")):
                    form, _, count = said.rpartition(" ")
                    words.units.add(split_key(form)[0])
                    words.add(pattern.replace("{}", form), Role.ELAPSED, (unit, sign, int(count)), language)
        if not table.get("ago"):  # whole phrases
            for said in filter(None, exact.get(unit, "").split("|")):
                phrase, _, count = said.rpartition(" ")
                words.units.update(split_key(phrase)[-2:])
                words.add(phrase, Role.ELAPSED, (unit, -1, int(count)), language)


def _inflected(variants: str, table: dict[str, Any]) -> Iterator[str]:
    """Each variant, bare and with each ending."""
    for name in filter(None, variants.split("|")):
        yield name
        yield from (name + suffix for suffix in table.get("suffixes", ()))


def _add_cldr(words: Lexicon, table: dict[str, Any], language: int, code: str) -> None:
    for number, name in enumerate(table["months"], 1):
        sure = len(name) > 4 or code in _SHORT_NAMES_READ
        words.add(name, Role.MONTH, Month("gregorian", number, 2 if sure else -1), language)
    surety = 2 if code == "en" else 0 if code in _SHORT_NAMES_READ else -1
    for number, name in enumerate(table["months_short"], 1):
        if len(name) > 1 and word_key(name) != word_key(table["months"][number - 1]):
            words.add(name, Role.MONTH, Month("gregorian", number, surety), language)
    for number, name in enumerate(table["weekdays"]):
        words.add(name, Role.WEEKDAY, number, language)
        if len(name) > 4 and name not in _AMBIGUOUS_WEEKDAYS:
            words.add(name, Role.WEEKDAY_ALONE, number, language)
    for number, name in enumerate(table["weekdays_short"]):
        if len(name) > 1:
            words.add(name, Role.WEEKDAY, number, language)
    for unit, patterns in table["ago"].items():
        for pattern in patterns:
            phrase = split_key(pattern.replace("{0}", "#"))
            words.units.update(_beside_number(phrase))
            words.add(pattern.replace("{0}", " # "), Role.ELAPSED, (unit, -1, None), language)


def _beside_number(phrase: list[str]) -> list[str]:
    """The word after the number, or before it where nothing follows."""
    place = phrase.index("#")
    return phrase[place + 1 : place + 2] or phrase[max(place - 1, 0) : place]


#: Weekdays that are everyday words as well: they are read beside a date only.
_AMBIGUOUS_WEEKDAYS: Final = frozenset(
    ["domingo", "pazar", "minggu", "среда", "Среда", "субота", "Τρίτη", "Τετάρτη", "Πέμπτη", "Παρασκευή", "Δευτέρα", "segunda", "terça", "sexta", "quarta", "quinta", "środa", "mercoledì"]
)
