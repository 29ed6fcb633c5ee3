// Opens drawing contexts: normally of the canvases, and of SVG while a picture is recorded.

import { freshContext } from "../shared/canvas.js";
import { SvgContext } from "./svg_context.js";

/** @typedef {{left: number, top: number, width: number, height: number}} Area A plotting area in CSS pixels */

/** @typedef {Area & {context: CanvasRenderingContext2D}} DrawingArea */

/** @typedef {{left: number, top: number, right: number, bottom: number}} Margins */

/** @typedef {{canvas: HTMLCanvasElement, context: SvgContext}} Layer */

export class Surfaces {
  /** @type {Layer[] | null} */
  #layers = null;

  get isRecording() {
    return this.#layers !== null;
  }

  /**
   * Return a cleared context for a canvas, and the area within the margins.
   * @param {HTMLCanvasElement} canvas
   * @param {string} font
   * @param {Margins} margins
   * @returns {DrawingArea}
   */
  open(canvas, font, margins) {
    if (!this.#layers) return { context: freshContext(canvas, font), ...areaWithin(canvas, margins) };
    const context = new SvgContext(font);
    this.#layers.push({ canvas, context });
    return { context: context.asCanvasContext, ...areaWithin(canvas, margins) };
  }

  /** Call `draw` with SVG contexts instead of canvases. Return one layer per canvas. @param {() => void} draw */
  record(draw) {
    const layers = (this.#layers = /** @type {Layer[]} */ ([]));
    draw();
    this.#layers = null;
    return layers;
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Margins} margins
 * @returns {Area}
 */
export function areaWithin(canvas, { left, top, right, bottom }) {
  return { left, top, width: canvas.clientWidth - left - right, height: canvas.clientHeight - top - bottom };
}
