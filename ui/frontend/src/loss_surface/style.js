// What both pictures are drawn with.

/** @import { PlotStyle } from "../shared/canvas.js" */
/** @import { SurfaceMessage } from "./messages.js" */
import { plotStyle, resolvedColour } from "../shared/canvas.js";

export const AXIS_NAMES = ["z₁ − z₃", "z₂ − z₃"];

/** @typedef {PlotStyle & {width: number, height: number, shapes: string[], classColours: string[]}} SurfaceStyle */

/**
 * The style of pictures in an element's size.
 * @param {HTMLElement} root
 * @param {HTMLElement} view
 * @param {SurfaceMessage} message
 * @returns {SurfaceStyle}
 */
export function surfaceStyle(root, view, { names, shapes, enlarged }) {
  const classColours = names.map((_, k) => resolvedColour(root, `var(--class-${k})`));
  return { ...plotStyle(root, enlarged), width: view.clientWidth, height: view.clientHeight, shapes, classColours };
}
