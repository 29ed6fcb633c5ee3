// Softmax computed step by step.

/**
 * @typedef {Object} Steps
 * @property {number[][]} columns One column per step, z, z/T, z/T − m, e^(z/T − m) and ŷ, each with the values of all classes
 * @property {number} max m, the largest z/T
 * @property {number} total Sum of the exponentials
 */

/** Index of the probabilities among the columns. */
export const P = 4;

/** Compute the steps of softmax(z/T). @param {number[]} logits @param {number} temperature @returns {Steps} */
export function softmaxSteps(logits, temperature) {
  const scaled = logits.map((z) => z / temperature);
  const max = Math.max(...scaled);
  const shifted = scaled.map((z) => z - max);
  const exponentials = shifted.map(Math.exp);
  const total = exponentials.reduce((sum, e) => sum + e, 0);
  return { columns: [logits, scaled, shifted, exponentials, exponentials.map((e) => e / total)], max, total };
}
