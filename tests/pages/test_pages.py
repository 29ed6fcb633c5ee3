"""Every page in every language, from valid and invalid links: it has no errors and shows the numbers of core."""

from __future__ import annotations

import re
from threading import Event, Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from core import FeatureMap, Parameters, Settings, confusion_matrix, sigmoid, softmax
from core.datasets import FIXED, REAL, SYNTHETIC
from core.run import Problem
from tests.fuzz.links import keys_read_by
from tests.pages.conftest import PAGES, markup, open_page
from ui.i18n import catalogue
from ui.i18n.number_format import format_decimal, format_probability
from ui.look import html
from ui.look.theme import GLYPHS
from ui.state.script_queue import SCRIPT_QUEUE, Priority
from ui.training.messages import StageMessage
from ui.training.model import Model
from ui.training.tracked_run import StoppingRule

PARTS = ("exclusive", "labels", "belief", "whole", "guide")
INVALID = {
    "lang": "xx", "present": "perhaps", "scenario": "zzz", "z_image": "a,b,c", "temperature": "-1", "target": "9",
    "loss_z": "1,2", "hits": "1e9", "train_data": "../../etc", "train_n": "-5", "train_noise": "nan",
    "rate": "banana", "batch": "1e400", "l2": "inf", "expansion": "", "step": "-3", "past": "1:2;;:::", "part": "%00",
    "fault": "x", "versus_classes": "99", "overlap": "2", "tag_seed": "1.5e99", "tags": "222", "believers": "0",
    "hero": "<b>", "train_seed": "９", "batch_seed": "0x10", "classes_image": "11", "shift_image": "99", "moved": "0",
    "softmax_view": "x", "numbers": "", "softmax_prompt": "?", "softmax_guess": "yes", "name_image_1": "\u202e\x00",
    "loss_view": "?", "against": "-", "surface_from": "1e9,0", "surface_steps": "-1", "surface_rate": "3",
    "surface_camera": "1,2", "surface_solid": "x", "guess": "7", "loss_n": "0", "epsilon": "-1", "loss_h": "0",
    "loss_prompt": "zz", "loss_guess": "zz", "belief_t": "-3", "belief_l2": "7", "guide_several": "maybe",
    "guide_more": "none", "versus_step": "x", "probe_x": "nan", "probe_y": "101", "paint": "2", "threshold": "2",
    "view": "10", "speed": "7", "scale": "-1", "labels_sample": "0", "threshold_each": "?",
    "strokes": "_w", "switched": "1,1", "deslant": "1", "resize": "", "even_ink": "no",
    "model_x1": "29", "model_x2": "x", "model_w": "1,2", "add_1000": "2",
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_in_the_language_of_its_link(page: str, language: str) -> None:
    app = open_page(page, lang=language)
    assert not app.exception
    assert app.title[0].value == catalogue(language)[f"{page}.title"]


@pytest.mark.parametrize("part", PARTS)
def test_each_part_of_the_comparison_opens_in_both_languages(part: str, language: str) -> None:
    app = open_page("softmax_vs_sigmoid", lang=language, part=part)
    assert not app.exception


@pytest.mark.parametrize("data", [*REAL, *SYNTHETIC, *FIXED])
@pytest.mark.parametrize("expansion", ["linear", "rbf"])
def test_the_stage_opens_with_every_data_set_and_feature_map(data: str, expansion: str) -> None:
    app = open_page("live_training", train_data=data, expansion=expansion, train_classes="6", step="3")
    assert not app.exception


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        ("softmax_playground", {"softmax_view": "lecture"}),
        ("loss_explorer", {}),
        ("live_training", {"panel": "confusion", "step": "20"}),
        ("softmax_vs_sigmoid", {"part": "labels"}),
    ],
)
def test_the_name_of_a_class_has_its_colour_and_shape(page: str, parameters: dict[str, str]) -> None:
    name = r'class="class-name" style="color:var\(--class-(\d)\)"><span aria-hidden="true">(.)</span>'
    found = re.findall(name, markup(open_page(page, **parameters)))
    assert found
    assert all(GLYPHS[int(k)] == glyph for k, glyph in found)


@pytest.mark.parametrize("page", PAGES)
def test_invalid_values_in_the_link_are_replaced_by_defaults(page: str) -> None:
    app = open_page(page, **INVALID)
    assert not app.exception
    assert not app.error
    assert "nan" not in markup(app).lower().split()
    assert app.query_params["lang"] == "en"
    defaults = open_page(page)
    assert markup(app) == markup(defaults)


@pytest.mark.parametrize("part", PARTS)
def test_no_single_invalid_value_causes_an_exception(part: str) -> None:
    read = keys_read_by(open_page("softmax_vs_sigmoid", part=part)) & INVALID.keys() - {"part"}
    assert read
    apps = {key: open_page("softmax_vs_sigmoid", part=part, **{key: INVALID[key]}) for key in sorted(read)}
    assert {key: [error.message for error in app.exception] for key, app in apps.items() if app.exception} == {}


@pytest.mark.parametrize(("p", "loss"), [("small_loss", "0.357"), ("large_loss", "1.609"), ("one_hot", "0.693")])
def test_examples_show_the_losses_of_the_slides(p: str, loss: str) -> None:
    app = open_page("loss_explorer")
    app.button(key=f"example_{p}").click().run()
    assert f"= {loss}</div>" in markup(app)
    assert f"{loss} = L" in markup(app)


def test_the_update_table_shows_the_parameters_of_core() -> None:
    from core import FeatureMap, penguins, train

    data = penguins()
    run = train(FeatureMap.fit(data.X)(data.X), data.labels, learning_rate=0.3, steps=8)
    text = markup(open_page("live_training", step="7"))
    for step in (7, 8):
        for value in run.params_at(step).weights.ravel():
            assert f">{format_decimal(value)}<" in text


def test_the_update_table_uses_the_settings_of_the_next_step() -> None:
    app = open_page("live_training", step="20", past="10:0.1:0:0", rate="1")
    timeline = app.session_state["training_run"]
    assert timeline.tracked_runs[0].run.settings == Settings(1.0)
    for step in (5, 15):
        app.session_state["stage_feed_message"] = {"timelineId": timeline.identity, "revision": 0, "step": step}
        app.run()
        for value in timeline.tracked_runs[0].run.params_at(step + 1).weights.ravel():
            assert f">{format_decimal(value)}<" in markup(app)


@pytest.mark.parametrize(("compare", "l2"), [("nothing", "0"), ("head", "0.01")])
def test_the_update_panel_has_the_loss_over_all_samples_and_the_shapes_of_the_gradients(compare: str, l2: str) -> None:
    app = open_page("live_training", lang="en", step="7", batch="16", compare=compare, lane="1", l2=l2)
    timeline = app.session_state["training_run"]
    tracked = timeline.tracked_runs[-1]
    loss, _ = tracked.model.problem.objective(tracked.params_at(7), float(l2))
    text, (n, d) = markup(app), tracked.model.problem.X.shape
    assert f" = {format_decimal(loss)}</div>" in text
    assert ("(1 − yᵢⱼ) log(1 − ŷᵢⱼ)" in text) == (compare == "head")
    assert ("(λ/2) Σ W²" in text) == (compare == "head")
    captions = "".join(element.value for element in app.caption)
    assert catalogue("en")["training.loss_how"].format(n=n) in captions
    assert catalogue("en")["training.shapes_how"].format(n=16, d=d, K=3) in captions


def test_the_sample_panel_writes_the_logits_out_from_features_weights_and_bias() -> None:
    app = open_page("live_training", lang="en", step="20", panel="sample", sample="12")
    tracked = app.session_state["training_run"].tracked_runs[0]
    x, (W, b) = tracked.model.problem.X[11], (tracked.params_at(20).weights, tracked.params_at(20).bias)
    cells = re.findall(r"<td>(.*?)</td>", markup(app))
    texts = [text for cell in cells if (text := re.sub(r"<[^>]*>|[()]", "", cell))]
    for k in range(3):
        products = [f"{format_decimal(w)} × {format_decimal(value)}" for w, value in zip(W[:, k], x, strict=True)]
        z = format_decimal(float(x @ W[:, k] + b[k]))
        row = [products[0], f"+ {products[1]}", f"+ {format_decimal(b[k])}", f"= {z}"]
        assert texts[4 * k : 4 * k + 4] == row


def test_the_sample_panel_shows_at_most_nine_products_per_class() -> None:
    app = open_page("live_training", lang="en", step="3", panel="sample", train_data="spirals", expansion="rbf")
    assert not app.exception
    assert "<td>" in markup(app)
    assert markup(app).count(" × ") == 9 * app.session_state["training_run"].tracked_runs[0].model.problem.Y.shape[1]


@pytest.mark.parametrize(
    "parameters",
    [
        {"step": "0"},
        {"step": "7"},
        {"step": "120", "held_out": "25"},
        {"step": "120", "train_data": "spirals", "expansion": "cubic", "batch": "16", "batch_seed": "3", "l2": "0.01"},
        {"step": "120", "rate": "1", "past": "60:0.1:0:0"},
        {"step": "40", "rate": "1", "past": "60:0.1:0:0"},
        {"step": "60", "rate": "1", "past": "60:0.1:0:0"},
        {"step": "150", "rate": "3", "batch": "4", "past": "20:0.3:0:0;90:1:64:0.01", "start": "1,2,3,4,5,6,7,8,9"},
        {"step": "300", "rate": "100", "l2": "1"},
        {"step": "300", "tolerance": "0.001", "train_data": "points"},
        {"step": "70", "compare": "rate", "rate_b": "3", "past_b": "20:0.1:0:0", "lane": "1"},
        {"step": "70", "compare": "head", "lane": "1"},
        {"step": "50", "train_data": "points", "points": "AAAAA__8_4gAAABAgAAC__AgBABCDC"},
    ],
    ids=str,
)
def test_the_notebook_program_prints_the_loss_of_the_stage(
    parameters: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    app = open_page("live_training", **parameters)
    app.session_state["notebook"] = True  # opens the expander
    exec(app.run().code[0].value, {})
    timeline = app.session_state["training_run"]
    tracked = timeline.tracked_runs[int(parameters.get("lane", "0"))]
    rows = tracked.rows(0, timeline.step, 1)
    assert float(capsys.readouterr().out) == rows.losses[-1]


def test_the_formulas_are_shown_once_their_expander_is_open() -> None:
    def has_formulas(app: AppTest) -> bool:
        return any("\\nabla_W" in markdown.value for markdown in app.markdown)

    app = open_page("live_training")
    assert not has_formulas(app)
    assert "mathematics" not in app.query_params
    app.session_state["mathematics"] = True  # opens the expander
    assert has_formulas(app.run())
    assert app.query_params["mathematics"] == "true"
    for language in ("en", "ja"):
        assert has_formulas(open_page("live_training", lang=language, mathematics="true"))


def test_held_out_samples_are_not_trained_on_and_have_their_own_loss() -> None:
    from core import FeatureMap, accuracy, cross_entropy, penguins, split, train

    training, held_out = split(penguins(), 0.3, 0)
    phi = FeatureMap.fit(training.X)
    run = train(phi(training.X), training.labels, learning_rate=0.3, steps=50, l2=0.01)
    app = open_page("live_training", step="50", held_out="30", l2="0.01", panel="confusion")
    tracked = app.session_state["training_run"].tracked_runs[0]
    rows = tracked.rows(0, 50, 1)
    np.testing.assert_array_equal(rows.losses, run.losses)
    right = [accuracy(p.logits(phi(training.X)), training.labels) for p in run.states]
    np.testing.assert_array_equal(rows.accuracies, right)
    expected = [cross_entropy(softmax(p.logits(phi(held_out.X))), held_out.labels) for p in run.states]
    np.testing.assert_allclose(rows.held_out, expected, rtol=1e-12)
    counts = confusion_matrix(run.parameters.logits(phi(held_out.X)).argmax(axis=1), held_out.labels, 3)
    assert f"{np.trace(counts)} of {len(held_out.X)} right" in markup(app)
    for row in counts:
        assert "".join(f"<td>{count}</td>" for count in row) in markup(app)


def test_rows_are_the_same_when_requested_again_until_a_setting_changes() -> None:
    timeline = open_page("live_training").session_state["training_run"]
    before, again = (timeline.rows(0, last, 1)[0].losses for last in (200, 199))
    np.testing.assert_array_equal(before[:-1], again)
    timeline.change_values({**timeline.values, "rate": 3.0}, 100)
    after = timeline.rows(0, 200, 1)[0].losses
    np.testing.assert_array_equal(after[:101], before[:101])
    assert (after[101:] != before[101:]).all()


def test_a_diverged_run_continues_with_smaller_settings_and_its_link_restores_it() -> None:
    diverged = {"compare": "rate", "rate_b": "100", "l2": "1", "step": "300"}
    app = open_page("live_training", **diverged)
    timeline = app.session_state["training_run"]
    first, second = timeline.tracked_runs
    ended = second.run.steps
    assert second.run.diverged
    assert ended < 300 <= first.run.steps
    message = {"timelineId": timeline.identity, "revision": 1, "step": 300, "values": {"rate_b": 0.3}}
    app.session_state["stage_feed_message"] = message
    app.run()
    assert not second.run.diverged
    assert second.end() is None
    assert second.run.schedule[-1] == (ended, Settings(0.3, l2=1.0))
    second.advance_to(400)
    link = {**diverged, **{key: app.query_params[key] for key in ("rate_b", "past_b")}}
    _, restored = open_page("live_training", **link).session_state["training_run"].tracked_runs
    assert restored.run.schedule == second.run.schedule
    restored.advance_to(400)
    np.testing.assert_array_equal(restored.run.weights, second.run.weights)


@pytest.mark.parametrize(("parameters", "ended"), [({"tolerance": "0.001"}, 60), ({"rate": "100", "l2": "1"}, 3)])
def test_lowering_the_maximum_number_of_steps_shortens_a_run_that_has_ended(
    parameters: dict[str, str], ended: int
) -> None:
    tracked = open_page("live_training", step="500", **parameters).session_state["training_run"].tracked_runs[0]
    assert tracked.end().step >= ended
    tracked.replace_model(tracked.model, StoppingRule(2, tracked.stop.tolerance))
    assert tracked.end().step == tracked.advance_to(500) == 2
    assert tracked.rows(0, 500, 1).steps[-1] == 2


def test_lowering_the_maximum_number_of_steps_lowers_the_step_on_screen() -> None:
    app = open_page("live_training", step="500")
    app.session_state["stop_steps"] = 100
    app.run()
    assert app.session_state["training_run"].step == 100
    assert app.query_params["step"] == "100"


def test_another_seed_of_the_mini_batches_starts_another_run() -> None:
    from core import FeatureMap, penguins, train

    data = penguins()
    app = open_page("live_training", step="30", batch="16", batch_seed="3")
    before = app.session_state["training_run"].identity
    app.session_state["batch_seed"] = 5
    app.run()
    timeline = app.session_state["training_run"]
    run = train(FeatureMap.fit(data.X)(data.X), data.labels, learning_rate=0.3, steps=30, batch_size=16, seed=5)
    assert timeline.identity != before
    np.testing.assert_array_equal(timeline.tracked_runs[0].rows(0, 30, 1).losses, run.losses)


def test_a_request_for_rows_that_is_repeated_is_not_computed_again() -> None:
    tracked = open_page("live_training").session_state["training_run"].tracked_runs[0]
    rows = tracked.rows(0, 200, 1)
    assert tracked.rows(0, 200, 1) is rows
    tracked.replace_model(tracked.model, StoppingRule(100))
    assert tracked.rows(0, 200, 1).steps[-1] == 100


def test_a_converged_run_is_not_computed_further() -> None:
    timeline = open_page("live_training", step="20000", tolerance="0.001").session_state["training_run"]
    assert timeline.tracked_runs[0].run.steps < 300


def test_a_setting_changed_while_rows_are_computed_is_kept() -> None:
    tracked = open_page("live_training").session_state["training_run"].tracked_runs[0]
    started = Event()

    def compute() -> None:
        with SCRIPT_QUEUE.acquire(Priority.PREFETCH):
            started.set()
            tracked.rows(30, 20_000, 20)

    thread = Thread(target=compute)
    thread.start()
    started.wait()
    with SCRIPT_QUEUE.acquire():
        tracked.change_settings(20, Settings(1.0))
    thread.join()
    assert tracked.run.settings == Settings(1.0)
    assert tracked.run.steps == 20


def test_a_long_run_is_sent_with_few_but_exact_rows() -> None:
    tracked = open_page("live_training", step="5000").session_state["training_run"].tracked_runs[0]
    rows = tracked.rows(0, 5000, 1)
    assert len(rows.steps) <= 402
    assert rows.steps[-1] == 5000
    for index in (0, 1, 17, -1):
        parameters = tracked.run.params_at(int(rows.steps[index]))
        np.testing.assert_array_equal(rows.parameters[index][:6], parameters.weights.ravel().astype(np.float32))
        assert rows.losses[index] == tracked.run.losses[rows.steps[index]]


def test_buttons_lead_to_three_faults_of_separate_regressions() -> None:
    app = open_page("softmax_vs_sigmoid", part="exclusive")
    for fault, count in (("two", "2"), ("sum", "1"), ("none", "0")):
        app.button(key=f"jump_{fault}").click().run()
        assert f"<td>{count}</td></tr></tbody>" in markup(app)
        assert catalogue("en")[f"versus.{fault}_notice"][:40] in markup(app)


def test_a_button_leads_to_a_point_where_softmax_disagrees_with_the_regressions() -> None:
    app = open_page("softmax_vs_sigmoid", part="exclusive", versus_data="scikit", lang="en")
    app.button(key="jump_basis").click().run()
    start, rest = catalogue("en")["versus.differ_notice"].split("{sigmoid}")
    assert start in markup(app)
    assert rest.split("{softmax}")[0] in markup(app)


def test_two_classes_have_no_faults_of_separate_regressions() -> None:
    app = open_page("softmax_vs_sigmoid", part="exclusive", versus_classes="2")
    assert all(app.button(key=f"jump_{fault}").disabled for fault in ("two", "sum", "none", "basis"))
    assert catalogue("en")["versus.agree"][:40] in markup(app)


def test_the_crosshair_shows_the_probabilities_of_core() -> None:
    from core import FeatureMap, train
    from core.datasets import overlapping_blobs

    data = overlapping_blobs(300, 3, 0.3, 0)
    phi = FeatureMap.fit(data.X)
    low, high = data.X.min(axis=0), data.X.max(axis=0)
    at = low - 0.08 * (high - low) + np.array([0.3, 0.85]) * 1.16 * (high - low)
    text = markup(open_page("softmax_vs_sigmoid", part="exclusive", probe_x="30", probe_y="85", versus_step="120"))
    for head, activation in (("softmax", softmax), ("sigmoid", sigmoid)):
        run = train(phi(data.X), data.labels, learning_rate=1.0, steps=120, head=head)
        for value in activation(run.parameters.logits(phi(at[None])))[0]:
            assert f">{format_probability(value)}<" in text


@pytest.mark.parametrize(
    "past",
    [
        "-5:1:0:0", "9:1:0:0;3:1:0:0", "1e9:1:0:0", "5:nan:0:0", "5:1:-2:0", "5:1:0:0:0", "5",
        "5:1e308:0:0", "5:0.3:0:1e300", "5:0.3:7:0", "0:1:0:0", ";".join(f"{step}:1:0:0" for step in range(1, 5000)),
    ],
)  # fmt: skip
def test_an_invalid_schedule_in_the_link_is_ignored(past: str) -> None:
    app = open_page("live_training", step="12", past=past)
    assert not app.exception
    tracked = app.session_state["training_run"].tracked_runs[0]
    assert (app.session_state["training_run"].step, len(tracked.run.schedule)) == (12, 1)


def test_extreme_starting_values_and_settings_in_the_link_open_the_page() -> None:
    app = open_page("live_training", step="12", past="5:0.3:0:1e306", start=",".join(["100"] * 9))
    assert not app.exception
    assert app.session_state["training_run"].step == 12


def test_a_schedule_in_the_link_is_ignored_where_settings_are_fixed() -> None:
    app = open_page("softmax_vs_sigmoid", part="labels", labels_past="5:100:1:1", labels_step="20")
    assert not app.exception
    assert [len(tracked.run.schedule) for tracked in app.session_state["labels_training_run"].tracked_runs] == [1, 1]


def test_two_tags_share_the_probability_with_softmax_but_not_with_sigmoids() -> None:
    text = markup(open_page("softmax_vs_sigmoid", part="labels", tag_noise="0.1"))
    rows = [row.split("</td>") for row in text.split("<tr")[2:4]]
    for row in rows:
        softmax_output, sigmoid_output = (float(cell.split(">")[-2].split("<")[0]) for cell in row[1:3])
        assert 0.35 < softmax_output < 0.65
        assert sigmoid_output > 0.9


def test_training_stops_at_the_maximum_number_of_steps_or_the_tolerance() -> None:
    assert open_page("live_training", step="9999", stop_steps="300").session_state["training_run"].step == 300
    timeline = open_page("live_training", step="9999", tolerance="0.001").session_state["training_run"]
    changes = np.abs(np.diff(timeline.tracked_runs[0].run.losses[: timeline.step + 1]))
    assert 0 < timeline.step < 300
    assert changes[-1] < 1e-3
    assert (changes[:-1] >= 1e-3).all()


def test_a_run_starts_at_the_w_and_b_of_the_link(capsys: pytest.CaptureFixture[str]) -> None:
    from core import FeatureMap, Parameters, penguins, train

    numbers = [1.5, -2.0, 0.25, 0.0, 3.0, -1.0, 0.5, 0.0, -0.5]
    start = Parameters(np.reshape(numbers[:6], (2, 3)), np.array(numbers[6:]))
    data = penguins()
    run = train(FeatureMap.fit(data.X)(data.X), data.labels, learning_rate=0.3, steps=100, start=start)
    app = open_page("live_training", step="100", start=",".join(map(str, numbers)))
    tracked = app.session_state["training_run"].tracked_runs[0]
    np.testing.assert_array_equal(tracked.run.losses[:101], run.losses)
    app.session_state["notebook"] = True  # opens the expander
    exec(app.run().code[0].value, {})
    assert float(capsys.readouterr().out) == run.losses[100]


def test_fields_for_w_and_b_show_the_values_of_the_step() -> None:
    app = open_page("live_training", panel="by_hand", step="5")
    timeline = app.session_state["training_run"]
    keys = [field.key for field in app.text_input]
    for step in (6, 900):
        app.session_state["stage_feed_message"] = {"timelineId": timeline.identity, "revision": 0, "step": step}
        app.run()
        assert [field.key for field in app.text_input] == keys
        shown = [float(field.value) for field in app.text_input if str(field.key).startswith("by_hand")]
        assert shown == timeline.tracked_runs[0].params_at(step).stacked.round(3).ravel().tolist()


def test_w_and_b_are_text_instead_of_fields_while_a_run_plays() -> None:
    app = open_page("live_training", panel="by_hand", step="5")
    timeline = app.session_state["training_run"]

    def fields_after(**message: object) -> list[float]:
        app.session_state["stage_feed_message"] = {"timelineId": timeline.identity, "revision": 0, **message}
        app.run()
        assert not app.exception
        return [float(field.value) for field in app.text_input if str(field.key).startswith("by_hand")]

    def expected() -> list[float]:
        return timeline.tracked_runs[0].params_at(timeline.step).stacked.round(3).ravel().tolist()

    assert fields_after(at=20, playing=True) == []
    assert [float(text) for text in re.findall("<dd>(.*?)</dd>", markup(app))] == expected()
    assert fields_after(at=21, playing="no") == expected()


def test_a_seed_is_kept_if_the_typed_text_is_no_seed() -> None:
    app = open_page("live_training", train_data="rings", train_seed="3", lang="en")
    for text, seed in (("７", 7), ("1.5", 7), ("", 7), ("10000", 7), ("1e2", 100)):
        app.text_input(key="train_seed:en").set_value(text).run()
        assert app.session_state["train_seed"] == seed
        assert app.query_params["train_seed"] == str(seed)
        reason = "whole" if text else "empty"
        fault = catalogue("en")[f"number.{reason}"].format(low=0, high=9999, text=html.escape_markdown(text))
        faults = [] if text in ("７", "1e2") else [f"Data seed: {fault}"]
        assert [error.value for error in app.error] == faults
        assert app.text_input(key="train_seed:en").value == text
    app.query_params["train_seed"] = "5"
    app.run()
    assert app.text_input(key="train_seed:en").value == "5"


@pytest.mark.parametrize("start", ["1,2,3", "a,b", "1,2,3,4,5,6,7,8,1e9", "nan,0,0,0,0,0,0,0,0", ","])
def test_invalid_starting_values_in_the_link_are_ignored(start: str) -> None:
    app = open_page("live_training", start=start)
    assert not app.exception
    assert not app.session_state["training_run"].tracked_runs[0].run.params_at(0).weights.any()


@pytest.mark.parametrize(
    ("compared", "different"),
    [
        ("rate", {"learning_rate": 1.0}),
        ("batch", {"batch_size": 4}),
        ("expansion", {"expansion": "quadratic"}),
        ("head", {"head": "sigmoid"}),
    ],
)
def test_two_compared_models_differ_in_one_setting_only(compared: str, different: dict[str, object]) -> None:
    from core import FeatureMap, train
    from core.datasets import rings

    data = rings(300, 3, 0.3, 0)
    app = open_page(
        "live_training", train_data="rings", step="90", compare=compared, batch_seed="5", l2="0.01",
        rate_b="1", batch_b="4", expansion_b="quadratic",
    )  # fmt: skip
    runs = app.session_state["training_run"].tracked_runs
    for tracked, changed in zip(runs, ({}, different), strict=True):
        options = {"learning_rate": 0.3, "l2": 0.01, "seed": 5, **changed}
        phi = FeatureMap.fit(data.X, str(options.pop("expansion", "linear")))
        run = train(phi(data.X), data.labels, steps=90, **options)  # type: ignore[arg-type]
        np.testing.assert_array_equal(tracked.run.losses[:91], run.losses)


def test_a_second_run_has_its_own_schedule_in_the_link() -> None:
    app = open_page("live_training", step="60", compare="rate", rate_b="1", past_b="20:0.1:0:0", rate="0.3")
    first, second = app.session_state["training_run"].tracked_runs
    assert len(first.run.schedule) == 1
    assert [(start, s.learning_rate) for start, s in second.run.schedule] == [(0, 0.1), (20, 1.0)]
    assert app.query_params["past_b"] == "20:0.1:0:0"


MESSAGES = [
    {"revision": 10**6, "values": {"rate": 3.0}}, {"revision": -1}, {"revision": True},
    {"revision": "1"}, {"revision": 1, "values": 3}, {"revision": 1, "values": {"rate": "nan"}},
    {"revision": 1, "values": {"rate": float("nan"), "batch": [], "l2": None}},
    {"revision": 1, "values": {"rate": 1e9}},
    {"step": -3}, {"step": 1e3}, {"step": None}, {"rows": {"from": 5, "to": 1, "stride": 1}}, {"rows": {"from": "0"}},
    {"rows": {"from": 0, "to": 10**9, "stride": 1}}, {"rows": []}, {"clickedSample": 10**6},
    {"clickedSample": -1}, {"restart": "yes"},
]  # fmt: skip


@pytest.mark.parametrize("message", MESSAGES, ids=str)
def test_an_invalid_message_changes_nothing(message: dict[str, object]) -> None:
    app = open_page("live_training", step="7")
    identity = app.session_state["training_run"].identity
    for invalid in (
        {"timelineId": identity, "revision": 0, **message},
        "nonsense",
        {"timelineId": "another", "step": 50},
    ):
        app.session_state["stage_feed_message"] = invalid
        app.run()
        assert not app.exception
        timeline = app.session_state["training_run"]
        assert timeline.step == 7
        assert [tracked.run.settings.learning_rate for tracked in timeline.tracked_runs] == [0.3]


@pytest.mark.parametrize(
    ("message", "priority"),
    [
        ({"step": 10, "rows": {"from": 130, "to": 200, "stride": 1}}, Priority.PREFETCH),
        ({"step": 10, "rows": {"from": 130, "to": 200, "stride": 20}}, Priority.INTERACTIVE),
        ({"step": 10, "rows": {"from": 10, "to": 40, "stride": 1}}, Priority.INTERACTIVE),
        ({"step": 10, "rows": {"from": 0, "to": 40, "stride": 0}}, Priority.INTERACTIVE),
        ({"step": 0, "rows": {"from": 9000, "to": 9100, "stride": 1}}, Priority.PREFETCH),
        ({"step": 10}, Priority.INTERACTIVE),
        ({"step": "10", "rows": {"from": 130, "to": 200, "stride": 1}}, Priority.INTERACTIVE),
    ],
    ids=str,
)
def test_rows_that_are_needed_in_more_than_a_second_are_prefetched(
    message: dict[str, object], priority: Priority
) -> None:
    parsed = StageMessage.parse(message)
    assert parsed is not None
    assert parsed.priority == priority


@given(st.integers(1, 30), st.integers(2, 6), st.sampled_from([0.0, 1.0, 1e9]), st.booleans())
def test_accuracy_counts_the_first_largest_logit_as_the_prediction(
    n: int, K: int, size: float, equal_logits: bool
) -> None:
    rng = np.random.default_rng(n + K)
    labels = rng.integers(0, K, n)
    problem = Problem(rng.normal(size=(n, 2)).round(), np.eye(K)[labels])
    weights = size * rng.normal(size=(7, 3, K)).round(1)
    if equal_logits:
        weights[:, :, 1] = weights[:, :, 0]
    points = [Parameters.from_stacked(stacked) for stacked in weights]
    accuracies = [Model("", FeatureMap.unscaled(2), problem).accuracy(point) for point in points]
    assert accuracies == [np.mean(point.logits(problem.X).argmax(axis=1) == labels) for point in points]


def test_a_setting_from_the_stage_is_ignored_if_the_page_has_changed_it_since() -> None:
    app = open_page("live_training", step="7")
    identity = app.session_state["training_run"].identity
    app.session_state["stage_feed_message"] = {"timelineId": identity, "revision": 1, "step": 9, "values": {"rate": 1}}
    app.run()
    timeline = app.session_state["training_run"]
    assert timeline.tracked_runs[0].run.schedule[-1] == (9, Settings(1.0))
    assert app.query_params["rate"] == "1"
    app.session_state["rate"] = 3.0  # as a preset would
    app.run()
    assert timeline.revision == 2
    app.session_state["stage_feed_message"] = {
        "timelineId": identity,
        "revision": 1,
        "step": 10,
        "values": {"rate": 0.1},
    }
    app.run()
    assert timeline.tracked_runs[0].run.settings.learning_rate == 3.0
