"""Ours and the peers on bare date expressions; processor seconds after one warming round."""

from __future__ import annotations

import datetime as dt
import importlib
import re
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.dates_expressions import Case
from corpus_loader.articles.dates import find_dates

__all__ = ["Run", "run_dateparser", "run_icu", "run_ours"]

_ROUNDS = 3
#: The regions in which dateparser knows month names of Arabic.
_REGIONS = ("ar-LB", "ar-IQ", "ar-TN", "ar-MA")
#: A year of the 14th or 15th century, or three short numbers.
_JALALI = re.compile(r"(?<!\d)[1۱١][34۳۴٣٤]\d\d(?!\d)|(?<!\d)\d\d/\d+/\d+|\d\d$")
_ICU_REGIONS = {"ar_levantine": "ar_LB", "ar_maghreb": "ar_TN"}
#: Languages that a peer does not know, read as their nearest relative that it does.
_NEAREST = {"prs": "fa", "ckb": "ar", "ps": "fa"}


@dataclass(frozen=True)
class Run:
    """The values that one system gives for each case, and the processor seconds of one round."""

    system: str
    values: list[list[str | None]]
    seconds: float


def run_ours(cases: Sequence[Case]) -> Run:
    """Our reader, told the language and the reference."""

    def read(case: Case) -> list[str | None]:
        return [found.value for found in find_dates(case.text, language=case.language, reference=case.reference)]

    return _run("corpus_loader", cases, read)


def run_dateparser(cases: Sequence[Case]) -> Run:
    """Peer dateparser, told language and order; its Jalali calendar for years of that size, every region of Arabic.

    Only the first, cheapest call is timed.
    """
    dateparser = importlib.import_module("dateparser")
    jalali = importlib.import_module("dateparser.calendars.jalali").JalaliCalendar

    def parse(case: Case, **place: Any) -> dt.date | None:
        settings: dict[str, Any] = {"DATE_ORDER": "YMD" if case.text[:4].isdecimal() else "DMY"}
        if case.reference:
            settings["RELATIVE_BASE"] = dt.datetime.combine(case.reference, dt.time(12), tzinfo=None)
        found = _quietly(lambda: dateparser.parse(case.text, settings=settings, **place))
        return found.date() if found else None

    def first(case: Case) -> dt.date | None:
        return parse(case, languages=[_NEAREST.get(case.language, case.language)])

    def read(case: Case) -> list[str | None]:
        found = None
        if case.language in {"fa", "prs", "ps"} and _JALALI.search(case.text):
            persian = _quietly(lambda: jalali(case.text).get_date())
            found = persian.date_obj.date() if persian else None
        found = found or first(case)
        for region in _REGIONS if case.language == "ar" else ():
            found = found or parse(case, locales=[region])
        return [found.isoformat()] if found else []

    return _run("dateparser, tuned", cases, read, timed=first)


def run_icu(cases: Sequence[Case]) -> Run | None:
    """ICU's lenient parsing of the locale's own patterns; None where PyICU is not installed."""
    try:
        icu = importlib.import_module("icu")
    except ImportError:
        return None
    calendars = {"fa": ("persian", "gregorian"), "prs": ("persian", "gregorian"), "ps": ("persian", "gregorian")}
    formats: dict[str, list[Any]] = {}

    def formats_of(case: Case) -> list[Any]:
        kinds = calendars.get(case.language, ("gregorian", "islamic-umalqura"))
        name = _ICU_REGIONS.get(case.family, case.language)
        if name not in formats:
            formats[name] = [
                icu.DateFormat.createDateInstance(style, icu.Locale(f"{name}@calendar={kind}"))
                for kind in kinds
                for style in (icu.DateFormat.FULL, icu.DateFormat.LONG, icu.DateFormat.MEDIUM, icu.DateFormat.SHORT)
            ]
        return formats[name]

    def read(case: Case) -> list[str | None]:
        for pattern in formats_of(case):
            pattern.setLenient(False)
            seconds = _quietly(lambda pattern=pattern: pattern.parse(case.text), icu.ICUError)
            if seconds is not None:
                return [(dt.datetime(1970, 1, 1, 12) + dt.timedelta(seconds=seconds)).date().isoformat()]  # noqa: DTZ001
        return []

    return _run("ICU", cases, read)


def _quietly(read: Callable[[], Any], *errors: type[Exception]) -> Any:
    """What a peer reads; None where it fails in one of the ways that it is known to fail."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return read()
        except (ValueError, TypeError, AttributeError, OverflowError, IndexError, KeyError, *errors):
            return None


def _run(
    system: str,
    cases: Sequence[Case],
    read: Callable[[Case], list[str | None]],
    timed: Callable[[Case], object] | None = None,
) -> Run:
    values = [read(case) for case in cases]
    timed = timed or read
    started = time.process_time()
    for _ in range(_ROUNDS):
        for case in cases:
            timed(case)
    return Run(system, values, (time.process_time() - started) / _ROUNDS)
