"""The language of texts, side by side: `python -m benchmarks.language [--write-docs]`.

Peers: py3langid as it comes, and lingua where it is installed. Texts: the headlines of tests/articles, one by one and
six in a row; the labelled pages, titles and bodies, where their folder is there.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from benchmarks.eval_pages import EVAL_FOLDER
from corpus_loader.articles.language import find_language

ROOT = Path(__file__).parents[1]
TITLES = ROOT / "tests" / "articles" / "language_titles.json"
PAGE = ROOT / "docs" / "benchmarks" / "language.md"
LANGUAGES = ("ar", "fa", "ur", "ckb", "ps", "ug", "sd", "azb")

#: Text → the language's primary subtag, or None.
System = Callable[[str], str | None]


class Row(NamedTuple):
    """Texts of one kind and language, with the right answer to each."""

    kind: str
    language: str
    texts: Sequence[tuple[str, str]]


def main() -> None:
    """Print the tables; with --write-docs, write them to docs/benchmarks/language.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write-docs", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    arguments = parser.parse_args()
    rows, systems = list(_rows()), dict(_systems())
    page = document(rows, systems)
    print(page)
    if arguments.write_docs:
        PAGE.write_text(page, encoding="utf-8", newline="\n")


def document(rows: Sequence[Row], systems: dict[str, System]) -> str:
    """The Markdown page: the share of right and of wrong answers a row and system, and texts a second."""
    lines = [
        "# The language of texts: the benchmark",
        "",
        "Written by `python -m benchmarks.language --write-docs`. A cell is *right / wrong*; the rest is silence. Only",
        "the primary subtag counts; a peer's code for a dialect of Arabic counts as `ar`, its `sdh` as `ckb`. The",
        "headlines were written for this test; the tables were adjusted on the “seen”; the “unseen” came later.",
        "",
        f"| texts | language | n | {' | '.join(systems)} |",
        f"|---|---|---:|{'---|' * len(systems)}",
    ]
    for row in rows:
        cells = " | ".join(_cell(system, row.texts) for system in systems.values())
        lines.append(f"| {row.kind} | {row.language} | {len(row.texts)} | {cells} |")
    lines += ["", "## Speed, texts a second on one core", "", "| texts | " + " | ".join(systems) + " |"]
    lines.append("|---|" + "---:|" * len(systems))
    for kind in dict.fromkeys(row.kind for row in rows):
        texts = [text for row in rows if row.kind == kind for text, _ in row.texts]
        speeds = " | ".join(f"{_speed(system, texts):,.0f}" for system in systems.values())
        lines.append(f"| {kind}, {sum(map(len, texts)) / len(texts):,.0f} characters | {speeds} |")
    return "\n".join(lines) + "\n"


def _cell(system: System, texts: Sequence[tuple[str, str]]) -> str:
    answers = [(system(text), gold) for text, gold in texts]
    right = sum(answer == gold for answer, gold in answers)
    wrong = sum(answer not in (gold, None) for answer, gold in answers)
    return f"{right / len(answers):.1%} / {wrong / len(answers):.1%}"


def _speed(system: System, texts: Sequence[str]) -> float:
    start = time.process_time()
    for text in texts:
        system(text)
    return len(texts) / (time.process_time() - start)


def _rows() -> Iterator[Row]:
    titles = json.loads(TITLES.read_text(encoding="utf-8"))
    for part in ("seen", "unseen"):
        for language in LANGUAGES:
            if texts := titles[part].get(language):
                yield Row(f"headlines, {part}", language, [(text, language) for text in texts])
    for language in LANGUAGES:
        texts = titles["seen"][language] + titles["unseen"].get(language, [])
        bodies = [". ".join((texts + texts)[i : i + 6]) for i in range(len(texts))]
        yield Row("six headlines", language, [(text, language) for text in bodies])
    pages = EVAL_FOLDER / "pages.jsonl"
    if pages.is_file():
        with pages.open(encoding="utf-8") as lines:
            yield from _page_rows([json.loads(line) for line in lines])


def _page_rows(pages: Sequence[dict[str, str]]) -> Iterator[Row]:
    for kind, key in (("pages, title", "gold_title"), ("pages, body", "gold_body")):
        for language in ("ar", "fa", "en", "ru", "pl", "de", "el", "zh", "ja"):
            texts = [(page[key], language) for page in pages if page.get("lang") == language and page.get(key)]
            if texts:
                yield Row(kind, language, texts)
        texts = [(page[key], page["lang"]) for page in pages if page.get("lang") and page.get(key)]
        yield Row(kind, "all", texts)


def _systems() -> Iterator[tuple[str, System]]:
    yield "ours", _ours
    from py3langid import langid

    model = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    _as = {"arz": "ar", "ary": "ar", "sdh": "ckb", "yue": "zh", "wuu": "zh"}
    yield f"py3langid {version('py3langid')}", lambda text: _as.get(answer := model.classify(text)[0], answer)
    try:
        from lingua import LanguageDetectorBuilder
    except ImportError:
        return
    detector = LanguageDetectorBuilder.from_all_languages().with_preloaded_language_models().build()
    yield f"lingua {version('lingua-language-detector')}", lambda text: _lingua(detector.detect_language_of(text))


def _ours(text: str) -> str | None:
    tag = find_language(text).value
    return tag.partition("-")[0] if tag else None


def _lingua(language: object) -> str | None:
    code = getattr(language, "iso_code_639_1", None)
    name = code.name.lower() if code is not None else None
    return "no" if name == "nb" else name


if __name__ == "__main__":
    main()
