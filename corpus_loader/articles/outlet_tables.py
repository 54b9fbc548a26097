"""Reading one outlet from its TOML table, in `sources.toml` or in a `corpus.toml`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, NoReturn, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from corpus_loader.articles.outlets import Calendar, Network, Outlet, bare_host, name_key
from corpus_loader.errors import DeclarationError
from corpus_loader.spelling import toml_string

__all__ = ["check_hosts", "read_outlet"]

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")


def read_outlet(file: str, host: str, table: object, known: Outlet | None, networks: Mapping[str, Network]) -> Outlet:
    """The outlet of one table: a new one, or `known` with the given keys replaced.

    Raises DeclarationError naming file, key and what was expected.
    """
    return _Reader(file, host).outlet(table, known or Outlet(host), networks)


def check_hosts(outlets: Mapping[str, Outlet], file: str) -> None:
    """Every host and alias once; every merger into an outlet that is there."""
    owners: dict[str, str] = {}
    for outlet in outlets.values():
        for host in (outlet.host, *outlet.aliases):
            if host in owners:
                key, known = "host" if host == outlet.host else "aliases", owners[host]
                _fail(
                    file,
                    outlet.host,
                    key,
                    f"names {host}, which already belongs to {known}",
                    f'extend sources."{known}"',
                )
            owners[host] = outlet.host
        if outlet.merged_into is not None and outlet.merged_into not in outlets:
            _fail(file, outlet.host, "merged_into", f"names {outlet.merged_into}, which is not registered")


def _fail(file: str, host: str, key: str, what: str, next_step: str | None = None) -> NoReturn:
    name = f"sources.{toml_string(host)}.{key}"
    raise DeclarationError(f"{file}: {name} {what}", next_step=next_step, key=name)


class _Reader:
    """Turns the TOML table of one host into an Outlet; every complaint names the file, the host and the key."""

    def __init__(self, file: str, host: str) -> None:
        self.file, self.host = file, host

    def outlet(self, table: object, known: Outlet, networks: Mapping[str, Network]) -> Outlet:
        if bare_host(self.host) != self.host or not _HOST.fullmatch(self.host):
            self._fail(
                "host", "is no bare host name", "write it in lower case without scheme, www and path: example.com"
            )
        if not isinstance(table, Mapping):
            self._fail("entry", f"is {table!r}", f'write it as a table: [sources."{self.host}"]')
        keys = {item.name for item in fields(Outlet)} - {"host"}
        for key in table:
            if key not in keys:
                self._fail(key, "is not a key of a source", f"known here: {', '.join(sorted(keys))}")
        return replace(known, **{key: self._value(key, value, networks) for key, value in table.items()})

    def _value(self, key: str, value: object, networks: Mapping[str, Network]) -> Any:
        if key in {"native", "names", "furniture", "credits"}:
            return self._texts(key, value)
        if key == "languages":
            return self._matching(key, value, _LANGUAGE, 'BCP 47 tags, such as ["ar", "fa"]')
        if key == "aliases":
            return self._matching(key, value, _HOST, 'bare host names, such as ["example.com"]')
        if key == "merged_into":
            return self._matching(key, [value], _HOST, "the host of another entry")[0]
        if key == "merged_on":
            return self._day(key, value)
        if key == "zone":
            return self._zone(value)
        allowed = {"calendar": get_args(Calendar), "network": tuple(networks), "wire": (True, False)}
        return self._one_of(key, value, allowed[key]) if key in allowed else self._text(key, value)

    def _day(self, key: str, value: object) -> dt.date:
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            self._fail(key, f"is {value!r}", "write a day without quotes, such as 2015-11-17")
        return value

    def _text(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not name_key(value):
            self._fail(key, f"is {value!r}", f'write text in quotes: {key} = "…"')
        return value

    def _texts(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            self._fail(key, f"is {value!r}", f'write a list of texts: {key} = ["…"]')
        return tuple(self._text(key, item) for item in value)

    def _matching(self, key: str, value: object, pattern: re.Pattern[str], expected: str) -> tuple[str, ...]:
        for item in (texts := self._texts(key, value)):
            if not pattern.fullmatch(item):
                self._fail(key, f"holds {item!r}", f"write {expected}")
        return texts

    def _zone(self, value: object) -> str:
        name = self._text("zone", value)
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self._fail("zone", f"is {name!r}", "write an IANA zone, such as Asia/Tehran")
        return name

    def _one_of(self, key: str, value: object, allowed: Sequence[object]) -> object:
        if not any(value is item or (isinstance(value, str) and value == item) for item in allowed):
            self._fail(key, f"is {value!r}", f"write one of: {', '.join(str(item).lower() for item in allowed)}")
        return value

    def _fail(self, key: str, what: str, next_step: str | None = None) -> NoReturn:
        _fail(self.file, self.host, key, what, next_step)
