// From parameters to pixels: logits on the grid, interpolated between its nodes, and the most likely class.

import { sigmoidOf, softmaxAt } from "../shared/softmax.js";

/** @typedef {Float32Array | Float64Array | number[]} Numbers */

/** @typedef {{colours: number[][], background: number[]}} RegionColours Red, green and blue of each class and the background */

const LEVELS = 256; // strengths of a class's colour

const EXP_STEPS = 128; // entries per unit of x in EXP_OF_MINUS
const EXP_RANGE = 16;
/** e^−x at multiples of 1/EXP_STEPS up to EXP_RANGE: close enough for a colour, and three times as fast as Math.exp. */
const EXP_OF_MINUS = Float32Array.from({ length: EXP_RANGE * EXP_STEPS }, (_, i) => Math.exp(-(i + 0.5) / EXP_STEPS));

/**
 * Compute the logits at the grid's nodes, basis (G², D) · W (D, K) + b (K,), into `out` (G², K).
 * @param {Numbers} basis
 * @param {Numbers} weights
 * @param {Numbers} bias
 * @param {number} nodes Number of nodes, G²
 * @param {number} columns D
 * @param {number} classes K
 * @param {Float32Array} out
 */
export function gridLogits(basis, weights, bias, nodes, columns, classes, out) {
  for (let node = 0, o = 0; node < nodes; node++) {
    const row = node * columns;
    for (let k = 0; k < classes; k++, o++) {
      let z = bias[k];
      for (let d = 0; d < columns; d++) z += basis[row + d] * weights[d * classes + k];
      out[o] = z;
    }
  }
}

/** @typedef {{left: Int32Array, beyond: Float32Array}} Positions Node to the left of each pixel, and distance from it in cells */

/**
 * Return the positions of `count` pixel centres on a grid with `nodes` nodes along a side.
 * @param {number} count
 * @param {number} nodes
 * @returns {Positions}
 */
export function gridPositions(count, nodes) {
  const left = new Int32Array(count), beyond = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const at = ((i + 0.5) / count) * (nodes - 1);
    left[i] = Math.min(Math.floor(at), nodes - 2);
    beyond[i] = at - left[i];
  }
  return { left, beyond };
}

/**
 * Interpolate the logits at the pixel centres of a size × size raster bilinearly into `out` (size², K), row 0 at the bottom.
 * @param {Float32Array} nodeLogits
 * @param {Positions} positions
 * @param {number} nodes Nodes along a side, G
 * @param {number} classes
 * @param {number} size
 * @param {Float32Array} out
 */
export function rasterLogits(nodeLogits, { left, beyond }, nodes, classes, size, out) {
  const stride = nodes * classes;
  const line = new Float32Array(stride);
  for (let j = 0, o = 0; j < size; j++) {
    const below = left[j] * stride, up = beyond[j];
    for (let i = 0; i < stride; i++) {
      line[i] = nodeLogits[below + i] + up * (nodeLogits[below + stride + i] - nodeLogits[below + i]);
    }
    for (let i = 0; i < size; i++) {
      const at = left[i] * classes, across = beyond[i];
      for (let k = 0; k < classes; k++, o++) out[o] = line[at + k] + across * (line[at + classes + k] - line[at + k]);
    }
  }
}

/**
 * Logits (K,) at a point (u, v) of the plane, both 0 … 1 from the lower left, interpolated bilinearly.
 * @param {Float32Array} nodeLogits
 * @param {number} nodes
 * @param {number} classes
 * @param {number} u
 * @param {number} v
 */
export function logitsAt(nodeLogits, nodes, classes, u, v) {
  const x = u * (nodes - 1), y = v * (nodes - 1);
  const i = Math.min(Math.floor(x), nodes - 2), j = Math.min(Math.floor(y), nodes - 2);
  /** @param {number} row @param {number} column @param {number} k */
  const at = (row, column, k) => nodeLogits[(row * nodes + column) * classes + k];
  return Array.from({ length: classes }, (_, k) => {
    const below = at(j, i, k) + (x - i) * (at(j, i + 1, k) - at(j, i, k));
    const above = at(j + 1, i, k) + (x - i) * (at(j + 1, i + 1, k) - at(j + 1, i, k));
    return below + (y - j) * (above - below);
  });
}

/**
 * Outputs of a head for the `classes` logits from `offset` on.
 * @param {string} head
 * @param {Numbers} logits
 * @param {number} offset
 * @param {number} classes
 */
export function outputsOf(head, logits, offset, classes) {
  if (head === "softmax") return softmaxAt(logits, offset, classes);
  return Array.from({ length: classes }, (_, k) => sigmoidOf(logits[offset + k]));
}

/**
 * The background mixed with a colour, as a pixel of a Uint32Array over RGBA bytes (all browsers are little-endian).
 * @param {number[]} background
 * @param {number[]} colour
 * @param {number} strength Share of the colour, 0 … 1
 */
export function mixed(background, colour, strength) {
  const [red, green, blue] = background.map((value, c) => Math.round(value + strength * (colour[c] - value)));
  return (255 << 24) | (blue << 16) | (green << 8) | red;
}

/**
 * Return LEVELS pixels per class, from the background through the class's weakest colour to its strongest.
 * @param {RegionColours} colours
 */
export function paletteOf({ colours, background }) {
  const palette = new Uint32Array(colours.length * LEVELS);
  colours.forEach((colour, k) => {
    for (let level = 0; level < LEVELS; level++) {
      const strength = level === 0 ? 0 : 0.06 + (0.42 * (level - 1)) / (LEVELS - 2);
      palette[k * LEVELS + level] = mixed(background, colour, strength);
    }
  });
  return palette;
}

/** Return the index in the palette for class k at a confidence. @param {number} k @param {number} confidence 0 … 1 */
export function levelAt(k, confidence) {
  return k * LEVELS + (confidence > 1e-6 ? 1 + Math.round(confidence * (LEVELS - 2)) : 0);
}

/**
 * Write each pixel's colour into `pixels`, row 0 at the top, and its most likely class into `winners`, row 0 at the bottom.
 * The colour is that of the most likely class. Its strength is the largest softmax output, scaled from 1/K … 1 to 0 … 1, or
 * the largest sigmoid output.
 * @param {Float32Array} logits (size², K)
 * @param {number} classes
 * @param {number} size
 * @param {Uint32Array} palette
 * @param {Uint32Array} pixels (size²,)
 * @param {Uint8Array} winners (size²,)
 * @param {string} head
 */
export function shadeRegions(logits, classes, size, palette, pixels, winners, head) {
  // Runs for 16,384 cells in each frame: hence one loop, without arrays for each cell.
  const isSoftmax = head === "softmax", least = 1 / classes;
  for (let j = 0, cell = 0, at = 0; j < size; j++) {
    let pixel = (size - 1 - j) * size;
    for (let i = 0; i < size; i++, cell++, pixel++, at += classes) {
      let best = 0, max = logits[at];
      for (let k = 1; k < classes; k++) {
        if (logits[at + k] > max) {
          best = k;
          max = logits[at + k];
        }
      }
      let confidence;
      if (isSoftmax) {
        let total = 1;
        for (let k = 0; k < classes; k++) {
          const below = max - logits[at + k];
          if (k !== best && below < EXP_RANGE) total += below === 0 ? 1 : EXP_OF_MINUS[(below * EXP_STEPS) | 0];
        }
        confidence = (1 / total - least) / (1 - least);
      } else confidence = 1 / (1 + Math.exp(-max));
      pixels[pixel] = palette[levelAt(best, confidence)];
      winners[cell] = best;
    }
  }
}

/**
 * Line segments along which the two largest logits are equal, in raster coordinates (x, y from the lower left, pixel
 * centres at halves), flat: [x1, y1, x2, y2, …]. Where three regions meet, the lines run to their common point.
 * @param {Float32Array} logits
 * @param {Uint8Array} winners
 * @param {number} classes
 * @param {number} size
 */
export function boundaries(logits, winners, classes, size) {
  /** @type {number[]} */
  const segments = [];
  /** @param {number} a @param {number} b */
  const crossing = (a, b) => {
    const p = winners[a], q = winners[b];
    const here = logits[a * classes + p] - logits[a * classes + q];
    const there = logits[b * classes + p] - logits[b * classes + q];
    return here / (here - there || 1);
  };
  for (let j = 0; j < size - 1; j++) {
    for (let i = 0; i < size - 1; i++) {
      const a = j * size + i, b = a + 1, c = a + size, d = c + 1;
      if (winners[a] === winners[b] && winners[a] === winners[c] && winners[a] === winners[d]) continue;
      /** @type {number[][]} */
      const ends = [];
      if (winners[a] !== winners[b]) ends.push([i + crossing(a, b), j]);
      if (winners[b] !== winners[d]) ends.push([i + 1, j + crossing(b, d)]);
      if (winners[c] !== winners[d]) ends.push([i + crossing(c, d), j + 1]);
      if (winners[a] !== winners[c]) ends.push([i, j + crossing(a, c)]);
      const middle = ends.length === 2 ? ends[1] : [0, 1].map((x) => ends.reduce((sum, e) => sum + e[x], 0) / ends.length);
      for (const end of ends.length === 2 ? [ends[0]] : ends) {
        segments.push(end[0] + 0.5, end[1] + 0.5, middle[0] + 0.5, middle[1] + 0.5);
      }
    }
  }
  return segments;
}
