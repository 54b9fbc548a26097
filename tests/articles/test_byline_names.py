import pytest

from corpus_loader.articles import vocabulary
from corpus_loader.articles.byline import find_byline
from corpus_loader.articles.byline_names import names_in
from tests.articles.pages import dump, labelled, page

HEADLINE = "البلدية تنظف ضفة النهر بعد الفيضان"
BODY = "تواصل فرق البلدية تنظيف ضفة النهر بعد الفيضان، وقالت إن الجسر سيفتح من جديد قبل نهاية الأسبوع."


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("سارة منصور", "سارة منصور"),
        ("حسام أبو العلا - القاهرة", "حسام أبو العلا - القاهرة"),
        ("العربية.نت - سارة منصور", "العربية.نت - سارة منصور"),
        ("بيروت: سارة منصور", "بيروت: سارة منصور"),
        ("كتب هاني عبد الرحمن الأربعاء 12 مايو 2021 03:15 م", "هاني عبد الرحمن"),
        ("نویسنده: نیلوفر رسولی ۲۲ اردیبهشت ۱۴۰۰", "نیلوفر رسولی"),
        ("ویب ڈیسک اتوار 13 مئی 2018", "ویب ڈیسک"),
        ("كتب ـ هاني منصور", "هاني منصور"),
        ("كتب - هاني منصور:", "هاني منصور"),
        ("نُشر في 30 سبتمبر، 2020 بواسطة هاني منصور 0 تعليق 245 مشاهدة", "هاني منصور"),
        ("30 سبتمبر 2020 - هاني منصور", "هاني منصور"),
        ("30 سبتمبر 2020 11:45 ص بواسطة هاني منصور", "هاني منصور"),
        ("هاني منصور منذ 3 ساعات", "هاني منصور"),
        ("هەڵۆ محەممەد ڕەشید", "هەڵۆ محەممەد ڕەشید"),
        ("רועי שטרן ומאיה לביא", "רועי שטרן ומאיה לביא"),
    ],
)
def test_a_line_of_names_below_the_headline_is_the_byline(line, names):
    start, end = names_in(line)
    assert line[start:end] == names
    assert find_byline(dump(HEADLINE, line, BODY), labelled("tfb")).value == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("أمل منصور - القاهرة", "أمل منصور - القاهرة"),
        ("القاهرة: كريم عبد العزيز", "القاهرة: كريم عبد العزيز"),
        ("العربية.نت - نور حداد", "العربية.نت - نور حداد"),
        ("أمل منصور الأربعاء 12 مايو 2021", "أمل منصور"),
        ("بقلم: أمل منصور", "أمل منصور"),
        ("امید رضایی، تهران", "امید رضایی، تهران"),
        ("טל כהן ומאיה לביא", "טל כהן ומאיה לביא"),
    ],
)
def test_a_name_that_is_an_everyday_word_is_one_beside_a_second_sign(line, names):
    start, end = names_in(line)
    assert line[start:end] == names


@pytest.mark.parametrize(
    "line",
    [
        "أمل جديد في المدينة",
        "نور الشمس",
        "نور الشمس - أمل جديد",
        "جمال الطبيعة في الجبال",
        "كريم عبد العزيز يعود",
        "امید تازه در شهر",
        "بهار آزادی",
        "אור חדש בעיר",
        "גל חום",
    ],
)
def test_an_everyday_word_begins_no_byline(line):
    assert names_in(line) == (0, 0)
    assert find_byline(dump(HEADLINE, line, "12 مايو 2021", BODY), labelled("tffb")).value is None


@pytest.mark.parametrize(
    "line",
    [
        "سارة منصور في القاهرة",
        "سارة منصور على المسرح",
        "علي حسن بالقاهرة",
        "علي عبد الله يكتب",
        "مهدی رضایی در تهران",
        "مهدی رضایی از تهران",
        "مهدی رضایی به خانه",
        "مهدی رضایی می‌رود",
        "רועי שטרן בעיר",
        "נועה לביא על הנהר",
        "أمل في 12 مايو 2021",
    ],
)
def test_a_preposition_or_a_verb_makes_a_line_a_sentence(line):
    assert names_in(line) == (0, 0)


@pytest.mark.parametrize("line", ["محمد على", "أحمد سالم يوسف", "علي حسن تويني", "سارة منصور وعلي تيمور"])
def test_names_that_look_like_prepositions_or_verbs_are_names(line):
    assert names_in(line) == (0, len(line))


@pytest.mark.parametrize("line", ["سارة منصور: الجسر خطر", "تصوير: سارة منصور", "سارة منصور: القاهرة"])
def test_before_a_colon_stands_a_place_or_an_outlet(line):
    assert names_in(line) == (0, 0)


def test_every_everyday_name_is_a_first_name():
    assert set(vocabulary.raw("byline", "everyday_names")) <= set(vocabulary.raw("byline", "given_names"))


@pytest.mark.parametrize(
    "line",
    [
        "سارة",
        "الشرق الأوسط",
        "سارة منصور تتسلم الجائزة في حفل كبير بالقاهرة أمس",
        "السفينة أثناء رحلتها التجريبية",
        "Sara Mansour",
        "محمد قال: لا.",
        "12 مايو 2021",
        "",
    ],
)
def test_other_lines_are_none(line):
    assert names_in(line) == (0, 0)


def test_the_name_of_somebody_whom_the_article_speaks_of_is_a_caption():
    told = f"{BODY} وقالت سارة منصور إن العمل صعب."
    assert find_byline(dump(HEADLINE, "سارة منصور", told), labelled("tfb")).value is None


def test_the_article_may_speak_of_somebody_whose_name_only_begins_so():
    other = f"{BODY} وقال علي حسنين إن العمل صعب."
    assert find_byline(dump(HEADLINE, "علي حسن", other), labelled("tfb")).value == "علي حسن"
    told = f"{BODY} وعلي حسن معهم."
    assert find_byline(dump(HEADLINE, "علي حسن", told), labelled("tfb")).value is None


def test_a_name_above_the_headline_is_no_byline():
    assert find_byline(dump("سارة منصور", HEADLINE, BODY), labelled("ftb")).value is None


def test_a_name_stands_below_the_standfirst_too():
    document = page(f"<h1>{HEADLINE}</h1><p>تفاصيل اليوم الأول</p><div>سارة منصور</div><p>{BODY}</p><p>{BODY}</p>")
    assert find_byline(document, labelled("tsfbb")).value == "سارة منصور"


@pytest.mark.parametrize("below", [f"<p>{BODY}</p>", f"<div>12 مايو 2021</div><p>{BODY}</p>"])
def test_a_name_can_be_a_paragraph_above_the_others(below):
    document = page(f"<h1>{HEADLINE}</h1><p>سارة منصور</p>{below}<p>{BODY}</p>")
    labels = labelled("tbfbb" if "div" in below else "tbbb")
    found = find_byline(document, labels)
    assert (found.value, found.evidence[0].rule) == ("سارة منصور", "line-of-names")


@pytest.mark.parametrize(
    "below",
    [
        "<p>عند النهر</p>",
        "<div>عند النهر</div>",
        f"<p>{BODY} وقالت سارة منصور إن العمل صعب.</p>",
    ],
)
def test_a_name_above_anything_else_in_the_body_is_no_byline(below):
    document = page(f"<h1>{HEADLINE}</h1><p>سارة منصور</p>{below}<p>{BODY}</p>")
    labels = labelled("tbfb" if "div" in below else "tbbb")
    assert find_byline(document, labels).value is None


@pytest.mark.parametrize("line", ["كتب - محمد سعيد:", "كتب محمد سعيد", "كتب ـ محمد سعيد", "محمد سعيد:"])
def test_a_word_for_by_can_open_the_first_paragraph(line):
    document = page(f"<h1>{HEADLINE}</h1><p>{line}</p><p>{BODY}</p><p>{BODY}</p>")
    assert find_byline(document, labelled("tbbb")).value == "محمد سعيد"


def test_a_first_paragraph_that_goes_on_behind_the_names_is_no_byline():
    document = page(f"<h1>{HEADLINE}</h1><p>كتب محمد سعيد «الجسر القديم»</p><p>{BODY}</p><p>{BODY}</p>")
    assert find_byline(document, labelled("tbbb")).value is None


def test_everyday_words_are_a_name_above_a_day_where_each_is_a_first_name():
    assert find_byline(dump(HEADLINE, "أمل منصور", "12 مايو 2021", BODY), labelled("tffb")).value == "أمل منصور"
    assert find_byline(dump(HEADLINE, "أمل منصور", "عند النهر", BODY), labelled("tffb")).value is None
    assert find_byline(dump(HEADLINE, "رمضان كريم", "12 مايو 2021", BODY), labelled("tffb")).value is None


def test_a_body_of_one_line_is_no_byline():
    assert find_byline(dump(HEADLINE, "سارة منصور"), labelled("tb")).value is None


def test_a_label_read_aloud_has_a_comma_behind_it():
    assert find_byline(dump(HEADLINE, "Author, سلمى الحداد", BODY), labelled("tfb")).value == "سلمى الحداد"
    assert find_byline(dump(HEADLINE, "مصنف, عزیز اللہ خان", BODY), labelled("tfb")).value == "عزیز اللہ خان"
