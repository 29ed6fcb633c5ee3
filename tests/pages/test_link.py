"""The link on a busy server: a browser that acts before it has heard of the last write sends an older one along."""

from __future__ import annotations

import numpy as np
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import opened


def say(app: AppTest, **message: object) -> None:
    """Let the stage send a message."""
    app.session_state["stage_message"] = {"scene": app.session_state["training_run"].identity, **message}
    app.run()


def test_a_dial_turned_twice_stays_where_it_was_turned_to() -> None:
    app = opened("live_training", rate="0.5")
    say(app, turn=1, at=9, dials={"rate": 1.0})
    app.query_params["rate"] = "0.5"
    say(app, turn=2, at=9, dials={"rate": 3.0})
    app.query_params["rate"] = "1"
    say(app, turn=3, at=9, dials={"rate": 10.0})
    timeline = app.session_state["training_run"]
    assert (timeline.turn, timeline.values["rate"]) == (3, 10.0)
    assert timeline.runs[0].run.settings.learning_rate == 10.0
    assert app.query_params["rate"] == "10"


def test_a_control_is_not_taken_back_by_the_next() -> None:
    app = opened("live_training", train_data="rings", train_n="200")
    app.slider(key="train_n:en").set_value(400).run()
    app.query_params["train_n"] = "200"
    app.slider(key="train_classes:en").set_value(4).run()
    assert app.session_state["train_n"] == 400
    assert app.query_params["train_n"] == "400"


def test_a_run_goes_on_where_it_is_when_a_control_of_the_page_is_used_meanwhile() -> None:
    app = opened("live_training", step="5")
    say(app, turn=0, at=60)
    run = app.session_state["training_run"]
    app.query_params["step"] = "5"
    app.toggle(key="present:en").set_value(True).run()
    assert app.session_state["training_run"] is run
    assert run.shown == 60


def test_an_older_value_is_taken_from_the_link_once_the_newer_one_has_been_there() -> None:
    app = opened("live_training", train_data="rings", train_n="200")
    app.slider(key="train_n:en").set_value(400).run()
    app.run()
    app.query_params["train_n"] = "200"
    app.run()
    assert app.session_state["train_n"] == 200


def test_a_link_to_another_page_opens_it_as_it_says() -> None:
    app = opened("softmax_playground", scenario="image", z_image="1,2,3")
    app.session_state["z_image"] = [3.0, 2.0, 1.0]
    app.run()
    app.switch_page("pages/home.py").run()
    app.query_params["z_image"] = "1,2,3"
    app.switch_page("pages/softmax_playground.py").run()
    np.testing.assert_array_equal(app.session_state["z_image"], [1, 2, 3])
