// A logarithmic slider for the temperature, and buttons for the optimal temperature and for T = 1.

import { add, addButton } from "../shared/dom.js";
import { listenToRange } from "../shared/range_input.js";

const STOPS = 260;

/** @typedef {[low: number, high: number]} Range */

/** Return the temperature at a position of the slider, 0 … STOPS, to three digits. @param {number} stop @param {Range} range */
export function temperatureAt(stop, [low, high]) {
  return Number((low * (high / low) ** (stop / STOPS)).toPrecision(3));
}

/** Return the slider's position nearest to a temperature, 0 … STOPS. @param {number} temperature @param {Range} range */
export function stopOf(temperature, [low, high]) {
  return Math.round((STOPS * Math.log(temperature / low)) / Math.log(high / low));
}

/**
 * @typedef {Object} TemperatureEvents
 * @property {(temperature: number) => void} onDrag The slider moves
 * @property {() => void} onRelease The slider has been released; may be called twice per drag
 * @property {() => void} onRestore The slider was only touched: show the temperature again
 * @property {() => void} onCancel The gesture was a scroll: restore the temperature from before the drag
 * @property {() => void} onFit The button for the optimal temperature was clicked
 * @property {() => void} onReset The button for T = 1 was clicked
 */

export class TemperatureControl {
  /**
   * @param {Element} parent
   * @param {Record<string, string>} texts
   * @param {Range} range
   * @param {TemperatureEvents} events
   */
  constructor(parent, texts, range, events) {
    this.range = range;
    const root = add(parent, "div", "temperature");
    const label = add(root, "label", "", texts.temperature);
    this.value = add(label, "b");
    this.slider = add(label, "input");
    Object.assign(this.slider, { type: "range", min: 0, max: STOPS, step: 1 });
    this.slider.dataset.testid = "temperature";
    listenToRange(this.slider, {
      set: (stop) => events.onDrag(temperatureAt(stop, range)),
      release: events.onRelease,
      restore: events.onRestore,
    });
    this.slider.onpointerup = events.onRelease; // there is no change event if a drag ends where it began
    this.slider.onpointercancel = events.onCancel;
    addButton(root, texts.fit, events.onFit);
    addButton(root, "T = 1", events.onReset);
  }

  /** @param {number} temperature @param {string} text @param {string} description For screen readers */
  draw(temperature, text, description) {
    this.value.textContent = ` ${text}`;
    this.slider.value = String(stopOf(temperature, this.range));
    this.slider.setAttribute("aria-valuetext", description);
  }
}
