"""The loss page's views: what they show is core's, and the link brings it back."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
import scipy.special
import scipy.stats
from streamlit.testing.v1 import AppTest

from core import hinge, softmax, softmax_cross_entropy, softmax_squared_error, zero_one
from tests.pages.conftest import open_page
from tests.pages.test_pages import markup
from ui.components.loss_surface import SurfaceState
from ui.i18n import catalogue
from ui.i18n.number_format import decimal, probability
from ui.loss import likelihood_view, prediction_views, surface_view
from ui.loss.questions import QUESTIONS

Z = (0.4, 1.5, -2.0, 0.9)
LINK = {"loss_z": ",".join(map(str, Z)), "target": "2"}
TYPES = {"float64": "<f8", "float32": "<f4", "int32": "<i4"}
LABELLED = {
    "halve": "log_two", "others": "stays", "sure": "cross_entropy", "steps": "first", "zero": "never",
    "product": "zero", "soft": "entropy", "check": "larger",
}  # fmt: skip


def sent(app: AppTest, component: str, which: int = 0) -> dict[str, object]:
    """What a component was given: its header's fields, and its arrays under their names."""
    found = [e.proto for e in app.get("bidi_component") if e.proto.component_name == component]
    proto = found[which]
    if proto.WhichOneof("data") == "json":
        return dict(json.loads(proto.json))
    length = int.from_bytes(proto.bytes[:4], "little")
    header = json.loads(proto.bytes[4 : 4 + length])
    start = -(-(4 + length) // 8) * 8
    for name, (kind, offset, size) in header.pop("arrays").items():
        header[name] = np.frombuffer(proto.bytes, TYPES[kind], size, start + offset)
    return header


@pytest.mark.parametrize("view", prediction_views.VIEWS)
def test_every_view_opens_from_the_link_in_both_languages(view: str, language: str) -> None:
    app = open_page("loss_explorer", lang=language, loss_view=view)
    assert not app.exception
    texts = catalogue(language)
    assert texts[f"loss.{view}"] in [heading.value for heading in app.header]
    assert texts[f"loss.{view}_try"].split("{")[0] in "\n".join(element.value for element in app.markdown)
    assert app.query_params["loss_view"] == view or view == "price"


def test_the_price_is_minus_log_p_and_its_tangent_minus_one_over_p() -> None:
    data = sent(open_page("loss_explorer", **LINK), "curves")
    p, here = data["x"], softmax(Z)[2]
    np.testing.assert_allclose(data["y0_0"], -np.log(p), atol=1e-15)
    np.testing.assert_allclose(data["slope0_0"], -1 / p)
    assert p[data["at"]] == here
    assert {mark[2] for mark in data["panels"][0]["marks"]} == {"−log 0.7 = 0.357", "−log 0.2 = 1.609"}


def test_dragging_the_point_moves_the_true_logit_alone() -> None:
    at = prediction_views.Prediction(np.array(Z), 2, "abcd")
    for p in (0.001, 0.3, 0.99):
        z = at.with_true_logit(at.true_logits(np.array([p])))[0]
        assert softmax(z)[2] == pytest.approx(p)
        np.testing.assert_array_equal(np.delete(z, 2), np.delete(Z, 2))


@pytest.mark.parametrize("axis", ["probability", "margin"])
def test_the_losses_on_one_axis_are_cores(axis: str) -> None:
    app = open_page("loss_explorer", loss_view="against", against=axis, **LINK)
    data = sent(app, "curves")
    x, rival = data["x"], max(np.delete(Z, 2))
    losses = (softmax_cross_entropy, softmax_squared_error, hinge, zero_one)
    for place in (0, 57, len(x) - 1, data["at"]):
        others = scipy.special.logsumexp(np.delete(Z, 2))
        logit = rival + x[place] if axis == "margin" else others + scipy.special.logit(x[place])
        z = np.array([Z[0], Z[1], logit, Z[3]])
        for j, loss in enumerate(losses):
            value, slope = loss(z, 2)
            assert data[f"y0_{j}"][place] == pytest.approx(value, abs=1e-12)
            assert data[f"y1_{j}"][place] == pytest.approx(-slope[2], abs=1e-12)
    for loss in losses:
        value, slope = loss(Z, 2)
        cells = "".join(f'<td><span class="number" style="color:var(--class-{k})">{decimal(s)}</span></td>'
                        for k, s in enumerate(slope))  # fmt: skip
        assert f"<td>{decimal(value)}</td>{cells}" in markup(app)


@pytest.mark.parametrize("view", ["price", "against", "distance", "check"])
@pytest.mark.parametrize("z", ["-12,-12,12,-12", "12,12,-12,12", "12,12,12,12"])
def test_bars_at_their_ends_break_no_view(view: str, z: str) -> None:
    for axis in ("probability", "margin"):
        app = open_page("loss_explorer", loss_view=view, against=axis, loss_z=z, target="2", epsilon="0")
        assert not app.exception
        assert not re.search(r"\bNaN\b|∞", markup(app))
        if view in ("price", "against"):
            data = sent(app, "curves")
            assert all(np.isfinite(data[name]).all() for name in data if re.match(r"x|y\d|slope", name))
            assert (np.diff(data["x"]) > 0).all()


def test_sure_and_wrong_squared_error_lets_go_and_cross_entropy_does_not() -> None:
    data = sent(open_page("loss_explorer", loss_view="against", **LINK), "curves")
    assert data["x"][0] == 0.005
    assert data["y1_0"][0] > 0.99
    assert data["y1_1"][0] < 0.02
    assert data["y0_1"][0] == max(data["y0_1"])


def test_steps_on_the_surface_are_cores_and_the_next_is_worked_out() -> None:
    app = open_page("loss_explorer", loss_view="surface", surface_from="-3,2", surface_steps="4", surface_rate="0.5")
    z = np.array([-3.0, 2.0, 0.0])
    for _ in range(4):
        z = z - 0.5 * softmax_cross_entropy(z, 0)[1]
    np.testing.assert_allclose(surface_view.descend(SurfaceState((-3.0, 2.0), 4, False, ()), 0, 0.5), z)
    slope = softmax_cross_entropy(z, 0)[1]
    for k in range(3):
        for number in (
            decimal(z[k]),
            probability(softmax(z)[k]),
            decimal(-0.5 * slope[k]),
            decimal((z - 0.5 * slope)[k]),
        ):
            assert f">{number}<" in markup(app)
    for k in range(2):
        moved = z[k] - z[2] - 0.5 * (slope[k] - slope[2])
        assert f"= {decimal(moved)}</div>" in markup(app)


def test_a_new_way_down_begins_where_one_stands() -> None:
    app = open_page("loss_explorer", loss_view="surface", surface_from="-3,2", surface_steps="4")
    z = surface_view.descend(SurfaceState((-3.0, 2.0), 4, False, ()), 0, 1.0)
    app.select_slider(key="surface_rate:en").set_value(0.2).run()
    data = sent(app, "loss_surface")
    assert data["steps"] == 0
    assert data["start"] == pytest.approx([z[0] - z[2], z[1] - z[2]], abs=1e-4)
    assert app.query_params["surface_steps"] == "0"
    app.button_group(key="surface_target:en").set_value(1).run()
    assert sent(app, "loss_surface")["start"] == data["start"]
    assert sent(app, "loss_surface")["target"] == 1


def test_camera_and_picture_are_in_the_link_and_nonsense_is_not() -> None:
    app = open_page("loss_explorer", loss_view="surface", surface_solid="1", surface_camera="1.5,0.4,4,2,-3")
    data = sent(app, "loss_surface")
    assert (data["solid"], data["camera"]) == (True, [1.5, 0.4, 4, 2, -3])
    for bad in ("1,2", "a,b,c,d,e", "nan,0,0,0,0"):
        assert sent(open_page("loss_explorer", loss_view="surface", surface_camera=bad), "loss_surface")["camera"] == [
            *surface_view.CAMERA
        ]
    outside = sent(open_page("loss_explorer", loss_view="surface", surface_camera="9,9,0,9,9"), "loss_surface")
    assert outside["camera"] == [pytest.approx(value) for value in (np.pi, np.pi / 2, 1, 8, 8)]


@pytest.mark.parametrize("hits", [1, 7])
def test_the_likelihood_is_greatest_where_the_mean_loss_is_least(hits: int) -> None:
    data = sent(open_page("loss_explorer", loss_view="likelihood", hits=str(hits)), "curves")
    p = data["x"]
    np.testing.assert_allclose(data["y0_0"], p**hits * (1 - p) ** (10 - hits), rtol=1e-12)
    np.testing.assert_allclose(data["y1_0"], -np.log(data["y0_0"]) / 10, rtol=1e-12)
    assert p[data["y0_0"].argmax()] == p[data["y1_0"].argmin()] == pytest.approx(hits / 10)


def test_the_product_of_many_underflows_and_the_sum_does_not() -> None:
    app = open_page("loss_explorer", loss_view="likelihood", loss_n="5000")
    data, p = sent(app, "curves", 1), likelihood_view.true_class_probabilities()
    assert data["x"][data["at"]] == 5000
    lost = int(data["x"][data["y0_0"] == 0][0])
    assert data["y0_0"][data["x"] == lost - 1] > 0
    assert np.log(p[:lost]).sum() == pytest.approx(np.log(np.nextafter(0, 1)), abs=2)
    np.testing.assert_allclose(data["y1_0"][-1], -np.log(p).sum())
    assert f"n = {lost}" in markup(app)
    assert f"<td>0.0</td><td>{decimal(-np.log(p).sum())}</td>" in markup(app)


@pytest.mark.parametrize("epsilon", ["0", "0.3", "1"])
def test_cross_entropy_is_shown_as_scipys_entropy_and_divergence(epsilon: str) -> None:
    app = open_page("loss_explorer", loss_view="distance", epsilon=epsilon, **LINK)
    y = (1 - float(epsilon)) * np.eye(4)[2] + float(epsilon) / 4
    H, KL = scipy.stats.entropy(y), scipy.stats.entropy(y, softmax(Z))
    assert f"{decimal(H + KL)} = {decimal(H)} + {decimal(KL)}" in markup(app)
    assert f"{decimal(H)} + {decimal(KL)} = {decimal(H + KL)}</div>" in markup(app)
    assert f"{decimal(H)} + 0.000 = {decimal(H)}</div>" in markup(app)
    widths = [float(width) for width in re.findall(r'class="(?:solid|hatched)" style="width:([\d.]+)%', markup(app))]
    np.testing.assert_allclose(np.reshape(widths[:8], (4, 2)), 80 * np.transpose([y, softmax(Z)]), atol=1e-3)
    np.testing.assert_allclose(widths[8:], 100 * np.array([H, KL, H, 0]) / max(H + KL, 1.5), atol=1e-3)


def test_the_error_of_a_numerical_gradient_falls_and_rises() -> None:
    app = open_page("loss_explorer", loss_view="check", loss_h="1e-6", **LINK)
    data = sent(app, "curves")
    assert data["x"][data["at"]] == 1e-6
    assert (data["x"][0], data["x"][-1]) == (pytest.approx(1e-13), pytest.approx(1e-1))
    for errors in (data["y0_0"], data["y0_1"]):
        best = errors.argmin()
        assert 5 < best < len(errors) - 5
        assert min(errors[0], errors[-1]) > 100 * errors[best]
    for value in softmax_cross_entropy(Z, 2)[1]:
        assert f"{value:.10f}".replace("-", "−") in markup(app)


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_prompt_of_the_loss_page_is_answered_by_the_page(name: str, language: str) -> None:
    texts = catalogue(language)
    app = open_page("loss_explorer", lang=language, loss_prompt=name)
    app.button(key="loss_turn_arrow_forward").click().run()
    app.button(key="loss_turn_arrow_back").click().run()
    before = markup(app)
    app.button(key=f"loss_{name}_{LABELLED[name]}").click().run()
    assert not app.exception
    assert texts["predict.right"] in markup(app)
    assert markup(app) != before
    assert [option for option in QUESTIONS[name].options if option == QUESTIONS[name].right] == [LABELLED[name]]


def test_there_are_at_least_six_prompts() -> None:
    assert len(QUESTIONS) >= 6


def answered(name: str) -> AppTest:
    app = open_page("loss_explorer", loss_prompt=name)
    app.button(key="loss_turn_arrow_forward").click().run()
    app.button(key="loss_turn_arrow_back").click().run()
    app.button(key=f"loss_{name}_{LABELLED[name]}").click().run()
    return app


def test_the_answers_are_true() -> None:
    assert "= 2.303</div>" in markup(answered("halve"))
    assert "= 0.357</div>" in markup(answered("others"))
    pushes = sent(answered("sure"), "curves")
    assert pushes["y1_0"][pushes["at"]] == pytest.approx(0.999, abs=1e-3)
    assert pushes["y1_1"][pushes["at"]] < 0.003
    losses = [
        softmax_cross_entropy(surface_view.descend(SurfaceState((-4.0, 3.0), steps, False, ()), 0, 1.0), 0)[0]
        for steps in range(9)
    ]
    assert np.diff(losses).argmin() == 0
    assert decimal(losses[0], 2) == "7.05"
    assert sent(answered("steps"), "loss_surface")["steps"] == 8
    assert softmax_cross_entropy(surface_view.descend(SurfaceState((-4.0, 3.0), 400, False, ()), 0, 1.0), 0)[0] > 0
    total = sent(answered("product"), "curves", 1)["y1_0"][-1]
    assert (round(total), round(total / np.log(10))) == (2575, 1118)
    assert " + 0.000</div>" in markup(answered("soft"))
    errors = sent(answered("check"), "curves")
    assert errors["y0_1"][errors["at"]] > 1000 * 1.6e-8
