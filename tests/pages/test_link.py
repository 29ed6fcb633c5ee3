"""The link and the session, when a browser lags behind and when the reader goes somewhere."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import opened
from ui import link


def move_to(app: AppTest, epsilon: float) -> None:
    app.slider(key="epsilon:en").set_value(epsilon)
    app.run()


def epsilon(app: AppTest) -> tuple[object, object]:
    """What the session and the link hold."""
    written = app.query_params["epsilon"]
    return app.session_state["epsilon"], written[0] if isinstance(written, list) else written


@pytest.fixture
def app() -> AppTest:
    app = opened("loss_explorer", lang="en", loss_view="distance", epsilon="0.5")
    move_to(app, 0.2)
    move_to(app, 0.3)
    assert epsilon(app) == (0.3, "0.3")
    return app


@pytest.mark.parametrize("echo", ["0.5", "0.2", "0.3"])
def test_a_browser_that_lags_behind_does_not_undo_what_the_reader_does(app: AppTest, echo: str) -> None:
    app.query_params["epsilon"] = echo
    move_to(app, 0.4)
    assert epsilon(app) == (0.4, "0.4")


def test_a_step_of_the_run_that_was_on_screen_before_begins_no_new_run() -> None:
    app = opened("live_training", lang="en", step="40")
    timeline = app.session_state["training_run"]
    timeline.shown = timeline.reach(60)
    app.run()
    app.query_params["step"] = "40"
    app.slider(key="held_out:en").set_value(0).run()
    assert app.session_state["training_run"] is timeline
    assert timeline.shown == 60


def test_a_text_that_never_stood_in_the_link_is_news(app: AppTest) -> None:
    app.query_params["epsilon"] = "0.75"
    app.run()
    assert epsilon(app) == (0.75, "0.75")


def test_going_back_in_the_history_is_news_though_the_text_is_old(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "get_script_run_ctx", lambda: SimpleNamespace(is_history_navigation=True))
    app.query_params["epsilon"] = "0.5"
    app.run()
    assert epsilon(app) == (0.5, "0.5")


def test_a_link_followed_from_another_page_is_news_though_the_text_is_old(app: AppTest) -> None:
    app.switch_page("pages/home.py").run()
    app.query_params["epsilon"] = "0.5"
    app.switch_page("pages/loss_explorer.py").run()
    assert epsilon(app) == (0.5, "0.5")
