"""The labels of a page's blocks: where its body and its title are, and how a rule changes one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, count, repeat
from operator import is_, itemgetter

from corpus_loader.records import BODY_LABELS, Label, LabelledBlock

__all__ = ["body_places", "relabel", "title_places"]

# Half the time of the same words in a loop: a page has hundreds of blocks, and many rules ask.
_LABEL = itemgetter(LabelledBlock._fields.index("label"))
_IS_BODY = BODY_LABELS.__contains__


def body_places(labels: Sequence[LabelledBlock]) -> list[int]:
    """The indexes of the blocks that make the body, in page order."""
    return list(compress(count(), map(_IS_BODY, map(_LABEL, labels))))


def title_places(labels: Sequence[LabelledBlock]) -> list[int]:
    """The indexes of the blocks that are the headline, in page order."""
    return list(compress(count(), map(is_, map(_LABEL, labels), repeat(Label.TITLE))))


def relabel(labels: list[LabelledBlock], index: int, label: Label, why: str) -> None:
    """Give a block the label, for this reason before those it has; what a rule has labelled so before stays as it is.

    The score stays the labeller's.
    """
    old = labels[index]
    if old.label is not label or not old.why:
        labels[index] = LabelledBlock(label, old.score, (why, *old.why))
