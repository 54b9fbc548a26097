"""What repetition says about a line: one that stands on several articles of a site is the site's, not the article's.

It is evidence, not law: articles repeat lines too. A paragraph may tell the same background again; the labeller is sure
of it, and it is not on nearly all articles of the site, as appeals, notices and boxes are. A subheading («خلفية»,
“Ingredients”) may be on all, and the labeller doubts such short lines; they stand among lines of the article's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_loader.articles import vocabulary
from corpus_loader.articles.address import copied, url_parts
from corpus_loader.articles.outlets import bare_host
from corpus_loader.articles.structure import HEADINGS
from corpus_loader.records import BODY_LABELS, Document, Label, LabelledBlock, Markup, Page

__all__ = ["NO_LINES", "Keys", "Repeated", "line_keys", "site_of"]

#: 64-bit keys of lines.
Keys = npt.NDArray[np.uint64]

#: A body whose own lines have fewer characters together stays as it is: weather and prices are told in set phrases.
_ENOUGH = 120
#: A line that the labeller is so sure of stays, by how often it stands. (Of 75 lines of dumps that it took for body and
#: that stood on two articles or more of a site, 66 were none by the labels; five of the rest were like headings.)
_SURE = (0.75, 0.9, 2.0)
#: A subheading that no markup shows, or a step of a recipe, has no more characters; and it asks nothing of the readers.
_SHORT = 40
_CALLS = ("!", "！", "…")
#: Labels of the lines that are looked at: what else has a name keeps it.
_JUDGED = BODY_LABELS | {Label.FURNITURE}


class Repeated(NamedTuple):
    """The lines of some sites that stand on more than one article."""

    #: In ascending order.
    keys: Keys
    #: How often each stands: 0 on two articles, 1 on several, 2 on nearly all of its site's.
    often: npt.NDArray[np.uint8]

    @classmethod
    def joined(cls, parts: Iterable[Repeated]) -> Repeated:
        """The lines of all of them: keys of different sites differ."""
        keys, often = map(np.concatenate, zip(NO_LINES, *parts, strict=True))
        order = np.argsort(keys)
        return cls(keys[order], often[order])

    def refuse(self, document: Document, labels: Sequence[LabelledBlock]) -> Sequence[LabelledBlock]:
        """The labels, with FURNITURE for lines of the body that are the site's by their repetition and their place.

        Repeated lines that are furniture already get the same reason, so that nothing brings them back. Scores stay the
        labeller's. Where too little of the body is the page's own, nothing changes.
        """
        if not self.keys.size:
            return labels
        texts = {i: document.texts[i] for i, labelled in enumerate(labels) if labelled.label in _JUDGED}
        repeated = self._often(texts, line_keys(site_of(document.page), texts.values()))
        own = {i for i in texts if i not in repeated and labels[i].label in BODY_LABELS}
        if sum(len(texts[i]) for i in own) < _ENOUGH:
            return labels
        final, belongs, first = list(labels), False, min(own)
        for i, often in reversed(repeated.items()):
            is_body = labels[i].label in BODY_LABELS
            sure = is_body and labels[i].score >= _SURE[often]
            led_on = i + 1 in own or (belongs and i + 1 in repeated)
            belongs = is_body and first < i and led_on and _may_belong(texts[i], document.blocks[i].markup)
            if not (sure or belongs):
                final[i] = LabelledBlock(Label.FURNITURE, labels[i].score, ("repeated-on-other-pages",))
        return final

    def _often(self, lines: Iterable[int], keys: Keys) -> dict[int, int]:
        """How often the known ones of these lines stand, by line."""
        places = np.minimum(np.searchsorted(self.keys, keys), self.keys.size - 1)
        known, often = (self.keys[places] == keys).tolist(), self.often[places].tolist()
        return {line: times for line, is_known, times in zip(lines, known, often, strict=True) if is_known}


#: Nothing is known of any line.
NO_LINES = Repeated(np.zeros(0, np.uint64), np.zeros(0, np.uint8))


def site_of(page: Page) -> str:
    """The host of the page's address, without labels that say how it is served; empty for pages without an address.

    A copy in an archive is a page of the copied site.
    """
    parts = url_parts(copied(page.url)[0]) if page.url else None
    return bare_host(parts.hostname or "") if parts else ""


def line_keys(site: str, lines: Iterable[str]) -> Keys:
    """A key of 64 bits for each line of a site's page; white space does not tell lines apart, digits do.

    Tables and prices differ in digits alone. A key is the BLAKE2b digest, of 8 bytes, of the site and the line.
    """
    of_site = hashlib.blake2b(f"{site}\n".encode(), digest_size=8)

    def key(line: str) -> bytes:
        digest = of_site.copy()
        digest.update(" ".join(line.split()).encode("utf-8", "surrogatepass"))
        return digest.digest()

    return np.frombuffer(b"".join(map(key, lines)), "<u8").astype(np.uint64)


def _may_belong(text: str, markup: Markup | None) -> bool:
    if text.endswith(_CALLS) or vocabulary.phrases("box", "calls").find(text) >= 0:
        return False
    return len(text) <= _SHORT or (markup is not None and markup.tag in HEADINGS)
