"""Synchronisation of session and link, also when the browser sends an outdated link."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import open_page
from ui.state import url_state


def set_epsilon(app: AppTest, epsilon: float) -> None:
    app.slider(key="epsilon:en").set_value(epsilon)
    app.run()


def epsilon(app: AppTest) -> tuple[object, object]:
    """Return the value in the session and the value in the link."""
    in_link = app.query_params["epsilon"]
    return app.session_state["epsilon"], in_link[0] if isinstance(in_link, list) else in_link


@pytest.fixture
def app() -> AppTest:
    app = open_page("loss_explorer", lang="en", loss_view="distance", epsilon="0.5")
    set_epsilon(app, 0.2)
    set_epsilon(app, 0.3)
    assert epsilon(app) == (0.3, "0.3")
    return app


@pytest.mark.parametrize("outdated", ["0.2", "0.3"])
def test_an_outdated_link_does_not_undo_a_change(app: AppTest, outdated: str) -> None:
    app.query_params["epsilon"] = outdated
    set_epsilon(app, 0.4)
    assert epsilon(app) == (0.4, "0.4")


def send_from_stage(app: AppTest, **message: object) -> None:
    """Send a message from the stage and rerun the page."""
    app.session_state["stage_message"] = {"scene": app.session_state["training_run"].identity, **message}
    app.run()


def test_an_outdated_link_does_not_undo_changes_on_the_stage() -> None:
    app = open_page("live_training", rate="0.5")
    send_from_stage(app, revision=1, step=9, values={"rate": 1.0})
    app.query_params["rate"] = "0.5"
    send_from_stage(app, revision=2, step=9, values={"rate": 3.0})
    app.query_params["rate"] = "1"
    send_from_stage(app, revision=3, step=9, values={"rate": 10.0})
    timeline = app.session_state["training_run"]
    assert (timeline.revision, timeline.values["rate"]) == (3, 10.0)
    assert timeline.runs[0].run.settings.learning_rate == 10.0
    assert app.query_params["rate"] == "10"


def test_an_outdated_link_does_not_undo_the_change_before_the_last() -> None:
    app = open_page("live_training", train_data="rings", train_n="200")
    app.slider(key="train_n:en").set_value(400).run()
    app.query_params["train_n"] = "200"
    app.slider(key="train_classes:en").set_value(4).run()
    assert app.session_state["train_n"] == 400
    assert app.query_params["train_n"] == "400"


def test_using_another_control_does_not_reset_the_step() -> None:
    app = open_page("live_training", step="5")
    send_from_stage(app, revision=0, step=60)
    run = app.session_state["training_run"]
    app.query_params["step"] = "5"
    app.toggle(key="present:en").set_value(True).run()
    assert app.session_state["training_run"] is run
    assert run.step == 60


def test_an_earlier_value_in_the_link_is_adopted_once_the_link_is_up_to_date() -> None:
    app = open_page("live_training", train_data="rings", train_n="200")
    app.slider(key="train_n:en").set_value(400).run()
    app.run()
    app.query_params["train_n"] = "200"
    app.run()
    assert app.session_state["train_n"] == 200


def test_a_new_value_in_the_link_is_adopted(app: AppTest) -> None:
    app.query_params["epsilon"] = "0.75"
    app.run()
    assert epsilon(app) == (0.75, "0.75")


def test_an_earlier_value_is_adopted_when_going_back_in_the_history(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(url_state, "get_script_run_ctx", lambda: SimpleNamespace(is_history_navigation=True))
    app.query_params["epsilon"] = "0.5"
    app.run()
    assert epsilon(app) == (0.5, "0.5")


def test_an_earlier_value_is_adopted_from_a_link_on_another_page(app: AppTest) -> None:
    app.switch_page("pages/home.py").run()
    app.query_params["epsilon"] = "0.5"
    app.switch_page("pages/loss_explorer.py").run()
    assert epsilon(app) == (0.5, "0.5")
