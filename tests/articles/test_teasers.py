import pytest

from corpus_loader.articles.teasers import is_digest, is_told, length
from tests.articles.pages import TEASERS


@pytest.mark.parametrize("below", [[], ["30 September 2020"], ["Read more"], ["Sport", "By A. Writer", "2 hours ago"]])
def test_headlines_with_a_sentence_or_two_below_each_are_a_digest(below):
    assert is_digest([line for teaser in TEASERS for line in (*teaser, *below)]) == 5


def test_few_teasers_are_none():
    assert is_digest([line for teaser in TEASERS[:2] for line in teaser]) == 0
    assert is_digest([]) == 0


def test_subheadings_with_paragraphs_below_each_are_an_article():
    paragraphs = [prose for _, prose in TEASERS]
    assert is_digest([line for head, _ in TEASERS for line in (head, *paragraphs)]) == 0
    assert is_digest([line for teaser in TEASERS for line in teaser] + paragraphs * 3) == 0


def test_hard_wrapped_lines_are_no_teasers():
    assert (
        is_digest(["The council decided on Monday after three", "hours that the old bridge will be repaired."] * 6) == 0
    )


def test_letters_of_scripts_without_spaces_count_for_more():
    assert length("bridge") == 6
    assert length("橋を修理") == 10
    headlines = ["市が古い橋を修理へ", "駅前に図書館が開館", "大雨で道路が通行止め", "高校野球が開幕した夏"]
    assert is_digest([line for head in headlines for line in (head, "市は来年度の予算に費用を盛り込む方針だ。")]) == 4


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        ("Council repairs the old stone bridge", "the bridge was closed when the council met.", True),
        ("Council repairs the old stone bridge", "the bridge was closed.", False),
        ("Latest news", "the latest on rail fares.", False),
        ("Latest news", "the latest news on rail fares.", True),
        ("News", "the news of the day.", False),
        ("市が来年度に古い石橋を修理へ", "石橋は来年度に架け替える。", True),
        ("市が来年度に古い石橋を修理へ", "高校野球が市の球場で開幕した。", False),
        ("", "text", False),
    ],
)
def test_a_text_tells_its_headline_in_more_words_than_a_sections_name(title, text, told):
    assert is_told(title, text) is told


def test_three_teasers_are_a_digest_where_nothing_else_is_there():
    lines = [line for teaser in TEASERS[:3] for line in teaser]
    assert is_digest(lines) == 3
    assert is_digest([*lines, "And so on.", *[prose for _, prose in TEASERS]]) == 0


def test_a_headline_in_an_indic_script_is_compared_by_whole_words():
    title = "सरकार ने किसानों के लिए नई योजना का ऐलान किया"
    assert is_told(title, "किसानों को इस योजना से लाभ होगा")
    assert not is_told(title, "बारिश से फसल को नुकसान हुआ")
