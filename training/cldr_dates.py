"""`corpus_loader/articles/dates/tables/cldr.json`: names of months and weekdays, and «3 days ago», from CLDR.

    python -m training.cldr_dates --write

Needs Babel, which the package itself does not. Names are CLDR's `format` forms: its stand-alone names are inherited
across locales where a locale has none. The exceptions are languages that write a month without a day in another case,
whose nominatives stand in `latin_and_others.toml`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import babel
from babel import Locale

TABLE = Path(__file__).parents[1] / "corpus_loader/articles/dates/tables/cldr.json"
#: Arabic, Persian, Kurdish, Pashto, Urdu: by hand, from newspapers. Chinese, Japanese, Korean: patterns, not names.
LANGUAGES = (
    "af", "am", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en",
    "es", "et", "eu", "fi", "fil", "fo", "fr", "ga", "gl", "gu", "ha", "he", "hi", "hr",
    "hu", "hy", "id", "is", "it", "ka", "kk", "kn", "ky", "lb", "lt", "lv", "mk", "ml",
    "mn", "mr", "ms", "mt", "nb", "ne", "nl", "nn", "pa", "pl", "pt", "ro", "ru", "si",
    "sk", "sl", "so", "sq", "sr", "sr_Latn", "sv", "sw", "ta", "te", "tg", "th", "tk", "tr",
    "uk", "uz", "vi",
)  # fmt: skip
UNITS = ("minute", "hour", "day", "week", "month", "year")


def names(table: dict[int | str, str], keys: range) -> list[str]:
    """The names in order, without the full stop of an abbreviation; bare numbers are no names."""
    return [re.sub(r"\.$", "", name) if not name.isdigit() else "" for name in (table[key] for key in keys)]


def elapsed(locale: Locale) -> dict[str, list[str]]:
    """Every pattern of «{0} days ago» by unit, in the order of CLDR's plural forms."""
    fields = locale._data["date_fields"]
    forms = {}
    for unit in UNITS:
        patterns = fields.get(unit, {}).get("past", {}).values()
        forms[unit] = sorted({pattern for pattern in patterns if "{0}" in pattern})
    return {unit: patterns for unit, patterns in forms.items() if patterns}


def table() -> str:
    """The table, one language a line."""
    languages = {}
    for code in LANGUAGES:
        locale = Locale.parse(code)
        months, days = locale.months["format"], locale.days["format"]
        languages[code.replace("_", "-")] = {
            "months": names(months["wide"], range(1, 13)),
            "months_short": names(months["abbreviated"], range(1, 13)),
            "weekdays": names(days["wide"], range(7)),
            "weekdays_short": names(days["abbreviated"], range(7)),
            "ago": elapsed(locale),
        }
    head = {
        "source": f"Unicode CLDR 47, as packed by Babel {babel.__version__}",
        "licence": "Unicode-3.0, https://www.unicode.org/license.txt; copyright 1991-2025 Unicode, Inc.",
    }
    lines = [f'"{code}": {json.dumps(table, ensure_ascii=False)}' for code, table in languages.items()]
    body = ",\n".join(lines)
    return json.dumps(head)[:-1] + ', "languages": {\n' + body + "\n}}\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what the table is made from, and write it if told to."""
    parser = argparse.ArgumentParser(prog="python -m training.cldr_dates", description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write dates/tables/cldr.json")
    options = parser.parse_args(arguments)
    made = table()
    print(f"{len(LANGUAGES)} languages of Babel {babel.__version__}")
    if options.write:
        TABLE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
