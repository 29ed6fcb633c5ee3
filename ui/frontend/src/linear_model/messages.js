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

/** Copy the values that the user can set. @param {Pick<ModelData, "measured" | "weights">} data */
export function valuesOf({ measured, weights }) {
  return { measured: measured.slice(), weights: weights.map((row) => row.slice()) };
}
