// Sizes, colours and axis names that the contour map and the 3-D surface share.

/** @import { PlotStyle } from "../shared/canvas.js" */
/** @import { SurfaceMessage } from "./messages.js" */
import { plotStyle, resolvedColour } from "../shared/canvas.js";

export const AXIS_NAMES = ["z₁ − z₃", "z₂ − z₃"];

/** @typedef {PlotStyle & {width: number, height: number, shapes: string[], classColours: string[]}} SurfaceStyle */

/**
 * Return the style of a picture that fills an element.
 * @param {HTMLElement} root Element whose CSS variables give the colours
 * @param {HTMLElement} view Element that the picture fills
 * @param {SurfaceMessage} message
 * @returns {SurfaceStyle}
 */
export function surfaceStyle(root, view, { names, shapes, enlarged }) {
  const classColours = names.map((_, k) => resolvedColour(root, `var(--class-${k})`));
  return { ...plotStyle(root, enlarged), width: view.clientWidth, height: view.clientHeight, shapes, classColours };
}
