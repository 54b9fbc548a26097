"""Bylines without a word for “By”, in scripts without capitals: a line of names between the headline and the body.

It begins with a first name («سارة منصور»), alone or beside a place or an outlet («العربية.نت - سارة منصور», «حسام أبو
العلا - القاهرة»); and the article does not speak of that person, as it does of one on a picture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus_loader.articles import vocabulary
from corpus_loader.articles.dates import find_dates
from corpus_loader.articles.outlets import name_key
from corpus_loader.records import BODY_LABELS, Document, Label, LabelledBlock

__all__ = ["find_names_line", "names_end"]

#: Code points of the line, words of a name and of what stands beside it.
_LONGEST, _NAME, _BESIDE = 60, (2, 5), 3
#: Lines between headline and body that are looked at.
_FAR = 12
#: Blocks of the body above which a byline can stand: a standfirst has so many.
_OPENING = 2
_PARTS = re.compile(r"\s*[|:/،,–—•·]\s*|\s+-\s+|-\s+|\s+-")
_AND = re.compile(r"\s+(?:و|و\s|ו)(?=\w)")
_NO_NAME = re.compile(r"[\d.!?؟۔؛»«\"“”()…_@#]")
_DIGIT = re.compile(r"\d")


def find_names_line(document: Document, labels: Sequence[LabelledBlock]) -> tuple[int, int] | None:
    """The index of the line and the length of the names that it begins with; None where there is none."""
    body = [i for i, labelled in enumerate(labels) if labelled.label in BODY_LABELS]
    if not body:
        return None
    above = [i for i in range(max(0, body[0] - _FAR), body[0]) if labels[i].label is Label.TITLE]
    if not above:
        return None
    told = None
    for index in range(above[-1] + 1, body[min(_OPENING, len(body) - 1)]):
        if labels[index].label not in {Label.FURNITURE, Label.BYLINE}:
            continue
        if end := names_end(document.block_text(index)):
            told = told or name_key(" ".join(map(document.block_text, (above[-1], *body))))
            if not _is_told_of(document.block_text(index)[:end], told):
                return index, end
    return None


def names_end(text: str) -> int:
    """The length of the names that the line begins with; 0 where it is no line of names."""
    if not 4 <= len(text) <= 2 * _LONGEST or text[0].isascii():
        return 0
    match = _DIGIT.search(text)
    days = find_dates(text) if match else ()
    end = min((*(day.start for day in days), match.start())) if match else len(text)
    names = text[:end].rstrip(" -|،,–—:")
    if not names or len(names) > _LONGEST:
        return 0
    if name_key(names) in _keys("desks"):
        return len(names)
    parts = [part for part in _PARTS.split(names) if part]
    found = [part for part in parts if _is_name(part)]
    if not found or any(len(part.split()) > _BESIDE for part in parts if part not in found):
        return 0
    # A place or an outlet's name can hold a dot: «العربية.نت».
    return 0 if any(_NO_NAME.search(part) for part in found) or len(parts) > _BESIDE else len(names)


def _is_name(text: str) -> bool:
    """Two words or more of which the first is a first name; each of several names."""
    names = _AND.split(text)
    words = names[0].split()
    least, most = _NAME
    return least <= len(words) and len(text.split()) <= most * len(names) and name_key(words[0]) in _keys("given_names")


def _is_told_of(names: str, article: str) -> bool:
    """Does the article hold one of the names, as far as its first two words?"""
    keys = (name_key(part).split() for part in _PARTS.split(names) if _is_name(part))
    return any(" ".join(key[:2]) in article for key in keys)


@cache
def _keys(name: str) -> frozenset[str]:
    return frozenset(map(name_key, vocabulary.raw("byline", name)))
