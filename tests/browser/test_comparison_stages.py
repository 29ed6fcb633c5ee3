"""The stages of the comparison page: crosshair, thresholds, photos with several tags."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Locator, Page, expect

from core import FeatureMap, sigmoid, softmax, tagged_photos, train
from core.activations import ACTIVATIONS
from core.datasets import MultiLabelDataset, overlapping_blobs
from tests.browser.app import (
    expect_no_traceback,
    open_page,
    play_until_step,
    scrub_to_step,
    stage_number,
    swipe,
    wait_for_page,
)
from tests.browser.idle import wait_until_idle


def open_part(view: Page, base: str, part: str, **parameters: str) -> None:
    open_page(view, base, "softmax_vs_sigmoid", part=part, **{"lang": "en", **parameters})


def plane(view: Page, number: int) -> Locator:
    return view.locator(".plane .points").nth(number)


def outputs(view: Page) -> np.ndarray:
    """Return the outputs of both models in the table, (K, 2)."""
    numbers = view.locator(".outputs td b").all_inner_texts()
    return np.array(numbers[:-2], dtype=float).reshape(-1, 2)


def test_outputs_follow_the_crosshair_while_it_is_dragged(base: str, view: Page) -> None:
    open_part(view, base, "exclusive")
    data = overlapping_blobs(300, 3, 0.3, 0)
    phi = FeatureMap.fit(data.X)
    runs = [train(phi(data.X), data.labels, learning_rate=1, steps=300, head=head) for head in ("softmax", "sigmoid")]
    box = plane(view, 0).bounding_box()
    assert box is not None
    view.mouse.move(box["x"] + 100, box["y"] + 100)
    view.mouse.down()
    view.mouse.move(box["x"] + 190, box["y"] + 80, steps=5)
    while_dragging = outputs(view)  # before Python gets a message
    view.mouse.up()
    wait_until_idle(view)
    parameters = dict(part.split("=") for part in view.url.split("?")[1].split("&"))
    low, high = data.X.min(axis=0), data.X.max(axis=0)
    share = np.array([float(parameters["probe_x"]), float(parameters["probe_y"])]) / 100
    at = low - 0.08 * (high - low) + share * 1.16 * (high - low)
    Z = [run.parameters.logits(phi(at[None]))[0] for run in runs]
    np.testing.assert_allclose(while_dragging, np.stack([softmax(Z[0]), sigmoid(Z[1])], axis=1), atol=6e-4)
    expect(view.get_by_test_id("stage-probe-sum")).to_have_text("1.000")


def test_arrow_keys_move_the_crosshair_but_not_the_training(base: str, view: Page) -> None:
    open_part(view, base, "exclusive")
    before = outputs(view)
    plane(view, 1).focus()
    for _ in range(5):
        view.keyboard.press("ArrowUp")
    wait_until_idle(view)
    assert not np.allclose(outputs(view), before)
    assert "probe_y=60" in view.url
    assert stage_number(view, "step") == 300


def test_the_tooltip_is_hidden_while_the_crosshair_is_dragged(base: str, view: Page) -> None:
    open_part(view, base, "exclusive")
    box = plane(view, 1).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 3
    tip = view.locator(".plane .tooltip").nth(1)
    view.mouse.move(x, y)
    expect(tip).to_be_visible()
    view.mouse.down()
    view.mouse.move(x + 30, y + 30, steps=3)
    expect(tip).to_be_hidden()
    view.mouse.up()
    view.mouse.move(x + 40, y + 30)
    expect(tip).to_be_visible()


def test_a_finger_moves_the_crosshair_from_there_and_scrolls_from_elsewhere(base: str, phone: Page) -> None:
    open_part(phone, base, "exclusive")
    plane(phone, 0).scroll_into_view_if_needed()
    box = plane(phone, 0).bounding_box()
    assert box is not None
    before = outputs(phone)
    x, y = box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.8
    swipe(phone, (x, y), (x, y - 120))
    wait_until_idle(phone)
    np.testing.assert_array_equal(outputs(phone), before)
    moved = plane(phone, 0).bounding_box()
    assert moved is not None
    assert moved["y"] < box["y"] - 40
    x, y = phone.evaluate(
        """() => {
            const [{ picture, context }] = globalThis.softmaxLab.stages.values(), [{ canvas, area }] = picture.planes;
            const { x, y } = canvas.getBoundingClientRect(), { probe_x: u, probe_y: v } = context.values;
            return [x + area.left + (u / 100) * area.width, y + area.top + (1 - v / 100) * area.height];
        }"""
    )
    swipe(phone, (x, y), (x + 50, y - 50))
    wait_until_idle(phone)
    assert (outputs(phone) != before).any()


def test_a_button_moves_the_crosshair_and_the_link_restores_it(base: str, view: Page, other_view: Page) -> None:
    open_part(view, base, "exclusive")
    view.get_by_role("button", name="No exclusivity").click()
    wait_until_idle(view)
    shown = outputs(view)
    assert (shown[:, 1] > 0.5).sum() >= 2
    other = other_view
    other.goto(view.url)
    wait_for_page(other)
    np.testing.assert_array_equal(outputs(other), shown)


def test_threshold_and_colouring_change_the_picture_but_not_the_run(base: str, view: Page) -> None:
    open_part(view, base, "exclusive")
    regions = view.locator(".plane .regions").nth(1)
    pictures = [regions.screenshot()]
    threshold = view.get_by_test_id("stage-threshold")
    threshold.focus()
    for _ in range(4):
        threshold.press("ArrowRight")
    wait_until_idle(view)
    assert "threshold=0.7" in view.url
    pictures.append(regions.screenshot())
    view.get_by_test_id("stage-paint").select_option("1")
    wait_until_idle(view)
    assert "paint=1" in view.url
    pictures.append(regions.screenshot())
    assert len(set(pictures)) == 3
    assert stage_number(view, "step") == 300
    assert "past" not in view.url


def test_training_can_be_reset_and_played_for_both_models(base: str, view: Page) -> None:
    open_part(view, base, "exclusive")
    view.get_by_test_id("stage-reset").click()
    expect(view.get_by_test_id("stage-step")).to_have_text("0")
    play_until_step(view, 21)
    step = int(stage_number(view, "step"))
    assert step > 20
    data = overlapping_blobs(300, 3, 0.3, 0)
    X = FeatureMap.fit(data.X)(data.X)
    for name, head in (("loss", "softmax"), ("loss-2", "sigmoid")):
        run = train(X, data.labels, learning_rate=1, steps=step, head=head)
        assert stage_number(view, name) == run.losses[step]


def click_photo(view: Page, data: MultiLabelDataset, photo: int) -> None:
    """Click the photo with this index on the second plane."""
    low, high = data.X.min(axis=0), data.X.max(axis=0)
    share = (data.X[photo] - low + 0.08 * (high - low)) / (1.16 * (high - low))
    x, y = view.evaluate(
        """([u, v]) => {
            const stage = globalThis.softmaxLab.stages.get("labels");
            const { area } = stage.picture.planes[1];
            return [area.left + u * area.width, area.top + (1 - v) * area.height];
        }""",
        share.tolist(),
    )
    plane(view, 1).click(position={"x": x, "y": y})


def test_a_clicked_photo_is_shown_below_the_stage(base: str, view: Page) -> None:
    open_part(view, base, "labels")
    data = tagged_photos(300, 0.5, 0.2, 0)
    topmost = int(np.argmax(data.X[:, 1]))
    click_photo(view, data, topmost)
    expect(view.get_by_text(f"Photo {topmost + 1}")).to_be_visible()
    assert f"labels_sample={topmost + 1}" in view.url
    expect_no_traceback(view)


def outputs_for_photo(data: MultiLabelDataset, photo: int, steps: int) -> np.ndarray:
    """Return the outputs of softmax and sigmoids for a photo after these steps, (K, 2), computed by core."""
    X, columns = FeatureMap.fit(data.X)(data.X), []
    targets = {"softmax": data.targets / data.targets.sum(axis=1, keepdims=True), "sigmoid": data.targets}
    for head, Y in targets.items():
        run = train(X, Y, learning_rate=1, steps=steps, head=head)
        columns.append(ACTIVATIONS[head](run.parameters.logits(X[photo : photo + 1]))[0])
    return np.stack(columns, axis=1)


def test_the_table_shows_the_outputs_for_the_circled_photo_at_the_step_shown(base: str, view: Page) -> None:
    open_part(view, base, "labels", labels_sample="92", labels_step="40")
    data = tagged_photos(300, 0.5, 0.2, 0)
    np.testing.assert_allclose(outputs(view), outputs_for_photo(data, 91, 40), atol=6e-4)
    expect(view.locator(".outputs caption")).to_have_text("Outputs for the circled photo")
    topmost = int(np.argmax(data.X[:, 1]))
    click_photo(view, data, topmost)
    at_once = outputs(view)  # before Python gets a message
    np.testing.assert_allclose(at_once, outputs_for_photo(data, topmost, 40), atol=6e-4)
    expect(view.locator(".status")).to_contain_text(f"{at_once[0, 0]:.3f}")  # for screen readers
    wait_until_idle(view)
    scrub_to_step(view, 150)
    expected = outputs_for_photo(data, topmost, 150)
    np.testing.assert_allclose(outputs(view), expected, atol=6e-4)
    expect(view.get_by_test_id("stage-probe-sum")).to_have_text("1.000")
    expect(view.get_by_test_id("stage-probe-sum-2")).to_have_text(f"{expected[:, 1].sum():.3f}")
    assert "probe_x" not in view.url
