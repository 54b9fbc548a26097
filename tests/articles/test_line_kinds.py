import pytest

from corpus_loader.articles.line_kinds import is_breadcrumb, is_stamp, names_picture


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Lena Brandt",
        "© Getty Images",
        "صدر الصورة، Getty Images",
        "التعليق على الصورة، غمرت المياه شوارع المدينة",
        "،تصویر کا کیپشن کسان پانی محفوظ کرتے ہیں",
        "یہ تصویر خلائی اسٹیشن سے لی گئی — فوٹو: ناسا",
        "بلی کے لیے خصوصی ٹوپی بھی تیار کی گئی ہے۔ فوٹو: فائل",
        "(צילום: דוברות כבאות)",
    ],
)
def test_a_caption_names_its_picture(line):
    assert names_picture(line)


@pytest.mark.parametrize(
    "line", ["Photo of the year chosen", "صورة جديدة للمدينة القديمة", "He said: photo by photo it grew.", "1:0"]
)
def test_a_sentence_about_a_picture_is_no_caption(line):
    assert not names_picture(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("صفحه اصلی | ورزشی | والیبال", True),
        ("Home > News > Local", True),
        ("Sport | Volleyball", False),
        ("Rain, wind | snow in the north of the country | roads closed", False),
    ],
)
def test_a_breadcrumb_names_sections_and_nothing_else(line, expected):
    assert is_breadcrumb(line) is expected


def test_a_stamp_may_be_asked_to_have_fewer_letters():
    assert is_stamp("Weekly letter 12/19/2025")
    assert not is_stamp("Weekly letter 12/19/2025", 8)
    assert is_stamp("الثلاثاء - 13 شعبان 1438 هـ - 09 مايو 2017 مـ", 8)
