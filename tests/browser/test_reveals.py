"""After an answer, what the answer changes moves to its new state, with numbers that belong to the picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core import Parameters, softmax
from tests.browser.app import address_of
from tests.browser.conftest import NewView
from tests.browser.idle import wait_until_idle
from ui.lecture.steps import load_steps
from ui.softmax.model_view import trained_model

RECORD = """(testIds) => {
  window.recorded = [];
  const find = (testId) => {
    for (const host of document.querySelectorAll("[data-testid=stBidiComponentIsolated]")) {
      const found = host.shadowRoot?.querySelector(`[data-testid="${testId}"]`);
      if (found) return found.dataset.value ?? found.textContent;
    }
    return "";
  };
  const record = () => {
    recorded.push([location.search, ...testIds.map(find)]);
    pageActivity.nextFrame(record);
  };
  record();
}"""
"""Record the values of elements with these test ids, and the query of the address, in each frame."""


@dataclass(frozen=True)
class Reveal:
    """The answer of a lecture step: the test id of a number that moves, and its value before and after the answer."""

    step: str
    number: str
    before: float
    after: float


REVEALS = [
    Reveal("side_by_side", "stage-probe-sum-2", 1.0, 1.891),
    Reveal("model", "p-1", 0.648, 0.322),
    Reveal("likelihood", "curves-at", 0.4, 0.9),
    Reveal("rate", "stage-step", 0, 50),
    Reveal("boundary", "stage-step", 0, 2000),
    Reveal("several", "stage-step", 0, 300),
    Reveal("several", "stage-probe-sum-2", 1.5, 1.996),
]


def answer(view: Page, base: str, step_name: str, numbers: list[str], script: str = RECORD) -> list[list[str]]:
    """Answer a step; return what `script` has recorded in each frame."""
    step = load_steps("en")[step_name]
    view.goto(address_of(base, step.page, lang="en", lecture=step_name))
    view.wait_for_selector(".lecture-title")
    wait_until_idle(view)
    view.evaluate(script, numbers)
    view.get_by_role("button", name=step.options[step.right], exact=True).click()
    expect(view.locator(".st-key-lecture_text")).to_contain_text("✓")
    wait_until_idle(view)
    recorded: list[list[str]] = view.evaluate("recorded")
    return recorded


def changes(values: list[float]) -> list[float]:
    return [value for i, value in enumerate(values) if i == 0 or value != values[i - 1]]


@pytest.mark.parametrize("reveal", REVEALS, ids=lambda reveal: reveal.step)
def test_the_answer_moves_to_its_state_and_the_address_has_only_this_state(
    base: str, view: Page, reveal: Reveal
) -> None:
    recorded = answer(view, base, reveal.step, [reveal.number])
    values = changes([float(value) for _, value in recorded])
    assert values[0] == pytest.approx(reveal.before, abs=2e-3)
    assert values[-1] == pytest.approx(reveal.after, abs=2e-3)
    assert len(values) > 2, "nothing between the two states"
    assert len({address for address, _ in recorded}) <= 3  # before, with the guess, with the new state


def test_numbers_on_the_way_belong_to_the_weights_shown_with_them(base: str, view: Page) -> None:
    weights = [f"weight-{j}-{k}" for j in range(3) for k in range(3)]
    names = [*(f"{name}-typed" for name in weights), "x-0", "x-1", *(f"p-{k}" for k in range(3))]
    script = RECORD.replace("found.dataset.value ?? found.textContent", "found.dataset.value ?? found.value")
    step = load_steps("en")["model"]
    view.goto(address_of(base, step.page, lang="en", lecture="model"))
    view.wait_for_selector(".lecture-title")
    wait_until_idle(view)
    view.evaluate(script, names)
    view.get_by_role("button", name=step.options[step.right], exact=True).click()
    expect(view.locator(".st-key-lecture_text")).to_contain_text("✓")
    wait_until_idle(view)
    for _, *texts in view.evaluate("recorded"):
        numbers = np.array([float(text.replace("−", "-")) for text in texts])
        z = Parameters.from_stacked(numbers[:9].reshape(3, 3)).logits(numbers[None, 9:11])[0]
        np.testing.assert_allclose(numbers[11:], softmax(z), atol=1e-9)
    assert trained_model()[2] != numbers[:9].reshape(3, 3).tolist()


def test_bars_of_a_chart_from_python_move_to_their_new_lengths(base: str, new_view: NewView) -> None:
    lengths = {}
    for motion in ("no-preference", "reduce"):
        view = new_view(reduced_motion=motion)
        script = RECORD.replace("testIds.map(find)", "testIds.map((bar) => document.querySelector(bar).offsetWidth)")
        recorded = answer(view, base, "distance", [".bars.neutral .bar .hatched"], script)
        lengths[motion] = changes([float(length) for _, length in recorded])
    moving = lengths["no-preference"]
    assert len(moving) > 5
    assert moving == sorted(moving, reverse=True)
    assert moving[-1] == 0  # KL
    assert lengths["reduce"] == [moving[0], 0]


def test_steps_of_the_preprocessing_are_turned_off_one_after_the_other(base: str, view: Page) -> None:
    script = RECORD.replace("found.dataset.value ?? found.textContent", "String(found.checked)")
    names = [f"digit-{name}" for name in ("deslant", "resize", "even_ink")]
    states = [row[1:] for row in answer(view, base, "ocr", names, script)]
    order = [state for i, state in enumerate(states) if i == 0 or state != states[i - 1]]
    assert order == [["false"] * off + ["true"] * (3 - off) for off in range(4)]
    view.get_by_test_id("digit-resize").check()
    wait_until_idle(view)
    assert [view.get_by_test_id(name).is_checked() for name in names] == [False, True, False]


def test_with_reduced_motion_the_new_state_is_there_at_once(base: str, new_view: NewView) -> None:
    view = new_view(reduced_motion="reduce")
    for reveal in REVEALS[1:4]:
        values = changes([float(value) for _, value in answer(view, base, reveal.step, [reveal.number])])
        assert values == [pytest.approx(reveal.before, abs=2e-3), pytest.approx(reveal.after, abs=2e-3)]


def test_the_step_shown_on_the_way_has_its_own_loss(base: str, view: Page) -> None:
    recorded = answer(view, base, "boundary", ["stage-step", "stage-loss"])
    losses: dict[int, set[float]] = {}
    for _, step, loss in recorded:
        losses.setdefault(int(step), set()).add(float(loss))
    assert all(len(values) == 1 for values in losses.values())
    shown = [losses[step].copy().pop() for step in sorted(losses)]
    assert shown == sorted(shown, reverse=True)
    view.get_by_test_id("stage-step-back").click()
    expect(view.get_by_test_id("stage-step")).to_have_text("1999")


def test_a_key_during_the_movement_takes_over_from_the_new_state(base: str, view: Page) -> None:
    step = load_steps("en")["likelihood"]
    view.goto(address_of(base, step.page, lang="en", lecture="likelihood"))
    view.wait_for_selector(".lecture-title")
    wait_until_idle(view)
    view.evaluate("""() => {
      const hosts = [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")];
      const inHost = ({ shadowRoot }) => shadowRoot.querySelector("[data-testid=curves-point]");
      const point = () => hosts.map(inHost).find(Boolean);
      const press = () => {
        const value = Number(point().getAttribute("aria-valuenow"));
        if (value <= 0.45) return pageActivity.nextFrame(press);
        window.pressedAt = value;
        point().dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
        window.afterKey = Number(point().getAttribute("aria-valuenow"));
      };
      press();
    }""")
    view.get_by_role("button", name=step.options[step.right], exact=True).click()
    expect(view.locator(".st-key-lecture_text")).to_contain_text("✓")
    wait_until_idle(view)
    assert view.evaluate("pressedAt") < 0.85
    assert 0.87 < view.evaluate("afterKey") < 0.9
