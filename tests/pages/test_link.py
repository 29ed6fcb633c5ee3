"""The link and the session, when a browser lags behind and when the reader goes somewhere."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import open_page
from ui.state import url_state


def move_to(app: AppTest, epsilon: float) -> None:
    app.slider(key="epsilon:en").set_value(epsilon)
    app.run()


def epsilon(app: AppTest) -> tuple[object, object]:
    """What the session and the link hold."""
    written = app.query_params["epsilon"]
    return app.session_state["epsilon"], written[0] if isinstance(written, list) else written


@pytest.fixture
def app() -> AppTest:
    app = open_page("loss_explorer", lang="en", loss_view="distance", epsilon="0.5")
    move_to(app, 0.2)
    move_to(app, 0.3)
    assert epsilon(app) == (0.3, "0.3")
    return app


@pytest.mark.parametrize("echo", ["0.2", "0.3"])
def test_a_browser_that_lags_behind_does_not_undo_what_the_reader_does(app: AppTest, echo: str) -> None:
    app.query_params["epsilon"] = echo
    move_to(app, 0.4)
    assert epsilon(app) == (0.4, "0.4")


def say(app: AppTest, **message: object) -> None:
    """Let the stage send a message."""
    app.session_state["stage_message"] = {"scene": app.session_state["training_run"].identity, **message}
    app.run()


def test_a_dial_turned_twice_stays_where_it_was_turned_to() -> None:
    app = open_page("live_training", rate="0.5")
    say(app, turn=1, at=9, dials={"rate": 1.0})
    app.query_params["rate"] = "0.5"
    say(app, turn=2, at=9, dials={"rate": 3.0})
    app.query_params["rate"] = "1"
    say(app, turn=3, at=9, dials={"rate": 10.0})
    timeline = app.session_state["training_run"]
    assert (timeline.revision, timeline.values["rate"]) == (3, 10.0)
    assert timeline.runs[0].run.settings.learning_rate == 10.0
    assert app.query_params["rate"] == "10"


def test_a_control_is_not_taken_back_by_the_next() -> None:
    app = open_page("live_training", train_data="rings", train_n="200")
    app.slider(key="train_n:en").set_value(400).run()
    app.query_params["train_n"] = "200"
    app.slider(key="train_classes:en").set_value(4).run()
    assert app.session_state["train_n"] == 400
    assert app.query_params["train_n"] == "400"


def test_a_run_goes_on_where_it_is_when_a_control_of_the_page_is_used_meanwhile() -> None:
    app = open_page("live_training", step="5")
    say(app, turn=0, at=60)
    run = app.session_state["training_run"]
    app.query_params["step"] = "5"
    app.toggle(key="present:en").set_value(True).run()
    assert app.session_state["training_run"] is run
    assert run.step == 60


def test_an_older_value_is_taken_from_the_link_once_the_newer_one_has_been_there() -> None:
    app = open_page("live_training", train_data="rings", train_n="200")
    app.slider(key="train_n:en").set_value(400).run()
    app.run()
    app.query_params["train_n"] = "200"
    app.run()
    assert app.session_state["train_n"] == 200


def test_a_text_that_never_stood_in_the_link_is_news(app: AppTest) -> None:
    app.query_params["epsilon"] = "0.75"
    app.run()
    assert epsilon(app) == (0.75, "0.75")


def test_going_back_in_the_history_is_news_though_the_text_is_old(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(url_state, "get_script_run_ctx", lambda: SimpleNamespace(is_history_navigation=True))
    app.query_params["epsilon"] = "0.5"
    app.run()
    assert epsilon(app) == (0.5, "0.5")


def test_a_link_followed_from_another_page_is_news_though_the_text_is_old(app: AppTest) -> None:
    app.switch_page("pages/home.py").run()
    app.query_params["epsilon"] = "0.5"
    app.switch_page("pages/loss_explorer.py").run()
    assert epsilon(app) == (0.5, "0.5")
