// Types of the messages between the reliability diagram and Python (see ui/components/reliability_diagram.py).

import { unpack } from "../shared/binary_message.js";

/**
 * @typedef {Object} ReliabilityMessage
 * @property {number} classes K
 * @property {string} glyphs One per class
 * @property {number} bins
 * @property {number} temperature
 * @property {number} fitted The optimal temperature
 * @property {[low: number, high: number]} range Lowest and highest temperature of the slider
 * @property {Record<string, string>} texts
 * @property {boolean} enlarged
 * @property {number} version
 * @property {Float64Array} logits (n, K), of test samples
 * @property {Int32Array} labels (n,)
 * @property {Float32Array} grid (G², K), logits on a square grid, row by row from the lower left; empty if the model has no plane
 * @property {Float32Array} points (m, 2), training samples; coordinates 0 … 1 from one edge of the grid to the other
 * @property {Int32Array} pointLabels (m,)
 */

/** @typedef {{temperature: number, version: number}} ReliabilityChange The message to Python */

/** @param {Uint8Array} bytes */
export function parseMessage(bytes) {
  return /** @type {ReliabilityMessage} */ (unpack(bytes));
}

/** Return all that changes the elements, not only their content. @param {ReliabilityMessage} message */
export function layoutOf({ texts, enlarged, range, grid }) {
  return JSON.stringify([texts, enlarged, range, grid.length > 0]);
}
