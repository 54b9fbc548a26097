"""The headline of the article: the best of all that the page prints and states as its title."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_loader.articles.headline_agreed import agreed_line
from corpus_loader.articles.headline_candidates import TitleCandidate, body_start, gather, stated_titles
from corpus_loader.articles.headline_features import rows
from corpus_loader.articles.headline_ranker import shipped
from corpus_loader.articles.sentences import FULL_STOPS
from corpus_loader.articles.site_name import names_site
from corpus_loader.articles.teasers import length
from corpus_loader.articles.wording import title_key
from corpus_loader.records import Candidate, Document, Evidence, Finding, LabelledBlock

__all__ = ["evidence_of", "find_title", "line_evidence"]

#: How often the line that a stated title agrees with is right, at least (`training.headline`).
_AGREED = 0.93
#: A candidate that is right less often than this is a guess;
_LEAST = 0.25
#: or than this, where it is so long and ends with a full stop: it would take the first paragraph from a page that has
#: no headline, such as a row of a web corpus.
_LEAST_PARAGRAPH, _PARAGRAPH = 0.45, 80
#: A headline stands at most so many lines above its standfirst, is no shorter than this, and shorter than it by this
#: much; their log-odds differ by no more.
_RIGHT_ABOVE, _HEADLINE, _SHORTER, _ABOUT = 3, 28, 0.92, 0.7
#: So many runners-up are told.
_RUNNERS_UP = 3


def find_title(document: Document, labels: Sequence[LabelledBlock]) -> Finding[str]:
    """The headline as the page has it: a line of its text where one is worded so, else a piece of a stated title.

    Where a heading (in a dump, a line) and a stated title agree, that is it. Else a ranker weighs all candidates.

    Every candidate is a slice of the page. The evidence's rule says which: `headline-line`, or `stated-title: og` and
    the like for `og:title`, twitter, JSON-LD and microdata `headline`, `title` for `<title>` and `line` for the first
    line of a dump, in which the outlet's name beside the headline is cut off.
    """
    stated, body = list(stated_titles(document)), body_start(labels)
    agreed = agreed_line(document, stated, body)
    if agreed is not None and not names_site(document, title_key(document.texts[agreed]), [agreed]):
        evidence = line_evidence(document, agreed, _AGREED)
        return Finding(evidence.quote, (evidence,))
    candidates = gather(document, stated, body)
    if not candidates.found:
        return Finding(None, reason="no-title", detail="no line of the page and no stated title can be a headline")
    ranker = shipped()
    scores = ranker.scores(rows(document, labels, candidates))
    wordings = list(candidates.found.values())
    ranked = sorted(range(len(wordings)), key=lambda i: (-scores[i], i))
    if document.page.media_type == "text/plain" and (above := _above_standfirst(wordings, scores, ranked)) is not None:
        ranked.insert(0, ranked.pop(ranked.index(above)))
    while len(ranked) > 1 and names_site(document, wordings[ranked[0]].key, wordings[ranked[0]].blocks):
        ranked.pop(0)
    others = tuple(
        Candidate(evidence.quote or "", evidence)
        for i in ranked[: _RUNNERS_UP + 1]
        if (evidence := evidence_of(document, wordings[i], candidates.body, ranker.confidence(scores[i])))
    )
    best = others[0].evidence
    least = _LEAST_PARAGRAPH if _is_paragraph(best.quote or "") else _LEAST
    if best.confidence is not None and best.confidence < least:
        return Finding(None, reason="no-title", detail="no candidate is likely to be the headline", candidates=others)
    return Finding(best.quote, (best,), candidates=others[1:])


def _above_standfirst(wordings: Sequence[TitleCandidate], scores: Sequence[float], ranked: Sequence[int]) -> int | None:
    """Of a dump, the line right above the best one that is shorter and about as likely: that one is its standfirst.

    No title that the page states says which it is, or it would have decided.
    """
    best = wordings[ranked[0]]
    if best.pieces or not best.blocks:
        return None
    below = best.blocks[-1]
    for i in ranked[1:]:
        if scores[i] < scores[ranked[0]] - _ABOUT:
            return None
        shorter = _HEADLINE <= len(wordings[i].key) <= _SHORTER * len(best.key)
        if shorter and any(below - _RIGHT_ABOVE <= block < below for block in wordings[i].blocks):
            return i
    return None


def _is_paragraph(line: str) -> bool:
    return length(line) >= _PARAGRAPH and line.rstrip("\"'”’»)] ").endswith(tuple(FULL_STOPS))


def evidence_of(document: Document, wording: TitleCandidate, body: int, confidence: float) -> Evidence:
    """Where the page has that wording: its last line before the body, else any line, else the first stated title."""
    confidence = round(confidence, 3)
    if wording.blocks:
        index = next((i for i in reversed(wording.blocks) if i < body), wording.blocks[0])
        return line_evidence(document, index, confidence)
    place, offset, piece = min(wording.pieces, key=lambda one: one[0].start is None)
    start = None if place.start is None else place.start + offset
    end = None if start is None else start + len(piece)
    origin = "text" if place.kind == "line" else "markup"
    return Evidence("title", f"stated-title: {place.kind}", start, end, piece, origin, confidence)  # type: ignore[arg-type]


def line_evidence(document: Document, index: int, confidence: float) -> Evidence:
    """A line of the page as its headline."""
    start, end, _ = document.blocks[index]
    return Evidence("title", "headline-line", start, end, document.text[start:end], confidence=confidence)
