// Round numbers for the ticks of axes.

import { formatExponential, tickLabel } from "./number_format.js";

/** @typedef {[position: number, label: string]} Tick */

/**
 * @typedef {Object} Scale An axis and the function that maps values to positions on it
 * @property {[number, number]} range First and last position
 * @property {(value: number) => number} of Returns the position of a value
 * @property {Tick[]} [marks] Ticks, if they are not at round positions
 */

/** Round a positive number up to the next 1, 2 or 5 × 10ⁿ. @param {number} value */
export function niceCeil(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return /** @type {number} */ ([1, 2, 5, 10].map((m) => m * power).find((nice) => nice >= value * (1 - 1e-9)));
}

/** Return the next tick above a value, on an axis from 0 with about five ticks. @param {number} value */
export function niceUpperBound(value) {
  const step = niceCeil(value / 5);
  return Math.ceil((value / step) * 1.01) * step;
}

/** About `count` round numbers between two numbers, at least two. @param {number} low @param {number} high @param {number} count */
export function ticks(low, high, count) {
  const marks = multiples(low, high, niceCeil((high - low) / count));
  return marks.length > 1 ? marks : multiples(low, high, niceCeil((high - low) / (2 * count)));
}

/** The multiples of a step between two numbers. @param {number} low @param {number} high @param {number} step */
function multiples(low, high, step) {
  const marks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    marks.push(Number((i * step).toPrecision(12)));
  }
  return marks;
}

/**
 * Return a logarithmic axis: the position of a value is its decimal logarithm.
 * @param {number} low
 * @param {number} high
 * @returns {Scale}
 */
export function logarithmicScale(low, high) {
  /** @type {[number, number]} */
  const range = [Math.log10(low), Math.log10(high)];
  /** @type {Tick[]} */
  const marks = [];
  const steps = range[1] - range[0] < 2.5 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil((range[1] - range[0]) / 7));
  for (let power = Math.floor(range[0]); power <= range[1]; power++) {
    if (power % every !== 0) continue;
    for (const step of steps) {
      const position = Math.log10(step) + power;
      if (position < range[0] || position > range[1]) continue;
      const value = step * 10 ** power;
      marks.push([position, power < -3 ? formatExponential(value) : tickLabel(Number(value.toPrecision(6)))]);
    }
  }
  return { range, of: (value) => Math.log10(Math.max(value, low)), marks };
}
