"""The language of texts: the tags, the headlines of eight languages, and what must stay unnamed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_loader.articles.alphabets import fold, tables
from corpus_loader.articles.language import find_language

HERE = Path(__file__).parent
CASES = json.loads((HERE / "language_cases.json").read_text(encoding="utf-8"))
TITLES = json.loads((HERE / "language_titles.json").read_text(encoding="utf-8"))
#: Share of headlines that must come out right; azb and sd are told from fa and ar by few letters.
FLOORS = {"ar": 0.98, "fa": 0.98, "ur": 0.96, "ckb": 0.97, "ps": 0.98, "ug": 0.98, "sd": 0.95, "azb": 0.8}


@pytest.mark.parametrize("case", CASES["tags"], ids=lambda case: case["label"])
def test_the_tag_says_language_and_script(case: dict[str, str]) -> None:
    finding = find_language(case["text"])
    assert finding.value == case["expect"]
    assert finding.reason is None


@pytest.mark.parametrize("case", CASES["silent"], ids=lambda case: case["label"])
def test_what_is_too_little_or_mixed_stays_unnamed(case: dict[str, str]) -> None:
    finding = find_language(case["text"])
    assert finding.value is None
    assert finding.reason == "no-language"
    assert finding.detail


@pytest.mark.parametrize("language", FLOORS)
def test_headlines_alone(language: str) -> None:
    titles = TITLES["seen"].get(language, []) + TITLES["unseen"].get(language, [])
    right = sum(find_language(title).value == language for title in titles)
    assert right / len(titles) >= FLOORS[language]


@pytest.mark.parametrize("language", FLOORS)
def test_bodies_are_always_right(language: str) -> None:
    titles = TITLES["seen"].get(language, []) + TITLES["unseen"].get(language, [])
    for start in range(len(titles)):
        body = ". ".join((titles + titles)[start : start + 6])
        assert find_language(body).value == language, body


def test_deleting_zwnj_changes_no_answer() -> None:
    for title in TITLES["seen"]["fa"]:
        assert find_language(title.replace("\u200c", "")).value == "fa"


def test_a_body_that_is_asked_about_twice_is_answered_alike() -> None:
    body = " ".join(TITLES["seen"]["ckb"])
    alone = find_language(body)
    assert find_language(body, hints=("ckb",)).value == alone.value == "ckb"
    assert find_language(body) == alone


def test_ends_in_two_languages_leave_the_answer_to_the_whole() -> None:
    arabic, persian = " ".join(TITLES["seen"]["ar"]), " ".join(TITLES["seen"]["fa"])
    assert find_language(persian[:200] + arabic).value == "ar"
    assert find_language(arabic[:200] + persian).value == "fa"


def test_a_mixed_body_is_in_the_language_of_most_of_it() -> None:
    arabic, persian = " ".join(TITLES["seen"]["ar"]), " ".join(TITLES["seen"]["fa"])
    assert find_language(arabic + persian[:250]).value == "ar"
    assert find_language(persian + arabic[:250]).value == "fa"
    half = find_language(arabic[:900] + " " + persian[:900])
    assert half.value is None
    assert {candidate.value for candidate in half.candidates} >= {"ar", "fa"}


SIBLINGS = {
    "hr": (
        "Predsjednik Vlade izjavio je u utorak da će se novi zakon donijeti do kraja godine, ali da to neće biti "
        "lako jer mnogi zastupnici još uvijek nisu odlučili kako će glasovati o njemu i što će reći svojim biračima. "
    ),
    "af": (
        "Die regering het gister gesê dat die nuwe wet nie voor die einde van die jaar aanvaar sal word nie, omdat "
        "baie lede van die parlement nog nie besluit het hoe hulle daaroor gaan stem nie en wat hulle aan die "
        "kiesers sal sê. "
    ),
    "ca": (
        "El govern català va dir ahir que la nova llei no s'aprovarà abans de final d'any, perquè molts diputats "
        "encara no han decidit com votaran ni què diran als seus electors durant la campanya que comença al gener. "
    ),
    "nn": (
        "Regjeringa sa i går at den nye lova ikkje vil bli vedteken før utgangen av året, fordi mange representantar "
        "framleis ikkje har bestemt seg for korleis dei skal røyste og kva dei skal seie til veljarane sine. "
    ),
    "be": (
        "Урад учора заявіў, што новы закон не будзе прыняты да канца года, бо многія дэпутаты яшчэ не вырашылі, "
        "як яны будуць галасаваць і што яны скажуць сваім выбаршчыкам падчас кампаніі, якая пачнецца ў студзені. "
    ),
}


@pytest.mark.parametrize("language", SIBLINGS)
def test_a_long_text_is_not_taken_for_a_sibling_with_the_same_frequent_words(language: str) -> None:
    assert find_language(SIBLINGS[language] * 4).value == language


def test_a_long_text_in_two_languages_is_in_neither() -> None:
    english = "The government said yesterday that the new law will not be passed before the end of the year, he said. "
    assert find_language(SIBLINGS["nn"] * 4 + english * 6).value is None


def test_a_hint_breaks_a_near_tie_and_no_more() -> None:
    # Words that Central Kurdish and Persian share.
    assert find_language("شنگال دوای داعش").value is None
    assert find_language("شنگال دوای داعش", hints=["ckb-IQ"]).value == "ckb"
    assert find_language("حکومت نے اعلان کیا ہے کہ اسکول پیر سے کھل جائیں گے", hints=["fa"]).value == "ur"


def test_candidates_come_likeliest_first() -> None:
    seen = [candidate.evidence.confidence or 0.0 for candidate in find_language("شنگال دوای داعش").candidates]
    assert seen == sorted(seen, reverse=True)
    assert seen


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_text_gets_the_same_answer_twice_and_never_an_error(text: str) -> None:
    first = find_language(text)
    assert first == find_language(text)
    assert (first.value is None) == (first.reason == "no-language")
    for evidence in first.evidence:
        assert 0 <= (evidence.confidence or 0) <= 1


@given(st.text(alphabet="علىيكأإآةهـ\u200c\u064b\u0651", max_size=20))
def test_folding_a_word_twice_is_folding_it_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_every_language_of_the_tables_has_one_usual_script_and_known_classes() -> None:
    from py3langid import langid

    facts = tables()
    model = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    modelled = {name for names in facts.written.values() if len(names) > 1 for name in names} - set(facts.alphabets)
    assert modelled <= set(model.labels)
    assert set(facts.arabic_classes) <= set(model.labels)
    assert set(facts.weights) <= modelled
    assert not facts.han["Hans"] & facts.han["Hant"]
    for name, item in facts.alphabets.items():
        assert not item.letters & item.tolerated, name
