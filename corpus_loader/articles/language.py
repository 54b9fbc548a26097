"""The language of a text as a BCP 47 tag: script first, then letters and words, then a model."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus_loader.articles.alphabets import Tables, tables
from corpus_loader.records import Candidate, Evidence, Finding

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["find_language"]

#: The ends of a text, in characters; where both are this sure of one language, they are enough.
_END, _SURE = 100, 0.9
#: So many more frequent words of one language than of any other, at both of such ends, are enough without the model: it
#: says the same of all the labelled pages.
_FAR_END, _VOTES = 300, 6
#: Any other long text is read in so many windows of so many characters, evenly spread from its start to its end.
_WINDOWS, _WINDOW = 4, 250
#: The language and the script must each have this share of the text, and be this sure, or none is named.
_SHARE = 0.6
#: A language that the page's other facts hint at is so many times as likely.
_HINT = 8.0
#: The least that the model's answer can be: its certainty about languages that it does not know is worth little.
_LEAST = 1e-3
#: The model is less sure than it is right (headlines that it gives .4 are right in 99 of 100): its answers are squared.
_SHARPER = 2
#: Letters and words that speak so much for one language, a natural logarithm, need no model: where they do in a hundred
#: characters, they are right on all headlines of the tests.
_LEAD = 4.5
#: Squared, less than this changes no answer in its fourth decimal.
_HOPELESS = 1e-4

#: Older Persian pages were typed on Arabic keyboards (رييس مجلس); in a headline the model then sees Arabic.
_PERSIAN_KEYS = str.maketrans("يك", "یک")
_SHORT = 120

#: Names and quotes in Latin script, which say nothing about a text in another.
_LATIN = re.compile(r"[A-Za-z]+")


def find_language(text: str, *, hints: Sequence[str] = ()) -> Finding[str]:
    """The language that most of the text is in, as a BCP 47 tag.

    A script subtag is given where a language is written in several scripts (`sr-Cyrl`, `zh-Hant`), never where it says
    nothing (`ar`, `fa`). Arabic dialects are `ar`, Dari is `fa`, Bokmål is `no`. `hints` are tags that other facts of
    the page suggest; they break near ties, no more.

    A text over 600 characters is in the language whose frequent words both its ends, 300 characters each, are full of.
    Else one over 200 characters is read at both ends, 100 characters each. Unless both are sure of the same language,
    the whole of it is read or, over 1,000 characters, four windows of 250.

    The reason is `no-language` where letters are too few, or no language has three fifths of the text; candidates then
    come likeliest first.
    """
    facts = tables()
    scripts = facts.script_shares(text)
    if not scripts:
        return _none("too few letters", {}, "script")
    script, share = next(iter(scripts.items()))
    if share < _SHARE:
        mixture = ", ".join(f"{name} {part:.0%}" for name, part in scripts.items())
        return _none(f"no script has most of the text: {mixture}", scripts, "script")
    rule, likely = _likely(text, script, {hint.lower().partition("-")[0] for hint in hints}, facts)
    language, sure = max(likely.items(), key=lambda item: item[1])
    if sure < _SHARE:
        tagged = {facts.tag(name, script, text): part for name, part in likely.items()}
        return _none("several languages fit this text equally well", tagged, rule)
    evidence = Evidence("language", rule, confidence=round(min(sure, 0.9999), 4))
    return Finding(facts.tag(language, script, text), (evidence,))


def _none(detail: str, likely: Mapping[str, float], rule: str) -> Finding[str]:
    ranked = sorted(likely.items(), key=lambda item: (-item[1], item[0]))[:3]
    seen = tuple(
        Candidate(name, Evidence("language", rule, confidence=round(part, 4))) for name, part in ranked if part >= 0.01
    )
    return Finding(None, reason="no-language", detail=detail, candidates=seen)


def _likely(text: str, script: str, hints: set[str], facts: Tables) -> tuple[str, dict[str, float]]:
    """How likely each language of a script is, averaged over what was read; and the rule that says so."""
    written = facts.written[script]
    if len(written) == 1:
        return "script", {written[0]: 0.99}
    if (frequent := _by_frequent_words(text, written, facts)) is not None:
        return "frequent-words", {frequent: 0.999}
    shares: dict[str, float] = {}
    parts = _read(text, script)
    for likely in parts:
        for language, share in (_hinted(likely, hints, facts) if hints else likely).items():
            shares[language] = shares.get(language, 0.0) + share / len(parts)
    return "letters+model" if script == "Arab" else "model", shares


def _by_frequent_words(text: str, written: Sequence[str], facts: Tables) -> str | None:
    """The one of these languages whose frequent words fill a long text's ends and middle; None where none does."""
    if len(text) < 2 * _FAR_END:
        return None
    start, *others = _samples(text, _FAR_END)
    first = facts.frequent_language(start, _VOTES)
    sure = first in written and all(facts.frequent_language(other, _VOTES) == first for other in others)
    return first if sure else None


def _samples(text: str, size: int) -> tuple[str, str, str]:
    """So many characters of the start, the middle and the end: a page may quote another language at length."""
    middle = (len(text) - size) // 2
    return text[:size], text[middle : middle + size], text[-size:]


@lru_cache(maxsize=1)
def _read(text: str, script: str) -> tuple[dict[str, float], ...]:
    """How likely each language of the script is in each part of the text that was read.

    The last answer is kept: a body is asked about to tell its outlet, and again with the outlet's languages as hints.
    """
    facts = tables()

    def likely(window: str) -> dict[str, float]:
        bare = window if script == "Latn" else _LATIN.sub(" ", window)
        return _by_letters(bare, facts) if script == "Arab" else _by_model(bare, facts.written[script], facts)

    if len(text) > 2 * _END:
        found: list[dict[str, float]] = []
        for part in _samples(text, _END):
            found.append(likely(part))
            if not any(all(each.get(name, 0.0) >= _SURE for each in found) for name in found[0]):
                break
        else:
            return tuple(found)
    return tuple(map(likely, _windows(text)))


def _hinted(likely: Mapping[str, float], hints: set[str], facts: Tables) -> dict[str, float]:
    raised = {
        language: part * (_HINT if language in hints or facts.renamed.get(language) in hints else 1.0)
        for language, part in likely.items()
    }
    total = math.fsum(raised.values())
    return {language: part / total for language, part in raised.items()}


def _windows(text: str) -> list[str]:
    if len(text) <= _WINDOWS * _WINDOW:
        return [text]
    step = (len(text) - _WINDOW) / (_WINDOWS - 1)
    return [text[round(step * k) : round(step * k) + _WINDOW] for k in range(_WINDOWS)]


# ----------------------------------------------------------------------------------- Arabic script: letters and words


def _by_letters(text: str, facts: Tables) -> dict[str, float]:
    """How likely each language in Arabic script is: its letters, its words and, unless they decide, the model."""
    # Texts out of old PDFs hold the letters' shapes instead of the letters.
    text = unicodedata.normalize("NFKC", text)
    scores = facts.arabic_scores(text)
    second, first = sorted(scores.values())[-2:]
    return _softmax(scores if first - second >= _LEAD else _with_model(text, scores, facts))


def _with_model(text: str, scores: Mapping[str, float], facts: Tables) -> dict[str, float]:
    """The scores of the languages in Arabic script, and what the model says of each."""
    model = _model(facts.arabic_classes)
    modelled = dict(model.rank(text))
    if len(text) < _SHORT and (persian := text.translate(_PERSIAN_KEYS)) != text:
        modelled["fa"] = max(modelled["fa"], dict(model.rank(persian))["fa"])
    likely = {language: sum(modelled[name] for name in item.like) for language, item in facts.alphabets.items()}
    top = max(likely.values())
    parts = {name: likely[name] if item.like else top for name, item in facts.alphabets.items()}
    return {name: score + _SHARPER * math.log(max(parts[name], _LEAST)) for name, score in scores.items()}


def _softmax(scores: Mapping[str, float]) -> dict[str, float]:
    top = max(scores.values())
    raised = {name: math.exp(score - top) for name, score in scores.items()}
    total = math.fsum(raised.values())
    return {name: part / total for name, part in raised.items()}


# ----------------------------------------------------------------------------------------------------------- the model


@lru_cache(maxsize=1)
def _whole_model() -> LanguageIdentifier:
    """The n-gram model of py3langid, loaded when the first text needs it."""
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


@cache
def _model(languages: tuple[str, ...]) -> LanguageIdentifier:
    """The model restricted to some of its languages; it shares the automaton of the whole one."""
    import numpy as np

    model = copy(_whole_model())
    model.set_languages(languages)
    model.nb_ptc = np.ascontiguousarray(model.nb_ptc)  # a feature's row in one piece of memory: half the time
    return model


def _by_model(text: str, languages: tuple[str, ...], facts: Tables) -> dict[str, float]:
    """What the model says of these languages, as shares of 1; rare ones weighed down, hopeless ones left out."""
    ranked = itertools.takewhile(lambda answer: answer[1] >= _HOPELESS, _model(languages).rank(text))
    likely = {name: part**_SHARPER * facts.weights.get(name, 1.0) for name, part in ranked}
    total = math.fsum(likely.values())
    return {name: part / total for name, part in likely.items()}
