"""What existing extractors take for the article on pages that no person has labelled."""

from __future__ import annotations

import logging
from collections.abc import Callable

from corpus_loader.errors import MissingExtraError

try:
    import justext
    import lxml.etree
    import lxml.html
    import readability
    import trafilatura
except ImportError as error:
    raise MissingExtraError(f"{error.name} is not installed", next_step='pip install -e ".[benchmark]"') from error
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

__all__ = ["extracts"]

logging.disable(logging.CRITICAL)  # the extractors log every page that they can't read


def _readability(source: str) -> str:
    summary = readability.Document(source).summary(html_partial=True)
    return str(lxml.html.fromstring(summary).text_content()) if summary.strip() else ""


def _justext(source: str) -> str:
    paragraphs = justext.justext(source.encode(), justext.get_stoplist("English"), encoding="utf-8")
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


#: The weights of the extractors' votes, and the extractors.
_VOTERS: tuple[tuple[float, Callable[[str], str | None]], ...] = (
    (1.5, lambda source: trafilatura.extract(source, include_comments=False)),
    (0.5, lambda source: trafilatura.extract(source, include_comments=False, favor_precision=True)),
    (1.0, _readability),
    (1.0, lambda source: extract_plain_text(HTMLTree.parse(source), main_content=True)),
    (0.5, _justext),
)


def extracts(source: str) -> list[tuple[float, str]]:
    """The body by each extractor that finds one on the page, behind the weight of the extractor's vote."""
    found = []
    for weight, extractor in _VOTERS:
        try:
            body = extractor(source)
        except (
            ValueError,
            AttributeError,
            TypeError,
            IndexError,
            lxml.etree.LxmlError,
            readability.readability.Unparseable,
        ):
            continue  # what an extractor can't read, it has no vote on
        if body:
            found.append((weight, body))
    return found
