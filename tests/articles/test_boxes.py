import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.boxes import clear_boxes
from corpus_loader.articles.structure import refine
from corpus_loader.records import Finding, Label, LabelledBlock
from tests.articles.pages import OTHER, PARAGRAPH, codes, dump, labelled, page

TEASER = "An old mill finds a new owner"


def cleared(document, letters, scores=None):
    """The letters after the boxes are cleared; a digit among `scores` is a block's score in tenths."""
    labels = list(labelled(letters))
    for index, tenth in enumerate(scores or ""):
        labels[index] = LabelledBlock(labels[index].label, int(tenth) / 10)
    clear_boxes(document, labels)
    return codes(labels)


@pytest.mark.parametrize(
    "opening",
    [
        "Read also",
        "Lire aussi :",
        "Lesen Sie auch",
        "اقرأ أيضا:",
        "إقرأ المزيد",
        "بیشتر بخوانید",
        "یہ بھی پڑھیں",
        "קראו גם",
        "زیاتر بخوێنەوە",
    ],
)
def test_a_box_among_paragraphs_leaves_the_body_with_its_headlines(opening):
    document = dump(PARAGRAPH, opening, TEASER, TEASER.upper(), OTHER)
    assert cleared(document, "bbbbb", "97669") == "bfffb"


@pytest.mark.parametrize(
    "line", [f"Read also: {TEASER}", "مزید پڑھیں: صحرا میں درختوں کی تعداد زیادہ نکلی", f"Les også: {TEASER}"]
)
def test_a_box_of_one_line_leaves_the_body(line):
    assert cleared(dump(PARAGRAPH, line, OTHER), "bbb") == "bfb"


@pytest.mark.parametrize(
    "line",
    [
        f"READ MORE | {TEASER}",
        f"Read also – {TEASER}",
        f"READ NEXT - {TEASER}",
        f"Read more… {TEASER}",
        "اقرأ أيضا.. مالك جديد للطاحونة القديمة",
        "اقرأ أيضا | مالك جديد للطاحونة القديمة",
        "اقرأ أيضاً ـ مالك جديد للطاحونة القديمة",
        "بیشتر بخوانید؛ آسیاب قدیمی صاحب تازه‌ای یافت",
        "بیشتر بخوانید » آسیاب قدیمی صاحب تازه‌ای یافت",
    ],
)
def test_other_signs_than_a_colon_stand_before_the_headline_of_a_box(line):
    assert cleared(dump(PARAGRAPH, line, OTHER), "bbb", "969") == "bfb"
    linked = page(f"<p>{PARAGRAPH}</p><p><strong><a href='/m'>{line}</a></strong></p><p>{OTHER}</p>")
    assert cleared(linked, "bbb") == "bfb"


@pytest.mark.parametrize("line", ["Read more-or-less the same letters", "Related - the council voted on Monday too."])
def test_words_behind_a_dash_can_be_a_sentence(line):
    assert cleared(dump(PARAGRAPH, line, OTHER), "bbb", "969") == "bbb"
    assert cleared(page(f"<p>{PARAGRAPH}</p><p>{line}</p><p>{OTHER}</p>"), "bbb") == "bbb"


@pytest.mark.parametrize(
    "line",
    [
        "شارك هذا الموضوع:",
        "تابعونا على جوجل نيوز",
        "اشترك في قناتنا على تليجرام",
        "لمتابعة آخر الأخبار اشترك في قناتنا على تليجرام",
        "کانال تلگرام ما را دنبال کنید",
        "Follow us on Twitter and like us on Facebook.",
    ],
)
def test_a_line_that_asks_to_follow_or_share_leaves_the_body(line):
    assert cleared(dump(PARAGRAPH, line, OTHER), "bbb") == "bfb"
    assert cleared(page(f"<p>{PARAGRAPH}</p><p><a href='/n'>{line}</a></p><p>{OTHER}</p>"), "bbb") == "bfb"


def test_a_line_that_is_a_link_as_a_whole_may_not_ask_to_subscribe():
    call = "Get the stories of the week: subscribe to the newsletter"
    document = page(f"<p>{PARAGRAPH}</p><p><a href='/n'>{call}</a></p><p>{call}</p><h2><a href='/n'>{call}</a></h2>")
    assert cleared(document, "bbbb") == "bfbb"


def test_a_link_asks_in_turkish_capitals_too():
    document = page(f"<p>{PARAGRAPH}</p><p><a href='/n'>HABERLER İÇİN BİZİ TAKİP EDİN</a></p><p>{OTHER}</p>")
    assert cleared(document, "bbb") == "bfb"


@pytest.mark.parametrize(
    "line",
    [
        "تابعنا على مدى أسبوع أعمال الترميم عند الجسر القديم.",
        "Follow us on our way down the river",
        "They share this story with few others.",
        "شارك هذا الموضوع الوزراء في الاجتماع",
    ],
)
def test_a_sentence_that_begins_like_a_call_stays(line):
    assert cleared(dump(PARAGRAPH, line, OTHER), "bbb") == "bbb"


@pytest.mark.parametrize(
    "line", ["Related: the council also voted on Monday to close the market hall.", "À lire : " + OTHER]
)
def test_a_sentence_of_a_dump_that_the_labeller_is_sure_of_opens_no_box(line):
    assert cleared(dump(PARAGRAPH, line, OTHER), "bbb", "999") == "bbb"
    assert cleared(dump(PARAGRAPH, line, OTHER), "bbb", "969") == "bfb"


def test_a_box_of_one_line_that_was_no_body_comes_not_back_as_a_subheading():
    document = dump(PARAGRAPH, "Read also: Mayor opens new swimming pool", OTHER)
    labels = [
        LabelledBlock(label, score)
        for label, score in zip((Label.BODY, Label.FURNITURE, Label.BODY), (1, 0.45, 1), strict=True)
    ]
    assert codes(refine(document, labels, Finding(None))) == "bfb"


@pytest.mark.parametrize(
    "line", ["Read also the letters of the poet, she said", "Related work is cited below", "Recommended by doctors"]
)
def test_a_line_that_goes_on_opens_no_box(line):
    assert cleared(dump(PARAGRAPH, line, OTHER), "bbb") == "bbb"


def test_a_subheading_that_the_labeller_is_sure_of_stays_below_a_box():
    assert cleared(dump(PARAGRAPH, "Read also", TEASER, "What comes next", OTHER), "bbbbb", "97699") == "bffbb"


def test_a_list_below_such_words_is_the_article_s_own():
    tools = [f"Tool number {number}" for number in range(9)]
    assert cleared(dump(PARAGRAPH, "Recommended", *tools, OTHER), "b" * 12, "9" + "6" * 10 + "9") == "bf" + "b" * 10


def test_in_html_only_links_stand_in_a_box():
    box = f"<p>Read also</p><p><a href='/m'>{TEASER}</a></p><p>A line of its own</p>"
    document = page(f"<p>{PARAGRAPH}</p>{box}<p>{OTHER}</p>")
    assert cleared(document, "bbbbb", "97669") == "bffbb"
    assert cleared(page(f"<p>{PARAGRAPH}</p><p>Related: a sentence of its own</p>"), "bb") == "bb"


def test_a_box_that_says_where_it_ends_holds_paragraphs_too():
    document = dump(PARAGRAPH, "تخطى البودكاست وواصل القراءة", OTHER, "الحلقات", "البودكاست نهاية", PARAGRAPH)
    assert cleared(document, "bfbfff", "946113") == "bffffb"


def test_the_last_paragraph_comes_back_from_below_a_box():
    assert cleared(dump(PARAGRAPH, "اقرأ أيضا", TEASER, OTHER, "الأكثر قراءة"), "bffff", "91131") == "bffbf"
    assert cleared(dump(PARAGRAPH, "ADVERTISEMENT", OTHER, "Tags"), "bfff", "9131") == "bfbf"


@pytest.mark.parametrize(
    ("lines", "scores"),
    [
        (["Menu", OTHER], "93"),  # no box
        (["Read more", TEASER, OTHER, "Read more", TEASER, OTHER], "913113"),  # summaries, each in its box
        (["Read also", "Most read", OTHER], "913"),
        (["Read also", TEASER, OTHER], "910"),
        (["Read also", TEASER, "Subscribe to our newsletter and get the best stories of the week on Fridays."], "914"),
        (["إعلان", "هذا الموقع لا يتحمل مسؤولية الآراء التي ترد في المقالات المنشورة فيه."], "92"),
        (["Read also", TEASER, "A summary that is cut off in the middle of its only sentence…"], "913"),
    ],
)
def test_what_else_stands_below_an_article_does_not_come_back(lines, scores):
    assert cleared(dump(PARAGRAPH, *lines), "b" + "f" * len(lines), "9" + scores) == "b" + "f" * len(lines)


@given(
    st.lists(st.sampled_from([PARAGRAPH, OTHER, TEASER, "Read also", "Advertisement", "End of list"]), min_size=1),
    st.data(),
)
def test_any_page_keeps_its_number_of_labels_and_their_scores(lines, data):
    scores = data.draw(st.lists(st.floats(0, 1), min_size=len(lines), max_size=len(lines)))
    labels = [LabelledBlock(Label.BODY if score > 0.5 else Label.FURNITURE, score) for score in scores]
    clear_boxes(dump(*lines), labels)
    assert [label.score for label in labels] == scores
    assert {label.label for label in labels} <= {Label.BODY, Label.FURNITURE}
