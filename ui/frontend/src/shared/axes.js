// The frame of a plot with its ticks and names.

/** @import { Tick } from "./ticks.js" */
import { tickLabel } from "./number_format.js";
import { ticks } from "./ticks.js";

/** @typedef {{range: [number, number], name: string, marks?: Tick[]}} Axis */

const DIGIT = 0.56; // width in font sizes
const GAP = 0.34; // between the frame and its ticks, in font sizes: larger type needs more, or the zeros of both axes touch

/**
 * Draw the frame of a plot with the ticks and names of both axes.
 * @param {{context: CanvasRenderingContext2D, left: number, top: number, width: number, height: number}} area
 * @param {{font: number, theme: {line: string, muted: string, text: string}}} style
 * @param {Axis} x
 * @param {Axis} y
 */
export function drawAxes({ context, left, top, width, height }, { font, theme }, x, y) {
  const bottom = top + height;
  context.strokeStyle = theme.line;
  context.fillStyle = theme.muted;
  context.lineWidth = 1;
  context.strokeRect(left, top, width, height);
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const [tick, label] of marksOf(x, width < 300 ? 4 : 6)) {
    context.fillText(label, left + ((tick - x.range[0]) / (x.range[1] - x.range[0])) * width, bottom + GAP * font);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  const marks = marksOf(y, ticksFor(height));
  for (const [tick, label] of marks) {
    const at = bottom - ((tick - y.range[0]) / (y.range[1] - y.range[0])) * height;
    context.fillText(label, left - GAP * font, Math.max(at, top + font / 2));
  }
  context.fillStyle = theme.text;
  context.textAlign = "center";
  context.textBaseline = "bottom";
  fillCentred(context, x.name, left, width, bottom + font * 3.1, left);
  context.save();
  const widest = Math.max(0, ...marks.map(([, label]) => context.measureText(label).width));
  context.translate(Math.max(Math.min(left - font * 3.5, left - (GAP + 0.3) * font - widest - font), 0), top + height / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = "top";
  context.fillText(y.name, 0, 0, height + top);
  context.restore();
}

/**
 * Space for the name and the ticks of a vertical axis.
 * @param {Axis} axis
 * @param {number} height
 * @param {number} font
 */
export function spaceLeft(axis, height, font) {
  const longest = Math.max(0, ...marksOf(axis, ticksFor(height)).map(([, label]) => [...label].length));
  return font * (1 + DIGIT * longest + GAP) + 5;
}

/** @param {number} height */
function ticksFor(height) {
  return height < 240 ? 4 : 6;
}

/** @param {Axis} axis @param {number} count @returns {Tick[]} */
function marksOf({ range, marks }, count) {
  return marks ?? ticks(...range, count).map((tick) => [tick, tickLabel(tick)]);
}

/**
 * Write a text centred in a width. A text that is wider begins further to the left, by at most `space` pixels.
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} left
 * @param {number} width
 * @param {number} y
 * @param {number} space
 */
export function fillCentred(context, text, left, width, y, space) {
  const beyond = Math.min(Math.max(context.measureText(text).width - width, 0), space);
  context.fillText(text, left + (width - beyond) / 2, y, width + beyond);
}
