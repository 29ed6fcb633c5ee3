// Pictures of 8 × 8 pixels on canvases: amounts of ink, or numbers with a sign.

/** @import { PlotStyle } from "../shared/canvas.js" */
import { freshContext, plotStyle, resolvedColour } from "../shared/canvas.js";
import { add } from "../shared/dom.js";
import { MAX_COUNT } from "./drawing.js";
import { SIDE } from "./model.js";

const MARKED_FROM = 0.15; // of the largest number; smaller ones have no sign

/** @typedef {PlotStyle & {positive: string, negative: string}} PictureStyle */

/** @param {HTMLElement} root @param {boolean} enlarged @returns {PictureStyle} */
export function pictureStyle(root, enlarged) {
  const colours = { positive: resolvedColour(root, "var(--positive)"), negative: resolvedColour(root, "var(--negative)") };
  return { ...plotStyle(root, enlarged), ...colours };
}

/** Append a figure with a canvas and an empty caption. @param {Element} parent @param {string} testId */
export function addPicture(parent, testId) {
  const figure = add(parent, "figure"), canvas = addCanvas(figure, testId), caption = add(figure, "figcaption");
  return { figure, canvas, caption };
}

/** @param {Element} parent @param {string} testId */
export function addCanvas(parent, testId) {
  const canvas = add(parent, "canvas");
  canvas.setAttribute("role", "img");
  canvas.dataset.testid = testId;
  return canvas;
}

/** @param {HTMLCanvasElement} canvas @param {number[]} counts @param {PictureStyle} style @param {string} text For screen readers */
export function drawInk(canvas, counts, { theme, canvasFont }, text) {
  const context = freshContext(canvas, canvasFont);
  context.fillStyle = theme.text;
  eachCell(canvas, (pixel, x, y, size) => {
    context.globalAlpha = counts[pixel] / MAX_COUNT;
    context.fillRect(x, y, size, size);
  });
  canvas.setAttribute("aria-label", text);
}

/**
 * Draw numbers as shades of two colours, with + or − in the pixels that count most.
 * @param {HTMLCanvasElement} canvas
 * @param {number[]} values
 * @param {number} max The number with the full colour
 * @param {PictureStyle} style
 * @param {string} text For screen readers
 */
export function drawSigned(canvas, values, max, { theme, canvasFont, positive, negative }, text) {
  const context = freshContext(canvas, canvasFont);
  eachCell(canvas, (pixel, x, y, size) => {
    const share = max ? Math.min(Math.abs(values[pixel]) / max, 1) : 0, length = size * 0.4, isPositive = values[pixel] > 0;
    context.globalAlpha = share;
    context.fillStyle = isPositive ? positive : negative;
    context.fillRect(x, y, size, size);
    if (share < MARKED_FROM) return;
    context.globalAlpha = 1;
    context.fillStyle = theme.text;
    context.fillRect(x + (size - length) / 2, y + size / 2 - 0.5, length, 1);
    if (isPositive) context.fillRect(x + size / 2 - 0.5, y + (size - length) / 2, 1, length);
  });
  canvas.setAttribute("aria-label", text);
}

/** @param {HTMLCanvasElement} canvas @param {(pixel: number, x: number, y: number, size: number) => void} draw */
function eachCell(canvas, draw) {
  const size = canvas.clientWidth / SIDE;
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) draw(pixel, (pixel % SIDE) * size, Math.floor(pixel / SIDE) * size, size);
}
