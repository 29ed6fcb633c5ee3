// Types of the messages between the bars and Python (see ui/components/logit_bars.py).

/** @typedef {"softmax" | "sigmoid"} Output */

/**
 * @typedef {Object} BarsData What Python sends
 * @property {string} bars Key of the bars
 * @property {number[]} logits
 * @property {string[]} names
 * @property {string} glyphs One per class
 * @property {[number, number]} range Lowest and highest logit
 * @property {number | null} temperature null: there is no slider for the temperature
 * @property {[number, number]} temperatures Lowest and highest temperature
 * @property {number | null} shift Constant that was added to all logits; null: there is no slider for this constant
 * @property {Output[]} outputs
 * @property {number | null} target True class, for the loss and the errors; null: they are not shown
 * @property {number} version Number of the last change that Python has received
 * @property {number} openings How many lecture steps, questions and links were opened
 * @property {Record<string, string>} texts
 * @property {{refused: string, empty: string}} messages What is wrong with a typed text, with {text}, {low} and {high}
 */

/** @typedef {{logits: number[], temperature: number, shift: number}} Values All that the user can set */

/** @typedef {Values & {version: number}} Change What the bars send to Python as "changed" */

/** Copy the values in a message. @param {Pick<BarsData, "logits" | "temperature" | "shift">} data @returns {Values} */
export function valuesOf({ logits, temperature, shift }) {
  return { logits: logits.slice(), temperature: temperature ?? 1, shift: shift ?? 0 };
}
