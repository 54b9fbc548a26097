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

__all__ = ["find_names_line", "names_in"]

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


def find_names_line(document: Document, labels: Sequence[LabelledBlock]) -> tuple[int, int, int] | None:
    """The index of the line, and where in it the names begin and end; None where there is no such line."""
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
        start, end = names_in(text := document.block_text(index))
        if start < end:
            told = told or name_key(" ".join(map(document.block_text, (above[-1], *body))))
            if not _is_told_of(text[start:end], told):
                return index, start, end
    return None


def names_in(text: str) -> tuple[int, int]:
    """Where in the line the names begin and end, a word for “By” before them left out; (0, 0) if it is no such line."""
    if not 4 <= len(text) <= 2 * _LONGEST or text[0].isascii():
        return 0, 0
    label = vocabulary.beginning("byline", "labels").match(text)
    start = label.end() if label and not _is_name(text) else 0
    start += len(text[start:]) - len(text[start:].lstrip())
    digit = _DIGIT.search(text)
    days = find_dates(text) if digit else ()
    end = min((*(day.start for day in days), digit.start())) if digit else len(text)
    names = text[start:end].rstrip(" -|،,–—:")
    return (start, start + len(names)) if _are_names(names) else (0, 0)


def _are_names(text: str) -> bool:
    """Is this one name, or several, or one beside a place or an outlet?"""
    if not text or len(text) > _LONGEST or _NO_NAME.match(text[-1]):
        return False
    if name_key(text) in _keys("desks"):
        return True
    parts = [part for part in _PARTS.split(text) if part]
    found = [part for part in parts if _is_name(part)]
    if not found or len(parts) > _BESIDE:
        return False
    # A place or an outlet's name can hold a dot: «العربية.نت».
    return not any(_NO_NAME.search(part) if part in found else len(part.split()) > _BESIDE for part in parts)


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
