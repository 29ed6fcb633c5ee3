// The plane of one model: decision regions and samples.

/** @import { StageContext } from "./context.js" */
/** @import { ModelView } from "./model_view.js" */
/** @import { Area, DrawingArea } from "./surfaces.js" */
/** @import { Row } from "./trajectory.js" */
import { drawAxes, fillCentred } from "../shared/axes.js";
import { channels } from "../shared/canvas.js";
import { element } from "../shared/dom.js";
import { marker, sectors } from "../shared/markers.js";
import { areaWithin } from "./surfaces.js";

const NEAR = 18; // greatest distance in pixels at which the pointer hits a sample

export class Plane {
  regions = element("canvas", { className: "regions" });
  canvas = element("canvas", { className: "points" });
  tip = element("output", { className: "tooltip", hidden: true });
  #title = "";

  /**
   * @param {StageContext} context
   * @param {number} index Number of the model
   */
  constructor(context, index) {
    this.context = context;
    this.index = index;
    this.canvas.setAttribute("role", "img");
    if (context.scene.hasProbe) this.canvas.tabIndex = 0;
    this.figure = element("figure", { className: "plane" }, this.regions, this.canvas, this.tip);
  }

  /** @returns {ModelView} */
  get model() {
    return this.context.models[this.index];
  }

  // ---- drawing ----

  /** @param {Row} row */
  drawRegions(row) {
    const { surfaces, style, values, thresholds } = this.context, { theme, pen } = style, { model } = this;
    const { context, left, top, width, height } = surfaces.open(this.regions, style.canvasFont, this.#margins);
    const [background, noClass, aboveOne] = [theme.background, theme.muted, theme.accent].map(channels);
    const lines = model.paint(row, {
      colours: style.colours, palette: style.palette, background, noClass, aboveOne, thresholds, showSums: values.paint === 1,
    });
    const image = surfaces.isRecording ? /** @type {any} */ (model.raster.toDataURL()) : model.raster;
    context.drawImage(image, left, top, width, height);
    /** @param {number} u */
    const x = (u) => left + (u / model.size) * width;
    /** @param {number} v */
    const y = (v) => top + height - (v / model.size) * height;
    context.strokeStyle = theme.text;
    context.lineWidth = 2.2 * pen;
    context.lineCap = "round";
    context.beginPath();
    for (let i = 0; i < lines.length; i += 4) {
      context.moveTo(x(lines[i]), y(lines[i + 1]));
      context.lineTo(x(lines[i + 2]), y(lines[i + 3]));
    }
    context.stroke();
  }

  /** Draw the title anew if it has changed. */
  updateTitle() {
    if (this.context.titleOf(this.model) !== this.#title) this.drawPoints();
  }

  drawPoints() {
    const { scene, style, surfaces, models, selectedSample } = this.context;
    const radius = (scene.labels.length > 400 ? 3.2 : 4.4) * style.pen * (models.length > 1 ? 0.85 : 1);
    const area = surfaces.open(this.canvas, style.canvasFont, this.#margins);
    drawAxes(area, style, { range: scene.xRange, name: scene.xName }, { range: scene.yRange, name: scene.yName });
    this.#drawTitle(area);
    scene.labels.forEach((_, i) => this.#drawSample(area, i, radius));
    if (selectedSample !== null && selectedSample < scene.nTrain) {
      drawRing(area.context, this.position(selectedSample, area), radius * 2.2, style.theme.text, 2.5 * style.pen);
    }
    if (scene.hasProbe) this.#drawCrosshair(area);
  }

  /**
   * Draw a sample: training samples filled, held-out ones hollow, several labels as sectors.
   * @param {DrawingArea} area
   * @param {number} i
   * @param {number} radius
   */
  #drawSample(area, i, radius) {
    const { scene, classes, style } = this.context, { theme, pen } = style, { context } = area;
    const [x, y] = this.position(i, area), k = scene.labels[i], isHeldOut = i >= scene.nTrain;
    const labels = theme.classes.filter((_, label) => label < classes && scene.multiLabels?.[i * classes + label]);
    if (labels.length > 1) return sectors(context, x, y, radius * 1.35, labels, theme.background);
    marker(context, scene.shapes[k], x, y, radius);
    context.fillStyle = isHeldOut ? theme.background : theme.classes[k];
    context.strokeStyle = isHeldOut ? theme.classes[k] : theme.background;
    context.lineWidth = (isHeldOut ? 1.8 : 1.2) * pen;
    context.fill();
    context.stroke();
  }

  /** @param {DrawingArea} area */
  #drawTitle({ context, left, top, width }) {
    const { style } = this.context;
    this.#title = this.context.titleOf(this.model);
    context.fillStyle = style.theme.text;
    context.textAlign = "center";
    context.textBaseline = "bottom";
    fillCentred(context, this.#title, left, width, top - 4, left - style.font * 1.5);
  }

  /** @param {DrawingArea} area */
  #drawCrosshair({ context, left, top, width, height }) {
    const { style, shownValues: values } = this.context, arm = 9 * style.pen;
    const x = left + (values.probe_x / 100) * width, y = top + (1 - values.probe_y / 100) * height;
    for (const [colour, thickness] of /** @type {[string, number][]} */ ([[style.theme.background, 6], [style.theme.text, 2.5]])) {
      context.strokeStyle = colour;
      context.lineWidth = thickness * style.pen;
      context.beginPath();
      context.arc(x, y, arm, 0, 2 * Math.PI);
      for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
        context.moveTo(x + dx * arm * 0.5, y + dy * arm * 0.5);
        context.lineTo(x + dx * arm * 1.8, y + dy * arm * 1.8);
      }
      context.stroke();
    }
  }

  // ---- positions ----

  /** The plotting area. */
  get area() {
    return areaWithin(this.canvas, this.#margins);
  }

  get #margins() {
    const { style, models } = this.context;
    return { left: style.font * 3.6, top: models.length > 1 ? style.font * 1.7 : 4, right: 4, bottom: style.font * 3.5 };
  }

  /** Pixel of a sample. @param {number} i @param {Area} area */
  position(i, area) {
    const { points, xRange, yRange } = this.context.scene;
    return [
      area.left + ((points[2 * i] - xRange[0]) / (xRange[1] - xRange[0])) * area.width,
      area.top + area.height * (1 - (points[2 * i + 1] - yRange[0]) / (yRange[1] - yRange[0])),
    ];
  }

  /** Position of the pointer as shares of the plane, 0 … 1 from the lower left. @param {MouseEvent} event */
  shareAt(event) {
    const { area } = this;
    return [(event.offsetX - area.left) / area.width, 1 - (event.offsetY - area.top) / area.height];
  }

  /** Position of the pointer in the units of the axes; null outside of them. @param {MouseEvent} event */
  valueAt(event) {
    const { xRange, yRange } = this.context.scene, [u, v] = this.shareAt(event);
    if (u < 0 || u > 1 || v < 0 || v > 1) return null;
    return [xRange[0] + u * (xRange[1] - xRange[0]), yRange[0] + v * (yRange[1] - yRange[0])];
  }

  /**
   * Return the index of the sample nearest to the pointer, among the first `count`; null if none is near.
   * @param {MouseEvent} event
   */
  nearest(event, count = this.context.scene.labels.length) {
    const { area } = this;
    let nearest = null, least = NEAR ** 2;
    for (let i = 0; i < count; i++) {
      const [x, y] = this.position(i, area);
      const distance = (x - event.offsetX) ** 2 + (y - event.offsetY) ** 2;
      if (distance < least) [nearest, least] = [i, distance];
    }
    return nearest;
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number[]} centre
 * @param {number} radius
 * @param {string} colour
 * @param {number} lineWidth
 */
export function drawRing(context, [x, y], radius, colour, lineWidth) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = colour;
  context.lineWidth = lineWidth;
  context.stroke();
}
