"""Readers of dates with a month's name: days, months and years, with and without the year."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, Final

from corpus_loader.articles.dates.calendars import Calendar, first_day, full_year, last_day, to_gregorian
from corpus_loader.articles.dates.company import (
    counted_in_month,
    counts_something,
    divides,
    ends_phrase,
    in_a_fraction,
    is_numbered,
    names_something,
    odd_company,
    of_a_score,
)
from corpus_loader.articles.dates.expression import DateExpression, fit_weekday
from corpus_loader.articles.dates.reading import Parts, followed_by, month_of, value_of_days, weekday_of
from corpus_loader.articles.dates.reference import day_of_year, nearest_day, nearest_month
from corpus_loader.articles.dates.words import Month, Role

__all__ = [
    "choose_year",
    "fixed_day",
    "month_of_year",
    "months",
    "open_day",
    "period_value",
    "read_day",
    "read_month",
    "read_month_shift",
    "read_open_day",
    "read_since_year",
    "read_year",
    "two_digit_year",
    "year_of",
]

#: Thai and Lao years count from 543 BCE.
_BUDDHIST: Final = 543
#: Kurdish years are Jalali years counted from 700 BCE.
_KURDISH: Final = 1321


def read_day(parts: Parts) -> DateExpression | None:
    """Day, month and year in any order."""
    year = year_of(parts)
    day = parts.day()
    found = month_of(parts, "month", year=year, era=parts.value("era", Role.ERA))
    if found is None or day is None or year is None or _is_no_day(parts):
        return None
    month, languages = found
    if year < 100 and not two_digit_year(parts, month.calendar):
        return None
    year = full_year(month.calendar, year, parts.context.reference)
    fixed = to_gregorian(month.calendar, year, month.number, day)
    if fixed is None:
        parts.impossible = True
        return None
    return fixed_day(parts, month, languages, year, day, fixed)


_DAY_FIRST: Final = frozenset({"day-month-year", "day-month"})


def _is_no_day(parts: Parts) -> bool:
    """Is the number before the month that of an issue, of goals, of a fraction? With a weekday it is a day."""
    if parts.rule not in _DAY_FIRST:
        return False
    if parts["weekday"] is not None:
        return divides(parts)
    if counted_in_month(parts):
        return True
    day = parts["day"]
    begins = day is None or day.start == 0 or parts.context.text[day.start - 1] == "\n"
    return not begins and (is_numbered(parts) or of_a_score(parts) or in_a_fraction(parts))


def fixed_day(parts: Parts, month: Month, languages: int, year: int, day: int, fixed: dt.date) -> DateExpression:
    """The expression of a day whose year is printed; the weekday moves a Hijri day by one, else it only checks."""
    weekday = None
    for name in ("weekday", "weekday_inside", "weekday_after"):
        if parts[name] is not None:
            weekday = weekday_of(parts, name, languages, fixed)
            parts.drop(name, dropped=weekday is None and name != "weekday_inside")
    fitted = fit_weekday(month.calendar, fixed, weekday)
    fixed = fitted or fixed
    return parts.express(
        fixed.isoformat(),
        month.calendar,
        "day",
        weekday_ok=None if weekday is None else fitted is not None,
        first=fixed,
        last=fixed,
        weekday=weekday,
        year=year,
        month=month.number,
        day=day,
        **_names(parts, month[:2]),
    )


def read_open_day(parts: Parts) -> DateExpression | None:
    """Day and month without a year: open, or the day that the reference and the words around it choose."""
    found = month_of(parts, "month")
    day = parts.day()
    if found is None or day is None or not 1 <= day <= _longest_month(found[0]) or parts.glued("day"):
        return None
    if _is_no_day(parts):
        return None
    month, languages = found
    weekday = None
    for name in ("weekday", "weekday_after"):
        if parts[name] is not None:
            seen = weekday_of(parts, name, languages, None)
            parts.drop(name, dropped=seen is None)
            weekday = seen if weekday is None else weekday
    said = parts["shift"] is not None or parts["period"] is not None
    if not (weekday is not None or said) and not _sure_without_year(parts, month, languages):
        return None
    if weekday is None and names_something(parts):
        parts.impossible = True
        return None
    read = open_day(parts, month.calendar, month.number, day, weekday)
    names = _names(parts, month[:2])
    return replace(read, **names) if names else read


def open_day(parts: Parts, calendar: Calendar, month: int, day: int, weekday: int | None) -> DateExpression:
    """The expression of a day and month, fixed by the reference where there is one."""
    chosen = choose_year(parts, calendar, month, day, weekday)
    if chosen is None:
        return parts.express(f"XXXX-{month:02}-{day:02}", calendar, "day", weekday=weekday, month=month, day=day)
    year, fixed = chosen
    fitted = fit_weekday(calendar, fixed, weekday)
    fixed = fitted or fixed
    return parts.express(
        fixed.isoformat(),
        calendar,
        "day",
        weekday_ok=None if weekday is None else fitted is not None,
        first=fixed,
        last=fixed,
        weekday=weekday,
        year=year,
        month=month,
        day=day,
        rule=f"{parts.rule}-from-reference",
        from_reference=True,
    )


def choose_year(
    parts: Parts, calendar: Calendar, month: int, day: int, weekday: int | None
) -> tuple[int, dt.date] | None:
    """Year and day that the reference, and the words beside the date, choose; None without a reference."""
    reference = parts.context.reference
    if reference is None:
        return None
    period = parts.value("period", Role.PERIOD)
    if period is not None and period[0] == "year":
        return day_of_year(calendar, month, day, reference, period[1])
    return nearest_day(calendar, month, day, weekday, reference, parts.value("shift", Role.SHIFT))


def _sure_without_year(parts: Parts, month: Month, languages: int) -> bool:
    """May a bare day and month be a date? Not where the name is doubtful or its neighbours make it something else."""
    token = parts["month"]
    if token is None or month.surety == 0 or (month.surety == 1 and parts.counted()):
        return False
    if parts.in_small_letters(token) and not parts.languages_but_english(languages):
        return False
    if parts.rule == "month-day" and not parts.month_first(languages):
        return False
    return not odd_company(parts, token)


def _longest_month(month: Month) -> int:
    if month.calendar == "gregorian":
        return (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month.number - 1]
    return 30 if month.calendar == "hijri" or month.number > 6 else 31


def _names(parts: Parts, month: tuple[Calendar, int]) -> dict[str, Any]:
    """What two names of the month add: nothing if they mean the same (أكتوبر/تشرين الأول), else that they don't."""
    for name in _TWINS:
        if parts[name] is not None and month not in _meanings(parts, name):
            return {"calendars_agree": False, "rule": "month-names-disagree"}
    return {}


_TWINS: Final = ("twin", "twin_in", "twin_before")


def _meanings(parts: Parts, name: str) -> list[tuple[Calendar, int]]:
    token = parts[name]
    months = token.entry.meanings.get(Role.MONTH, ()) if token is not None and token.entry is not None else ()
    return [(month.calendar, month.number) for month, _ in months]


def year_of(parts: Parts, name: str = "year") -> int | None:
    """The printed year, that of Thailand and Kurdistan counted as ours is; None where none can be."""
    token = parts[name]
    if token is None or token.number is None:
        return None
    if 2400 <= token.number <= 2599:
        return token.number - _BUDDHIST
    if token.number < 2600:
        return token.number
    month = parts["month"]
    names = month.entry.meanings.get(Role.MONTH, ()) if month is not None and month.entry is not None else ()
    return token.number - _KURDISH if any(name.calendar == "jalali" for name, _ in names) else None


def two_digit_year(parts: Parts, calendar: Calendar, name: str = "year") -> bool:
    """Is a two-digit number after the month a year?

    Jalali 60 to 99 or 0x, any after a word for year, and 40 to 59 where nothing follows that it could count; else only
    between signs: 7-Oct-15, '15.
    """
    token = parts[name]
    if token is None or token.number is None or token.end - token.start != 2:
        return False
    before = parts.context.text[token.start - 1]
    if before in "-/'’":
        return followed_by(parts.context.text, token.end, "-/:.") is False
    if calendar != "jalali":
        return False
    sure = token.number >= 60 or token.number < 10 or parts.after_year_word(name)
    if not sure and not (token.number >= 40 and ends_phrase(parts, token)):
        return False
    return not counts_something(parts, token)


# -------------------------------------------------------------------------------------------------- months and years


def read_month(parts: Parts) -> DateExpression | None:
    """A month with its year."""
    year = year_of(parts)
    found = month_of(parts, "month", year=year, era=parts.value("era", Role.ERA))
    if found is None or year is None or (year < 100 and not two_digit_year(parts, found[0].calendar)):
        return None
    if (token := parts["month"]) is not None and odd_company(parts, token):
        return None
    calendar, number, surety = found[0]
    if surety == 0 and parts.rule == "year-month":  # «2500 years ago»: «ago» is August, too
        return None
    year = full_year(calendar, year, parts.context.reference)
    following = calendar, number % 12 + 1
    if parts["twin"] is not None and following in _meanings(parts, "twin") and "/" in parts.quoted():
        return months(parts, calendar, (year - (number == 12), number), (year, following[1]))
    names = _names(parts, (calendar, number))
    read = month_of_year(parts, calendar, year, number)
    return replace(read, **names) if read and names else read


def month_of_year(parts: Parts, calendar: Calendar, year: int, month: int) -> DateExpression | None:
    """The expression of a month whose year is known."""
    first, last = first_day(calendar, year, month), last_day(calendar, year, month)
    if first is None or last is None:
        return None
    value = period_value(calendar, first, last, f"{year:04}-{month:02}")
    return parts.express(value, calendar, "month", first=first, last=last, year=year, month=month)


def months(parts: Parts, calendar: Calendar, first: tuple[int, int], last: tuple[int, int]) -> DateExpression | None:
    """The period from one year and month to another, both included."""
    start, end = first_day(calendar, *first), last_day(calendar, *last)
    if start is None or end is None:
        return None
    own = f"{first[0]:04}-{first[1]:02}/{last[0]:04}-{last[1]:02}"
    return parts.express(
        period_value(calendar, start, end, own), calendar, "range", first=start, last=end, rule="months-year"
    )


def period_value(calendar: Calendar, first: dt.date, last: dt.date, own: str) -> str:
    """The value of a whole period: as printed in the Gregorian calendar, else the interval that it covers."""
    if calendar == "gregorian":
        return own
    if calendar == "hijri":
        return f"{first:%Y-%m}/{last:%Y-%m}"
    return value_of_days(first, last)


def read_month_shift(parts: Parts) -> DateExpression | None:
    """«last October», «أكتوبر المقبل»: a month whose year the reference fixes."""
    name = "month" if parts["month"] is not None else "month_after"
    found = month_of(parts, name)
    token = parts[name]
    if found is None or found[0].surety == 0 or token is None or parts.in_small_letters(token):
        return None
    month = found[0]
    said = parts.languages("shift", Role.SHIFT) | parts.languages("shift_before", Role.SHIFT)
    if said and not said & found[1]:
        return None
    period = parts.value("period", Role.PERIOD)
    shift = parts.value("shift", Role.SHIFT)
    if shift is None:
        shift = parts.value("shift_before", Role.SHIFT)
    if period is not None and period[0] != "year":
        return None
    reference = parts.context.reference
    if reference is None:
        return parts.express(f"XXXX-{month.number:02}", month.calendar, "month", month=month.number)
    if period is not None:
        chosen = nearest_month(month.calendar, month.number, reference, 0)
        year = None if chosen is None else chosen + period[1]
    else:
        year = nearest_month(month.calendar, month.number, reference, shift or 0)
    return None if year is None else month_of_year(parts, month.calendar, year, month.number)


def read_year(parts: Parts) -> DateExpression | None:
    """A year after a word for year, or before its era."""
    year = year_of(parts)
    if year is None:
        return None
    calendar: Calendar = parts.value("era", Role.ERA) or parts.calendar_of_year(year)
    if year < 100:
        token = parts["year"]
        if calendar != "jalali" or year < 40 or token is None or counts_something(parts, token):
            return None
        year = full_year(calendar, year, parts.context.reference)
    first, last = first_day(calendar, year), last_day(calendar, year)
    if first is None or last is None or (parts["era"] is not None and parts.weak_era()):
        return None
    return parts.express(
        period_value(calendar, first, last, f"{year:04}"), calendar, "year", first=first, last=last, year=year
    )


def read_since_year(parts: Parts) -> DateExpression | None:
    """«منذ عام 1987»: since a year, not a year ago."""
    said = parts.value("elapsed", Role.ELAPSED)
    return read_year(parts) if said is not None and said[0] == "year" else None
