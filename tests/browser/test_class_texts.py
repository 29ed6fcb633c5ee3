"""A question with markup in its texts is shown on a phone as it was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.app import ROOT, new_context, open_page, run_app_process
from ui.classroom.database import open_engine
from ui.classroom.questions import Question
from ui.classroom.sessions import ask, create_session
from ui.look.html import WORD_JOINER

TEXT = "<img src=x onerror=alert(1)> **b** $x^2$ [a](http://e.example) :material/home: `c` [[softmax]] :red[r] :+1:"
OPTIONS = ("<b>x</b> ![i](http://e.example/i.png)", "$\\frac12$ # h <script>alert(1)</script>", "- www.e.example")


def test_markup_in_the_lecturers_texts_is_shown_as_text(browser: Browser, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/classroom.sqlite"
    engine = open_engine(url)
    code = create_session(engine, "lecturer")
    ask(engine, code, "lecturer", Question(OPTIONS, text=TEXT))
    (tmp_path / "secrets.toml").write_text(f'[classroom]\ndatabase = "{url}"\n')
    options = (ROOT / "app.py", None, "--secrets.files", str(tmp_path / "secrets.toml"))
    context = new_context(browser, (390, 844), locale="en-GB")
    requested: list[str] = []
    phone = context.new_page()
    phone.on("request", lambda request: requested.append(request.url))
    phone.on("dialog", lambda _: pytest.fail("a script of the question ran"))
    with run_app_process(*options) as (base, _):
        open_page(phone, base, "join", code=code)
        shown = phone.locator(".st-key-class_question")
        expect(shown).to_be_visible()
        assert shown.inner_text().replace(WORD_JOINER, "") == TEXT
        buttons = phone.locator("[class*=st-key-class_option_] button")
        assert [text.replace(WORD_JOINER, "") for text in buttons.all_inner_texts()] == list(OPTIONS)
        assert phone.locator(".st-key-class_student :is(img, a, script, b, code, .katex)").count() == 0
        assert all(address.startswith((base, base.replace("http", "ws"), "data:", "blob:")) for address in requested)
    context.close()
