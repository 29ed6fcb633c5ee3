"""Synchronisation of session and link, also when the browser sends an outdated link."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import open_page
from ui.lecture.steps import load_steps
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
    app.session_state["stage_feed_message"] = {"timelineId": app.session_state["training_run"].identity, **message}
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
    assert timeline.tracked_runs[0].run.settings.learning_rate == 10.0
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


def changed_training() -> AppTest:
    """Open the training page with settings other than the defaults."""
    return open_page("live_training", rate="100", l2="1", compare="rate", step="12", past="10:0.3:0:0", lang="en")


def follow(app: AppTest, page: str, **parameters: str) -> AppTest:
    """Go to Home, and from there to a page by a link with these query parameters."""
    app.query_params.clear()
    app.switch_page("pages/home.py").run()
    app.query_params.clear()
    app.query_params.update(parameters)
    return app.switch_page(f"pages/{page}.py").run()


def test_an_example_opens_as_in_a_new_session() -> None:
    link = {"train_data": "separable", "step": "1", "lang": "en"}
    app, fresh = follow(changed_training(), "live_training", **link), open_page("live_training", **link)
    for key in ("rate", "l2", "compare", "train_data"):
        assert app.session_state[key] == fresh.session_state[key], key
    runs, fresh_runs = (one.session_state["training_run"].tracked_runs for one in (app, fresh))
    assert [tracked.run.schedule for tracked in runs] == [tracked.run.schedule for tracked in fresh_runs]
    assert app.query_params["step"] in ("1", ["1"])


def test_a_link_without_a_step_restarts_the_run() -> None:
    app = open_page("softmax_vs_sigmoid", part="exclusive", versus_step="7", lang="en")
    assert app.session_state["versus_training_run"].step == 7
    app = follow(app, "softmax_vs_sigmoid", part="exclusive", lang="en")
    assert app.session_state["versus_training_run"].step == 300


def test_an_outdated_link_does_not_undo_the_opening_of_a_lecture_step() -> None:
    steps = load_steps("en")
    app = open_page("live_training", lang="en", lecture="rate")
    outdated = dict(app.query_params)
    app.query_params.clear()
    app.query_params.update(lang="en", lecture="boundary", **steps["boundary"].state)
    app.run()
    app.query_params.clear()
    app.query_params.update(outdated)
    app.run()
    assert (app.session_state["lecture"], app.session_state["rate"]) == ("boundary", 1.0)
    for key, text in steps["boundary"].state.items():
        assert app.query_params.get(key, text) in (text, [text]), key


def test_a_step_opens_with_a_value_of_an_earlier_step_that_steps_between_did_not_have() -> None:
    steps = load_steps("en")
    app = open_page("loss_explorer", lang="en", lecture="one_hot")
    for name in ("minus_log", "likelihood", "distance"):
        app.query_params.clear()
        app.query_params.update(lang="en", lecture=name, **steps[name].state)
        app.run()
    assert steps["distance"].state["loss_z"] == steps["one_hot"].state["loss_z"]
    assert url_state.numbers_to_text(app.session_state["loss_z"]) == steps["distance"].state["loss_z"]


def test_a_step_opens_with_a_value_that_was_set_before() -> None:
    app = open_page("loss_explorer", lang="en", loss_view="surface", surface_steps="8")
    app.session_state["surface_steps"] = [3.0]
    app.run()
    app.query_params["lecture"] = "descent"
    app.query_params["surface_steps"] = "8"
    app.run()
    assert app.session_state["surface_steps"] == [8.0]


def test_the_navigation_keeps_all_values() -> None:
    app = follow(changed_training(), "live_training", lang="en", present="true")
    assert (app.session_state["rate"], app.session_state["compare"]) == (100.0, "rate")
    assert app.session_state["training_run"].step == 12


def test_going_back_in_the_history_opens_the_page_as_its_link_says(monkeypatch: pytest.MonkeyPatch) -> None:
    app = changed_training()
    app.query_params.clear()
    app.switch_page("pages/home.py").run()
    monkeypatch.setattr(url_state, "get_script_run_ctx", lambda: SimpleNamespace(is_history_navigation=True))
    app.query_params.clear()
    app.query_params["lang"] = "en"
    app.switch_page("pages/live_training.py").run()
    assert (app.session_state["rate"], app.session_state["training_run"].step) == (0.3, 0)


def test_a_link_keeps_projector_mode_and_drawn_points() -> None:
    app = open_page("live_training", lang="en", present="true", train_data="points", points="AAAAAAAAAB")
    points = app.session_state["points"]
    app = follow(app, "live_training", train_data="rings")
    assert app.session_state["present"] is True
    assert app.session_state["points"] == points
    assert len(points) == 2


@pytest.mark.parametrize(("text", "shown"), [([29.0], "24"), ([-31.0], "-24")])
def test_numbers_beyond_their_limits_are_clipped_before_they_are_written(text: list[float], shown: str) -> None:
    app = open_page("softmax_playground", lang="en")
    app.session_state["shift_image"] = text
    app.run()
    assert app.query_params["shift_image"] in (shown, [shown])
    assert open_page("softmax_playground", shift_image=shown).session_state["shift_image"] == [float(shown)]


def test_clicking_a_sample_counts_though_the_link_names_another_one() -> None:
    app = open_page("live_training", lang="en", panel="update", sample="5")
    send_from_stage(app, revision=0, step=0, clickedSample=11)
    assert (app.session_state["sample"], app.session_state["panel"]) == (12, "sample")


def test_an_earlier_value_is_adopted_from_a_link_on_another_page(app: AppTest) -> None:
    app.switch_page("pages/home.py").run()
    app.query_params["epsilon"] = "0.5"
    app.switch_page("pages/loss_explorer.py").run()
    assert epsilon(app) == (0.5, "0.5")
