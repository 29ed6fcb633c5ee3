// The forward pass of softmax regression for one sample: x → z = Wx + b → ŷ. Tests compare it with core.

import { softmax } from "../shared/softmax.js";

/**
 * @typedef {Object} Forward
 * @property {number[]} x The standardised measurements (d,)
 * @property {number[][]} terms One row per measurement, wⱼxⱼ per class, and a last row b (d + 1, K)
 * @property {number[]} z Sums of the columns of `terms` (K,)
 * @property {number[]} p softmax(z) (K,)
 */

/**
 * @param {number[]} measured Measurements in their own unit (d,)
 * @param {number[]} mean Of the training samples (d,)
 * @param {number[]} scale Standard deviation of the training samples (d,)
 * @param {number[][]} weights W, one row per measurement, and a last row b (d + 1, K)
 * @returns {Forward}
 */
export function forward(measured, mean, scale, weights) {
  const x = measured.map((value, j) => (value - mean[j]) / scale[j]);
  const terms = weights.map((row, j) => row.map((w) => (j < x.length ? w * x[j] : w)));
  const z = terms[0].map((_, k) => terms.reduce((sum, row) => sum + row[k], 0));
  return { x, terms, z, p: softmax(z) };
}
