"""Small pages for the tests of this folder: lines with their labels, as a labeller would give them."""

from corpus_loader.pages import cut
from corpus_loader.records import Label, LabelledBlock, Page

#: t title, s standfirst, b body, h subheading, y byline, c credit, k caption, f furniture
CODES = {
    "t": Label.TITLE,
    "s": Label.STANDFIRST,
    "b": Label.BODY,
    "h": Label.SUBHEADING,
    "y": Label.BYLINE,
    "c": Label.CREDIT,
    "k": Label.CAPTION,
    "f": Label.FURNITURE,
}
OTHER = "Work begins in March, said the mayor, and the road on the southern bank stays open to all cars."
PARAGRAPH = "The council met on Monday and decided, after three hours, that the old bridge will be repaired."
#: Headlines of other pages, each with what stands below it.
TEASERS = [
    ("Rail fares to rise in January", "Commuters face higher costs although fewer of them travel than a year ago."),
    ("Nurse wins a million by mistake", "She had meant to buy a ticket for a different draw. Now she plans a holiday."),
    ("Storm batters the south coast", "Gusts left thousands of homes without electricity overnight."),
    ("Museum to return looted bronzes", "The trustees voted to give back the sculptures after a long campaign."),
    ("Why should we all eat more beans?", "They are cheap, healthy and good for the planet."),
]


def dump(*lines, url=None):
    """A text dump of these lines."""
    return cut(Page("page.txt", "\n".join(lines).encode(), "text/plain", url))


def page(markup, *, head="", url=None):
    """An HTML page with this body."""
    content = f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{markup}</body></html>"
    return cut(Page("page.html", content.encode(), "text/html", url))


def labelled(codes):
    """Labels by letter, as in CODES."""
    return tuple(LabelledBlock(CODES[code], 0.9 if code in "sbh" else 0.1) for code in codes)


def codes(labels):
    """The letters of labels."""
    letters = {label: code for code, label in CODES.items()}
    return "".join(letters[one.label] for one in labels)
