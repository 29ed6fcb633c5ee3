// One plot with its legend.

/** @import { PlotStyle } from "../shared/canvas.js" */
/** @import { Curve, CurvesMessage } from "./messages.js" */
import { freshContext } from "../shared/canvas.js";
import { spaceLeft } from "../shared/axes.js";
import { add, svg } from "../shared/dom.js";
import { formatDecimal } from "../shared/number_format.js";
import { FORMATS } from "./formats.js";
import { POINT_RADIUS, Plot, dashesOf } from "./plot.js";
import { drawnAxis, markSide } from "./scale.js";

/** @typedef {PlotStyle & {colour: string, curveColours: string[][]}} CurvesStyle Resolved colours of the point and of panels' curves */

export class CurvePanel {
  /** @type {Plot | null} */
  #plot = null;

  /** @param {Element} parent @param {CurvesMessage} message @param {number} i Index of the panel */
  constructor(parent, message, i) {
    this.i = i;
    this.message = message;
    const figure = add(parent, "figure");
    this.root = add(figure, "div", message.panels.length === 1 ? "plot tall" : "plot");
    this.canvas = add(this.root, "canvas");
    this.canvas.setAttribute("role", "img");
    this.handle = add(this.root, "div", "handle");
    const legend = add(figure, "figcaption");
    this.entries = this.panel.curves.map((curve, j) => legendEntry(legend, curve, `${i}-${j}`));
  }

  get panel() {
    return this.message.panels[this.i];
  }

  /**
   * Store a message and a style, and lay out the plot in its current size.
   * @param {CurvesMessage} message
   * @param {CurvesStyle} style
   */
  show(message, style) {
    this.message = message;
    this.style = style;
    const left = Math.max(style.font * 5, spaceLeft(drawnAxis(this.panel.axis), this.root.clientHeight, style.font)), bottom = style.font * 3.5, top = 8, right = style.font * 1.4;
    const area = { left, top, width: this.root.clientWidth - left - right, height: this.root.clientHeight - top - bottom };
    this.#plot = new Plot(area, message.axis, this.panel.axis, style);
  }

  /**
   * Return the index of the x nearest to the pointer. With a single curve, the distance is measured in both directions;
   * with several, only horizontally.
   * @param {PointerEvent} event
   */
  indexAt(event) {
    const { x, reach } = this.message, { curves } = this.panel, box = this.root.getBoundingClientRect();
    const pointerX = event.clientX - box.left, pointerY = event.clientY - box.top;
    let best = reach[0], least = Infinity;
    for (let index = reach[0]; this.#plot && index <= reach[1]; index++) {
      const [px, py] = this.#plot.pixel(x[index], curves[0].y[index]);
      const distance = (px - pointerX) ** 2 + (curves.length === 1 ? (py - pointerY) ** 2 : 0);
      if (distance < least) [best, least] = [index, distance];
    }
    return best;
  }

  /** Return the name of curve j and its value at an index of x, as text. @param {number} j @param {number} index */
  describe(j, index) {
    return `${this.panel.curves[j].name} = ${this.#format(this.panel.curves[j].y[index])}`;
  }

  /** Draw the curves and the point at an index of x, and write the numbers. @param {number} index @param {string} xText */
  draw(index, xText) {
    const { panel, message, canvas } = this;
    if (!this.#plot || !this.style) return;
    this.#drawPlot(this.#plot, this.style, index);
    panel.curves.forEach(({ y, slope }, j) => {
      const entry = this.entries[j];
      entry.value.textContent = this.#format(y[index]);
      entry.value.dataset.value = String(y[index]);
      if (entry.slope && slope) entry.slope.textContent = `= ${formatDecimal(slope[index])}`;
    });
    const values = panel.curves.map((_, j) => this.describe(j, index));
    canvas.setAttribute("aria-label", `${panel.alt} ${[xText, ...values].join(", ")}`);
    const [left, top] = this.#plot.pixel(message.x[index], panel.curves[0].y[index]);
    Object.assign(this.handle.style, { left: `${left}px`, top: `${top}px` });
  }

  /** @param {Plot} plot @param {CurvesStyle} style @param {number} index */
  #drawPlot(plot, style, index) {
    const { curves, marks } = this.panel, { x, shape } = this.message, colours = style.curveColours[this.i];
    const context = freshContext(this.canvas, style.canvasFont);
    plot.drawFrame(context, () => {
      plot.drawGuide(context, x[index]);
      curves.forEach((curve, j) => plot.drawCurve(context, x, curve, colours[j]));
      for (const { y, slope } of curves) if (slope) plot.drawTangent(context, x[index], y[index], slope[index], style.colour);
    });
    for (const mark of marks) plot.drawMark(context, mark, markSide(x, curves[0].y, mark[0]));
    // The first curve has the marker that is dragged, on top of the dots on the others.
    for (let j = curves.length - 1; j > 0; j--) {
      plot.drawPoint(context, x[index], curves[j].y[index], { shape: "circle", radius: 5.5, colour: colours[j] });
    }
    plot.drawPoint(context, x[index], curves[0].y[index], { shape, radius: POINT_RADIUS, colour: style.colour });
  }

  /** @param {number} value */
  #format(value) {
    return FORMATS[this.panel.axis.format](value);
  }
}

/**
 * Append a curve's line and name to the legend. Return the elements for its value and slope.
 * @param {Element} legend
 * @param {Curve} curve
 * @param {string} name Suffix of the test IDs
 */
function legendEntry(legend, curve, name) {
  const entry = add(legend, "span", "legend-entry");
  const picture = svg(entry, "svg", { viewBox: "0 0 34 10", "aria-hidden": "true" });
  const dashes = dashesOf(curve).join(" ");
  const line = svg(picture, "line", { x1: 0, y1: 5, x2: 34, y2: 5, "stroke-width": 3, "stroke-dasharray": dashes });
  line.style.stroke = curve.colour;
  add(entry, "span", "", curve.name);
  const value = add(entry, "b");
  value.dataset.testid = `curve-${name}`;
  const slope = curve.slopeName ? add(add(legend, "span", "legend-entry", curve.slopeName), "b") : null;
  if (slope) slope.dataset.testid = `slope-${name}`;
  return { value, slope };
}
