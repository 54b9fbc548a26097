"""Readers of periods that name their two ends: days, months, years."""

from __future__ import annotations

from corpus_loader.articles.dates.calendars import Calendar, first_day, full_year, last_day, to_gregorian
from corpus_loader.articles.dates.company import counted_in_month, is_numbered, of_a_score
from corpus_loader.articles.dates.expression import DateExpression
from corpus_loader.articles.dates.named import choose_year, month_of_year, months, period_value, two_digit_year, year_of
from corpus_loader.articles.dates.reading import Parts, month_of, value_of_days
from corpus_loader.articles.dates.words import Month, Role

__all__ = ["read_months", "read_range", "read_years"]


def read_range(parts: Parts) -> DateExpression | None:
    """«from 18 to 30 August 2017», «22 March to 20 May»: both ends are included."""
    year = year_of(parts)
    end_month = month_of(parts, "month", year=year, era=parts.value("era", Role.ERA))
    if end_month is None or (year is not None and year < 100 and not two_digit_year(parts, end_month[0].calendar)):
        return None
    start_month = month_of(parts, "first_month", year=year) if parts["first_month"] is not None else end_month
    start_day, end_day = parts.day("first_day"), parts.day()
    if start_month is None or start_day is None or end_day is None:
        return None
    first, last = start_month[0], end_month[0]
    if parts.rule.startswith("day") and _are_no_days(parts):
        return None
    if first.calendar != last.calendar or not _joined(parts, first, last, start_day, end_day):
        return None
    if year is None:
        if parts.rule.startswith("month-") and not parts.month_first(end_month[1]):
            return None
        return _open_range(parts, first, last, start_day, end_day)
    year = full_year(last.calendar, year, parts.context.reference)
    first_year = year_of(parts, "first_year") or year - ((first.number, start_day) > (last.number, end_day))
    start = to_gregorian(first.calendar, first_year, first.number, start_day)
    end = to_gregorian(last.calendar, year, last.number, end_day)
    if start is None or end is None or start >= end:
        return None
    return parts.express(value_of_days(start, end), first.calendar, "range", first=start, last=end)


def _are_no_days(parts: Parts) -> bool:
    """Are the numbers those of issues («No. 3-4, May 2015»), or of goals («lost 2-3 in May 2014»)?"""
    of_goals = parts["first_month"] is None and (of_a_score(parts) or counted_in_month(parts))
    return of_goals or is_numbered(parts, "first_day", "first_month" if parts["first_month"] else "month")


def _joined(parts: Parts, first: Month, last: Month, start_day: int, end_day: int) -> bool:
    """Is it one period? Joined by «and» only between neighbours or after «between»; days rise within a month."""
    if first.number == last.number and end_day <= start_day:
        return False
    return not parts.joined_by_and() or (first.number == last.number and end_day == start_day + 1)


def _open_range(parts: Parts, first: Month, last: Month, start_day: int, end_day: int) -> DateExpression | None:
    calendar = first.calendar
    if min(first.surety, last.surety) == 0 or max(start_day, end_day) > 31:
        return None
    chosen = choose_year(parts, calendar, first.number, start_day, None)
    if chosen is None:
        value = f"XXXX-{first.number:02}-{start_day:02}/XXXX-{last.number:02}-{end_day:02}"
        return parts.express(value, calendar, "range")
    year, start = chosen
    end = to_gregorian(calendar, year + ((last.number, end_day) < (first.number, start_day)), last.number, end_day)
    if end is None or end <= start:
        return None
    return parts.express(
        value_of_days(start, end),
        calendar,
        "range",
        first=start,
        last=end,
        rule=f"{parts.rule}-from-reference",
        from_reference=True,
    )


def read_months(parts: Parts) -> DateExpression | None:
    """«January to March 2015», «October 2015 to March 2016»; with «and» between their years they are two."""
    year, own_year = year_of(parts), year_of(parts, "first_year")
    last = month_of(parts, "month", year=year)
    first = month_of(parts, "first_month", year=year)
    if year is None or last is None or first is None or first[0].calendar != last[0].calendar:
        return None
    if year < 100:
        if not two_digit_year(parts, last[0].calendar):
            return None
        year = full_year(last[0].calendar, year, parts.context.reference)
    if own_year is not None and (parts.joined_by_and("first_month", "month") or own_year > year):
        return None
    calendar = first[0].calendar
    year_before = own_year or year - (first[0].number > last[0].number)
    if own_year is None and first[0].number == last[0].number:  # «تشرين الثاني-نوفمبر 2015»: two names of one month
        return month_of_year(parts, calendar, year, last[0].number)
    return months(parts, calendar, (year_before, first[0].number), (year, last[0].number))


def read_years(parts: Parts) -> DateExpression | None:
    """«between the years 2010 and 2015»."""
    start, end = year_of(parts, "first_year"), year_of(parts)
    if start is None or end is None or start >= end:
        return None
    calendar: Calendar = parts.value("era", Role.ERA) or parts.calendar_of_year(end)
    if start < 100 or end < 100:
        if calendar != "jalali" or not 40 <= start < end < 100:
            return None
        start, end = (full_year(calendar, year, parts.context.reference) for year in (start, end))
    first, last = first_day(calendar, start), last_day(calendar, end)
    if first is None or last is None:
        return None
    value = period_value(calendar, first, last, f"{start:04}/{end:04}")
    return parts.express(value, calendar, "range", first=first, last=last)
