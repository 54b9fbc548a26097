import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_loader.articles.slices import find_body
from corpus_loader.articles.structure import refine
from corpus_loader.records import Evidence, Finding, Label, LabelledBlock
from tests.articles.pages import CODES, OTHER, PARAGRAPH, codes, dump, labelled, page

NO_TITLE = Finding(None, reason="no-title", detail="none")


def title_at(document, index):
    block = document.blocks[index]
    quote = document.texts[index]
    return Finding(quote, (Evidence("title", "headline-line", block.start, block.end, quote),))


def refined(document, letters, title=NO_TITLE):
    return codes(refine(document, labelled(letters), title))


def test_the_headline_is_no_body_even_where_the_labeller_took_it_for_a_paragraph():
    document = dump("Menu", "A headline of the page", PARAGRAPH, OTHER)
    assert refined(document, "fbbb", title_at(document, 1)) == "ftbb"


def test_a_second_printing_of_the_headline_is_a_title_too():
    document = dump("A headline of the page", "Menu", "A headline of the page", PARAGRAPH)
    assert refined(document, "ffbb", title_at(document, 2)) == "tftb"


def test_a_line_of_names_right_above_the_first_paragraph_leaves_the_body():
    for kind in (dump, lambda *lines: page("".join(f"<p>{line}</p>" for line in lines))):
        document = kind("جسر المدينة القديم يغلق", "سارة منصور - القاهرة", PARAGRAPH, OTHER)
        assert refined(document, "fbbb", title_at(document, 0)) == "tybb"


def test_a_line_printed_twice_in_a_row_is_a_caption():
    document = dump("A headline", "A boat on the river", "A boat on the river", PARAGRAPH, OTHER)
    assert refined(document, "tfbbb") == "tkkbb"


def test_a_caption_twice_among_the_paragraphs_leaves_the_body():
    document = dump(PARAGRAPH, "A boat on the river", "A boat on the river", PARAGRAPH)
    assert refined(document, "bbbb") == "bkkb"


def test_short_refrains_stay():
    document = dump(PARAGRAPH, "Row, row", "Row, row", PARAGRAPH)
    assert "k" not in refined(document, "bbbb")


def test_a_refrain_among_short_lines_stays():
    document = dump(PARAGRAPH, "We shall not be moved", "We shall not be moved", "Like a tree by the water", PARAGRAPH)
    assert refined(document, "bbbbb") == "bbbbb"


@pytest.mark.parametrize(
    "line",
    ["12 Kasım 2021", "Published: 12 November 2021 10:35", "۱۲ آبان ۱۴۰۰ - ۱۰:۳۵", "نُشر في 12 تشرين الثاني 2021"],
)
def test_a_stamp_is_no_paragraph(line):
    assert refined(dump(line, PARAGRAPH, OTHER), "bbb") == "fbb"


@pytest.mark.parametrize("line", ["Talks begin in Vienna on 12 November 2021", "Three goals in 2014", "1914"])
def test_a_line_that_says_more_than_a_day_stays(line):
    assert refined(dump(line, PARAGRAPH, OTHER), "bbb") != "fbb"


@pytest.mark.parametrize(("line", "label"), [("انتهای پیام/۱۲۳", "f"), ("-30-", "f"), ("انتهى الاجتماع أمس", "b")])
def test_the_mark_of_a_text_s_end_is_no_text(line, label):
    assert refined(dump(PARAGRAPH, OTHER, line), "bbb")[-1] == label


def test_captions_are_told_by_their_element():
    document = page(f"<p>{PARAGRAPH}</p><figure><figcaption>A boat. It waits.</figcaption></figure><p>{OTHER}</p>")
    assert refined(document, "bbb") == "bkb"


def test_a_picture_credit_is_a_caption():
    document = dump(PARAGRAPH, "Photo: Lena Brandt / Getty Images", PARAGRAPH)
    assert refined(document, "bbb") == "bkb"


def test_bylines_and_credits_leave_the_body():
    document = dump("By Ada Okafor", PARAGRAPH, OTHER, "Source: Reuters")
    assert refined(document, "bbbb") == "ybbc"


def test_advertisement_lines_leave_the_body_in_any_script():
    assert refined(dump(PARAGRAPH, "Anzeige", PARAGRAPH), "bbb") == "bfb"
    arabic = "أعلنت البلدية يوم الاثنين أن الجسر القديم سيرمم في الصيف المقبل، وأن السيارات ستمر من الطريق الجنوبي."
    assert refined(dump(arabic, "ADVERTISING", arabic), "bbb") == "bfb"
    assert refined(dump(arabic, "SHOP NOW", arabic), "bbb") == "bfb"


def test_capitals_of_the_bodys_own_script_stay():
    assert refined(dump(PARAGRAPH, "WHAT HAPPENS NEXT", PARAGRAPH), "bbb") == "bhb"


def test_a_short_line_between_paragraphs_is_a_subheading_and_stays_body():
    document = dump(PARAGRAPH, "What happens next", PARAGRAPH)
    labels = refine(document, labelled("bbb"), NO_TITLE)
    assert codes(labels) == "bhb"
    assert find_body(document, labels).value == f"{PARAGRAPH}\n\nWhat happens next\n\n{PARAGRAPH}"


def test_a_subheading_that_the_labeller_all_but_saw_comes_back():
    document = dump(PARAGRAPH * 2, "What happens next", OTHER * 2)
    before, line, after = labelled("bfb")
    assert codes(refine(document, (before, line._replace(score=0.45), after), NO_TITLE)) == "bhb"
    assert codes(refine(document, (before, line, after), NO_TITLE)) == "bfb"


def test_a_standfirst_is_told_by_the_pages_description():
    head = f'<meta name="description" content="{PARAGRAPH}">'
    document = page(f"<p>{PARAGRAPH}</p><p>Then the work began.</p>", head=head)
    assert refined(document, "bb") == "sb"


@given(
    st.lists(st.sampled_from([PARAGRAPH, "A boat", "Photo: me", "By Ada Okafor", "Anzeige", "م", "Next"]), min_size=1)
)
def test_no_rule_takes_more_into_the_body_than_the_labeller_did(lines):
    document = dump(*lines)
    before = labelled("b" if i % 2 else "f" for i in range(len(lines)))
    after = refine(document, before, NO_TITLE)
    assert len(after) == len(before)
    body = {CODES[code] for code in "sbh"}
    assert all(old.label in body for old, new in zip(before, after, strict=True) if new.label in body)
    assert [old.score for old in before] == [new.score for new in after]


def test_a_body_without_blocks_says_so():
    found = find_body(dump("Menu"), labelled("f"))
    assert found.value is None
    assert found.reason == "no-body"


DECK = "Divers, bakers and two schools carried the sand bags to the river before the rain came back"


def test_a_line_right_below_the_headline_is_a_standfirst_where_more_stands_above_the_body():
    document = dump("A headline of the page", DECK, "By Ada Okafor", "12 May 2021", PARAGRAPH, OTHER)
    labels = list(labelled("tfffbb"))
    labels[1] = LabelledBlock(Label.FURNITURE, 0.3)
    assert codes(refine(document, labels, title_at(document, 0)))[1] == "s"


@pytest.mark.parametrize(
    "between",
    [
        pytest.param(["By Ada Okafor"], id="a byline"),
        pytest.param(["12 May 2021", "Share"], id="a day and a button"),
        pytest.param(["Sport: A headline of the page"], id="the headline again"),
    ],
)
def test_the_standfirst_can_be_below_short_lines_where_the_labeller_half_sees_it(between):
    document = dump("A headline of the page", *between, f"{DECK}.", "Image", "Save", PARAGRAPH, OTHER)
    labels = list(labelled("t" + "f" * (len(between) + 3) + "bb"))
    index = len(between) + 1
    assert codes(refine(document, labels, title_at(document, 0)))[index] == "f"
    labels[index] = LabelledBlock(Label.FURNITURE, 0.2)
    assert codes(refine(document, labels, title_at(document, 0)))[index] == "s"


@pytest.mark.parametrize(
    ("line", "score"), [(DECK, 0.01), ("大臣は月曜日、橋の修理を三年かけて行うと発表した。市民は歓迎している", 0.1)]
)
def test_in_a_dump_the_line_right_below_the_headline_needs_hardly_a_score(line, score):
    document = dump("A headline of the page", line, *["Share"] * 20, PARAGRAPH, OTHER)
    labels = list(labelled("t" + 21 * "f" + "bb"))
    labels[1] = LabelledBlock(Label.FURNITURE, score)
    found = refine(document, labels, title_at(document, 0))[1]
    assert (found.label, found.why) == (Label.STANDFIRST, ("below-headline",))


def test_in_html_the_labeller_knows_such_a_line():
    lines = ["A headline of the page", DECK, "By Ada Okafor", "12 May 2021", PARAGRAPH, OTHER]
    document = page("".join(f"<p>{line}</p>" for line in lines))
    assert refined(document, "tfffbb", title_at(document, 0))[1] == "f"


@pytest.mark.parametrize(
    "line",
    [
        "A boat on the river",
        f"{DECK} | Sport",
        f"{DECK} on 12 May 2021",
        f"{DECK}. Photo: Ada Okafor",
        f"{DECK} (Ada Okafor)",
        f"{DECK}...",
        f"{DECK}:",
        "Ada Okafor, Chief Reporter at Large, 24 May, 10:15 PM",
        "Ministers Carried Sand Bags And Bread To Both Schools Before Winter",
        "We may earn a commission when you buy through links on our pages, as we do for all guides",
        "City news about the page: a headline of the page",
        "Your browser does not support the audio element that is used by this player",
        "متصفحك لا يدعم مشغل الصوت المستخدم في هذه الصفحة من الموقع",
        "Posted on Tuesday at six in the morning by our newsroom team in the harbour",
        "A convoy of trucks waits at the border for the bridge to open. Reuters",
    ],
)
def test_other_lines_below_the_headline_are_none(line):
    document = dump("A headline of the page", line, "By Ada Okafor", "12 May 2021", PARAGRAPH, OTHER)
    labels = list(labelled("tfffbb"))
    labels[1] = LabelledBlock(Label.FURNITURE, 0.3)
    assert codes(refine(document, labels, title_at(document, 0)))[1] != "s"


def test_a_line_that_is_printed_again_is_no_standfirst():
    document = dump("A headline of the page", DECK, "By Ada Okafor", DECK, PARAGRAPH, OTHER)
    assert "s" not in refined(document, "tfffbb", title_at(document, 0))


def test_a_line_below_the_headline_and_right_above_the_body_can_be_a_caption():
    document = dump("A headline of the page", DECK, PARAGRAPH, OTHER)
    labels = list(labelled("tfbb"))
    labels[1] = LabelledBlock(Label.FURNITURE, 0.3)
    assert codes(refine(document, labels, title_at(document, 0))) == "tfbb"


SUMMARY = "The council will close the crossing for two winters while masons replace its arches"


def stated(description, *lines):
    """A page that describes itself so, with these lines as paragraphs."""
    head = f'<meta name="description" content="{description}">'
    return page("".join(f"<p>{line}</p>" for line in lines), head=head)


@pytest.mark.parametrize("description", [SUMMARY, f"{SUMMARY}.", f"City news: {SUMMARY}", f"{SUMMARY}. More below."])
def test_the_line_that_a_page_states_as_its_description_is_a_standfirst_however_far_above_the_body(description):
    document = stated(description, "A headline", SUMMARY, *["Share"] * 12, PARAGRAPH, OTHER)
    assert refined(document, "tf" + 12 * "f" + "bb", title_at(document, 0)) == "ts" + 12 * "f" + "bb"


@pytest.mark.parametrize(
    ("description", "lines", "letters"),
    [
        pytest.param("Another summary of what the council says about the old bridge", [SUMMARY], "f", id="other words"),
        pytest.param(SUMMARY, [f"<a href='/'>{SUMMARY}</a>"], "f", id="a link"),
        pytest.param("A bridge closes", ["A bridge closes"], "f", id="too short"),
    ],
)
def test_no_other_line_above_the_body_is_a_standfirst(description, lines, letters):
    document = stated(description, "A headline", *lines, "Share", PARAGRAPH, OTHER)
    assert refined(document, f"t{letters}fbb", title_at(document, 0)) == "t" + len(lines) * "f" + "fbb"


def test_a_description_that_is_the_first_paragraph_brings_nothing_back():
    document = stated(PARAGRAPH, "A headline", PARAGRAPH, "Share", PARAGRAPH, OTHER)
    assert refined(document, "tffbb", title_at(document, 0)) == "tffsb"


@pytest.mark.parametrize(
    "note",
    [
        "Jane Doe may be reached at jane@example.com. Follow her on Mastodon.",
        "This story contains affiliate links: we may earn a commission.",
        "Hat Ihnen dieser Artikel gefallen? Unterstützen Sie uns mit einer Spende.",
        "ارتباط با نویسنده: name@example.com",
    ],
)
def test_notes_of_the_site_below_the_last_paragraph_leave_the_body(note):
    document = dump("A headline", PARAGRAPH, OTHER, PARAGRAPH, note, note + "!")
    assert refined(document, "tbbbbb", title_at(document, 0)) == "tbbbff"


@pytest.mark.parametrize(
    "paragraph",
    [
        "A verdict may be reached at the end of the week, the court said on Monday.",
        "Investigators began to follow him on foot through the old town, the report says.",
        "People believe that the words ‘all rights reserved’ still protect them, Pine said.",
        "„Unterstützen Sie uns“, rief die Ministerin den Bäckern am Fluss zu.",
    ],
)
def test_a_last_paragraph_that_is_no_note_stays(paragraph):
    document = dump("A headline", PARAGRAPH, OTHER, PARAGRAPH, paragraph)
    assert refined(document, "tbbbb", title_at(document, 0)) == "tbbbb"


def test_a_paragraph_of_the_article_stays_whatever_it_says():
    said = "The mayor can be reached at his office, said a clerk who answered the telephone on Monday."
    between = dump("A headline", PARAGRAPH, OTHER, PARAGRAPH, said, OTHER)
    long = dump("A headline", PARAGRAPH, OTHER, PARAGRAPH, " ".join([said, *[OTHER] * 6]))
    assert refined(between, "tbbbbb", title_at(between, 0)) == "tbbbbb"
    assert refined(long, "tbbbb", title_at(long, 0)) == "tbbbb"


ABOUT_ADA = "Ada Okafor is a reporter at the desk for cities. She has written about bridges for twenty years."


@pytest.mark.parametrize(
    ("lines", "before", "after"),
    [
        pytest.param(
            ["By Ada Okafor", *[PARAGRAPH, OTHER] * 2, ABOUT_ADA, OTHER], "fbbbbbb", "ybbbbff", id="the byline's name"
        ),
        pytest.param([*[PARAGRAPH, OTHER] * 2, "About the author", OTHER], "bbbbbb", "bbbbff", id="a heading"),
        pytest.param(
            ["By Ada Okafor", *[PARAGRAPH, OTHER] * 2, "About Ada Okafor", OTHER], "fbbbbbb", "ybbbbff", id="about her"
        ),
    ],
)
def test_a_note_about_the_author_leaves_the_body(lines, before, after):
    document = dump("A headline of the page", *lines)
    assert refined(document, f"t{before}", title_at(document, 0)) == f"t{after}"


@pytest.mark.parametrize(
    ("lines", "letters"),
    [
        pytest.param(
            [PARAGRAPH, OTHER, PARAGRAPH, f"{OTHER} So said Ada Okafor.", "Ada Okafor", ABOUT_ADA],
            "bbbbhb",
            id="told of",
        ),
        pytest.param([PARAGRAPH, OTHER, PARAGRAPH, "About the bridge", OTHER], "bbbhb", id="about something else"),
        pytest.param(["Ada Okafor on the bridge", PARAGRAPH, OTHER, PARAGRAPH, OTHER], "fbbbb", id="another name"),
        pytest.param(["Ada Okafor", *[PARAGRAPH, OTHER] * 2, ABOUT_ADA], "fbbbbb", id="a topic"),
        pytest.param([PARAGRAPH, OTHER, PARAGRAPH, "Ada Okafor", ABOUT_ADA], "bbbhb", id="a section about her"),
    ],
)
def test_what_the_article_tells_of_people_stays(lines, letters):
    document = dump("A headline of the page", *lines)
    assert refined(document, f"t{letters}".replace("h", "b"), title_at(document, 0)) == f"t{letters}"


@pytest.mark.parametrize(
    "heading",
    [
        "34 responses to “A headline of the page”",
        "3 Kommentare",
        "Comments (12)",
        "١٢ تعليقا",
    ],
)
def test_comments_leave_the_body_of_a_dump(heading):
    document = dump("A headline of the page", PARAGRAPH, OTHER, PARAGRAPH, heading, "Ada", OTHER, PARAGRAPH)
    assert refined(document, "tbbbffbb", title_at(document, 0)) == "tbbbffff"


@pytest.mark.parametrize(
    "line",
    [
        "Comments?",
        "12 comments on the draft were read by the council.",
        "Comments on the bridge come late",
        "Leave a Reply",
        "Comments",
        "5 replies to “Another page”",
    ],
)
def test_other_words_about_comments_end_no_article(line):
    document = dump("A headline of the page", PARAGRAPH, OTHER, PARAGRAPH, line, OTHER, PARAGRAPH)
    assert refined(document, "tbbbfbb", title_at(document, 0)) == "tbbbfbb"


def test_figures_that_an_article_tells_of_comments_end_it_nowhere():
    lines = [
        PARAGRAPH,
        OTHER,
        PARAGRAPH,
        "1,204 comments",
        "asked for less",
        OTHER,
        "311 comments",
        "asked for more",
        OTHER,
    ]
    document = dump("A headline of the page", *lines)
    assert refined(document, "tbbbffbffb", title_at(document, 0)) == "tbbbffbffb"


def html(*parts):
    """A page of two lines, headline and paragraph, and of these parts."""
    return page(f"<h1>A headline</h1><p>{PARAGRAPH}</p>{''.join(parts)}")


@pytest.mark.parametrize(
    "opening",
    [
        '<div id="comments">',
        '<ol class="commentlist"><li>',
        '<section class="wide Comments-Area">',
        "<div id=disqus_thread>",
    ],
)
def test_what_stands_in_an_element_of_comments_is_no_body(opening):
    document = html(opening, f"<div><p>{OTHER}</p><p>{PARAGRAPH} I think.</p></div>")
    assert refined(document, "bbbb", title_at(document, 0)) == "tbff"


@pytest.mark.parametrize(
    "opening", ['<div class="has-comments">', '<div class="comments-open">', "<div data-id='comments'>"]
)
def test_other_elements_that_speak_of_comments_hold_none(opening):
    document = html(opening, f"<p>{OTHER}</p>")
    assert refined(document, "bbb", title_at(document, 0)) == "tbb"


@pytest.mark.parametrize(
    "source",
    [
        f"<body class=comments><h1>A headline</h1><p>{PARAGRAPH}</p><p>{OTHER}</p>",
        f"<div class=comments><h1>A headline</h1><p>{PARAGRAPH}</p><p>{OTHER}</p></div>",
        f"<h1>A headline</h1><div class=comments><p>{PARAGRAPH}</p><p>{OTHER}</p></div>",  # a forum
    ],
)
def test_no_element_around_the_start_of_the_article_holds_comments(source):
    document = page(source)
    assert refined(document, "bbb", title_at(document, 0)) == "tbb"


def test_of_the_posts_of_a_forum_the_first_is_the_article():
    document = page(f"<h1>A headline</h1><ul><li class=comment-body>{PARAGRAPH}<li class=comment-body>{OTHER}</ul>")
    assert refined(document, "bbb", title_at(document, 0)) == "tbf"


@pytest.mark.parametrize(
    "parts",
    [
        f"<div class=comment-body><p>{OTHER}</p><p>{PARAGRAPH} {OTHER}</p><p>{OTHER}</p></div>",  # an opinion
        f"<div class=comment-text><p>{OTHER}</p></div><p>{PARAGRAPH} {OTHER}</p><p>{OTHER}</p>",  # an expert's
        f"<a id=comments /><p>{OTHER}</p><p>{PARAGRAPH} {OTHER}</p><p>{OTHER}</p>",
        f"<span class=comments><p>{OTHER}</p><p>{PARAGRAPH} {OTHER}</p><p>{OTHER}</p>",
    ],
)
def test_what_an_article_goes_on_with_is_no_comment(parts):
    assert refined(html(parts), "bbbbb", title_at(html(parts), 0)) == "tbbbb"


def test_comments_stand_above_other_text_too():
    document = html(f"<div id=comments><p>{OTHER}</p></div><p>{PARAGRAPH} {OTHER}</p><p>{OTHER} {OTHER}</p>")
    assert refined(document, "bbbbb", title_at(document, 0)) == "tbfbb"


def test_a_button_that_leads_to_the_comments_ends_no_article():
    document = dump("A headline of the page", PARAGRAPH, OTHER, PARAGRAPH, "Comments", OTHER, "Comments")
    assert refined(document, "tbbbfbf", title_at(document, 0)) == "tbbbfbf"


@pytest.mark.parametrize(
    "notice",
    [
        "Please enable JavaScript to see this video.",
        "Hier finden Sie externen Inhalt. Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden.",
        "هل تسمح بعرض المحتوى من موقع آخر؟",
    ],
)
def test_a_notice_in_place_of_a_video_leaves_the_body(notice):
    document = dump("A headline of the page", PARAGRAPH, notice, OTHER, PARAGRAPH)
    assert refined(document, "tbbbb", title_at(document, 0)) == "tbfbb"


@pytest.mark.parametrize(
    "said",
    [
        "Our editors choose what we show here. If you buy a thing by a link, we may earn a small commission.",
        "This guide contains affiliate links.",
        "Kaufen Sie etwas über einen dieser Links, erhalten wir eine Provision.",
        "Certains liens de cet article sont affiliés : nous sommes susceptibles de toucher une commission.",
        "Si compras a través de nuestros enlaces, podemos recibir una comisión.",
    ],
)
def test_what_a_site_earns_by_links_leaves_the_body(said):
    document = dump("A headline of the page", said, PARAGRAPH, OTHER, PARAGRAPH)
    assert refined(document, "tbbbb", title_at(document, 0)) == "tfbbb"


@pytest.mark.parametrize(
    "told",
    [
        "Most of what a channel earns comes from affiliate links and from a commission on each bicycle that it sells.",
        "The mayor said that the town would receive compensation, and that a commission would look at the bridge.",
        "Influencers earn an affiliate commission on all that their followers buy, and hardly any of them says so.",
        "Under the new rules, a post that contains affiliate links must say so at its top, the agency said on Tuesday.",
        "Some write “this post contains affiliate links” below a picture of their breakfast, and nothing else at all.",
        "“We earn a commission on each ticket that visitors buy,” said the owner of the kiosk beside the old bridge.",
        "„Wenn er über den Link kauft, erhalten wir eine Provision“, sagte die Betreiberin des Ladens vor dem Gericht.",
        "El exministro está acusado de recibir una comisión de 200.000 euros por la adjudicación del puente.",
        "L'ancien maire voulait toucher une commission de dix pour cent sur le marché du pont, dit le parquet.",
        "Secondo la procura il sindaco avrebbe accettato di ricevere una commissione del dieci per cento sui lavori.",
        "O deputado é suspeito de ter aceitado receber uma comissão de 5% sobre o contrato da ponte, diz o procurador.",
    ],
)
def test_an_article_can_tell_of_commissions(told):
    document = dump("A headline of the page", PARAGRAPH, told, OTHER, PARAGRAPH)
    assert refined(document, "tbbbb", title_at(document, 0)) == "tbbbb"
