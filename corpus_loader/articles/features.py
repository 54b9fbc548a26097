"""What the labeller looks at in each block of a page: the text features, which every page has.

No feature knows a language: characters count by class (`character_classes`), so that what is learned on pages in one
script holds in others. Blank lines are not looked at, as one dumper keeps them and another does not.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.character_classes import CharacterClass, class_of_code_points
from corpus_loader.records import Document

__all__ = ["Columns", "Vector", "gap_columns", "run_columns", "stated_headlines", "surroundings", "text_columns"]

Vector = npt.NDArray[np.floating[Any]]
#: The values of features for every block, or one for the whole page, by the feature's name.
Columns = dict[str, Any]

_KINDS = len(CharacterClass)
(
    _LETTER,
    _LATIN,
    _CAPITAL,
    _SPACELESS,
    _DIGIT,
    _SPACE,
    _STOP,
    _COMMA,
    _COLON,
    _QUOTE,
    _BRACKET,
    _DASH,
    _SYMBOL,
    _MARK,
) = (int(kind) for kind in CharacterClass)
#: A full stop ends a sentence where one of these follows: in `3.14` and `example.org` it does not.
_AFTER_SENTENCE = np.isin(np.arange(_KINDS), [_SPACE, _QUOTE, _SPACELESS, _BRACKET])
#: A character of a script without spaces says about as much as this many letters.
_SPACELESS_WEIGHT = 2.5
_LETTERS_A_WORD = 5.0
_FLOAT = np.float32


def stated_headlines(document: Document) -> tuple[str, ...]:
    """What the page states its headline to be: in its markup, or in its first line, where dumpers put the title."""
    if document.page.media_type == "text/html":
        return tuple(dict.fromkeys(datum.value for datum in document.metadata if datum.name in _HEADLINES))
    return (document.block_text(0),)


def text_columns(document: Document, texts: Sequence[str]) -> Columns:
    """The text features of every block, by name.

    Args:
        document: a page with at least one block.
        texts: the text of each block.

    """
    n = len(texts)
    columns = _line_columns(document, n)
    prose = columns["prose"]
    columns |= _page_columns(columns, n)
    columns |= _flow_columns(prose, n)
    columns |= _repeat_columns(texts, n)
    columns |= _headline_columns(document, texts, int(np.argmax(columns["in_run"] > 0)))
    return columns


def _line_columns(document: Document, n: int) -> Columns:
    """What one line shows by itself."""
    spans = np.array([block[:2] for block in document.blocks])
    starts, ends = spans[:, 0], spans[:, 1]
    first = int(starts[0])
    encoded = document.text[first : ends[-1]].encode("utf-32-le", "surrogatepass")
    kinds = class_of_code_points()[np.frombuffer(encoded, np.uint32)]
    starts, ends = starts - first, ends - first
    owner = np.repeat(np.arange(0, n * _KINDS, _KINDS), np.diff(starts, append=ends[-1]))
    counts = np.bincount(owner + kinds, minlength=n * _KINDS).reshape(n, _KINDS).T.astype(_FLOAT)
    counts[_SPACE, :-1] -= starts[1:] - ends[:-1]
    spaceless = counts[_SPACELESS]
    size = counts[_LETTER] + counts[_LATIN] + counts[_CAPITAL] + _SPACELESS_WEIGHT * spaceless + counts[_DIGIT]
    words = counts[_SPACE] + 1 + spaceless * (_SPACELESS_WEIGHT / _LETTERS_A_WORD)
    capital = kinds == _CAPITAL
    initial = capital.copy()
    initial[1:] &= ~(capital | (kinds == _LATIN))[:-1]
    ended = kinds == _STOP
    ended[:-1] &= _AFTER_SENTENCE[kinds[1:]]
    sentences = np.add.reduceat(ended, starts, dtype=_FLOAT)
    last = kinds[ends - 1]
    closing = ((last == _QUOTE) | (last == _BRACKET) | (last == _MARK)) & (ends - starts > 1)
    last = np.where(closing, kinds[ends - 2], last)
    stopped = (last == _STOP).astype(_FLOAT)
    sentences += ~ended[ends - 1] & (last == _STOP)
    total = np.maximum(counts.sum(axis=0), 1)
    prose = size * (0.1 + 0.9 * np.maximum(stopped, np.minimum(sentences, 1)))
    return {
        "size": np.log1p(size),
        "words": np.log1p(words),
        "word_length": size / np.maximum(words, 1),
        "stopped": stopped,
        "colon_end": (last == _COLON).astype(_FLOAT),
        "letter_end": (last <= _SPACELESS).astype(_FLOAT),
        "symbol_end": (last >= _DASH).astype(_FLOAT),
        "digit_end": (last == _DIGIT).astype(_FLOAT),
        "first": kinds[starts].astype(_FLOAT),
        "sentences": np.log1p(sentences),
        "words_a_sentence": words / np.maximum(sentences, 1),
        "commas": counts[_COMMA] / words,
        "colons": counts[_COLON] / words,
        "quotes": counts[_QUOTE] / words,
        "brackets": counts[_BRACKET] / words,
        "dashes": counts[_DASH] / words,
        "symbols": counts[_SYMBOL] / words,
        "digits": counts[_DIGIT] / total,
        "capitals": counts[_CAPITAL] / total,
        "initials": np.add.reduceat(initial, starts, dtype=_FLOAT) / words,
        "latin": (counts[_LATIN] + counts[_CAPITAL]) / total,
        "spaceless": spaceless / total,
        "prose": prose.astype(_FLOAT),
        "mass": size.astype(_FLOAT),
    }


def _page_columns(columns: Columns, n: int) -> Columns:
    """Where the line stands in the page, and how it compares with the page."""
    prose, mass = columns["prose"], columns["mass"]
    total = max(float(prose.sum()), 1.0)
    line = np.arange(n, dtype=_FLOAT)
    before = np.cumsum(prose) - prose
    weight = prose / total
    typical = (prose + 1e-3) / (prose + 1e-3).sum()
    return {
        "from_top": np.log1p(line),
        "from_bottom": np.log1p(n - 1 - line),
        "place": line / n,
        "lines": np.log1p(n),
        "page_prose": np.log1p(total),
        "prose_before": before / total,
        "prose_after": (total - before - prose) / total,
        "prose_share": weight,
        "of_longest": mass / max(float(mass.max()), 1.0),
        "other_script": columns["latin"] - columns["latin"] @ typical,
        "page_capitals": columns["capitals"] @ typical,
        "page_word_length": columns["word_length"] @ typical,
    }


_DECAYS = (0.5, 0.8, 0.92)
_REACH = 40
_KERNELS = [np.power(decay, np.arange(1, _REACH + 1), dtype=_FLOAT) for decay in _DECAYS]


def _flow_columns(prose: Vector, n: int) -> Columns:
    """How much prose stands around the line, near and far, and the page's densest run of prose."""
    columns: Columns = {}
    log_prose = np.log1p(prose)
    for decay, kernel in zip(_DECAYS, _KERNELS, strict=True):
        padded = np.concatenate([log_prose, np.zeros(1, _FLOAT)])
        ahead = np.convolve(padded[::-1], kernel)[:n][::-1]
        behind = np.convolve(padded, kernel)[:n]
        columns[f"prose_behind_{decay}"] = np.concatenate([[0], behind[:-1]]).astype(_FLOAT)
        columns[f"prose_ahead_{decay}"] = np.concatenate([ahead, [0]])[1:].astype(_FLOAT)
    for name, cost in (("run", 12.0), ("wide_run", 4.0)):
        columns |= run_columns(name, np.minimum(prose, 400) - cost, prose, n)
    return columns


_PROSE = 60
_WINDOW = 6


def gap_columns(prose: Vector) -> Columns:
    """How far the nearest lines of prose are, and how dense they stand around the line: comments are thinly sown.

    For pages with markup alone: in text dumps this is learned from the length of menus, and holds nowhere else.
    """
    n = len(prose)
    line = np.arange(n)
    full = prose >= _PROSE
    last = np.maximum.accumulate(np.where(full, line, -_REACH))
    before = np.concatenate([[-_REACH], last[:-1]])
    coming = np.minimum.accumulate(np.where(full, line, n + _REACH)[::-1])[::-1]
    after = np.concatenate([coming[1:], [n + _REACH]])
    count = np.concatenate([[0], np.cumsum(full)])
    low, high = np.maximum(line - _WINDOW, 0), np.minimum(line + _WINDOW + 1, n)
    wide_low, wide_high = np.maximum(line - 3 * _WINDOW, 0), np.minimum(line + 3 * _WINDOW + 1, n)
    return {
        "since_prose": np.minimum(line - before, _REACH).astype(_FLOAT),
        "until_prose": np.minimum(after - line, _REACH).astype(_FLOAT),
        "prose_lines": ((count[high] - count[low]) / (high - low)).astype(_FLOAT),
        "prose_lines_wide": ((count[wide_high] - count[wide_low]) / (wide_high - wide_low)).astype(_FLOAT),
        "page_prose_lines": count[-1] / n,
    }


def run_columns(name: str, gain: Vector, mass: Vector, n: int) -> Columns:
    """Where the line stands to the run of lines with the greatest sum of gains, and that run's share of the mass."""
    sums = np.concatenate([[0.0], np.cumsum(gain, dtype=np.float64)])
    lowest = np.minimum.accumulate(sums)
    end = int(np.argmax(sums - lowest))
    start = int(np.flatnonzero(sums[: end + 1] == lowest[end])[-1])
    line = np.arange(n)
    inside = (line >= start) & (line < end)
    offset = np.where(line < start, line - start, np.where(line >= end, line - end + 1, 0))
    return {
        f"in_{name}": inside.astype(_FLOAT),
        f"to_{name}": np.clip(offset, -60, 60).astype(_FLOAT),
        f"place_in_{name}": np.where(inside, (line - start) / max(end - start, 1), -1).astype(_FLOAT),
        f"{name}_share": mass[start:end].sum() / max(float(mass.sum()), 1.0),
    }


def _repeat_columns(texts: Sequence[str], n: int) -> Columns:
    """Lines that the page prints more than once."""
    seen: dict[str, int] = {}
    rank = []
    for text in texts:
        seen[text] = copy = seen.get(text, -1) + 1
        rank.append(copy)
    twin = np.zeros(n + 1, bool)
    twin[1:-1] = np.fromiter(map(operator.eq, texts[:-1], texts[1:]), bool, n - 1)
    return {
        "copies": np.minimum(np.array([seen[text] for text in texts]) + 1, 4),
        "copy": np.minimum(np.array(rank), 3),
        "twin": twin[:-1] | twin[1:],
    }


_SHORTEST_HEADLINE = 8


_HEADLINES = frozenset({"title", "h1", "meta:og:title", "jsonld:NewsArticle.headline", "jsonld:Article.headline"})


def _headline_columns(document: Document, texts: Sequence[str], body: int) -> Columns:
    """Where the line stands to the page's headline: a line that the stated headline holds, or that holds it."""
    headlines = stated_headlines(document)
    n = len(texts)
    best, best_length, found = -1, 0, np.zeros(n, _FLOAT)
    for i, text in enumerate(texts):
        length = len(text)
        if length >= _SHORTEST_HEADLINE and (i or document.page.media_type == "text/html"):
            for headline in headlines:
                if text in headline or (headline in text and length < 3 * len(headline)):
                    found[i] = 1
                    if length > best_length or (length == best_length and i <= body):
                        best, best_length = i, length
                    break
    known = best >= 0
    line = np.arange(n, dtype=_FLOAT)
    return {
        "headline": found,
        "to_headline": np.clip(line - best, -60, 60) if known else np.full(n, -99, _FLOAT),
    }


def surroundings(columns: Columns, near: Sequence[str], nearest: Sequence[str]) -> Columns:
    """The values of neighbouring lines: three lines each way for `near`, one for `nearest`; −1 beyond the page."""
    found: Columns = {}
    for names, reach in ((near, 3), (nearest, 1)):
        stack = np.stack([columns[name] for name in names])
        n = stack.shape[1]
        padded = np.full((len(names), n + 2 * reach), -1, _FLOAT)
        padded[:, reach : n + reach] = stack
        for offset in range(-reach, reach + 1):
            if offset:
                shifted = padded[:, reach + offset : reach + offset + n]
                found |= {f"{name}{offset:+d}": shifted[i] for i, name in enumerate(names)}
    return found
