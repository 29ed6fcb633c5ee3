"""The user's own digits: the model is trained on with them, and a file keeps them."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import train
from core.digit_image import Preprocessing
from tests.pages.conftest import open_page, send_states
from tests.pages.test_digits import captions, message
from ui.digits import drawing, teaching
from ui.digits.model import trained_model
from ui.digits.own_digits import MAX_DIGITS, MAX_FILE_BYTES, DigitsFileError, OwnDigit, from_file, to_file
from ui.i18n import catalogue


def test_the_model_is_trained_on_with_the_users_digits_by_core() -> None:
    app = open_page("digits", lang="en", strokes=drawing.FIVE, teaching="true", own_label="3", own_weight="20")
    for _ in range(2):
        app.button(key="teach_add").click().run()
    app.button(key="teach_train").click().run()
    assert not app.exception
    counts = drawing.Drawing(drawing.FIVE, (), Preprocessing()).counts()
    model = trained_model()
    X = np.vstack([model.training.X, *[counts] * 40]) / 16
    labels = np.append(model.training.labels, [3] * 40)
    run = train(X, labels, learning_rate=1.0, steps=teaching.STEPS, l2=1e-3, start=model.parameters)
    sent = message(app)
    np.testing.assert_allclose(sent["weights"], run.weights.ravel(), atol=1e-12)
    assert sent["rates"] == {}  # they are those of the first model
    assert (counts[None] / 16 @ run.weights + run.bias).argmax() == 3
    assert captions(app) == ["3: read 5 → 3"] * 2
    app.button(key="teach_forget").click().run()
    np.testing.assert_array_equal(message(app)["weights"], model.parameters.weights.ravel())
    app.button(key="teach_remove").click().run()
    assert captions(app) == ["3: read 5"]


def test_the_lecture_shows_the_first_model() -> None:
    app = open_page("digits", lang="en", strokes=drawing.FIVE, teaching="true", own_label="3")
    app.button(key="teach_add").click().run()
    app.button(key="teach_train").click().run()
    assert message(app)["rates"] == {}
    app.query_params["lecture"] = "ocr"
    app.run()
    np.testing.assert_array_equal(message(app)["weights"], trained_model().parameters.weights.ravel())


def test_an_empty_drawing_cannot_be_added_nor_more_digits_than_fit() -> None:
    app = open_page("digits", lang="en", teaching="true")
    assert app.button(key="teach_add").disabled
    app = open_page("digits", lang="en", teaching="true", strokes=drawing.FIVE)
    app.session_state["own_digits"] = (OwnDigit((0,) * 64, 1),) * MAX_DIGITS
    app.run()
    assert app.button(key="teach_add").disabled


def uploaded(app, data: bytes):
    return send_states(app, app.file_uploader[0].set_value(("mine.json", data, "application/json"))._widget_state)


def test_a_saved_file_can_be_loaded_and_a_hostile_one_is_refused_with_a_sentence(language: str) -> None:
    digits = [OwnDigit((16,) * 64, 8), OwnDigit((0,) * 63 + (3,), 1)]
    app = uploaded(open_page("digits", lang=language, teaching="true"), to_file(digits).encode())
    assert len(captions(app)) == 2
    assert app.session_state["own_digits"] == tuple(digits)
    uploaded(app, b"[" * 50_000)
    assert not app.exception
    assert [error.value for error in app.error] == [catalogue(language)["digits.file_unreadable"]]
    assert app.session_state["own_digits"] == tuple(digits)


own = st.builds(OwnDigit, st.tuples(*[st.integers(0, 16)] * 64), st.integers(0, 9))


@given(st.lists(own, max_size=3))
def test_a_file_restores_the_digits(digits: list[OwnDigit]) -> None:
    assert from_file(to_file(digits).encode()) == digits


def test_the_longest_file_can_be_loaded() -> None:
    digits = [OwnDigit((16,) * 64, 9)] * MAX_DIGITS
    assert from_file(to_file(digits).encode()) == digits


def file_with(label: object = 1, counts: object = (0,) * 64, version: object = 1, times: int = 1) -> bytes:
    return json.dumps({"version": version, "digits": [{"label": label, "counts": counts}] * times}).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "unreadable"),
        (b"\xff\xfe", "unreadable"),
        (b"[" * 100_000, "unreadable"),
        (b"[]", "unreadable"),
        (b'{"version": 1}', "unreadable"),
        (b" " * (MAX_FILE_BYTES + 1), "large"),
        (file_with(times=MAX_DIGITS + 1), "large"),
        (file_with(version=2), "version"),
        (file_with(version=True), "version"),
        (file_with(label=10), "digit"),
        (file_with(label=True), "digit"),
        (file_with(label="1"), "digit"),
        (file_with(counts=[0] * 63), "digit"),
        (file_with(counts=[0] * 63 + [17]), "digit"),
        (file_with(counts=[0] * 63 + [0.5]), "digit"),
        (file_with(counts=[0] * 63 + [float("nan")]), "digit"),
        (file_with(counts=[0] * 63 + [10**400]), "digit"),
        (file_with(counts="0" * 64), "digit"),
        (b'{"version": 1, "digits": [7]}', "digit"),
    ],
)
def test_another_file_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(DigitsFileError) as refused:
        from_file(data)
    assert refused.value.reason == reason
