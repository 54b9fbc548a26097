"""The article that a page leaves to its scripts to show: a string among the data that they hold.

Some pages are sent without their text. A script shows it, out of data that the page holds too: as the state of a
framework, or as the `articleBody` of JSON-LD. Scripts are not run here; their strings are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus_loader.pages.character_references import unescape
from corpus_loader.pages.html_tokens import Tags, content_of, split
from corpus_loader.pages.title_words import TitleWords

__all__ = ["PROSE", "article_in_scripts"]

#: Code points: longer lines are hardly menus.
PROSE = 60
#: An article has so many code points in such lines at least.
_LEAST = 800
#: No other text of the scripts has so many of them as this share: else the page is an index of articles.
_ALONE = 0.5
#: Nor are there more than so many texts at all: each is sought in the longest one.
_MANY = 1000
#: Strings hold JSON, the strings of which hold JSON; so often.
_NESTED = 3
#: Beside others, the article says such a share of the words of a headline; alone, it says this one at least, as all but
#: 3 in 100 articles do, and 7 in 100 texts that are others.
_TITLED, _UNTITLED = 0.5, 0.3
#: So many letters at its start tell that a text is in another one too.
_BEGINNING = 200

#: What is still open at the end ends there: to look for another beginning would take quadratic time.
_STRING = re.compile(r"""JSON\.parse\(\s*'((?:[^'\\]|\\.)*+)(?:'|\\?\Z)|"((?:[^"\\]|\\.)*+)(?:"|\\?\Z)""", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|([^\"\\/bfnrtu])|.)", re.DOTALL)
_QUOTE = re.compile(r'\\.|(")', re.DOTALL)
#: Code and data have these, prose hardly ever; and of figures and signs prose has no more than this share.
_CODE = re.compile(r'[{}]|"\s*:\s*(?:["\[\d-]|true\b|false\b|null\b)|;\n')
_SIGN = re.compile(r"[!-@\[-`|~]")
_SIGNS = 0.12
#: What stands between two attributes, taken for a string where quotes are in disorder, begins or ends so.
_BETWEEN_ATTRIBUTES = re.compile(r"\A>(?!\s)|=\\?\Z")
_BETWEEN_LETTERS = re.compile(r"\W+")
_LINE_END = re.compile(r"[\n\r\v\f\x85\u2028\u2029]+")
_EMPTY_LINE = re.compile(r"\r?\n[ \t]*\r?\n\s*")
_PARAGRAPHS = frozenset({"p", "br", "div"})


class _Text(NamedTuple):
    """A text that the scripts hold."""

    #: How much prose it has.
    prose: int
    #: Its letters and figures, without what stands between them.
    letters: str
    markup: str
    #: The share of the words of the page's title that it says, if that is a headline.
    titled: float | None


def article_in_scripts(source: str) -> str | None:
    """The markup of the one article among the strings of the page's scripts; None where there is none, or several.

    Of several, it is the one that says the page's title. A string without tags that break lines has a paragraph for
    each of its lines.
    """
    raws = split(source)[1::2]
    title = TitleWords(next((content_of(raw) for raw in raws if raw[1:6].lower() == "title"), ""))
    scripts = (content_of(raw) for raw in raws if raw[1:7].lower() == "script")
    strings = dict.fromkeys(value for script in scripts for value in _strings(script, _NESTED))
    texts = [text for value in strings if (text := _text(value, title)) is not None]
    titled = [text for text in texts if text.titled is not None and text.titled >= _TITLED]
    article = _alone(titled) or (None if titled else _alone(texts))
    if article is None or (article.titled is not None and article.titled < _UNTITLED):
        return None
    return _in_paragraphs(article.markup)


def _text(value: str, title: TitleWords) -> _Text | None:
    """What a string says; None for little prose, for code and for data."""
    if _BETWEEN_ATTRIBUTES.search(value) is not None:
        return None
    parts = split(value)
    if len(parts) == 1 and "&lt;" in value:  # tags that are spelled as text
        value = unescape(value)
        parts = split(value)
    text = unescape("\n".join(parts[::2]))
    prose = sum(len(line) for line in text.split("\n") if len(line) >= PROSE and (" " in line or not line.isascii()))
    if prose < _ALONE * _LEAST or _CODE.search(text) is not None or len(_SIGN.findall(text)) > _SIGNS * len(text):
        return None
    return _Text(prose, _BETWEEN_LETTERS.sub("", text), value, title.share_in(text))


def _alone(texts: list[_Text]) -> _Text | None:
    """The text with the most prose, if it has enough for an article, and the others are few and small beside it."""
    longest = max(texts, key=lambda text: text.prose, default=None)
    if longest is None or longest.prose < _LEAST or len(texts) > _MANY:
        return None
    others = {text.letters: text.prose for text in texts if not _is_in(text.letters, longest.letters)}
    if others and (max(others.values()) >= _ALONE * longest.prose or sum(others.values()) >= longest.prose):
        return None
    return longest


def _is_in(one: str, other: str) -> bool:
    return one[:_BEGINNING] in other or other[:_BEGINNING] in one


def _in_paragraphs(markup: str) -> str:
    """The markup, with paragraphs where it has none but lines: all of them, or those that empty lines part."""
    parts = split(markup)
    if len(parts) == 1:
        return "".join(f"<p>{line}</p>" for line in markup.splitlines())
    tags, breaks = Tags(markup), False
    while tags.advance():
        if tags.tag.name in _PARAGRAPHS:
            return markup
        breaks = breaks or tags.tag.breaks
    end = _EMPTY_LINE if breaks else _LINE_END
    parts[::2] = [end.sub("</p><p>", part) for part in parts[::2]]
    return f"<p>{''.join(parts)}</p>"


def _strings(data: str, nested: int) -> Iterator[str]:
    """The strings in JSON or in a script that are long enough for a text, and those within them."""
    for match in _STRING.finditer(data):
        group = match.lastindex or 0
        if match.end(group) - match.start(group) >= _ALONE * _LEAST:
            literal = match[group]
            value = _unescaped(literal if group > 1 else _QUOTE.sub(_escaped, literal))
            yield value
            if nested > 1 and '"' in value:
                yield from _strings(value, nested - 1)


def _escaped(quote: re.Match[str]) -> str:
    """A quotation mark as it is spelled between two others; escapes are already."""
    return r"\"" if quote[1] else quote[0]


def _unescaped(literal: str) -> str:
    """What is written between the quotes of a string of JSON or JavaScript; without U+0000, as in the page itself."""
    if "\\" not in literal:
        return literal.replace("\0", "")
    try:
        value: str = json.loads(f'"{literal}"', strict=False)
    except ValueError:
        try:
            value = json.loads(f'"{_ESCAPE.sub(_as_json, literal)}"', strict=False)
        except ValueError:  # a broken \u
            return ""
    # Half a surrogate pair is no character.
    return value.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _as_json(escape: re.Match[str]) -> str:
    """An escape of JavaScript as JSON spells it."""
    if escape[1]:
        return rf"\u00{escape[1]}"
    return escape[2] or escape[0]
