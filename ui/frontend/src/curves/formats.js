// Formats of numbers along the axes.

import { formatDecimal, formatExponential, formatProbability } from "../shared/number_format.js";

/** @typedef {"decimal" | "probability" | "integer" | "exponential" | "float"} Format */

/** @type {Record<Format, (value: number) => string>} */
export const FORMATS = {
  decimal: formatDecimal,
  exponential: formatExponential,
  probability: formatProbability,
  integer: (value) => String(Math.round(value)),
  float: (value) => (value === 0 ? "0.0" : formatExponential(value)),
};

/** Return a number as text for ARIA attributes, which allow no exponent even for very small numbers. @param {number} value */
export function ariaNumber(value) {
  return Math.abs(value) < 1e-4 ? value.toFixed(16).replace(/\.?0+$/, "") : String(value);
}
