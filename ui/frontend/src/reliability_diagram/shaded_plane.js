// The plane in the colours of the most probable classes, stronger for a higher confidence, with the training samples on it.

/** @import { ReliabilityMessage } from "./messages.js" */
import { channels, freshContext, resolvedColour } from "../shared/canvas.js";
import { largestIndex } from "../shared/softmax.js";

const REFINEMENT = 4; // pixels per cell of the grid

/** @typedef {{logits: Float32Array, size: number}} Raster Logits (size², K) of the pixels, row by row from the lower left */

/**
 * Interpolate the logits at the nodes of a square grid bilinearly, and return the logits of all pixels.
 * @param {ArrayLike<number>} grid (G², K)
 * @param {number} classes
 * @param {number} times Pixels per cell
 * @returns {Raster}
 */
export function refined(grid, classes, times) {
  const nodes = Math.round(Math.sqrt(grid.length / classes)), size = (nodes - 1) * times;
  const logits = new Float32Array(size * size * classes);
  for (let j = 0, out = 0; j < size; j++) {
    const row = Math.floor(j / times), up = (j % times) / times;
    for (let i = 0; i < size; i++) {
      const column = Math.floor(i / times), right = (i % times) / times;
      for (let k = 0; k < classes; k++, out++) {
        const below = (row * nodes + column) * classes + k, above = below + nodes * classes;
        const low = grid[below] + right * (grid[below + classes] - grid[below]);
        const high = grid[above] + right * (grid[above + classes] - grid[above]);
        logits[out] = low + up * (high - low);
      }
    }
  }
  return { logits, size };
}

/**
 * Write the RGBA colours of all pixels at a temperature into `pixels`, top row first.
 * @param {Raster} raster
 * @param {number} temperature
 * @param {number[][]} colours Red, green and blue of each class
 * @param {number[]} background Red, green and blue
 * @param {Uint8ClampedArray} pixels
 */
export function shade({ logits, size }, temperature, colours, background, pixels) {
  const classes = colours.length;
  for (let j = 0, offset = 0; j < size; j++) {
    for (let i = 0, out = (size - 1 - j) * size * 4; i < size; i++, offset += classes, out += 4) {
      const best = largestIndex(logits, offset, classes);
      let total = 0; // 1 / the largest probability
      for (let k = 0; k < classes; k++) total += Math.exp((logits[offset + k] - logits[offset + best]) / temperature);
      const strength = 0.04 + (0.6 * (classes / total - 1)) / (classes - 1);
      for (let c = 0; c < 3; c++) pixels[out + c] = background[c] + strength * (colours[best][c] - background[c]);
      pixels[out + 3] = 255;
    }
  }
}

export class ShadedPlane {
  #raster = document.createElement("canvas");
  /** @type {Raster} */
  #logits = { logits: new Float32Array(), size: 0 };
  /** @type {ReliabilityMessage | null} */
  #message = null;
  #font = "";
  /** @type {number[][]} */
  #colours = [];
  /** @type {number[]} */
  #background = [];

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    canvas.setAttribute("role", "img");
  }

  /** Store the message with the model's logits and samples. Call `draw` afterwards. @param {ReliabilityMessage} message */
  setModel(message) {
    this.#message = message;
    this.#logits = refined(message.grid, message.classes, REFINEMENT);
  }

  /** Read the colours and the font size from the theme. @param {HTMLElement} root */
  setLook(root) {
    if (!this.#message) return;
    const { classes, enlarged } = this.#message;
    this.#colours = Array.from({ length: classes }, (_, k) => channels(resolvedColour(root, `var(--class-${k})`)));
    this.#background = channels(resolvedColour(root, "var(--background)"));
    this.#font = `${enlarged ? parseFloat(getComputedStyle(root).fontSize) * 0.95 : 12}px sans-serif`;
  }

  /** @param {number} temperature @param {string} alt */
  draw(temperature, alt) {
    this.canvas.setAttribute("aria-label", alt);
    const { size } = this.#logits, { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width || !this.#message) return;
    const image = new ImageData(size, size);
    shade(this.#logits, temperature, this.#colours, this.#background, image.data);
    Object.assign(this.#raster, { width: size, height: size });
    this.#raster.getContext("2d")?.putImageData(image, 0, 0);
    const context = freshContext(this.canvas, this.#font);
    context.imageSmoothingEnabled = true;
    context.drawImage(this.#raster, 0, 0, width, height);
    this.#drawSamples(context, this.#message);
  }

  /** Draw each sample as its class's glyph. @param {CanvasRenderingContext2D} context @param {ReliabilityMessage} message */
  #drawSamples(context, { glyphs, points, pointLabels }) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    Object.assign(context, { textAlign: "center", textBaseline: "middle", lineWidth: 3 });
    context.strokeStyle = `rgb(${this.#background})`;
    pointLabels.forEach((label, i) => {
      const x = points[2 * i] * width, y = (1 - points[2 * i + 1]) * height;
      context.fillStyle = `rgb(${this.#colours[label]})`;
      context.strokeText(glyphs[label], x, y);
      context.fillText(glyphs[label], x, y);
    });
  }
}
