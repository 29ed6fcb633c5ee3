"""A stage that plays gets its rows over HTTP: the same as through its feed, and only those of its own session."""

from __future__ import annotations

import gc
import json
from http import HTTPStatus
from threading import Event
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.fuzz.messages import HOSTILE
from tests.load.simulation import run_in_thread
from tests.load.stage import unpack
from tests.pages.conftest import open_page
from ui.training import rows_route
from ui.training.timeline import Timeline


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Return the training page, from a server with the route, while its stage plays."""
    enabled = Event()
    enabled.set()
    monkeypatch.setattr(rows_route, "_is_enabled", enabled)
    app = open_page("live_training", lang="en")
    timeline_of(app).playing = True
    return app


def stage_header(app: AppTest) -> dict[str, Any]:
    stage = next(node.proto for node in app.get("bidi_component") if node.proto.id.endswith("-stage"))
    return unpack(stage.bytes)[0]


def timeline_of(app: AppTest) -> Timeline:
    timeline = app.session_state["training_run"]
    assert isinstance(timeline, Timeline)
    return timeline


def valid_message(app: AppTest, **changes: object) -> dict[str, object]:
    timeline = timeline_of(app)
    message = {"timelineId": timeline.identity, "revision": timeline.revision, "step": 20, "playing": True}
    return {**message, "values": timeline.values, "rows": {"from": 30, "to": 60, "stride": 1}, **changes}


def post(url: str, body: bytes) -> tuple[int, bytes]:
    """Return status and body of the answer to a request, sent to the route without a server."""
    sent: list[dict[str, Any]] = []
    scope = {"type": "http", "method": "POST", "path": f"/{url}", "headers": [], "query_string": b""}

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(part: Any) -> None:
        sent.append(part)

    match, child = rows_route.ROUTE.matches(scope)
    assert match.name == "FULL"
    run_in_thread(rows_route.ROUTE.handle({**scope, **child}, receive, send))
    return sent[0]["status"], sent[1]["body"]


def post_json(app: AppTest, message: object) -> tuple[int, bytes]:
    return post(stage_header(app)["rowsUrl"], json.dumps(message).encode())


def test_the_answer_has_the_rows_and_python_knows_the_step(app: AppTest) -> None:
    status, body = post_json(app, valid_message(app))
    header, array = unpack(body)
    timeline = timeline_of(app)
    [rows] = timeline.rows(30, 60, 1)
    assert status == HTTPStatus.OK
    assert header["timelineId"] == timeline.identity
    assert timeline.step == 20
    np.testing.assert_array_equal(array("0.steps"), np.arange(30, 61))
    np.testing.assert_array_equal(array("0.parameters"), rows.parameters.ravel())
    np.testing.assert_array_equal(array("0.losses"), rows.losses)


def test_a_message_without_a_request_sets_the_step(app: AppTest) -> None:
    status, body = post_json(app, valid_message(app, rows=None))
    assert status == HTTPStatus.OK
    assert "0.steps" not in unpack(body)[0]["arrays"]
    assert timeline_of(app).step == 20
    assert app.run().session_state["training_run"].step == 20
    assert app.query_params["step"] == "20"


@pytest.mark.parametrize("changes", [{"revision": 1}, {"revision": None}, {"timelineId": "other.0"}])
def test_a_message_about_other_runs_or_settings_changes_nothing(app: AppTest, changes: dict[str, object]) -> None:
    before = timeline_of(app).step
    assert post_json(app, valid_message(app, **changes)) == (HTTPStatus.CONFLICT, b"")
    assert timeline_of(app).step == before


def test_a_message_from_before_the_pause_does_not_move_the_step(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    timeline = timeline_of(app)
    train = timeline.rows

    def pause(*request: int) -> object:
        timeline.playing, timeline.step = False, 25
        return train(*request)

    monkeypatch.setattr(timeline, "rows", pause)
    assert post_json(app, valid_message(app))[0] == HTTPStatus.CONFLICT
    assert post_json(app, valid_message(app))[0] == HTTPStatus.CONFLICT
    assert timeline.step == 25


def test_rows_of_settings_that_have_changed_meanwhile_are_not_sent(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    timeline = timeline_of(app)
    train = timeline.rows

    def change_settings(*request: int) -> object:
        rows = train(*request)
        timeline.set_values({**timeline.values, "rate": 0.01})
        return rows

    monkeypatch.setattr(timeline, "rows", change_settings)
    assert post_json(app, valid_message(app))[0] == HTTPStatus.CONFLICT


def test_only_who_has_the_sessions_url_gets_rows(app: AppTest) -> None:
    other = open_page("live_training", lang="en")  # from the same server
    assert stage_header(app)["rowsUrl"] != stage_header(other)["rowsUrl"]
    assert post("training-rows/unknown", b"{}")[0] == HTTPStatus.NOT_FOUND
    url = stage_header(app)["rowsUrl"]
    assert post(f"below/a/path/{url}", json.dumps(valid_message(app)).encode())[0] == HTTPStatus.OK


def test_the_runs_do_not_outlive_the_session() -> None:
    timeline = Timeline("scene", [], {})
    rows_route._timelines[timeline.token] = timeline
    url = f"training-rows/{timeline.token}"
    assert post(url, b"")[0] == HTTPStatus.BAD_REQUEST
    del timeline
    gc.collect()
    assert post(url, b"")[0] == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("field", ["timelineId", "revision", "step", "rows", "playing", "values"])
def test_hostile_values_get_an_answer_or_an_error_status(app: AppTest, field: str) -> None:
    url, message = stage_header(app)["rowsUrl"], valid_message(app)
    for value in HOSTILE:
        others = json.dumps({name: other for name, other in message.items() if name != field})
        status, body = post(url, f'{others[:-1]}, "{field}": {value}}}'.encode())
        assert (status == HTTPStatus.OK) == bool(body)
        assert status < HTTPStatus.INTERNAL_SERVER_ERROR


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 9000, b" " * (rows_route.MAX_BYTES + 1)])
def test_what_is_no_message_gets_an_error_status(app: AppTest, body: bytes) -> None:
    assert post(stage_header(app)["rowsUrl"], body)[0] in (
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    )


@pytest.mark.usefixtures("app")
def test_a_stage_with_an_uploaded_file_does_not_use_the_route() -> None:
    assert stage_header(open_page("live_training", lang="en", train_data="table"))["rowsUrl"] is None


def test_a_server_without_the_route_does_not_announce_it() -> None:
    assert stage_header(open_page("live_training", lang="en"))["rowsUrl"] is None
