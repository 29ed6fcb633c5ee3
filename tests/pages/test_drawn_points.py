"""Drawn points: encoding in the link, validation, and the fields to edit them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from tests.pages.conftest import open_page, send_states
from ui.data import drawn_points
from ui.i18n import catalogue
from ui.look import html

coordinates = st.floats(-drawn_points.HALF_WIDTH, drawn_points.HALF_WIDTH)
points = st.lists(
    st.tuples(coordinates, coordinates, st.integers(0, 9)),
    min_size=1,
    max_size=40,
)


@given(points)
def test_points_are_restored_from_the_link(given_points: list[drawn_points.Point]) -> None:
    on_grid = drawn_points.checked_points(given_points)
    np.testing.assert_allclose(
        [p[:2] for p in on_grid], [p[:2] for p in given_points], atol=drawn_points.HALF_WIDTH / 4095 + 1e-9
    )
    text = drawn_points.encode(on_grid)
    assert len(text) == 5 * len(on_grid)
    assert drawn_points.decode(text) == on_grid


@given(st.text(max_size=30))
def test_any_text_is_decoded_to_points_or_none(text: str) -> None:
    found = drawn_points.decode(text)
    assert found is None or drawn_points.encode(found) == text


@pytest.mark.parametrize(
    "message",
    [
        None, 3, {"points": None}, {"points": []}, {"points": [[0, 0]]}, {"points": [[0, 0, 10]]},
        {"points": [[7, 0, 0]]}, {"points": [[float("nan"), 0, 0]]}, {"points": [["0", 0, 0]]},
        {"points": [[0, 0, 1.5]]}, {"points": [[0, 0, 0]] * 2001}, {"points": [[0, 0, True]]}, {"points": {"0": 1}},
    ],
)  # fmt: skip
def test_a_message_without_valid_points_is_rejected(message: object) -> None:
    assert not drawn_points.set_points_from_message(message)


def test_a_warning_is_shown_at_the_maximum_number_of_points(language: str) -> None:
    most = drawn_points.encode([(0.0, 0.0, 0), (1.0, 1.0, 1)] * (drawn_points.MAX_POINTS // 2))
    app = open_page("live_training", lang=language, train_data="points", points=most)
    assert [warning.value for warning in app.warning] == [catalogue(language)["drawn.full"].format(most="2,000")]
    assert next(button for button in app.button if button.label == catalogue(language)["drawn.add"]).disabled
    fewer = open_page("live_training", lang=language, train_data="points", points=most[5:])
    assert not fewer.warning


def test_a_link_with_points_opens_them() -> None:
    points = drawn_points.checked_points([(-5, 5, 0), (5, 5, 1), (0, -5, 3)])
    app = open_page("live_training", train_data="points", points=drawn_points.encode(points))
    assert not app.exception
    problem = app.session_state["training_run"].tracked_runs[0].run.problem
    assert problem.Y.shape == (3, 4)
    assert app.session_state["points"] == points


def test_points_can_be_added_and_removed_without_a_pointer() -> None:
    app = open_page("live_training", train_data="points")
    before = len(app.session_state["points"])
    app.text_input(key="point_x").set_value("１，５")
    app.text_input(key="point_class").set_value("2").run()
    next(button for button in app.button if button.label == "Add this point").click().run()
    x, y, k = app.session_state["points"][-1]
    assert (len(app.session_state["points"]), k) == (before + 1, 1)
    assert (x, y) == pytest.approx((1.5, 0), abs=0.002)
    app.text_input(key="point_chosen").set_value(str(before + 1)).run()
    next(button for button in app.button if button.label == catalogue("en")["drawn.remove"]).click().run()
    assert len(app.session_state["points"]) == before


def test_a_chosen_point_can_be_changed_and_deleted_by_fields() -> None:
    app = open_page("live_training", train_data="points")
    app.text_input(key="point_chosen").set_value("2").run()
    app.text_input(key="point_x").set_value("１，５")
    app.text_input(key="point_class").set_value("4")
    next(button for button in app.button if button.label == catalogue("en")["drawn.move"]).click().run()
    points = app.session_state["points"]
    assert points[1] == drawn_points.snap_to_grid([(1.5, 0, 3)])[0]
    assert len(points) == len(drawn_points.START_POINTS)
    next(button for button in app.button if button.label == catalogue("en")["drawn.remove"]).click().run()
    assert app.session_state["points"] == [*points[:1], *points[2:]]


def button(app: AppTest, name: str) -> Button:
    return next(button for button in app.button if button.label == catalogue("en")[f"drawn.{name}"])


@pytest.mark.parametrize("text", ["", "x", "6.1", "1,2,3"])
def test_a_field_without_a_coordinate_gets_a_message_and_adds_no_point(text: str, language: str) -> None:
    app = open_page("live_training", train_data="points", lang=language)
    before = app.session_state["points"]
    add = next(button for button in app.button if button.label == catalogue(language)["drawn.add"])
    send_states(app, app.text_input(key="point_y").set_value(text)._widget_state, add.click()._widget_state)
    assert app.session_state["points"] == before
    texts, reason = catalogue(language), "refused" if text else "empty"
    fault = texts[f"number.{reason}"].format(low="−6", high="6", text=html.escape_markdown(text))
    assert [error.value for error in app.error] == [texts["number.field"].format(label="x₂", fault=fault)]


@pytest.mark.parametrize("text", ["0", "10", "1.5"])
def test_only_an_existing_point_can_be_chosen(text: str) -> None:
    app = open_page("live_training", train_data="points")
    app.text_input(key="point_chosen").set_value(text).run()
    fault = catalogue("en")["number.whole"].format(low=1, high=9, text=html.escape_markdown(text))
    assert app.error[0].value == f"Point to change (1 to 9): {fault}"
    assert catalogue("en")["drawn.remove"] not in [button.label for button in app.button]


def test_the_last_of_the_points_can_be_deleted_without_warnings(caplog: pytest.LogCaptureFixture) -> None:
    app = open_page("live_training", train_data="points")
    for left in range(len(drawn_points.START_POINTS) - 1, 0, -1):
        button(app, "remove").click().run()
        assert len(app.session_state["points"]) == left
        assert app.text_input(key="point_chosen").value == str(left)
    assert not any("point_chosen" in message for message in caplog.messages)
    assert button(app, "remove").disabled
    assert catalogue("en")["stage.lastPoint"] in [caption.value for caption in app.caption]


def test_the_fields_of_a_point_are_complete_after_a_visit_to_another_page() -> None:
    app = open_page("live_training", train_data="points")
    app.text_input(key="point_chosen").set_value("2").run()
    app.switch_page("pages/loss_explorer.py").run()
    app.switch_page("pages/live_training.py").run()
    assert not app.error


def test_moving_one_of_many_points_starts_another_run() -> None:
    app = open_page("live_training", train_data="points")
    points = drawn_points.snap_to_grid([(x / 10, y / 10, x % 2) for x in range(-20, 20) for y in range(-10, 10)])
    app.session_state["points"] = points
    app.run()
    before = app.session_state["training_run"].scene_identity
    x, y, k = points[400]
    app.session_state["points"] = [*points[:400], (x + 1.0, y, k), *points[401:]]
    app.run()
    assert app.session_state["training_run"].scene_identity != before


def test_moving_a_point_updates_the_feature_map_even_if_standardised_samples_stay_equal() -> None:
    app = open_page("live_training", train_data="points", points=drawn_points.encode([(-2.0, 0.0, 0), (2.0, 1.0, 1)]))
    app.session_state["stage_feed_message"] = {"points": [[-2.0, 0.0, 0], [4.0, 1.0, 1]]}
    app.run()
    mean = app.session_state["training_run"].tracked_runs[0].model.phi.mean
    np.testing.assert_allclose(mean, [1.0, 0.5], atol=0.01)


def send(app: AppTest, **message: object) -> None:
    """Send a message from the stage and rerun the page."""
    app.session_state["stage_feed_message"] = message
    app.run()


def test_drawn_points_can_be_undone_and_redone() -> None:
    app = open_page("live_training", train_data="points", lang="en")
    states = [app.session_state["points"]]
    for point in ([5.0, 5.0, 1], [-5.0, -5.0, 3]):
        send(app, points=[*map(list, states[-1]), point])
        states.append(app.session_state["points"])
    for expected in (states[1], states[0], states[0]):
        send(app, history="undo")
        assert app.session_state["points"] == expected
    for expected in (states[1], states[2], states[2]):
        send(app, history="redo")
        assert app.session_state["points"] == expected
        assert app.query_params["points"] in (drawn_points.encode(expected), [drawn_points.encode(expected)])
    send(app, history="undo")
    send(app, points=[[0.0, 0.0, 0], [1.0, 1.0, 1]])
    send(app, history="redo")  # a new change ends what could be redone
    assert len(app.session_state["points"]) == 2


def test_points_are_not_undone_while_another_data_set_is_shown() -> None:
    app = open_page("live_training", train_data="points", lang="en")
    send(app, points=[[0.0, 0.0, 0], [1.0, 1.0, 1]])
    app.selectbox(key="train_data:en").set_value("rings").run()
    send(app, history="undo")
    assert len(app.session_state["points"]) == 2
