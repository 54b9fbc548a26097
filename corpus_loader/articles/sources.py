"""Which outlet published a page: its address, what it states of itself, its furniture; in this order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus_loader.articles.address import copied, url_parts
from corpus_loader.articles.furniture import Clue, Clues, read_clues
from corpus_loader.articles.outlets import Outlet, bare_host
from corpus_loader.articles.registry import Registry
from corpus_loader.records import Candidate, Document, Evidence, Finding, LabelledBlock, Source

__all__ = ["Registry", "find_source"]

#: Rates of `benchmarks/sources.py`, rounded.
_FETCHED, _DISPUTED, _STATED_URL, _STATED_NAME, _SINGLED_OUT = 0.99, 0.9, 0.97, 0.95, 0.9
#: The canonical link of a syndicated copy points to the original; og:url then names the copy's own publisher (of 16
#: labelled pages where the two differ, it is right on all).
_STATED_URLS = ("meta:og:url", "link:canonical", "meta:twitter:url")
_STATED_NAMES = ("meta:og:site_name", "meta:application-name")
_PUBLISHER = re.compile(r"jsonld:[^.]*\.publisher(?:\.name)?")


def find_source(document: Document, labels: Sequence[LabelledBlock], registry: Registry) -> Finding[Source]:
    """The outlet that published the page, with its evidence.

    A page's own address decides, then the name that its metadata state, then furniture that only one outlet prints.
    Names in the article's own sentences («رويترز reports») never count. Without a value the reason is
    `ambiguous-source` where several outlets fit equally well, else `no-source`; the candidates are in page order.
    """
    return _by_address(document, registry) or _by_names(document, labels, registry)


# ------------------------------------------------------------------------------------------------------- the address


def _by_address(document: Document, registry: Registry) -> Finding[Source] | None:
    """The outlet of the address that the page was fetched from, else of the first one that it states of itself.

    Where a stated address names another outlet, the page is a copy, and the copy's publisher is meant.
    """
    stated = list(_stated_hosts(document, registry))
    fetched = _fetched_host(document, registry)
    if fetched is None:
        if not stated:
            return None
        source, evidence = stated[0]
        return Finding(source, (evidence,), candidates=_others(stated, source))
    source, start, end = fetched
    agrees = all(other.host == source.host for other, _ in stated)
    quote = document.page.url[start:end] if document.page.url else None
    confidence = _FETCHED if agrees else _DISPUTED
    evidence = Evidence("source", "url-host", start, end, quote, "url", confidence)
    return Finding(source, (evidence,), candidates=_others(stated, source))


def _others(stated: Sequence[tuple[Source, Evidence]], taken: Source) -> tuple[Candidate, ...]:
    return tuple(Candidate(source.host, evidence) for source, evidence in stated if source.host != taken.host)


def _fetched_host(document: Document, registry: Registry) -> tuple[Source, int, int] | None:
    """The outlet of the fetched URL and where its host stands in it; None where the URL is an intermediary's."""
    url = document.page.url
    if not url:
        return None
    address, offset = copied(url)
    host, path = _host(address)
    if host is None or bare_host(host) in registry.phrases.intermediaries:
        return None
    start = url.lower().index(host, offset)
    return registry.source(host, path=path), start, start + len(host)


def _stated_hosts(document: Document, registry: Registry) -> Iterator[tuple[Source, Evidence]]:
    for name in _STATED_URLS:
        for datum in document.stated(name):
            host, path = _host(copied(datum.value)[0])
            if host is not None and bare_host(host) not in registry.phrases.intermediaries:
                evidence = Evidence("source", name, datum.start, datum.end, datum.value, "markup", _STATED_URL)
                yield registry.source(host, path=path), evidence


def _host(url: str) -> tuple[str | None, str]:
    """Host and path of an absolute http(s) URL; no host where it can't be an outlet's: a bare number, a word."""
    parts = url_parts(url)
    host = parts.hostname if parts else None
    if parts is None or parts.scheme.lower() not in {"http", "https"} or not host or "." not in host.strip("."):
        return None, ""
    return (None, "") if host.replace(".", "").isdigit() or ":" in host else (host, parts.path)


# --------------------------------------------------------------------------------------------- names and furniture


def _by_names(document: Document, labels: Sequence[LabelledBlock], registry: Registry) -> Finding[Source]:
    """The one outlet that the decisive clues allow; else the one that a shared system and weaker clues single out."""
    stated = list(_stated_names(document, registry))
    page = read_clues(document, labels, registry)
    if stated and (settled := _settled(stated, registry, page.language)).value is not None:
        return settled
    if decisive := [*stated, *(clue for clue in page.clues if clue.decisive)]:
        return _settled(decisive, registry, page.language)
    if page.network:
        return _within_network(page, registry)
    if len({clue.evidence.rule for clue in page.clues}) > 1:
        agreed = _settled(page.clues, registry, page.language)
        if agreed.value is not None:
            return agreed
    return Finding(
        None,
        reason="no-source",
        detail="the page states no address, and nothing on it belongs to one outlet alone",
        candidates=_candidates(page.clues),
    )


def _stated_names(document: Document, registry: Registry) -> Iterator[Clue]:
    """The registered outlets that the page's metadata name as site or publisher."""
    for datum in document.metadata:
        if datum.name in _STATED_NAMES or _PUBLISHER.fullmatch(datum.name):
            evidence = Evidence("source", datum.name, datum.start, datum.end, datum.value, "markup", _STATED_NAME)
            if outlets := registry.named(datum.value):
                yield Clue(outlets, evidence, decisive=True)


def _within_network(page: Clues, registry: Registry) -> Finding[Source]:
    """One of the outlets that share a publishing system, if the rest of the page names just one of them."""
    members = _merged(page.network[0].outlets, registry)
    named = [
        Clue(clue.outlets, replace(clue.evidence, confidence=_SINGLED_OUT), decisive=False)
        for clue in page.clues
        if set(_merged(clue.outlets, registry)) & set(members)
    ]
    if named:
        finding = _settled([*named, *page.network], registry, page.language)
        if finding.value is not None:
            return finding
    names = ", ".join(members)
    return Finding(
        None,
        reason="ambiguous-source",
        detail=f"the page is laid out by a system that several outlets share, and does not say which it is: {names}",
        candidates=_candidates([*page.clues, *page.network]),
    )


def _settled(clues: Sequence[Clue], registry: Registry, language: str | None) -> Finding[Source]:
    """The one outlet that every clue allows and that publishes in the language of the page; else why there is none."""
    fitting = list(_merged(clues[0].outlets, registry))
    for clue in clues[1:]:
        allowed = _merged(clue.outlets, registry)
        fitting = [host for host in fitting if host in allowed]
    speaking = [host for host in fitting if _publishes(host, language, registry)]
    if len(speaking) == 1:
        source = registry.source(speaking[0], language=language)
        return Finding(source, tuple(dict.fromkeys(clue.evidence for clue in clues)))
    hosts = ", ".join(dict.fromkeys(host for clue in clues for host in _merged(clue.outlets, registry)))
    if fitting and not speaking:
        detail = f"the page names an outlet that is not known to publish in its language, {language}: {hosts}"
        return Finding(None, reason="no-source", detail=detail, candidates=_candidates(clues))
    detail = f"the page names several outlets: {hosts}"
    return Finding(None, reason="ambiguous-source", detail=detail, candidates=_candidates(clues))


def _publishes(host: str, language: str | None, registry: Registry) -> bool:
    """Whether nothing speaks against it: an Arabic page signed «Euronews» is not of the English edition."""
    languages = registry.languages_of(host)
    return language is None or not languages or language in languages


def _merged(outlets: Sequence[Outlet], registry: Registry) -> tuple[str, ...]:
    """The hosts of these outlets, each followed to the outlet that it became part of."""
    return tuple(dict.fromkeys(registry.heir(outlet).host for outlet in outlets))


def _candidates(clues: Sequence[Clue]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(outlet.host, clue.evidence)
        for clue in sorted(clues, key=lambda clue: (clue.evidence.start or 0, clue.evidence.rule))
        for outlet in clue.outlets
    )
