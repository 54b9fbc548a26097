"""The lexicon of all languages, read from `tables/` on first use."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from corpus_loader.articles.dates.folding import word_key
from corpus_loader.articles.dates.words import Lexicon, Month, Role, split_key

__all__ = ["lexicon"]

_HANDMADE: Final = ("arabic.toml", "persian.toml", "south_asia_kurdish.toml", "latin_and_others.toml")
#: Languages whose words count only where the text is known to be theirs.
_HINTED_ONLY: Final = frozenset({"prs", "azb", "ug", "sd"})
#: Languages whose short month names are read in any text; those of the others only in their own.
_SHORT_NAMES_READ: Final = frozenset(
    (
        "en",
        "fr",
        "de",
        "es",
        "it",
        "pt",
        "nl",
        "pl",
        "ru",
        "sv",
        "da",
        "nb",
        "tr",
        "id",
        "fi",
        "cs",
        "he",
        "hi",
        "el",
        "uk",
    )
)
#: Languages of few outlets: their weekdays, often like words of others, count where the text or the month is theirs.
_FEW_OUTLETS: Final = (
    *(
        "af",
        "am",
        "cy",
        "eu",
        "fil",
        "fo",
        "ga",
        "gl",
        "gu",
        "ha",
        "is",
        "kn",
        "ky",
        "lb",
        "ml",
        "mn",
        "mr",
        "ms",
        "mt",
    ),
    *("ne", "nn", "pa", "si", "so", "sq", "sw", "ta", "te", "tg", "tk", "uz", "hy", "ka", "kk", "be", "bs", "mk"),
)
_UNITS: Final = ("minute", "hour", "day", "week", "month", "year")


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of all tables; built once a process."""
    folder = files("corpus_loader.articles.dates") / "tables"
    words = Lexicon()
    tables = [tomllib.loads((folder / name).read_text("utf-8")) for name in _HANDMADE]
    cldr = json.loads((folder / "cldr.json").read_text("utf-8"))["languages"]
    codes = [code for table in (*tables, cldr) for code in table]
    for code in dict.fromkeys(code.partition("-")[0] for code in codes):
        words.languages[code] = 1 << len(words.languages)
    for code in _HINTED_ONLY:
        words.hinted_only |= words.languages[code]
    for code in _FEW_OUTLETS:
        words.few_outlets |= words.languages[code]
    for table in tables:
        for code, language in table.items():
            _add_language(words, language, words.languages[code])
    for code, language in cldr.items():
        _add_cldr(words, language, words.languages[code.partition("-")[0]], code)
    words.finish()
    return words


def _add_language(words: Lexicon, table: dict[str, Any], language: int) -> None:
    _add_months_and_weekdays(words, table, language)
    for shift, variants in table.get("relative_days", {}).items():
        words.names(variants, Role.DAY_NAME, int(shift), language)
        if shift in {"0", "-1"} and table.get("glued_days"):
            _add_glued_days(words, variants.partition("|")[0], int(shift), table, language)
    for period, variants in table.get("relative_periods", {}).items():
        unit, shift = period.split()
        words.names(variants, Role.PERIOD, (unit, int(shift)), language)
    for field, (role, value) in _COMPANY.items():
        words.names(table.get(field, ""), role, value, language)
    for calendar, names in table.get("era", {}).items():
        words.names(names, Role.ERA, calendar, language)
    _add_numbers(words, table.get("numbers", {}), language)
    _add_elapsed(words, table.get("elapsed", {}), language)
    words.capitalised |= frozenset(map(word_key, table.get("capitalised", ())))
    for word in table.get("only_if_language", ()):
        key = word_key(word)
        words.own_language[key] = words.own_language.get(key, 0) | language


def _add_months_and_weekdays(words: Lexicon, table: dict[str, Any], language: int) -> None:
    for surety, field in ((2, "months"), (1, "months_guarded"), (0, "months_with_year")):
        for calendar, names in table.get(field, {}).items():
            for number, variants in enumerate(names, 1):
                for name in _inflected(variants, table):
                    words.add(name, Role.MONTH, Month(calendar, number, surety), language)
    for alone, field in ((True, "weekdays"), (False, "weekdays_in_date")):
        for number, variants in enumerate(table.get(field, ())):
            for name in _inflected(variants, table, table.get("weekday_suffixes", ())):
                words.add(name, Role.WEEKDAY, number, language)
                if alone:
                    words.add(name, Role.WEEKDAY_ALONE, number, language)


def _add_glued_days(words: Lexicon, name: str, shift: int, table: dict[str, Any], language: int) -> None:
    """«امروزدوشنبه»: a space was lost between today and its weekday."""
    for number, variants in enumerate(table["weekdays"]):
        for weekday in variants.split("|"):
            words.add(name + weekday, Role.DAY_NAME, shift, language)
            words.add(name + weekday, Role.GLUED_WEEKDAY, number, language)


_COMPANY: Final = {
    "day_noun": (Role.NOUN, True),
    "preposition": (Role.PREPOSITION, True),
    "article": (Role.ARTICLE, True),
    "of": (Role.OF, True),
    "suffixes_of_day": (Role.SUFFIX, True),
    "year_word": (Role.YEAR_WORD, True),
    "year_suffix": (Role.YEAR_SUFFIX, True),
    "equals": (Role.EQUALS, True),
    "range_start": (Role.FROM, True),
    "range_to": (Role.TO, True),
    "and": (Role.AND, True),
    "next": (Role.SHIFT, 1),
    "last": (Role.SHIFT, -1),
    "this": (Role.SHIFT, 0),
    "this_month": (Role.THIS_MONTH, True),
    "part_of_day": (Role.PART, True),
}


def _add_numbers(words: Lexicon, table: dict[str, Any], language: int) -> None:
    for number, names in enumerate(table.get("words", ())):
        words.names(names, Role.COUNT, number, language)
    for field in ("ordinals", "cardinals"):
        for number, names in enumerate(table.get(field, ()), 1):
            words.names(names, Role.ORDINAL, number, language)


def _add_elapsed(words: Lexicon, table: dict[str, Any], language: int) -> None:
    exact = table.get("exact", {})
    for unit in _UNITS:
        forms = [form for form in table.get(unit, "").split("|") if form]
        words.units.update(split_key(form)[0] for form in forms)
        for sign, patterns in ((-1, table.get("ago", ())), (1, table.get("ahead", ()))):
            for pattern in patterns:
                for form in forms:
                    words.add(pattern.replace("{}", f"# {form}"), Role.ELAPSED, (unit, sign, None), language)
                for said in filter(None, exact.get(unit, "").split("|")):
                    form, _, count = said.rpartition(" ")
                    words.units.add(split_key(form)[0])
                    words.add(pattern.replace("{}", form), Role.ELAPSED, (unit, sign, int(count)), language)
        if not table.get("ago"):  # whole phrases
            for said in filter(None, exact.get(unit, "").split("|")):
                phrase, _, count = said.rpartition(" ")
                words.units.update(split_key(phrase)[-2:])
                words.add(phrase, Role.ELAPSED, (unit, -1, int(count)), language)


def _inflected(variants: str, table: dict[str, Any], more: Sequence[str] = ()) -> Iterator[str]:
    """Each variant, bare and with each ending."""
    for name in filter(None, variants.split("|")):
        yield name
        yield from (name + suffix for suffix in (*table.get("suffixes", ()), *more))


def _add_cldr(words: Lexicon, table: dict[str, Any], language: int, code: str) -> None:
    for number, name in enumerate(table["months"], 1):
        sure = len(name) > 4 or code in _SHORT_NAMES_READ or name[0] > _LAST_LATIN
        words.add(name, Role.MONTH, Month("gregorian", number, 2 if sure else 0), language)
    own_script = table["months"][0][0] > _LAST_LATIN
    surety = 2 if code == "en" else 0 if own_script or code in _SHORT_NAMES_READ else -1
    for number, name in enumerate(table["months_short"], 1):
        name = name.removeprefix("de ")  # Catalan
        if len(name) > 1 and word_key(name) != word_key(table["months"][number - 1]):
            everyday = name.lower() in _EVERYDAY_SHORT_NAMES
            words.add(name, Role.MONTH, Month("gregorian", number, -1 if everyday else surety), language)
    for number, name in enumerate(table["weekdays"]):
        words.add(name, Role.WEEKDAY, number, language)
        if len(name) > 4 and name not in _AMBIGUOUS_WEEKDAYS:
            words.add(name, Role.WEEKDAY_ALONE, number, language)
    for number, name in enumerate(table["weekdays_short"]):
        if len(name) > 1:
            words.add(name, Role.WEEKDAY, number, language)
    for unit, patterns in table["ago"].items():
        for pattern in patterns:
            phrase = split_key(pattern.replace("{0}", "#"))
            words.units.update(_beside_number(phrase))
            words.add(pattern.replace("{0}", " # "), Role.ELAPSED, (unit, -1, None), language)


def _beside_number(phrase: list[str]) -> list[str]:
    """The word after the number, or before it where nothing follows."""
    place = phrase.index("#")
    return phrase[place + 1 : place + 2] or phrase[max(place - 1, 0) : place]


_LAST_LATIN: Final = "\u024f"
#: Short month names that are everyday words in other languages: read in a text of their own language only.
_EVERYDAY_SHORT_NAMES: Final = frozenset(("sie", "set", "out", "pro", "led", "des", "dub", "gen", "mag", "do"))
#: Weekdays that are everyday words as well: they are read beside a date only.
_AMBIGUOUS_WEEKDAYS: Final = frozenset(
    [
        "domingo",
        "pazar",
        "minggu",
        "среда",
        "Среда",
        "субота",
        "Τρίτη",
        "Τετάρτη",
        "Πέμπτη",
        "Παρασκευή",
        "Δευτέρα",
        "segunda",
        "terça",
        "sexta",
        "quarta",
        "quinta",
        "środa",
        "mercoledì",
    ]
)
