"""Where in a text a date can be: words become classes at the speed of C, and runs of date words are found in the classes.

One regular expression cuts the text into words and signs; a table gives each a class of one letter; the classes of the
whole text, joined, are one string, and a second expression finds in it what every date must have: a month's name beside a
number, a weekday, «yesterday», three numbers with signs between them. Only the run of known words around such an anchor is
cut finely and looked up in the tree of names. All steps are linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, islice
from typing import Final, NamedTuple

from corpus_loader.articles.dates.folding import INVISIBLE, JOINER, MARKS, word_key
from corpus_loader.articles.dates.lexicon import Entry, Lexicon, Node, Role, lexicon

__all__ = ["Token", "runs"]

#: Three times as fast as the fine cut, and the same for texts without joiners, save that «15م» is one word.
_COARSE: Final = re.compile(r"\w+|[^\w ]")
_FINE: Final = re.compile(rf"\d+|[^\W\d_]+(?:[{MARKS}]+[^\W\d_]*)*|_|[^\w\s{INVISIBLE}{MARKS}]|\n")
_NEEDS_FINE: Final = re.compile(f"[{INVISIBLE}{MARKS}]")
_ISO_MIDDLE: Final = re.compile(r"[0-3]\dt[0-2]\d", re.ASCII)
_SIGNS: Final = frozenset("/.-,():'°|")
#: Letters written onto the next word: Arabic «and», «in», «to», «so», «as»; Hebrew the same and «from», «the».
_CLITICS: Final = frozenset("وبلفکבלמוה")
_CARRIERS: Final = frozenset((Role.MONTH, Role.WEEKDAY_ALONE, Role.DAY_NAME, Role.ORDINAL, Role.NOUN, Role.PERIOD))
_BARRIERS: Final = "#\n"
#: ! day word, l day word of certain languages, m month, M month or era with numbers, u unit, t «ago», Y year word, U both year
#: word and unit, E era, o ordinal, n number word, a and b days of one and two digits, z other two digits, y four digits,
#: + known, # nothing.
_ANCHOR: Final = (
    r"M|[aboyz!][^#\n]{0,3}m|m[^#\n]{0,3}[aboyz!]|[abzy][/.-][ab][/.-][abzy]|t[abzn]?[uU]|[abzn][uU][t!]|[uU]t"
    r"|[YU][yzb]|y[EYU]|z\.?E|[ab]\+?[ab]\+?y"
)
_ANCHORS: Final = re.compile(rf"!|{_ANCHOR}")
_ANCHORS_HINTED: Final = re.compile(rf"[!l]|{_ANCHOR}")
_REACH: Final = 32
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


class _Classes(dict[str, str]):
    """The class of every word met so far."""

    def __init__(self, words: Lexicon) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, word: str) -> str:
        found = self._classify(word)
        if len(word) < 40:
            self[word] = found
        return found

    def _classify(self, word: str) -> str:
        if word in {"\n", "\\"}:
            return "\n" if word == "\n" else "/"
        key = word_key(word)
        if not key:  # a joiner, or tatweel for a dash
            return "-" if JOINER in word else "+"
        if key in _SIGNS:
            return key
        if key.isdecimal():
            return _number_class(key)
        roles = self._words.anchors.get(key)
        if roles is not None:
            return self._word_class(key, roles)
        carried = self._words.anchors.get(without_clitic(key), "")
        if not _CARRIERS.isdisjoint(carried):
            return self._word_class(without_clitic(key), carried)
        parts = _FINE.findall(key)
        return self._mixed(key, parts) if 1 < len(parts) < 8 else "#"

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
        classes = [self[part] for part in parts]
        if "#" in classes:
            return "y" if classes[0] == "y" else "#"  # «7 April 2020Volume 172»
        if "m" in classes or ("y" in classes and ("E" in classes or "Y" in classes)):
            return "M"
        return next((letter for letter in classes if letter in "!yabz"), "+")


_CLASS_OF_ROLE: Final = (
    (Role.ELAPSED, "t"),
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
    return "y" if length == 4 and 1000 <= value <= 2599 else "#"


@lru_cache(maxsize=1)
def _classes() -> _Classes:
    return _Classes(lexicon())


def runs(text: str, *, hinted: bool = False) -> Iterator[list[Token]]:
    """The runs of date words in the text that hold an anchor, in order; a run never crosses a line.

    `hinted`: the text's language is known, so that words which are dates in some languages only are anchors too.
    """
    classes = _classes()
    if len(classes) > _KNOWN_WORDS:
        classes.clear()
    cut = _FINE if _NEEDS_FINE.search(text) else _COARSE
    tags = "".join(map(classes.__getitem__, cut.findall(text)))
    positions = None
    done = 0
    for match in (_ANCHORS_HINTED if hinted else _ANCHORS).finditer(tags):
        anchor = match.start()
        if anchor < done:
            continue
        left = max(done, anchor - _REACH)
        left = max(left, *(tags.rfind(barrier, left, anchor) + 1 for barrier in _BARRIERS))
        stops = [tags.find(barrier, anchor, anchor + _REACH) for barrier in _BARRIERS]
        done = min((stop for stop in stops if stop >= 0), default=min(anchor + _REACH, len(tags)))
        positions = positions or _Positions(text, tags, cut)
        start, end = positions.of(left, done)
        yield _collapse(text, start, end)


class _Positions:
    """The offsets of runs of tokens, asked for in rising order."""

    def __init__(self, text: str, tags: str, cut: re.Pattern[str]) -> None:
        self._text, self._tags, self._cut = text, tags, cut
        #: Where each line begins in the text.
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._line, self._token = 0, 0
        self._matches = cut.finditer(text)

    def of(self, left: int, right: int) -> tuple[int, int]:
        """Start of the token `left` and end of the token before `right`."""
        lines = self._tags.count("\n", self._token, left)
        if lines:
            self._token = self._tags.rfind("\n", self._token, left) + 1
            self._line += lines
            self._matches = self._cut.finditer(self._text, self._lines[self._line])
        run = list(islice(self._matches, left - self._token, right - self._token))
        self._token = right
        return run[0].start(), run[-1].end()


def _collapse(text: str, start: int, end: int) -> list[Token]:
    """The run cut finely, every name of several words made one token."""
    words, classes = lexicon(), _classes()
    cuts = list(_FINE.finditer(text, start, end))
    keys = [word_key(cut[0]) for cut in cuts]
    kinds = [classes[cut[0]] for cut in cuts]
    tokens: list[Token] = []
    place = 0
    while place < len(keys):
        kind, (first, last) = kinds[place], cuts[place].span()
        stop, entry, number = _longest(words.root, keys, kinds, place)
        if stop == place and keys[place] and (bare := without_clitic(keys[place])):
            stop, entry, number = _longest(words.root, [*keys[:place], bare, *keys[place + 1 :]], kinds, place)
            if stop > place and keys[place][0] == "و":
                tokens.append(_token(first, first + 1, "و", words.root.next["و"].entry, None))
            first += stop > place
        if entry is not None and stop > place:
            tokens.append(_token(first, cuts[stop - 1].end(), keys[place], entry, number))
        else:
            stop = place + 1
            value = int(keys[place]) if kind in "abzy" else None
            tag = kind if value is not None or kind in _SIGNS else "#"
            tokens.append(Token(first, last, tag, keys[place], None, value))
        place = stop
    return tokens


def _token(start: int, end: int, key: str, entry: Entry | None, number: int | None) -> Token:
    tag = "#" if entry is None else lexicon().tags[entry.roles]
    return Token(start, end, tag, key, entry, number)


def _longest(node: Node, keys: list[str], kinds: list[str], place: int) -> tuple[int, Entry | None, int | None]:
    """The longest name that starts here: where it ends, what it is, and the number in it."""
    best: tuple[int, Entry | None, int | None] = (place, node.entry, None)
    if place == len(keys):
        return best
    step = node.next.get(keys[place])
    if step is not None:
        found = _longest(step, keys, kinds, place + 1)
        if found[1] is not None:
            best = found
    step = node.next.get("#")
    if step is not None and best[0] <= place + 1 and (number := _count(keys[place], kinds[place])) is not None:
        found = _longest(step, keys, kinds, place + 1)
        if found[1] is not None:
            best = found[0], found[1], number
    return best


def _count(key: str, kind: str) -> int | None:
    """The value of a number, in digits or in words, that can be counted back."""
    if kind in "abz":
        return int(key)
    node = lexicon().root.next.get(key)
    counts = node.entry.meanings.get(Role.COUNT) if node is not None and node.entry is not None else None
    return counts[0][0] if counts else None
