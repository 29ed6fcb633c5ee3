from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
PAGES = ("home", "softmax_playground", "loss_explorer", "live_training", "softmax_vs_sigmoid")
LANGUAGES = ("en", "ja")


def opened(page: str, **parameters: str) -> AppTest:
    """A page of the app as a link opens it."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(parameters)
    app.switch_page(f"pages/{page}.py").run()
    return app


def sent(app: AppTest, *states: WidgetState) -> AppTest:
    """The page after the browser has sent what these widgets, and components, say now."""
    return app._run(WidgetStates(widgets=states))


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)
