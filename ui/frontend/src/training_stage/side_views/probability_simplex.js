// The training samples on the probability simplex of three classes.

/** @import { StageContext, Style } from "../context.js" */
/** @import { DrawingArea } from "../surfaces.js" */
/** @import { Row } from "../trajectory.js" */
/** @import { SideView } from "./index.js" */
import { marker } from "../../shared/markers.js";
import { SIMPLEX_HEIGHT, simplexPoint } from "../../shared/simplex.js";
import { softmaxAt } from "../../shared/softmax.js";
import { gridLogits } from "../decision_regions.js";
import { drawRing } from "../plane.js";

export const SAMPLE_RADIUS = 3.4;

/** @implements {SideView} */
export class ProbabilitySimplex {
  kind = "drawing";
  label = "showSimplex";

  /** @param {StageContext} context */
  constructor(context) {
    this.context = context;
  }

  get isPossible() {
    return this.context.classes === 3;
  }

  /** @param {Row} row */
  draw(row) {
    const { scene, style, surfaces, models: [model], selectedSample } = this.context, { font, pen, theme } = style;
    const margin = cornerOffset(font, pen) + font;
    const area = surfaces.open(this.context.canvas(".drawing"), style.canvasFont, { left: 16, top: margin, right: 16, bottom: margin });
    const { context } = area, [weights, bias] = model.split(row), place = drawTriangle(area, style, scene.shapes, scene.classNames);
    const all = sampleProbabilities(model.pointFeatures, weights, bias, model.columns);
    /** @param {number} i */
    const positionOf = (i) => place([...all.subarray(3 * i, 3 * i + 3)]);
    context.globalAlpha = 0.75;
    for (let i = 0; i < scene.nTrain; i++) {
      const [x, y] = positionOf(i);
      marker(context, scene.shapes[scene.labels[i]], x, y, SAMPLE_RADIUS * pen);
      context.fillStyle = theme.classes[scene.labels[i]];
      context.fill();
    }
    context.globalAlpha = 1;
    if (selectedSample !== null && selectedSample < scene.nTrain) {
      drawRing(context, positionOf(selectedSample), 7.5 * pen, theme.text, 2.5 * pen);
    }
  }

  /** @param {Row} row */
  describe(row) {
    const { scene } = this.context;
    return `${scene.texts.simplex}. ${scene.texts.step} ${row.step}, ${scene.texts.accuracy} ${row.accuracy.toFixed(3)}`;
  }
}

/**
 * Compute the probabilities (n · 3,) of all samples: softmax of features (n, D) · W (D, 3) + b (3,).
 * @param {Float32Array} features
 * @param {Float32Array} weights
 * @param {Float32Array} bias
 * @param {number} columns
 */
export function sampleProbabilities(features, weights, bias, columns) {
  const n = features.length / columns;
  const logits = new Float32Array(n * 3), all = new Float32Array(n * 3);
  gridLogits(features, weights, bias, n, columns, 3, logits);
  for (let i = 0; i < n; i++) all.set(softmaxAt(logits, i * 3, 3), i * 3);
  return all;
}

/** Distance of a corner's name from the corner, so that samples in the corner leave it free. @param {number} font @param {number} pen */
export function cornerOffset(font, pen) {
  return font / 2 + (SAMPLE_RADIUS + 3) * pen;
}

/**
 * Draw the triangle with its corners, and dashed lines where two classes are equally likely. Return the function from
 * probabilities to pixels.
 * @param {DrawingArea} area
 * @param {Style} style
 * @param {string[]} shapes
 * @param {string[]} names
 */
function drawTriangle({ context, left, top, width, height }, { font, pen, theme }, shapes, names) {
  const side = Math.min(width, height / SIMPLEX_HEIGHT);
  const x0 = left + (width - side) / 2, bottom = top + (height + side * SIMPLEX_HEIGHT) / 2;
  /** @param {number[]} p */
  const place = (p) => {
    const [u, v] = simplexPoint(p);
    return [x0 + u * side, bottom - v * side];
  };
  /** @param {number[]} from @param {number[]} to */
  const line = (from, to) => {
    const [x1, y1] = place(from), [x2, y2] = place(to);
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
  };
  const corners = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
  context.strokeStyle = theme.muted;
  context.lineWidth = 1.5 * pen;
  for (let k = 0; k < 3; k++) line(corners[k], corners[(k + 1) % 3]);
  context.setLineDash([4, 4]);
  context.strokeStyle = theme.line;
  for (const middle of [[0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5]]) line([1 / 3, 1 / 3, 1 / 3], middle);
  context.setLineDash([]);
  corners.forEach((corner, k) => {
    const [x, cornerY] = place(corner), y = cornerY + (k === 0 ? -1 : 1) * cornerOffset(font, pen);
    marker(context, shapes[k], x, y, 6 * pen);
    context.fillStyle = theme.classes[k];
    context.fill();
    context.textBaseline = "middle";
    context.textAlign = k === 2 ? "right" : "left";
    context.fillText(names[k], x + (k === 2 ? -12 : 12) * pen, y);
  });
  return place;
}
