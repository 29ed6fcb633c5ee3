from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

from ui.i18n import catalogue, languages

ROOT = Path(__file__).parents[2]
PAGES = (
    "home",
    "softmax_playground",
    "loss_explorer",
    "live_training",
    "softmax_vs_sigmoid",
    "digits",
    "glossary",
    "join",
    "class_results",
)
LANGUAGES = languages()


def open_page(page: str, **parameters: str) -> AppTest:
    """Open a page of the app from a link with these query parameters."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(parameters)
    app.switch_page(f"pages/{page}.py").run()
    return app


def send_states(app: AppTest, *states: WidgetState) -> AppTest:
    """Send states of widgets and components as a browser does, and rerun the page."""
    return app._run(WidgetStates(widgets=states))


def text_of(app: AppTest) -> str:
    """Return the Markdown on a page, without the explanations of marked terms."""
    return without_terms("\n".join(element.value for element in app.markdown))


def without_terms(text: str) -> str:
    """Return text in which marked terms are drawn as plain text."""
    text = re.sub(r'<span class="definition">.*?</span>', "", text)
    return re.sub(r'<span class="term" tabindex="0">(.*?)</span>', r"\1", text)


def unmarked(text: str, language: str = "en") -> str:
    """Return a text as it is shown, with the names of marked terms."""
    return re.sub(r"\[\[(.*?)(?:\|(.*?))?\]\]", lambda mark: mark[2] or catalogue(language)[f"term.{mark[1]}"], text)


def markup(app: AppTest) -> str:
    """Return the HTML of all st.html elements on a page."""
    return "\n".join(element.proto.body for element in app.get("html"))


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)
