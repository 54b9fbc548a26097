"""Share a corpus: its card, its Croissant description, the Hub."""

from corpus_loader.publishing.card import write_card
from corpus_loader.publishing.croissant import write_croissant

__all__ = ["COMPANIONS"]

#: The files that a corpus folder holds beside its records, in the order in which they are written.
COMPANIONS = (write_croissant, write_card)
