// What a derivation consists of: lines with a formula and numbers, each of which belongs to samples, measurements and classes.

import { element } from "../shared/dom.js";

/** @typedef {{i?: number, j?: number, k?: number}} Indices Sample, measurement and class of a number, where it has them */

/**
 * @template Numbers
 * @typedef {{at: Indices, text: (numbers: Numbers) => string}} Term A number
 */

/**
 * @template Numbers
 * @typedef {Object} Row One number per class, or one sum of numbers
 * @property {string} [label]
 * @property {Term<Numbers>[]} [cells] One per class
 * @property {(string | Term<Numbers>)[]} [sum]
 * @property {{name: string, text: (numbers: Numbers) => string}} [result] What the sum equals
 */

/**
 * @template Numbers
 * @typedef {{text: string, formula: (Node | string)[], rows: Row<Numbers>[]}} Line
 */

/**
 * @template Numbers
 * @typedef {{numbers: (logits: number[]) => Numbers, lines: Line<Numbers>[]}} Derivation
 */

const INDICES = /** @type {const} */ (["i", "j", "k"]);

/**
 * Whether two numbers belong together: they share an index, and agree in all indices that both have.
 * @param {Indices} a
 * @param {Indices} b
 */
export function isRelated(a, b) {
  const shared = INDICES.filter((index) => a[index] !== undefined && b[index] !== undefined);
  return shared.length > 0 && shared.every((index) => a[index] === b[index]);
}

/** Put a separator between the parts of a sum. @template Part @param {Part[][]} parts @param {string} separator */
export function joined(parts, separator) {
  return parts.flatMap((part, i) => (i ? [separator, ...part] : part));
}

/** @param {string} text */
export const sub = (text) => element("sub", {}, text);

/** @param {(Node | string)[]} content */
export const sup = (...content) => element("sup", {}, ...content);
