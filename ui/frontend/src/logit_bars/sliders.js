// The sliders below the bars: the temperature, and a constant that is added to all logits.

/** @import { BarsData } from "./messages.js" */
/** @import { BarsModel } from "./model.js" */
import { add } from "../shared/dom.js";
import { SliderRow } from "./slider_row.js";

/** @param {HTMLElement} row @param {BarsData} data @param {BarsModel} model */
export function temperatureSlider(row, data, model) {
  return new SliderRow(row, data.texts.temperature, data, {
    control: "temperature",
    logarithmic: true,
    track: data.temperatures,
    limits: () => data.temperatures,
    get: () => model.values.temperature,
    set: (temperature) => model.set("temperature", { temperature }),
    round: (value) => (Math.abs(Math.log(value)) < 0.03 ? 1 : Number(value.toPrecision(3))),
  }, model);
}

/**
 * The slider of the shift c. Its track is as long as those of the bars, with c = 0 in the middle; no bar can be shifted
 * beyond its own track.
 * @param {HTMLElement} row
 * @param {BarsData} data
 * @param {BarsModel} model
 */
export function shiftSlider(row, data, model) {
  const { texts, range } = data;
  const unshifted = () => {
    const { logits, shift } = model.active === "shift" ? model.start : model.values;
    return logits.map((z) => roundToMillionth(z - shift));
  };
  const slider = new SliderRow(row, texts.shift, data, {
    control: "shift",
    logarithmic: false,
    track: range,
    limits: () => shiftLimits(unshifted(), model.values.shift, range),
    get: () => model.values.shift,
    set(shift) {
      model.begin("shift");
      model.set("shift", { logits: unshifted().map((z) => roundToMillionth(z + shift)), shift });
    },
    round: (value) => Math.round(value * 10) / 10 + 0,
  }, model);
  add(row, "span", "note", texts.shift_note);
  return slider;
}

/**
 * The lowest and highest shift, at most as large as the largest logit, with which all logits stay in their range.
 * @param {number[]} unshifted
 * @param {number} shift The present one, which is always possible
 * @param {[number, number]} range Of a logit
 * @returns {[number, number]}
 */
export function shiftLimits(unshifted, shift, [low, high]) {
  const lowest = Math.max(low, low - Math.min(...unshifted)), highest = Math.min(high, high - Math.max(...unshifted));
  return [Math.min(lowest, shift), Math.max(highest, shift)];
}

/** @param {number} z */
function roundToMillionth(z) {
  return Math.round(z * 1e6) / 1e6;
}

/**
 * Return texts that say which prediction softmax approaches as the temperature goes to 0 and to infinity.
 * @param {BarsData} data
 * @param {number[]} logits
 * @returns {{low: string, high: string}}
 */
export function temperatureLimits({ names, glyphs, texts }, logits) {
  const max = Math.max(...logits);
  const largest = names.map((_, k) => k).filter((k) => logits[k] === max);
  const winner = largest.map((k) => `${glyphs[k]} ${names[k]}`).join(" = ");
  const tie = texts.cold_tie.replaceAll("{count}", String(largest.length));
  return {
    low: largest.length === 1 ? texts.cold.replace("{winner}", winner) : tie,
    high: texts.hot.replace("{count}", String(names.length)),
  };
}
