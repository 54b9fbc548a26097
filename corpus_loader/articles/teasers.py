"""A list of other pages in a dump: without markup, its teasers look like an article's subheadings and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus_loader.articles.sentences import ASKS, ends_sentence
from corpus_loader.articles.wording import is_spaceless, title_key, whole_words, word_stems

__all__ = ["HEADLINE", "is_digest", "is_told", "length"]

_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\uac00-\ud7a3]")
#: Letters of a script without spaces, and Korean syllables, are counted so many times.
_WORTH = 2.5
#: A headline is at least so long; a longer line than `_LINE` is prose, and so is a sentence of `_SENTENCE`.
HEADLINE, _LINE, _SENTENCE = 15, 130, 30
#: A teaser is a headline and at most so many lines of prose, no longer than this together;
_PROSE, _BRIEF = 2, 500
#: a list is at least so many of them, with such a share of the prose; of more the share is lower.
_TEASERS, _SHARE_OF_FEW, _SHARE = 3, 0.9, 0.6
#: A shorter title may be a section's or a site's name. A text that is a title's own says such a share of its words.
_TITLE, _SAID = 20, 0.3


def length(text: str) -> int:
    """Code points, as an alphabet would take."""
    return len(text) if text.isascii() else len(text) + round((_WORTH - 1) * len(_DENSE.findall(text)))


def is_digest(lines: Sequence[str]) -> int:
    """How many teasers these lines are, if they are hardly anything else; else 0.

    What stands between teasers counts for nothing: stamps, names of sections, «Read more». Prose below questions is
    an interview's.
    """
    teasers, asked, within, prose, headed = 0, 0, 0, 0, ""
    run: list[str] = []
    size_of_run = 0
    for line in [*lines, ""]:
        size = length(line)
        if size > _LINE or (size >= _SENTENCE and ends_sentence(line)):
            run.append(line)
            size_of_run += size
            continue
        if run:
            prose += size_of_run
            # A line that begins with a small letter goes on with a sentence: hard-wrapped text.
            if headed and len(run) <= _PROSE and size_of_run <= _BRIEF and not run[0][0].islower():
                teasers, within = teasers + 1, within + size_of_run
                asked += headed.endswith(tuple(ASKS))
            headed, run, size_of_run = "", [], 0
        headed = line if size >= HEADLINE else headed
    share = _SHARE if teasers > _TEASERS else _SHARE_OF_FEW
    if asked > teasers / 2:
        return 0
    return teasers if teasers >= _TEASERS and within >= share * prose else 0


def is_told(title: str, text: str) -> bool:
    """Does a text in lower case say some words of a headline? Of what may be a section's name it must say all, and two.

    Of scripts without spaces, pairs of characters are compared.
    """
    key = title_key(title)
    pairs = {a + b for a, b in pairwise(whole_words(key)) if is_spaceless(a) and is_spaceless(b)}
    stems = pairs | word_stems(key)
    said = sum(stem in text for stem in stems)
    if length(title) < _TITLE:
        return said == len(stems) > 1
    return said >= _SAID * len(stems) > 0 and said >= min(2, len(stems) - 1)
