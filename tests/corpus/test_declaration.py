import datetime as dt

import pytest

from corpus_loader.corpus.declaration import read_declaration
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
    "decision without why": (GOOD + '[pages."a.txt"]\ndate = 2015-11-17\n', 'pages."a.txt".why is missing'),
    "quoted day": (GOOD + '[pages."a.txt"]\ndate = "2015-11-17"\nwhy = "w"\n', "write a day without quotes"),
    "empty decision": (GOOD + '[pages."a.txt"]\nwhy = "w"\n', "decides nothing"),
    "unknown decision": (GOOD + '[pages."a.txt"]\ndat = 2015-11-17\nwhy = "w"\n', 'pages."a.txt".dat is not a key'),
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


def test_a_declaration_must_be_utf8(tmp_path):
    path = tmp_path / "corpus.toml"
    path.write_bytes(GOOD.encode() + 'license = "é"'.encode("latin-1"))
    with pytest.raises(DeclarationError, match="is not UTF-8"):
        read_declaration(path)


def test_without_a_file_nothing_is_decided():
    declaration = read_declaration(None, fallback_name="crawl")
    assert (declaration.name, declaration.window, declaration.pages) == ("crawl", None, {})
