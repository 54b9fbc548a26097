"""Dates in Chinese, Japanese and Korean, which are written without spaces: patterns on the text itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from corpus_loader.articles.dates.calendars import first_day, last_day, to_gregorian
from corpus_loader.articles.dates.clocks import clock_near
from corpus_loader.articles.dates.expression import DateExpression
from corpus_loader.articles.dates.reference import moved, nearest_day, weekday_near

__all__ = ["find_east_asian"]

#: Any ideograph or Hangul syllable: one range is searched three times as fast as the signs that a date needs.
_ANY: Final = re.compile("[\u3007-\ud7a3]")
_DIGIT: Final = r"[\d〇零一二三四五六七八九十]"
_WEEKDAY: Final = (
    r"(?:[ \u3000,，]{0,2}[（(]?(?:(?:星期|周|週|礼拜|禮拜)(?P<chinese>[一二三四五六日天])"
    r"|(?<=[（(])(?P<short>[月火水木金土日월화수목금토일])(?=[)）])"
    r"|(?P<japanese>[月火水木金土日])曜日?|(?P<korean>[월화수목금토일])요일)[)）]?)?"
)
_GAP: Final = r"[ \u3000]?"
_YEAR: Final = rf"(?:(?:(?P<era>令和|平成|昭和|大正|明治|民國|民国){_GAP})?(?P<year>{_DIGIT}{{1,4}}|元){_GAP}[年년])"
_MONTH: Final = rf"(?P<month>{_DIGIT}{{1,3}}){_GAP}[月월]"
_DAY: Final = rf"{_GAP}(?P<day>{_DIGIT}{{1,3}}){_GAP}[日号號일]{_WEEKDAY}"
_DATE: Final = re.compile(rf"(?<!\d){_YEAR}{_GAP}(?:{_MONTH}(?:{_DAY})?)?(?![度间間代前後后])")
_NO_YEAR: Final = re.compile(rf"(?<![\d年년.]){_MONTH}{_DAY}")
_AGO: Final = re.compile(
    rf"(?<![\d.])(?P<count>\d{{1,3}}){_GAP}(?P<unit>分钟|分鐘|分|小时|小時|個小時|个小时|時間|天|日|周|週|週間"
    rf"|個月|个月|か月|ヶ月|年|분|시간|일|주|개월|달|년){_GAP}(?:之?前|전)"
)
_UNITS: Final = {
    **dict.fromkeys(("分钟", "分鐘", "分", "분"), "minute"),
    **dict.fromkeys(("小时", "小時", "個小時", "个小时", "時間", "시간"), "hour"),
    **dict.fromkeys(("天", "日", "일"), "day"),
    **dict.fromkeys(("周", "週", "週間", "주"), "week"),
    **dict.fromkeys(("個月", "个月", "か月", "ヶ月", "개월", "달"), "month"),
    **dict.fromkeys(("年", "년"), "year"),
}
_DAY_NAME: Final = re.compile(
    "(?P<name>大前天|前天|昨天|昨晚|昨日|今天|今日|今晚|明天|明日|后天|後天|一昨日|明後日|어제|오늘|내일|그제|모레)(?!头|頭)"
)
_SHIFTS: Final = {
    **dict.fromkeys(("大前天",), -3),
    **dict.fromkeys(("前天", "一昨日", "그제"), -2),
    **dict.fromkeys(("昨天", "昨晚", "昨日", "어제"), -1),
    **dict.fromkeys(("今天", "今日", "今晚", "오늘"), 0),
    **dict.fromkeys(("明天", "明日", "내일"), 1),
    **dict.fromkeys(("后天", "後天", "明後日", "모레"), 2),
}
_BARE_WEEKDAY: Final = re.compile(
    r"(?<!上)(?<!下)(?:星期|礼拜|禮拜)(?P<chinese>[一二三四五六日天])|(?P<japanese>[月火水木金土日])曜日|(?P<korean>[월화수목금토일])요일"
)
#: The year before the first of each era; Minguo years count from 1911.
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
_WEEKDAYS: Final = {
    **{day: index for index, day in enumerate("一二三四五六日")},
    "天": 6,
    **{day: index for index, day in enumerate("月火水木金土")},
    **{day: index for index, day in enumerate("월화수목금토일")},
}
_FIGURES: Final = {figure: str(value) for value, figure in enumerate("〇一二三四五六七八九")} | {"零": "0"}


def find_east_asian(text: str, reference: dt.date | None) -> list[DateExpression]:
    """The expressions of a text in these languages, in its order."""
    if text.isascii() or not _ANY.search(text):
        return []
    found: list[DateExpression] = []
    readers: tuple[tuple[re.Pattern[str], Callable[..., DateExpression | None]], ...] = (
        (_DATE, _full),
        (_NO_YEAR, _open),
        (_AGO, _ago),
        (_DAY_NAME, _day_name),
        (_BARE_WEEKDAY, _weekday),
    )
    taken = bytearray()
    for pattern, reader in readers:
        for match in pattern.finditer(text):
            taken = taken or bytearray(len(text))
            if any(taken[match.start() : match.end()]):
                continue
            expression = reader(match, reference)
            if expression is not None:
                taken[expression.start : expression.end] = b"\1" * (expression.end - expression.start)
                found.append(expression)
    return sorted(found, key=lambda expression: expression.start)


def _number(figures: str | None) -> int | None:
    """A number in digits or in Chinese figures (二〇一五, 二十五)."""
    if figures is None:
        return None
    if figures == "元":
        return 1
    if "十" in figures:
        tens, _, ones = figures.partition("十")
        if len(tens) > 1 or len(ones) > 1:
            return None
        return int(_FIGURES.get(tens, tens or "1")) * 10 + int(_FIGURES.get(ones, ones or "0"))
    return int("".join(_FIGURES.get(figure, figure) for figure in figures))


def _printed_weekday(match: re.Match[str]) -> int | None:
    name = match["chinese"] or match["japanese"] or match["korean"] or match.groupdict().get("short")
    return None if name is None else (6 if name == "日" else _WEEKDAYS[name])


def _express(
    match: re.Match[str], value: str | None, calendar: str, precision: str, rule: str, **fields: object
) -> DateExpression:
    start, end = match.span()
    if precision == "day":
        clock = clock_near(match.string, start, end)
        if clock is not None:
            fields |= {"hour": clock.hour, "minute": clock.minute, "utc_offset": clock.utc_offset}
    return DateExpression(match[0], start, end, value, calendar, precision, rule, **fields)  # type: ignore[arg-type]


def _full(match: re.Match[str], reference: dt.date | None) -> DateExpression | None:
    year, month, day = _number(match["year"]), _number(match["month"]), _number(match["day"])
    if year is None:
        return None
    if match["era"]:
        year += _ERAS[match["era"]]
    if not 1000 <= year <= 2199 or (month is not None and not 1 <= month <= 12):
        return None
    if day is None or month is None:
        first, last = first_day("gregorian", year, month), last_day("gregorian", year, month)
        value = f"{year:04}" if month is None else f"{year:04}-{month:02}"
        kind = "year" if month is None else "month"
        return _express(
            match,
            value,
            "gregorian",
            kind,
            "year" if month is None else "year-month",
            first=first,
            last=last,
            year=year,
            month=month,
        )
    fixed, weekday = to_gregorian("gregorian", year, month, day), _printed_weekday(match)
    if fixed is None:
        return None
    fits = None if weekday is None else fixed.weekday() == weekday
    return _express(
        match, fixed.isoformat(), "gregorian", "day", "year-month-day",
        first=fixed, last=fixed, weekday=weekday, weekday_ok=fits, year=year, month=month, day=day,
    )  # fmt: skip


def _open(match: re.Match[str], reference: dt.date | None) -> DateExpression | None:
    month, day, weekday = _number(match["month"]), _number(match["day"]), _printed_weekday(match)
    if month is None or day is None or to_gregorian("gregorian", 2000, month, day) is None:
        return None
    own = {"weekday": weekday, "month": month, "day": day}
    chosen = None if reference is None else nearest_day("gregorian", month, day, weekday, reference, None)
    if chosen is None:
        return _express(match, f"XXXX-{month:02}-{day:02}", "gregorian", "day", "month-day", **own)
    year, fixed = chosen
    fits = None if weekday is None else fixed.weekday() == weekday
    return _express(
        match, fixed.isoformat(), "gregorian", "day", "month-day-from-reference",
        first=fixed, last=fixed, year=year, weekday_ok=fits, from_reference=True, **own,
    )  # fmt: skip


def _relative(match: re.Match[str], day: dt.date | None, rule: str, **fields: object) -> DateExpression:
    value = None if day is None else day.isoformat()
    return _express(
        match, value, "relative", "day", rule, first=day, last=day, from_reference=day is not None, **fields
    )


def _ago(match: re.Match[str], reference: dt.date | None) -> DateExpression:
    unit, count = _UNITS[match["unit"]], int(match["count"])
    shift = -count * {"day": 1, "week": 7}[unit] if unit in {"day", "week"} else None
    return _relative(match, None if reference is None else moved(reference, unit, -count), "elapsed", shift=shift)


def _day_name(match: re.Match[str], reference: dt.date | None) -> DateExpression:
    shift = _SHIFTS[match["name"]]
    return _relative(match, None if reference is None else moved(reference, "day", shift), "day-name", shift=shift)


def _weekday(match: re.Match[str], reference: dt.date | None) -> DateExpression:
    weekday = _printed_weekday(match) or 0
    return _relative(
        match, None if reference is None else weekday_near(weekday, reference, None), "weekday", weekday=weekday
    )
