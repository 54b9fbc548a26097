"""The lines that `build` prints for refused pages: pasted and filled in, they settle all of them in one round."""

import datetime as dt
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from corpus_loader.cli.settling import Settling
from corpus_loader.records import Candidate, Evidence, Rejection

ENGLISH = [
    "The water minister said that the talks would deal with the drought that has struck the region for years.",
    "He added that the neighbouring countries had agreed to share what they know about their common basins.",
    "Experts called for less water to be used on farms, which take more than half of all that there is.",
]
ARABIC = [
    "قال وزير المياه إن المؤتمر سيبحث أزمة الجفاف التي تضرب المنطقة منذ سنوات، وإن بلاده ستعرض خططها لتحلية المياه.",
    "وأضاف أن الدول المجاورة وافقت على تبادل المعلومات حول الأحواض المشتركة وأن لجنة فنية ستجتمع قريبا لوضع جدول زمني.",
    "ودعا خبراء مشاركون إلى ترشيد الاستهلاك الزراعي الذي يستنزف أكثر من نصف الموارد المائية في كل عام.",
]
PERSIAN = [
    "وزیر نیرو گفت این نشست به بحران خشکسالی که سال‌هاست منطقه را درگیر کرده می‌پردازد و برنامه‌های خود را ارائه می‌کند.",
    "او افزود کشورهای همسایه با تبادل اطلاعات درباره حوضه‌های مشترک موافقت کرده‌اند و کمیته‌ای فنی تشکیل جلسه خواهد داد.",
    "کارشناسان خواستار صرفه‌جویی در مصرف کشاورزی شدند که بیش از نیمی از منابع آبی را مصرف می‌کند و باید کمتر شود.",
]
PAGES = {
    "موعد 1.txt": ["الرئيسية", "مؤتمر المياه يبدأ أعماله في عمان", "موعد المؤتمر: الثلاثاء 12 مايو 2015", *ARABIC],
    'a "quoted" page.txt': ["Home", "Talks on water open in the capital", *ENGLISH, "Copyright 1 January 2015"],
    "fa.txt": ["خانه", "نشست آب در تهران آغاز شد", "۱۵ مهر ۱۳۹۴ - ۹ اکتبر ۲۰۱۵", *PERSIAN],
}
VALUES = {"source": '"example.org"', "language": '"en"', "date": "2015-10-07", "why": '"read on the page"'}


def build(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    out = str(folder.with_name("corpus"))
    command = [sys.executable, "-m", "corpus_loader.cli", "build", str(folder), "--out", out, "--workers", "1", *more]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def filled(line: str) -> str:
    key, equals, _ = line.strip().partition(" = ")
    return f"{key} = {VALUES[key]}" if equals and key in VALUES else line.strip()


def pasted(said: str) -> str:
    """What a person copies, the lines that are indented deepest, with the placeholders filled in."""
    return "\n".join(filled(line) for line in said.splitlines() if line.startswith(" " * 6)) + "\n"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "pages"
    made.mkdir()
    for name, lines in PAGES.items():
        (made / name).write_text("\n".join(lines), encoding="utf-8")
    return made


def test_one_round_settles_all_pages(folder):
    first = build(folder)
    assert "3 rejected" in first.stdout
    (folder / "corpus.toml").write_text(pasted(first.stderr), encoding="utf-8")
    second = build(folder)
    assert (second.returncode, second.stderr) == (0, "")
    assert "3 pages = 3 articles + 0 rejected" in second.stdout


def test_a_placeholder_left_in_is_told(folder):
    lines = [line.strip() for line in build(folder).stderr.splitlines() if line.startswith(" " * 6)]
    (folder / "corpus.toml").write_text("\n".join(lines), encoding="utf-8")
    told = build(folder)
    assert told.returncode == 2
    assert "the placeholder date = YYYY-MM-DD is left in lines " in told.stderr
    assert "Traceback" not in told.stderr


def test_a_page_that_the_declaration_has_a_table_for_gets_lines_without_another(folder):
    declared = '[corpus]\nname = "n"\ntitle = "t"\n[pages."fa.txt"]\ndate = 2015-10-07\nwhy = "w"\n'
    (folder / "corpus.toml").write_text(declared, encoding="utf-8")
    said = build(folder).stderr
    file = folder / "corpus.toml"
    place = f'    to settle it, add to the table [pages."fa.txt"] of {file}, line 4:\n        source = "…"'
    assert place in said
    assert '\n        [pages."fa.txt"]' not in said
    before, _, more = said.partition(place)
    mine = re.match(r"[^\n]*", more)[0]
    text = declared + filled(f'source = "…"{mine}') + "\n" + pasted(before + more[len(mine) :])
    (folder / "corpus.toml").write_text(text, encoding="utf-8")
    assert "3 articles + 0 rejected" in build(folder).stdout


def rejection(reason, detail="why", page="a.txt", field="date", *values):
    seen = tuple(Candidate(value, Evidence(field, "printed-unsaid")) for value in values)
    return Rejection(page, "0" * 64, "text/plain", None, None, reason, detail, seen)


def settling(tmp_path, text=None, *, window=None, is_option=False):
    path = tmp_path / "corpus.toml"
    if text is not None:
        path.write_text('[corpus]\nname = "n"\ntitle = "t"\n' + text, encoding="utf-8")
    return Settling(path, name="n", window=window, is_option=is_option)


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ('[pages]\n"a.txt" = { source = "a.org", why = "w" }\n', "a.txt", ", line 5"),
        ('[pages]\n"a \\"b\\".txt" = { source = "a.org", why = "w" }\n', 'a "b".txt', ", line 5"),
    ],
)
def test_an_inline_table_is_added_to_between_its_braces(tmp_path, text, name, line):
    where, added = settling(tmp_path, text).lines(rejection("no-date", "why", name))
    assert where.endswith(f"corpus.toml{line}:")
    assert "between the braces" in where
    assert added.strip() == ", date = YYYY-MM-DD"


@pytest.mark.parametrize("text", ['pages."a.txt" = {}\n', 'pages = { "a.txt" = {} }\n'])
def test_so_is_one_above_all_tables(tmp_path, text):
    path = tmp_path / "corpus.toml"
    text = text.replace("{}", '{ source = "a.org", why = "w" }')
    path.write_text(f'{text}[corpus]\nname = "n"\ntitle = "t"\n', encoding="utf-8")
    where, added = Settling(path, name="n", window=None).lines(rejection("no-date"))
    assert f'between the braces of "a.txt" in {path}:' in where
    assert added.strip() == ", date = YYYY-MM-DD"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[pages]\n"a.txt".source = "a.org"\n"a.txt".why = "w"\n', "to the table [pages] of {}, line 4:"),
        (
            '[pages]\n"a.txt".source = "a.org"\n"a.txt".why = "w"\n[pages."b.txt"]\nsource = "b.org"\nwhy = "w"\n',
            "[pages] of",
        ),
    ],
)
def test_dotted_keys_get_lines_that_stand_among_them(tmp_path, text, place):
    found = settling(tmp_path, text)
    where, line = found.lines(rejection("no-date"))
    assert place.format(tmp_path / "corpus.toml") in where
    assert line.strip().startswith('"a.txt".date = YYYY-MM-DD   # ')
    told = (tmp_path / "corpus.toml").read_text(encoding="utf-8")
    header, pages, more = told.partition("[pages]\n")
    table = tomllib.loads(f"{header}{pages}{line.strip().replace('YYYY-MM-DD', '2015-10-07')}\n{more}")
    assert table["pages"]["a.txt"] == {"source": "a.org", "why": "w", "date": dt.date(2015, 10, 7)}


def test_dotted_keys_above_all_tables_get_lines_there(tmp_path):
    path = tmp_path / "corpus.toml"
    text = 'pages."a.txt".source = "a.org"\npages."a.txt".why = "w"\n[corpus]\nname = "n"\ntitle = "t"\n'
    path.write_text(text, encoding="utf-8")
    where, line = Settling(path, name="n", window=None).lines(rejection("no-date"))
    assert where.endswith(f"add above the first table of {path}:")
    table = tomllib.loads(f"{line.strip().replace('YYYY-MM-DD', '2015-10-07')}\n{text}")
    assert table["pages"]["a.txt"]["date"] == dt.date(2015, 10, 7)


def test_a_day_without_a_year_is_told_in_the_page_s_words(tmp_path):
    seen = Candidate("XXXX-02-22", Evidence("date", "printed-unsaid-open-year", quote="۲۲ اردیبهشت"))
    refused = Rejection("a.txt", "0" * 64, "text/plain", None, None, "ambiguous-date", "why", (seen,))
    lines = "\n".join(settling(tmp_path).lines(refused))
    assert "seen: «۲۲ اردیبهشت» (printed-unsaid-open-year)" in lines
    assert "XXXX" not in lines


def test_a_day_outside_the_window_says_what_else_would_settle_it(tmp_path):
    found = settling(tmp_path, window=(dt.date(2015, 1, 1), dt.date(2015, 12, 31)))
    lines = "\n".join(found.lines(rejection("outside-window", "why", "a.txt", "date", "2011-03-03")))
    assert "seen: 2011-03-03 (printed-unsaid)" in lines
    assert "from 2015-01-01 to 2015-12-31: else widen window in [corpus], or write remove = true" in lines


@pytest.mark.parametrize("reason", ["not-an-article", "no-body", "schema", "unreadable"])
def test_what_no_value_settles_gets_no_lines(tmp_path, reason):
    found = settling(tmp_path)
    refused = rejection(reason, "x; also no-date: y")
    assert list(found.lines(refused)) == []
    assert list(found.beginning([refused])) == []


def test_pages_in_one_file_are_told_of_the_option(tmp_path):
    beginning = list(settling(tmp_path, is_option=True).beginning([rejection("no-date")]))
    assert beginning[0] == "to settle some, write a corpus.toml, and name it with --declaration; it begins with:"


@pytest.mark.parametrize("name", ["a b.txt", 'a"b.txt', "a\\b.txt", "موعد.txt", "w.warc#<urn:uuid:1>", "a\x7fb.txt"])
def test_every_name_makes_a_table_that_toml_takes(tmp_path, name):
    lines = list(settling(tmp_path).lines(rejection("no-date", "why", name, "date", "2015-10-07\n\x1b[1m")))
    table = tomllib.loads("\n".join(filled(line) for line in lines[1:]))
    assert set(table["pages"]) == {name}
    assert not any(char < " " for line in lines for char in line)
