// Colours pixels by the classes whose outputs exceed their thresholds, or by the sum of the outputs.

import { segments } from "../shared/marching_squares.js";
import { levelAt, mixed } from "./decision_regions.js";

/** @typedef {import("./decision_regions.js").RegionColours & {palette: Uint32Array, noClass: number[], aboveOne: number[]}} ThresholdColours */

/**
 * Colour each pixel by the class whose output exceeds its threshold: striped for several classes, grey for none.
 * @param {Float32Array} outputs (size², K)
 * @param {number} classes
 * @param {number} size
 * @param {number[]} thresholds (K,)
 * @param {ThresholdColours} paint
 * @param {Uint32Array} pixels (size²,), row 0 at the top
 */
export function shadeThresholds(outputs, classes, size, thresholds, { colours, palette, background, noClass }, pixels) {
  const none = mixed(background, noClass, 0.45);
  const stripes = colours.map((colour) => mixed(background, colour, 0.75));
  /** @type {number[]} */
  const chosen = [];
  for (let j = 0, at = 0; j < size; j++) {
    for (let i = 0, pixel = (size - 1 - j) * size; i < size; i++, pixel++, at += classes) {
      chosen.length = 0;
      for (let k = 0; k < classes; k++) if (outputs[at + k] > thresholds[k]) chosen.push(k);
      if (chosen.length === 1) pixels[pixel] = palette[levelAt(chosen[0], outputs[at + chosen[0]])];
      else pixels[pixel] = chosen.length ? stripes[chosen[((i + j) >> 2) % chosen.length]] : none;
    }
  }
}

/**
 * Colour each pixel by the sum of its outputs: more strongly the further the sum is from 1, and striped below 1.
 * @param {Float32Array} sums (size²,)
 * @param {number} size
 * @param {ThresholdColours} paint
 * @param {Uint32Array} pixels (size²,), row 0 at the top
 */
export function shadeSums(sums, size, { aboveOne, noClass, background }, pixels) {
  for (let j = 0, cell = 0; j < size; j++) {
    for (let i = 0, pixel = (size - 1 - j) * size; i < size; i++, pixel++, cell++) {
      const excess = sums[cell] - 1, stripe = excess < 0 && ((i + j) >> 2) % 2 ? 0.35 : 1;
      const strength = Math.abs(excess) < 1e-4 ? 0 : Math.min(0.8, 0.15 + 0.65 * Math.abs(excess)) * stripe;
      pixels[pixel] = mixed(background, excess > 0 ? aboveOne : noClass, strength);
    }
  }
}

/**
 * Return the sum of each pixel's outputs.
 * @param {Float32Array} outputs
 * @param {number} classes
 */
export function sumsOf(outputs, classes) {
  const sums = new Float32Array(outputs.length / classes);
  for (let i = 0; i < outputs.length; i++) sums[Math.floor(i / classes)] += outputs[i];
  return sums;
}

/**
 * Return the line segments along which the pixels' values equal a level, in the format of `boundaries`. The value of pixel i
 * has the index i · stride + offset.
 * @param {Float32Array} values
 * @param {number} size
 * @param {number} level
 */
export function levelLines(values, size, level, stride = 1, offset = 0) {
  return segments(values, size - 1, level, stride, offset)
    .flat()
    .map((x) => x + 0.5);
}
