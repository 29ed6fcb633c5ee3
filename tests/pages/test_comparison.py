"""The parts of the comparison page: they show the numbers of core, and their links open."""

from __future__ import annotations

from urllib.parse import parse_qsl

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core import FeatureMap, fit_temperature, train
from tests.pages.conftest import markup, open_page
from ui.calibration import view
from ui.comparison import decision_guide, reliability, summary_table
from ui.components.linked_table import LinkedRow
from ui.components.reliability_diagram import Outputs, Plane
from ui.i18n import catalogue

OVERFIT = {"part": "belief", "belief": "rbf", "believers": "30"}


def open_comparison(**parameters: str) -> AppTest:
    app = open_page("softmax_vs_sigmoid", **parameters)
    assert not app.exception
    return app


def diagram_data(monkeypatch: pytest.MonkeyPatch, **parameters: str) -> dict[str, object]:
    """Open the page and return the data that the reliability diagram is sent."""
    data: dict[str, object] = {}
    monkeypatch.setattr(view, "reliability_diagram", lambda _, test, **options: data.update(options, test=test))
    open_comparison(**parameters)
    return data


def test_training_validation_and_test_samples_are_distinct() -> None:
    samples = reliability.draw_samples(120)
    assert [len(data.X) for data in samples] == [120, 1000, 3000]
    assert len(np.unique(np.concatenate([data.X for data in samples]), axis=0)) == 4120


@pytest.mark.parametrize("l2", ["0", "0.1"])
def test_the_diagram_shows_test_samples_and_t_is_fitted_on_validation_samples(
    monkeypatch: pytest.MonkeyPatch, l2: str
) -> None:
    samples = reliability.draw_samples(30)
    phi = FeatureMap.fit(samples.training.X, "rbf")
    run = train(phi(samples.training.X), samples.training.labels, learning_rate=1.0, steps=2000, l2=float(l2))
    data = diagram_data(monkeypatch, **OVERFIT, belief_l2=l2)
    test = data["test"]
    plane = data["plane"]
    assert isinstance(test, Outputs)
    assert isinstance(plane, Plane)
    np.testing.assert_allclose(test.logits, run.parameters.logits(phi(samples.test.X)), rtol=1e-9)
    np.testing.assert_array_equal(test.labels, samples.test.labels)
    validating = run.parameters.logits(phi(samples.validation.X))
    assert data["fitted"] == pytest.approx(fit_temperature(validating, samples.validation.labels), rel=1e-9)
    assert plane.points.min() > 0
    assert plane.points.max() < 1
    np.testing.assert_array_equal(plane.labels, samples.training.labels)


@pytest.mark.parametrize(("text", "T"), [("2.5", 2.5), ("0.01", 1.0), ("1,2", 1.0), ("hot", 1.0), ("nan", 1.0)])
def test_the_temperature_is_read_from_the_link(monkeypatch: pytest.MonkeyPatch, text: str, T: float) -> None:
    assert diagram_data(monkeypatch, part="belief", belief_t=text)["temperature"] == T


@pytest.mark.parametrize(
    ("parameters", "verdict"),
    [
        ({}, "honest"),
        (OVERFIT, "over"),
        ({"belief_l2": "0.1"}, "modest"),
        ({**OVERFIT, "belief_t": "9.4"}, "honest"),
    ],
)
def test_the_verdict_on_the_confidence_is_right(parameters: dict[str, str], verdict: str, language: str) -> None:
    text = markup(open_comparison(**{"part": "belief", "lang": language, **parameters}))
    texts = catalogue(language)
    start = {name: texts[f"versus.belief_{name}"].split("{")[0] for name in ("over", "modest", "mixed", "honest")}
    assert start[verdict] in text
    assert (texts["versus.belief_moved"] in text) == ("belief_t" in parameters)


def test_a_button_overfits_the_model_at_t_1() -> None:
    app = open_comparison(part="belief", belief_t="5", belief_l2="0.1")
    next(button for button in app.button if button.label == catalogue("en")["versus.overfit"]).click().run()
    assert not app.exception
    assert (app.query_params["belief"], app.query_params["believers"]) == ("rbf", "30")
    assert (app.query_params["belief_t"], app.query_params["belief_l2"]) == ("1", "0")
    assert catalogue("en")["versus.belief_over"].split("{")[0] in markup(app)


def test_confidence_that_is_partly_too_high_and_partly_too_low_is_called_mixed() -> None:
    P = np.array([[0.9, 0.1]] * 10 + [[0.6, 0.4]] * 10)
    labels = np.array([0] * 6 + [1] * 4 + [0] * 9 + [1])
    verdict = view.verdict_text(P, labels, 1.0)
    assert verdict == catalogue("en")["versus.belief_mixed"].format(confidence="0.75", right="0.75", error="0.300")


def rows_of(monkeypatch: pytest.MonkeyPatch, language: str) -> list[LinkedRow]:
    rows: list[LinkedRow] = []
    monkeypatch.setattr(summary_table, "linked_table", lambda *arguments: rows.extend(arguments[-1]))
    open_comparison(part="whole", lang=language)
    return rows


def test_each_row_of_the_table_links_to_a_view_that_opens(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    rows = rows_of(monkeypatch, language)
    assert len(rows) == len(summary_table.ROWS) == 8
    for row in rows:
        page, query = row.address.split("?")
        parameters = dict(parse_qsl(query))
        assert parameters["lang"] == language
        app = open_page(page, **parameters)
        assert not app.exception
        for key, value in parameters.items():
            assert app.query_params[key] == value


def test_the_guide_shows_no_answer_before_the_questions_are_answered(language: str) -> None:
    app = open_comparison(part="guide", lang=language)
    assert "✓" not in markup(app)
    assert not app.get("page_link")
    assert "guide_several" not in app.query_params


@pytest.mark.parametrize(
    ("answers", "tool"),
    [
        ({"guide_several": "no", "guide_more": "no"}, "logistic"),
        ({"guide_several": "no", "guide_more": "yes"}, "softmax"),
        ({"guide_several": "yes"}, "sigmoids"),
        ({"guide_several": "yes", "guide_more": "yes"}, "sigmoids"),
    ],
)
def test_two_answers_lead_to_a_tool_and_its_examples(answers: dict[str, str], tool: str, language: str) -> None:
    texts = catalogue(language)
    app = open_comparison(part="guide", lang=language, **answers)
    assert f'class="value">✓ {texts[f"guide.{tool}"]}<' in markup(app)
    assert markup(app).count("✓") == 1
    own_links = [button.label for button in app.button if (button.key or "").startswith("guide_")]
    labels = [*(link.proto.label for link in app.get("page_link")), *own_links]
    assert labels == [texts[f"guide.{name}"] for name in decision_guide.EXAMPLES[tool]]
    for page, parameters in decision_guide.EXAMPLES[tool].values():
        assert not open_page(page, lang=language, **parameters).exception


def test_answers_to_the_guide_are_in_the_link() -> None:
    app = open_comparison(part="guide", lang="en")
    app.segmented_control(key="guide_several:en").set_value("no").run()
    assert app.query_params["guide_several"] == "no"
    assert not app.get("page_link")
    app.segmented_control(key="guide_more:en").set_value("yes").run()
    assert app.query_params["guide_more"] == "yes"
    assert len(app.get("page_link")) == 4
    app.segmented_control(key="guide_several:en").set_value("yes").run()
    assert not app.exception
    assert len(app.segmented_control) == len(open_comparison(part="guide", guide_several="yes").segmented_control)


def test_on_scikit_learns_example_both_models_have_scikit_learns_accuracies(language: str) -> None:
    app = open_comparison(part="exclusive", versus_data="scikit", lang=language)
    assert app.selectbox(key=f"versus_data:{language}").value == "scikit"
    timeline = app.session_state["versus_training_run"]
    assert timeline.step == 4000
    assert [tracked.model.accuracy(tracked.params_at(4000)) for tracked in timeline.tracked_runs] == [0.995, 0.976]
    assert catalogue(language)["hint.fixed"] in [caption.value for caption in app.caption]


def test_a_notice_names_both_classes_if_the_largest_outputs_disagree(language: str) -> None:
    at = {"part": "exclusive", "versus_data": "scikit", "versus_step": "4000", "probe_y": "41", "lang": language}
    texts = catalogue(language)
    largest = {"sigmoid": texts["class.numbered"].format(number=3), "softmax": texts["class.numbered"].format(number=2)}
    sentence = texts["versus.differ_notice"].format(**largest)
    assert sentence in markup(open_comparison(**at, probe_x="50"))
    assert sentence not in markup(open_comparison(**at, probe_x="20"))
