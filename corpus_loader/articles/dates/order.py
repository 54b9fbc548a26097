"""Which of day and month stands first in figures («05/07/2019»), by a text's language and the zone of its outlet."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

__all__ = ["english_of", "month_first"]

#: Letters of a subtag that begins an extension, and of those that name a region.
_EXTENSION: Final = 1
_REGION: Final = 2
_REGION_IN_FIGURES: Final = 3


class _Orders(NamedTuple):
    month_first: frozenset[str]
    open: frozenset[str]
    #: Region → zones; a name that ends in "/" stands for all below it.
    english: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _orders() -> _Orders:
    table = tomllib.loads((files("corpus_loader.articles.dates") / "tables" / "order.toml").read_text("utf-8"))
    return _Orders(
        frozenset(map(str.lower, table["month_first"])),
        frozenset(map(str.lower, table["open"])),
        {region: tuple(zones) for region, zones in table["english"].items()},
    )


def month_first(tag: str) -> bool | None:
    """Do figures in the language of a BCP 47 tag have the month first? None where the tag does not say.

    Language and region decide; script, variants and extensions say nothing.
    """
    language, *rest = tag.lower().replace("_", "-").split("-")
    region, orders = _region(rest), _orders()
    key = language if region is None else f"{language}-{region}"
    if key in orders.month_first or language in orders.month_first:
        return True
    return None if key in orders.open else False


def _region(subtags: list[str]) -> str | None:
    """The subtag of two letters, or three figures, that stands before any extension."""
    for subtag in subtags:
        if len(subtag) == _EXTENSION:
            return None
        if len(subtag) == _REGION or (len(subtag) == _REGION_IN_FIGURES and subtag.isdecimal()):
            return subtag
    return None


@lru_cache(maxsize=256)
def english_of(zone: str) -> str:
    """The tag of the English that outlets of an IANA zone write: `en` alone where it does not tell the order."""
    for region, zones in _orders().english.items():
        if zone in zones or zone.startswith(tuple(each for each in zones if each.endswith("/"))):
            return f"en-{region}"
    return "en"
