"""The byline: who wrote the article, as the page prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, takewhile

from corpus_loader.articles import vocabulary
from corpus_loader.articles.byline_names import find_names_line
from corpus_loader.articles.byline_parts import behind_day, days_in, names_end, parts_of
from corpus_loader.articles.labels import body_places
from corpus_loader.articles.sentences import ASKS, STOPS
from corpus_loader.articles.wording import title_key
from corpus_loader.records import Block, Document, Evidence, Finding, Label, LabelledBlock, Metadatum

__all__ = ["find_byline", "is_byline_line"]

_LONGEST, _MOST_WORDS = 90, 12
#: A sentence that names the author has more words than this: «Ada Okafor's most recent book is …».
_MOST_NAMES = 8
#: Lines before the body's start and after its end in which a byline stands.
_BEFORE, _AFTER = 12, 4
#: A standfirst has so many blocks, and the byline can stand below it.
_OPENING = 3
_STATED = re.compile(r"jsonld:\w*(?:Article|Posting|Report|Review|Story)\.(?:author|creator)(?:\.name)?$")
_STATED_NAMES = frozenset({"meta:author", "meta:byl", "meta:parsely-author", "meta:sailthru.author"})
_DIGIT = re.compile(r"\d")
#: Beginnings of names in lower case.
_PARTICLES = frozenset({"von", "van", "by", "par", "por", "di", "de", "del", "della", "da", "al", "el", "bin", "ibn"})
_NAME = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*")
_BAR = re.compile(r"\s\|\s+")
_COLON = re.compile("[:：]")
_GAP = re.compile(r"\s+")
_BETWEEN_NAMES = re.compile(r"\s*[,/&]\s*|\s+(?:and|und|et|y|e|og|och|и)\s+")
#: Addresses, accounts, file names and raw keys.
_NO_NAME = re.compile(r"[/@\n_<>{}]|https?:|\w\.\w+\.\w")
_NOBODY = re.compile(r"\W*(?:no author|admin|unknown|guest|staff)\W*", re.IGNORECASE)
_OUTLET_NAMES = frozenset({"meta:og:site_name", "meta:application-name", "jsonld:NewsArticle.publisher.name"})
_SENTENCE_END = (*STOPS, *ASKS, ":", "：", "»", "؛", ";")
_REL_AUTHOR = re.compile(r"""\brel\s*=\s*["']?[^"'>]*\bauthor\b|\bitemprop\s*=\s*["']?author\b""", re.IGNORECASE)
_CLASS = re.compile(r"""\bclass\s*=\s*["']?([^"'>]*)""", re.IGNORECASE)
_TOKEN_PARTS = re.compile(r"[a-z]+")
#: A line holds no more elements, if one of them marks its author.
_INNER = 6
#: Beside such characters, a name on its line is quoted alone.
_BESIDE_NAMES = re.compile(r"[\d@]")


def find_byline(document: Document, labels: Sequence[LabelledBlock]) -> Finding[str]:
    """The names of the byline as one slice of the page, without the “By” before them.

    In order: a line by the article with the name of an author whom the page states beside its text; a line that begins
    with a word for “By”; the stated author alone; a line that the markup marks as the author's.
    """
    body = body_places(labels)
    if not body:
        return Finding(None, reason="no-body", detail="without a body there is no place for its byline")
    # «Von Mainz bis Aachen: im Netz der Agenten» is a headline.
    places = [i for i in _places(document, body) if labels[i].label is not Label.TITLE]
    stated = list(_stated(document))
    for evidence in chain(
        _named(document, places, stated),
        _labelled(document, places),
        _before_word(document, places),
        map(_stated_evidence, stated),
        _marked(document, places),
        _unlabelled(document, labels, body),
    ):
        return Finding(evidence.quote, (evidence,))
    return Finding(None, reason="no-byline", detail="no line near the article names its author")


def is_byline_line(text: str, page: str = "") -> bool:
    """Does the line say “By”, in any language, perhaps behind a day, and then only a name?

    «Interview: Ada Okafor» names who answers if the rest of the page speaks of her.
    """
    return (start := _label_end(text)) is not None and not _is_guest(text, start, page)


def _is_guest(text: str, start: int, page: str) -> bool:
    label = vocabulary.beginning("byline", "labels").match(text)
    if label is None or title_key(label[1]) not in vocabulary.keys("byline", "interviews"):
        return False
    name = text[start:].split()[-1].strip(" .,:")
    return not _are_full_names(text[start:].strip()) or page.count(name) > 1


def _places(document: Document, body: Sequence[int]) -> Iterator[int]:
    """Blocks in which a byline can stand: before the body, nearest first, then below its standfirst, then after it."""
    first, last = body[0], body[-1]
    yield from range(first - 1, max(-1, first - 1 - _BEFORE), -1)
    yield first
    yield from sorted({*range(first + 1, body[: _OPENING + 1][-1])}.difference(body))
    yield from range(last + 1, min(last + 1 + _AFTER, len(document.blocks)))
    if last != first:
        yield last


def _stated(document: Document) -> Iterator[Metadatum]:
    """The authors that the page states beside its text; addresses and the outlet's own name are none."""
    names = set(filter(_states_author, document.stated_names))
    if not names:
        return
    authors = [datum for datum in document.metadata if datum.name in names]
    outlets = {title_key(datum.value) for name in _OUTLET_NAMES for datum in document.stated(name)}
    for datum in sorted(authors, key=lambda datum: datum.name in _STATED_NAMES):
        value = datum.value
        if _NO_NAME.search(value) or _NOBODY.fullmatch(value) or not _is_name(value):
            continue
        if outlets.isdisjoint((title_key(value), title_key(value[slice(*_stated_span(value))]))):
            yield datum


@lru_cache(maxsize=1024)  # pages state much, under few names
def _states_author(name: str) -> bool:
    return name in _STATED_NAMES or _STATED.match(name) is not None


def _stated_evidence(datum: Metadatum) -> Evidence:
    start, end = _stated_span(datum.value)
    first, last = (None, None) if datum.start is None else (datum.start + start, datum.start + end)
    return Evidence("byline", f"stated-author: {datum.name}", first, last, datum.value[start:end], origin="markup")


def _stated_span(value: str) -> tuple[int, int]:
    return next(_parts(value), (0, len(value)))


def _named(document: Document, places: Sequence[int], stated: Sequence[Metadatum]) -> Iterator[Evidence]:
    """Lines that hold a stated author's name and little else."""
    values = [datum.value[slice(*_stated_span(datum.value))] for datum in stated]
    names = [title_key(value) for value in values]
    for index in places if names else ():
        text = document.texts[index]
        if len(text) > _LONGEST or (text.endswith(_SENTENCE_END) and len(text.split()) > _MOST_NAMES):
            continue
        key = title_key(text)
        if not any(name in key for name in names):
            continue
        printed = [match.span() for value in values for match in _printed(value).finditer(text)]
        found = [part for part in _parts(text) if _holds(text[slice(*part)], names)]
        # «Ada Okaforada@news.example»
        for start, end in found or printed[:1]:
            label = vocabulary.beginning("byline", "labels").match(text, start, end)
            if label is not None and _holds(text[label.end() : end], names):  # «Por Lucía Ortega»
                start = label.end()
            inside = [span for span in printed if start <= span[0] and span[1] <= end]
            yield _evidence("stated-author-line", document, index, *_narrowed(text, start, end, inside))


def _printed(name: str) -> re.Pattern[str]:
    """Finds a name of several words in a line; nothing for one word."""
    words = name.split()
    return re.compile(r"\s+".join(map(re.escape, words)) if len(words) > 1 else r"(?!)", re.IGNORECASE)


def _narrowed(text: str, start: int, end: int, names: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The names alone, where figures, an account or other words are glued to them: «2020 byAda Okafor»."""
    if not names:
        return start, end
    first, last = min(name[0] for name in names), max(name[1] for name in names)
    glued = text[max(start, first - 1) : first].isalpha() or text[last : min(end, last + 1)].isupper()
    return (first, last) if glued or _BESIDE_NAMES.search(text, start, end) else (start, end)


def _holds(text: str, names: Sequence[str]) -> bool:
    """Is the text one of the names, or does it hold one of several words?"""
    key = title_key(text)
    return any(name == key or (" " in name and name in key) for name in names)


def _marked(document: Document, places: Sequence[int]) -> Iterator[Evidence]:
    """Lines whose element is marked as the author's, and that begin with two words or more."""
    for index in places:
        text, block = document.texts[index], document.blocks[index]
        if " " not in text or len(text) > _LONGEST or text.endswith(_SENTENCE_END):
            continue
        if not ((own := _is_marked(block)) or _holds_marked(block)):
            continue
        part = next(_parts(text), None)
        name = text[slice(*part)] if part else ""
        label = vocabulary.beginning("byline", "labels").match(name)
        nobody = _NOBODY.fullmatch(name, label.end() if label else 0)
        if part is None or " " not in name or nobody or _NO_NAME.search(name) or not _is_name(name):
            continue
        named = label is not None and _are_full_names(name[label.end() :])  # «von Jonas Weidlich 3. Mai»
        plain = own and not days_in(text)  # «Politics 3 May» in an element of the author's
        if plain or named or _are_full_names(name):
            start = part[0] + label.end() if label is not None and named else part[0]
            yield _evidence("marked-author-line", document, index, start, part[1])


def _is_marked(block: Block) -> bool:
    """Is the line's element marked as the author's, or one around it?"""
    if block.markup is None:
        return False
    outline, element = block.markup.outline, block.markup.element
    if any(_REL_AUTHOR.search(outline.starts[e]) for e in (element, outline.parents[element])):
        return True
    return _is_author(" ".join(block.markup.tokens))


def _holds_marked(block: Block) -> bool:
    """Is one of the few elements inside the line marked so, beside a day in the same element?"""
    if block.markup is None:
        return False
    outline, element = block.markup.outline, block.markup.element
    inner = list(takewhile(lambda e: outline.parents[e] >= element, range(element + 1, len(outline.parents))))
    return len(inner) <= _INNER and any(
        _REL_AUTHOR.search(start) or any(map(_is_author, _CLASS.findall(start)))
        for start in (outline.starts[e] for e in inner)
    )


def _is_author(tokens: str) -> bool:
    """Do class tokens say “author”, and nothing that speaks of other people?"""
    parts = set(_TOKEN_PARTS.findall(tokens.lower()))
    return not parts.isdisjoint(vocabulary.raw("byline", "tokens")) and parts.isdisjoint(
        vocabulary.raw("byline", "not_tokens")
    )


def _labelled(document: Document, places: Sequence[int]) -> Iterator[Evidence]:
    """Lines that begin with a word for “By”, or hold one behind a day or a bar."""
    for index in places:
        text = document.texts[index]
        start = _label_end(text)
        if start is None or _is_guest(text, start, document.text):
            continue
        if (part := next(parts_of(text, start), None)) is not None:
            yield _evidence("byline-label", document, index, *part)


def _before_word(document: Document, places: Sequence[int]) -> Iterator[Evidence]:
    """Lines of names before a word for those who write, perhaps with an address behind it: «김민수 기자»."""
    for index in places:
        text = document.texts[index]
        if len(text) <= _LONGEST and (match := _names_before_word().match(text)) is not None:
            yield _evidence("byline-word-behind", document, index, *match.span(1))


@cache
def _names_before_word() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, vocabulary.raw("byline", "behind")), key=len, reverse=True))
    name = r"[^\W\d_]{2,5}"
    return re.compile(rf"[\[(【]?({name}(?:\s?[·,・、]\s?{name})*)\s(?:{words})(?!\w)[\])】]?(?:\W*\Z|\s\S+@)")


def _unlabelled(document: Document, labels: Sequence[LabelledBlock], body: Sequence[int]) -> Iterator[Evidence]:
    """A line of names between headline and body, in scripts without capitals."""
    if (found := find_names_line(document, labels, body)) is not None:
        yield _evidence("line-of-names", document, *found)


def _evidence(rule: str, document: Document, index: int, start: int, end: int) -> Evidence:
    at = document.blocks[index].start
    return Evidence("byline", rule, at + start, at + end, document.text[at + start : at + end])


def _label_end(text: str) -> int | None:
    """Where the name begins after a word for “By”; None where the line is not such a line.

    The word opens the line, or stands behind a day («3 May 2021 by Ada Okafor») or a bar («7 | Author: Ada Okafor»).
    """
    return _end_of_label(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=1024)  # several rules ask about the same lines
def _end_of_label(text: str) -> int | None:
    if vocabulary.may_begin("byline", "labels")[text[:2]] and (end := _after_label(text)) is not None:
        return end
    begins = [bar.end() for bar in _BAR.finditer(text)] if "|" in text and _COLON.search(text) else []
    for bar in begins:
        if (end := _after_label(text[bar:])) is not None:
            return bar + end
    if _may_follow_day(text) and (at := behind_day(text)) is not None and (end := _after_label(text[at:])) is not None:
        part = next(parts_of(text, at + end), None)
        # «3 May 2021: Von Mainz bis Aachen»
        if part is not None and all(map(_is_in_names, text[slice(*part)].split())):
            return at + end
    return None


def _is_in_names(word: str) -> bool:
    return not word[0].islower() or word in _PARTICLES or _BETWEEN_NAMES.fullmatch(f" {word} ") is not None


def _may_follow_day(text: str) -> bool:
    """Does a word for “By” stand anywhere behind a figure? Days are read only then: it takes long."""
    digit = _DIGIT.search(text)
    if digit is None:
        return False
    label, firsts = vocabulary.beginning("byline", "labels"), vocabulary.may_begin("byline", "labels")
    after = (gap.end() for gap in _GAP.finditer(text, digit.end()))
    return any(firsts[text[at : at + 2]] and label.match(text, at) for at in after)


def _after_label(text: str) -> int | None:
    """Where the name begins after the word for “By” that opens these words."""
    match = vocabulary.beginning("byline", "labels").match(text)
    if match is None:
        return None
    end = names_end(text, match.end())
    if not text[match.end() : end].strip():  # «By Tuesday evening»
        return None
    colon = match[2] in {":", "："} or (
        match[2] in {",", "،"} and title_key(match[1]) in vocabulary.keys("byline", "commas")
    )
    key = title_key(match[1])
    ambiguous = not colon and key in vocabulary.keys("byline", "ambiguous")
    if (match[2] and not colon) or (ambiguous and key not in vocabulary.keys("byline", "before_names")):
        return None
    part = next(parts_of(text, match.end()), None)
    if part is None or part[0] >= end:
        return None
    name = text[slice(*part)]
    name = name if end == len(text) else name.rstrip(" .")  # «By Ada Okafor. Updated …» is no sentence
    if not name or _NOBODY.fullmatch(name) or not _is_name(name) or (ambiguous and not _are_full_names(name)):
        return None
    return match.end()


def _is_name(text: str) -> bool:
    """Can the line be names? Few words, no sentence, no figures; a capital first where the script has them."""
    words = text.split()
    if not 1 < len(text) <= _LONGEST or len(words) > _MOST_WORDS or text.endswith(_SENTENCE_END):
        return False
    if len(_DIGIT.findall(text)) > 4:
        return False
    first = next((char for char in text if char.isalpha()), "")
    return bool(first) and not (first.islower() and words[0].lower() not in _PARTICLES)


def _are_full_names(text: str) -> bool:
    """Is each name two to four words with capitals? «Par hasard» is no name, nor is «POR FIN LIBRES» surely one."""
    names = [[word for word in name.split() if word.lower() not in _PARTICLES] for name in _BETWEEN_NAMES.split(text)]
    return not text.isupper() and all(
        2 <= len(words) <= 4
        and words[0].lower() not in vocabulary.raw("byline", "articles")
        and all(word[0].isupper() and _NAME.fullmatch(word) for word in words)
        for words in names
    )


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Spans of what a byline says, its label left out."""
    return parts_of(text, _label_end(text) or 0)
