"""Readers of days told from the day of speaking: yesterday, Friday, two days ago, last month."""

from __future__ import annotations

import datetime as dt
from typing import Final

from corpus_loader.articles.dates.calendars import Calendar
from corpus_loader.articles.dates.company import follows_first_name, names_section, odd_company
from corpus_loader.articles.dates.expression import DateExpression
from corpus_loader.articles.dates.reading import Parts, value_of_days, weekday_of
from corpus_loader.articles.dates.reference import moved, period_days, weekday_near
from corpus_loader.articles.dates.words import Role

__all__ = [
    "read_day_name",
    "read_day_of_month",
    "read_days_of_month",
    "read_elapsed",
    "read_period",
    "read_weekday",
    "read_weekday_of_week",
]

_DAY: Final = dt.timedelta(days=1)
_SATURDAY: Final = 5
_SUNDAY: Final = 6


def read_day_name(parts: Parts) -> DateExpression | None:
    """«yesterday», «اليوم السبت»: the weekday checks the day."""
    shift = parts.value("name", Role.DAY_NAME)
    token = parts["name"]
    if shift is None or token is None or parts.after_number():
        return None
    if parts["weekday"] is None and (odd_company(parts, token) or names_section(parts)):
        return None
    reference = parts.context.reference
    day = None if reference is None else reference + _DAY * shift
    weekday = weekday_of(parts, "weekday", parts.languages("name", Role.DAY_NAME), day) if parts["weekday"] else None
    parts.drop("weekday", dropped=weekday is None)
    glued = parts.value("name", Role.GLUED_WEEKDAY)
    weekday = glued if weekday is None else weekday
    return _day(parts, day, shift, weekday)


def _day(parts: Parts, day: dt.date | None, shift: int | None, weekday: int | None) -> DateExpression:
    return parts.express(
        None if day is None else day.isoformat(),
        "relative",
        "day",
        weekday_ok=None if day is None or weekday is None else day.weekday() == weekday,
        first=day,
        last=day,
        weekday=weekday,
        shift=shift,
        from_reference=day is not None,
    )


def read_weekday(parts: Parts) -> DateExpression | None:
    """A bare weekday, or with «last», «next», «today» beside it."""
    name = "weekday" if parts["weekday"] is not None else "weekday_after"
    token = parts[name]
    weekday = parts.value(name, Role.WEEKDAY_ALONE)
    if token is None or weekday is None or odd_company(parts, token) or parts.in_small_letters(token):
        return None
    if follows_first_name(parts) and parts.says(name, Role.WEEKDAY_ALONE, "de"):
        return None
    if parts["name"] is not None:
        return read_day_name(parts)
    shift = parts.value("shift" if parts["shift"] is not None else "shift_before", Role.SHIFT)
    reference = parts.context.reference
    day = None if reference is None else weekday_near(weekday, reference, shift)
    return _on_weekday(parts, day, weekday)


def _on_weekday(parts: Parts, day: dt.date | None, weekday: int) -> DateExpression | None:
    """A day that is told by its weekday alone; open where no reference fixes it."""
    return parts.express(
        None if day is None else day.isoformat(),
        "relative",
        "day",
        first=day,
        last=day,
        weekday=weekday,
        from_reference=day is not None,
    )


def read_weekday_of_week(parts: Parts) -> DateExpression | None:
    """«Friday of next week»; weeks begin on Saturday in Persian and Arabic, on Sunday in Hebrew, else on Monday."""
    unit, shift = parts.value("period", Role.PERIOD) or ("", 0)
    weekday = parts.value("weekday", Role.WEEKDAY_ALONE)
    if unit != "week" or weekday is None:
        return None
    reference, day = parts.context.reference, None
    if reference is not None:
        start = _week_start(parts)
        found = period_days("week", shift, reference, "gregorian", start)
        day = None if found is None else found[0] + _DAY * ((weekday - start) % 7)
    return _on_weekday(parts, day, weekday)


def read_elapsed(parts: Parts) -> DateExpression | None:
    """«2 hours ago», «منذ أسبوع», «in 3 days»."""
    token = parts["elapsed"]
    if token is None or token.entry is None:
        return None
    said = parts.value("elapsed", Role.ELAPSED)
    if said is None:
        return None
    unit, sign, exact = said
    count = exact if exact is not None else token.number
    if count is None or _means_since(parts, unit) or (unit == "year" and sign > 0):
        return None  # «بعد 15 عاما» counts from what the story tells, not from today
    reference = parts.context.reference
    day = None if reference is None else moved(reference, unit, sign * count)
    days = {"day": 1, "week": 7}.get(unit)
    return _day(parts, day, None if days is None else sign * count * days, None)


def _means_since(parts: Parts, unit: str) -> bool:
    """Does the word for the unit belong to what follows: «منذ عام 1987», «قبل يوم الأحد»?"""
    after = parts.tokens[parts.end] if parts.end < len(parts.tokens) else None
    if after is None:
        return False
    return (unit == "year" and after.tag == "y") or (
        unit == "day" and after.entry is not None and Role.WEEKDAY in after.entry.roles
    )


def read_period(parts: Parts) -> DateExpression | None:
    """«last week», «this month», «next year»: months and years of the language's own calendar."""
    said = parts.value("period", Role.PERIOD)
    if said is None or parts.after_number():
        return None
    unit, shift = said
    precision = {"week": "range", "month": "month", "year": "year"}[unit]
    reference = parts.context.reference
    calendar = _calendar(parts)
    found = None if reference is None else period_days(unit, shift, reference, calendar, _week_start(parts))
    if found is None:
        return parts.express(None, "relative", precision)
    first, last, year, month = found
    value = value_of_days(first, last)
    if calendar == "gregorian" and unit != "week":
        value = f"{year:04}" if month is None else f"{year:04}-{month:02}"
    return parts.express(value, "relative", precision, first=first, last=last, year=year, from_reference=True)


def read_day_of_month(parts: Parts) -> DateExpression | None:
    """«the 15th of this month», in Arabic also «25 الجاري»."""
    unit, shift = parts.value("period", Role.PERIOD) or ("month" if parts["period"] is None else "", 0)
    day, reference = parts.day(), parts.context.reference
    if unit != "month" or day is None:
        return None
    found = None
    if reference is not None:
        found = period_days("month", shift, reference, _calendar(parts), 0)
    fixed = None if found is None else found[0] + _DAY * (day - 1)
    if found is not None and fixed is not None and fixed > found[1]:
        return None
    return _day(parts, fixed, None, None)


def read_days_of_month(parts: Parts) -> DateExpression | None:
    """«from the 15th to the 20th of this month»."""
    unit, shift = parts.value("period", Role.PERIOD) or ("", 0)
    start, end, reference = parts.day("first_day"), parts.day(), parts.context.reference
    if unit != "month" or start is None or end is None or start >= end:
        return None
    found = None if reference is None else period_days("month", shift, reference, _calendar(parts), 0)
    if found is None:
        return parts.express(None, "relative", "range")
    first, last = (found[0] + _DAY * (day - 1) for day in (start, end))
    if last > found[1]:
        return None
    return parts.express(value_of_days(first, last), "relative", "range", first=first, last=last, from_reference=True)


def _calendar(parts: Parts) -> Calendar:
    return "jalali" if parts.says("period", Role.PERIOD, "fa", "prs", "ps") else "gregorian"


def _week_start(parts: Parts) -> int:
    if parts.says("period", Role.PERIOD, "he"):
        return _SUNDAY
    return _SATURDAY if parts.says("period", Role.PERIOD, "fa", "prs", "ps", "ar", "ckb") else 0
