"""What the readers of single rules share: the run, the choice among meanings, and the making of an expression."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, NamedTuple

from corpus_loader.articles.dates.calendars import Calendar
from corpus_loader.articles.dates.clocks import clock_near
from corpus_loader.articles.dates.expression import DateExpression
from corpus_loader.articles.dates.grammar import Fit
from corpus_loader.articles.dates.lexicon import lexicon
from corpus_loader.articles.dates.tokens import Token
from corpus_loader.articles.dates.words import Entry, Month, Role

__all__ = ["Context", "Parts", "followed_by", "month_of", "value_of_days", "weekday_of"]

#: Languages that write the month before the day; Pashto does too, but shares its names with others that do not.
_MONTH_FIRST: Final = ("en", "hu", "lt", "fil", "eu", "mn")


class Context(NamedTuple):
    """The text that is read, the language it is known to be in (as a bit mask), and the reference day."""

    text: str
    language: int
    #: Do figures have the month first («10/7/2015» for 7 October)? None where the language does not say.
    month_first: bool | None
    reference: dt.date | None


class Parts:
    """One match of a rule in a run: its named parts as tokens."""

    __slots__ = ("_fit", "context", "end", "impossible", "rule", "start", "tokens")

    def __init__(self, context: Context, tokens: list[Token], fit: Fit) -> None:
        self.context, self.tokens, self._fit = context, tokens, fit
        self.rule = fit.rule
        #: The tokens of the expression; a reader may leave out some at either end.
        self.start, self.end = fit.start, fit.end
        #: Set where all parts are printed and no such day exists.
        self.impossible = False

    def __getitem__(self, name: str) -> Token | None:
        place = self._fit.parts.get(name)
        return None if place is None else self.tokens[place]

    def place(self, name: str) -> int:
        """The index of a part's token in the run."""
        return self._fit.parts[name]

    @property
    def first(self) -> Token:
        """The first token that the rule matched."""
        return self.tokens[self._fit.start]

    def quoted(self) -> str:
        """The text of the match."""
        return self.context.text[self.tokens[self.start].start : self.tokens[self.end - 1].end]

    def value(self, name: str, role: str) -> Any:
        """The first meaning of a part in a role, that of the text's language before others; None if it has none."""
        token = self[name]
        if token is None or token.entry is None:
            return None
        values = token.entry.meanings.get(role)
        if not values:
            return None
        hint, rare = self.context.language, lexicon().hinted_only
        rare |= lexicon().few_outlets if role == Role.WEEKDAY_ALONE else 0
        hinted = [value for value, mask in values if mask & hint]
        free = [value for value, mask in values if mask & ~rare]
        own = lexicon().own_language.get(token.key, -1)
        if not own & hint and own >= 0:
            return None
        return (hinted or free or [None])[0]

    def day(self, name: str = "day") -> int | None:
        """The number of a day, from digits or an ordinal word."""
        token = self[name]
        if token is None:
            return None
        if token.entry is None:
            return token.number
        found: int | None = self.value(name, Role.ORDINAL)
        return found

    def languages(self, name: str, role: str) -> int:
        """The languages in which a part has a role."""
        token = self[name]
        if token is None or token.entry is None:
            return 0
        mask = 0
        for _, languages in token.entry.meanings.get(role, ()):
            mask |= languages
        return mask

    def says(self, name: str, role: str, *codes: str) -> bool:
        """Is the part a word of one of these languages, and not of the text's if that is another?"""
        languages = self.languages(name, role)
        wanted = sum(lexicon().languages[code] for code in codes)
        hinted = languages & self.context.language
        return bool((hinted or languages) & wanted)

    def speaks(self, *codes: str) -> bool:
        """Is the text known to be in one of these languages?"""
        return any(self.context.language & lexicon().languages[code] for code in codes)

    def drop(self, name: str, *, dropped: bool) -> None:
        """Leave a part at the match's beginning or end out of the expression."""
        if not dropped or self[name] is None:
            return
        place = self.place(name)
        if name == "weekday_after" or place > self._fit.end - 3:
            self.end = min(self.end, place)
        else:
            self.start = max(self.start, place + 1)

    def joined_by_and(self, start: str = "first_day", end: str = "day") -> bool:
        """Are the ends of a range joined by «and» alone, without «between» before them?"""
        for token in self.tokens[self.place(start) : self.place(end)]:
            roles = token.entry.roles if token.entry is not None else token.tag
            if Role.TO in roles or roles == "-":
                return False
        return self.first.entry is None or Role.FROM not in self.first.entry.roles

    def glued(self, name: str) -> bool:
        """Is a number written onto a Latin letter («9to5Mac»)?"""
        token = self[name]
        before = (
            "" if token is None or token.entry is not None else self.context.text[max(token.start - 1, 0) : token.start]
        )
        return before.isascii() and before.isalpha()

    def after_number(self) -> bool:
        """Does a number stand before the match («12 روز گذشته»: a span, no day)?"""
        before = self.tokens[self.start - 1] if self.start else None
        return before is not None and (
            before.tag in "abzy" if before.entry is None else Role.COUNT in before.entry.roles
        )

    def after_year_word(self, name: str) -> bool:
        """Does a word for year stand before a number («سال ۵۷»)?"""
        before = self.tokens[self.place(name) - 1]
        return before.entry is not None and Role.YEAR_WORD in before.entry.roles

    def counted(self) -> bool:
        """Is the day a cardinal word? «پانزده مهر» is a day; «یک تیر» is one bullet."""
        token = self["day"]
        return token is not None and token.entry is not None and Role.COUNT in token.entry.roles

    def languages_but_english(self, languages: int) -> int:
        """The text's language among those of a name, English apart."""
        return languages & self.context.language & ~lexicon().languages["en"]

    def month_first(self, languages: int) -> bool:
        """Is the month's name before the day in one of the name's languages (that of the text, if it is known)?"""
        hinted = languages & self.context.language
        codes = (*_MONTH_FIRST, "ps") if hinted else _MONTH_FIRST
        return any((hinted or languages) & lexicon().languages[code] for code in codes)

    def in_small_letters(self, token: Token) -> bool:
        """Is a name that is also an everyday word written as one (`sun`, `may`)?"""
        return token.key in lexicon().capitalised and self.context.text[token.start].islower()

    def calendar_of_year(self, year: int) -> Calendar:
        """The calendar of a year beside a word for year, by its size and that word's language."""
        if year >= 1500:
            return "gregorian"
        if self.speaks("fa", "prs", "ps", "ckb") or self.says("year_word", Role.YEAR_WORD, "fa"):
            return "jalali"
        entries = (token.entry for token in self.tokens[self._fit.start : self._fit.end])
        masks = next(
            (entry.meanings[Role.YEAR_WORD] for entry in entries if entry and Role.YEAR_WORD in entry.roles), []
        )
        if masks:
            persian = lexicon().languages["fa"] | lexicon().languages["ps"] | lexicon().languages["ckb"]
            if any(mask & persian for _, mask in masks):
                return "jalali" if not self.speaks("ar", "ur") else "hijri"
            if any(mask & lexicon().languages["ar"] for _, mask in masks):
                return "hijri" if year > 1340 else "gregorian"
        return "gregorian"

    def weak_era(self) -> bool:
        """Is the era, standing alone beside a year, a letter that abbreviates much else («2015 م» is also metres)?"""
        token = self["era"]
        if token is None or self.rule != "year-era":
            return False
        printed = self.context.text[token.start : token.end]
        return not printed.isupper() if printed.isascii() else len(token.key) == 1 and token.key not in "هء"

    def express(self, value: str | None, calendar: Any, precision: Any, **fields: Any) -> DateExpression:
        """The expression of this match, a day with the clock time beside it.

        Its quote begins with a day word, weekday or number, and ends with no sign.
        """
        first, last = self._trimmed()
        self.start, self.end = first, last + 1
        start, end = self.tokens[first].start, self.tokens[last].end
        rule = fields.pop("rule", self.rule)
        clock = clock_near(self.context.text, start, end) if precision == "day" else None
        if clock is not None:
            fields |= clock._asdict()
        return DateExpression(self.context.text[start:end], start, end, value, calendar, precision, rule, **fields)

    def _trimmed(self) -> tuple[int, int]:
        first, last = self.start, self.end - 1
        weekday = self._fit.parts.get("weekday")
        while first < last and first != weekday and _begins_nothing(self.tokens[first], self.rule):
            first += 1
        while first < last and _ends_nothing(self.tokens[last], self.tokens[first:last]):
            last -= 1
        return first, last


def _begins_nothing(token: Token, rule: str) -> bool:
    return not token.tag.isalnum() if token.entry is None else _tells_nothing(token.entry.roles, rule)


@lru_cache(maxsize=4096)
def _tells_nothing(roles: str, rule: str) -> bool:
    telling = _TELLING
    if rule in {"year", "years"}:
        telling |= {Role.YEAR_WORD}
    if "s-" in rule or rule == "years" or "-to-" in rule:
        telling |= {Role.FROM}
    return telling.isdisjoint(roles) or (Role.PREPOSITION in roles and Role.NOUN not in roles)


#: A quote begins with one of these roles, or a number.
_TELLING: Final = frozenset(
    (
        Role.NOUN,
        Role.ARTICLE,
        Role.WEEKDAY,
        Role.DAY_NAME,
        Role.ORDINAL,
        Role.MONTH,
        Role.PERIOD,
        Role.ELAPSED,
        Role.SHIFT,
    )
)


def _ends_nothing(token: Token, before: Iterable[Token]) -> bool:
    if token.entry is not None:
        return _CLOSING.issuperset(token.entry.roles) and token.key not in _KEPT
    if token.tag == ")":
        return all(other.tag != "(" for other in before)
    return not token.tag.isalnum()


#: A quote does not end with a word of these roles alone.
_CLOSING: Final = frozenset((Role.PREPOSITION, Role.FROM, Role.AND, Role.TO, Role.OF, Role.PART))
#: «of» words that close a date: «26 Mehr *mah*», «7*ê* Cotmehê».
_KEPT: Final = frozenset({"ماه", "ی", "ام", "مه", "n"})


def month_of(
    parts: Parts, name: str, *, year: int | None = None, era: Calendar | None = None
) -> tuple[Month, int] | None:
    """The month that a part means, with the languages in which it does; None where it can't be one here.

    The calendar follows the era, then the size of the year, then the text's language. `surety` is lowered to 0 for
    a name of another language than the text's.
    """
    token = parts[name]
    return None if token is None or token.entry is None else _month_of(token.entry, parts.context.language, year, era)


@lru_cache(maxsize=4096)
def _month_of(entry: Entry, hint: int, year: int | None, era: Calendar | None) -> tuple[Month, int] | None:
    free = ~lexicon().hinted_only
    found: dict[tuple[Calendar, int], tuple[bool, int, int]] = {}
    for month, mask in entry.meanings.get(Role.MONTH, ()):
        known = bool(mask & hint)
        if not known and (month.surety < 0 or not mask & free):
            continue
        if (era is not None and month.calendar != era) or not _fits_year(month.calendar, year):
            continue
        before, surest, masks = found.get(month[:2], (False, 0, 0))
        surety = max(month.surety, 0) if known or not hint else 0
        if known != before:
            surest, before = (surety, True) if known else (surest, True)
        found[month[:2]] = before, max(surety, surest), masks | mask
    if not found:
        return None
    (calendar, number), (_, surety, mask) = max(found.items(), key=lambda item: item[1][:2])
    return Month(calendar, number, surety), mask


def _fits_year(calendar: Calendar, year: int | None) -> bool:
    if year is None or year < 100:
        return year is None or calendar != "hijri"
    if calendar == "gregorian":
        return 1000 <= year < 2200
    return 1200 <= year <= 1450 if calendar == "jalali" else 1000 <= year <= 1500


def weekday_of(parts: Parts, name: str, languages: int, day: dt.date | None) -> int | None:
    """The weekday that a part means beside a date, or None where the word is none.

    Short words (`on`, `so`, `min`) are weekdays in some language or other: they count where they agree with the day, or
    where the text's language has them; else where the month's language does, if the text is not in that language itself
    («on April 22») and most languages with that month have the word, too («5 Min. 1. November»).
    """
    token = parts[name]
    if token is None or token.entry is None:
        return None
    return _weekday_of(
        token.entry, len(token.key) > 3, parts.context.language, languages, None if day is None else day.weekday()
    )


@lru_cache(maxsize=4096)
def _weekday_of(entry: Entry, is_long: bool, hint: int, languages: int, printed: int | None) -> int | None:
    spoken = hint | languages | ~(lexicon().few_outlets | lexicon().hinted_only)
    values = [(number, mask) for number, mask in entry.meanings[Role.WEEKDAY] if mask & spoken]
    if printed is not None and any(number == printed for number, _ in values):
        return printed
    for wanted in (hint & languages, hint, 0 if hint & languages else languages):
        kept = {number: mask & wanted for number, mask in values if mask & wanted}
        if len(kept) == 1:
            ((number, mask),) = kept.items()
            if wanted & hint or is_long or 2 * mask.bit_count() >= languages.bit_count():
                return int(number)
    alone = [number for number, mask in entry.meanings.get(Role.WEEKDAY_ALONE, ()) if mask & spoken]
    return alone[0] if alone else None


def followed_by(text: str, place: int, signs: str) -> bool:
    """Does one of these signs follow, and a digit after it?"""
    return text[place : place + 1] in signs and text[place : place + 1] != "" and text[place + 1 : place + 2].isdigit()


def value_of_days(first: dt.date, last: dt.date) -> str:
    """One ISO day, or the interval of two."""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
