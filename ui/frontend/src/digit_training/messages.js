// Types of the messages between the player and Python (see ui/components/digit_training.py).

import { unpack } from "../shared/binary_message.js";

/**
 * @typedef {Object} TrainingMessage
 * @property {number[]} steps The m steps with parameters, in ascending order, from 0 on
 * @property {number} step The step on screen
 * @property {number[]} counts The image of the user's drawing: (64,), 0 … 16
 * @property {Record<string, string>} texts
 * @property {boolean} enlarged
 * @property {number} version
 * @property {Float32Array} weights (m, 64, 10), row by row
 * @property {Float32Array} bias (m, 10)
 * @property {Float32Array} losses Of each step, from 0 to the last one, as the next three
 * @property {Float32Array} heldOutLosses
 * @property {Float32Array} accuracies
 * @property {Float32Array} heldOutAccuracies
 */

/** @typedef {{step: number, version: number}} TrainingChange The message to Python */

/** @param {Uint8Array} bytes */
export function parseMessage(bytes) {
  return /** @type {TrainingMessage} */ (unpack(bytes));
}

/** Return all that changes the elements, not only their content. @param {TrainingMessage} message */
export function layoutOf({ texts, enlarged, steps }) {
  return JSON.stringify([texts, enlarged, steps]);
}
