// Types of the messages between the drawing and Python (see ui/components/digit_drawing.py).

/** @import { Preprocessing } from "./digit_image.js" */
import { unpack } from "../shared/binary_message.js";

/**
 * @typedef {Object} DigitMessage
 * @property {string} strokes As text, see strokes_text.js
 * @property {number[]} switched Indices of the pixels that the user has switched
 * @property {Preprocessing} steps
 * @property {Record<string, number>} rates How many of 100 test drawings are read, for each choice of steps, such as "110"; empty if unknown
 * @property {Record<string, string>} texts
 * @property {boolean} enlarged
 * @property {number} version
 * @property {Float64Array} weights (64, 10), row by row
 * @property {Float64Array} bias (10,)
 */

/** @typedef {{strokes: string, switched: number[], steps: Preprocessing, version: number}} DigitChange The message to Python */

/** @param {Uint8Array} bytes */
export function parseMessage(bytes) {
  return /** @type {DigitMessage} */ (unpack(bytes));
}

/** Return all that changes the elements, not only their content. @param {DigitMessage} message */
export function layoutOf({ texts, enlarged }) {
  return JSON.stringify([texts, enlarged]);
}
