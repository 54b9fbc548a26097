"""What a single line around an article is by its own words: a picture's caption, a stamp, a breadcrumb."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

from corpus_loader.articles import vocabulary
from corpus_loader.articles.dates import find_dates

__all__ = ["is_breadcrumb", "is_stamp", "names_picture"]

#: A stamp is no longer, and has no more letters beside its day.
_STAMP, _STAMP_LETTERS = 80, 19
#: No source of pictures has a longer name.
_SOURCE = 40
_DIGIT = re.compile(r"\d")
_TIME = re.compile(r"\d{1,2}\s?[:٫.h]\s?\d{2}(?:[:٫]\d{2})?")
#: A breadcrumb names at least so many sections, none in more words.
_SECTIONS, _SECTION = 3, 3
_SIGN = re.compile("[|>›»«‹/]")
_STEP = re.compile(r"\s*[|>›»«‹]\s*|\s+/\s+")


def is_breadcrumb(text: str) -> bool:
    """«Home | Sports | Volleyball»: names of sections and nothing else."""
    if _SIGN.search(text) is None:
        return False
    steps = [step for step in _STEP.split(text) if step]
    return len(steps) >= _SECTIONS and all(len(step.split()) <= _SECTION for step in steps)


def is_stamp(text: str, letters: int = _STAMP_LETTERS) -> bool:
    """Does the line hold a day, and beside days and times only so few letters: “Published:”, “updated at”?"""
    return len(text) <= _STAMP and _DIGIT.search(text) is not None and _letters_beside_days(text) <= letters


@lru_cache(maxsize=1024)  # several rules ask about the same lines
def _letters_beside_days(text: str) -> float:
    """How many letters stand beside the days and times of a line; more than any if there is no day, or a figure too."""
    if not (days := find_dates(text)):
        return math.inf
    rest, end = "", 0
    for day in days:
        rest, end = f"{rest}{text[end : day.start]} ", day.end
    rest = _TIME.sub(" ", rest + text[end:])
    return math.inf if _DIGIT.search(rest) else sum(map(str.isalpha, rest))


@lru_cache(maxsize=1024)
def names_picture(text: str) -> bool:
    """“Photo: …”, “© Getty Images”: a picture's credit, whatever stands around it."""
    if ":" in text or "：" in text:
        match = vocabulary.beginning("caption", "labels").match(text)
        if match is not None and match[2] in {":", "："}:
            return True
        if _picture_at_end().search(text) is not None:
            return True
    if "," in text or "،" in text:
        match = vocabulary.beginning("caption", "commas").match(text)
        if match is not None and (match[2] or text.startswith("،")):
            return True
    bare = text.strip(" ()[]©|,.")
    if bare[-2:].casefold()[-2:] not in _source_ends():  # hardly any line is read further
        return False
    if not bare[-_SOURCE:].casefold().endswith(vocabulary.raw("caption", "sources")):
        return False
    return "©" in text or "/" in text or len(bare.split()) <= 4


@cache
def _source_ends() -> frozenset[str]:
    """The last two letters of every source of pictures."""
    return frozenset(source[-2:] for source in vocabulary.raw("caption", "sources"))


@cache
def _picture_at_end() -> re.Pattern[str]:
    """Finds «… — Photo: Ada Okafor» at the end of a line, in scripts that write no labels of tables so."""
    labels = "|".join(re.escape(label) for label in vocabulary.raw("caption", "labels") if not label.isascii())
    return re.compile(rf"[—–.۔/(|-]\s*(?:{labels})\s*[:：]\s*[^:.۔]{{2,40}}$")
