"""The extractors that ours is held against, each as it is recommended to be used, behind one signature."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

import justext
import lxml.etree
import lxml.html
import py3langid
import trafilatura
from readability import Document as ReadabilityDocument
from readability.readability import Unparseable
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding

from benchmarks.scores import Extracted

__all__ = ["PEERS", "Peer", "guarded", "guess_language"]


#: (content, ISO 639 code or None) → what was extracted. HTML peers get the page's bytes, dump peers its text.
Peer = Callable[[Any, str | None], Extracted]


# ------------------------------------------------------------------------------------------------------ HTML pages


def _trafilatura(content: bytes, language: str | None, *, precision: bool) -> Extracted:
    found: Any = trafilatura.bare_extraction(
        content, include_comments=False, favor_precision=precision, with_metadata=True, date_extraction_params={}
    )
    return Extracted(None, "") if found is None else Extracted(found.title, found.text)


def _trafilatura_body(content: bytes, language: str | None) -> Extracted:
    """Without the metadata, the title among them, which take it as long as the body."""
    return Extracted(None, trafilatura.extract(content, include_comments=False) or "")


def _readability(content: bytes, language: str | None) -> Extracted:
    document = ReadabilityDocument(decode(content))
    try:
        tree = lxml.html.fromstring(document.summary())
    except (Unparseable, lxml.etree.ParserError, ValueError):
        return Extracted(None, "")
    return Extracted(document.short_title(), "\n".join(tree.itertext()))


def _resiliparse(content: bytes, language: str | None) -> Extracted:
    text = extract_plain_text(
        decode(content), main_content=True, alt_texts=False, comments=False, preserve_formatting=True
    )
    return Extracted(None, text)


def _justext(content: bytes, language: str | None) -> Extracted:
    try:
        paragraphs = justext.justext(content, stoplist(language))
    except (lxml.etree.ParserError, justext.core.JustextError):
        return Extracted(None, "")
    return Extracted(None, "\n".join(p.text for p in paragraphs if not p.is_boilerplate))


def _goose(content: bytes, language: str | None) -> Extracted:
    article = _goose_extractor().extract(raw_html=decode(content))
    return Extracted(article.title, article.cleaned_text)


@functools.cache
def _goose_extractor() -> Any:
    from goose3 import Configuration, Goose

    config = Configuration()
    config.enable_image_fetching = False
    return Goose(config)


def decode(content: bytes) -> str:
    """The page's characters in the encoding that resiliparse detects."""
    text: str = bytes_to_str(content, detect_encoding(content, html5_compatible=True) or "utf-8")
    return text.replace("\x00", "")


# ------------------------------------------------------------------------------------------------------ text dumps

#: Sentence ends of all the scripts of the pages: the rules were made for English, and would lose whole languages.
_TERMINAL = tuple('.!?"”»…؟۔。！？」।։')
_POLICY = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")
_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]")


def _whole_dump(text: str, language: str | None) -> Extracted:
    return Extracted(text.strip().partition("\n")[0], text)


def _c4_rules(text: str, language: str | None) -> Extracted:
    """Lines that end a sentence, hold five words and name neither JavaScript nor policies (Raffel et al. 2020)."""
    kept = [line for line in text.splitlines() if _is_c4_line(line.strip())]
    first = text.strip().partition("\n")[0]
    # The page's first line is its <title>; the outlet comes after the last " | " or " - ".
    return Extracted(re.split(r"\s+[|–—-]\s+", first)[0], "\n".join(kept))


def _is_c4_line(line: str) -> bool:
    low = line.casefold()
    words = len(line.split()) + len(_SPACELESS.findall(line)) // 2
    return line.endswith(_TERMINAL) and words >= 5 and "javascript" not in low and not any(p in low for p in _POLICY)


def _justext_lines(text: str, language: str | None) -> Extracted:
    """The classifier of jusText over lines, each standing for a paragraph without links."""
    words = stoplist(language)
    paragraphs = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        paragraph = justext.paragraph.Paragraph(_Path())
        paragraph.append_text(line)
        paragraphs.append(paragraph)
    justext.core.classify_paragraphs(paragraphs, frozenset(word.lower() for word in words))
    justext.core.revise_paragraph_classification(paragraphs)
    return Extracted(None, "\n".join(p.text for p in paragraphs if not p.is_boilerplate))


class _Path:
    """The place in the DOM that a line of a dump does not have."""

    dom = "body.p"
    xpath = "/body/p"


_STOPLISTS = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ko": "Korean", "nb": "Norwegian_Bokmal",
    "nl": "Dutch", "no": "Norwegian_Bokmal", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sv": "Swedish", "ta": "Tamil", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
}  # fmt: skip


@functools.cache
def stoplist(language: str | None) -> frozenset[str]:
    """The stop words of the page's language; where jusText has none (Chinese, Japanese), or it is unknown, English."""
    return frozenset(justext.get_stoplist(_STOPLISTS.get((language or "en").split("-")[0], "English")))


#: By the form of the page that they read.
PEERS: dict[str, dict[str, Peer]] = {
    "html": {
        "trafilatura": functools.partial(_trafilatura, precision=False),
        "trafilatura, precision": functools.partial(_trafilatura, precision=True),
        "trafilatura, body alone": _trafilatura_body,
        "readability-lxml": _readability,
        "resiliparse": _resiliparse,
        "jusText": _justext,
        "goose3": _goose,
    },
    "text": {
        "C4 line rules": _c4_rules,
        "jusText on lines": _justext_lines,
        "whole dump": _whole_dump,
    },
}


def guarded(peer: Peer, content: Any, language: str | None) -> Extracted:
    """What the peer makes of the page; nothing where it raises, whatever it raises: others' errors have no root."""
    try:
        return peer(content, language)
    except Exception:  # noqa: BLE001
        return Extracted(None, "")


def guess_language(text: str) -> str:
    """ISO 639-1 code of the page's language, for the peers that want to be told."""
    return str(py3langid.classify(text)[0])
