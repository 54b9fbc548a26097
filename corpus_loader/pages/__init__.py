"""Raw pages: read from wherever they lie, decoded by evidence, and cut into blocks of text.

A `Reader` gives `Page`s, `cut` makes a `Document` of one; nothing here knows what an article is.
"""

from corpus_loader.pages.cutting import cut, cut_or_reject
from corpus_loader.pages.input_file import MAX_PAGE_BYTES
from corpus_loader.pages.media_types import sniff_media_type
from corpus_loader.pages.reading import INPUT_FORMATS, Reader, read_page
from corpus_loader.pages.rows import ROLES as COLUMN_ROLES

__all__ = [
    "COLUMN_ROLES",
    "INPUT_FORMATS",
    "MAX_PAGE_BYTES",
    "Reader",
    "cut",
    "cut_or_reject",
    "read_page",
    "read_pages",
    "sniff_media_type",
]

#: `read_pages(path)` reads as a verb where nobody asks what was skipped.
read_pages = Reader
