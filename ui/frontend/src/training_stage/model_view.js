// One of the models on the stage: its description, and the raster of its decision regions.

/** @import { ModelDescription } from "./messages.js" */
/** @import { Row } from "./trajectory.js" */
import {
  boundaries, gridLogits, gridPositions, logitsAt, outputsOf, rasterLogits, shadeRegions,
} from "./decision_regions.js";
import { levelLines, shadeSums, shadeThresholds, sumsOf } from "./threshold_shading.js";

/**
 * @typedef {import("./threshold_shading.js").ThresholdColours & {thresholds: number[], showSums: boolean}} RegionStyle
 */

export class ModelView {
  raster = document.createElement("canvas");
  #image = new ImageData(1, 1);
  #pixels = new Uint32Array();
  #logits = new Float32Array();
  #winners = new Uint8Array();

  /**
   * @param {ModelDescription} description
   * @param {Float32Array} basis Features of the grid's nodes (G², D)
   * @param {Float32Array} pointFeatures Features of the training samples (n, D)
   * @param {number} classes
   * @param {number} size Pixels along a side of the raster
   */
  constructor(description, basis, pointFeatures, classes, size) {
    this.description = description;
    this.basis = basis;
    this.pointFeatures = pointFeatures;
    this.classes = classes;
    this.size = size;
    this.columns = description.parameterNames.length;
    this.nodes = Math.round(Math.sqrt(basis.length / this.columns));
    this.positions = gridPositions(size, this.nodes);
    this.nodeLogits = new Float32Array(this.nodes ** 2 * classes);
    this.raster.width = this.raster.height = size;
    this.#image = new ImageData(size, size);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#logits = new Float32Array(size ** 2 * classes);
    this.#winners = new Uint8Array(size ** 2);
  }

  get name() {
    return this.description.name;
  }

  get head() {
    return this.description.head;
  }

  /** Return W (D · K,) and b (K,) of a row. @param {Row} row */
  split(row) {
    const weights = this.columns * this.classes;
    return [row.parameters.subarray(0, weights), row.parameters.subarray(weights)];
  }

  /**
   * Paint the regions of a row on the raster. Return the lines between them, flat, in raster coordinates: between the
   * regions of the largest output, or at the classes' thresholds, or where the outputs sum to 1.
   * @param {Row} row
   * @param {RegionStyle} style
   */
  paint(row, style) {
    const { nodes, columns, classes, size } = this, [weights, bias] = this.split(row);
    gridLogits(this.basis, weights, bias, nodes ** 2, columns, classes, this.nodeLogits);
    rasterLogits(this.nodeLogits, this.positions, nodes, classes, size, this.#logits);
    const lines = this.#shade(style);
    /** @type {CanvasRenderingContext2D} */ (this.raster.getContext("2d")).putImageData(this.#image, 0, 0);
    return lines;
  }

  /** @param {RegionStyle} style */
  #shade(style) {
    const { classes, size, head } = this, logits = this.#logits, pixels = this.#pixels;
    if (!this.description.showThresholds && !style.showSums) {
      shadeRegions(logits, classes, size, style.palette, pixels, this.#winners, head);
      return boundaries(logits, this.#winners, classes, size);
    }
    const outputs = new Float32Array(logits.length);
    for (let at = 0; at < logits.length; at += classes) outputs.set(outputsOf(head, logits, at, classes), at);
    if (style.showSums) {
      const sums = sumsOf(outputs, classes);
      shadeSums(sums, size, style, pixels);
      return head === "softmax" ? [] : levelLines(sums, size, 1);
    }
    shadeThresholds(outputs, classes, size, style.thresholds, style, pixels);
    return style.thresholds.flatMap((threshold, k) => levelLines(outputs, size, threshold, classes, k));
  }

  /**
   * Return the outputs (K,) for training sample i with the parameters of a row.
   * @param {Row} row
   * @param {number} i
   */
  outputsForSample(row, i) {
    const { columns, classes } = this, [weights, bias] = this.split(row), logits = new Float32Array(classes);
    gridLogits(this.pointFeatures.subarray(i * columns, (i + 1) * columns), weights, bias, 1, columns, classes, logits);
    return outputsOf(this.head, logits, 0, classes);
  }

  /**
   * Return the outputs (K,) at (u, v), both 0 … 1 from the lower left, for the row painted last.
   * @param {number} u
   * @param {number} v
   */
  outputsAt(u, v) {
    return outputsOf(this.head, logitsAt(this.nodeLogits, this.nodes, this.classes, u, v), 0, this.classes);
  }
}
