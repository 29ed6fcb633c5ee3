"""Two readers of one server: neither sees, or changes, anything of the other's."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.fuzz.seen import texts
from tests.pages.conftest import opened
from tests.pages.test_own_table import upload

OWN = {
    "softmax_playground": {"scenario": "news", "name_news_1": "Secret", "z_news": "4,3,2,1", "temperature": "2"},
    "loss_explorer": {"loss_view": "surface", "surface_steps": "3", "loss_z": "1,2,3,4"},
    "live_training": {"train_data": "rings", "expansion": "cubic", "step": "40", "held_out": "20", "rate": "1"},
    "softmax_vs_sigmoid": {"part": "belief", "belief": "rbf", "believers": "30", "belief_t": "2"},
}
"""What one reader has set on each page."""


def seen(app: AppTest) -> list[str]:
    """All that stands on a page, and what its components are sent as text."""
    assert not app.exception
    return [text.text for text in texts(app)]


@pytest.mark.parametrize("page", OWN)
def test_what_one_reader_does_is_not_seen_by_another(page: str) -> None:
    alone = opened(page)
    expected = seen(alone), seen(alone.run())
    other = opened(page)
    own = opened(page, **OWN[page])
    assert seen(own) != expected[0]
    assert (seen(other), seen(other.run())) == expected
    new = opened(page)
    assert (seen(new), seen(new.run())) == expected


def test_a_table_of_ones_own_is_not_seen_by_another() -> None:
    one, other = (opened("live_training", train_data="table") for _ in range(2))
    upload(one, b"a,b,kind\n1,2,quokka\n3,4,narwhal\n5,6,quokka\n7,8,narwhal\n", "mine.csv")
    for app, found in ((one, True), (other.run(), False), (opened("live_training", train_data="table"), False)):
        for word in ("mine", "quokka", "narwhal"):
            assert any(word in text for text in seen(app)) == found, word


def test_a_run_of_ones_own_goes_on_as_if_nobody_else_trained() -> None:
    one, other = (opened("live_training", batch="16", step="20").session_state["training_run"] for _ in range(2))
    expected = other.rows(20, 120, 1)[0].losses.tolist()
    one.change({**one.values, "rate": 3.0}, 30)
    one.rows(30, 300, 1)
    assert other.rows(20, 120, 1)[0].losses.tolist() == expected
    assert other.runs[0].run.settings.learning_rate == 0.3
