"""The attributes of HTML's tags, as in a browser, also on broken pages; each character is searched at most twice."""

from __future__ import annotations

from corpus_loader.pages.character_references import unescape_attribute

__all__ = ["Attributes", "attributes", "is_end_of_name", "name_end", "sign_at", "stated_in", "tag_end", "unescaped"]


class Attributes:
    """Walks through the attributes of a tag, from where its name has ended in the source to its `>`."""

    def __init__(self, source: str, at: int) -> None:
        self._source = source
        #: Where the attribute has ended; behind the last one, the tag or the source.
        self.end = at
        self.name = self.name_end = at
        #: The value without its quotes; empty where none is stated.
        self.value = self.value_end = at

    def advance(self) -> bool:
        """Go on to the next attribute and say whether there is one."""
        source, at = self._source, self.end
        size = len(source)
        while at < size and (source[at] == "/" or _is_space(source[at])):
            at += 1
        if at == size or source[at] == ">":
            self.end = min(at + 1, size)
            return False
        self.name = at
        at += 1  # whatever it is: names may begin with `=` and hold quotes
        while at < size and source[at] != "=" and not is_end_of_name(source[at]):
            at += 1
        self.name_end = self.value = self.value_end = self.end = at
        at = _behind_space(source, at)
        if sign_at(source, at) == "=":
            self._read_value(_behind_space(source, at + 1))
        return True

    def _read_value(self, at: int) -> None:
        source = self._source
        size = len(source)
        quote = sign_at(source, at)
        if quote == '"' or quote == "'":
            self.value = at + 1
            at = source.find('"' if quote == '"' else "'", at + 1)
            self.value_end = at if at >= 0 else size
            self.end = min(self.value_end + 1, size)
        else:
            self.value = at
            while at < size and source[at] != ">" and not _is_space(source[at]):
                at += 1
            self.value_end = self.end = at


def attributes(raw: str) -> dict[str, str]:
    """The attributes of a start tag, names in lower case, values without quotes and character references."""
    return {key: unescaped(value) for key, value in stated_in(raw).items()}


def unescaped(value: str) -> str:
    """The value with the characters that its references stand for."""
    return unescape_attribute(value) if "&" in value else value


def stated_in(raw: str) -> dict[str, str]:
    """The attributes of a start tag as written, but names in lower case and values without quotes.

    What follows the tag is none of its own.
    """
    stated: dict[str, str] = {}
    walk = Attributes(raw, name_end(raw, 1))
    while walk.advance():
        stated.setdefault(raw[walk.name : walk.name_end].lower(), raw[walk.value : walk.value_end])
    return stated


def tag_end(source: str, at: int) -> int:
    """Where the tag has ended, or the source, whose name has ended there: a `>` in quotes does not end it."""
    walk = Attributes(source, at)
    while walk.advance():
        pass
    return walk.end


def name_end(raw: str, at: int) -> int:
    """Where the name of a tag has ended that goes on there."""
    while at < len(raw) and not is_end_of_name(raw[at]):
        at += 1
    return at


def is_end_of_name(sign: str) -> bool:
    """Whether names of elements and attributes end before this character; those of attributes before = too."""
    return sign == ">" or sign == "/" or _is_space(sign)


def _is_space(sign: str) -> bool:
    """Whether it is white space to HTML: the no-break space is part of a name."""
    return sign == " " or sign == "\n" or sign == "\t" or sign == "\r" or sign == "\f"


def sign_at(source: str, at: int) -> str:
    """The character there; behind the end a space."""
    return source[at] if at < len(source) else " "


def _behind_space(raw: str, at: int) -> int:
    """Where something else than white space stands, from there on."""
    while at < len(raw) and _is_space(raw[at]):
        at += 1
    return at
