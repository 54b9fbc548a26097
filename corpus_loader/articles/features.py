"""What the labeller looks at in each block of a page: the text features, which every page has.

No feature knows a language: characters count by class (`character_classes`), so that what is learned on pages in one
script holds in others. Blank lines are not looked at, as one dumper keeps them and another does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus_loader.articles.batch import Batch, Characters
from corpus_loader.articles.character_classes import CharacterClass
from corpus_loader.articles.lines import Lines, Numbers, Vector, exact
from corpus_loader.records import Document

__all__ = ["Columns", "gap_columns", "run_columns", "stated_headlines", "surroundings", "text_columns"]

#: The values of features for every block, by the feature's name.
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
#: A capital is a word's first letter where none of these stands before it.
_INSIDE_WORD = np.isin(np.arange(_KINDS), [_CAPITAL, _LATIN])
#: A character of a script without spaces says about as much as this many letters.
_SPACELESS_WEIGHT = 2.5
_LETTERS_A_WORD = 5.0
_FLOAT = np.float32


def stated_headlines(document: Document) -> tuple[str, ...]:
    """What the page states its headline to be: in its markup, or in its first line, where dumpers put the title."""
    if document.page.media_type == "text/html":
        return tuple(dict.fromkeys(datum.value for datum in document.metadata if datum.name in _HEADLINES))
    return (document.texts[0],)


def text_columns(batch: Batch, characters: Characters) -> Columns:
    """The text features of every block, by name."""
    lines = batch.lines
    columns = _line_columns(characters)
    columns |= _page_columns(lines, columns)
    columns |= _flow_columns(lines, columns["prose"])
    columns |= _repeat_columns(batch)
    return columns | _headline_columns(batch, columns["in_run"] > 0)


def _line_columns(characters: Characters) -> Columns:
    """What one line shows by itself."""
    kinds, starts, ends = characters.kinds, characters.starts, characters.ends
    n = len(starts)
    counts = np.bincount(characters.line * _KINDS + kinds, minlength=n * _KINDS).reshape(n, _KINDS).T.astype(_FLOAT)
    counts[_SPACE] -= 1  # the line break after the line
    spaceless = counts[_SPACELESS]
    size = counts[_LETTER] + counts[_LATIN] + counts[_CAPITAL] + _SPACELESS_WEIGHT * spaceless + counts[_DIGIT]
    words = counts[_SPACE] + 1 + spaceless * (_SPACELESS_WEIGHT / _LETTERS_A_WORD)
    # Before and after each line is a line break.
    capitals, stops = np.flatnonzero(kinds == _CAPITAL), np.flatnonzero(kinds == _STOP)
    initials = capitals[~_INSIDE_WORD[kinds[capitals - 1]]]
    ended = stops[_AFTER_SENTENCE[kinds[stops + 1]]]
    last = kinds[ends - 1]
    closing = ((last == _QUOTE) | (last == _BRACKET) | (last == _MARK)) & (ends - starts > 1)
    last = np.where(closing, kinds[ends - 2], last)
    stopped = last == _STOP
    sentences = _count(characters, ended) + (stopped & (kinds[ends - 1] != _STOP))
    per_word, share = counts / words, counts / (ends - starts).astype(_FLOAT)
    prose = size * (0.1 + 0.9 * np.maximum(stopped, np.minimum(sentences, 1)))
    return {
        "size": np.log1p(size),
        "words": np.log1p(words),
        "word_length": size / np.maximum(words, 1),
        "stopped": stopped,
        "colon_end": last == _COLON,
        "letter_end": last <= _SPACELESS,
        "symbol_end": last >= _DASH,
        "digit_end": last == _DIGIT,
        "first": kinds[starts],
        "sentences": np.log1p(sentences),
        "words_a_sentence": words / np.maximum(sentences, 1),
        "commas": per_word[_COMMA],
        "colons": per_word[_COLON],
        "quotes": per_word[_QUOTE],
        "brackets": per_word[_BRACKET],
        "dashes": per_word[_DASH],
        "symbols": per_word[_SYMBOL],
        "digits": share[_DIGIT],
        "capitals": share[_CAPITAL],
        "initials": _count(characters, initials) / words,
        "latin": (counts[_LATIN] + counts[_CAPITAL]) / (ends - starts),
        "spaceless": share[_SPACELESS],
        "prose": prose,
        "mass": size,
    }


def _count(characters: Characters, places: Numbers) -> Vector:
    """How many of the places are in each line."""
    return np.bincount(characters.line[places], minlength=len(characters.starts)).astype(_FLOAT)


def _page_columns(lines: Lines, columns: Columns) -> Columns:
    """Where the line stands in the page, and how it compares with the page."""
    prose, mass, page = exact(columns["prose"]), columns["mass"], lines.page
    total = np.maximum(lines.total(prose), 1.0)
    here = lines.so_far(prose)
    typical = prose + 1e-3
    typical /= lines.total(typical)[page]

    def usual(name: str) -> Vector:
        found: Vector = lines.total(columns[name] * typical)[page]
        return found

    return {
        "from_top": np.log1p(lines.before, dtype=_FLOAT),
        "from_bottom": np.log1p(lines.after, dtype=_FLOAT),
        "place": lines.before / lines.counts[page],
        "lines": np.log1p(lines.counts)[page],
        "page_prose": np.log1p(total)[page],
        "prose_before": (here - prose) / total[page],
        "prose_after": (total[page] - here) / total[page],
        "prose_share": prose / total[page],
        "of_longest": mass / np.maximum(lines.greatest(mass), 1.0)[page],
        "other_script": columns["latin"] - usual("latin"),
        "page_capitals": usual("capitals"),
        "page_word_length": usual("word_length"),
    }


_DECAYS = (0.5, 0.8, 0.92)
_REACH = 40


def _flow_columns(lines: Lines, prose: Vector) -> Columns:
    """How much prose stands around the line, near and far, and the page's densest run of prose."""
    columns: Columns = {}
    before, after = lines.faded(np.log1p(prose, dtype=_FLOAT), _DECAYS, _REACH)
    after = lines.around(after, 1)[1]  # the next line itself is looked at elsewhere
    for i, decay in enumerate(_DECAYS):
        columns |= {f"prose_behind_{decay}": before[i], f"prose_ahead_{decay}": after[i]}
    gains = np.minimum(prose, 400) - np.array([[12], [4]], _FLOAT)
    return columns | run_columns(lines, ("run", "wide_run"), gains, prose)


_PROSE = 60
_WINDOW = 6


def gap_columns(lines: Lines, prose: Vector) -> Columns:
    """How far the nearest lines of prose are, and how dense they stand around the line: comments are thinly sown.

    For pages with markup alone: in text dumps this is learned from the length of menus, and holds nowhere else.
    """
    full = prose >= _PROSE
    last = np.maximum.accumulate(np.where(full, lines.places, -_REACH))
    coming = np.minimum.accumulate(np.where(full, lines.places, lines.n + _REACH)[::-1])[::-1]
    since = lines.places - np.concatenate([[-_REACH], last[:-1]])
    until = np.concatenate([coming[1:], [lines.n + _REACH]]) - lines.places
    count = np.concatenate([[0], np.cumsum(full)])

    def share(reach: int) -> Vector:
        low = lines.places - np.minimum(lines.before, reach)
        high = lines.places + np.minimum(lines.after, reach) + 1
        found: Vector = (count[high] - count[low]) / (high - low)
        return found

    return {
        "since_prose": np.where(since <= lines.before, np.minimum(since, _REACH), _REACH),
        "until_prose": np.where(until <= lines.after, np.minimum(until, _REACH), _REACH),
        "prose_lines": share(_WINDOW),
        "prose_lines_wide": share(3 * _WINDOW),
        "page_prose_lines": (lines.total(full.astype(np.intp)) / lines.counts)[lines.page],
    }


def run_columns(lines: Lines, names: Sequence[str], gains: Vector, mass: Vector) -> Columns:
    """Where the line stands to its page's run of lines with the greatest sum of gains; that run's share of the mass.

    Args:
        lines: the lines of the pages.
        names: a name for each row of gains.
        gains: row by row what each line adds to a run.
        mass: how much each line counts in the share.

    """
    gains, mass = exact(gains), exact(mass)
    # Each page is put so far below the one before it that the lowest sum so far is its own.
    after = np.cumsum(gains, axis=-1) - (2 * np.ceil(np.abs(gains).sum()) + 1) * lines.page
    before = after - gains
    lowest = np.minimum.accumulate(before, axis=-1)
    begins = np.maximum.accumulate(np.where(before == lowest, lines.places, 0), axis=-1)
    gained = after - lowest
    best = lines.greatest(gained)
    ends = lines.first(gained == best.take(lines.page, axis=-1))
    empty = best <= 0
    start = np.where(empty, lines.starts, np.take_along_axis(begins, ends, axis=-1))
    end = np.where(empty, lines.starts, ends + 1)
    held = np.concatenate([[0], np.cumsum(mass)])
    share = (held[end] - held[start]) / np.maximum(lines.total(mass), 1.0)
    of_page = np.stack([start, end, np.maximum(end - start, 1), share]).take(lines.page, axis=-1)
    to_start, to_end = lines.places - of_page[0], lines.places - of_page[1] + 1
    inside = (to_start >= 0) & (to_end <= 0)
    offset = np.where(to_start < 0, np.maximum(to_start, -60), np.minimum(np.maximum(to_end, 0), 60))
    place = np.where(inside, to_start / of_page[2], -1)
    found: Columns = {}
    for i, name in enumerate(names):
        found |= {f"in_{name}": inside[i], f"to_{name}": offset[i], f"place_in_{name}": place[i]}
        found[f"{name}_share"] = of_page[3, i]
    return found


def _repeat_columns(batch: Batch) -> Columns:
    """Lines that the page prints more than once."""
    number = count()
    alike: list[int] = []
    for _, start, end in batch.pages():
        numbers: defaultdict[str, int] = defaultdict(number.__next__)
        alike += map(numbers.__getitem__, batch.texts[start:end])
    group = np.array(alike)
    sizes = np.bincount(group)
    order = np.argsort(group, kind="stable")
    copy = np.empty_like(group)
    copy[order] = batch.lines.places - np.repeat(np.cumsum(sizes) - sizes, sizes)
    twin = np.zeros(len(group) + 1, bool)
    twin[1:-1] = group[1:] == group[:-1]
    return {"copies": np.minimum(sizes[group], 4), "copy": np.minimum(copy, 3), "twin": twin[:-1] | twin[1:]}


_SHORTEST_HEADLINE = 8


_HEADLINES = frozenset({"title", "h1", "meta:og:title", "jsonld:NewsArticle.headline", "jsonld:Article.headline"})


def _headline_columns(batch: Batch, in_run: npt.NDArray[np.bool_]) -> Columns:
    """Where the line stands to the page's headline: a line that the stated headline holds, or that holds it."""
    lines, lengths = batch.lines, batch.lengths
    found = np.zeros(lines.n, bool)
    best = np.full(lines.pages, -1)
    run = lines.first(in_run)
    run = np.where(run < lines.n, run, lines.starts)
    for page, (document, start, end) in enumerate(batch.pages()):
        headlines = stated_headlines(document)
        if document.page.media_type == "text/plain":
            start += 1  # the first line is the headline
        places = np.array(_like(headlines, batch.texts[start:end], lengths[start:end]), np.intp) + start
        found[places] = True
        if len(places):
            # The longest one, and of several the last before the prose.
            longest = places[lengths[places] == lengths[places].max()]
            best[page] = longest[max(np.searchsorted(longest, run[page], "right") - 1, 0)]
    offset = np.minimum(np.maximum(lines.places - best[lines.page], -60), 60)
    return {"headline": found, "to_headline": np.where(best[lines.page] < 0, -99, offset)}


def _like(headlines: Sequence[str], texts: Sequence[str], lengths: Numbers) -> list[int]:
    """The lines that the headlines hold, or that hold one of them and not much else, in order."""
    found: set[int] = set()
    for headline in headlines:
        size = len(headline)
        shorter = np.flatnonzero((lengths >= _SHORTEST_HEADLINE) & (lengths <= size)).tolist()
        found.update([i for i in shorter if texts[i] in headline])
        longer = np.flatnonzero((lengths >= max(_SHORTEST_HEADLINE, size + 1)) & (lengths < 3 * size)).tolist()
        found.update([i for i in longer if headline in texts[i]])
    return sorted(found)


def surroundings(lines: Lines, columns: Columns, near: Sequence[str], nearest: Sequence[str]) -> Columns:
    """The values of neighbouring lines: three lines each way for `near`, one for `nearest`; −1 beyond the page."""
    found: Columns = {}
    for names, reach in ((near, 3), (nearest, 1)):
        values = np.stack([columns[name] for name in names], dtype=_FLOAT, casting="same_kind")
        for offset, rows in lines.around(values, reach, beyond=-1).items():
            found |= {f"{name}{offset:+d}": row for name, row in zip(names, rows, strict=True)}
    return found
