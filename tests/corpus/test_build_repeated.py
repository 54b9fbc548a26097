"""A build of many pages of one site leaves out what only repetition tells to be furniture, and nothing else."""

import pytest

from corpus_loader.corpus import batches, sample
from corpus_loader.corpus.build import build
from corpus_loader.corpus.folder import archive_rows
from corpus_loader.corpus.manifest import RepeatedLines
from corpus_loader.corpus.verify import verify
from corpus_loader.publishing import COMPANIONS
from tests.corpus.sites import FORMS, LANGUAGES, Site, write_rows
from tests.corpus.test_build import contents

PAGES = 12


@pytest.fixture
def many_tasks(monkeypatch):
    """Work divided as that of many pages is."""
    monkeypatch.setattr(sample, "_TASK", 5)
    monkeypatch.setattr(batches, "PAGES", 3)


def pages(folder, *rows):
    return write_rows(folder / "pages.jsonl", rows)


def made(corpus):
    """The articles by the number at the end of their address."""
    return {row["url"].rpartition("-")[2]: row for row in archive_rows(corpus)}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_repeats_across_a_site_is_no_article(tmp_path, language, form):
    site = Site(language, form)
    source = pages(tmp_path, *map(site.row, range(PAGES)))
    build(source, tmp_path / "alone", sample=0, workers=1)
    manifest = build(source, tmp_path / "together", workers=1)
    assert (manifest.repeated_lines.limit, manifest.repeated_lines.pages) == (4096, PAGES)
    alone, together = made(tmp_path / "alone"), made(tmp_path / "together")
    assert len(alone) == len(together) == PAGES
    for number, row in together.items():
        before = alone[number]
        assert {site.inside, site.below} <= set(before["body"].split("\n\n")), "the labeller can't know"
        a, b, c, d = site.article(int(number))
        assert row["body"].split("\n\n") == [a, b, site.subheading, c, d]
        assert row["byline"] == site.author
        unchanged = row.keys() - {"body", "provenance"}
        assert {key: row[key] for key in unchanged} == {key: before[key] for key in unchanged}
    assert list(verify(tmp_path / "together", source)) == []


def test_any_worker_count_and_any_tasks_give_the_same_bytes(tmp_path, many_tasks, monkeypatch):
    source = pages(
        tmp_path, *(Site(language, form).row(n) for n in range(8) for language in LANGUAGES for form in FORMS[:1])
    )
    build(source, tmp_path / "one", workers=1, companions=COMPANIONS)
    build(source, tmp_path / "two", workers=2, companions=COMPANIONS)
    monkeypatch.undo()
    build(source, tmp_path / "whole", workers=1, companions=COMPANIONS)
    assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "whole")


def test_a_build_that_stopped_goes_on_only_where_the_same_lines_repeat(tmp_path, many_tasks):
    site = Site("en", "text")
    source = pages(tmp_path, *map(site.row, range(PAGES)))
    build(source, tmp_path / "whole", workers=1)

    def stop(count):
        if count == 8:
            raise KeyboardInterrupt

    for first_sample in (sample.PAGES, 0):
        with pytest.raises(KeyboardInterrupt):
            build(source, tmp_path / "corpus", sample=first_sample, workers=1, progress=stop)
        assert (tmp_path / ".corpus.building").exists()
        build(source, tmp_path / "corpus", workers=1)
        assert contents(tmp_path / "corpus") == contents(tmp_path / "whole")


def test_copies_of_one_article_are_not_several(tmp_path):
    site = Site("en", "text")
    story = site.article(0)
    copies = [site.row(0, paragraphs=story, address=f"copy{n}") for n in range(6)]
    build(pages(tmp_path, *copies, *map(site.row, range(1, PAGES))), tmp_path / "corpus", workers=1)
    found = made(tmp_path / "corpus")
    assert len(found) == 6 + PAGES - 1
    assert all(set(story) <= set(row["body"].split("\n\n")) for row in found.values() if "copy" in row["url"])
    assert not any(site.inside in row["body"] for row in found.values())


def test_pages_beyond_the_sample_are_built_with_what_it_found(tmp_path):
    site = Site("ar", "html")
    manifest = build(pages(tmp_path, *map(site.row, range(PAGES))), tmp_path / "corpus", sample=6, workers=1)
    assert (manifest.repeated_lines.limit, manifest.repeated_lines.pages) == (6, 6)
    assert not any(site.inside in row["body"] for row in archive_rows(tmp_path / "corpus"))


def test_the_first_look_can_be_left_out(tmp_path):
    site = Site("en", "html")
    manifest = build(pages(tmp_path, *map(site.row, range(PAGES))), tmp_path / "corpus", sample=0, workers=1)
    assert manifest.repeated_lines == RepeatedLines(limit=0, pages=0, lines=0)
    assert all(site.inside in row["body"] for row in archive_rows(tmp_path / "corpus"))
