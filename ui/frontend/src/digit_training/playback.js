// Positions of playback: position i is the step steps[i]; between two of them, everything is interpolated.

/** @import { Model } from "../digit_drawing/model.js" */
import { CLASSES, SIDE } from "../digit_drawing/model.js";

const N_WEIGHTS = SIDE * SIDE * CLASSES;

/** The training step at a position, rounded down. @param {number[]} steps @param {number} position */
export function stepAt(steps, position) {
  const { before, share } = split(steps.length, position);
  return Math.floor(steps[before] + share * ((steps[before + 1] ?? steps[before]) - steps[before]));
}

/**
 * The parameters at a position: those of a step if the position is a whole number.
 * @param {{weights: Float32Array, bias: Float32Array, steps: number[]}} run
 * @param {number} position
 * @returns {Model}
 */
export function modelAt({ weights, bias, steps }, position) {
  const place = split(steps.length, position);
  return { weights: interpolated(weights, N_WEIGHTS, place), bias: interpolated(bias, CLASSES, place) };
}

/** The index of the last step that is not after `step`. @param {number[]} steps @param {number} step */
export function positionOf(steps, step) {
  return Math.max(steps.findLastIndex((known) => known <= step), 0);
}

/** @param {number} count @param {number} position */
function split(count, position) {
  const before = Math.min(Math.max(Math.floor(position), 0), count - 1);
  return { before, share: before < count - 1 ? position - before : 0 };
}

/** @param {Float32Array} rows @param {number} width @param {{before: number, share: number}} place */
function interpolated(rows, width, { before, share }) {
  const from = rows.subarray(before * width, (before + 1) * width);
  if (!share) return from;
  return from.map((value, i) => value + share * (rows[(before + 1) * width + i] - value));
}
