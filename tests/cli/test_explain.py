"""`corpus-loader explain`: every value with its quote and rule, every line of a raw page with its label and why."""

import gzip
import json
import zipfile

import pytest
from click.testing import CliRunner

from corpus_loader.cli import cli
from corpus_loader.errors import CorpusLoaderError

SEED = "002_43f1438695c257e2.txt"


def explain(*arguments: object) -> str:
    done = CliRunner().invoke(cli, ["explain", *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.output


def refusal(*arguments: object) -> str:
    with pytest.raises(CorpusLoaderError) as raised:
        CliRunner().invoke(cli, ["explain", *map(str, arguments)], catch_exceptions=False)
    return str(raised.value)


@pytest.fixture
def article() -> dict:
    import corpus_loader

    return next(iter(corpus_loader.load_dataset().to_list()))


def test_an_article_shows_each_value_with_its_rule_and_offsets(article):
    shown = explain(article["id"])
    assert f"{article['id']}  from {article['provenance']['page']}" in shown
    for item in article["provenance"]["evidence"]:
        assert f"rule  {item['rule']}" in shown or item["field"] == "body"
    assert article["title"] in shown


def test_an_article_as_json_is_its_record(article):
    record = json.loads(explain(article["id"], "--json"))
    assert (record["id"], record["body"]) == (article["id"], article["body"])


def test_a_page_shows_every_line_with_its_label_and_why(seeds):
    shown = explain("--page", seeds / SEED)
    blocks = json.loads(explain("--page", seeds / SEED, "--json"))["blocks"]
    assert f"{SEED}: text/plain, utf-8, {len(blocks)} lines" in shown
    assert {"title", "body", "furniture"} <= {block["label"] for block in blocks}
    for block in blocks:
        assert f"[{block['start']}:{block['end']}]" in shown
        assert block["why"] or block["rules"]
    title = next(block for block in blocks if block["label"] == "title")
    assert title["rules"] == ["headline"]


def test_a_page_in_a_container_is_named_as_build_names_it(tmp_path, seeds):
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        for name in ("a.txt", "b.txt"):
            archive.write(seeds / SEED, name)
    (tmp_path / "page.txt.gz").write_bytes(gzip.compress((seeds / SEED).read_bytes()))
    alone = json.loads(explain("--page", seeds / SEED, "--json"))["blocks"]
    for page in ("pages.zip#b.txt", "page.txt.gz"):
        assert json.loads(explain("--page", tmp_path / page, "--json"))["blocks"] == alone
    assert "holds more than one page" in refusal("--page", tmp_path / "pages.zip")
    assert "pages.zip#a.txt" in refusal("--page", tmp_path / "pages.zip")
    assert "holds no page #c.txt" in refusal("--page", tmp_path / "pages.zip#c.txt")


def test_what_the_user_knows_of_the_page_counts(tmp_path):
    (tmp_path / "page").write_text("<p>One line.</p>", encoding="utf-8")
    shown = explain("--page", tmp_path / "page", "--media-type", "text/plain", "--fetched", "2020-01-02")
    assert "text/plain" in shown
    assert "<p>One line.</p>" in shown
    assert "retrieved: \u20682020-01-02" in shown


def test_a_page_that_can_not_be_read_says_why(tmp_path):
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.7 \x00")
    assert "page.pdf: it is a PDF file, not a page" in refusal("--page", tmp_path / "page.pdf")
