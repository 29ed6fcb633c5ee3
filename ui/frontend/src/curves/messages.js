// Types of the messages between the curves and Python (see ui/components/curves.py).

/** @import { Format } from "./formats.js" */
import { unpack } from "../shared/binary_message.js";

/** @typedef {{name: string, range: [number, number], log: boolean, format: Format}} Axis */

/**
 * @typedef {Object} Curve
 * @property {string} name
 * @property {string} colour A CSS colour
 * @property {"solid" | "dash" | "dot" | "dashdot" | "longdash"} dash
 * @property {string} slopeName
 * @property {Float64Array} y (m,)
 * @property {Float64Array} [slope] (m,), if the curve has a tangent
 */

/** @typedef {[x: number, y: number, text: string]} Mark */

/** @typedef {{axis: Axis, alt: string, marks: Mark[], curves: Curve[]}} Panel */

/**
 * @typedef {Object} Bars The logit bars that move with the point
 * @property {string} key
 * @property {number[]} logits (K,)
 * @property {number} k The class whose logit the point changes
 * @property {Float64Array} logitsOfK (m,), the logit of class k at each x
 * @property {"probability" | "margin"} measure What the x axis shows: the probability of class k, or its margin
 */

/**
 * @typedef {Object} CurvesMessage
 * @property {Axis} axis
 * @property {Float64Array} x (m,), increasing
 * @property {number} at Index of the point
 * @property {[number, number]} reach First and last index that the point can have
 * @property {Panel[]} panels
 * @property {Bars | null} bars
 * @property {string} shape
 * @property {string} colour
 * @property {boolean} enlarged
 * @property {number} version
 */

/** @typedef {Omit<Panel, "curves"> & {curves: Omit<Curve, "y" | "slope">[]}} PanelData */

/**
 * The message from Python. Curve j of panel i has its numbers in the arrays `y{i}_{j}` and `slope{i}_{j}`; `logit` becomes
 * `bars.logitsOfK`.
 * @typedef {Omit<CurvesMessage, "panels" | "bars"> & {panels: PanelData[], bars: Omit<Bars, "logitsOfK"> | null} & Record<string, any>} CurvesData
 */

/** @typedef {{x: number, version: number}} CurvesChange The message to Python when the point is released */

/** @param {Uint8Array} bytes */
export function parseMessage(bytes) {
  return withNumbers(/** @type {CurvesData} */ (unpack(bytes)));
}

/** Move the arrays of numbers into the curves and bars that they describe. @param {CurvesData} data @returns {CurvesMessage} */
export function withNumbers(data) {
  const { axis, x, at, reach, bars, shape, colour, enlarged, version } = data;
  const panels = data.panels.map((panel, i) => ({
    ...panel,
    curves: panel.curves.map((curve, j) => ({ ...curve, y: data[`y${i}_${j}`], slope: data[`slope${i}_${j}`] })),
  }));
  return { axis, x, at, reach, panels, bars: bars && { ...bars, logitsOfK: data.logit }, shape, colour, enlarged, version };
}

/** Return the parts of a message that need new elements when they change: all but the numbers. @param {CurvesMessage} message */
export function layoutOf({ axis, panels, enlarged }) {
  const described = panels.map(({ axis, alt, curves }) => [
    axis, alt, curves.map(({ name, colour, dash, slopeName }) => [name, colour, dash, slopeName]),
  ]);
  return JSON.stringify([axis, described, enlarged]);
}
