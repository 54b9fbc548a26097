"""The words of a page's `<title>`, and how many of them a text says: the article says some."""

from __future__ import annotations

import re

from corpus_loader.pages.character_references import unescape

__all__ = ["TitleWords"]

#: Words are compared by so many first letters, as languages inflect them; shorter ones than the least say nothing.
_STEM, _LEAST = 5, 4
#: Scripts without spaces, and Korean, whose syllables are characters: two characters stand for a word.
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_WORD = re.compile(r"\w+")
#: A title of fewer words can be the site's name alone, of more letters a text itself.
_HEADLINE, _LONGEST = 6, 300


class TitleWords:
    """The words of one title, by their first letters."""

    def __init__(self, title: str) -> None:
        words = _WORD.findall(unescape(title)[:_LONGEST].casefold())
        self._stems = {stem for word in words for stem in _stems(word)}

    def share_in(self, text: str) -> float | None:
        """The share of the words that a text says; None where these are too few for a headline."""
        if len(self._stems) < _HEADLINE:
            return None
        said = text.casefold()
        return sum(stem in said for stem in self._stems) / len(self._stems)


def _stems(word: str) -> list[str]:
    if _SPACELESS.match(word):
        return [word[place : place + 2] for place in range(0, len(word) - 1, 2)]
    return [word[:_STEM]] if len(word) >= _LEAST else []
