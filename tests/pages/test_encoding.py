"""Which encoding a page is in, by which evidence, and what becomes of damage."""

import codecs
import contextlib
import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.errors import PageError
from corpus_loader.pages.encoding import Decoded, decode, encoding_of_label
from corpus_loader.pages.media_types import sniff_media_type

TEXT = {
    "ar": "قال رئيس الوزراء اليوم إن الحكومة ستقر الميزانية الجديدة الأسبوع المقبل، مشيرا إلى أهمية هذه الخطوة. ",
    "fa": "نخست وزير گفت که دولت هفته آينده بودجه جديد را تصويب مي‌کند و پژوهشگران چند گام مهم برداشته‌اند. ",
    "he": "ראש הממשלה אמר היום כי הממשלה תאשר את התקציב החדש בשבוע הבא. השר הוסיף כי מדובר בצעד חשוב. ",
    "ru": "Премьер-министр сообщил сегодня, что правительство утвердит новый бюджет на следующей неделе. ",
    "uk": "Прем’єр-міністр повідомив, що уряд затвердить новий бюджет наступного тижня, їхні дії важливі. ",
    "el": "Ο πρωθυπουργός είπε σήμερα ότι η κυβέρνηση θα εγκρίνει τον νέο προϋπολογισμό την επόμενη εβδομάδα. ",
    "zh": "总理今天表示，政府将于下周批准新的预算案。部长补充说，这是重要的一步，市场反应积极。",
    "zh-tw": "總理今天表示，政府將於下週批准新的預算案。部長補充說，這是重要的一步，市場反應積極。",
    "ja": "首相は本日、政府が来週新しい予算案を承認すると述べた。大臣はこれが重要な一歩だと付け加えた。",
    "ko": "총리는 정부가 다음 주에 새로운 예산안을 승인할 것이라고 오늘 밝혔다. 이 정책은 중소기업을 지원한다. ",
    "pl": "Premier powiedział dziś, że rząd zatwierdzi nowy budżet w przyszłym tygodniu; to ważny krok, świetny. ",
    "tr": "Başbakan bugün hükümetin yeni bütçeyi gelecek hafta onaylayacağını söyledi. ",
    "th": "นายกรัฐมนตรีกล่าวว่ารัฐบาลจะอนุมัติงบประมาณใหม่ในสัปดาห์หน้า และเสริมว่านี่เป็นก้าวสำคัญ ",
    "de": "Der Ministerpräsident erklärte, die Regierung werde den Haushalt nächste Woche prüfen. ",
}

#: Language, the encoding's name, and Python's codec to write it with.
WRITTEN = [
    ("ar", "windows-1256", "cp1256"),
    ("fa", "windows-1256", "cp1256"),
    ("ar", "iso-8859-6", "iso8859-6"),
    ("he", "windows-1255", "cp1255"),
    ("ru", "windows-1251", "cp1251"),
    ("ru", "koi8-r", "koi8-r"),
    ("ru", "iso-8859-5", "iso8859-5"),
    ("ru", "ibm866", "cp866"),
    ("uk", "windows-1251", "cp1251"),
    ("el", "iso-8859-7", "iso8859-7"),
    ("zh", "gb18030", "gbk"),
    ("zh", "gb18030", "gb18030"),
    ("zh-tw", "big5", "cp950"),
    ("ja", "shift_jis", "cp932"),
    ("ja", "euc-jp", "euc-jp"),
    ("ja", "iso-2022-jp", "iso2022-jp"),
    ("ko", "euc-kr", "cp949"),
    ("pl", "iso-8859-2", "iso8859-2"),
    ("pl", "windows-1250", "cp1250"),
    ("tr", "windows-1254", "cp1254"),
    ("th", "windows-874", "cp874"),
    ("de", "windows-1252", "cp1252"),
]


def page(text, codec, head=""):
    markup = (
        f"<html><head>{head}<title>{text[:20]}</title></head><body><div class='a'><p>{text * 3}</p></div></body></html>"
    )
    return markup, markup.encode(codec, "xmlcharrefreplace")


@pytest.mark.parametrize(("language", "name", "codec"), WRITTEN)
class TestEachEncoding:
    def test_is_read_by_the_header(self, language, name, codec):
        content = (TEXT[language] * 3).encode(codec, "ignore")
        for label in (name, name.upper(), f' "{name}" '):
            assert decode(content, media_type="text/plain", declared=label) == Decoded(content.decode(codec), name)

    def test_is_read_by_the_pages_own_statement(self, language, name, codec):
        for head in (
            f'<meta charset="{name}">',
            f"<META http-equiv=Content-Type CONTENT='text/html; charset={name}'>",
            f"<!-- <meta charset=utf-16> --><meta name='x' content='charset=koi8-r'/><meta charset={name} />",
        ):
            _, content = page(TEXT[language], codec, head)
            assert decode(content, media_type="text/html").encoding == name

    def test_is_detected_in_markup_and_in_plain_text(self, language, name, codec):
        _, content = page(TEXT[language], codec)
        found = decode(content, media_type="text/html")
        assert found.text == content.decode(codec)
        plain = (TEXT[language] * 3).encode(codec, "ignore")
        assert decode(plain, media_type="text/plain").text == plain.decode(codec)

    def test_gives_way_to_a_better_one_where_the_statement_is_wrong(self, language, name, codec):
        markup, _ = page(TEXT[language], codec, f'<meta charset="{name}">')
        assert decode(markup.encode(), media_type="text/html", declared=name) == Decoded(markup, "utf-8")


@pytest.mark.parametrize("language", TEXT)
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(language, codec):
    for text in (TEXT[language] * 3 + "\n", page(TEXT[language], "utf-8")[0]):
        expected = Decoded(text, codec.replace("-le", "le").replace("-be", "be"))
        if language not in ("zh", "zh-tw", "ja") or "<" in text:  # without a blank, there is nothing to see
            assert decode(text.encode(codec), media_type="text/html") == expected
        assert decode(text.encode(codec), media_type="text/html", declared=expected.encoding) == expected


@pytest.mark.parametrize("text", ["He said on Tuesday\0 that", "قال\0 الوزير", "x\0y\0z\0", "naïve\0", "a\0" * 300])
def test_a_zero_makes_no_utf16_of_what_is_known_to_be_utf8(text):
    """As rows of a web corpus and text given by a caller are."""
    with contextlib.suppress(PageError):
        assert decode(text.encode(), media_type="text/plain", declared="utf-8") == Decoded(text, "utf-8")


@pytest.mark.parametrize("text", ["word\0" * 50, "<p>one\0</p><p\0>two", "قال\0" * 9])
def test_many_zeros_make_no_utf16_of_text_but_no_text_of_it_either(text):
    with pytest.raises(PageError, match="no text"):
        decode(text.encode(), media_type="text/plain")


@pytest.mark.parametrize("text", ["He said on Tuesday\0 that", "قال\0 الوزير", "naïve\0 " + "words " * 99 + "\0"])
@pytest.mark.parametrize("declared", [None, "utf-8", "windows-1252"])
def test_a_zero_makes_no_utf16_of_text(text, declared):
    assert decode(text.encode(), media_type="text/plain", declared=declared) == Decoded(text, "utf-8")


@pytest.mark.parametrize(("language", "name", "codec"), [w for w in WRITTEN if w[1] != "iso-2022-jp"])
def test_a_zero_makes_no_utf16_of_what_is_stated(language, name, codec):
    content = TEXT[language].encode(codec, "ignore") + b"\0 "
    for page in (content, b" " + content):  # of even length and of odd
        assert decode(page, media_type="text/plain", declared=name) == Decoded(page.decode(codec), name)


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_mark_is_the_surest_and_no_part_of_the_text(mark, codec):
    text = "<meta charset=koi8-r>" + TEXT["fa"]
    found = decode(mark + text.encode(codec), media_type="text/html", declared="windows-1251")
    assert found.text == text
    assert found.encoding.replace("-", "") == codec.replace("-", "")


def test_the_header_goes_before_the_markup():
    content = page(TEXT["ru"], "koi8-r", '<meta charset="windows-1251">')[1]
    assert decode(content, media_type="text/html", declared="koi8-r").encoding == "koi8-r"
    content = page(TEXT["ru"], "cp1251", '<?xml version="1.0" encoding="koi8-r"?>')[1]
    assert decode(content, media_type="text/html", declared="cp1251").encoding == "windows-1251"


@pytest.mark.parametrize(
    ("language", "name", "codec"), [w for w in WRITTEN if w[0] in ("ar", "fa", "he", "ru", "zh", "ko")]
)
def test_a_servers_default_of_latin1_is_not_believed_of_other_scripts(language, name, codec):
    stated = page(TEXT[language], codec, f'<meta charset="{name}">')[1]
    assert decode(stated, media_type="text/html", declared="ISO-8859-1").encoding == name
    unstated = page(TEXT[language], codec, '<meta charset="iso-8859-1">')[1]
    assert decode(unstated, media_type="text/html").text == unstated.decode(codec)


def test_a_western_page_keeps_its_latin1():
    content = page(TEXT["de"], "cp1252", '<meta charset="windows-1251">')[1]
    assert decode(content, media_type="text/html", declared="ISO-8859-1").encoding == "windows-1252"
    odd = b"\xab \xe0 \xbb"
    assert decode(odd, media_type="text/plain", declared="latin1").text == "« à »"


def test_a_page_whose_text_comes_after_a_megabyte_of_scripts():
    content = b"<html><script>" + b"var a = '';\n" * 200_000 + b"</script><p>" + (TEXT["de"] * 9).encode("cp1252")
    assert decode(content, media_type="text/html").encoding == "windows-1252"


def test_stated_utf8_with_as_much_damage_as_sense_beyond_ascii():
    content = "one ’quoted’ word. ".encode() + b"plain words " * 200 + b"\xe2\x80"
    found = decode(content, media_type="text/plain", declared="utf-8")
    assert (found.encoding, found.replaced) == ("utf-8", 1)


def test_an_xml_prolog_states_it_too():
    content = b'<?xml version="1.0" encoding="windows-1251"?>' + page("Наш дом", "cp1251")[1]
    assert decode(content, media_type="text/html").encoding == "windows-1251"


@pytest.mark.parametrize("label", ["", "none", "utf-7", "hz-gb-2312", "x-user-defined", "%charset%", "utf-8"])
def test_a_statement_that_says_nothing_gives_way(label):
    content = page(TEXT["ar"], "cp1256", f'<meta charset="{label}">')[1]
    assert decode(content, media_type="text/html", declared=label).encoding == "windows-1256"


def test_latin1_means_windows_1252_and_has_the_controls():
    assert decode(b"\x93caf\xe9\x94 \x81", media_type="text/plain", declared="ISO-8859-1") == Decoded(
        "“café” \x81", "windows-1252"
    )


def test_vendor_characters_of_japanese_and_chinese_pages():
    for text, codec, name in (("①髙﨑", "cp932", "shift_jis"), ("①～", "euc-jis-2004", "euc-jp")):
        assert decode((text * 9).encode(codec, "ignore"), media_type="text/plain", declared=name).encoding == name
    assert decode("镕㐀".encode("gb18030") * 9, media_type="text/plain", declared="gb2312").text == "镕㐀" * 9


def test_few_characters_of_utf8_against_a_statement():
    assert decode("naïve".encode(), media_type="text/plain", declared="iso-8859-1").text == "naïve"
    # Two syllables of EUC-KR that are valid UTF-8 by chance: the statement is right.
    content = b"\xc7\xb1\xc7\xb2"
    assert decode(content, media_type="text/plain", declared="euc-kr").text == content.decode("euc-kr")
    assert decode(content, media_type="text/plain").encoding == "utf-8"
    # A row of a table is characters, and its bytes ours: what its markup says was true of other bytes.
    row = "<meta charset=euc-kr>Ǳǲ".encode()
    assert decode(row, media_type="text/html", declared="utf-8").encoding == "utf-8"


def test_a_stray_byte_in_ascii():
    assert decode(b"plain text " * 99 + b"\xe9", media_type="text/plain", declared="utf-8").replaced <= 1
    assert decode(b"in a caf\xe9 of the town", media_type="text/plain").text == "in a café of the town"


def test_ascii_is_utf8():
    assert decode(b"plain", media_type="text/plain", declared="windows-1256") == Decoded("plain", "utf-8")
    assert decode(b"\x1b[1mbold\x1b[0m", media_type="text/plain").encoding == "utf-8"


# ----------------------------------------------------------------------------------------------------------- damage


def test_one_broken_sequence_in_a_sound_page_is_replaced_and_counted():
    text = TEXT["fa"] * 30
    cut = text[:600].encode() + b"\xd9" + b"<br>" + text[600:].encode()
    found = decode(cut, media_type="text/html", declared="utf-8")
    assert (found.encoding, found.replaced) == ("utf-8", 1)
    assert found.text.count("\ufffd") == 1
    assert found.text.replace("\ufffd<br>", "") == text


def test_the_replacement_characters_of_the_page_itself_are_not_damage():
    content = ("\ufffd" * 50 + TEXT["fa"] * 30).encode() + b"\xff"
    assert decode(content, media_type="text/plain").replaced == 1
    assert decode(content[:-1], media_type="text/plain").replaced == 0


@pytest.mark.parametrize(("language", "name", "codec"), [w for w in WRITTEN if w[1] in ("gb18030", "euc-kr", "big5")])
def test_damage_in_a_stated_legacy_page(language, name, codec):
    content = (TEXT[language] * 40).encode(codec, "ignore") + b" \xff\n" + TEXT[language].encode(codec, "ignore")
    found = decode(content, media_type="text/plain", declared=name)
    assert (found.encoding, found.replaced) == (name, 1)


def test_a_mixture_of_encodings_is_refused():
    mixed = TEXT["de"].encode() * 20 + TEXT["de"].encode("cp1252") * 3
    with pytest.raises(PageError, match="mixture") as error:
        decode(mixed, media_type="text/plain", declared="utf-8")
    assert error.value.reason == "undecodable"


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 20,
        b"\x00\x01\x02\x03" * 400,
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40,
        b"\xef\xbb\xbf" + b"\xff" * 100,
        b"\xff\xfe" + b"\x00\xd8" * 100,
    ],
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(PageError) as error:
        decode(content, media_type="text/plain")
    assert error.value.reason == "undecodable"


@pytest.mark.parametrize(
    "hostile",
    [
        b"<" * 300_000,
        b"<script" * 50_000,
        b"<script>a</a>" * 30_000,
        b"<!--" * 80_000,
        b"<meta " * 60_000,
        b"<!--x-->" * 40_000,
        b"<?xml " * 60_000,
        b" " * 300_000,
    ],
)
def test_hostile_markup_takes_no_time(hostile):
    import time

    start = time.perf_counter()
    decode(hostile + b"\xe9", media_type="text/html")
    sniff_media_type(hostile)
    assert time.perf_counter() - start < 1


# ------------------------------------------------------------------------------------------------------- properties


@given(st.text(), st.sampled_from(["text/plain", "text/html"]))
def test_utf8_text_survives_exactly(text, media_type):
    content = text.encode("utf-8", "ignore")
    expected = content.decode()
    if expected.startswith("\ufeff") or "\x1b" in expected:
        return  # a mark is no text; escapes are a sign of ISO-2022-JP
    with contextlib.suppress(PageError) if "\0" in expected else contextlib.nullcontext():  # zeros, of no text at all
        assert decode(content, media_type=media_type, declared="utf-8").text == expected


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "gbk", "sjis", "cp1255", "utf-16", "?"]))
def test_any_bytes_give_text_or_a_page_error(content, declared):
    for media_type in ("text/plain", "text/html"):
        with contextlib.suppress(PageError):
            found = decode(content, media_type=media_type, declared=declared)
            assert decode(content, media_type=media_type, declared=declared) == found
            assert found.replaced <= max(1, len(found.text) // 1000)
            assert found.replaced <= found.text.count("\ufffd")


def test_labels():
    for label, name in {
        "latin1": "windows-1252",
        "GBK": "gb18030",
        "x-sjis": "shift_jis",
        "tis-620": "windows-874",
    }.items():
        assert encoding_of_label(label) == name
    assert encoding_of_label("klingon") is None


def test_the_labelled_pages_decode_as_they_are_stored(shared):
    """Every page decodes; the dumps are UTF-8, and what HTML is said to be is right unless the bytes prove UTF-8."""
    with (shared / "eval" / "pages.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    damaged = 0
    for row in rows[::3]:
        text = gzip.decompress((shared / "eval" / row["text"]).read_bytes())
        assert decode(text, media_type="text/plain") == Decoded(text.decode(), "utf-8")
        found = decode(gzip.decompress((shared / "eval" / row["html"]).read_bytes()), media_type="text/html")
        damaged += found.replaced
    assert damaged <= 3
