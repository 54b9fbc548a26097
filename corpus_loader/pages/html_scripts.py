"""The article that a page leaves to its scripts to show: a string among the data that they hold.

Some pages are sent without their text. A script shows it, out of data that the page holds too: as the state of a
framework, or as the `articleBody` of JSON-LD. Scripts are not run here; their strings are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from corpus_loader.pages.html_tags import TOKEN

__all__ = ["PROSE", "article_in_scripts"]

#: Code points: longer lines are hardly menus.
PROSE = 60
#: An article has so many code points in such lines at least.
_LEAST = 800
#: No other text of the scripts has so many of them as this share: else the page is an index of articles.
_ALONE = 0.5
#: Strings hold JSON, the strings of which hold JSON; so often.
_NESTED = 3
#: So many letters at its start tell that a text is in another one too.
_BEGINNING = 200

#: What is still open at the end ends there: to look for another beginning would take quadratic time.
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)(?:"|\Z)', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|([^\"\\/bfnrtu])|.)", re.DOTALL)
#: Code and data have these, prose hardly ever; and of figures and signs prose has no more than this share.
_CODE = re.compile(r'[{}]|":|;\n')
_SIGN = re.compile(r"[!-@\[-`|~]")
_SIGNS = 0.12
_BETWEEN_LETTERS = re.compile(r"\W+")


def article_in_scripts(source: str) -> str | None:
    """The markup of the one article among the strings of the page's scripts; None where there is none, or several.

    A string without tags has a paragraph for each of its lines.
    """
    scripts = (raw for raw in TOKEN.findall(source) if raw[1:7].lower() == "script")
    found: dict[str, tuple[int, str]] = {}
    for raw in scripts:
        for value in _strings(raw[raw.find(">") + 1 :], _NESTED):
            text = "\n".join(TOKEN.split(value)[::2])
            prose = sum(len(line) for line in text.split("\n") if len(line) >= PROSE)
            if prose >= _LEAST and not _is_code(text):
                found[_BETWEEN_LETTERS.sub("", text)] = (prose, value)
    if not found:
        return None
    letters, (most, article) = max(found.items(), key=lambda item: item[1][0])
    rivals = [other for other, (prose, _) in found.items() if prose >= _ALONE * most]
    if not all(other[:_BEGINNING] in letters or letters[:_BEGINNING] in other for other in rivals):
        return None
    return article if TOKEN.search(article) else "".join(f"<p>{line}</p>" for line in article.splitlines())


def _is_code(text: str) -> bool:
    return _CODE.search(text) is not None or len(_SIGN.findall(text)) > _SIGNS * len(text)


def _strings(data: str, nested: int) -> Iterator[str]:
    """The strings in JSON or in a script that are long enough for an article, and those within them."""
    for match in _STRING.finditer(data):
        if match.end(1) - match.start(1) >= _LEAST:
            value = _unescaped(match[1])
            yield value
            if nested > 1 and '"' in value:
                yield from _strings(value, nested - 1)


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
