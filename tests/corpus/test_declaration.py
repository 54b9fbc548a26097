import datetime as dt

import pytest

from corpus_loader.corpus.declaration import read_declaration
from corpus_loader.corpus.declaration_lines import line_of
from corpus_loader.errors import DeclarationError
from corpus_loader.records import Decision

GOOD = '[corpus]\nname = "n"\ntitle = "T"\nversion = "1.2.3"\n'

BROKEN = {
    "not toml": ("[corpus", "not valid TOML"),
    "no name": ('[corpus]\ntitle = "T"\n', "corpus.name is missing"),
    "name with a blank": ('[corpus]\nname = "a b"\ntitle = "T"\n', "corpus.name is 'a b'"),
    "version": (GOOD.replace("1.2.3", "1.2"), "corpus.version is '1.2'"),
    "unknown key": (GOOD + 'licence = "x"\n', "corpus.licence is not a key"),
    "unknown table": (GOOD + "[page]\n", "page is not a key"),
    "text window": (GOOD + 'window = ["2015-01-01", "2015-02-01"]\n', "corpus.window is"),
    "backward window": (GOOD + "window = [2015-02-01, 2015-01-01]\n", "ends (2015-01-01) before it starts"),
    "window with a clock": (GOOD + "window = [2015-02-01T10:00:00, 2015-03-01]\n", "corpus.window is"),
    "card that is not there": (GOOD + 'card = "nowhere.md"\n', "which is not there"),
    "card that is a folder": (GOOD + 'card = "."\n', "which is no file"),
    "page with quotes": (GOOD + '[pages."a \\"b\\".txt"]\nwhy = 1\n', r':6: pages."a \"b\".txt".why is 1'),
    "page with controls": (GOOD + '[pages."a\\u001b\\n.txt"]\nwhy = 1\n', r':6: pages."a\u001b\n.txt".why is 1'),
    "decision without why": (GOOD + '[pages."a.txt"]\ndate = 2015-11-17\n', 'pages."a.txt".why is missing'),
    "quoted day": (GOOD + '[pages."a.txt"]\ndate = "2015-11-17"\nwhy = "w"\n', "write a day without quotes"),
    "empty decision": (GOOD + '[pages."a.txt"]\nwhy = "w"\n', "decides nothing"),
    "unknown decision": (GOOD + '[pages."a.txt"]\ndat = 2015-11-17\nwhy = "w"\n', 'pages."a.txt".dat is not a key'),
    "remove beside others": (
        GOOD + '[pages."a.txt"]\nremove = true\ndate = 2015-11-17\nwhy = "w"\n',
        "remove is true of a page of which more is decided",
    ),
    "remove = false": (GOOD + '[pages."a.txt"]\nremove = false\nwhy = "w"\n', "write true"),
    "precision": (GOOD + '[pages."a.txt"]\ndate = 2015-11-17\ndate_precision = "week"\nwhy = "w"\n', "write day"),
    "month, not its first day": (
        GOOD + '[pages."a.txt"]\ndate = 2015-11-17\ndate_precision = "month"\nwhy = "w"\n',
        "first day of the month",
    ),
    "year, not its first day": (
        GOOD + '[pages."a.txt"]\ndate = 2015-11-01\ndate_precision = "year"\nwhy = "w"\n',
        "first day of the year",
    ),
    "source that is no host": (GOOD + '[pages."a.txt"]\nsource = "Radio Farda"\nwhy = "w"\n', "such as radiofarda.com"),
    "language that is no tag": (GOOD + '[pages."a.txt"]\nlanguage = "Persian"\nwhy = "w"\n', "one such as fa"),
    "source that is no table": (GOOD + '[sources]\n"a.com" = 3\n', 'write it as a table: [sources."a.com"]'),
    "licence name": (GOOD + 'license_name = "CC BY"\n', "corpus.license_name is 'CC BY'"),
    "homepage": (GOOD + 'homepage = "example.org"\n', "begins with https://"),
    "half a body": (GOOD + '[pages."a.txt"]\nbody_from = "x"\nwhy = "w"\n', "come together"),
    "placeholder of a day": (
        GOOD + '[pages."a.txt"]\ndate = YYYY-MM-DD   # seen: 2015-11-17\nwhy = "w"\n',
        "corpus.toml:6: the placeholder date = YYYY-MM-DD is left in line 6\n  next: write the day",
    ),
    "placeholders of two days": (
        GOOD + '[pages."a.txt"]\ndate = YYYY-MM-DD\n[pages."b.txt"]\ndate = YYYY-MM-DD\n',
        "is left in lines 6, 8",
    ),
    "placeholder of a reason": (
        GOOD + '[pages."a.txt"]\ndate = 2015-11-17\nwhy = "…"\n',
        "still holds its placeholder",
    ),
    "placeholder of a source": (GOOD + '[pages."a.txt"]\nsource = "…"\nwhy = "w"\n', "write the outlet's host"),
    "day that does not exist": (
        GOOD + '[pages."a.txt"]\ndate = 2015-02-30\nwhy = "w"\n',
        "corpus.toml:6: 'date = 2015-02-30' is no day",
    ),
    "table that stands there twice": (
        GOOD + '[pages."a.txt"]\nwhy = "w"\n[pages."a.txt"]\ndate = 2015-11-17\n',
        'corpus.toml:7: the table [pages."a.txt"] stands there twice\n  next: TOML takes each table once',
    ),
    "key that stands there twice": (
        GOOD + '[pages."a.txt"]\ndate = 2015-11-17\ndate = 2015-11-18\n',
        "keep one of the two lines",
    ),
    "placeholder in braces": (
        GOOD + '[pages]\n"a.txt" = { source = "a.org", why = "w", date = YYYY-MM-DD }\n',
        "write the day on which the page was published",
    ),
    "placeholder in braces, first": (
        GOOD + '[pages]\n"a.txt" = {date = YYYY-MM-DD, why = "w"}\n',
        "write the day on which the page was published",
    ),
    "placeholder of a dotted key": (
        GOOD + '[pages]\n"a.txt".why = "w"\n"a.txt".date = YYYY-MM-DD\n',
        "write the day on which the page was published",
    ),
    "text without quotes": (
        GOOD + '[pages."a.txt"]\nsource = radiofarda.com  # by hand\n',
        'put the text in quotes: source = "radiofarda.com"',
    ),
    "version without quotes": (
        '[corpus]\nname = "n"\ntitle = "T"\nversion = 1.0.0\n',
        "corpus.toml:4: not valid TOML: 'version = 1.0.0'\n  next: put the text in quotes: version = \"1.0.0\"",
    ),
    "two sources that claim one host": (
        GOOD + '[sources."a.com"]\nname = "A"\naliases = ["b.com"]\n[sources."b.com"]\nname = "B"\n',
        "b.com",
    ),
    "page without quotes": (GOOD + '[pages.a.txt]\ndate = 2015-11-17\nwhy = "w"\n', "put the page's name in quotes"),
    "values that nest too deep": (f"a = {'[' * 5000}{']' * 5000}\n", "nest too deep\n  next: correct the brackets"),
    "title of two lines": ('[corpus]\nname = "n"\ntitle = "a\\nb"\n', "use one line without control characters"),
    "half a window": (GOOD + "window = [2015-02-01]\n", "corpus.window is [2015-02-01]\n  next: write [first, last]"),
    "corpus that is no table": ('corpus = "n"\n', "corpus is 'n'\n  next: write it as a table: [corpus]"),
    "page that is no table": (GOOD + '[pages]\n"a.txt" = 3\n', "write it as a table"),
}


def test_reads_what_people_decided(tmp_path):
    path = tmp_path / "corpus.toml"
    path.write_text(
        GOOD + 'window = [2015-09-01, 2016-01-31]\n[pages."a.txt"]\ndate = 2015-11-17\nquote = "q"\nwhy = "w"\n',
        encoding="utf-8",
    )
    declaration = read_declaration(path)
    assert (declaration.name, declaration.title, declaration.version) == ("n", "T", "1.2.3")
    assert declaration.window == (dt.date(2015, 9, 1), dt.date(2016, 1, 31))
    assert declaration.pages == {"a.txt": Decision(why="w", quote="q", date=dt.date(2015, 11, 17))}


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_declaration_is_refused_with_file_and_key(tmp_path, text, message):
    path = tmp_path / "corpus.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        read_declaration(path)
    assert str(path) in str(caught.value)
    assert message in str(caught.value)


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines(tmp_path):
    path = tmp_path / "corpus.toml"
    path.write_text(
        '[corpus]\nname = "a b"\nlicence = "x"\nwindow = [2016-01-31, 2015-09-01]\n'
        '[pages."b.txt"]\ndate = "2015-11-17"\nlanguage = "Persian"\n'
        '[pages."a.txt"]\nremove = false\nwhy = "w"\n[pages."c.txt"]\nwhy = "w"\ndate = 2015-11-17\n'
        '[sources."example.org"]\nweather = "fine"\n[sources."two words"]\n[sources."example.com"]\nname = 3\n',
        encoding="utf-8",
    )
    with pytest.raises(DeclarationError) as caught:
        read_declaration(path)
    first, *told = str(caught.value).splitlines()
    assert first == f"{path} holds 11 mistakes:"
    assert [line.strip().removeprefix(f"{path}:").split(" is ")[0] for line in told[::2]] == [
        "1: corpus.title",
        "2: corpus.name",
        "3: corpus.licence",
        "4: corpus.window ends (2015-09-01) before it starts (2016-01-31)",
        '5: pages."b.txt".why',
        '6: pages."b.txt".date',
        '7: pages."b.txt".language',
        '9: pages."a.txt".remove',
        '15: sources."example.org".weather',
        '16: sources."two words".host',
        '18: sources."example.com".name',
    ]
    assert all(line.startswith("    next: ") for line in told[1::2])


def test_of_many_mistakes_the_first_are_told(tmp_path):
    path = tmp_path / "corpus.toml"
    path.write_text(GOOD + "".join(f"key{number} = 1\n" for number in range(25)), encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"holds 25 mistakes:\n(?s:.*)\n  … and 5 more$"):
        read_declaration(path)


def test_a_declaration_must_be_utf8(tmp_path):
    path = tmp_path / "corpus.toml"
    path.write_bytes(GOOD.encode() + 'license = "é"'.encode("latin-1"))
    with pytest.raises(DeclarationError, match="is not UTF-8"):
        read_declaration(path)


def test_without_a_file_nothing_is_decided():
    declaration = read_declaration(None, fallback_name="crawl")
    assert (declaration.name, declaration.window, declaration.pages) == ("crawl", None, {})


WINDOW = GOOD + "window = [2015-09-01, 2016-01-31]\n"


def decide(tmp_path, lines, head=WINDOW):
    path = tmp_path / "corpus.toml"
    path.write_text(f'{head}\n[pages."a.txt"]\nwhy = "w"\n{lines}\n', encoding="utf-8")
    return read_declaration(path).pages["a.txt"]


@pytest.mark.parametrize("lines", ["date = 2016-02-01", 'date = 2015-08-01\ndate_precision = "month"'])
def test_a_curated_day_outside_the_window_is_refused_with_its_line(tmp_path, lines):
    with pytest.raises(DeclarationError) as caught:
        decide(tmp_path, lines)
    assert 'corpus.toml:9: pages."a.txt".date is ' in str(caught.value)
    assert "outside the window of this corpus, 2015-09-01 to 2016-01-31" in str(caught.value)
    assert "widen window" in caught.value.next_step


@pytest.mark.parametrize(
    "lines",
    ["date = 2016-01-31", 'date = 2015-01-01\ndate_precision = "year"', 'date = 2016-01-01\ndate_precision = "month"'],
)
def test_a_curated_period_that_touches_the_window_is_taken(tmp_path, lines):
    assert decide(tmp_path, lines).date is not None


CONTRADICTED = [
    ("2015-10-08", "۱۵ مهر ۱۳۹۴", "2015-10-07"),
    ("2015-10-08", "7 October 2015", "2015-10-07"),
    ("2015-10-08", "الأربعاء 7 أكتوبر", "another day"),
    ("2015-10-11", "اليوم السبت", "another day"),
    ("2015-10-11", "امروز شنبه", "another day"),
    ("2015-10-08", "7 اکتوبر 2015", "2015-10-07"),
    ("2015-11-01", "October 2015", "2015-10"),
    ("2015-10-08", "۱۵ مهر ۱۳۹۴ - ۹ اکتبر ۲۰۱۵", "2015-10-07 and 2015-10-09"),
    ("2015-12-12", "12 تشرين الأول/نوفمبر 2015", "2015-10-12 and 2015-11-12"),
]


@pytest.mark.parametrize(("day", "quote", "named"), CONTRADICTED)
def test_a_curated_day_that_its_quote_contradicts_is_refused(tmp_path, day, quote, named):
    with pytest.raises(DeclarationError) as caught:
        decide(tmp_path, f'date = {day}\nquote = "{quote}"')
    assert f'corpus.toml:9: pages."a.txt".date is {day}, but its quote «{quote}» names {named}' in str(caught.value)
    assert "correct the day, or the quote" in caught.value.next_step


BORNE_OUT = [
    ("2015-10-07", "۱۵ مهر ۱۳۹۴"),
    ("2015-10-07", "الأربعاء 7 أكتوبر"),
    ("2015-10-10", "اليوم السبت"),
    ("2015-10-09", "۱۵ مهر ۱۳۹۴ - ۹ اکتبر ۲۰۱۵"),
    ("2015-10-07", "۱۵ مهر ۱۳۹۴ - ۹ اکتبر ۲۰۱۵"),
    ("2015-10-14", "on Tuesday"),  # told of Tuesday on Wednesday
    ("2015-10-14", "أمس الثلاثاء"),
    ("2015-10-07", "October 2015"),
    ("2015-10-07", "10/07/2015"),
    ("2015-11-07", "11/07/2015"),
    ("2015-10-07", "the conference of 12 May 2015, told on 7 October 2015"),
    ("2015-10-07", "the airliner's downing"),
    ("2015-11-12", "12 تشرين الأول/نوفمبر 2015"),
    ("2015-10-12", "12 تشرين الأول/نوفمبر 2015"),
    ("2015-11-12", "12 تشرين الأول (نوفمبر)"),
    ("2015-10-07", "منذ عام 2011"),  # a year alone is one of the story's
]


@pytest.mark.parametrize(("day", "quote"), BORNE_OUT)
def test_a_curated_day_that_its_quote_does_not_contradict_is_taken(tmp_path, day, quote):
    assert decide(tmp_path, f'date = {day}\nquote = "{quote}"').date == dt.date.fromisoformat(day)


def test_the_quote_of_a_month_bears_out_the_month(tmp_path):
    lines = 'date = 2015-10-01\ndate_precision = "month"\nquote = "{}"'
    assert decide(tmp_path, lines.format("17 October 2015")).date == dt.date(2015, 10, 1)
    with pytest.raises(DeclarationError):
        decide(tmp_path, lines.format("17 November 2015"))


def test_the_quote_of_a_year_contradicts_another_year_alone(tmp_path):
    lines = 'date = 2015-01-01\ndate_precision = "year"\nquote = "{}"'
    assert decide(tmp_path, lines.format("عام 2015")).date == dt.date(2015, 1, 1)
    with pytest.raises(DeclarationError):
        decide(tmp_path, lines.format("عام 2011"))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ('pages."a.txt".date', 4),
        ('pages."a.txt".why', 5),
        ('pages."a.txt".source', 3),
        ('pages."b.txt".date', 9),
        ("corpus.name", 2),
        ("nothing.here", None),
    ],
)
def test_the_line_of_a_key(name, line):
    text = (
        '[corpus]\nname = "n"\n[pages."a.txt"] # a page\ndate = 2015-01-01\nwhy = """\n[pages."b.txt"]\n"""\n'
        "pages = 3\n[\"pages\".'b.txt']\n"
    )
    assert line_of(text, name) == line


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    path = tmp_path / "corpus.toml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert read_declaration(path).name == "n"
