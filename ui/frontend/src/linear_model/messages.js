// Types of the messages between the model and Python (see ui/components/linear_model.py).

/** @typedef {[low: number, high: number]} Range */

/**
 * @typedef {Object} ModelData What Python sends
 * @property {string[]} names One per class
 * @property {string} glyphs One per class
 * @property {string[]} features One per measurement
 * @property {number[]} measured The measurements of the sample (d,)
 * @property {Range[]} ranges Lowest and highest value of each measurement
 * @property {number[]} mean Means of the training samples (d,)
 * @property {number[]} scale Standard deviations of the training samples (d,)
 * @property {number[][]} weights W, one row per measurement, and a last row b (d + 1, K)
 * @property {number[][]} trained The weights of the trained model, in the same shape
 * @property {Range} weightRange
 * @property {number} version Number of the last change that Python has received
 * @property {Record<string, string>} texts
 * @property {{refused: string, empty: string}} messages What is wrong with a typed text, with {text}, {low} and {high}
 */

/** @typedef {{measured: number[], weights: number[][], version: number}} ModelChange The message to Python */

/** @typedef {Pick<ModelData, "measured" | "weights">} ModelValues The values that the user can set */

/**
 * Interpolate between two sets of values, rounded as they are shown.
 * @param {ModelValues} from
 * @param {ModelValues} to
 * @param {number} share 0 … 1
 */
export function between(from, to, share) {
  if (share === 1) return valuesOf(to);
  /** @param {number} a @param {number} b @param {number} digits */
  const mix = (a, b, digits) => Number((a + (b - a) * share).toFixed(digits));
  return {
    measured: from.measured.map((value, j) => mix(value, to.measured[j], 1)),
    weights: from.weights.map((row, j) => row.map((w, k) => mix(w, to.weights[j][k], 2))),
  };
}

/** Copy the values that the user can set. @param {Pick<ModelData, "measured" | "weights">} data */
export function valuesOf({ measured, weights }) {
  return { measured: measured.slice(), weights: weights.map((row) => row.slice()) };
}
