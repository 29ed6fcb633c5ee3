"""Checks for every view: each function lists the faults of the open page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page

from tests.browser.page_elements import DEEP, TEXTS, number_faults, overflow, targets
from ui.i18n import LOCALES, catalogue
from ui.lecture.steps import load_steps

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = f"""() => axe.run(document, {{
    runOnly: {json.dumps(RULES)},
    rules: {{
        "target-size": {{ enabled: true }},
        "presentation-role-conflict": {{ enabled: false }},  // Streamlit's file uploader has it
    }},
    resultTypes: ["violations"],
}})"""

SMALLEST_TARGET, SMALLEST_STAGE_TARGET = 24, 44
"""Minimum side in CSS pixels of any control, and on touch screens of the stage's controls and of handles."""

MAX_TABS = 160

LATIN_WORD = re.compile("[A-Za-z]{4,}")

FOCUSED = (
    "() => {"
    + DEEP
    + """
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (!at || at === document.body) return null;
    const marked = (element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
    };
    const around = [at, at.parentElement, at.parentElement?.parentElement].filter(Boolean);
    const known = reached.has(at);
    reached.add(at);
    return { name: named(at), known, marked: [...around, ...at.querySelectorAll("*")].some(marked) };
}"""
)
UNREACHED = (
    "() => {"
    + DEEP
    + """
    // Buttons of Streamlit that do the same as the arrow keys in the field beside them.
    const redundant = "[data-testid^=stNumberInputStep], [data-testid=stSelectbox] button";
    // Arrow keys go from one button of a group to the next.
    const group = "[role=radiogroup], [data-testid=stButtonGroup] [role=toolbar]";
    const oneOfGroup = (element) =>
        [...element.closest(group)?.querySelectorAll("[role=radio], button") ?? []].some((other) => reached.has(other));
    const passedOver = (element) => !reached.has(element) && !element.matches(redundant) && !oneOfGroup(element);
    return operable().filter((element) => shown(target(element)) && passedOver(element)).map(named);
}"""
)
PICTURES = (
    "() => {"
    + DEEP
    + """
    const pictures = [...everything(document)].filter((element) => shown(element) &&
        element.matches("canvas:not(.regions, .overlay-canvas), svg[role=img], [data-testid=stPlotlyChart], img"));
    return pictures.map((element) => element.getAttribute("aria-label") || element.alt ||
        element.querySelector("[role=img][aria-label]")?.getAttribute("aria-label") || "");
}"""
)
RECORD_CANVAS_TEXTS = """window.painted = new Set();
const { fillText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    painted.add(String(text));
    return fillText.call(this, text, ...rest);
};"""
INTERNATIONAL_WORDS = {
    *("English", "Streamlit", "Softmax", "Lab"),  # names
    *("log", "softmax", "argmax", "min", "max", "exp", "float"),  # functions
    *("PNG", "SVG", "CSV", "TSV", "TXT", "XLSX", "XLS", "JSON", "RBF", "MB"),  # formats and units
    *("PageDown", "PageUp", "Space"),  # keys
}
"""Words that are the same in every language."""


class Watcher:
    """Context manager that records the requests and the errors of a page."""

    def __init__(self, view: Page) -> None:
        self.addresses: list[str] = []
        self.errors: list[str] = []
        self._listeners: dict[Any, Callable[..., None]] = {
            "request": lambda request: self.addresses.append(request.url),
            "websocket": lambda socket: self.addresses.append(socket.url),
            "pageerror": lambda error: self.errors.append(f"error: {error}"),
            "console": self._on_console,
        }
        self._view = view
        for event, listener in self._listeners.items():
            view.on(event, listener)

    def __enter__(self) -> Watcher:
        return self

    def __exit__(self, *_: object) -> None:
        for event, listener in self._listeners.items():
            self._view.remove_listener(event, listener)

    def _on_console(self, message: ConsoleMessage) -> None:
        # Streamlit first requests its health check and settings below the path of the page, where they do not exist.
        if message.type == "error" and not message.location["url"].endswith(
            ("/_stcore/health", "/_stcore/host-config")
        ):
            self.errors.append(f"console: {message.text} {message.location['url']}")

    def faults(self) -> list[str]:
        """List the errors, and the requests to other hosts than the app's."""
        network = [url for url in self.addresses if not url.startswith(("data:", "blob:"))]
        assert network
        return self.errors + [f"request to {url}" for url in network if urlsplit(url).hostname != "127.0.0.1"]


def faults(view: Page, page: str, language: str, touch: bool) -> list[str]:
    """List all faults of a page in this language, with touch or with a mouse, except keyboard faults."""
    return [
        *heading_faults(view, page, language),
        *number_faults(view),
        *layout_faults(view, touch),
        *(f"a picture without a text: {i + 1}" for i, text in enumerate(picture_texts(view)) if not text),
        *(english_faults(view) if language == "ja" else ()),
        *axe_faults(view),
    ]


def heading_faults(view: Page, page: str, language: str) -> Iterator[str]:
    """Check the heading, the title of the tab and the page's language."""
    texts = catalogue(language)
    heading = view.get_by_role("heading", level=1)
    for name, found, expected in (
        ("heading", heading.inner_text() if heading.count() == 1 else heading.count(), texts[f"{page}.title"]),
        ("title of the tab", view.title(), texts["app.tab"].format(page=texts[f"{page}.nav"])),
        ("language", view.evaluate("document.documentElement.lang"), language),
    ):
        if found != expected:
            yield f"{name}: {found} instead of {expected}"


def layout_faults(view: Page, touch: bool) -> Iterator[str]:
    """Check that the page is not wider than the window, and that controls are large enough and do not overlap."""
    if (wider := overflow(view)) > 0:
        yield f"the page is {wider:g} px wider than the window"
    for control in targets(view):
        if control["over"]:
            yield f"{control['name']} overlaps {control['over']}"
        smallest = SMALLEST_STAGE_TARGET if touch and control["large"] else SMALLEST_TARGET
        if not control["inText"] and min(control["width"], control["height"]) < smallest - 0.5:
            yield f"{control['name']} is {control['width']:g} × {control['height']:g} px"


def picture_texts(view: Page) -> list[str]:
    """Return the text alternative of each picture."""
    found: list[str] = view.evaluate(PICTURES)
    return found


def english_faults(view: Page) -> Iterator[str]:
    """Find texts on a Japanese page, or on its canvases, with a Latin word that is not in our Japanese texts."""
    known = INTERNATIONAL_WORDS | japanese_vocabulary()
    if "/glossary" in view.url:  # it has the English terms, too
        known |= {
            word
            for key, text in catalogue("en").items()
            if key.startswith("term.")
            for word in LATIN_WORD.findall(text)
        }
    for text in view.evaluate(TEXTS):
        if words := set(LATIN_WORD.findall(text)) - known:
            yield f"English: {text.strip()[:80]} ({', '.join(sorted(words))})"


@cache
def japanese_vocabulary() -> set[str]:
    """Return the Latin words in our Japanese texts."""
    lessons = [path.read_text("utf-8").rpartition("+++\n")[2] for path in (LOCALES / "ja").rglob("*.md")]
    heads = [text for step in load_steps("ja").values() for text in (step.title, step.question, *step.options.values())]
    texts = [re.sub(r"\{[^}]*\}", "", text) for text in catalogue("ja").values()]
    return set(LATIN_WORD.findall("\n".join([*texts, *lessons, *heads])))


def axe_faults(view: Page) -> list[str]:
    """List what axe-core reports for WCAG 2.2, levels A and AA, and for best practices."""
    view.evaluate(AXE)
    return [
        f"{violation['id']} {node['target']}: {node['html'][:160]} {node['failureSummary']}"
        for violation in view.evaluate(RUN_AXE)["violations"]
        for node in violation["nodes"]
    ]


def keyboard_faults(view: Page) -> Iterator[str]:
    """Check that Tab reaches every control, shows the focus, and leaves the page after the last one."""
    view.evaluate("() => { document.activeElement.blur(); window.reached = new Set(); }")
    first = None
    for _ in range(MAX_TABS):
        view.keyboard.press("Tab")
        focused = view.evaluate(FOCUSED)
        if focused is None:
            break
        first = first or focused["name"]
        if focused["known"]:
            if focused["name"] != first:
                yield f"Tab leads back to {focused['name']}"
            break
        if not focused["marked"]:
            yield f"no sign of the focus on {focused['name']}"
    else:
        yield "Tab does not leave the page"
    yield from (f"Tab does not reach {name}" for name in view.evaluate(UNREACHED))
