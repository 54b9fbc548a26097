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
#: What parts the items of a line, and its sentences. A label belongs to its own.
_ITEMS = re.compile(r"[|•·\n\t]")
_SENTENCES = re.compile(r"[;؛»«/]|(?<=\w\w)[.!?؟] ")
_WORDS = 4  # of a label on a line of its own: a longer one is a headline
_WORD = re.compile(r"[^\W\d_]+")
_OPEN = 5  # letters from which on a word may go on
_ARABIC, _HEBREW = re.compile("[\u0600-\u06ff]"), re.compile("[\u0590-\u05ff]")
_SPACELESS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class _Cues(NamedTuple):
    alone: re.Pattern[str]
    behind: re.Pattern[str]
    events: re.Pattern[str]
    event_and_colon: re.Pattern[str]
    days: re.Pattern[str]
    rights: re.Pattern[str]
    rights_phrases: re.Pattern[str]
    archives: re.Pattern[str]
    #: Words that say that something was published or changed.
    verbs: re.Pattern[str]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    table, said = _table("cues_labels"), _table("cues_text")
    plain = {*table["days"], *table["day_endings"], *table["of_both"]}
    endings = "|".join(map(re.escape, table["day_endings"]))
    return _Cues(
        alone=re.compile(_any(table["alone"])),
        behind=re.compile(rf"[^\w(]*(?:{_any(table['behind'])})|\W*\((?:{_any(table['alone'])})"),
        events=re.compile(_any(table["events"])),
        event_and_colon=re.compile(rf"(?:{_any(table['events'], closed=True)})\s*[:：]\W*\Z"),
        days=re.compile(rf"{_any(table['days'], closed=True)}|(?:{endings})(?!\w)"),
        rights=re.compile(_any(table["rights"])),
        rights_phrases=re.compile(_any(table["rights_phrases"])),
        archives=re.compile(_any(table["archives"])),
        verbs=re.compile(_any([w for w in [*said["published"], *said["modified"]] if w.strip(":") not in plain])),
    )


def _table(name: str) -> dict[str, list[str]]:
    text = files("corpus_loader.articles.dates").joinpath(f"tables/{name}.toml").read_text("utf-8")
    found: dict[str, list[str]] = tomllib.loads(text)
    return found


def _any(words: Iterable[str], *, closed: bool = False) -> str:
    """Any of the words, from a word's beginning on; `closed` words do not go on but for their plural's letters."""
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        groups.setdefault(_before_word(word), []).append(re.escape(word) + _after_word(word, closed))
    return "|".join(f"{start}(?:{'|'.join(group)})" for start, group in groups.items())


def _before_word(word: str) -> str:
    if _SPACELESS.search(word) or not word[0].isalnum():
        return ""
    articles = r"(?:[وبفل]?ال|لل|[وبل])?" if _ARABIC.search(word) else "[הבל]?" if _HEBREW.search(word) else ""
    return rf"(?<!\w){articles}"


def _after_word(word: str, closed: bool) -> str:
    if _SPACELESS.search(word) or not word[-1].isalnum() or (len(word) >= _OPEN and not closed):
        return ""
    plural = r"\w?" if word.isascii() else r"\w{0,3}"  # no «tourism» for «tour», but «فعاليات» for «فعالية»
    return rf"{plural}(?!\w)" if closed else r"(?!\w)"


def label_before(text: str) -> str | None:
    """What the words right before a day on its line say that it is: `EVENT`, `RIGHTS` or nothing of the kind."""
    item = _ITEMS.split(_key(text))[-1]
    if _speaks_of_rights(item):
        return RIGHTS
    return EVENT if _names_event(_SENTENCES.split(item)[-1]) else None


def label_behind(text: str) -> str | None:
    """The same for the words right behind it: «… ۲۲ اردیبهشت برگزار می‌شود», «12 May 2015 (deadline)»."""
    return EVENT if _cues().behind.match(_key(text)) else None


def label_above(line: str) -> str | None:
    """The same for a line above that holds nothing but the label."""
    key = _key(line)
    if _speaks_of_rights(key):
        return RIGHTS if not _WORD.search(_cues().rights.sub(" ", key)) else None
    is_label = key.rstrip().endswith((":", "：")) or len(_WORD.findall(key)) <= _WORDS
    return EVENT if is_label and _names_event(key) else None


def names_archive(text: str) -> bool:
    """Does the text before a month call it that of an archive?"""
    return _cues().archives.search(_key(text)) is not None


def _key(text: str) -> str:
    return _MARKS.sub("", text.lower())


def _speaks_of_rights(item: str) -> bool:
    """Does a copyright sign stand in the item, and behind it nothing that says «published»?"""
    cues = _cues()
    item = cues.rights_phrases.sub("©", item)
    sign = _last(cues.rights, item)
    return sign is not None and not cues.verbs.search(item, sign.end())


def _names_event(label: str) -> bool:
    """Does the label name the day of an event, and nothing behind it, or beside a word for a day, say «published»?"""
    cues = _cues()
    alone = _last(cues.alone, label)
    if alone is not None:
        return not cues.verbs.search(label, alone.start())  # «Son Güncelleme» begins like «son gün»
    if cues.verbs.search(label) or not cues.events.search(label):
        return False
    return cues.days.search(label) is not None or cues.event_and_colon.search(label) is not None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=re.Match.start, default=None)
