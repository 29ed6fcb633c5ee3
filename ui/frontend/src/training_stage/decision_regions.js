// From parameters to pixels: logits on the grid, interpolated between its nodes, and the most likely class.

import { largestIndex, sigmoidOf, softmaxAt } from "../shared/softmax.js";

/** @typedef {Float32Array | Float64Array | number[]} Numbers */

/** @typedef {{colours: number[][], background: number[]}} RegionColours Red, green and blue of each */

/**
 * Logits at the grid's nodes: basis (G², D) · W (D, K) + b (K,), written into `out` (G², K).
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

/** @typedef {{left: Int32Array, beyond: Float32Array}} Positions Node to the left of each pixel, and the distance from it */

/**
 * The positions of `count` pixel centres on a grid with `nodes` nodes along a side.
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
 * Logits at each pixel centre of a size × size raster, row 0 at the bottom, interpolated bilinearly into `out` (size², K).
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
 * Write a pixel of RGBA `pixels`: the background mixed with a colour.
 * @param {Uint8ClampedArray} pixels
 * @param {number} at
 * @param {number[]} background
 * @param {number[]} colour
 * @param {number} strength Share of the colour, 0 … 1
 */
export function mixPixel(pixels, at, background, colour, strength) {
  for (let c = 0; c < 3; c++) pixels[at + c] = background[c] + strength * (colour[c] - background[c]);
  pixels[at + 3] = 255;
}

/**
 * Call `shade` for each cell of a size × size raster with row 0 at the bottom: with the cell's number, its column and row,
 * and its offset in RGBA pixels with row 0 at the top.
 * @param {number} size
 * @param {(cell: number, column: number, row: number, pixel: number) => void} shade
 */
export function forEachPixel(size, shade) {
  for (let j = 0, cell = 0; j < size; j++) {
    let pixel = (size - 1 - j) * size * 4;
    for (let i = 0; i < size; i++, cell++, pixel += 4) shade(cell, i, j, pixel);
  }
}

/**
 * The largest probability of softmax, scaled from 1/K … 1 to 0 … 1.
 * @param {Numbers} logits
 * @param {number} at
 * @param {number} best
 * @param {number} classes
 */
function softmaxConfidence(logits, at, best, classes) {
  let total = 0;
  for (let k = 0; k < classes; k++) total += Math.exp(logits[at + k] - logits[at + best]);
  return (1 / total - 1 / classes) / (1 - 1 / classes);
}

/**
 * Colour each pixel by its most likely class, more strongly for a larger output, into RGBA `pixels`; write the class of
 * each cell into `winners`. The strength is softmax's largest probability, from 1/K on, or the largest sigmoid.
 * @param {Float32Array} logits (size², K)
 * @param {number} classes
 * @param {number} size
 * @param {RegionColours} paint
 * @param {Uint8ClampedArray} pixels
 * @param {Uint8Array} winners (size²,)
 * @param {string} head
 */
export function shadeRegions(logits, classes, size, { colours, background }, pixels, winners, head) {
  forEachPixel(size, (cell, _i, _j, pixel) => {
    const at = cell * classes, best = largestIndex(logits, at, classes);
    const confidence = head === "sigmoid" ? sigmoidOf(logits[at + best]) : softmaxConfidence(logits, at, best, classes);
    mixPixel(pixels, pixel, background, colours[best], confidence > 1e-6 ? 0.06 + 0.42 * confidence : 0);
    winners[cell] = best;
  });
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
