import contextlib
import gc
import json
from pathlib import Path

import pytest

from corpus_loader.articles.door import extract
from corpus_loader.errors import PageError

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
CASES = sorted(folder for folder in GOLDEN.iterdir() if folder.is_dir())
FIELDS = ("title", "byline", "credit", "body")


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def extract_case(folder):
    (page,) = sorted(folder.glob("page.*"))
    media_type = "text/html" if page.suffix == ".html" else "text/plain"
    return extract(page, media_type=media_type, **read_json(folder / "known.json"))


def plain(value):
    return value if value is None or isinstance(value, str) else str(value)


def extract_or_refuse(folder):
    with contextlib.suppress(PageError):
        extract_case(folder)


def test_a_page_leaves_no_cycles_to_the_garbage_collector():
    for folder in CASES:  # what is made once may
        extract_or_refuse(folder)
    gc.collect()
    gc.disable()
    try:
        left = {}
        for folder in CASES:
            extract_or_refuse(folder)
            left[folder.name] = gc.collect()
    finally:
        gc.enable()
    assert {name: count for name, count in left.items() if count} == {}


EXPECTED = [
    pytest.param(folder, field, value, id=f"{folder.name}-{field}")
    for folder in CASES
    for field, value in read_json(folder / "expected.json").items()
]
REJECTED = [pytest.param(folder, id=folder.name) for folder in CASES if (folder / "rejection.json").is_file()]


@pytest.mark.parametrize(("folder", "field", "value"), EXPECTED)
def test_a_golden_page_gives_the_expected_field(folder, field, value):
    assert plain(getattr(extract_case(folder), field)) == value


@pytest.mark.parametrize(
    "folder", [folder for folder in CASES if (folder / "expected.json").is_file()], ids=lambda f: f.name
)
def test_a_golden_page_with_fields_holds_an_article(folder):
    found = extract_case(folder).findings.article
    assert found.value is True, found.detail


@pytest.mark.parametrize("folder", REJECTED)
def test_a_page_without_an_article_is_refused_with_its_reason(folder):
    reasons = read_json(folder / "rejection.json")["reason"]
    assert refusal(folder) in reasons


def refusal(folder):
    try:
        finding = extract_case(folder).findings.article
    except PageError as error:
        return error.reason
    assert finding.value is None
    assert finding.detail
    return finding.reason


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_every_golden_page_has_one_expectation(folder):
    stated = [name for name in ("expected.json", "rejection.json") if (folder / name).is_file()]
    if not stated:
        found = {field: getattr(extract_case(folder), field) for field in FIELDS}
        (folder / "expected.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{folder.name}/expected.json was written from what the program says: read and correct it")
    assert len(stated) == 1


@pytest.mark.parametrize(
    "folder", [case.values[0] for case in EXPECTED if case.values[1] == "body"], ids=lambda f: f.name
)
def test_expected_bodies_are_slices_of_their_pages_in_page_order(folder):
    extract_of_page = extract_case(folder)
    text = extract_of_page.document.text
    slices = [text[item.start : item.end] for item in extract_of_page.findings.body.evidence]
    assert "\n\n".join(slices) == extract_of_page.body
    starts = [item.start for item in extract_of_page.findings.body.evidence]
    assert starts == sorted(starts)
