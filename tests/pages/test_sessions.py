"""Two sessions in one process do not affect each other."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core import FeatureMap, penguins, train
from tests.fuzz.page_content import component_data, texts
from tests.pages.conftest import open_page
from tests.pages.test_upload import upload

SETTINGS = {
    "softmax_playground": {"scenario": "news", "name_news_1": "Secret", "z_news": "4,3,2,1", "temperature": "2"},
    "loss_explorer": {"loss_view": "surface", "surface_steps": "3", "loss_z": "1,2,3,4"},
    "live_training": {"train_data": "rings", "expansion": "cubic", "step": "40", "held_out": "20", "rate": "1"},
    "softmax_vs_sigmoid": {"part": "belief", "belief": "rbf", "believers": "30", "belief_t": "2"},
}
"""Settings of one session on each page."""


def content(app: AppTest) -> list[str]:
    """Return all texts of a page and the data of its components."""
    assert not app.exception
    return [text.text for text in texts(app)] + [str(component_data(node.proto)) for node in app.get("bidi_component")]


@pytest.mark.parametrize("page", SETTINGS)
def test_settings_do_not_affect_another_session(page: str) -> None:
    alone = open_page(page)
    expected = content(alone), content(alone.run())
    other = open_page(page)
    changed = open_page(page, **SETTINGS[page])
    assert content(changed) != expected[0]
    assert (content(other), content(other.run())) == expected
    new = open_page(page)
    assert (content(new), content(new.run())) == expected


def test_an_uploaded_table_is_not_shown_in_another_session() -> None:
    one, other = (open_page("live_training", train_data="table") for _ in range(2))
    upload(one, b"a,b,kind\n1,2,quokka\n3,4,narwhal\n5,6,quokka\n7,8,narwhal\n", "mine.csv")
    for app, found in ((one, True), (other.run(), False), (open_page("live_training", train_data="table"), False)):
        for word in ("mine", "quokka", "narwhal"):
            assert any(word in text for text in content(app)) == found, word


def test_a_run_is_unaffected_by_another_session() -> None:
    one, other = (open_page("live_training", batch="16", step="20").session_state["training_run"] for _ in range(2))
    other.rows(20, 120, 1)
    one.change_values({**one.values, "rate": 3.0}, 30)
    one.rows(30, 300, 1)
    data = penguins()
    X = FeatureMap.fit(data.X)(data.X)
    expected = train(X, data.labels, learning_rate=0.3, steps=300, batch_size=16)
    np.testing.assert_array_equal(other.rows(0, 300, 1)[0].losses, expected.losses)
    assert one.rows(0, 300, 1)[0].losses[300] != expected.losses[300]


def test_an_uploaded_table_is_freed_with_its_session() -> None:
    app = open_page("live_training", train_data="table")
    upload(app, b"a,b,kind\n1,2,quokka\n3,4,narwhal\n5,6,quokka\n7,8,narwhal\n", "mine.csv")
    timeline = app.session_state["training_run"]
    timeline.rows(0, 200, 1)
    problem = weakref.ref(timeline.tracked_runs[0].model.problem)
    assert problem() is not None
    del app, timeline
    gc.collect()
    assert problem() is None
