"""Where sentences end, in every script."""

from __future__ import annotations

import re

__all__ = ["ASKS", "FULL_STOPS", "STOPS", "ends_sentence", "holds_sentence"]

#: Marks that close a statement: those of Unicode's property Sentence_Terminal that living scripts use, and the shads of
#: Tibetan, which the property lacks.
FULL_STOPS = ".。．｡۔।॥։።፨။។៕༎།᠃᠉᱾᱿꯫꫰܀܁܂᥄꘎߹꓿᭟꧉"
#: With the ellipsis, which also stands where a text is cut.
STOPS = FULL_STOPS + "…"
#: Marks that close a question or a call; headlines end so too.
ASKS = "!?؟！？⁇⁈⁉‼፧᥅꘏"

#: Not the dot of a number, of «3. März» or of «1.6%», unless the line ends there.
_END = re.compile(rf"(?<!\d)[{re.escape(STOPS + ASKS)}](?:\W|\Z)|[{re.escape(STOPS)}]\Z")
_STOPS = frozenset(STOPS)
_CLOSING = "\"'”’»›)]）】」』 \u200e\u200f\xa0"


def holds_sentence(line: str) -> bool:
    """Does a sentence end in this line, or with it?"""
    return _END.search(line) is not None


def ends_sentence(line: str) -> bool:
    """Is a full stop or an ellipsis the last mark of this line, but for quotes and brackets?"""
    return line.rstrip(_CLOSING)[-1:] in _STOPS
