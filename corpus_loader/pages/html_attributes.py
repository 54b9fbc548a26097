"""The attributes of HTML's tags, as in a browser, also on broken pages; each character is searched at most twice."""

from __future__ import annotations

from corpus_loader.pages.character_references import unescape

__all__ = ["attributes", "behind_space", "is_end_of_name", "name_end", "sign_at", "stated_in", "unescaped"]


def attributes(raw: str) -> dict[str, str]:
    """The attributes of a start tag, names in lower case, values without quotes and character references."""
    return {key: unescaped(value) for key, value in stated_in(raw).items()}


def unescaped(value: str) -> str:
    """The value with the characters that its references stand for."""
    return unescape(value) if "&" in value else value


def stated_in(raw: str) -> dict[str, str]:
    """The attributes of a start tag as written, but names in lower case and values without quotes."""
    stated: dict[str, str] = {}
    size = len(raw)
    at = name_end(raw, 1)
    while at < size:
        sign = raw[at]
        if sign == "=" or sign == '"' or sign == "'" or is_end_of_name(sign):
            at += 1
            continue
        begin = at
        while at < size and raw[at] != "=" and not is_end_of_name(raw[at]):
            at += 1
        name, value = raw[begin:at].lower(), ""
        begin = behind_space(raw, at)
        if sign_at(raw, begin) == "=":
            begin = behind_space(raw, begin + 1)
            sign = sign_at(raw, begin)
            at = raw.find('"' if sign == '"' else "'", begin + 1) if sign == '"' or sign == "'" else -1
            if at >= 0:
                value = raw[begin + 1 : at]
                at += 1
            else:
                at = begin
                while at < size and raw[at] != ">" and not raw[at].isspace():
                    at += 1
                value = raw[begin:at]
        stated.setdefault(name, value)
    return stated


def behind_space(raw: str, at: int) -> int:
    """Where something else than white space stands, from there on."""
    while at < len(raw) and raw[at].isspace():
        at += 1
    return at


def name_end(raw: str, at: int) -> int:
    """Where the name of a tag or an attribute has ended that goes on there."""
    while at < len(raw) and not is_end_of_name(raw[at]):
        at += 1
    return at


def is_end_of_name(sign: str) -> bool:
    """Whether names of elements and attributes end before this character; those of attributes before = too."""
    return sign == ">" or sign == "/" or sign.isspace()


def sign_at(source: str, at: int) -> str:
    """The character there; behind the end a space."""
    return source[at] if at < len(source) else " "
