// A slider with a play button before it and a field for its number after it.

/** @import { BarsData } from "./messages.js" */
/** @import { BarsModel } from "./model.js" */
import { add } from "../shared/dom.js";
import { prefersReducedMotion } from "../shared/motion.js";
import { listenToRange } from "../shared/range_input.js";
import { NumberInput } from "../shared/number_input.js";
import { keySteps } from "../shared/key_steps.js";

const LAP_MS = 9000; // duration of a lap through the whole range and back
const REDUCED_MOTION_STOPS = 12; // positions per lap with reduced motion
const KEY_STEP = 0.1;

/**
 * @typedef {Object} SliderValue What a slider shows and changes
 * @property {"temperature" | "shift"} control
 * @property {boolean} logarithmic
 * @property {[number, number]} track What the ends of the track stand for
 * @property {() => [number, number]} limits What can be set now
 * @property {() => number} get
 * @property {(value: number) => void} set
 * @property {(value: number) => number} round
 */

/**
 * Return the slider's position during a lap: from `start` up to `high`, down to `low` and back to `start`, at constant speed.
 * @param {number} start
 * @param {number} low
 * @param {number} high
 * @param {number} share Share of the lap that has passed, 0 … 1
 */
export function sweepPosition(start, low, high, share) {
  const length = high - low;
  const travelled = (start - low + share * 2 * length) % (2 * length);
  return low + Math.min(travelled, 2 * length - travelled);
}

/** Limit a number to a range. @param {number} value @param {readonly [number, number]} range */
export function clamp(value, [low, high]) {
  return Math.min(Math.max(value, low), high);
}

/** The first three cells of a slider's row: play button with label, slider, and number field. */
export class SliderRow {
  /** @type {number | null} Requested animation frame while the slider plays */
  #frame = null;

  /**
   * @param {HTMLElement} row
   * @param {string} label
   * @param {BarsData} data
   * @param {SliderValue} value
   * @param {BarsModel} model
   */
  constructor(row, label, { texts, messages }, value, model) {
    this.label = label;
    this.texts = texts;
    this.value = value;
    this.model = model;
    const head = add(row, "span", "name");
    this.button = Object.assign(add(head, "button", "play-button"), { type: "button" });
    this.button.dataset.testid = `play-${value.control}`;
    this.button.onclick = () => (this.#frame === null ? this.play() : this.pause());
    add(head, "span", "", label);
    const cell = add(row, "div", "scale");
    this.range = this.#addRange(cell);
    const ends = add(cell, "div", "range-labels");
    this.lowEnd = add(ends, "span");
    this.highEnd = add(ends, "span");
    this.typed = new NumberInput(row, `${texts.value}${texts.colon}${label}`, messages, value.limits, (typed) => this.#type(typed));
    this.#labelButton();
  }

  play() {
    const { value, model } = this, start = value.get(), begin = performance.now();
    const [low, high] = value.limits().map((limit) => this.#position(limit));
    model.begin(value.control);
    model.playing = { control: value.control, stop: () => this.#end() };
    /** @param {number} now */
    const step = (now) => {
      const share = Math.max(0, now - begin) / LAP_MS;
      if (share >= 1) {
        value.set(start);
        return this.pause();
      }
      const shown = prefersReducedMotion() ? Math.floor(share * REDUCED_MOTION_STOPS) / REDUCED_MOTION_STOPS : share;
      value.set(this.#valueAt(sweepPosition(this.#position(start), low, high, shown)));
      this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
    this.#labelButton();
  }

  /** Stop playing at the current value, rounded, and send it to Python. */
  pause() {
    this.#end();
    this.value.set(this.value.round(this.value.get()));
    this.model.release();
  }

  /** @param {boolean} [replaceTyped] Whether to write the number field even if it has the focus */
  draw(replaceTyped = false) {
    const { range, typed, value } = this, shown = String(value.round(value.get()));
    range.value = String(this.#position(value.get()));
    range.setAttribute("aria-valuetext", shown);
    typed.show(shown, replaceTyped);
  }

  /** @param {HTMLElement} cell */
  #addRange(cell) {
    const { value, model } = this, [min, max] = value.track.map((end) => String(this.#position(end)));
    const range = Object.assign(add(cell, "input"), { type: "range", min, max, step: "0.001" });
    range.dataset.testid = value.control;
    range.setAttribute("aria-label", this.label);
    listenToRange(range, {
      set: (position) => {
        this.#end();
        value.set(clamp(value.round(this.#valueAt(position)), value.limits()));
      },
      release: () => model.release(),
      restore: () => this.draw(),
    });
    range.onkeydown = (event) => this.#press(event);
    range.onblur = () => model.releaseNow();
    return range;
  }

  /** Move by KEY_STEP per step: the slider's own step of 0.001 would be too small to see. @param {KeyboardEvent} event */
  #press(event) {
    const { value } = this, steps = keySteps(event.key);
    if (!steps) return;
    event.preventDefault();
    event.stopPropagation();
    this.#end();
    this.model.begin(value.control);
    value.set(clamp(value.round(this.#valueAt(this.#position(value.get()) + steps * KEY_STEP)), value.limits()));
    this.model.releaseSoon();
  }

  /** @param {number} typed */
  #type(typed) {
    this.#end();
    this.value.set(typed);
    this.draw(true);
    this.model.release();
  }

  #end() {
    if (this.#frame === null) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = null;
    this.model.playing = null;
    this.#labelButton();
  }

  #labelButton() {
    const isPlaying = this.#frame !== null;
    this.button.textContent = isPlaying ? "❚❚" : "▶";
    this.button.setAttribute("aria-label", `${isPlaying ? this.texts.pause : this.texts.play}${this.texts.colon}${this.label}`);
  }

  /** @param {number} value */
  #position(value) {
    return this.value.logarithmic ? Math.log(value) : value;
  }

  /** @param {number} position */
  #valueAt(position) {
    return this.value.logarithmic ? Math.exp(position) : position;
  }
}
