// Finds the elements of template.html, and creates its groups of buttons.

import { add } from "../shared/dom.js";

/** @typedef {ReturnType<typeof elementsOf>} Elements */

/** @param {HTMLElement} root */
export function elementsOf(root) {
  /** @param {string} selector */
  const find = (selector) => /** @type {HTMLElement} */ (root.querySelector(selector));
  /** @param {string} name */
  const named = (name) => find(`[data-testid="surface-${name}"]`);
  return {
    root,
    view: find(".view"),
    surfaceCanvas: /** @type {HTMLCanvasElement} */ (named("view")),
    overlay: /** @type {HTMLCanvasElement} */ (find(".overlay-canvas")),
    handle: named("point"),
    pictureButtons: find(".view-buttons"),
    stepButtons: find(".step-buttons"),
    cameraButtons: find(".camera-buttons"),
    table: find("table"),
    loss: named("loss"),
    steps: named("steps"),
    differences: [named("u"), named("v")],
    help: find(".key-hints"),
    status: find(".status"),
  };
}

/** @typedef {{name: string, text: string, title?: string, act: () => void}} ButtonDescription */

/**
 * Create or update a group of buttons. Existing button elements are reused, so that the focused one keeps the focus.
 * @param {HTMLElement} group
 * @param {string} label
 * @param {ButtonDescription[]} descriptions
 */
export function setButtons(group, label, descriptions) {
  group.setAttribute("aria-label", label);
  return descriptions.map(({ name, text, title, act }, i) => {
    const button = /** @type {HTMLButtonElement} */ (group.children[i] ?? add(group, "button"));
    Object.assign(button, { type: "button", textContent: text, onclick: act });
    if (title) Object.assign(button, { title, ariaLabel: title });
    button.dataset.testid = `surface-${name}`;
    return button;
  });
}
