"""Bylines without a word for “By”, in scripts without capitals: a line of names between the headline and the body.

It begins with a first name («سارة منصور»), alone or beside a place or an outlet («العربية.نت - سارة منصور», «حسام أبو
العلا - القاهرة»); and the article does not speak of that person, as it does of one on a picture.

A first name that is an everyday word too («أمل», hope) needs a second sign on its line: a place, an outlet, a desk, a
day, a word for “By”, or another name that is no such word. A day on the next line is one where all words are names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus_loader.articles import vocabulary
from corpus_loader.articles.dates import find_dates
from corpus_loader.articles.line_kinds import is_stamp
from corpus_loader.articles.outlets import name_key
from corpus_loader.articles.registry import Registry
from corpus_loader.records import Document, Label, LabelledBlock

__all__ = ["find_names_line", "names_in"]

#: Code points of the line, words of a name and of what stands beside it.
_LONGEST, _NAME, _BESIDE = 60, (2, 5), 3
#: Lines between headline and body that are looked at.
_FAR = 12
#: Blocks of the body above which a byline can stand: a standfirst has so many.
_OPENING = 2
_LABELS = frozenset({Label.FURNITURE, Label.BYLINE})
_PARTS = re.compile(r"\s*[|:/،,–—•·]\s*|\s+[-ـ]\s+|-\s+|\s+-")
#: What stands before and behind names; a tatweel can be a dash: «كتب ـ هاني منصور».
_DASHES = " \u00a0-ـ|،,–—:"
_NO_NAME = re.compile(r"[\d.!?؟۔؛»«\"“”()…_@#]")
_DIGIT = re.compile(r"\d")
#: The clock behind a day.
_CLOCK = re.compile(r"(?:[\s,،|–—-]*\d{1,2}[:.]\d{2}(?:\s*(?:ص|م|ب\.ظ|ق\.ظ)(?!\w))?)?")
#: Letters of a verb at the least; endings of a family name that begins like one («تويني»).
_VERB, _FAMILY = 4, ("ي", "ی")


def find_names_line(
    document: Document, labels: Sequence[LabelledBlock], body: Sequence[int]
) -> tuple[int, int, int] | None:
    """The index of the line, and where in it the names begin and end; None where there is no such line.

    `body` are the places of the body.
    """
    if not body:
        return None
    above = [i for i in range(max(0, body[0] - _FAR), body[0]) if labels[i].label is Label.TITLE]
    if not above:
        return None
    for index in range(above[-1] + 1, body[min(_OPENING, len(body) - 1)]):
        text = document.texts[index]
        start, end = names_in(text, dated=True)
        if start < end and names_in(text) == (0, 0) and not is_stamp(document.texts[index + 1]):
            continue
        if start == end or not (labels[index].label in _LABELS or _opens_body(document, body, index, start, end)):
            continue
        rest = (above[-1], *(i for i in body if i != index))
        if not _is_told_of(text[start:end], name_key(" ".join([document.texts[i] for i in rest]))):
            return index, start, end
    return None


def _opens_body(document: Document, body: Sequence[int], index: int, start: int, end: int) -> bool:
    """Is it the first line of the body, but for a word for “By” all of it names, right above a day or a paragraph?"""
    text = document.texts[index]
    if index != body[0] or text[_label_end(text) : start].strip(_DASHES) or text[end:].strip(_DASHES):
        return False
    below = document.texts[index + 1]
    return (index + 1 == body[1] and len(below) > _LONGEST) or (len(below) <= _LONGEST and bool(find_dates(below)))


def names_in(text: str, *, dated: bool = False) -> tuple[int, int]:
    """Where in the line the names begin and end, a day or a word for “By” before them left out; (0, 0) for none.

    `dated`: the next line is a day.
    """
    if not 4 <= len(text) <= 2 * _LONGEST or text.isascii() or (text[0].isascii() and not text[0].isdigit()):
        return 0, 0
    days = find_dates(text) if _DIGIT.search(text) else []
    starts = [0]
    if days and is_stamp(text[: days[0].end]) and (clock := _CLOCK.match(text, days[0].end)):
        starts.append(clock.end())  # «12 مايو 2021 - سارة منصور»
    for start in starts:
        label = _label_end(text[start:])
        first = start + label
        first += len(text[first:]) - len(text[first:].lstrip(_DASHES))
        digit = _DIGIT.search(text, first)
        end = min((*(day.start for day in days if day.start >= first), digit.start())) if digit else len(text)
        names = text[first:end].rstrip(_DASHES)
        if _are_names(names, signed=bool(label or days), dated=dated):
            return first, first + len(names)
    return 0, 0


def _label_end(text: str) -> int:
    """Where a word for “By” ends that opens the words, if they are no name; 0 where none does."""
    label = vocabulary.beginning("byline", "labels").match(text)
    return label.end() if label and not _is_name(text) else 0


def _are_names(text: str, *, signed: bool, dated: bool) -> bool:
    """Is this one name, or several, or one beside a place or an outlet? `signed`: beside a day or a word for “By”."""
    if not text or len(text) > _LONGEST or _NO_NAME.match(text[-1]):
        return False
    if name_key(text) in _keys("desks"):
        return True
    parts = [part for part in _PARTS.split(text) if part]
    found = [part for part in parts if _is_name(part)]
    if not found or len(parts) > _BESIDE or any(map(_is_sentence, parts)):
        return False
    before, colon, _ = text.rpartition(":")  # «سارة منصور: الجسر خطر» is what she says
    if colon and not all(_is_desk_or_place(part) for part in _PARTS.split(before)):
        return False
    sure = signed or any(map(_is_desk_or_place, parts)) or (dated and all(map(_is_all_names, found)))
    if not sure and all(map(_is_everyday, found)):
        return False
    # A place or an outlet's name can hold a dot: «العربية.نت».
    return not any(_NO_NAME.search(part) if part in found else len(part.split()) > _BESIDE for part in parts)


def _is_name(text: str) -> bool:
    """Two words or more of which the first is a first name; each of several names."""
    names = _and().split(text)
    words = names[0].split()
    least, most = _NAME
    return least <= len(words) and len(text.split()) <= most * len(names) and name_key(words[0]) in _keys("given_names")


def _is_everyday(text: str) -> bool:
    """Does each of the names begin with a word that is no name elsewhere?"""
    firsts = [name_key(name.split()[0]) for name in _and().split(text)]
    return not any(first in _keys("given_names") - _keys("everyday_names") for first in firsts)


def _is_all_names(text: str) -> bool:
    """Is each word a first name? «رمضان كريم» is a greeting."""
    words = [name_key(word) for name in _and().split(text) for word in name.split()]
    return set(words) <= _keys("given_names") and " ".join(words) not in _keys("greetings")


def _is_sentence(text: str) -> bool:
    """Is a preposition or a word like a verb behind the first word? A last word that is a first name too is none."""
    for name in _and().split(text):
        words = name.split()
        if name_key(words[-1]) in _keys("given_names"):
            words.pop()
        if not set(words[1:]).isdisjoint(vocabulary.raw("byline", "not_in_names")) or any(map(_is_verb, words[2:])):
            return True
    return False


def _is_verb(word: str) -> bool:
    """Can this word, the third or a later one, be a verb, or hold a preposition?"""
    beginnings = vocabulary.raw("byline", "not_third_words")
    return len(word) >= _VERB and word.startswith(beginnings) and not word.endswith(_FAMILY)


def _is_desk_or_place(text: str) -> bool:
    """Is it the name of a desk, a place or an outlet?"""
    key = name_key(text)
    return key in _keys("desks") or key in _keys("places") or bool(Registry.shipped().named(text))


def _is_told_of(names: str, article: str) -> bool:
    """Does the article hold one of the names, as far as its first two words? «علي حسنين» is no «علي حسن»."""
    keys = (name_key(part).split() for part in _PARTS.split(names) if _is_name(part))
    # Only the end of a word counts: small words are glued to its beginning («وسارة منصور»).
    return any(f"{' '.join(key[:2])} " in f"{article} " for key in keys)


@cache
def _keys(name: str) -> frozenset[str]:
    return frozenset(map(name_key, vocabulary.raw("byline", name)))


@cache
def _and() -> re.Pattern[str]:
    """What stands between two names; «و» glued to the second or alone."""
    either = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in vocabulary.raw("byline", "conjunctions"))
    return re.compile(rf"\s+(?:{either})(?=\w)")
