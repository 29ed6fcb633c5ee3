"""Texts, controls and layout of a page, including its shadow roots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Frame, Page

DEEP = """
const OPERABLE = "a[href], button, input, select, textarea, summary, [tabindex='0'], " +
    ["slider", "radio", "tab", "switch", "checkbox", "combobox", "application"].map((role) => `[role=${role}]`).join();
function* everything(root) {
    for (const element of root.querySelectorAll("*")) {
        yield element;
        if (element.shadowRoot) yield* everything(element.shadowRoot);
    }
}
const shown = (element) => {
    const { width, height, right } = element.getBoundingClientRect();
    if (width < 2 || height < 2 || right < 1) return false;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
        if (getComputedStyle(at).clipPath.startsWith("inset(")) return false;
    }
    return true;
};
/** The element that receives a press: the label of a hidden field, the whole bar of a handle. */
const target = (element) =>
    (element.tagName === "INPUT" && element.closest("label")) || element.closest(".track") || element;
const named = (element) => {
    const parts = [element.tagName.toLowerCase(), element.getAttribute("role"), element.dataset.testid];
    const name = element.getAttribute("aria-label") || element.textContent.trim().slice(0, 30) || element.title || "";
    return parts.filter(Boolean).join(".") + ` “${name}”`;
};
const within = (inner, outer) => {
    for (let at = inner; at; at = at.parentNode ?? at.host) if (at === outer) return true;
    return false;
};
const operable = () =>
    [...everything(document)].filter((element) => element.matches(OPERABLE) && !element.matches("main, :disabled"));
"""
TEXTS = (
    "() => {"
    + DEEP
    + """
    const notForReading = "script, noscript, style, code, pre, .katex, .formula, [data-testid=stIconMaterial]";
    const found = new Set(window.painted);
    for (const element of everything(document.body)) {
        if (element.closest(notForReading)) continue;
        for (const name of ["aria-label", "aria-valuetext", "placeholder", "title", "alt"]) {
            found.add(element.getAttribute(name));
        }
        for (const child of element.childNodes) if (child.nodeType === Node.TEXT_NODE) found.add(child.data);
    }
    return [...found].filter(Boolean);
}"""
)


def number_faults(view: Page) -> Iterator[str]:
    """Find tracebacks, NaN and undefined on a page, in its components and on its canvases."""
    if view.locator("[data-testid=stException]").count():
        yield "a traceback"
    text = "\n".join(view.evaluate(TEXTS))
    yield from (f"“{word}” on the page" for word in re.findall(r"\bNaN\b|Traceback|\bundefined\b", text))


def targets(view: Page) -> list[dict[str, Any]]:
    """Return the name, the box and the overlapping controls of each visible control, and whether it is in a text."""
    found: list[dict[str, Any]] = view.evaluate(
        "() => {"
        + DEEP
        + """
        const boxes = new Map();
        for (const element of operable()) {
            const pressed = target(element);
            if (!shown(pressed) || boxes.has(pressed)) continue;
            const { left, top, width, height } = pressed.getBoundingClientRect();
            const inText = pressed.matches("a, .term") && getComputedStyle(pressed).display === "inline";
            const isHandle = element.matches("[role=slider], [role=application]") && !!element.getRootNode().host;
            const large = isHandle || !!element.closest(".stage");
            boxes.set(pressed, { name: named(element), left, top, width, height, inText, large });
        }
        const all = [...boxes].filter(([element]) => element.tagName !== "CANVAS");
        return all.map(([element, box], i) => ({
            ...box,
            over: all.slice(i + 1).filter(([other, { left, top, width, height, inText }]) => {
                if (within(element, other) || within(other, element)) return false;
                if (box.inText && inText) return false;  // the box of a broken line has the text beside it, too
                const across = Math.min(box.left + box.width, left + width) - Math.max(box.left, left);
                const down = Math.min(box.top + box.height, top + height) - Math.max(box.top, top);
                return across > 1 && down > 1;
            }).map(([, { name }]) => name),
        }));
    }"""
    )
    return found


def overflow(view: Page) -> float:
    """Return by how many pixels the page is wider than the window."""
    return float(
        view.evaluate(
            """() => {
            const main = document.querySelector("[data-testid=stMain]"), page = document.documentElement;
            return Math.max(main.scrollWidth - main.clientWidth, page.scrollWidth - page.clientWidth);
        }"""
        )
    )


OUT_OF_VIEW = """
(element) => {
  const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
  const shown = width === 0 || (left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1);
  return shown ? null : [left, top, right, bottom].map(Math.round).join(" ");
}
"""


def selector_of(name: str) -> str:
    kind = name.partition(":")[0]
    return kind if kind.startswith((".", "canvas", "figure", "table")) else f"[data-testid={kind}]"


def out_of_view(view: Page | Frame, names: tuple[str, ...]) -> list[str]:
    """List the elements that are missing or not entirely in view; `name:2` is the third element of that name."""
    missing = []
    for name in names:
        kind, _, number = name.partition(":")
        found = view.locator(selector_of(kind)).all()
        found = found[int(number) : int(number) + 1] if number else found
        boxes = [box for element in found if (box := element.evaluate(OUT_OF_VIEW))]
        missing += [f"{name} {box}" for box in boxes] if found else [f"{name} is missing"]
    return missing
