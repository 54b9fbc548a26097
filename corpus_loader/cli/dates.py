"""`corpus-loader dates`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import click
import orjson

from corpus_loader.articles.dates import find_dates
from corpus_loader.errors import UsageError

#: Fields of an expression in a line, in this order.
FIELDS = (
    "quote",
    "start",
    "end",
    "value",
    "calendar",
    "precision",
    "rule",
    "weekday_ok",
    "calendars_agree",
    "other_day",
)


@click.command()
@click.argument("texts", nargs=-1, metavar="[TEXT...|-]")
@click.option(
    "--reference",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    show_default="unknown",
    help="The day of speaking, YYYY-MM-DD.",
)
@click.option(
    "--language",
    metavar="TAG",
    show_default="unknown",
    help="The language of the texts, a BCP 47 tag such as fa.",
)
def dates(texts: tuple[str, ...], reference: dt.datetime | None, language: str | None) -> None:
    """Read the date expressions of each TEXT; one JSON line an expression, in text order.

    Without TEXT, or where TEXT is -, the text is read from standard input, as UTF-8. With several texts each line says
    which: `text` counts from 0. `start` and `end` count code points. `value` is Gregorian (a day, YYYY-MM, YYYY, or an
    interval of these) where the days are fixed, XXXX-MM-DD in the expression's own calendar where the year is open,
    and null where nothing is: yesterday, or a bare weekday, without --reference. `weekday_ok` and `calendars_agree` are
    false where the printed weekday, or two calendars or names of the month side by side, contradict the value.
    `other_day` is the day that figures name if the month stands first, where nothing says whether it does.

    \b
    Examples:
      corpus-loader dates "7 October 2015" "15 Mehr 1394"
      corpus-loader dates yesterday --reference 2015-10-07
    """  # noqa: D301 - click keeps the line breaks of a paragraph that starts with a backspace
    day = reference.date() if reference else None
    for index, text in enumerate(_texts(texts)):
        for expression in find_dates(text, language=language, reference=day):
            row: dict[str, object] = {"text": index} if len(texts) > 1 else {}
            row |= {field: getattr(expression, field) for field in FIELDS}
            click.echo(orjson.dumps(row))


def _texts(texts: tuple[str, ...]) -> Iterator[str]:
    for text in texts or ("-",):
        if text == "-":
            yield _standard_input()
        else:
            yield text


def _standard_input() -> str:
    """Raises UsageError where it is not UTF-8: a replaced byte would change days in silence."""
    with click.open_file("-", encoding="utf-8") as stream:
        try:
            text: str = stream.read()
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise UsageError(
                f"the standard input is not UTF-8: byte 0x{error.object[error.start]:02x} in line {line}",
                next_step="convert it first, such as: iconv -f WINDOWS-1256 -t UTF-8",
            ) from error
    return text
