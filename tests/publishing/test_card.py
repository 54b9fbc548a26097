"""The card says what the data says."""

import json
import re
from dataclasses import replace

import pytest
import yaml

from benchmarks.made_corpus import made_manifest
from corpus_loader.corpus.declaration import Declaration
from corpus_loader.corpus.manifest import Counts, read_manifest
from corpus_loader.corpus.schema import features, field_table
from corpus_loader.errors import CorpusError, DeclarationError, UsageError
from corpus_loader.publishing.card import TEMPLATE, fill, front_matter, write_card
from corpus_loader.publishing.croissant import croissant
from tests.conftest import ROOT
from tests.hub.corpora import make_corpus


def head_of(card: str) -> dict:
    return yaml.safe_load(card.split("---\n")[1])


def test_the_card_in_the_repository_is_the_card_of_the_corpus(built):
    card = (ROOT / "dataset_card.md").read_text(encoding="utf-8")
    assert card == (built / "README.md").read_text(encoding="utf-8")
    assert fill(card, read_manifest(built)) == card


def test_the_head_states_languages_configs_and_features(built):
    import datasets

    head = head_of((built / "README.md").read_text(encoding="utf-8"))
    manifest = read_manifest(built)
    assert head["language"] == sorted(manifest.languages)
    assert head["license"] == manifest.license_name
    assert head["size_categories"] == ["n<1K"]
    assert [config["config_name"] for config in head["configs"]] == ["default", *manifest.languages]
    for info in head["dataset_info"]:
        assert datasets.Features._from_yaml_list(info["features"]) == features()
    assert [info["config_name"] for info in head["dataset_info"]] == ["default", *manifest.languages]


#: How the card of the seed corpus names the rules by which outlets were found.
GROUNDS = {
    "head-clock": "the site's clock",
    "network-pangea": "accessibility links",
    "credit-name": "its credit line",
    "furniture-line": "its follow line and cookie notice",
    "author-box": "its author box",
}


def test_the_card_tells_what_the_sources_rest_on(built):
    card = " ".join((built / "README.md").read_text(encoding="utf-8").split())
    lines = [line for path in (built / "articles").iterdir() for line in path.read_bytes().splitlines()]
    evidence = [item for line in lines for item in json.loads(line)["provenance"]["evidence"]]
    rules = {item["rule"] for item in evidence if item["field"] == "source"}
    assert rules == set(GROUNDS)
    assert all(words in card for words in GROUNDS.values())


def test_datasets_reads_the_head_without_a_warning(built, tmp_path, caplog):
    import datasets

    datasets.logging.enable_propagation()
    try:
        builder = datasets.load_dataset_builder(str(built), "fa", cache_dir=str(tmp_path))
    finally:
        datasets.logging.disable_propagation()
    assert builder.info.features == features()
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("articles", "size"),
    [(0, "n<1K"), (999, "n<1K"), (1_000, "1K<n<10K"), (9_999_999, "1M<n<10M"), (10**7, "10M<n<100M")],
)
def test_the_size_is_a_category_of_the_hub(built, articles, size):
    manifest = read_manifest(built)
    head = front_matter(replace(manifest, counts=replace(manifest.counts, articles=articles)))
    assert yaml.safe_load(head)["size_categories"] == [size]


def test_a_tag_with_a_script_stands_where_the_hub_takes_it(built):
    manifest = replace(read_manifest(built), languages={"no": 1, "sr-Cyrl": 1, "zh-Hans": 3})
    head = yaml.safe_load(front_matter(manifest))
    assert head["language"] == ["no", "sr", "zh"]
    assert head["language_bcp47"] == ["no", "sr-Cyrl", "zh-Hans"]
    assert [config["config_name"] for config in head["configs"]] == ["default", "no", "sr-Cyrl", "zh-Hans"]


def test_the_hub_library_reads_the_head(built):
    from huggingface_hub import DatasetCard

    data = DatasetCard.load(built / "README.md").data
    assert data.pretty_name == read_manifest(built).title


def test_counts_and_fields_are_those_of_manifest_and_schema(built):
    card = (built / "README.md").read_text(encoding="utf-8")
    assert field_table() in card
    for host, counts in read_manifest(built).sources.items():
        assert re.search(rf"\| {re.escape(host)} \| {counts.pages} \| {counts.articles} \|", card)


def test_a_stale_card_is_brought_up_to_date(built):
    manifest = read_manifest(built)
    card = (built / "README.md").read_text(encoding="utf-8")
    stale = card.replace("| all | 5 | 5 |", "| all | 9 | 9 |").replace("license: other", "license: mit")
    assert stale != card
    assert fill(stale, manifest) == card


def test_the_packages_own_card_can_be_filled(built):
    card = fill(TEMPLATE.read_text(encoding="utf-8"), read_manifest(built))
    assert head_of(card)["pretty_name"] == read_manifest(built).title


def test_the_packages_own_card_loads_a_language_that_the_corpus_holds(built):
    template = TEMPLATE.read_text(encoding="utf-8")
    for languages, argument in (({"sr-Latn": 1, "fr": 2}, ', language="sr-Latn"'), ({}, "")):
        card = fill(template, replace(read_manifest(built), languages=languages))
        assert f'corpus_loader.load_dataset("PATH_OR_NAME"{argument})' in card
        assert ('\ndatasets.load_dataset("PATH_OR_NAME")' in card) == bool(languages)


def test_a_card_of_many_sources_shows_the_largest(built):
    sources = {f"outlet-{number:04}.example": Counts(pages=number, articles=number) for number in range(1000)}
    card = fill(TEMPLATE.read_text(encoding="utf-8"), replace(read_manifest(built), sources=sources))
    shown = re.findall(r"^\| (outlet-\d+)", card, re.MULTILINE)
    assert shown == [f"outlet-{number:04}" for number in range(900, 1000)]
    assert "These are the 100 largest sources; the other 900 are in `manifest.json`." in card


def test_an_unknown_part_is_refused(built):
    with pytest.raises(DeclarationError, match="unknown part <!-- generated: weather -->"):
        fill("<!-- generated: weather -->\n<!-- end: weather -->\n", read_manifest(built))


def test_a_card_in_another_encoding_is_named(built, tmp_path):
    (tmp_path / "card.md").write_bytes("مرحبا".encode("cp1256"))
    declaration = Declaration("n", "T", card=tmp_path / "card.md")
    with pytest.raises(DeclarationError, match=r"card\.md: byte 0 is not UTF-8"):
        write_card(tmp_path, read_manifest(built), declaration)


def test_a_card_that_begins_with_a_mark_has_one_head(built, tmp_path):
    card = tmp_path / "card.md"
    card.write_bytes(b"\xef\xbb\xbf" + (ROOT / "dataset_card.md").read_bytes())
    write_card(tmp_path, read_manifest(built), Declaration(name="n", title="t", card=card))
    assert (tmp_path / "README.md").read_bytes() == (ROOT / "dataset_card.md").read_bytes()


def test_croissant_describes_every_parquet_file(built):
    described = json.loads((built / "croissant.json").read_text(encoding="utf-8"))
    sums = {item["contentUrl"]: item["sha256"] for item in described["distribution"]}
    manifest = read_manifest(built)
    assert sums == {file.path: file.sha256 for file in manifest.files if file.path.startswith("data/")}


def test_croissant_cites_what_the_declaration_states_and_no_more():
    facts = {"name": "news_1", "title": "50 % {of} R&D_x", "homepage": "https://example.org/{a}"}
    described = croissant(made_manifest({}, **facts))
    assert described["citeAs"] == (
        "@misc{news_1,\n"
        "  title = {{50 \\% \\textbraceleft{}of\\textbraceright{} R\\&D\\_x}},\n"
        "  howpublished = {Data set, version 1.0.0},\n"
        "  url = {https://example.org/%7Ba%7D}\n}"
    )
    assert "url" not in croissant(made_manifest({}))["citeAs"]
    assert "datePublished" not in described


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib", "ignore::DeprecationWarning:mlcroissant")
def test_croissants_own_reader_reads_the_articles(built):
    reader = pytest.importorskip("mlcroissant", reason="mlcroissant is in the extra [dev]")
    dataset = reader.Dataset(jsonld=built / "croissant.json")
    titles = {
        record[f"articles/{file.path}/title"].decode()
        for file in read_manifest(built).files
        if file.path.startswith("data/")
        for record in dataset.records(f"articles/{file.path}")
    }
    assert dataset.metadata.cite_as.startswith("@misc{syria-air-campaign-2015,")
    assert len(titles) == 5
    assert "موسكو تكثف غاراتها على سورية" in titles


def test_a_corpus_without_articles_is_not_published(tmp_path):
    from corpus_loader.publishing.hub_plan import make_plan

    empty = make_corpus(tmp_path / "corpus", {})
    with pytest.raises(CorpusError, match=r"(?s)holds no article.*next: see why .*corpus-loader stats"):
        make_plan(empty, "ada/empty")
    with pytest.raises(UsageError, match=r"'syria' is not a name on the Hub\n  next: write it as USER/NAME$"):
        make_plan(empty, "syria")
