"""Where in a text a date can be: words become classes at the speed of C, and runs of date words are found in these.

The text is cut into words and signs; a table gives each a class of one letter; the classes of the whole text, joined,
are one string, and a regular expression finds in it what every date must have: a month's name beside a number, a
weekday, «yesterday», three numbers with signs between them. Only the run of known words around such an anchor is cut
finely and looked up in the tree of names. All steps are linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from corpus_loader.articles.dates.cuts import SKIPPED, likely_words, spans_of, tags_of
from corpus_loader.articles.dates.folding import JOINER, fold
from corpus_loader.articles.dates.lexicon import lexicon
from corpus_loader.articles.dates.words import Entry, Lexicon, Node, Role

__all__ = ["Token", "runs"]

_ISO_MIDDLE: Final = re.compile(r"[0-3]\dt[0-2]\d", re.ASCII)
_OTHER_SIGNS: Final = {"\n": "\n", "\\": "/", "_": "-"}
_WITH_LOW_LINES: Final = re.compile(r"\d{4}_\d\d?_\d\d?", re.ASCII)
_SIGNS: Final = frozenset("/.-,():'°|")
#: Letters written onto the next word: Arabic «and», «in», «to», «so», «as»; Hebrew the same and «from», «the».
_CLITICS: Final = frozenset("وبلفکבלמוה")
_CARRIERS: Final = frozenset((Role.MONTH, Role.WEEKDAY_ALONE, Role.DAY_NAME, Role.ORDINAL, Role.NOUN, Role.PERIOD))
_BARRIER: Final = re.compile("[#\n]")
#: ! day word, l day word of certain languages, m month, M month or era with numbers, u unit, t «ago», Y year word,
#: U both year word and unit, E era, o ordinal, n number word, a and b days of one and two digits, z other two digits,
#: y four digits, + known, # nothing.
_ANCHOR: Final = (
    r"(?<=M)|(?<=[aboyz!])[^#\n]{0,3}m|(?<=m)[^#\n]{0,3}[aboyz!]|(?<=[abzy])[/.|-][ab][/.|-][abzy]"
    r"|(?<=[tuU])\+?[abzn]?[uU]|(?<=[abzn])[uUm][t!]|(?<=[uU])[tm]|(?<=[ab])\+?t|(?<=[YU])[yzb]|(?<=y)[EYU]|(?<=z)\.?E"
    r"|(?<=[ab])\+{0,2}[ab]\+?y|(?<=\+)-[ab][./][ab]"
)
#: The first letter stands before the choices, so that a search can leap to it.
_ANCHORS: Final = re.compile(rf"[!MaboyzmtuUnY+](?:(?<=!)|{_ANCHOR})")
_ANCHORS_HINTED: Final = re.compile(rf"[!lMaboyzmtuUnY+](?:(?<=[!l])|{_ANCHOR})")
#: What a day needs that is printed with its month, in words or figures.
_ANCHORS_OF_STAMPS: Final = re.compile(
    r"[!Maboyzm+](?:(?<=M)|(?<=[aboyz!])[^#\n]{0,3}m|(?<=m)[^#\n]{0,3}[aboyz!]|(?<=[abzy])[/.|-][ab][/.|-][abzy]"
    r"|(?<=[ab])\+{0,2}[ab]\+?y|(?<=\+)-[ab][./][ab]|(?<=!)[^#\n]{0,4}[ab][/.][ab])"
)
_REACH: Final = 32
#: Letters and digits that are written together have no more parts.
_PARTS: Final = 7
#: A text of so many code points is cut finely at once.
_SHORT: Final = 256
#: The cache of classes is dropped when it has seen so many words.
_KNOWN_WORDS: Final = 300_000


class Token(NamedTuple):
    """A word, name, number or sign in a run: offsets in the text, its tag in the grammar, what it means."""

    start: int
    end: int
    tag: str
    key: str
    entry: Entry | None
    #: A number's value; the number inside «# days ago».
    number: int | None


#: First and one past the last word (none: the first letter alone), letters skipped, and tag, key, entry, number.
_Name = tuple[int, int, int, tuple[str, str, Entry | None, int | None]]


class _Keys(dict[str, str]):
    """The key of every word met so far."""

    def __missing__(self, word: str) -> str:
        folded = fold(word).strip()
        key = self[word] = folded.replace(JOINER, "") or ("-" if JOINER in word else "")  # tatweel alone is a dash
        return key


class _Classes(dict[str, str]):
    """The class of every word met so far."""

    def __init__(self, words: Lexicon) -> None:
        super().__init__()
        self._words = words
        self.keys_of = _Keys()
        self.likely = likely_words(filter(str.isascii, words.anchors))

    def __missing__(self, word: str) -> str:
        found = self._classify(word)
        if len(word) < 40:
            self[word] = found
        return found

    def _classify(self, word: str) -> str:
        if word in _OTHER_SIGNS:
            return _OTHER_SIGNS[word]
        key = self.keys_of[word]
        if not key:  # a joiner
            return "+"
        if key in _SIGNS:
            return key
        if key.isdecimal():
            return _number_class(key)
        roles = self._words.anchors.get(key)
        if roles is not None:
            return self._word_class(key, roles)
        carried = self._words.anchors.get(without_clitic(key), "")
        if carried and not _CARRIERS.isdisjoint(carried):
            return self._word_class(without_clitic(key), carried)
        if key.isalpha():
            return "#"
        parts = [key[start:end] for start, end in spans_of(key, 0, len(key), _PARTS + 1)]
        return self._mixed(key, parts) if 1 < len(parts) <= _PARTS else "#"

    def _word_class(self, key: str, roles: str) -> str:
        if any(role in roles for role in (Role.WEEKDAY_ALONE, Role.DAY_NAME, Role.PERIOD)):
            return "l" if key in self._words.own_language else "!"
        if Role.MONTH in roles:
            return "m"
        if key in self._words.units:
            return "U" if Role.YEAR_WORD in roles else "u"
        for role, letter in _CLASS_OF_ROLE:
            if role in roles:
                return letter
        return "+"

    def _mixed(self, key: str, parts: list[str]) -> str:
        """The class of letters and digits written together: of the month, else of the number."""
        if _ISO_MIDDLE.fullmatch(key):
            return "b"
        if _WITH_LOW_LINES.fullmatch(key):
            return "M"
        classes = [self[part] for part in parts]
        if "#" in classes:
            ends = (classes[0], classes[-1])  # «7 April 2020Volume 172», «11:39 GMT29 April 2020»
            return next((letter for letter in ends if letter in "aby"), "#")
        if "m" in classes or ("y" in classes and ("E" in classes or "Y" in classes)):
            return "M"
        return next((letter for letter in classes if letter in "!yabz"), "+")


_CLASS_OF_ROLE: Final = (
    (Role.ELAPSED, "t"),
    (Role.THIS_MONTH, "t"),
    (Role.YEAR_WORD, "Y"),
    (Role.ERA, "E"),
    (Role.ORDINAL, "o"),
    (Role.COUNT, "n"),
)


def without_clitic(key: str) -> str:
    """The word without the letter written onto it («والجمعة», «للأحد», «באוקטובר»); empty where there is none."""
    if len(key) < 4 or key[0] not in _CLITICS:
        return ""
    return f"ا{key[1:]}" if key.startswith("لل") else key[1:]


def _number_class(digits: str) -> str:
    length, value = len(digits), int(digits) if len(digits) < 5 else 0
    if length <= 2 and 1 <= value <= 31:
        return "a" if length == 1 else "b"
    if length == 2:
        return "z"
    if length == 6 and digits[:2] in {"13", "14", "19", "20"}:  # «201514:30»: a clock written onto the year
        return "y"
    return "y" if length == 4 and 1000 <= value <= 2799 else "#"


@lru_cache(maxsize=1)
def _classes() -> _Classes:
    return _Classes(lexicon())


def runs(text: str, *, hinted: bool = False, stamps: bool = False) -> Iterator[list[Token]]:
    """The runs of date words in the text that hold an anchor, in order; a run never crosses a line.

    `hinted`: the text's language is known, so that words which are dates in some languages only are anchors too.
    `stamps`: only runs that can hold a day with its month.
    """
    classes = _classes()
    if len(classes) > _KNOWN_WORDS:
        classes.clear()
        classes.keys_of.clear()
    anchors = _ANCHORS_OF_STAMPS if stamps else _ANCHORS_HINTED if hinted else _ANCHORS
    is_fine = len(text) <= _SHORT or SKIPPED.search(text) is not None
    tags, starts = tags_of(text, is_fine, classes, classes.likely)
    starts.append(len(text))
    for left, right in _extents(tags, anchors):
        yield _collapse(text, spans_of(text, starts[left], starts[right]))


def _extents(tags: str, anchors: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """First and one past the last token of each run: from barrier to barrier around an anchor, at most `_REACH`."""
    done = 0
    for match in anchors.finditer(tags):
        anchor = match.start()
        if anchor < done:
            continue
        left = max(done, anchor - _REACH)
        left = max(tags.rfind("#", left, anchor) + 1, tags.rfind("\n", left, anchor) + 1, left)
        found = _BARRIER.search(tags, anchor, anchor + _REACH)
        done = found.start() if found else min(anchor + _REACH, len(tags))
        yield left, done


def _collapse(text: str, spans: Sequence[tuple[int, int]]) -> list[Token]:
    """A run that is cut finely, every name of several words made one token."""
    keys_of = _classes().keys_of
    keys = tuple([keys_of[text[start:end]] for start, end in spans])
    tokens = []
    for first, stop, skipped, meaning in _names(keys):
        start = spans[first][0]
        end = spans[stop - 1][1] if stop > first else start + 1
        tokens.append(Token(start + skipped, end, *meaning))
    return tokens


@lru_cache(maxsize=65536)
def _names(keys: tuple[str, ...]) -> tuple[_Name, ...]:
    """The names in a run of words, for each its words, the letters skipped at its beginning, and what it means."""
    kinds = [_classes()[key] for key in keys]
    names: list[_Name] = []
    place = 0
    while place < len(keys):
        key, kind, skipped = keys[place], kinds[place], 0
        stop, entry, number = _longest(lexicon().root, keys, kinds, place)
        if entry is None and (bare := without_clitic(key)):
            stop, entry, number = _longest(lexicon().root, (*keys[:place], bare, *keys[place + 1 :]), kinds, place)
            own = lexicon().root.next.get(key[0])
            if entry is not None and own is not None and own.entry is not None and key[0] == "و":
                names.append((place, place, 0, (own.entry.tag, key[0], own.entry, None)))
            skipped = 1
        if entry is not None:
            names.append((place, stop, skipped, (entry.tag, key, entry, number)))
        else:
            stop = place + 1
            number = int(key) if kind in "abzy" else None
            tag = kind if number is not None or kind in _SIGNS else "#"
            names.append((place, stop, 0, (tag, key, None, number)))
        place = stop
    return tuple(names)


def _longest(node: Node, keys: Sequence[str], kinds: list[str], place: int) -> tuple[int, Entry | None, int | None]:
    """The longest name that starts here: where it ends, what it is, and the number in it."""
    best: tuple[int, Entry | None, int | None] = (place, node.entry, None)
    if place == len(keys):
        return best
    step = node.next.get(keys[place])
    if step is not None:
        found = _longest(step, keys, kinds, place + 1) if step.next else (place + 1, step.entry, None)
        if found[1] is not None:
            best = found
    step = node.next.get("#")
    if step is not None and best[0] <= place + 1 and (number := _count(keys, kinds, place, step)) is not None:
        found = _longest(step, keys, kinds, place + 1)
        if found[1] is not None:
            best = found[0], found[1], number
    return best


def _count(keys: Sequence[str], kinds: list[str], place: int, after: Node) -> int | None:
    """The value of a number, in digits or in words, that can be counted back."""
    if after.entry is None and (place + 1 == len(keys) or keys[place + 1] not in after.next):
        return None
    if kinds[place] in "abz":
        return int(keys[place])
    node = lexicon().root.next.get(keys[place])
    counts = node.entry.meanings.get(Role.COUNT) if node is not None and node.entry is not None else None
    return counts[0][0] if counts else None
