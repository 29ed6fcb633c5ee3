// Colouring by each output alone: for which classes it exceeds a threshold, and the sum of the outputs.

import { segments } from "../shared/marching_squares.js";
import { forEachPixel, mixPixel } from "./decision_regions.js";

/** @typedef {import("./decision_regions.js").RegionColours & {noClass: number[], aboveOne: number[]}} ThresholdColours */

/**
 * Colour by the class whose output exceeds its threshold; striped for several classes; grey for none.
 * @param {Float32Array} outputs (size², K)
 * @param {number} classes
 * @param {number} size
 * @param {number[]} thresholds (K,)
 * @param {ThresholdColours} paint
 * @param {Uint8ClampedArray} pixels
 */
export function shadeThresholds(outputs, classes, size, thresholds, { colours, background, noClass }, pixels) {
  /** @type {number[]} */
  const chosen = [];
  forEachPixel(size, (cell, i, j, pixel) => {
    const at = cell * classes;
    chosen.length = 0;
    for (let k = 0; k < classes; k++) if (outputs[at + k] > thresholds[k]) chosen.push(k);
    const k = chosen.length > 1 ? chosen[((i + j) >> 2) % chosen.length] : chosen[0];
    const strength = chosen.length > 1 ? 0.75 : chosen.length ? 0.06 + 0.42 * outputs[at + k] : 0.45;
    mixPixel(pixels, pixel, background, chosen.length ? colours[k] : noClass, strength);
  });
}

/**
 * Colour more strongly the further the sum of the outputs is from 1; striped where it is less than 1.
 * @param {Float32Array} sums (size²,)
 * @param {number} size
 * @param {ThresholdColours} paint
 * @param {Uint8ClampedArray} pixels
 */
export function shadeSums(sums, size, { aboveOne, noClass, background }, pixels) {
  forEachPixel(size, (cell, i, j, pixel) => {
    const excess = sums[cell] - 1;
    const stripe = excess < 0 && ((i + j) >> 2) % 2 ? 0.35 : 1;
    const strength = Math.abs(excess) < 1e-4 ? 0 : Math.min(0.8, 0.15 + 0.65 * Math.abs(excess)) * stripe;
    mixPixel(pixels, pixel, background, excess > 0 ? aboveOne : noClass, strength);
  });
}

/**
 * Sums of each pixel's outputs.
 * @param {Float32Array} outputs
 * @param {number} classes
 */
export function sumsOf(outputs, classes) {
  const sums = new Float32Array(outputs.length / classes);
  for (let i = 0; i < outputs.length; i++) sums[Math.floor(i / classes)] += outputs[i];
  return sums;
}

/**
 * Line segments along which the values of the pixels equal a level, as `boundaries` returns them. Pixel i's value is at
 * i · stride + offset.
 * @param {Float32Array} values
 * @param {number} size
 * @param {number} level
 */
export function levelLines(values, size, level, stride = 1, offset = 0) {
  return segments(values, size - 1, level, stride, offset)
    .flat()
    .map((x) => x + 0.5);
}
