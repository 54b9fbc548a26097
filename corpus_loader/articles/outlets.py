"""What is known of an outlet before a page is read, and the keys that names and hosts are looked up by."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

__all__ = ["Calendar", "Edition", "Network", "Outlet", "Starts", "bare_host", "name_key"]

Calendar = Literal["gregorian", "jalali", "hijri"]

#: Labels that only say which device, protocol or name server a page was served by, never which outlet or edition.
_SERVING = re.compile(r"^(?:www\d{0,2}|m|mobile|amp|wap)\.(?=[^.]+\.[^.])")
#: The generic labels under which country domains register names; `m.co.uk` is a name, not the phone page of `co.uk`.
_SECOND_LEVEL = re.compile(r"^(?:ac|co|com|edu|gov|net|org)\.[a-z]{2}$")

_SAME_LETTER = {
    **dict.fromkeys("يىئېے", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ةۀہھە", "ه"),
    "ؤ": "و",
    "ـ": None,  # tatweel stretches a word, it is no letter of it
}


class _Keys(dict[int, str | None]):
    """What each code point becomes in a key; worked out when it is first met."""

    def __missing__(self, point: int) -> str | None:
        char = chr(point)
        kept = char if char.isalnum() else None if unicodedata.category(char) in {"Mn", "Me", "Cf"} else " "
        self[point] = value = _SAME_LETTER.get(char, kept)
        return value


_KEYS = _Keys()


@lru_cache(maxsize=4096)  # the menus of a site are the same on all its pages
def name_key(text: str) -> str:
    """The words of a text in one spelling, for looking names up; never for text that is kept.

    Folds letter case, compatibility forms, yeh, kaf, alef, hamza and heh; drops ZWNJ, tatweel, diacritics and bidi
    marks; everything that is no letter or digit becomes one space. «قناة "الحرّة"» and «قناه الحره» are one key.
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_KEYS).split())


class Starts(dict[str, bool]):
    """Whether any of the keys can start like a line that starts so; worked out when a start is first met.

    It rules most lines of a page out before they are keyed. The last letter of a start does not count, as the sign that
    follows may change it.
    """

    #: Characters of a line to look up.
    SIZE = 4
    #: Lines of one language start in few ways.
    _REMEMBERED = 1 << 14

    def __init__(self, keys: Iterable[str]) -> None:
        self._known = {key[:length] for key in keys for length in range(self.SIZE)}

    def __missing__(self, start: str) -> bool:
        if len(self) >= self._REMEMBERED:
            self.clear()
        self[start] = known = name_key(start)[:-1][: self.SIZE - 1] in self._known
        return known


def bare_host(host: str) -> str:
    """A host in lower case without port, final dot and labels that say how it is served (`www`, `m`)."""
    bare = host.lower().partition(":")[0].rstrip(".")
    while (shorter := _SERVING.sub("", bare)) != bare and not _SECOND_LEVEL.match(shorter):
        bare = shorter
    return bare


@dataclass(frozen=True, slots=True)
class Network:
    """A publishing system that several outlets share: its furniture shows the network, not the outlet."""

    #: Lines that its pages print, by language tag; "" where every language prints them.
    furniture: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Edition:
    """A part of an outlet's host that publishes in one language, under a path of its own."""

    #: In Latin script.
    name: str
    #: BCP 47 tag.
    language: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet, by its registered host. Every text is as the outlet prints it."""

    host: str
    #: In Latin script.
    name: str | None = None
    #: In the outlet's own scripts.
    native: tuple[str, ...] = ()
    #: Other names that it signs with.
    names: tuple[str, ...] = ()
    #: BCP 47 tags of what it publishes, the main one first.
    languages: tuple[str, ...] = ()
    #: IANA name of the zone that its days are counted in.
    zone: str | None = None
    #: Calendar of the days that it prints without saying which.
    calendar: Calendar = "gregorian"
    #: Whole lines that only this outlet prints.
    furniture: tuple[str, ...] = ()
    #: Whole values of the credit line («المصدر: …») by which it credits itself.
    credits: tuple[str, ...] = ()
    #: The place that the clock in its page head names.
    clock: str | None = None
    #: Further and former hosts of the same outlet.
    aliases: tuple[str, ...] = ()
    #: The shared publishing system, a key of the registry's networks.
    network: str | None = None
    #: It sells its texts to others: its name on a page credits it and does not sign the page.
    wire: bool = False
    #: The outlet that it became part of, and when, Gregorian, where that is known.
    merged_into: str | None = None
    merged_on: dt.date | None = None
