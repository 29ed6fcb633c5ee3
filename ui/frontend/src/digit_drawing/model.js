// The linear model: logits, contributions of pixels to them, and the image shifted.

import { largestIndex, softmax } from "../shared/softmax.js";
import { MAX_COUNT } from "./drawing.js";

export const CLASSES = 10;
export const SIDE = 8; // pixels per row and column
export const NOTHING = /** @type {number[]} */ (new Array(SIDE * SIDE).fill(0));

/** @typedef {{weights: ArrayLike<number>, bias: ArrayLike<number>}} Model W (64, 10), row by row, and b (10,) */

/**
 * @typedef {Object} Output
 * @property {number[]} x (64,), 0 … 1
 * @property {number[]} logits
 * @property {number[]} probabilities
 * @property {number} first The most probable digit
 * @property {number} second The second most probable digit
 */

/** @param {Model} model @param {number[]} counts @returns {Output} */
export function outputOf(model, counts) {
  const x = counts.map((count) => count / MAX_COUNT);
  const logits = Array.from({ length: CLASSES }, (_, k) => {
    return contributions(model, x, k).reduce((sum, value) => sum + value, model.bias[k]);
  });
  const first = largestIndex(logits, 0, CLASSES);
  const second = largestIndex(logits.with(first, -Infinity), 0, CLASSES);
  return { x, logits, probabilities: softmax(logits), first, second };
}

/** xⱼ·wⱼₖ of each pixel j. @param {Model} model @param {number[]} x @param {number} k */
export function contributions({ weights }, x, k) {
  return x.map((value, j) => value * weights[j * CLASSES + k]);
}

/** The weights of class k, one per pixel. @param {Model} model @param {number} k */
export function weightsOf({ weights }, k) {
  return Array.from({ length: SIDE * SIDE }, (_, j) => weights[j * CLASSES + k]);
}

/** The image moved right by a number of pixels; what leaves it is lost. @param {number[]} counts @param {number} by */
export function shiftedRight(counts, by) {
  return counts.map((_, j) => (j % SIDE >= by ? counts[j - by] : 0));
}
