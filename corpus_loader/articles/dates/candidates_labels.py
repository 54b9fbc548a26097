"""Labels that say that a printed day is not the page's: «Conference date:», «موعد المؤتمر», «© حقوق النشر»."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["EVENT", "RIGHTS", "label_above", "label_before", "label_behind", "names_archive"]

#: The rules of the days that such labels stand beside.
EVENT, RIGHTS = "printed-event", "printed-rights"

#: Signs that no word is found across: joiners and tatweel, Arabic vowel marks.
_MARKS = re.compile("[\u0640\u064b-\u0652\u200b-\u200f]")
#: What parts the items of a line: an outlet, a section, a place stands there, too. A label belongs to its own.
_ITEMS = re.compile(r"[|•·\n\t]| [-–—] ")
_PARTS = re.compile(r"[,،;؛»«/]|[:：](?=.*\w)|(?<=\w\w)[.!?؟] ")
_WORDS = 4  # of a label on a line of its own: a longer one is a headline
_WORD = re.compile(r"[^\W\d_]+")
_OPEN = 5  # letters from which on a word may go on
_GAP = r"[ '’()\-]*"  # between the words of a label
_ARABIC, _HEBREW = re.compile("[\u0600-\u06ff]"), re.compile("[\u0590-\u05ff]")
#: Letters with which a word and the article before it can begin.
_ARTICLES = frozenset("وبفلاהבל")
_SPACELESS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class _Cues(NamedTuple):
    #: The whole label, up to the day.
    label: re.Pattern[str]
    behind: re.Pattern[str]
    rights: re.Pattern[str]
    rights_phrases: re.Pattern[str]
    rights_topics: re.Pattern[str]
    archives: re.Pattern[str]
    #: Words that say that something was published or changed.
    verbs: re.Pattern[str]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    table, said = _table("cues_labels"), _table("cues_text")
    verbs = [*said["published"], *said["modified"]]
    plain = (*table["dates_before"], *table["dates_behind"], *table["of_both"])
    return _Cues(
        label=_label(table),
        behind=re.compile(
            rf"[^\w(]*(?:{_any(table['behind'])})|\W*\((?:{_any([*table['alone'], *table['with_colon']])})"
        ),
        rights=re.compile(_any(table["rights"])),
        rights_phrases=re.compile(_any(table["rights_phrases"])),
        rights_topics=re.compile(_any(table["rights_topics"])),
        archives=re.compile(_any(table["archives"])),
        verbs=re.compile(_any(w for w in verbs if not any(word.startswith(w.strip(":")) for word in plain))),
    )


def _label(table: dict[str, list[str]]) -> re.Pattern[str]:
    """A label up to the day: a date's word beside an event's, or what says it alone, perhaps with the event's word."""
    small, alone, named = (f"(?:{_any(table[name])})" for name in ("small", "alone", "with_colon"))
    before, behind = (f"(?:{_any(table[name], bare=True)})" for name in ("dates_before", "dates_behind"))
    event = f"(?:{_any(table['events'])})"
    compound = rf"(?<!\w)(?:{'|'.join(map(re.escape, table['events']))})\w*(?:{'|'.join(table['endings'])})(?!\w)"
    little = f"(?:{small}{_GAP}){{0,2}}"
    beside = f"{_GAP}{little}(?:{event}|{named}|{_any(table['of_both'])})"
    alone_or_not = f"(?:(?P<alone>{before}{_GAP}{little}{event}|{alone})|{named})"
    company = f"(?:{beside}|(?(alone)|(?={_GAP}[:：])))"
    said = f"{alone_or_not}{company}|{event}{_GAP}(?:{behind}|{named})|{compound}"
    words = (*table["dates_before"], *table["events"], *table["alone"], *table["with_colon"], *_ARTICLES)
    return re.compile(rf"{_begins(words)}(?:{said}){_GAP}{little}[:：]?\W*\Z")


def _table(name: str) -> dict[str, list[str]]:
    text = files("corpus_loader.articles.dates").joinpath(f"tables/{name}.toml").read_text("utf-8")
    found: dict[str, list[str]] = tomllib.loads(text)
    return found


def _any(words: Iterable[str], *, bare: bool = False) -> str:
    """Any of the words as a whole, long ones with what they go on with; `bare` ones neither go on nor have articles."""
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        groups.setdefault(_before_word(word, bare), []).append(re.escape(word) + _after_word(word, bare))
    return "|".join(f"{start}{_begins(group)}(?:{'|'.join(group)})" for start, group in groups.items())


def _begins(words: Iterable[str]) -> str:
    """A look at the first letter, which spares most places the words one by one; backslashes escape signs."""
    return f"(?=[{re.escape(''.join(sorted({word.lstrip(chr(92))[0] for word in words})))}])"


def _before_word(word: str, bare: bool) -> str:
    if _SPACELESS.search(word) or not word[0].isalnum():
        return ""
    if bare:
        return r"(?<!\w)"
    articles = r"(?:[وبفل]?ال|لل|[وبل])?" if _ARABIC.search(word) else "[הבל]?" if _HEBREW.search(word) else ""
    return rf"(?<!\w){articles}"


def _after_word(word: str, bare: bool) -> str:
    if _SPACELESS.search(word) or not word[-1].isalnum():
        return ""
    return r"(?!\w)" if bare or len(word) < _OPEN else r"\w*"


@lru_cache(maxsize=4096)  # the words beside the days of a site, or none, are the same on all its pages
def label_before(text: str) -> str | None:
    """What the words right before a day on its line say that it is: `EVENT`, `RIGHTS` or nothing of the kind."""
    item = _ITEMS.split(_key(text))[-1]
    if _speaks_of_rights(item):
        return RIGHTS
    return EVENT if _names_event(item) else None


@lru_cache(maxsize=4096)
def label_behind(text: str) -> str | None:
    """The same for the words right behind it: «… ۲۲ اردیبهشت برگزار می‌شود», «12 May 2015 (deadline)»."""
    return EVENT if _cues().behind.match(_key(text)) else None


def label_above(line: str) -> str | None:
    """The same for a line above that holds nothing but the label."""
    key = _key(line)
    if _speaks_of_rights(key):
        return RIGHTS if not _WORD.search(_cues().rights.sub(" ", key)) else None
    is_label = not _ITEMS.search(key) and len(_WORD.findall(key)) <= _WORDS
    return EVENT if is_label and _names_event(key) else None


def names_archive(text: str) -> bool:
    """Does the text before a month call it that of an archive?"""
    return _cues().archives.search(_key(text)) is not None


def _key(text: str) -> str:
    return _MARKS.sub("", text.lower())


def _speaks_of_rights(item: str) -> bool:
    """Does a copyright sign stand in the item, and behind it nothing that says «published»?"""
    cues = _cues()
    item = cues.rights_phrases.sub("©", cues.rights_topics.sub(" ", item))
    sign = max(cues.rights.finditer(item), key=re.Match.start, default=None)
    return sign is not None and not cues.verbs.search(item, sign.end())


def _names_event(item: str) -> bool:
    """Does the item end with a label that names the day of an event, and nothing in it say «published»?"""
    label, cues = _PARTS.split(item)[-1], _cues()
    return cues.label.search(label) is not None and not cues.verbs.search(label)
