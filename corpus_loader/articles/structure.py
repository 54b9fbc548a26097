"""Refine the labeller's answer: what a block is, where its place, its markup or its own words say so.

The labeller tells body from furniture. These rules name the parts of an article — title, standfirst, subheadings — and
take out of the body what is printed among its paragraphs and is none of it: captions, bylines, credits, advertisements.
Each rule looks at one block, its neighbours and the page; none knows a site.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from corpus_loader.articles import vocabulary
from corpus_loader.articles.author_notes import author_note
from corpus_loader.articles.below_headline import below_headline
from corpus_loader.articles.boxes import clear_boxes
from corpus_loader.articles.byline import is_byline_line
from corpus_loader.articles.byline_names import find_names_line
from corpus_loader.articles.comments import comments_below, in_comments
from corpus_loader.articles.credit import is_credit_line
from corpus_loader.articles.labels import body_places, relabel, title_places
from corpus_loader.articles.line_kinds import is_stamp, names_picture
from corpus_loader.articles.next_stories import drop_next_stories
from corpus_loader.articles.notices import notices_among
from corpus_loader.articles.sentences import ASKS, STOPS, holds_sentence
from corpus_loader.articles.standfirst import Summaries
from corpus_loader.articles.wording import title_key
from corpus_loader.records import BODY_LABELS, Document, Finding, Label, LabelledBlock, Markup

__all__ = ["HEADINGS", "refine"]

#: A caption or a subheading is no longer than this, in characters.
_LINE = 200
_SUBHEADING = 80
#: A score so near to body's, and the length of the paragraphs around, bring a subheading back.
_NEARLY, _PARAGRAPH = 0.4, 80
_ADVERTISEMENT = 60
#: A line that marks the text's end is no longer.
_END = 80
#: A note below the text is no longer; a longer paragraph is the article's, whatever it says.
_END_NOTE = 500
#: Two spellings of one line differ in length by no more: quotes, joiners, a final stop.
_SPELLING = 10
#: A shorter line that is printed twice can be verse.
_REFRAIN = 12
#: Lines around the body that are looked at.
_AROUND = 6
#: Blocks at the body's start that can be a standfirst.
_OPENING = 3
_START = attrgetter("start")
_FIGURE = frozenset({"figcaption"})
#: What a line is already is no signature.
_NAMED = frozenset({Label.TITLE, Label.CAPTION})
#: Elements of an article's own headings.
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_QUOTES = frozenset("„“”«»\"‘‚'")
_ENDS = (*STOPS, *ASKS, ":", ";", ",", "،", "”", "»", '"')


def refine(document: Document, labels: Sequence[LabelledBlock], title: Finding[str]) -> tuple[LabelledBlock, ...]:
    """The final label of every block, in page order; scores stay the labeller's.

    Args:
        document: the page.
        labels: the labeller's answer, one a block.
        title: the page's headline, as `find_title` found it.

    """
    final = list(labels)
    drop_next_stories(document, final, title)
    if body := clear_boxes(document, final):
        page = _Refiner(document, final, body)
        page.bring_back_subheadings()
        page.name_title(title)
        page.drop_menu()
        page.name_captions()
        page.name_signatures()
        page.bring_back_standfirst()
        page.drop_comments(title)
        page.drop_advertisements()
        page.drop_notices()
        page.drop_box()
        page.drop_author_note()
        page.drop_end_notes()
        page.drop_stamps()
        page.name_standfirst()
        page.name_subheadings()
    return tuple(final)


class _Refiner:
    """One page while its labels are refined; each method is a rule and changes `final` in place."""

    def __init__(self, document: Document, final: list[LabelledBlock], body: Sequence[int]) -> None:
        self.document, self.final = document, final
        self.first, self.last = body[0], body[-1]
        self._known_body: Sequence[int] | None = body
        self.near = range(max(0, self.first - _AROUND), min(len(final), self.last + 1 + _AROUND))
        self.texts = document.texts
        markup = document.blocks[0].markup
        self._has_figures = markup is not None and "figcaption" in markup.outline.names
        self._captions: dict[tuple[str, int], bool] = {}

    def _label(self, index: int, label: Label, why: str) -> None:
        relabel(self.final, index, label, why)
        self._known_body = None

    def _body(self) -> Sequence[int]:
        """The blocks that are still body, in page order."""
        if self._known_body is None:
            between = body_places(self.final[self.first : self.last + 1])
            self._known_body = [self.first + i for i in between]
        return self._known_body

    def _is_marked_caption(self, markup: Markup) -> bool:
        """Whether the markup calls a block a caption; equal start tags in the same element are read once."""
        outline, element, _ = markup
        key = (outline.starts[element], outline.parents[element])
        known = self._captions.get(key)
        if known is None:
            known = _has_token(markup, "caption") or (self._has_figures and markup.is_within(_FIGURE))
            self._captions[key] = known
        return known

    def bring_back_subheadings(self) -> None:
        """In a dump, a short line alone between two long paragraphs that the labeller all but took for body.

        A line that was refused for a reason stays where it is.
        """
        if self.document.page.media_type != "text/plain":
            return
        for before, after in pairwise(self._body()):
            index = before + 1
            labelled = self.final[index]
            if after - before == 2 and labelled.score >= _NEARLY and not labelled.why:
                text = self.texts[index]
                shortest = min(len(self.texts[before]), len(self.texts[after]))
                if len(text) <= _SUBHEADING and shortest >= _PARAGRAPH and not text.endswith(_ENDS):
                    self._label(index, Label.SUBHEADING, "between-paragraphs")

    def name_title(self, title: Finding[str]) -> None:
        """The headline's own line, and every printing of the same words up to the first paragraphs."""
        if title.value is None:
            return
        place = title.evidence[0]
        if place.origin == "text" and place.start is not None:
            own = bisect_right(self.document.blocks, place.start, key=_START) - 1
            if own <= self.last:
                self._label(own, Label.TITLE, "headline")
        for index in range(max(0, self.first - _AROUND), min(self.first + _OPENING, self.last + 1)):
            if _same(self.texts[index], title.value):
                self._label(index, Label.TITLE, "headline")

    def drop_menu(self) -> None:
        """Lines without a sentence above the headline, where nothing else of the body is: a menu, if without links."""
        body = self._body()
        title = next((i for i in self.near if self.final[i].label is Label.TITLE), self.near.start)
        above = [i for i in body if i < title]
        if len(above) < len(body) and not any(
            len(self.texts[i]) > _LINE or holds_sentence(self.texts[i]) for i in above
        ):
            for index in above:
                self._label(index, Label.FURNITURE, "menu-above-headline")

    def name_captions(self) -> None:
        """Lines that the markup calls captions, that name a photographer, or that are printed twice in a row."""
        start, stop = self.near.start, self.near.stop
        lines = zip(self.texts[start:stop], self.document.blocks[start:stop], self.final[start:stop], strict=True)
        for index, (text, (_, _, markup), (label, _, _)) in enumerate(lines, start):
            if len(text) > 2 * _LINE or label is Label.TITLE:
                continue
            if markup is not None and self._is_marked_caption(markup):
                self._label(index, Label.CAPTION, "caption-markup")
            elif len(text) <= _LINE and names_picture(text):
                self._label(index, Label.CAPTION, "picture-credit")
        for before, index in pairwise(self.near):
            text = self.texts[index]
            if (
                text == self.texts[before]
                and _REFRAIN <= len(text) <= 2 * _LINE
                and self.final[before].label is not Label.TITLE
                and not self._is_verse(before - 1)
                and not self._is_verse(index + 1)
            ):
                self._label(before, Label.CAPTION, "printed-twice")
                self._label(index, Label.CAPTION, "printed-twice")

    def _is_verse(self, index: int) -> bool:
        """Is this a short line of the body? Beside one, a line that comes twice can be a refrain."""
        return index in self.near and self.final[index].label in BODY_LABELS and len(self.texts[index]) < _PARAGRAPH

    def name_signatures(self) -> None:
        """Bylines and credits: short lines at the body's edges: “By”, “Source:”, an agency's name, or names alone."""
        body = self._body()
        edges = {*range(self.first - _AROUND, self.first), *body[:_OPENING], *body[-_OPENING:]}
        edges |= set(range(self.last + 1, self.last + 1 + _AROUND))
        for index in sorted(index for index in edges if index in self.near):
            if self.final[index].label in _NAMED:
                continue
            text = self.texts[index]
            if is_credit_line(text):
                self._label(index, Label.CREDIT, "credit-line")
            elif is_byline_line(text, self.document.text):
                self._label(index, Label.BYLINE, "byline-line")
        names = find_names_line(self.document, self.final, self._body())
        if names is not None and self.final[names[0]].label in BODY_LABELS:
            self._label(names[0], Label.BYLINE, "line-of-names")

    def bring_back_standfirst(self) -> None:
        """The standfirst that the labeller left above byline, day and pictures."""
        opening = self._body()[:_OPENING]
        if not opening:
            return
        index, why = self._summaries.above(self.document, self.final, opening), "stated-summary"
        if index is None:
            index, why = below_headline(self.document, self.final, opening[0]), "below-headline"
        if index is not None:
            self.first = min(index, self.first)
            self._label(index, Label.STANDFIRST, why)

    @cached_property
    def _summaries(self) -> Summaries:
        return Summaries(self.document)

    def drop_advertisements(self) -> None:
        """Lone lines that sell, and lone capitals of another script: an advertisement's mark in an Arabic article."""
        lines = vocabulary.keys("advertisement", "lines")
        for index in self._body():
            text = self.texts[index]
            if len(text) > _ADVERTISEMENT:
                continue
            if title_key(text) in lines:
                self._label(index, Label.FURNITURE, "advertisement-line")
            elif text.isascii() and text.isupper() and len(text.split()) <= 4 and not self._is_latin:
                self._label(index, Label.FURNITURE, "capitals-of-another-script")

    def drop_notices(self) -> None:
        """What stands in place of a video or a post that is not shown; what the site says of what it earns by links."""
        for index, why in notices_among(self.texts, self._body()):
            self._label(index, Label.FURNITURE, why)

    def drop_stamps(self) -> None:
        """Lines at the body's edges that hold nothing but a day, a time and a word or two; marks of the text's end."""
        marks, body = vocabulary.beginning("end_of_text", "lines"), self._body()
        for index in body[:_OPENING]:
            if is_stamp(self.texts[index]):
                self._label(index, Label.FURNITURE, "stamp-line")
        for index in body[-_OPENING:]:
            text = self.texts[index]
            if len(text) <= _END and (mark := marks.match(text)) and not text[mark.end() :][:1].isalpha():
                self._label(index, Label.FURNITURE, "end-of-text")

    @cached_property
    def _is_latin(self) -> bool:
        """Are most letters of the body's longest block Latin? Latin ends at U+024F, but for rare letters."""
        longest = max((self.texts[i] for i in self._body()), key=len)
        letters = [char for char in longest[:500] if char.isalpha()]
        return 2 * sum(char < "\u0250" for char in letters) > len(letters)

    def drop_box(self) -> None:
        """A last paragraph below a line of its own first words, a name: it is about the author, or the paper."""
        body = self._body()
        if len(body) < _OPENING or self.final[body[-1] - 1].label in BODY_LABELS:
            return
        text, above = self.texts[body[-1]], self.texts[body[-1] - 1]
        if len(above) <= _SUBHEADING and 2 * len(above) < len(text) and text.startswith(f"{above} "):
            self._label(body[-1], Label.FURNITURE, "box-below-its-name")

    def drop_comments(self, title: Finding[str]) -> None:
        """What readers say below the article."""
        if self.document.page.media_type == "text/plain":
            self._cut(comments_below(self.document, self._body(), title.value), "comments")
        else:
            for index in in_comments(self.document, self._body(), title_places(self.final)):
                self._label(index, Label.FURNITURE, "in-comments")

    def _cut(self, first: int | None, why: str) -> None:
        """No block from that one on is body; None cuts nothing."""
        if first is not None:
            for index in (index for index in self._body() if index >= first):
                self._label(index, Label.FURNITURE, why)

    def drop_author_note(self) -> None:
        """What is said below the article about its author."""
        self._cut(author_note(self.document, self.final, self._body()), "author-note")

    def drop_end_notes(self) -> None:
        """The last lines, while they say what a site says below its articles: whom to write to, what it asks for."""
        for index in reversed(self._body()[_OPENING:]):
            if len(self.texts[index]) > _END_NOTE or not _is_end_note(self.texts[index]):
                return
            self._label(index, Label.FURNITURE, "end-note")

    def name_standfirst(self) -> None:
        """The opening that the markup or the page's description calls so."""
        for index in self._body()[:_OPENING]:
            markup = self.document.blocks[index].markup
            marked = markup is not None and _has_token(markup, "standfirst")
            if marked or self._summaries.hold(self.texts[index]):
                self._label(index, Label.STANDFIRST, "standfirst-markup")

    def name_subheadings(self) -> None:
        """Heading elements; without markup, a short line that ends no sentence between two paragraphs."""
        body = self._body()
        for before, index, after in zip(body, body[1:], body[2:], strict=False):
            markup, text = self.document.blocks[index].markup, self.texts[index]
            if markup is not None:
                heading = len(text) <= _LINE and markup.is_within(HEADINGS)
            else:
                shorter = 2 * len(text) < min(len(self.texts[before]), len(self.texts[after]))
                heading = len(text) <= _SUBHEADING and shorter and not text.endswith(_ENDS)
            if heading:
                self._label(index, Label.SUBHEADING, "heading")


def _is_end_note(text: str) -> bool:
    """What somebody is quoted with is no note; nor is a person who can be reached, without an address or a network."""
    note = vocabulary.phrases("end_note", "notes").find(text)
    if note >= 0:
        return text[:note].rstrip()[-1:] not in _QUOTES
    has_contact = vocabulary.phrases("end_note", "contacts").find(text) >= 0
    return has_contact and ("@" in text or vocabulary.phrases("box", "channels").find(text) >= 0)


def _same(one: str, other: str) -> bool:
    """Whether these are two spellings of the same words."""
    return abs(len(one) - len(other)) <= _SPELLING and title_key(one) == title_key(other)


def _has_token(markup: Markup, table: str) -> bool:
    """Whether one of the class and id tokens nearest to the block is in that table."""
    return not vocabulary.members(table, "tokens").isdisjoint(markup.tokens[:8])
