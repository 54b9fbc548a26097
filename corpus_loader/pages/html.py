"""Cut an HTML page into blocks: its lines as a reader sees them, each with what the markup says about it.

The text of a page is its lines joined by newlines. A line is what stands between two breaks: the start or end of a
block-level element, `<br>`, `<hr>`, a newline inside `<pre>`. Inline elements break nothing. Runs of ASCII white space
are one space, as in HTML; the no-break space and every other character stay as they are. Lines lose the white space
around them, and empty lines are none. What the markup itself hides is not text: `hidden`, `display:none`,
`visibility:hidden`, and elements such as script, style, noscript, template, select. Style sheets are not read. A page
that hides more prose than it shows waits for a script, or for payment, to show it: there, what block-level elements
hide by attribute is text.
"""

from __future__ import annotations

import html
import itertools
import re
from collections import Counter
from typing import NamedTuple

from corpus_loader.pages.html_metadata import Note, read_metadata
from corpus_loader.pages.html_tags import BLOCKS, TOKEN, Kind, Tag, read_tag
from corpus_loader.records import Block, Document, Markup, Outline, Page

__all__ = ["cut_html"]

_OPENS, _LINKS, _OPENS_SPECIALLY, _CLOSES, _HIDES, _STANDS = (int(kind) for kind in Kind)
_SPACE = re.compile(r"[ \t\n\r\f]+")
#: Elements nest no deeper, as in browsers.
_DEEPEST = 512
#: An end tag closes nothing outside the table cell that it stands in.
_SCOPES = frozenset({"td", "th", "caption"})


def cut_html(page: Page, source: str, encoding: str) -> Document:
    """The document of an HTML page: its lines as blocks, with markup, and its metadata."""
    cutter = _Cutter()
    cutter.read(source)
    lines, notes = cutter.lines, cutter.notes
    if any(line.hidden for line in lines):
        lines, notes = _shown(lines, notes)
    outline = Outline(cutter.parents, cutter.names, cutter.starts)
    blocks, start = [], 0
    for line, element, linked, _ in lines:
        end = start + len(line)
        blocks.append(Block(start, end, Markup(outline, element, min(1.0, linked / len(line)))))
        start = end + 1
    text = "\n".join([line.text for line in lines])
    metadata = read_metadata(notes, source, text, blocks)
    return Document(page=page, source=source, text=text, blocks=blocks, metadata=metadata, encoding=encoding)


class _Line(NamedTuple):
    text: str
    #: The innermost element around all of it.
    element: int
    linked: int
    hidden: bool


_PROSE = 60  # code points: longer lines are hardly menus


def _shown(lines: list[_Line], notes: list[Note]) -> tuple[list[_Line], list[Note]]:
    """The lines without the hidden ones, if these hold less prose, and the notes renumbered."""
    prose = [0, 0]
    for line in lines:
        if len(line.text) >= _PROSE and line.linked < _PROSE:
            prose[line.hidden] += len(line.text)
    if prose[True] > prose[False]:
        return lines, notes
    before = [0, *itertools.accumulate(not line.hidden for line in lines)]
    return [line for line in lines if not line.hidden], [note._replace(line=before[note.line]) for note in notes]


class _Cutter:
    """One walk through a page's tags. Elements are numbered in page order; number 0 is the page itself."""

    def __init__(self) -> None:
        self.parents = [0]
        self.names = ["html"]
        self.starts = [""]
        self.lines: list[_Line] = []
        self.notes: list[Note] = []
        #: The open elements, outermost first.
        self._open = [0]
        #: The open link's element, or 0.
        self._link = 0
        #: Has there been a pre element?
        self._pre = False
        #: The outermost open element that its attributes hide, or 0.
        self._veil = 0
        #: The name of the element without text that the walk is in, and what opened inside it.
        self._hidden: str | None = None
        self._inside: Counter[str] = Counter()
        #: The line that is being put together.
        self._pieces: list[str] = []
        self._element = 0
        self._linked = 0

    def read(self, source: str) -> None:  # noqa: C901 - calls would cost as much as the work: a page has 1,600 tags
        """Walk through the page. Most tags of most pages are seen to here; the calls are for the others."""
        parts = iter(TOKEN.split(source))
        known: dict[str, Tag] = {}
        names, parents, starts, opened, pieces = self.names, self.parents, self.starts, self._open, self._pieces
        self._add(next(parts))
        for raw, text in zip(parts, parts, strict=True):
            tag = known.get(raw)
            if tag is None:
                tag = known[raw] = read_tag(raw)
            kind, name, breaks, noted, closes = tag[:5]
            if self._hidden is not None:
                self._stay_hidden(tag)
            else:
                if pieces and breaks:
                    self._end_line()
                if kind == _CLOSES:
                    if names[opened[-1]] == name and not self._veil and len(opened) > 1:
                        opened.pop()
                        if name == "a":
                            self._link = 0
                    else:
                        self._close(name)
                elif kind <= _LINKS:
                    if closes and ((inner := names[opened[-1]]) in closes or inner not in BLOCKS):
                        self._close_before(closes)
                    parents.append(opened[-1])
                    if len(opened) == _DEEPEST:
                        opened.pop()
                    opened.append(len(names))
                    if kind == _LINKS:
                        self._link = len(names)
                    names.append(name)
                    starts.append(raw)
                elif kind != _STANDS:
                    self._open_specially(tag, raw)
            if noted:
                self.notes.append(Note(name, raw, len(self.lines)))
            if text and self._hidden is None and (pieces or not text.isspace()):
                self._add(text)
        self._end_line()

    def _open_specially(self, tag: Tag, raw: str) -> None:
        if tag.closes:
            self._close_before(tag.closes)
        if tag.kind == _HIDES:
            self._hidden = tag.name
            return
        element = len(self.names)
        self.parents.append(self._open[-1])
        self.names.append(tag.name)
        self.starts.append(raw)
        if len(self._open) == _DEEPEST:
            self._open.pop()
        self._open.append(element)
        self._pre = self._pre or tag.name == "pre"
        if tag.veils and not self._veil:
            self._veil = element

    def _close(self, name: str) -> None:
        """Close the nearest open element of that name; an end tag without its start does nothing."""
        names, opened = self.names, self._open
        if names[opened[-1]] == name and len(opened) > 1:
            opened.pop()
        else:
            for depth in range(len(opened) - 1, 0, -1):
                inner = names[opened[depth]]
                if inner == name:
                    del opened[depth:]
                    break
                if inner in BLOCKS and (name not in BLOCKS or (inner in _SCOPES and name not in _SCOPES)):
                    return
        if self._link or self._veil:
            self._settle()

    def _close_before(self, closed: frozenset[str]) -> None:
        """Close the open elements that HTML closes by itself: a p before a div, an li before an li."""
        names, opened = self.names, self._open
        for depth in range(len(opened) - 1, 0, -1):
            name = names[opened[depth]]
            if name in closed:
                del opened[depth:]
            elif name in BLOCKS:
                break
        self._settle()

    def _settle(self) -> None:
        """Note the ends of the open link and of the hidden element."""
        if self._link and self._link not in self._open:
            self._link = 0
        if self._veil and self._veil not in self._open:
            self._veil = 0

    def _stay_hidden(self, tag: Tag) -> None:
        """Follow a hidden element to its end tag, or to that of an element around it."""
        name, inside = tag.name, self._inside
        if tag.kind <= _HIDES and tag.kind != _CLOSES:
            inside[name] += 1
        elif tag.kind == _CLOSES:
            if inside[name]:
                inside[name] -= 1
            elif name == self._hidden:
                self._hidden = None
                inside.clear()
            elif any(self.names[element] == name for element in self._open):
                # The hidden element was never closed: the page goes on where the element around it ends.
                self._hidden = None
                inside.clear()
                self._end_line()
                self._close(name)

    def _add(self, text: str) -> None:
        """Add text to the line; the line's element is the innermost one around all its text."""
        if text.isspace():
            if self._pieces:
                self._pieces.append(" ")
        elif self._pre and "\n" in text and any(self.names[element] == "pre" for element in self._open):
            for i, line in enumerate(text.split("\n")):
                if i:
                    self._end_line()
                self._put(line)
        else:
            self._put(text)

    def _put(self, text: str) -> None:
        pieces = self._pieces
        element = self._open[-1]
        if not pieces:
            self._element = element
        elif element != self._element:
            self._element = self._around(element, self._element)
        if self._link:
            self._linked += len(text.strip())
        pieces.append(text)

    def _around(self, one: int, other: int) -> int:
        """The innermost element around both: as elements are numbered in page order, parents have lower numbers."""
        while one != other:
            if one > other:
                one = self.parents[one]
            else:
                other = self.parents[other]
        return one

    def _end_line(self) -> None:
        line = "".join(self._pieces)
        if "&" in line:
            line = html.unescape(line)
        line = " ".join(line.split()) if line.isascii() else _SPACE.sub(" ", line).strip()
        if line:
            self.lines.append(_Line(line, self._element, self._linked, self._veil > 0))
        self._pieces.clear()
        self._linked = 0
