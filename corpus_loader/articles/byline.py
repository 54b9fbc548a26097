"""The byline: who wrote the article, as the page prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain

from corpus_loader.articles import vocabulary
from corpus_loader.articles.byline_names import find_names_line
from corpus_loader.articles.labels import body_places
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
_CUT = re.compile(r"\s*;\s+|\s+[|•·⋅–—]\s+|\s+(?=@\w)|\s{2,}|\s*\|\s*|,\s+(?=\d)|\s+(?=\d{1,2}[./:]\s?\d)|\t")
_AROUND = " \t:,،;|/-–—•·⋅→()\u00a0"
#: Beginnings of names in lower case.
_PARTICLES = frozenset({"von", "van", "by", "par", "por", "di", "de", "del", "della", "da", "al", "el", "bin", "ibn"})
_NAME = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*")
_BETWEEN_NAMES = re.compile(r"\s*[,/&]\s*|\s+(?:et|y|e|og|och)\s+")
#: Addresses, accounts, file names and raw keys.
_NO_NAME = re.compile(r"[/@\n_<>{}]|https?:|\w\.\w+\.\w|^\W*(?:no author|admin|unknown|guest|staff)\W*$", re.IGNORECASE)
_OUTLET_NAMES = frozenset({"meta:og:site_name", "meta:application-name", "jsonld:NewsArticle.publisher.name"})
_SENTENCE_END = (".", "!", "?", "؟", "。", "…", ":", "：", "»", "؛", ";")
_REL_AUTHOR = re.compile(r"""\brel\s*=\s*["']?[^"'>]*\bauthor\b|\bitemprop\s*=\s*["']?author\b""", re.IGNORECASE)
_TOKEN_PARTS = re.compile(r"[a-z]+")


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
        map(_stated_evidence, stated),
        _marked(document, places),
        _unlabelled(document, labels),
    ):
        return Finding(evidence.quote, (evidence,))
    return Finding(None, reason="no-byline", detail="no line near the article names its author")


def is_byline_line(text: str) -> bool:
    """Does the line say “By”, in any language, and then only a name?"""
    return _after_label(text) is not None


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
    authors = [datum for datum in document.metadata if _states_author(datum.name)]
    outlets = {title_key(datum.value) for datum in document.metadata if authors and datum.name in _OUTLET_NAMES}
    for datum in sorted(authors, key=lambda datum: datum.name in _STATED_NAMES):
        if not _NO_NAME.search(datum.value) and _is_name(datum.value) and title_key(datum.value) not in outlets:
            yield datum


@lru_cache(maxsize=1024)  # pages state much, under few names
def _states_author(name: str) -> bool:
    return name in _STATED_NAMES or _STATED.match(name) is not None


def _stated_evidence(datum: Metadatum) -> Evidence:
    start, end = next(_parts(datum.value), (0, len(datum.value)))
    first, last = (None, None) if datum.start is None else (datum.start + start, datum.start + end)
    return Evidence("byline", f"stated-author: {datum.name}", first, last, datum.value[start:end], origin="markup")


def _named(document: Document, places: Sequence[int], stated: Sequence[Metadatum]) -> Iterator[Evidence]:
    """Lines that hold a stated author's name and little else."""
    names = [title_key(datum.value) for datum in stated]
    for index in places if names else ():
        text = document.block_text(index)
        if len(text) > _LONGEST or (text.endswith(_SENTENCE_END) and len(text.split()) > _MOST_NAMES):
            continue
        for start, end in _parts(text):
            if _holds(text[start:end], names):
                label = vocabulary.beginning("byline", "labels").match(text, start, end)
                if label is not None and _holds(text[label.end() : end], names):  # «Por Lucía Ortega»
                    start = label.end()
                yield _evidence("stated-author-line", document, index, start, end)


def _holds(text: str, names: Sequence[str]) -> bool:
    """Is the text one of the names, or does it hold one of several words?"""
    key = title_key(text)
    return any(name == key or (" " in name and name in key) for name in names)


def _marked(document: Document, places: Sequence[int]) -> Iterator[Evidence]:
    """Lines of two words or more whose element is marked as the author's."""
    for index in places:
        text = document.block_text(index)
        if " " in text and not _NO_NAME.search(text) and _is_name(text) and _is_marked(document.blocks[index]):
            yield _evidence("marked-author-line", document, index, *next(_parts(text)))


def _is_marked(block: Block) -> bool:
    if block.markup is None:
        return False
    outline, element = block.markup.outline, block.markup.element
    if any(_REL_AUTHOR.search(outline.starts[e]) for e in (element, outline.parents[element])):
        return True
    parts = {part for token in block.markup.tokens for part in _TOKEN_PARTS.findall(token)}
    return not parts.isdisjoint(vocabulary.raw("byline", "tokens")) and parts.isdisjoint(
        vocabulary.raw("byline", "not_tokens")
    )


def _labelled(document: Document, places: Sequence[int]) -> Iterator[Evidence]:
    """Lines that begin with a word for “By”."""
    for index in places:
        text = document.block_text(index)
        if _after_label(text) is not None:
            yield _evidence("byline-label", document, index, *next(_parts(text)))


def _unlabelled(document: Document, labels: Sequence[LabelledBlock]) -> Iterator[Evidence]:
    """A line of names between headline and body, in scripts without capitals."""
    if (found := find_names_line(document, labels)) is not None:
        yield _evidence("line-of-names", document, *found)


def _evidence(rule: str, document: Document, index: int, start: int, end: int) -> Evidence:
    at = document.blocks[index].start
    return Evidence("byline", rule, at + start, at + end, document.text[at + start : at + end])


def _after_label(text: str) -> int | None:
    """Where the name begins after a word for “By”; None where the line is not such a line."""
    if len(text) > _LONGEST:
        return None
    match = vocabulary.beginning("byline", "labels").match(text)
    if match is None:
        return None
    if _ends().match(f" {text[match.end() :]}"):  # «By Tuesday evening»
        return None
    colon = match[2] in {":", "："} or (
        match[2] in {",", "،"} and title_key(match[1]) in vocabulary.keys("byline", "commas")
    )
    key = title_key(match[1])
    ambiguous = not colon and key in vocabulary.keys("byline", "ambiguous")
    if (match[2] and not colon) or (ambiguous and key not in vocabulary.keys("byline", "before_names")):
        return None
    end = _names_end(text, match.end())
    name = _CUT.split(text[match.end() : end].strip())[0]
    name = name if end == len(text) else name.rstrip(" .")  # «By Ada Okafor. Updated …» is no sentence
    if not name or not _is_name(name) or (ambiguous and not _are_full_names(name)):
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


def _names_end(text: str, start: int) -> int:
    """Where the names that begin there end at the latest: before a day, or words such as “Updated”."""
    match = _ends().search(text, start + 1)
    return match.start() if match else len(text)


@cache
def _ends() -> re.Pattern[str]:
    """Finds what stands behind the names, with the small words before it: «, on Monday», « Dec. 3»."""
    words, months = ("|".join(map(re.escape, vocabulary.raw("byline", name))) for name in ("ends", "months"))
    day = rf"(?:{months})\.?\s+\d|\d{{1,2}}\.?\s+(?:de\s+)?(?:{months})\b"
    figures = r"[\s,]*(?:\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d)"
    small = r"[\s,]+(?:(?:on|at|am|le|el)\s+)?"
    glued = r"(?-i:(?<=[a-z])(?:Published|Updated|Posted)\b)"
    return re.compile(rf"{small}(?:(?:\d+\s+)?(?:{words})\b|{day})|{figures}|\s+(?:on|at)$|{glued}", re.IGNORECASE)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Spans of what a byline says, its label left out: names first, then what follows a bar, a dot or a date."""
    start = _after_label(text) or 0
    text = text[: _names_end(text, start)]
    for cut in (*_CUT.finditer(text, start), None):
        end = len(text) if cut is None else cut.start()
        part = text[start:end].strip(_AROUND)
        if part:
            at = text.index(part, start)
            yield at, at + len(part)
        start = end if cut is None else cut.end()
