"""Cut an HTML page into blocks: its lines as a reader sees them, each with what the markup says about it.

The text of a page is its lines joined by newlines. A line is what stands between two breaks: the start or end of a
block-level element, `<br>`, `<hr>`, a newline inside `<pre>`. Inline elements break nothing. Runs of ASCII white space
are one space, as in HTML; the no-break space and every other character stay as they are. Lines lose the white space
around them, and empty lines are none. What the markup itself hides is not text: `hidden`, `popover`, `display:none`,
`visibility:hidden`, and elements such as script, style, noscript, template, select; a template that is a shadow root
is shown. Nor are the glosses of ruby (rt, rtc), which stand beside the line: within it they would split the words that
they explain. Style sheets are not read. A page that hides more prose than it shows waits for a script, or for payment,
to show it: there, what block-level elements hide by attribute is text. A page that shows no prose at all leaves that to
a script: there, the one article that its scripts hold as a string is text, behind all other lines (`html_scripts`).
U+0000 is dropped, as browsers do.
"""

from __future__ import annotations

import itertools
import re

from corpus_loader.pages.character_references import unescape
from corpus_loader.pages.html_metadata import Note, read_metadata
from corpus_loader.pages.html_scripts import PROSE, article_in_scripts
from corpus_loader.pages.html_tags import ENDS_SVG, HEADINGS, HTML_IN_SVG, ROW_GROUPS, Kind, Tag
from corpus_loader.pages.html_tokens import Tags
from corpus_loader.pages.limits import MAX_TAGS, refuse_lines, refuse_tags
from corpus_loader.records import Block, Document, Markup, Outline, Page

__all__ = ["cut_html"]

_OPENS, _LINKS, _OPENS_SPECIALLY, _CLOSES, _HIDES = (int(kind) for kind in Kind if kind is not Kind.STANDS)
_SPACE = re.compile(r"[ \t\n\r\f]+")
#: Elements nest no deeper, as in browsers: the next one stands beside the deepest.
_DEEPEST = 512

#: Its text; the innermost element around all of it; its characters in links; is it hidden by attribute?
_Line = tuple[str, int, int, bool]


def cut_html(page: Page, source: str, encoding: str) -> Document:
    """The document of an HTML page: its lines as blocks, with markup, and its metadata.

    Raises PageError, `too-large`, where there are more than MAX_LINES of them, or more than MAX_TAGS tags.
    """
    if b"\0" in page.content:  # no encoding makes U+0000 of other bytes, and bytes are searched many times as fast
        source = source.replace("\0", "")
    if len(source) > MAX_TAGS:  # no tag without a character
        refuse_tags(source.count("<"))
    cutter = _Cutter()
    cutter.read(source)
    lines, notes = list(cutter.lines), list(cutter.notes)
    refuse_lines(len(lines))
    if any(line[-1] for line in lines):
        lines, notes = _shown(lines, notes)
    if not any(map(_is_prose, lines)) and (article := article_in_scripts(source)) is not None:
        refuse_tags(len(cutter.names) + article.count("<"))
        own = len(cutter.lines)
        cutter.read(article)
        lines += [line for line in cutter.lines[own:] if not line[-1]]
        refuse_lines(len(lines))
    # Tuples of strings and numbers are nothing to the garbage collector, which would read lists again and again.
    outline = Outline(tuple(cutter.parents), tuple(cutter.names), tuple(cutter.starts))
    blocks, start = [], 0
    for line, element, linked, _ in lines:
        size = len(line)
        share = linked / size if linked < size else 1.0
        # Three times as fast as to call Block and Markup: a page has hundreds.
        markup = tuple.__new__(Markup, (outline, element, share))
        blocks.append(tuple.__new__(Block, (start, start + size, markup)))
        start += size + 1
    texts = [line[0] for line in lines]
    text = "\n".join(texts)
    metadata = read_metadata(notes, text, blocks)
    document = Document(page=page, source=source, text=text, blocks=blocks, metadata=metadata, encoding=encoding)
    return document.with_texts(texts)


def _is_prose(line: _Line) -> bool:
    text, _, linked, _ = line
    return len(text) >= PROSE and linked < PROSE


def _shown(lines: list[_Line], notes: list[Note]) -> tuple[list[_Line], list[Note]]:
    """The lines without the hidden ones, if these hold less prose, and the notes renumbered."""
    prose = [0, 0]
    for line in filter(_is_prose, lines):
        prose[line[-1]] += len(line[0])
    if prose[True] > prose[False]:
        return lines, notes
    before = list(itertools.accumulate((not hidden for *_, hidden in lines), initial=0))
    return [line for line in lines if not line[-1]], [note._replace(line=before[note.line]) for note in notes]


def _squeezed(line: str) -> str:
    """With one space for each run of white space; few lines need the search for runs, which takes far longer."""
    if "  " in line or "\n" in line or "\t" in line or "\r" in line or "\f" in line:
        return _SPACE.sub(" ", line)
    return line


class _Cutter:
    """One walk through a page's tags. Elements are numbered in page order; number 0 is the page itself."""

    def __init__(self) -> None:
        self.parents = [0]
        self.names = ["html"]
        self.starts = [""]
        self.lines: list[_Line] = []
        self.notes: list[Note] = []
        #: The page, and where the walk has come to.
        self._source = ""
        self._tags = Tags("")
        #: How deep each element stands.
        self._depths = [0]
        #: The innermost open element; those around it are open too.
        self._inner = 0
        #: (element, name) where an end tag of that name closed nothing: what is around an element never changes, and
        #: broken templates repeat one stray end tag thousands of times below hundreds of elements.
        self._strays: set[tuple[int, str]] = set()
        #: The open link's element, or 0.
        self._link = 0
        #: Has there been a pre element?
        self._pre = False
        #: The outermost open element that its attributes hide, or 0.
        self._veil = 0
        #: The line that is being put together.
        self._pieces: list[str] = []
        self._element = 0
        self._linked = 0

    def read(self, source: str) -> None:
        """Walk through the page, or what follows on it."""
        self._inner = self._link = self._veil = 0
        self._source = source
        self._tags = tags = Tags(source)
        while tags.advance():
            self._add_text()
            self._take(tags.tag)
        self._add_text()
        self._end_line()

    def _take(self, tag: Tag) -> None:
        """Do what the tag does."""
        if tag.breaks and self._pieces:
            self._end_line()
        kind = tag.kind
        if kind == _CLOSES:
            self._close_innermost(tag)
        elif kind <= _OPENS_SPECIALLY:
            self._open(tag, self._tags.raw)
        if tag.noted:
            self._note()
        if kind == _HIDES:
            if tag.closes:
                self._close_before(tag)
            self._pass_over(tag.name)

    def _note(self) -> None:
        tags = self._tags
        self.notes.append(Note(tags.tag.name, tags.start, self._source[tags.start : tags.end], len(self.lines)))

    def _open(self, tag: Tag, raw: str) -> None:
        names, parents, depths = self.names, self.parents, self._depths
        if tag.closes and names[self._inner] not in tag.stops:
            stopped = self._close_before(tag)
            if not stopped and tag.name in ROW_GROUPS:
                return
        around = self._inner
        element = len(names)
        if depths[around] == _DEEPEST - 1:
            around = parents[around]
        depths.append(depths[around] + 1)
        parents.append(around)
        names.append(tag.name)
        self.starts.append(raw)
        self._inner = element
        if tag.kind == _LINKS:
            self._link = element
        elif tag.kind == _OPENS_SPECIALLY:
            self._pre = self._pre or tag.name == "pre"
            if tag.veils and not self._veil:
                self._veil = element

    def _close_innermost(self, tag: Tag) -> None:
        """Close the innermost open element, as most end tags do, or what else is of that name."""
        inner = self._inner
        if inner and self.names[inner] == tag.name and not self._veil:
            self._inner = self.parents[inner]
            if tag.name == "a":
                self._link = 0
        else:
            self._close(tag)

    def _close(self, tag: Tag) -> None:
        """Close the nearest open element of that name; an end tag without its start does nothing."""
        name, names, strays = tag.name, self.names, self._strays
        if name == "body" or name == "html":  # the page goes on behind them as before
            return
        element = self._inner
        while element and (element, name) not in strays:
            inner = names[element]
            if inner == name or (inner in HEADINGS and name in HEADINGS):
                self._inner = self.parents[element]
                self._settle()
                return
            if inner in tag.stops:
                break
            element = self.parents[element]
        strays.add((self._inner, name))
        if name == "a":  # around a block that goes on without a link
            self._link = 0

    def _close_before(self, tag: Tag) -> bool:
        """Close the open elements that HTML closes by itself: a p before a div, an li before an li.

        Whether one that stops this is around them.
        """
        element = self._inner
        while element:
            name = self.names[element]
            if name in tag.closes:
                self._inner = self.parents[element]
            elif name in tag.stops:
                break
            element = self.parents[element]
        self._settle()
        return element > 0

    def _settle(self) -> None:
        """Note the ends of the open link and of the hidden element."""
        if self._link and not self._is_around(self._link, self._inner):
            self._link = 0
        if self._veil and not self._is_around(self._veil, self._inner):
            self._veil = 0

    def _pass_over(self, hider: str) -> None:
        """Pass over an element that is not text, to its end tag or that of an element around it."""
        tags = self._tags
        tags.in_svg = hider == "svg"
        inside: dict[str, int] = {}
        while tags.advance():
            tag = tags.tag
            name = tag.name
            if tags.in_svg and name in ENDS_SVG and tag.kind != _CLOSES and not any(map(inside.get, HTML_IN_SVG)):
                tags.in_svg = False
                self._take(tag)
                return
            if tag.noted and not (tags.in_svg and name == "title"):
                self._note()
            if tag.kind == _CLOSES:
                count = inside.get(name, 0)
                if count > 0:
                    inside[name] = count - 1
                elif name == hider or name == "html" or self._is_within(name):
                    tags.in_svg = False
                    if name != hider:
                        # The hidden element was never closed: the page goes on where the element around it ends.
                        if tag.breaks:
                            self._end_line()
                        self._close(tag)
                    return
            elif tag.kind <= _HIDES:
                inside[name] = inside.get(name, 0) + 1
        tags.advance()

    def _is_within(self, name: str) -> bool:
        """Is an element of that name open?"""
        element = self._inner
        while element and self.names[element] != name:
            element = self.parents[element]
        return element > 0

    def _is_around(self, outer: int, inner: int) -> bool:
        """Is that element the inner one, or around it? Parents have lower numbers, as numbers are in page order."""
        while inner > outer:
            inner = self.parents[inner]
        return inner == outer

    def _add_text(self) -> None:
        """Add the text before the tag."""
        start, end = self._tags.text, self._tags.start
        if start == end:
            return
        text = self._source[start:end]
        if "&" in text:  # each text by itself: `&am<b>p;</b>` is none
            text = unescape(text)
        if self._pre and "\n" in text and self._is_within("pre"):
            *lines, text = text.split("\n")
            for line in lines:
                self._add(line)
                self._end_line()
                refuse_lines(len(self.lines))  # here alone, more lines can come than tags
        self._add(text)

    def _add(self, text: str) -> None:
        """Add text to the line; white space alone begins none.

        The line's element is the innermost one around all its text.
        """
        if not text or text.isspace():
            if self._pieces:
                self._pieces.append(text)
            return
        if not self._pieces:
            self._element = self._inner
        elif self._inner != self._element:
            self._element = self._around(self._inner, self._element)
        if self._link:
            self._linked += len(_squeezed(text.strip()))
        self._pieces.append(text)

    def _around(self, one: int, other: int) -> int:
        """The innermost element around both: as elements are numbered in page order, parents have lower numbers."""
        while one != other:
            if one > other:
                one = self.parents[one]
            else:
                other = self.parents[other]
        return one

    def _end_line(self) -> None:
        line = _squeezed("".join(self._pieces).strip())
        if line:
            self.lines.append((line, self._element, self._linked, self._veil > 0))
        self._pieces.clear()
        self._linked = 0
