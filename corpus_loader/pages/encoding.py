"""Decode a page by evidence: byte-order mark, proof by UTF-8 itself, HTTP header, the page's own statement, detection.

The order is the Encoding Standard's but for two steps. Bytes beyond ASCII that are valid UTF-8 are UTF-8, whatever
label the page carries: text in another encoding is never valid by accident for more than a few characters, while pages
that were re-encoded on the way (by a browser's "save as", a crawler, a converter) keep the old label in their markup.
And a statement of windows-1252 is not believed of text that is in another script.
"""

from __future__ import annotations

import codecs
import re
import string
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from corpus_loader.errors import PageError
from corpus_loader.records import MediaType

__all__ = ["Decoded", "decode", "encoding_of_label"]


class Decoded(NamedTuple):
    """The characters of a page, exactly, without a byte-order mark."""

    text: str
    #: The name of the Encoding Standard, in lower case: `utf-8`, `windows-1256`, `gb18030`.
    encoding: str
    #: How many byte sequences meant nothing in that encoding; each stands in `text` as U+FFFD.
    replaced: int = 0


#: A damaged page is still decoded, and says so, while no more than one in so many characters is lost.
CHARACTERS_PER_DAMAGE = 1000

# UTF-8 has been recognised where so many continuation bytes are right, or so many sequences for each wrong one. By
# chance, Chinese, Japanese, Korean and Thai legacy text reaches .4 right for a wrong one, IBM866 .2, the others .02.
_UTF8_PROOF = 8
_RIGHT_PER_WRONG = 4

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32le", "utf-32-le"),  # before UTF-16: a UTF-16 page does not begin with U+0000
    (codecs.BOM_UTF16_LE, "utf-16le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16be", "utf-16-be"),
)
_SEVERAL_BYTES = frozenset({"gb18030", "big5", "euc-jp", "shift_jis", "euc-kr"})
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_WIDE = bytes(range(128, 256))
_ASCII_LETTERS = string.ascii_letters.encode()

# Where an HTML page states its encoding. Browsers look at 1,024 bytes; pages with long styles state it later.
_PRESCAN = 64 * 1024
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_XML_PROLOG = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']\s*([\w.:-]+)", re.I)
_META = re.compile(rb"<meta[\s/]([^>]*)>?", re.I)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_NAMED_META = re.compile(rb"\b(?:name|property|itemprop)\s*=", re.I)
_TAG = re.compile(rb"<[^<>]*>")
_SCRIPT = re.compile(rb"<(?:script|style)\b[^<]*+(?:<(?!/(?:script|style))[^<]*+)*+", re.I)


def decode(content: bytes, *, media_type: MediaType, declared: str | None = None) -> Decoded:
    """The characters of `content`, the encoding that was used, and how many broken sequences were replaced.

    `declared` is the charset that the container states (an HTTP header, a table). The statement of an HTML page's own
    markup is read here. A statement that does not fit the bytes gives way to the next evidence. Nothing is replaced
    unless the encoding is certain and at most one in 1,000 characters (or a single one) is lost.

    Raises:
        PageError: `undecodable` where no evidence leads to sound text: a mixture of encodings, or no text at all.

    """
    if marked := _by_mark(content):
        return marked
    if b"\0" in content and (wide := _as_utf16(content, declared)):
        return _checked(wide)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return _checked(_as_damaged_utf8(content) or _by_statement(content, media_type, declared))
    if b"\0" in content:
        return _checked(Decoded(text, "utf-8"))
    if text.isascii() and "\x1b" not in text:
        return Decoded(text, "utf-8")
    if len(content) - len(text) >= _UTF8_PROOF or encoding_of_label(declared or "") == "utf-8":
        return Decoded(text, "utf-8")
    return _few_characters(content, text, media_type, declared)


@lru_cache(maxsize=256)
def encoding_of_label(label: str) -> str | None:
    """The Encoding Standard's name for a label (`latin1` → `windows-1252`), None for an unknown one."""
    label = label.strip(" \t\r\n\f\"'").lower()
    return next((name for name, entry in _encodings().items() if label in entry["labels"]), None)


@cache
def _encodings() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files(__package__) / "encodings.toml").read_text(encoding="utf-8"))


# --------------------------------------------------------------------------------------------------------- evidence


def _by_mark(content: bytes) -> Decoded | None:
    for mark, name, codec in _BOMS:
        if content.startswith(mark):
            decoded = _decoded(content[len(mark) :], name, codec)
            if decoded.replaced > max(1, len(decoded.text) // CHARACTERS_PER_DAMAGE):
                raise PageError(
                    f"its byte-order mark says {name}, but {decoded.replaced} sequences of it are broken",
                    reason="undecodable",
                )
            return decoded
    return None


def _as_utf16(content: bytes, declared: str | None) -> Decoded | None:
    """UTF-16 without a mark: blanks, line ends and markup leave a zero in every other byte, on one side.

    A zero proves nothing in what is text as UTF-8, or as stated: people paste U+0000 into articles.
    """
    stated = encoding_of_label(declared or "")
    if stated in ("utf-16le", "utf-16be"):
        return _sound(content, stated)
    if _is_text(content, "utf-8", certain=stated == "utf-8") or (stated and _is_text(content, stated)):
        return None
    even, odd = content[::2].count(0), content[1::2].count(0)
    zeros, others = max(even, odd), min(even, odd)
    # Of UTF-16, half of what is ASCII would be zeros, and what is not would be control codes or no UTF-8.
    if zeros < len(content) // 3 and _is_text(content.replace(b"\0", b""), "utf-8"):
        return None
    if zeros < len(content) // 400 or others > zeros // 4:
        return None
    return _sound(content, "utf-16le" if odd > even else "utf-16be")


def _is_text(content: bytes, name: str, *, certain: bool = False) -> bool:
    """Whether the bytes are all valid in that encoding and, unless it is certain, hardly any of them control codes."""
    try:
        text = _strict(content, _encodings()[name]["codecs"][0])
    except UnicodeDecodeError:
        return False
    return certain or not _is_binary(text)


def _as_damaged_utf8(content: bytes) -> Decoded | None:
    """UTF-8 with a few broken sequences, as pages get that cut their teasers at a number of bytes."""
    decoded = _decoded(content, "utf-8", "utf-8")
    right = _wide_characters(decoded)
    if right < _RIGHT_PER_WRONG * decoded.replaced:
        return None
    if decoded.replaced > max(1, len(decoded.text) // CHARACTERS_PER_DAMAGE):
        raise PageError(
            f"a mixture of UTF-8 and something else: {decoded.replaced} sequences are not UTF-8, {right} are",
            reason="undecodable",
        )
    return decoded


def _wide_characters(decoded: Decoded) -> int:
    """How many characters beyond ASCII were decoded rightly."""
    return len(decoded.text) - len(decoded.text.encode("ascii", "ignore")) - decoded.replaced


def _few_characters(content: bytes, text: str, media_type: MediaType, declared: str | None) -> Decoded:
    """Valid UTF-8, but so little beyond ASCII that a statement can be right against it, or ISO-2022-JP."""
    if text.isascii():
        escaped = _sound(content, "iso-2022-jp") if "\x1b$" in text else None
        return escaped or Decoded(text, "utf-8")
    for label in _statements(content, media_type, declared):
        name = encoding_of_label(label)
        if name in _SEVERAL_BYTES and (decoded := _sound(content, name)):
            return decoded
    return Decoded(text, "utf-8")


def _by_statement(content: bytes, media_type: MediaType, declared: str | None) -> Decoded:
    stated = (encoding_of_label(label) for label in _statements(content, media_type, declared))
    # What is read byte by byte, to find a statement of UTF-16 in it, is not UTF-16.
    names = [name for name in stated if name and not name.startswith("utf-16")]
    for name in names:
        decoded = _sound(content, name) if _fits(name, content, media_type) else None
        if decoded and (name != "utf-8" or _wide_characters(decoded) >= decoded.replaced):
            return decoded
    # A statement of windows-1252 that does not fit may still be better than nothing.
    for guess in (_detected(content, media_type), *names):
        if guess and (decoded := _sound(content, guess)):
            return decoded
    # ASCII but for a stray byte, as in a page that ends within a character.
    decoded = _decoded(content, "utf-8", "utf-8")
    if decoded.replaced == 1:
        return decoded
    raise PageError("its encoding can't be told: no statement fits its bytes", reason="undecodable")


def _fits(name: str, content: bytes, media_type: MediaType) -> bool:
    """Whether a statement can be true of the page's text.

    Servers state windows-1252 (as iso-8859-1) of pages that they know nothing about. No language that it can write has
    more letters beyond ASCII than in it; in Arabic, Persian, Russian or Chinese text nearly all are.
    """
    if name != "windows-1252":
        return True
    sample = _wide_text(content, media_type)
    wide = len(sample) - len(sample.translate(None, _WIDE))
    return wide <= len(sample) - len(sample.translate(None, _ASCII_LETTERS))


def _statements(content: bytes, media_type: MediaType, declared: str | None) -> list[str]:
    """The labels stated for the page: by its container, then by its XML prolog or first meta tag with a charset."""
    labels = [declared] if declared else []
    if media_type != "text/html":
        return labels
    head = content[:_PRESCAN]
    # A comment that never ends hides nothing, and would be searched for again and again.
    closed = head.rfind(b"-->") + 3
    head = _COMMENT.sub(b"", head[:closed]) + head[closed:]
    found = _XML_PROLOG.match(head)
    labels += [found[1].decode("ascii", "replace")] if found else []
    for meta in _META.finditer(head):
        charset = _CHARSET.search(meta[1])
        if charset and not _NAMED_META.search(meta[1]):
            labels.append(charset[1].decode("ascii", "replace"))
            break
    return labels


def _wide_text(content: bytes, media_type: MediaType) -> bytes:
    """The lines, or the text between tags, that hold more than ASCII.

    Markup and scripts say nothing about the encoding, and mislead detection: Polish pages were taken for Big5.
    """
    runs = _TAG.split(_SCRIPT.sub(b"", content)) if media_type == "text/html" else content.splitlines()
    return b"\n".join(run for run in runs if not run.isascii())


def _detected(content: bytes, media_type: MediaType) -> str | None:
    from resiliparse.parse.encoding import detect_encoding

    # The library's HTML5 names are not used: they take EUC-KR for UTF-8.
    name = encoding_of_label(detect_encoding(_wide_text(content, media_type), html5_compatible=False) or "")
    return None if name is None or name.startswith("utf-") else name


# --------------------------------------------------------------------------------------------------------- decoding


def _sound(content: bytes, name: str) -> Decoded | None:
    """The page in that encoding, if it decodes strictly or with a share of damage that is tiny."""
    names = _encodings()[name]["codecs"]
    for codec in names:
        try:
            return Decoded(_strict(content, codec), name)
        except UnicodeDecodeError:
            continue
    decoded = _decoded(content, name, names[0].removesuffix("+c1"))
    return decoded if decoded.replaced <= max(1, len(decoded.text) // CHARACTERS_PER_DAMAGE) else None


def _strict(content: bytes, codec: str) -> str:
    if codec.endswith("+c1"):
        return codecs.charmap_decode(content, "strict", _with_controls(codec.removesuffix("+c1")))[0]
    return content.decode(codec)


@cache
def _with_controls(codec: str) -> str:
    """The characters of all 256 bytes; an undefined one of 80–9F is the C1 control, any other stays undefined."""
    table = [bytes([byte]).decode(codec, "replace") for byte in range(256)]
    filled = [chr(byte) if char == "\ufffd" and byte < 0xA0 else char for byte, char in enumerate(table)]
    return "".join(filled).replace("\ufffd", "\ufffe")  # what `charmap_decode` takes for undefined


def _decoded(content: bytes, name: str, codec: str) -> Decoded:
    """With U+FFFD for what is broken; the U+FFFD that the page itself holds are not counted as broken."""
    text = content.decode(codec, "replace")
    own = content.count("\ufffd".encode(codec)) if name.startswith(("utf-", "gb18030")) else 0
    return Decoded(text, name, max(0, text.count("\ufffd") - own))


def _checked(decoded: Decoded) -> Decoded:
    """Refuse what is no text: images and programs decode in any single-byte encoding."""
    if _is_binary(decoded.text):
        controls = len(_CONTROL.findall(decoded.text))
        what = f"it is no text: {controls} of its {len(decoded.text)} characters are control codes"
        raise PageError(what, reason="undecodable")
    return decoded


def _is_binary(text: str) -> bool:
    return len(_CONTROL.findall(text)) > max(1, len(text) // 200)
