"""Questions on the playground: the reader predicts, then the page shows the answer."""

from __future__ import annotations

from html import escape

import pytest
from streamlit.testing.v1 import AppTest

from core import softmax
from tests.pages.conftest import open_page
from ui.i18n import catalogue
from ui.softmax.questions import QUESTIONS

NAMES = tuple(QUESTIONS)


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_there_are_at_least_six_questions() -> None:
    assert len(NAMES) >= 6


def options_of(name: str) -> list[str]:
    keys = [key.removeprefix(f"predict.softmax_{name}_") for key in catalogue("en") if f"softmax_{name}_" in key]
    return [key for key in keys if key != "why"]


def verdict(app: AppTest) -> str:
    return next((e.proto.body for e in app.get("html") if 'role="status"' in e.proto.body), "")


@pytest.mark.parametrize("name", NAMES)
def test_each_question_has_one_right_answer_with_an_explanation(name: str, language: str) -> None:
    texts = catalogue(language)
    right = []
    for option in options_of(name):
        app = open_page("softmax_playground", lang=language, softmax_prompt=name, softmax_guess=option)
        assert not app.exception
        assert escape(texts[f"predict.softmax_{name}_why"]) in verdict(app)
        right += [option] * (f"✓ {texts['predict.right']}" in verdict(app))
    assert len(right) == 1


@pytest.mark.parametrize("name", NAMES)
def test_the_link_has_the_answer(name: str) -> None:
    for option in options_of(name):
        app = open_page("softmax_playground", lang="en", softmax_prompt=name)
        assert not verdict(app)
        app.button(key=f"softmax_{name}_{option}").click().run()
        assert not app.exception
        assert verdict(app)
        assert app.query_params["softmax_guess"] == option


def test_the_right_answer_is_hidden_until_the_reader_has_answered() -> None:
    app = open_page("softmax_playground", lang="en")
    before = app.session_state["z_image"]
    assert not verdict(app)
    app.button(key="softmax_shift_grows").click().run()
    after = app.session_state["z_image"]
    assert after == pytest.approx([value + 5 for value in before])
    assert softmax(after) == pytest.approx(softmax(before))
    assert f"✗ {catalogue('en')['predict.softmax_shift_grows']}" in labels(app)
    assert f"✓ {catalogue('en')['predict.softmax_shift_stays']}" in labels(app)
    assert all(button.disabled for button in app.button if (button.key or "").startswith("softmax_shift_"))


@pytest.mark.parametrize(("z", "after"), [("6,2,1,0", [11, 7, 6, 5]), ("8,2,1,0", None)])
def test_five_is_added_to_the_readers_own_logits_within_the_limits(z: str, after: list[float] | None) -> None:
    app = open_page("softmax_playground", lang="en", scenario="news", z_news=z)
    app.button(key="softmax_shift_stays").click().run()
    assert app.session_state["scenario"] == ("news" if after else "image")
    if after:
        assert (app.session_state["z_news"], app.session_state["shift_news"]) == (after, [5])


def test_a_shift_at_its_limit_is_not_increased_further() -> None:
    app = open_page("softmax_playground", lang="en", scenario="news", z_news="1,2,3,4", shift_news="24")
    app.button(key="softmax_shift_stays").click().run()
    assert (app.session_state["scenario"], app.session_state["shift_image"]) == ("image", [5.0])


def test_opening_a_question_is_counted_and_answering_it_is_not() -> None:
    app = open_page("softmax_playground", lang="en")
    openings = [app.session_state["url_snapshot"].openings]
    app.button(key="softmax_turn_arrow_forward").click().run()
    openings.append(app.session_state["url_snapshot"].openings)
    app.button(key="softmax_hot_uniform").click().run()
    openings.append(app.session_state["url_snapshot"].openings)
    assert openings == [0, 1, 1]


def test_next_and_back_wrap_around_and_clear_the_answer() -> None:
    app = open_page("softmax_playground", lang="en", softmax_guess="grows")
    app.button(key="softmax_turn_arrow_forward").click().run()
    assert (app.session_state["softmax_prompt"], app.session_state["softmax_guess"]) == (NAMES[1], "")
    for _ in range(2):
        app.button(key="softmax_turn_arrow_back").click().run()
    assert app.session_state["softmax_prompt"] == NAMES[-1]
    app.button(key=f"softmax_{NAMES[-1]}_lost").click().run()
    app.button(key="softmax_again").click().run()
    assert app.session_state["softmax_guess"] == ""


def test_a_link_opens_a_question_with_its_answer() -> None:
    app = open_page("softmax_playground", lang="en", softmax_prompt="hot", softmax_guess="unchanged", temperature="20")
    assert f"✗ {catalogue('en')['predict.softmax_hot_unchanged']}" in labels(app)
    assert app.session_state["temperature"] == [20.0]


def test_an_unknown_answer_in_the_link_is_ignored() -> None:
    app = open_page("softmax_playground", lang="en", softmax_prompt="hot", softmax_guess="grows")
    assert catalogue("en")["predict.softmax_hot_unchanged"] in labels(app)


def logits_and_temperature(app: AppTest) -> tuple[list[float], float]:
    scenario = app.session_state["scenario"]
    return app.session_state[f"z_{scenario}"], app.session_state["temperature"][0]


def test_the_probabilities_after_each_answer_agree_with_the_right_answer() -> None:
    changes = {}
    for name, question in QUESTIONS.items():
        app = open_page("softmax_playground", lang="en", softmax_prompt=NAMES[NAMES.index(name) - 1])
        app.button(key="softmax_turn_arrow_forward").click().run()
        before = softmax(*logits_and_temperature(app))
        app.button(key=f"softmax_{name}_{question.right}").click().run()
        assert not app.exception
        changes[name] = before, softmax(*logits_and_temperature(app))
    assert changes["shift"][1] == pytest.approx(changes["shift"][0])
    assert changes["hot"][1] == pytest.approx([1 / 3] * 3, abs=0.07)
    assert (changes["order"][1].argsort() == changes["order"][0].argsort()).all()
    assert changes["negative"][1] == pytest.approx(changes["negative"][0])
    assert changes["double"][1].max() > changes["double"][0].max()
    assert changes["others"][1][1] / changes["others"][1][2] == pytest.approx(
        changes["others"][0][1] / changes["others"][0][2]
    )
    assert 0 < changes["saturated"][1][0] - changes["saturated"][0][0] < 0.005
    assert changes["ten"][0][0] == pytest.approx(0.909, abs=5e-4)
    assert changes["ten"][1][0] == pytest.approx(20.1 / 29.1, abs=5e-4)
