"""The standfirst below the headline, which the labeller leaves out where a byline or pictures part it from the body.

In a dump it is one line among many short ones, and looks like a caption or a teaser. Its place tells better: what says
a sentence's worth right below the headline is the standfirst, unless its own words say that it is something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from corpus_loader.articles import vocabulary
from corpus_loader.articles.byline import is_byline_line
from corpus_loader.articles.dates import find_dates
from corpus_loader.articles.line_kinds import is_breadcrumb, is_stamp, names_picture
from corpus_loader.articles.sentences import holds_sentence
from corpus_loader.articles.standfirst import is_linked
from corpus_loader.articles.teasers import length
from corpus_loader.articles.wording import title_key, whole_words, word_stems
from corpus_loader.records import Document, Label, LabelledBlock, MediaType

__all__ = ["below_headline"]


class _Reach(NamedTuple):
    """Where a standfirst is looked for in pages of one kind, and how likely it must be."""

    #: The headline is at most so many lines above the body, and the standfirst at least so many.
    headline: int
    standfirst: int
    #: Between the two are at most so many short lines, bylines and days.
    between: int
    #: What the labeller gives it at least; and at least so much where something is between.
    score: float
    score_between: float


#: The labeller of HTML knows where a line stands: what it takes for furniture is more often some.
_REACHES: Mapping[MediaType, _Reach] = {
    "text/plain": _Reach(headline=40, standfirst=2, between=3, score=0.0, score_between=0.15),
    "text/html": _Reach(headline=6, standfirst=3, between=0, score=0.2, score_between=1.0),
}
#: Where a script has no capitals, lists of names look like a sentence, and the labeller must see more in it.
_UNCASED = 0.1
#: It has at least so many characters (of an alphabet), at most so many, and at least so many words.
_SHORTEST, _LONGEST, _WORDS = 45, 350, 6
#: A line between headline and standfirst is shorter, if it is no byline or day.
_SHORT = 25
#: A line of which so many words are the headline's says nothing more.
_REPEATED = 0.6
#: A headline in English begins so many of its longer words with a capital; there are so many, of so many letters.
_CAPITALS, _LONGER = 0.8, 4
#: Accounts, addresses, copyright, and captions' «Ada Okafor (l.)» are none of a standfirst's; nor is a clock.
_NO_SENTENCE = re.compile(r"[@©|]|https?:|\(\w{1,2}\.\)|\d:\d\d(?!\d)|copyright", re.IGNORECASE)
#: Captions end with their owner in brackets, teasers are cut off, and a list follows on a colon.
_NO_END = (")", "...", "…", ":", "：")
_LETTERS = re.compile(r"[^\W\d_]+")
#: What sites say of themselves, of their reporters, or to their readers.
_SAID_BY_SITES = (("site_line", "says"), ("end_note", "notes"), ("box", "calls"))
#: Captions and stamps name the day with its year; a standfirst says «on Friday», or «on 24 December».
_YEAR = re.compile(r"\d{4}")


def below_headline(document: Document, labels: Sequence[LabelledBlock], first: int) -> int | None:
    """The standfirst of an article whose text begins at `first`: right below its headline, or below a byline there.

    None where that line is none: a caption, a stamp, a menu, the headline of another article, a note of the site.
    """
    reach = _REACHES[document.page.media_type]
    above = range(first - 1, max(0, first - reach.headline) - 1, -1)
    title = next((i for i in above if labels[i].label is Label.TITLE), None)
    if title is None:
        return None
    headline, index = document.texts[title], title + 1
    while index <= min(title + reach.between, first - 1) and (
        labels[index].label is Label.BYLINE or _is_between(document.texts[index], headline)
    ):
        index += 1
    if index > first - reach.standfirst or labels[index].label is not Label.FURNITURE or labels[index].why:
        return None
    text, is_next = document.texts[index], index == title + 1
    least = max(reach.score if is_next else reach.score_between, _UNCASED if text.upper() == text.lower() else 0)
    if labels[index].score < least or not _says_much(text):
        return None
    if not (is_next or holds_sentence(text)) or is_linked(document, index) or _is_other(text):
        return None
    again = _repeats(text, headline) or document.text.count(text) > 1
    return None if again else index


def _is_between(text: str, headline: str) -> bool:
    """Is this a line that can stand between headline and standfirst?"""
    return length(text) < _SHORT or is_byline_line(text) or is_stamp(text) or _repeats(text, headline)


def _says_much(text: str) -> bool:
    return length(text) >= _SHORTEST and len(text) <= _LONGEST and len(whole_words(text)) >= _WORDS


def _is_other(text: str) -> bool:
    """Does the line say by its own words what it is, and that that is no standfirst?"""
    return (
        text.endswith(_NO_END)
        or _NO_SENTENCE.search(text) is not None
        or _caption().search(text) is not None
        or names_picture(text)
        or is_byline_line(text)
        or is_breadcrumb(text)
        or _is_headline(text)
        or vocabulary.beginning("site_line", "begins").match(text) is not None
        or any(vocabulary.phrases(*words).find(text) >= 0 for words in _SAID_BY_SITES)
        or any(_YEAR.search(text, day.start, day.end) for day in find_dates(text))
    )


@cache
def _caption() -> re.Pattern[str]:
    """Finds «… in March. Photo: Ada Okafor» and «… in March.Getty Images»."""
    labels = "|".join(map(re.escape, vocabulary.raw("caption", "labels")))
    owners = "|".join(map(re.escape, (*vocabulary.raw("caption", "sources"), *vocabulary.raw("site_line", "agencies"))))
    return re.compile(rf"(?<!\w)(?:(?:{labels})\s*[:：]|(?:{owners})\W*\Z)", re.IGNORECASE)


def _is_headline(text: str) -> bool:
    """Do nearly all longer words begin with a capital, as in a headline in English, and in lists of names?"""
    words = [word for word in _LETTERS.findall(text) if len(word) >= _LONGER]
    return len(words) >= _LONGER and sum(word[0].isupper() for word in words) >= _CAPITALS * len(words)


def _repeats(text: str, title: str) -> bool:
    """Is this the headline again, below its section's name or in nearly the same words?"""
    key, own = title_key(text), title_key(title)
    stems = word_stems(key)
    return own in key or (bool(stems) and len(stems & word_stems(own)) >= _REPEATED * len(stems))
