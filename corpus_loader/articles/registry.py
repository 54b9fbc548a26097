"""The source registry: every known outlet by host, name and furniture."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from corpus_loader.articles.outlet_tables import check_hosts, read_outlet
from corpus_loader.articles.outlets import Edition, Network, Outlet, Starts, bare_host, name_key
from corpus_loader.articles.phrases import Phrases, read_phrases
from corpus_loader.records import Source

__all__ = ["Registry"]


@dataclass(frozen=True)
class Registry:
    """Every known outlet by host, in the order of the files; a value, extended by `extended`."""

    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    networks: Mapping[str, Network] = field(default_factory=dict)
    phrases: Phrases = field(default_factory=Phrases)
    #: The editions that share a registered host, by the first part of their paths: `bbc.com/persian`.
    editions: Mapping[str, Mapping[str, Edition]] = field(default_factory=dict)

    @staticmethod
    def shipped() -> Registry:
        """The registry that ships with the package, read once."""
        return _shipped()

    def extended(self, tables: Mapping[str, Mapping[str, Any]], file: str = "corpus.toml") -> Registry:
        """Another registry: new outlets added, the given keys of known ones replaced.

        `tables` are the `[sources."host"]` tables of the file with that name.

        Raises DeclarationError naming file, key and what was expected.
        """
        if not tables:
            return self
        outlets = dict(self.outlets)
        for host, table in tables.items():
            outlets[host] = read_outlet(file, host, table, outlets.get(host), self.networks)
        check_hosts(outlets, file)
        return replace(self, outlets=outlets)

    def outlet(self, host: str) -> Outlet | None:
        """The outlet that a host belongs to, aliases and sub-domains of one outlet included; None where there is none.

        A sub-domain belongs to its parent unless its label names a language or country: `edition.cnn.com` is CNN,
        `arabic.cnn.com` is an edition of its own.
        """
        name = bare_host(host)
        while "." in name:
            if (registered := self._hosts.get(name)) is not None:
                return self.outlets[registered]
            label, _, parent = name.partition(".")
            if label in self.phrases.edition_labels:
                return None
            name = parent
        return None

    def source(self, host: str, *, path: str = "", language: str | None = None) -> Source:
        """The outlet of a host as records name it; a host that is not registered is its own source, without a name.

        The name is the edition's where `path`, or else `language` (a primary subtag), tells one of several.
        """
        outlet = self.outlet(host)
        if outlet is None:
            return Source(bare_host(host), None)
        edition = self._edition(outlet, path, language)
        return Source(outlet.host, edition.name if edition else outlet.name)

    def _edition(self, outlet: Outlet, path: str, language: str | None = None) -> Edition | None:
        """The edition under that path of an outlet; without a path the first one in that language."""
        editions = self.editions.get(outlet.host, {})
        if path or language is None:
            return editions.get(path.strip("/").partition("/")[0].lower())
        return next((edition for edition in editions.values() if edition.language == language), None)

    def zone_of(self, host: str) -> ZoneInfo | None:
        """The zone that the outlet's days are counted in; None for a host that is not registered."""
        outlet = self.outlet(host)
        return None if outlet is None or outlet.zone is None else ZoneInfo(outlet.zone)

    def languages_of(self, host: str, name: str | None = None) -> tuple[str, ...]:
        """BCP 47 tags of what the outlet or its edition of that name publishes: main one first, none where unknown."""
        outlet = self.outlet(host)
        if outlet is None:
            return ()
        editions = self.editions.get(outlet.host, {}).values()
        return next(((edition.language,) for edition in editions if edition.name == name), outlet.languages)

    def heir(self, outlet: Outlet) -> Outlet:
        """The outlet that this one became part of, else itself."""
        seen = {outlet.host}
        while outlet.merged_into is not None and outlet.merged_into not in seen:
            outlet = self.outlets[outlet.merged_into]
            seen.add(outlet.host)
        return outlet

    def named(self, text: str) -> tuple[Outlet, ...]:
        """The outlets whose name this text is, in registry order."""
        return self.name_keys.get(name_key(text), ())

    @cached_property
    def _hosts(self) -> Mapping[str, str]:
        return {host: outlet.host for outlet in self.outlets.values() for host in (outlet.host, *outlet.aliases)}

    @cached_property
    def name_keys(self) -> Mapping[str, tuple[Outlet, ...]]:
        """The outlets by the key of each name that is theirs alone or nearly so."""
        return _index(
            (name, outlet)
            for outlet in self.outlets.values()
            for name in (outlet.name, *outlet.native, *outlet.names)
            if name and name_key(name) not in self.phrases.shared_names
        )

    @cached_property
    def furniture_keys(self) -> Mapping[str, tuple[Outlet, ...]]:
        """The outlets by the key of each line that only they print."""
        return _index((line, outlet) for outlet in self.outlets.values() for line in outlet.furniture)

    @cached_property
    def starts(self) -> Starts:
        """Which starts of lines can be those of a name or of a piece of furniture."""
        shared = chain.from_iterable(chain.from_iterable(n.furniture.values()) for n in self.networks.values())
        parts = (name_key(part) for line in shared for part in line.split("\n"))
        return Starts(chain(self.name_keys, self.furniture_keys, parts))

    @cached_property
    def longest_line(self) -> int:
        """Code points that a name or a piece of furniture can have: its key, and half as many signs that keys drop."""
        shared = chain.from_iterable(chain.from_iterable(n.furniture.values()) for n in self.networks.values())
        return 3 * max(map(len, chain(self.name_keys, self.furniture_keys, shared)), default=0) // 2

    @cached_property
    def credit_keys(self) -> Mapping[str, tuple[Outlet, ...]]:
        """The outlets by the key of each credit that they give themselves."""
        return _index((line, outlet) for outlet in self.outlets.values() for line in outlet.credits)


def _index(pairs: Iterable[tuple[str, Outlet]]) -> Mapping[str, tuple[Outlet, ...]]:
    index: dict[str, tuple[Outlet, ...]] = {}
    for text, outlet in pairs:
        key = name_key(text)
        if outlet not in index.get(key, ()):
            index[key] = (*index.get(key, ()), outlet)
    return index


@lru_cache(maxsize=1)
def _shipped() -> Registry:
    tables = tomllib.loads(files("corpus_loader.articles").joinpath("sources.toml").read_text(encoding="utf-8"))
    networks = {
        name: Network({language: tuple(lines) for language, lines in table["furniture"].items()})
        for name, table in tables["networks"].items()
    }
    editions = {
        host: {path: Edition(name, language) for path, (name, language) in table.items()}
        for host, table in tables["editions"].items()
    }
    empty = Registry(networks=networks, phrases=read_phrases(tables), editions=editions)
    return empty.extended(tables["sources"], file="sources.toml")
