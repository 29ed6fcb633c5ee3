// Drawing curves, their tangents, marks and the point on a canvas.

/** @import { PlotStyle } from "../shared/canvas.js" */
/** @import { Axis, Curve, Mark } from "./messages.js" */
import { drawAxes } from "../shared/axes.js";
import { marker } from "../shared/markers.js";
import { drawnAxis, shareOf } from "./scale.js";

/** @typedef {{left: number, top: number, width: number, height: number}} Area In pixels */

export const POINT_RADIUS = 8.5;
const DASHES = { solid: [], dash: [9, 6], dot: [2, 5], dashdot: [10, 5, 2, 5], longdash: [20, 5] };

/** Lengths of dashes and gaps. @param {Curve} curve */
export function dashesOf({ dash }) {
  return DASHES[dash];
}

export class Plot {
  /**
   * @param {Area} area
   * @param {Axis} xAxis
   * @param {Axis} yAxis
   * @param {PlotStyle} style
   */
  constructor(area, xAxis, yAxis, style) {
    this.area = area;
    this.xAxis = xAxis;
    this.yAxis = yAxis;
    this.style = style;
  }

  /** @param {number} value */
  x(value) {
    return this.area.left + shareOf(this.xAxis, value) * this.area.width;
  }

  /**
   * Return the vertical pixel of a value. The value is clipped to `low` … `high`, where the axis reaches from 0 to 1.
   * @param {number} value
   */
  y(value, low = 0, high = 1) {
    return this.area.top + (1 - Math.min(Math.max(shareOf(this.yAxis, value), low), high)) * this.area.height;
  }

  /**
   * Return the pixel of a point, moved to the edge if it is beyond the axes.
   * @param {number} x
   * @param {number} y
   * @returns {[number, number]}
   */
  pixel(x, y) {
    const { left, width } = this.area;
    return [Math.min(Math.max(this.x(x), left), left + width), this.y(y)];
  }

  /**
   * Draw the axes, and call `draw` with the area between them as the clipping region.
   * @param {CanvasRenderingContext2D} context
   * @param {() => void} draw
   */
  drawFrame(context, draw) {
    const { left, top, width, height } = this.area;
    drawAxes({ context, ...this.area }, this.style, drawnAxis(this.xAxis), drawnAxis(this.yAxis));
    context.save();
    context.beginPath();
    context.rect(left, top - 2, width, height + 4);
    context.clip();
    draw();
    context.restore();
  }

  /** Draw a vertical line at the point. @param {CanvasRenderingContext2D} context @param {number} x */
  drawGuide(context, x) {
    const { top, height } = this.area;
    context.strokeStyle = this.style.theme.muted;
    context.lineWidth = 1;
    strokeDashed(context, [3, 4], [[this.x(x), top], [this.x(x), top + height]]);
  }

  /** @param {CanvasRenderingContext2D} context @param {Float64Array} x @param {Curve} curve @param {string} colour */
  drawCurve(context, x, curve, colour) {
    /** @type {[number, number][]} */
    const points = [];
    x.forEach((value, i) => {
      const y = this.y(curve.y[i], -1, 2);
      if (!Number.isNaN(y)) points.push([this.x(value), y]);
    });
    context.lineJoin = "round";
    context.strokeStyle = colour;
    context.lineWidth = 3 * this.style.pen;
    strokeDashed(context, dashesOf(curve), points);
  }

  /**
   * Draw the line through (x, y) with a slope, across the whole plot.
   * @param {CanvasRenderingContext2D} context
   * @param {number} x
   * @param {number} y
   * @param {number} slope
   * @param {string} colour
   */
  drawTangent(context, x, y, slope, colour) {
    context.strokeStyle = colour;
    context.lineWidth = 2 * this.style.pen;
    const ends = this.xAxis.range.map((end) => /** @type {[number, number]} */ ([this.x(end), this.y(y + slope * (end - x), -Infinity, Infinity)]));
    strokeDashed(context, [7, 5], ends);
  }

  /**
   * Draw a ring with a text that the point, when it is there, does not cover.
   * @param {CanvasRenderingContext2D} context
   * @param {Mark} mark
   * @param {import("./scale.js").Side} side
   */
  drawMark(context, [x, y, text], side) {
    const { area, style } = this, px = this.x(x), py = this.y(y);
    context.strokeStyle = context.fillStyle = style.theme.muted;
    context.lineWidth = 2 * style.pen;
    context.beginPath();
    context.arc(px, py, 5.5 * style.pen, 0, 2 * Math.PI);
    context.stroke();
    const gap = (POINT_RADIUS + 3) * style.pen, right = area.left + area.width;
    if (side === "beside") {
      const isRight = px + gap + context.measureText(text).width < right;
      context.textAlign = isRight ? "left" : "right";
      context.textBaseline = "bottom";
      context.fillText(text, px + (isRight ? gap : -gap), py - 4);
    } else {
      context.textAlign = "center";
      context.textBaseline = side === "above" ? "bottom" : "top";
      context.fillText(text, Math.min(px, right - context.measureText(text).width / 2), py + (side === "above" ? -gap : gap));
    }
  }

  /**
   * Draw the point on a curve, with an arrow if it is above the axis.
   * @param {CanvasRenderingContext2D} context
   * @param {number} x
   * @param {number} y
   * @param {{shape: string, radius: number, colour: string}} look
   */
  drawPoint(context, x, y, { shape, radius, colour }) {
    const { theme, pen } = this.style, [px, py] = this.pixel(x, y);
    if (Number.isNaN(py)) return;
    marker(context, shape, px, py, radius * pen);
    context.fillStyle = colour;
    context.strokeStyle = theme.background;
    context.lineWidth = 2;
    context.fill();
    context.stroke();
    if (shareOf(this.yAxis, y) <= 1) return;
    context.fillStyle = theme.text;
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillText("↑", px + 12, py - 2);
  }
}

/** @param {CanvasRenderingContext2D} context @param {number[]} dashes @param {[number, number][]} points */
function strokeDashed(context, dashes, points) {
  context.setLineDash(dashes);
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.stroke();
  context.setLineDash([]);
}
