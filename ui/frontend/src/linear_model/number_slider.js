// A number that can be typed, and dragged with a slider.

import { add } from "../shared/dom.js";
import { keySteps } from "../shared/key_steps.js";
import { NumberInput } from "../shared/number_input.js";
import { listenToRange } from "../shared/range_input.js";

/**
 * @typedef {Object} SliderDescription
 * @property {string} label
 * @property {string} testId Of the slider; the field's ends in "-typed"
 * @property {[low: number, high: number]} range
 * @property {number} keyStep How far an arrow key moves
 * @property {number} digits Decimals that are always shown
 */

export class NumberSlider {
  #value = 0;

  /**
   * @param {Element} parent Gets the field and the slider
   * @param {SliderDescription} description
   * @param {{refused: string, empty: string}} messages
   * @param {{set: (value: number) => void, release: () => void, releaseSoon: () => void}} events
   */
  constructor(parent, { label, testId, range: [low, high], keyStep, digits }, messages, { set, release, releaseSoon }) {
    this.digits = digits;
    this.typed = new NumberInput(parent, label, messages, () => [low, high], (value) => {
      set(value);
      this.draw(value, true);
      release();
    });
    this.typed.input.dataset.testid = `${testId}-typed`;
    this.range = Object.assign(add(parent, "input"), { type: "range", min: low, max: high, step: "0.01" });
    this.range.dataset.testid = testId;
    this.range.setAttribute("aria-label", label);
    /** @param {number} value */
    const rounded = (value) => Math.min(Math.max(Math.round(value / keyStep) * keyStep, low), high);
    const setRounded = (/** @type {number} */ value) => set(Number(rounded(value).toFixed(6)));
    listenToRange(this.range, { set: setRounded, release, restore: () => this.draw(this.#value) });
    this.range.onpointerup = release; // there is no change event if a drag ends where it began
    this.range.onblur = release;
    this.range.onkeydown = (event) => {
      const steps = keySteps(event.key);
      if (!steps) return;
      event.preventDefault();
      event.stopPropagation();
      setRounded(this.#value + steps * keyStep);
      releaseSoon();
    };
  }

  /** @param {number} value @param {boolean} [replaceTyped] Whether to write the field even if it has the focus */
  draw(value, replaceTyped = false) {
    this.#value = value;
    const short = value.toFixed(this.digits), text = (Number(short) === value ? short : String(value)).replace("-", "−");
    this.range.value = String(value);
    this.range.setAttribute("aria-valuetext", text);
    this.typed.show(text, replaceTyped);
  }
}
