"""The views of the loss page: they show the numbers of core, and the link restores them."""

from __future__ import annotations

import re

import numpy as np
import pytest
import scipy.special
import scipy.stats
from streamlit.testing.v1 import AppTest

from core import hinge, softmax, softmax_cross_entropy, softmax_linear_loss, softmax_squared_error, zero_one
from tests.fuzz.messages import COMPONENTS, send
from tests.fuzz.page_content import component_data
from tests.pages.conftest import markup, open_page, text_of, unmarked
from ui.components.loss_surface import SurfaceState
from ui.i18n import catalogue
from ui.i18n.number_format import format_decimal, format_probability
from ui.loss import likelihood_view, prediction_views, surface_view
from ui.loss.derivation_view import OTHER_LOGITS, OTHER_TARGETS
from ui.loss.loss_comparison import LOSSES
from ui.loss.questions import QUESTIONS
from ui.loss.surface_view import logits_after_steps

Z = (0.4, 1.5, -2.0, 0.9)
LINK = {"loss_z": ",".join(map(str, Z)), "target": "2"}
RIGHT_ANSWERS = {
    "halve": "log_two", "others": "stays", "sure": "cross_entropy", "steps": "first", "zero": "never",
    "product": "zero", "soft": "entropy", "check": "larger",
}  # fmt: skip


def data_of(app: AppTest, component: str, index: int = 0) -> dict[str, object]:
    """Return the data that the component, or the one at `index` of several, was sent."""
    return component_data([e.proto for e in app.get("bidi_component") if e.proto.component_name == component][index])


@pytest.mark.parametrize("view", prediction_views.VIEWS)
def test_every_view_opens_in_both_languages(view: str, language: str) -> None:
    app = open_page("loss_explorer", lang=language, loss_view=view)
    assert not app.exception
    texts = catalogue(language)
    assert texts[f"loss.{view}"] in [heading.value for heading in app.header]
    assert unmarked(texts[f"loss.{view}_try"], language) in text_of(app)
    assert app.query_params["loss_view"] == view or view == "price"


def test_the_curve_shows_minus_log_p_and_the_slope_minus_one_over_p() -> None:
    data = data_of(open_page("loss_explorer", **LINK), "curves")
    p, true_class_probability = data["x"], softmax(Z)[2]
    np.testing.assert_allclose(data["y0_0"], -np.log(p), atol=1e-15)
    np.testing.assert_allclose(data["slope0_0"], -1 / p)
    assert p[data["at"]] == true_class_probability
    assert {mark[2] for mark in data["panels"][0]["marks"]} == {"−log 0.7 = 0.357", "−log 0.2 = 1.609"}


def test_dragging_the_point_changes_only_the_logit_of_the_true_class() -> None:
    prediction = prediction_views.Prediction(np.array(Z), 2, "abcd")
    for p in (0.001, 0.3, 0.99):
        z = prediction.with_true_logit(prediction.true_logits(np.array([p])))[0]
        assert softmax(z)[2] == pytest.approx(p)
        np.testing.assert_array_equal(np.delete(z, 2), np.delete(Z, 2))


@pytest.mark.parametrize("axis", ["probability", "margin"])
def test_the_curves_of_all_losses_equal_core(axis: str) -> None:
    app = open_page("loss_explorer", loss_view="against", against=axis, losses=",".join(LOSSES), **LINK)
    data = data_of(app, "curves")
    x, rival = data["x"], max(np.delete(Z, 2))
    losses = (softmax_cross_entropy, softmax_squared_error, hinge, zero_one, softmax_linear_loss)
    for index in (0, 57, len(x) - 1, data["at"]):
        others = scipy.special.logsumexp(np.delete(Z, 2))
        logit = rival + x[index] if axis == "margin" else others + scipy.special.logit(x[index])
        z = np.array([Z[0], Z[1], logit, Z[3]])
        for j, loss in enumerate(losses):
            value, slope = loss(z, 2)
            assert data[f"y0_{j}"][index] == pytest.approx(value, abs=1e-12)
            assert data[f"y1_{j}"][index] == pytest.approx(-slope[2], abs=1e-12)
    for loss in losses:
        value, slope = loss(Z, 2)
        cells = "".join(f'<td><span class="number" style="color:var(--class-{k})">{format_decimal(s)}</span></td>'
                        for k, s in enumerate(slope))  # fmt: skip
        assert f"<td>{format_decimal(value)}</td>{cells}" in markup(app)


def test_a_link_without_losses_shows_four_and_one_minus_p_can_be_added_and_others_taken_away(language: str) -> None:
    app = open_page("loss_explorer", lang=language, loss_view="against", **LINK)
    texts = catalogue(language)
    names = ["cross_entropy", "squared", "hinge", "zero_one"]

    def drawn() -> list[str]:
        return [curve["name"] for curve in data_of(app, "curves")["panels"][1]["curves"]]

    assert drawn() == [texts[f"loss.{name}"] for name in names]
    assert "losses" not in app.query_params
    assert texts["loss.linear_notice"] not in markup(app)
    pills = next(one for one in app.button_group if one.label == texts["control.losses"])
    pills.set_value([*names, "linear"]).run()
    assert drawn() == [texts[f"loss.{name}"] for name in (*names, "linear")]
    assert texts["loss.linear_notice"] in markup(app)
    assert app.query_params["losses"] == "cross_entropy,squared,hinge,zero_one,linear"
    again = open_page("loss_explorer", lang=language, loss_view="against", losses="linear,cross_entropy", **LINK)
    panel = data_of(again, "curves")["panels"][0]
    assert [curve["name"] for curve in panel["curves"]] == [texts["loss.cross_entropy"], "1 − p"]
    assert texts["loss.growth_linear"] in panel["alt"]
    assert texts["loss.growth_hinge"] not in panel["alt"]


@pytest.mark.parametrize(("part", "key", "count"), [("logits", "derivation_lines", 5), ("weights", "weights_lines", 6)])
def test_each_derivation_shows_one_line_more_per_press_and_its_notice_at_the_end(
    part: str, key: str, count: int, language: str
) -> None:
    app = open_page("loss_explorer", lang=language, loss_view="derivation", derivation_part=part, **LINK)
    notice = unmarked(catalogue(language)[f"loss.{part}_notice"], language)
    for shown in range(1, count):
        assert data_of(app, "softmax_views_derivation")["options"]["lines"] == shown
        assert notice not in markup(app)
        app.button(key="derivation_next").click().run()
    assert app.query_params[key] == str(count)
    assert app.button(key="derivation_next").disabled
    assert notice in markup(app)


def test_the_errors_of_the_other_samples_are_core() -> None:
    app = open_page("loss_explorer", loss_view="derivation", derivation_part="weights", **LINK)
    options = data_of(app, "softmax_views_derivation")["options"]
    expected = softmax(OTHER_LOGITS) - np.eye(4)[[*OTHER_TARGETS]]
    np.testing.assert_allclose(options["errors"], expected, atol=1e-15)
    assert np.shape(options["inputs"]) == (1 + len(expected), 2)


@pytest.mark.parametrize("losses", ["", "?", "hinge,?"])
def test_a_link_with_invalid_losses_shows_the_four(losses: str) -> None:
    app = open_page("loss_explorer", loss_view="against", losses=losses, **LINK)
    assert len(data_of(app, "curves")["panels"][0]["curves"]) == 4


@pytest.mark.parametrize("view", ["price", "against", "distance", "check"])
@pytest.mark.parametrize("z", ["-12,-12,12,-12", "12,12,-12,12", "12,12,12,12"])
def test_extreme_logits_open_every_view(view: str, z: str) -> None:
    for axis in ("probability", "margin"):
        app = open_page("loss_explorer", loss_view=view, against=axis, loss_z=z, target="2", epsilon="0")
        assert not app.exception
        assert not re.search(r"\bNaN\b|∞", markup(app))
        if view in ("price", "against"):
            data = data_of(app, "curves")
            assert all(np.isfinite(data[name]).all() for name in data if re.match(r"x|y\d|slope", name))
            assert (np.diff(data["x"]) > 0).all()


def test_for_a_sure_and_wrong_prediction_only_the_slope_of_squared_error_vanishes() -> None:
    data = data_of(open_page("loss_explorer", loss_view="against", **LINK), "curves")
    assert data["x"][0] == 0.005
    assert data["y1_0"][0] > 0.99
    assert data["y1_1"][0] < 0.02
    assert data["y0_1"][0] == max(data["y0_1"])


@pytest.mark.parametrize("link", ["question", "lecture"])
def test_the_example_of_a_sure_and_wrong_model_is_sure_of_one_wrong_class(link: str) -> None:
    if link == "question":
        app = open_answered("sure")
    else:
        app = open_page("loss_explorer", lecture="pull", lecture_guess="cross_entropy")
    p = softmax(app.session_state["loss_z"])
    assert p == pytest.approx([0.989, 0.001, 0.005, 0.005], abs=1e-5)
    assert softmax_squared_error(app.session_state["loss_z"], 1)[0] > 1.95  # nearly its largest value, 2


def test_steps_on_the_surface_equal_core_and_the_next_step_is_shown_in_numbers() -> None:
    app = open_page("loss_explorer", loss_view="surface", surface_from="-3,2", surface_steps="4", surface_rate="0.5")
    z = np.array([-3.0, 2.0, 0.0])
    for _ in range(4):
        z = z - 0.5 * softmax_cross_entropy(z, 0)[1]
    np.testing.assert_allclose(logits_after_steps(SurfaceState((-3.0, 2.0), 4, False, ()), 0, 0.5), z)
    slope = softmax_cross_entropy(z, 0)[1]
    for k in range(3):
        for number in (
            format_decimal(z[k]),
            format_probability(softmax(z)[k]),
            format_decimal(-0.5 * slope[k]),
            format_decimal((z - 0.5 * slope)[k]),
        ):
            assert f">{number}<" in markup(app)
    for k in range(2):
        moved = z[k] - z[2] - 0.5 * (slope[k] - slope[2])
        assert f"= {format_decimal(moved)}</div>" in markup(app)


def test_changing_the_step_size_or_the_class_starts_at_the_current_point() -> None:
    app = open_page("loss_explorer", loss_view="surface", surface_from="-3,2", surface_steps="4")
    z = logits_after_steps(SurfaceState((-3.0, 2.0), 4, False, ()), 0, 1.0)
    app.select_slider(key="surface_rate:en").set_value(0.2).run()
    data = data_of(app, "loss_surface")
    assert data["steps"] == 0
    assert data["start"] == pytest.approx([z[0] - z[2], z[1] - z[2]], abs=1e-4)
    assert app.query_params["surface_steps"] == "0"
    app.button_group(key="surface_target:en").set_value(1).run()
    assert data_of(app, "loss_surface")["start"] == data["start"]
    assert data_of(app, "loss_surface")["target"] == 1


def test_the_link_restores_the_camera_and_invalid_cameras_are_replaced() -> None:
    app = open_page("loss_explorer", loss_view="surface", surface_solid="1", surface_camera="1.5,0.4,4,2,-3")
    data = data_of(app, "loss_surface")
    assert (data["solid"], data["camera"]) == (True, [1.5, 0.4, 4, 2, -3])
    for bad in ("1,2", "a,b,c,d,e", "nan,0,0,0,0"):
        app = open_page("loss_explorer", loss_view="surface", surface_camera=bad)
        assert data_of(app, "loss_surface")["camera"] == [*surface_view.CAMERA]
    outside = data_of(open_page("loss_explorer", loss_view="surface", surface_camera="9,9,0,9,9"), "loss_surface")
    assert outside["camera"] == [pytest.approx(value) for value in (np.pi, np.pi / 2, 1, 8, 8)]


@pytest.mark.parametrize("hits", [1, 7])
def test_the_likelihood_is_greatest_where_the_mean_loss_is_smallest(hits: int) -> None:
    data = data_of(open_page("loss_explorer", loss_view="likelihood", hits=str(hits)), "curves")
    p = data["x"]
    np.testing.assert_allclose(data["y0_0"], p**hits * (1 - p) ** (10 - hits), rtol=1e-12)
    np.testing.assert_allclose(data["y1_0"], -np.log(data["y0_0"]) / 10, rtol=1e-12)
    assert p[data["y0_0"].argmax()] == p[data["y1_0"].argmin()] == pytest.approx(hits / 10)


def test_a_long_product_underflows_but_the_sum_of_logarithms_does_not() -> None:
    app = open_page("loss_explorer", loss_view="likelihood", loss_n="5000")
    data, p = data_of(app, "curves", 1), likelihood_view.true_class_probabilities()
    assert data["x"][data["at"]] == 5000
    underflow_at = int(data["x"][data["y0_0"] == 0][0])
    assert data["y0_0"][data["x"] == underflow_at - 1] > 0
    assert np.log(p[:underflow_at]).sum() == pytest.approx(np.log(np.nextafter(0, 1)), abs=2)
    np.testing.assert_allclose(data["y1_0"][-1], -np.log(p).sum())
    assert f"n = {underflow_at}" in markup(app)
    assert f"<td>0.0</td><td>{format_decimal(-np.log(p).sum())}</td>" in markup(app)


@pytest.mark.parametrize("epsilon", ["0", "0.3", "1"])
def test_cross_entropy_is_shown_as_entropy_plus_divergence_of_scipy(epsilon: str) -> None:
    app = open_page("loss_explorer", loss_view="distance", epsilon=epsilon, **LINK)
    y = (1 - float(epsilon)) * np.eye(4)[2] + float(epsilon) / 4
    H, KL = scipy.stats.entropy(y), scipy.stats.entropy(y, softmax(Z))
    assert f"{format_decimal(H + KL)} = {format_decimal(H)} + {format_decimal(KL)}" in markup(app)
    assert f"{format_decimal(H)} + {format_decimal(KL)} = {format_decimal(H + KL)}</div>" in markup(app)
    assert f"{format_decimal(H)} + 0.000 = {format_decimal(H)}</div>" in markup(app)
    widths = [float(width) for width in re.findall(r'class="(?:solid|hatched)" style="width:([\d.]+)%', markup(app))]
    np.testing.assert_allclose(np.reshape(widths[4:], (4, 2)), 80 * np.transpose([y, softmax(Z)]), atol=1e-3)
    np.testing.assert_allclose(widths[:4], 100 * np.array([H, KL, H, 0]) / max(H + KL, 1.5), atol=1e-3)


def test_beside_a_smoothed_label_no_loss_of_the_one_hot_label_is_shown() -> None:
    for view, target, count in (("price", 2, 1), ("distance", None, 0)):
        app = open_page("loss_explorer", loss_view=view, **LINK)
        assert data_of(app, "logit_bars")["target"] == target
        assert markup(app).count("L = −Σᵢ yᵢ log ŷᵢ") == count


def test_the_error_of_a_numerical_gradient_falls_and_rises() -> None:
    app = open_page("loss_explorer", loss_view="check", loss_h="1e-6", **LINK)
    data = data_of(app, "curves")
    assert data["x"][data["at"]] == 1e-6
    assert (data["x"][0], data["x"][-1]) == (pytest.approx(1e-13), pytest.approx(1e-1))
    for errors in (data["y0_0"], data["y0_1"]):
        best = errors.argmin()
        assert 5 < best < len(errors) - 5
        assert min(errors[0], errors[-1]) > 100 * errors[best]
    for value in softmax_cross_entropy(Z, 2)[1]:
        assert f"{value:.10f}".replace("-", "−") in markup(app)


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_has_one_right_answer_which_the_page_shows(name: str, language: str) -> None:
    texts = catalogue(language)
    app = open_page("loss_explorer", lang=language, loss_prompt=name)
    app.button(key="loss_turn_arrow_forward").click().run()
    app.button(key="loss_turn_arrow_back").click().run()
    before = markup(app)
    app.button(key=f"loss_{name}_{RIGHT_ANSWERS[name]}").click().run()
    assert not app.exception
    assert f"✓ {texts['predict.right']}" in markup(app)
    assert markup(app) != before
    assert [option for option in QUESTIONS[name].options if option == QUESTIONS[name].right] == [RIGHT_ANSWERS[name]]


def test_a_question_begins_in_its_own_state_though_the_link_has_another_one() -> None:
    names = list(QUESTIONS)
    before = names[names.index("steps") - 1]
    app = open_page("loss_explorer", loss_view="price", surface_steps="5", surface_rate="0.2", loss_prompt=before)
    app.button(key="loss_turn_arrow_forward").click().run()
    data = data_of(app, "loss_surface")
    assert (data["steps"], data["start"], data["rate"]) == (0, [-4, 3], 1)


def test_there_are_at_least_six_questions() -> None:
    assert len(QUESTIONS) >= 6


def open_answered(name: str) -> AppTest:
    app = open_page("loss_explorer", loss_prompt=name)
    app.button(key="loss_turn_arrow_forward").click().run()
    app.button(key="loss_turn_arrow_back").click().run()
    app.button(key=f"loss_{name}_{RIGHT_ANSWERS[name]}").click().run()
    return app


def test_the_numbers_in_the_answers_are_right() -> None:
    assert "= 2.303</div>" in markup(open_answered("halve"))
    assert "= 0.357</div>" in markup(open_answered("others"))
    pushes = data_of(open_answered("sure"), "curves")
    assert pushes["y1_0"][pushes["at"]] == pytest.approx(0.999, abs=1e-6)
    assert 0.0035 < pushes["y1_1"][pushes["at"]] < 0.004
    losses = [
        softmax_cross_entropy(logits_after_steps(SurfaceState((-4.0, 3.0), steps, False, ()), 0, 1.0), 0)[0]
        for steps in range(9)
    ]
    assert np.diff(losses).argmin() == 0
    assert format_decimal(losses[0], 2) == "7.05"
    assert data_of(open_answered("steps"), "loss_surface")["steps"] == 8
    assert softmax_cross_entropy(logits_after_steps(SurfaceState((-4.0, 3.0), 400, False, ()), 0, 1.0), 0)[0] > 0
    total = data_of(open_answered("product"), "curves", 1)["y1_0"][-1]
    assert (round(total), round(total / np.log(10))) == (2575, 1118)
    assert " + 0.000</div>" in markup(open_answered("soft"))
    errors = data_of(open_answered("check"), "curves")
    assert errors["y0_1"][errors["at"]] > 1000 * 1.6e-8


def test_a_point_released_over_earlier_values_is_stored_as_released() -> None:
    guess = COMPONENTS["guess"]
    app = open_page("loss_explorer", lang="en", loss_view="likelihood", guess="0.405")
    assert len(data_of(app, "curves")["x"]) == 100
    send(guess, app, '{"x": 0.7, "version": 1}')
    assert len(data_of(app, "curves")["x"]) == 99
    send(guess, app, '{"x": 0.405, "version": 2}')  # the browser has moved on the earlier values meanwhile
    assert app.session_state["guess"] == [0.405]
    assert data_of(app, "curves")["version"] == 2
    for outside in ("0", "1", "-5", "true", "null"):
        send(guess, app, f'{{"x": {outside}, "version": 3}}')
        assert app.session_state["guess"] == [0.405]
