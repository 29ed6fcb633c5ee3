// Positions of values along linear and logarithmic axes.

/** @import { Axis } from "./messages.js" */
/** @import { Tick } from "../shared/ticks.js" */
import { formatExponential } from "../shared/number_format.js";
import { niceCeil } from "../shared/ticks.js";

/**
 * Position of a value along an axis: 0 at the beginning of its range, 1 at the end.
 * @param {Pick<Axis, "range" | "log">} axis
 * @param {number} value
 */
export function shareOf({ range: [low, high], log }, value) {
  if (!log) return (value - low) / (high - low);
  return (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low));
}

/**
 * Return an axis for `drawAxes`. A logarithmic axis has a tick at each power of ten, or at every nth power on a long axis.
 * @param {Pick<Axis, "range" | "name" | "log">} axis
 * @returns {import("../shared/axes.js").Axis}
 */
export function drawnAxis({ range, name, log }) {
  if (!log) return { range, name };
  const low = Math.log10(range[0]), high = Math.log10(range[1]), step = niceCeil(Math.max(1, (high - low) / 6));
  /** @type {Tick[]} */
  const marks = [];
  for (let n = Math.ceil(low - 1e-9); n <= high + 1e-9; n++) {
    if (n % step === 0) marks.push([n, formatExponential(10 ** n).split("×")[1]]);
  }
  return { range: [low, high], name, marks };
}

/** @typedef {"above" | "below" | "beside"} Side */

/**
 * Where the text of a mark on a curve is free of the curve: above a maximum, below a minimum, beside any other place.
 * @param {ArrayLike<number>} x
 * @param {ArrayLike<number>} y
 * @param {number} at Position of the mark
 * @returns {Side}
 */
export function markSide(x, y, at) {
  const i = nearestIndex(x, at), before = y[Math.max(i - 1, 0)], after = y[Math.min(i + 1, y.length - 1)];
  if (y[i] > before && y[i] > after) return "above";
  return y[i] < before && y[i] < after ? "below" : "beside";
}

/** Index of the value nearest to a number. @param {ArrayLike<number>} values @param {number} wanted */
export function nearestIndex(values, wanted) {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (Math.abs(values[i] - wanted) < Math.abs(values[best] - wanted)) best = i;
  return best;
}

/**
 * The index after a key, or null if the key does not move the point.
 * @param {string} key
 * @param {number} index
 * @param {[number, number]} limits First and last index
 */
export function indexAfterKey(key, index, [first, last]) {
  /** @type {Record<string, number>} */
  const targets = {
    ArrowRight: index + 1, ArrowUp: index + 1, ArrowLeft: index - 1, ArrowDown: index - 1,
    PageUp: index + 10, PageDown: index - 10, Home: first, End: last,
  };
  return Object.hasOwn(targets, key) ? Math.min(Math.max(targets[key], first), last) : null;
}
