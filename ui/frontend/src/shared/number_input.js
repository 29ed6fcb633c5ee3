// Fields for numbers. All read the same texts, as do those of Python (ui/state/number_input.py).
//
// Text fields, because Chromium drops characters from number fields: of "−2" with a minus sign, "2" is left.

import { add } from "./dom.js";
import { formatGeneral } from "./number_format.js";

const NUMBER = /^[ \t\r\n]*([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?)[ \t\r\n]*$/i;
const FULL_WIDTH_OFFSET = "！".charCodeAt(0) - "!".charCodeAt(0);

/** The number that a text means, or null. @param {string} text */
export function parseNumber(text) {
  const ascii = text
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(/[\u3000\u00a0\u2009\u202f]/g, " ")
    .replaceAll("−", "-");
  const found = ascii.match(NUMBER), value = found ? Number(found[1].replace(",", ".")) : NaN;
  return Number.isFinite(value) ? value + 0 : null; // + 0 turns −0 into 0
}

/** Whether the user is typing in a field. @param {HTMLInputElement} input */
function isFocused(input) {
  return /** @type {Document | ShadowRoot} */ (input.getRootNode()).activeElement === input;
}

/** A field for a number. A text that is not a number in the range changes nothing, and a message says so. */
export class NumberInput {
  #shown = "";

  /**
   * @param {Element} parent Gets the field and the message
   * @param {string} label
   * @param {{refused: string, empty: string}} texts Messages with {text}, {low} and {high}
   * @param {() => readonly [number, number]} range
   * @param {(value: number) => void} change Called when a number in the range was entered
   */
  constructor(parent, label, texts, range, change) {
    this.texts = texts;
    this.range = range;
    this.input = Object.assign(add(parent, "input", "number-input"), { type: "text", autocomplete: "off" });
    this.input.setAttribute("aria-label", label);
    this.message = add(parent, "span", "invalid");
    this.message.setAttribute("role", "alert");
    this.message.hidden = true;
    this.input.onchange = () => this.#enter(change);
  }

  /**
   * Show a number, unless the user is typing another one or has to correct it.
   * @param {string} text
   * @param {boolean} [replaceTyped] Even if the user is typing
   */
  show(text, replaceTyped = false) {
    const isRefused = !this.message.hidden && text === this.#shown;
    if (isRefused || (isFocused(this.input) && !replaceTyped)) return;
    this.#shown = this.input.value = text;
    this.#setMessage("");
    // Keyboards for decimal numbers have no minus sign on some phones.
    this.input.inputMode = this.range()[0] < 0 ? "text" : "decimal";
  }

  /** @param {(value: number) => void} change */
  #enter(change) {
    const text = this.input.value, value = parseNumber(text), [low, high] = this.range();
    if (value !== null && value >= low && value <= high) {
      this.#setMessage("");
      return change(value);
    }
    const message = text.trim() ? this.texts.refused : this.texts.empty;
    this.#setMessage(message.replace("{low}", formatGeneral(low)).replace("{high}", formatGeneral(high)).replace("{text}", () => text.trim()));
  }

  /** @param {string} text */
  #setMessage(text) {
    this.message.textContent = text;
    this.message.hidden = !text;
    if (text) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }
}
