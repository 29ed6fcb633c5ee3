// The losses of both parts over the steps.

/** @import { TrainingMessage } from "./messages.js" */
/** @import { PlotStyle } from "../shared/canvas.js" */
import { drawAxes, spaceLeft } from "../shared/axes.js";
import { freshContext } from "../shared/canvas.js";
import { niceUpperBound } from "../shared/ticks.js";

const HELD_OUT_DASH = [6, 5];

/**
 * Draw both curves up to the step strongly, after it weakly.
 * @param {HTMLCanvasElement} canvas
 * @param {TrainingMessage} message
 * @param {number} step
 * @param {PlotStyle} style
 */
export function drawLosses(canvas, message, step, style) {
  const { texts, losses, heldOutLosses } = message, { font, pen } = style, last = losses.length - 1;
  const context = freshContext(canvas, style.canvasFont);
  const bound = niceUpperBound(Math.min(Math.max(...losses, ...heldOutLosses), 3 * losses[0]));
  /** @type {import("../shared/axes.js").Axis} */
  const axis = { range: [0, bound], name: texts.loss };
  const left = Math.max(font * 3.9, spaceLeft(axis, canvas.clientHeight, font)), top = 8;
  const area = { left, top, width: canvas.clientWidth - left - font, height: canvas.clientHeight - top - font * 3.5 };
  drawAxes({ context, ...area }, style, { range: [0, last], name: texts.step_axis }, axis);
  /** @param {number} i */
  const x = (i) => left + (i / last) * area.width;
  /** @param {number} loss */
  const y = (loss) => top + area.height * (1 - Math.min(loss / bound, 1));
  context.strokeStyle = context.fillStyle = style.theme.accent;
  context.lineWidth = 2.2 * pen;
  for (const [values, dash] of /** @type {[Float32Array, number[]][]} */ ([[heldOutLosses, HELD_OUT_DASH], [losses, []]])) {
    context.setLineDash(dash);
    for (const [from, to, strength] of [[step, last, 0.3], [0, step, 1]]) {
      context.globalAlpha = strength;
      context.beginPath();
      for (let i = from; i <= to; i++) context.lineTo(x(i), y(values[i]));
      context.stroke();
    }
  }
  context.setLineDash([]);
  context.beginPath();
  context.arc(x(step), y(losses[step]), 5 * pen, 0, 2 * Math.PI);
  context.fill();
}
