// Input fields for numbers, and the keys that move a slider.

import { add } from "../shared/dom.js";

/**
 * Append a field for a number.
 * @param {Element} parent
 * @param {string} label
 * @param {(value: number) => void} change Called with the number entered, or with NaN if the text is no number
 */
export function addNumberInput(parent, label, change) {
  const input = Object.assign(add(parent, "input", "typed"), { type: "number", step: "any" });
  input.setAttribute("aria-label", label);
  input.onchange = () => change(input.valueAsNumber);
  return input;
}

/** Whether the user is typing in a field. @param {HTMLInputElement} input */
export function isFocused(input) {
  return /** @type {Document | ShadowRoot} */ (input.getRootNode()).activeElement === input;
}

/** Return by how many steps a key moves a slider: ±1 for arrow keys, ±10 for page keys, 0 for others. @param {string} key */
export function keySteps(key) {
  /** @type {Record<string, number>} */
  const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
  return steps[key] ?? 0;
}
