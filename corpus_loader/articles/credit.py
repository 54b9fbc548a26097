"""The credit: the agency or source that the article itself names as its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from corpus_loader.articles import vocabulary
from corpus_loader.articles.labels import body_places
from corpus_loader.articles.line_kinds import is_stamp
from corpus_loader.articles.wording import title_key
from corpus_loader.records import BODY_LABELS, Document, Evidence, Finding, Label, LabelledBlock

__all__ = ["find_credit", "is_credit_line"]

_LONGEST = 120
#: Longer lines are no agency's name.
_LONGEST_NAME = 60
#: Lines after the body's end, and before its start, in which a credit stands.
_AFTER, _BEFORE = 6, 6
_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]{2,60})[)）\]]")
_DATELINE = re.compile(r"^[^.!?؟。]{0,60}?[(（]([^()（）]{2,40})[)）]\s*[-–—:]")
#: «کرمانشاه - ایرنا - …»
_DASHED_DATELINE = re.compile(r"^[^-–—:.،]{2,30}\s[-–—]\s*([^-–—:.،]{2,30}?)\s*[-–—]\s")
#: The initials of editors before the agencies: «ع.ش/ ط.أ (د ب أ، رويترز)».
_INITIALED = re.compile(r"(?:\w{1,3}[.\s/،,]+){1,8}[(（]([^()（）]{2,40})[)）]")
_GAP = re.compile(r"\s+|(?=\|)")
_SEPARATORS = " \t:：/／|,،-–—.()[]（）\u00a0\u200c\u200f\u200e"


def find_credit(document: Document, labels: Sequence[LabelledBlock]) -> Finding[str]:
    """The credit as printed, without its label: the words after “Source:”, an agency's signature, a dateline's agency.

    A line that names its label wins over a bare signature, one after the body over one before it.
    """
    span = _body_span(labels)
    if span is None:
        return Finding(None, reason="no-body", detail="without a body there is no place for its credit")
    for index in _places(document, labels, *span):
        for rule, start, end in _credits(document, index, labels, span):
            quote = document.text[start:end]
            return Finding(quote, (Evidence("credit", rule, start, end, quote),))
    return Finding(None, reason="no-credit", detail="no line around the body names an agency or a source")


def is_credit_line(text: str) -> bool:
    """Is the line nothing but a credit?"""
    return len(text) <= _LONGEST and (_labelled(text) is not None or _is_signature(text))


def _body_span(labels: Sequence[LabelledBlock]) -> tuple[int, int] | None:
    """First and last block of the body."""
    body = body_places(labels)
    return (body[0], body[-1]) if body else None


def _places(document: Document, labels: Sequence[LabelledBlock], first: int, last: int) -> Iterator[int]:
    """The blocks in which a credit can stand, the likeliest first: below a standfirst too."""
    yield from range(last + 1, min(last + 1 + _AFTER, len(document.blocks)))
    yield from (i for i in (last, last - 1) if i >= first)
    yield from range(first - 1, max(first - 1 - _BEFORE, -1), -1)
    if labels[first].label is Label.STANDFIRST:
        below = range(first + 1, min(first + 1 + _BEFORE, last))
        yield from takewhile(lambda i: labels[i].label not in BODY_LABELS, below)
    yield first


def _credits(
    document: Document, index: int, labels: Sequence[LabelledBlock], span: tuple[int, int]
) -> Iterator[tuple[str, int, int]]:
    """(rule, start, end) of what one block credits."""
    block, text = document.blocks[index], document.texts[index]
    if labels[index].label is Label.CAPTION:
        return
    if len(text) <= _LONGEST:
        if (offset := _labelled(text)) is not None or (offset := _labelled_behind_stamp(text)) is not None:
            start, end = _trim(text, offset, _other_label(text, offset))
            yield "credit-label", block.start + start, block.start + end
        elif _is_signature(text):
            start, end = _trim(text, 0, len(text))
            yield "agency-line", block.start + start, block.start + end
    if index == span[1]:
        yield from _bracketed(document, index, "agency-at-end", [*_BRACKETS.finditer(text)][-1:], at_end=True)
    if index == span[0] and (match := _DATELINE.match(text) or _DASHED_DATELINE.match(text)) is not None:
        yield from _bracketed(document, index, "agency-in-dateline", [match], at_end=False)


def _bracketed(
    document: Document, index: int, rule: str, matches: Sequence[re.Match[str]], *, at_end: bool
) -> Iterator[tuple[str, int, int]]:
    block = document.blocks[index]
    for match in matches:
        stands_last = match.end() >= block.end - block.start - 1
        if _is_signature(match[1]) and (stands_last or not at_end):
            yield rule, block.start + match.start(1), block.start + match.end(1)


def _labelled(text: str) -> int | None:
    """Where the words begin after “Source:”; None where the line does not begin so."""
    match = vocabulary.beginning("credit", "labels").match(text) if ":" in text or "：" in text else None
    if match is None or match[2] not in {":", "："} or not text[match.end() :].strip(_SEPARATORS):
        return None
    return match.end()


def _labelled_behind_stamp(text: str) -> int | None:
    """The same where a day or a clock opens the line: «2021年11月3日 10:21 来源：新华社»."""
    for gap in _GAP.finditer(text) if ":" in text or "：" in text else ():
        offset = _labelled(text[gap.end() :])
        if offset is not None and is_stamp(text[: gap.start()].rstrip(_SEPARATORS)):
            return gap.end() + offset
    return None


def _other_label(text: str, start: int) -> int:
    """Where the credit ends: with the line, or before a label of another kind («来源：新华社 作者：李华»)."""
    for gap in _GAP.finditer(text, start + 1):
        labels = (vocabulary.beginning(table, "labels").match(text, gap.end()) for table in ("byline", "caption"))
        if any(label is not None and label[2] in {":", "："} for label in labels):
            return gap.start()
    return len(text)


def _is_signature(text: str) -> bool:
    if text.endswith((")", "）")) and (initialed := _INITIALED.fullmatch(text)) is not None:
        text = initialed[1]
    key = text.strip(_SEPARATORS)
    if not key or (key.isascii() and not vocabulary.may_begin("credit", "agencies")[key[:2]]):
        return False  # of other letters `title_key` can make those of a name
    return vocabulary.signature("credit", "agencies").fullmatch(key) is not None or (
        len(key) <= _LONGEST_NAME and title_key(key) in vocabulary.keys("credit", "agencies")
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without separators around it; closing brackets that belong to the words stay."""
    while start < end and text[start] in _SEPARATORS:
        start += 1
    while end > start and text[end - 1] in _SEPARATORS and not (text[end - 1] in ")]" and "(" in text[start:end]):
        end -= 1
    return start, end
