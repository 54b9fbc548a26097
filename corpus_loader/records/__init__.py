"""The records that flow: Page → Document → Extract → Article or Rejection. All are frozen values."""

from corpus_loader.records.article import (
    Article,
    Provenance,
    Rejection,
)
from corpus_loader.records.finding import (
    BODY_LABELS,
    Candidate,
    DateBasis,
    DatePrecision,
    Decision,
    Evidence,
    Extract,
    Finding,
    Findings,
    Label,
    LabelledBlock,
    Origin,
    PublicationDate,
    Source,
)
from corpus_loader.records.page import (
    Block,
    Document,
    Markup,
    MediaType,
    Metadatum,
    Outline,
    Page,
)

__all__ = [
    "BODY_LABELS",
    "Article",
    "Block",
    "Candidate",
    "DateBasis",
    "DatePrecision",
    "Decision",
    "Document",
    "Evidence",
    "Extract",
    "Finding",
    "Findings",
    "Label",
    "LabelledBlock",
    "Markup",
    "MediaType",
    "Metadatum",
    "Origin",
    "Outline",
    "Page",
    "Provenance",
    "PublicationDate",
    "Rejection",
    "Source",
]
