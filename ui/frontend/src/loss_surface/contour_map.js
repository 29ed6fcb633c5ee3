// The contour map: the loss over a section of the plane, as colours and contour lines.

/** @import { Section } from "./camera.js" */
/** @import { Place } from "./messages.js" */
/** @import { SurfaceStyle } from "./style.js" */
import { drawAxes } from "../shared/axes.js";
import { segments } from "../shared/marching_squares.js";
import { marker } from "../shared/markers.js";
import { shareOfSection } from "./camera.js";
import { lossGrid } from "./descent.js";
import { shader, strengthOf } from "./shading.js";
import { AXIS_NAMES } from "./style.js";

const LEVELS = [0.1, 0.3, 1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20];
const CELLS = 96; // along a side
const MAX_STRENGTH = 0.62;

/**
 * One function per true class: the signed distance of node (i, j) from the straight line along which the contour lines are
 * labelled, in cells.
 */
const LABEL_LINES = [
  (/** @type {number} */ _, /** @type {number} */ j) => j - 0.8 * CELLS,
  (/** @type {number} */ i) => i - 0.8 * CELLS,
  (/** @type {number} */ _, /** @type {number} */ j) => j - 0.2 * CELLS,
];

export class ContourMap {
  linePieces = 1;

  /** @param {SurfaceStyle} style @param {Section} section */
  constructor(style, section) {
    const { width, height, font } = style, left = font * 3.8, top = 8, right = 10, bottom = font * 3.5;
    const size = Math.min(width - left - right, height - top - bottom);
    this.style = style;
    this.section = section;
    this.area = { left, top, width: size, height: size };
  }

  /**
   * Return the pixel of a place; beyond the section, at its edge.
   * @param {number} u
   * @param {number} v
   * @returns {[number, number]}
   */
  pixel(u, v) {
    const [x, y] = shareOfSection(this.section, u, v);
    return this.#pixelOfShare(x, y);
  }

  /** The place at a pixel. @param {number} x @param {number} y @returns {Place} */
  place(x, y) {
    const { middle, half } = this.section, { left, top, width, height } = this.area;
    return [middle[0] + half * ((2 * (x - left)) / width - 1), middle[1] + half * (1 - (2 * (y - top)) / height)];
  }

  /** @param {number} x @param {number} y */
  contains(x, y) {
    const { left, top, width, height } = this.area;
    return x >= left && x <= left + width && y >= top && y <= top + height;
  }

  /** @param {CanvasRenderingContext2D} context @param {number} target */
  draw(context, target) {
    const { theme, font } = this.style, { middle, half } = this.section, { area } = this;
    const losses = lossGrid(this.section, CELLS, target), cell = area.width / CELLS, colour = shader(theme);
    for (let j = 0; j < CELLS; j++) {
      for (let i = 0; i < CELLS; i++) {
        context.fillStyle = colour(MAX_STRENGTH * strengthOf(losses[j * (CELLS + 1) + i]));
        context.fillRect(area.left + i * cell, area.top + area.height - (j + 1) * cell, cell + 0.6, cell + 0.6);
      }
    }
    /** @param {number} axis @returns {import("../shared/axes.js").Axis} */
    const axis = (axis) => ({ range: [middle[axis] - half, middle[axis] + half], name: AXIS_NAMES[axis] });
    drawAxes({ context, ...area }, { font, theme }, axis(0), axis(1));
    this.#drawClassBorders(context);
    this.#drawClassMarkers(context);
    /** @type {[number, number][]} */
    const labels = [];
    for (const level of LEVELS) {
      const lines = segments(losses, CELLS, level);
      if (!lines.length) continue;
      this.#drawLines(context, lines);
      this.#drawLabel(context, String(level), labelSegment(lines, target), labels);
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {number[][]} lines Segments in cells */
  #drawLines(context, lines) {
    context.strokeStyle = this.style.theme.muted;
    context.lineWidth = this.style.pen;
    context.beginPath();
    for (const [x0, y0, x1, y1] of lines) {
      context.moveTo(...this.#pixelOfCell(x0, y0));
      context.lineTo(...this.#pixelOfCell(x1, y1));
    }
    context.stroke();
  }

  /**
   * Write a contour line's level at one of its segments, unless another label is in the way.
   * @param {CanvasRenderingContext2D} context
   * @param {string} text
   * @param {number[] | null} segment
   * @param {[number, number][]} labels Positions of the labels written; the new one is added
   */
  #drawLabel(context, text, segment, labels) {
    if (!segment) return;
    const { theme, font } = this.style, width = context.measureText(text).width + 6, [x, y] = this.#pixelOfCell(segment[0], segment[1]);
    if (labels.some(([px, py]) => Math.abs(px - x) < width && Math.abs(py - y) < font * 1.4)) return;
    labels.push([x, y]);
    context.fillStyle = theme.background;
    context.globalAlpha = 0.85;
    context.fillRect(x - width / 2, y - font * 0.65, width, font * 1.3);
    context.globalAlpha = 1;
    context.fillStyle = theme.text;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, x, y);
  }

  /** Draw the lines between the regions where each class has the largest logit. @param {CanvasRenderingContext2D} context */
  #drawClassBorders(context) {
    const { theme, pen } = this.style, { area, section: { middle, half } } = this, far = 100;
    context.save();
    context.beginPath();
    context.rect(area.left, area.top, area.width, area.height);
    context.clip();
    context.strokeStyle = theme.text;
    context.globalAlpha = 0.55;
    context.setLineDash([2, 5]);
    context.lineWidth = 1.4 * pen;
    context.beginPath();
    for (const [u, v] of [[far, far], [-far, 0], [0, -far]]) {
      context.moveTo(...this.#pixelOfShare(-middle[0] / half, -middle[1] / half));
      context.lineTo(...this.#pixelOfShare((u - middle[0]) / half, (v - middle[1]) / half));
    }
    context.stroke();
    context.restore();
  }

  /** Draw each class's marker in a corner where it has the largest logit. @param {CanvasRenderingContext2D} context */
  #drawClassMarkers(context) {
    const { theme, shapes, classColours, pen } = this.style, { middle, half } = this.section;
    const corners = [[0.9, -0.9], [-0.9, 0.9], [-0.9, -0.9]];
    corners.forEach(([x, y], k) => {
      const z = [middle[0] + x * half, middle[1] + y * half, 0];
      if (z[k] < Math.max(...z)) return;
      marker(context, shapes[k], ...this.#pixelOfShare(x, y), 7 * pen);
      context.fillStyle = classColours[k];
      context.strokeStyle = theme.background;
      context.lineWidth = 2;
      context.fill();
      context.stroke();
    });
  }

  /** @param {number} i @param {number} j @returns {[number, number]} */
  #pixelOfCell(i, j) {
    return this.#pixelOfShare((2 * i) / CELLS - 1, (2 * j) / CELLS - 1);
  }

  /** @param {number} x @param {number} y @returns {[number, number]} */
  #pixelOfShare(x, y) {
    const { left, top, width, height } = this.area;
    return [left + (x + 1) * 0.5 * width, top + (1 - y) * 0.5 * height];
  }
}

/**
 * Return the segment of a contour line at which to write its label: where the contour line crosses the line in LABEL_LINES.
 * Return null if it does not, or only near the edge of the map.
 * @param {number[][]} lines
 * @param {number} target
 */
function labelSegment(lines, target) {
  /** @param {number[]} line */
  const distance = (line) => {
    const isAtEdge = Math.min(...line) < 3 || Math.max(...line) > CELLS - 3;
    return Math.abs(LABEL_LINES[target](line[0], line[1])) + (isAtEdge ? CELLS : 0);
  };
  const best = lines.reduce((nearest, line) => (distance(line) < distance(nearest) ? line : nearest));
  return distance(best) <= 2 ? best : null;
}
