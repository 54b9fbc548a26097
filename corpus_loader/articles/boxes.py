"""Boxes among the paragraphs of an article: «Read also» and its headlines, an advertisement, a podcast to listen to.

The labeller goes by the shape of lines: short headlines between two paragraphs look like the article's own, and the
last paragraph, alone below a box, looks like furniture. The words that open a box tell better.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from corpus_loader.articles import vocabulary
from corpus_loader.articles.labels import body_places, relabel
from corpus_loader.articles.sentences import ASKS, FULL_STOPS
from corpus_loader.articles.wording import title_key
from corpus_loader.records import BODY_LABELS, Document, Label, LabelledBlock

__all__ = ["clear_boxes"]

#: A box is opened by no longer line, or by a line with its one headline behind a colon.
_OPENING, _ONE_LINE = 48, 250
#: Below it stand no more lines, none longer; more are a list of the article's own.
_LINES, _HEADLINE = 5, 160
#: One that says where it ends can have more.
_CLOSED = 14
#: The last box of an article is at most so many lines above its last paragraph.
_TEASERS = 4
#: A paragraph is at least so long and ends a sentence; a shorter line that asks is a headline.
_PARAGRAPH, _QUESTION = 45, 100
_CLOSING = "\"'”’»)]› \u200f\u200e"
_COLON = re.compile("[:：]")
#: What else parts the words that open a box from its one headline: «اقرأ أيضا.. », «READ MORE | », «Read also – ».
_SIGN = re.compile(r"\s*(?:[:：|؛»]|\.{2,}|…|[-–—ـ]\s)|\s+[-–—]")
#: A line that asks to follow or to subscribe is no longer; one without links is shorter.
_CALL, _PLAIN_CALL = 100, 60
#: A line is a link as a whole from this share on.
_WHOLLY = 0.9
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_ASKS = tuple(ASKS)
_STOPS = (*FULL_STOPS, *_ASKS)
#: So much the labeller gives at least to a paragraph that stands alone below a box, and to those that follow it.
_LEAST, _FURTHER = 0.12, 0.25
#: And so much to a subheading between them.
_HEADING = 0.4
#: A line that is so likely the article's is no other article's headline, but a subheading.
_SURE = 0.8
#: Lines of menus and teasers are linked for a greater share.
_LINKED = 0.5
#: A line with the words that open a box and a headline is linked for this share at least.
_HEADLINE_LINKED = 0.25


def clear_boxes(document: Document, final: list[LabelledBlock]) -> Sequence[int]:
    """Take the lines of boxes out of the body, and bring the paragraphs back that stand below its last box.

    Returns the places of the body as it is then.
    """
    body = body_places(final)
    if not body:
        return body
    page, begins = _Boxes(document, final), vocabulary.may_begin("box", "openings")
    for index, text in enumerate(document.texts[body[0] : body[-1] + 1], body[0]):
        if len(text) > _ONE_LINE:
            continue
        if begins[text[:2]] and page.opens(index):
            page.clear(index)
        elif len(text) <= _CALL and final[index].label in BODY_LABELS and page.calls(index):
            page.label(index, Label.FURNITURE, "call")
    last = next((i for i in reversed(body) if final[i].label in BODY_LABELS), None)
    while last is not None:
        last = page.bring_back(last)
    return body_places(final) if page.changed else body


class _Boxes:
    """One page whose labels are changed in place."""

    def __init__(self, document: Document, final: list[LabelledBlock]) -> None:
        self.document, self.final = document, final
        self.changed = False

    def opens(self, index: int) -> bool:
        """Do these words open a box? In HTML, a headline behind them is linked."""
        text, markup = self.document.texts[index], self.document.blocks[index].markup
        if len(text) > _ONE_LINE or not vocabulary.may_begin("box", "openings")[text[:2]]:
            return False
        if len(text) > _OPENING and _SIGN.search(text, 0, _OPENING) is None:
            return False
        if markup is None and self.final[index].score >= _SURE and self._is_paragraph(index):
            return False  # «Related: the council also voted on Monday to …»
        linked = markup is None or markup.link_share > _HEADLINE_LINKED
        return _opens(text, linked=linked, marked=markup is not None)

    def calls(self, index: int) -> bool:
        """Does this short line ask to follow, subscribe or share, and say nothing else? «تابعونا على جوجل نيوز»."""
        text, markup = self.document.texts[index], self.document.blocks[index].markup
        may_be = vocabulary.may_begin("box", "calls_alone")[text[:2]]
        if may_be and title_key(text) in vocabulary.keys("box", "calls_alone"):
            return True
        if markup is not None and markup.link_share >= _WHOLLY and not markup.is_within(_HEADINGS):
            return vocabulary.phrases("box", "calls").find(text) >= 0
        follows = len(text) <= _PLAIN_CALL and vocabulary.beginning("box", "follow").match(text) is not None
        return follows and vocabulary.phrases("box", "channels").find(text) >= 0

    def clear(self, index: int) -> None:
        """From the words that open a box to the next paragraph all is furniture; in HTML, all that is linked."""
        self.label(index, Label.FURNITURE, "box")
        if self._length(index) > _OPENING:
            return
        if closing := self._closing(index):
            for below in range(index + 1, closing + 1):
                self.label(below, Label.FURNITURE, "in-box")
            return
        teasers = list(takewhile(self._is_teaser, range(index + 1, min(index + 2 + _LINES, len(self.final)))))
        for below in teasers if len(teasers) <= _LINES else ():
            self.label(below, Label.FURNITURE, "in-box")

    def bring_back(self, last: int) -> int | None:
        """The index of the last paragraph below a box that follows right on the body; None where none does.

        Where the same words open the next box, boxes hold summaries of other articles, not the rest of this one.
        """
        if last + 2 >= len(self.final) or not ((sells := self._sells(last + 1)) or self.opens(last + 1)):
            return None
        start = (self._closing(last + 1) or last + 1) + 1
        for index in range(start, min(start + _TEASERS, len(self.final))):
            if self._is(index, "box", "ends"):
                return None
            if not self.final[index].why and self._is_paragraph(index, like=last):
                after = self._end_of_left(index, last)
                if after == index or (not sells and self._is_again(last + 1, after)):
                    return None
                for found in range(index, after):
                    self.label(found, Label.BODY, "below-box")
                return after - 1
        return None

    def _end_of_left(self, index: int, like: int) -> int:
        """Where the paragraphs end that the labeller has all but left out; one can have a subheading above it."""
        after = index
        while self._is_left(after, like, _LEAST if after == index else _FURTHER):
            after += 1
            if self._is_left(after + 1, like, _FURTHER):
                after += self.final[after].score >= _HEADING and not self.final[after].why
        return after

    def _is_again(self, index: int, after: int) -> bool:
        """Does the line after a box open another one in the same words?"""
        if after >= len(self.final):
            return False
        return title_key(self.document.texts[index]) == title_key(self.document.texts[after])

    def _is_left(self, index: int, like: int, least: float) -> bool:
        """Is this a paragraph of the article that the labeller has all but left out?"""
        if index >= len(self.final) or self.final[index].why or self.final[index].score < least:
            return False
        if not self._is_paragraph(index, like):
            return False
        return vocabulary.phrases("box", "calls").find(self.document.texts[index]) < 0

    def _closing(self, index: int) -> int | None:
        """The line that says that the box above it ends, if none opens in between."""
        for below in range(index + 1, min(index + 1 + _CLOSED, len(self.final))):
            if self._is(below, "box", "closings"):
                return below
            if self.opens(below):
                return None
        return None

    def _sells(self, index: int) -> bool:
        return self._is(index, "advertisement", "lines")

    def _is_teaser(self, index: int) -> bool:
        markup = self.document.blocks[index].markup
        if self.final[index].score >= _SURE or (markup is not None and markup.link_share <= _LINKED):
            return False
        return self._length(index) <= _HEADLINE and not self._is_paragraph(index)

    def _is_paragraph(self, index: int, like: int | None = None) -> bool:
        """Does the line end a sentence, and is it long enough for one that is none's headline?"""
        if self._length(index) < _PARAGRAPH:
            return False
        markup = self.document.blocks[index].markup
        if markup is not None and like is not None:
            other = self.document.blocks[like].markup
            if markup.link_share > _LINKED or other is None or markup.tag != other.tag:
                return False
        text = self.document.texts[index].rstrip(_CLOSING)
        return text.endswith(_STOPS) and not (len(text) < _QUESTION and text.endswith(_ASKS))

    def _is(self, index: int, table: str, name: str) -> bool:
        """Is the line one of these, and nothing else?"""
        if self._length(index) > _OPENING:
            return False
        return title_key(self.document.texts[index]) in vocabulary.keys(table, name)

    def _length(self, index: int) -> int:
        return len(self.document.texts[index])

    def label(self, index: int, label: Label, why: str) -> None:
        """Relabel a block."""
        relabel(self.final, index, label, why)
        self.changed = True


def _opens(text: str, *, linked: bool, marked: bool) -> bool:
    """«Read also», alone or with a headline behind a colon or another sign.

    `linked`: a headline may stand behind the words; `marked`: because it is a link. In a dump, a sentence is none
    behind a sign other than a colon.
    """
    match = vocabulary.beginning("box", "openings").match(text)
    if match is None:
        return False
    if not any(map(str.isalpha, text[match.end() :])):
        return True
    sign = _SIGN.match(text, match.end(1)) if linked else None
    return sign is not None and (marked or _COLON.search(sign[0]) is not None or not text.endswith(_STOPS))
