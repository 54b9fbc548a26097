"""Does the page hold an article at all?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, pairwise

from corpus_loader.articles.address import url_parts
from corpus_loader.articles.headline_candidates import stated_titles
from corpus_loader.articles.labels import body_places, title_places
from corpus_loader.articles.page_kinds import (
    KINDS,
    NAME,
    Kind,
    Line,
    is_live,
    is_numbered_caption,
    stated_types,
    words_alone,
)
from corpus_loader.articles.posts import posts_below
from corpus_loader.articles.sentences import ASKS, holds_sentence
from corpus_loader.articles.site_name import FRONT
from corpus_loader.articles.teasers import is_digest, is_told, length
from corpus_loader.articles.wording import is_spaceless, title_key, whole_words, word_stems
from corpus_loader.records import Document, Finding, LabelledBlock

__all__ = ["find_article"]

#: Letters of a script without spaces count for more, where there are fewer than so many of all.
_FEW = 600
#: A body of fewer letters is none;
_NOTHING = 60
#: nor is one that says little of the page's title, and that is hardly more likely an article's than not: teasers and
#: notes about the site, where the article itself is missing. Letters are weighed by how much more likely; they come to
#: less than this, and to less than this share of what they would if they were certain.
_DOUBTFUL, _DOUBTED = 100, 0.6
#: Share of the words of a title that a body says which speaks of it.
_SPOKEN = 0.3
#: Share of the body's letters in lines that are an error's or a wall's.
_TELLING = 0.4
#: So many lines below the body may say that the rest is behind a paywall.
_BELOW = 4
#: A thread has so many lines of its software on the page, of more than one kind; some stand above the body.
_FRAME = 4
#: A word of its software with what stands behind it is no longer.
_WORD = 60
#: What a shop sells is described in fewer letters.
_SOLD = 450
#: A gallery has at least so many captions, more than half of its lines.
_CAPTIONS = 4
#: Share of the body's characters that may stand inside links.
_LINKED = 0.6
#: An index is so many teasers below linked headings, each at least so long, half of the body or more, and no paragraph
#: of such a length that speaks of a title: some pages print more teasers below their article than it has paragraphs;
_TEASERS, _HEADLINE, _BRIEF = 4, 15, 150
_HEADINGS = frozenset({"h2", "h3", "h4"})
#: or so many separate pieces of text, the largest of them with no more than this share of all,
#: of which none speaks of a title: articles in many pieces (rankings, guides) do;
_PIECES, _LARGEST = 5, 0.35
#: or, in a dump, teasers by the looks of their lines; the first headline stands so many lines above the body at most.
#: A `<title>` has no more parts than so many: others are menus.
_HEADED, _NAMES = 2, 3
#: Where the labeller takes some teasers of a list for the body, the others stand among so many lines below.
_OTHERS = 8
#: or so many lines, none longer than a headline and none with the end of a sentence; of several lines in a dump,
#: where headlines and first sentences stand alike, some may have it. A notice of rights below them does not count.
_LINES, _LINE, _SOME, _RIGHTS = 2, 130, 0.35, "©"
_STATED = ("title", "meta:og:title")


def find_article(document: Document, labels: Sequence[LabelledBlock]) -> Finding[bool]:
    """True where the page holds an article; else None with reason `empty-page`, `not-an-article` or `no-body`."""
    if not any(char.isalnum() for char in document.text):
        return Finding(None, reason="empty-page", detail="the page has no text")
    page = _Page(document, labels)
    if why := page.is_front() or page.is_index() or page.is_something_else():
        return Finding(None, reason="not-an-article", detail=why)
    if page.letters < _NOTHING or (page.is_doubtful() and not page.speaks_of_title()):
        return Finding(None, reason="no-body", detail=f"only {page.letters} letters of the page read like an article's")
    return Finding(True)


class _Page:
    """What of a page reads like an article, and the signs that it is none; each sign is told in words, else empty."""

    def __init__(self, document: Document, labels: Sequence[LabelledBlock]) -> None:
        self.document, self.labels = document, labels
        self._marked = document.page.media_type == "text/html"
        self.body, self.titles = body_places(labels), title_places(labels)
        lines = self._texts(self.body)
        self.lengths = list(map(length if sum(map(len, lines)) < _FEW else len, lines))
        self.letters = sum(self.lengths)

    def _texts(self, places: Iterable[int]) -> list[str]:
        """The lines at these places."""
        texts = self.document.texts
        return [texts[i] for i in places]

    def is_doubtful(self) -> bool:
        """Is there little text, and that hardly more likely an article's than not?"""
        if self.letters >= _FEW:
            return False
        weights = (2 * self.labels[i].score - 1 for i in self.body)
        weight = sum(max(weight, 0) * n for weight, n in zip(weights, self.lengths, strict=True))
        return weight < min(_DOUBTFUL, _DOUBTED * self.letters)

    def speaks_of_title(self, body: Sequence[int] | None = None) -> bool:
        """Does the body, or this part of it, say words of a title that the page states, or of its headline?"""
        said = " ".join(self._texts(self.body if body is None else body)).casefold()
        stated = (place.value for place in stated_titles(self.document))
        printed = self._texts(self.titles)
        return any(_share_said(title, said) >= _SPOKEN for title in chain(stated, printed))

    def is_front(self) -> str:
        """Is its address the front page of a site?"""
        document = self.document
        address = document.page.url or next((datum.value for datum in document.stated("link:canonical")), None)
        if not address or (parts := url_parts(address)) is None:
            return ""
        front = bool(parts.hostname) and parts.path in FRONT and not parts.query and not parts.fragment
        if front and not document.page.url and self.speaks_of_title():
            return ""  # templates state the site's own address on every page
        return f"its address {address} is the front page of the site" if front else ""

    # ------------------------------------------------------------------------------------------ an index of others

    def is_index(self) -> str:
        """Is the text made of teasers or headlines of other pages?"""
        signs = (self._is_linked, self._is_teasers, self._is_posts) if self._marked else (self._is_digest,)
        sign = next((why for sign in (*signs, self._is_headlines, self._is_scattered) if (why := sign())), "")
        return f"{sign}: an index of other pages" if sign else ""

    def _is_linked(self) -> str:
        markups = (self.document.blocks[i].markup for i in self.body)
        linked = sum(n * markup.link_share for n, markup in zip(self.lengths, markups, strict=True) if markup)
        if linked <= _LINKED * self.letters:
            return ""
        return f"links hold {linked / self.letters:.0%} of what reads like a body"

    def _is_headlines(self) -> str:
        if len(self.body) < _LINES or max(self.lengths) > _LINE:
            return ""
        lines = self._texts(self.body)
        if max(map(length, lines)) > _LINE:
            return ""
        several = len(lines) >= _TEASERS
        asked = ASKS if several else ""  # one of several headlines may be a question
        sentences = sum(holds_sentence(line.rstrip(asked)) for line in lines if _RIGHTS not in line)
        allowed = 0 if self._marked or not several else _SOME * len(lines)
        if sentences > allowed or self._tells_headline:
            return ""
        return f"{len(lines) - sentences} lines without a sentence read like a body"

    def _is_teasers(self) -> str:
        if len(self.body) < _TEASERS:
            return ""
        above = [
            index for index in sorted({up for i in self.body for up in (i - 1, i - 2)}) if self._is_linked_line(index)
        ]
        if not above:
            return ""
        headings = [index for index in above if self._is_heading(index)]
        # Cards without heading elements look like links to other stories between paragraphs.
        for links, names in ((headings, "headings that are links"), (above, "links")):
            others = [i for i in self.body if i - 1 not in links and i - 2 not in links]
            teasers = len(self.body) - len(others)
            if teasers < max(_TEASERS, len(others)) or self._is_live() or self._is_brief(others):
                continue
            if links is headings or not self._tells_headline:
                return f"{teasers} pieces of text stand below {names}"
        return ""

    def _is_posts(self) -> str:
        if not self.body or not (headings := posts_below(self.document, self.body, self.lengths)):
            return ""
        own = [part for place in stated_titles(self.document) for part in Line(place.value).parts]
        said = "\n".join(self._texts(self.body)).casefold()
        printed = {title_key(self.document.texts[index]) for index in headings}
        if self._is_live() or not printed.isdisjoint(own) or any(is_told(part, said) for part in own):
            return ""
        return f"{len(headings)} posts stand below headings that lead to their own pages"

    def _is_brief(self, body: Sequence[int]) -> bool:
        """Is this part of the body a text about the page's title, if a short one?"""
        letters = dict(zip(self.body, self.lengths, strict=True))
        return max((letters[i] for i in body), default=0) >= _BRIEF and self.speaks_of_title(body)

    def _is_linked_line(self, index: int) -> bool:
        if index < 0 or (markup := self.document.blocks[index].markup) is None or markup.link_share <= 0.8:
            return False
        return self.document.blocks[index].end - self.document.blocks[index].start >= _HEADLINE

    def _is_heading(self, index: int) -> bool:
        markup = self.document.blocks[index].markup
        return markup is not None and markup.is_within(_HEADINGS)

    def _is_digest(self) -> str:
        if not self.body:
            return ""
        parted = len(self.body) > 1 and all(j - i > 1 for i, j in pairwise(self.body))
        last = min(self.body[-1] + 1 + parted * _OTHERS, len(self.labels))
        region = range(max(self.body[0] - _HEADED, 0), last)
        teasers = is_digest(self._texts(region))
        if not teasers or self._is_live() or self._tells_headline:
            return ""
        return f"{teasers} headlines with a sentence or two below each, none of them the page's title"

    @cached_property
    def _tells_headline(self) -> bool:
        """Does the text say words of the page's own headline, not only of a section's name or a teaser's?"""
        stated = [Line(place.value).parts for place in stated_titles(self.document)]
        parts = list(chain(*stated))
        # What stands right below the first line of a dump may be the teaser of that headline.
        text = {i: self.document.texts[i] for i in self.body if self._marked or i > _HEADED}
        lines = {i: line for i, line in text.items() if _RIGHTS not in line and title_key(line) not in parts}
        if any(is_told(part, "\n".join(lines.values()).casefold()) for part in parts):
            return True
        # A headline beside its outlet's name. Else it may be a name alone, or of a dump a menu: the printed one tells.
        if any(1 < len(names) <= _NAMES for names in stated):
            return False
        for i in self.titles:
            below = "\n".join(line for j, line in lines.items() if not i < j <= i + _HEADED).casefold()
            if is_told(self.document.texts[i], below):
                return True
        return False

    def _is_scattered(self) -> str:
        pieces: list[int] = []
        for before, i, n in zip([-2, *self.body], self.body, self.lengths, strict=False):
            if i - before > 1:
                pieces.append(0)
            pieces[-1] += n
        if len(pieces) < _PIECES or max(pieces) > _LARGEST * self.letters or self._is_live() or self.speaks_of_title():
            return ""
        return f"{len(pieces)} separate pieces of text, none of the page's title"

    def _is_live(self) -> bool:
        """Is it a live blog: one article in many pieces?"""
        stated = any(name.startswith("jsonld:LiveBlogPosting") for name in self.document.stated_names)
        return stated or any(map(is_live, self._headings))

    # ----------------------------------------------------------------------------------------- something else at all

    def is_something_else(self) -> str:
        """Does the page say itself what it is, and have too little text to be an article beside that?"""
        captions = sum(map(is_numbered_caption, self._texts(self.body)))
        if captions >= _CAPTIONS and captions > len(self.body) / 2:
            return f"{captions} lines are captions with their numbers: a gallery"
        if why := self._is_thread() or self._is_sold():
            return why
        for kind in KINDS:
            if self.letters < kind.letters and (said := self._said(kind)):
                return f"it says “{said}” and has {self.letters} letters that read like an article's: {kind.what}"
        return ""

    def _is_thread(self) -> str:
        # Comments below an article can have the same software.
        first = self.body[0] if self.body else 0
        if not (above := words_alone("thread", self._short(self._headline, first))):
            return ""
        lines = words_alone("thread", self._short(0, len(self.labels)))
        if len(lines) < _FRAME or len(set(lines)) < 2:
            return ""
        return f"lines like “{above[0]}” stand above and below what reads like a body: a thread of a forum"

    def _is_sold(self) -> str:
        if not 0 < self.letters < _SOLD:
            return ""
        description = self.body[self.lengths.index(max(self.lengths))]
        if not (said := words_alone("shop", self._short(self._headline, description))):
            return ""
        return f"it says “{said[0]}” above {self.letters} letters that read like an article's: a page of a shop"

    def _short(self, first: int, last: int) -> Iterator[str]:
        """The lines of that range which can be but a word or a label."""
        return (text for text in self.document.texts[first:last] if len(text) <= _WORD)

    @cached_property
    def _headline(self) -> int:
        """The first printing of the headline above the body, or the body's first block."""
        first = self.body[0] if self.body else 0
        return min((i for i in self.titles if i < first), default=first)

    def _said(self, kind: Kind) -> str | None:
        """The words by which a heading, the first line of a dump or the body says that the page is of this kind."""
        by_heading = next(filter(None, map(kind.said_by, self._headings)), None)
        by_opening = self._opening and kind.said_in(self._opening)
        said = by_heading or by_opening or self._said_by_body(kind) or self._said_below_body(kind)
        return said or (kind.stated_in(self._types) if self._marked else None)

    def _said_by_body(self, kind: Kind) -> str | None:
        """A phrase of the kind, if lines that hold one are much of what reads like a body, or close its beginning."""
        if not kind.in_body:
            return None
        said, letters = "", 0
        for line, n in zip(self._lines, self.lengths, strict=True):
            if phrase := kind.said_in(line):
                said, letters = said or phrase, letters + n
        return said if letters >= _TELLING * self.letters else None

    def _said_below_body(self, kind: Kind) -> str | None:
        """A phrase of the kind in a short line of the body, or among the next few lines."""
        return next(filter(None, map(kind.said_in, self._short_lines)), None) if kind.below_body else None

    @cached_property
    def _short_lines(self) -> list[Line]:
        """The short lines of the body, and those among the next few."""
        texts = self.document.texts[self.body[0] : self.body[-1] + 1 + _BELOW] if self.body else ()
        return [Line(text) for text in texts if len(text) <= _LINE]

    @cached_property
    def _types(self) -> frozenset[str]:
        return stated_types(self.document)

    @cached_property
    def _lines(self) -> list[Line]:
        return [Line(self.document.texts[i]) for i in self.body]

    @cached_property
    def _headings(self) -> list[Line]:
        """The page's stated titles, or its one first-level heading; of a dump the headline, else the first line.

        Other first-level headings stand in windows for logins and the like, and in pages whose `<title>` is the
        headline.
        """
        if self._marked:
            return list(map(Line, _stated_headings(self.document)))
        return [Line(self.document.texts[i]) for i in self.titles or (0,)]

    @cached_property
    def _opening(self) -> Line | None:
        """The first line of a dump: its `<title>` or of its menu, so that common words there say nothing."""
        return Line(self.document.texts[0]) if self.document.page.media_type == "text/plain" else None


def _stated_headings(document: Document) -> list[str]:
    """The first `<title>` (others are those of drawings) and `og:title`; where both are but names, the one `<h1>`."""
    titles = [datum.value for name in _STATED for datum in document.stated(name)[:1]]
    headings = {datum.value for datum in document.stated("h1")} if max(map(len, titles), default=0) <= NAME else set()
    return [*titles, *(headings if len(headings) == 1 else ())]


def _share_said(title: str, text: str) -> float:
    """Share of a title's words that a text in lower case says, as far as their first letters tell."""
    key = title_key(title)
    stems = word_stems(key) | set(filter(is_spaceless, whole_words(key)))
    return sum(stem in text for stem in stems) / len(stems) if stems else 0.0
