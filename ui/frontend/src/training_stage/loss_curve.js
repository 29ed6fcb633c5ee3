// The loss of each run over the steps.

/** @import { StageContext } from "./context.js" */
/** @import { Scale } from "../shared/ticks.js" */
/** @import { DrawingArea } from "./surfaces.js" */
/** @import { Row, Trajectory } from "./trajectory.js" */
import { drawAxes, spaceLeft } from "../shared/axes.js";
import { logarithmicScale, niceUpperBound } from "../shared/ticks.js";

const MAX_POINTS = 1500; // about the most points drawn per curve
const HELD_OUT_DASH = [6, 5];

export class LossCurve {
  /** @type {DrawingArea | null} */
  #area = null;

  /** @param {StageContext} context */
  constructor(context) {
    this.context = context;
    this.canvas = context.canvas(".curve");
  }

  draw() {
    const { scene, style, surfaces, axisEnd, rows } = this.context, { font, pen } = style;
    const scale = this.#scale(), { texts } = scene, axis = { ...scale, name: texts.lossAxis };
    const left = Math.max(font * 3.9, spaceLeft(axis, this.canvas.clientHeight, font));
    const margins = { left, top: 8 * pen, right: font * 1.3, bottom: font * 3.5 };
    const area = (this.#area = surfaces.open(this.canvas, style.canvasFont, margins)), { context } = area;
    drawAxes(area, style, { range: [0, axisEnd], name: texts.step }, axis);
    context.lineJoin = "round";
    this.#drawLegend(area);
    for (let i = rows.length - 1; i >= 0; i--) this.#drawRun(area, scale, i, rows[i]);
  }

  /**
   * @param {DrawingArea} area
   * @param {Scale} scale
   * @param {number} i
   * @param {Row} row
   */
  #drawRun({ context, left, top, width, height }, scale, i, row) {
    const { buffer, player, axisEnd, style } = this.context, { pen } = style, trajectory = buffer.trajectories[i];
    /** @param {number} step */
    const x = (step) => left + (step / axisEnd) * width;
    /** @param {number} loss */
    const y = (loss) => {
      const share = (scale.of(loss) - scale.range[0]) / (scale.range[1] - scale.range[0]);
      return top + height * (1 - Math.min(Math.max(share, 0), 1));
    };
    const head = trajectory.indexAt(row.step), end = trajectory.indexAt(player.furthest);
    context.strokeStyle = context.fillStyle = this.context.curveColour(i);
    for (const [name, dash] of curvesOf(row)) {
      context.lineWidth = (dash.length ? 2 : 2.4) * pen;
      context.setLineDash(dash);
      for (const [from, to, strength] of [[head, end, 0.3], [0, head, 1]]) {
        context.globalAlpha = strength;
        context.beginPath();
        for (const known of thinned(trajectory, from, to)) context.lineTo(x(known.step), y(known[name] ?? 0));
        context.stroke();
      }
      context.setLineDash([]);
    }
    context.beginPath();
    context.arc(x(row.step), y(row.loss), 5 * pen, 0, 2 * Math.PI);
    context.fill();
    context.lineWidth = pen;
    context.setLineDash([2, 4]);
    context.beginPath();
    for (const { step } of trajectory.changes.filter((change) => change.step <= player.furthest)) {
      context.moveTo(x(step), top);
      context.lineTo(x(step), top + height);
    }
    context.stroke();
    context.setLineDash([]);
  }

  /** Return the loss axis, linear or logarithmic by the settings. @returns {Scale} */
  #scale() {
    const { buffer, player, values } = this.context;
    const ranges = buffer.trajectories.map((trajectory) => trajectory.lossRange(player.furthest));
    const min = Math.min(...ranges.map((range) => range.min)), max = Math.max(...ranges.map((range) => range.max));
    const start = Math.max(...buffer.trajectories.map((trajectory) => trajectory.row(0).loss));
    if (values.scale === 1 && min > 0) return logarithmicScale(min / 1.15, max * 1.15);
    // A loss that explodes leaves the picture at the top, and the steps before it stay visible.
    return { range: [0, niceUpperBound(Math.max(Math.min(max, 10 * start), 1e-12))], of: (loss) => loss };
  }

  /**
   * Draw the names of the curves in the upper right, where a falling loss leaves space: in one row if the area is low.
   * @param {DrawingArea} area
   */
  #drawLegend({ context, left, top, width, height }) {
    const { scene, style, models, rows } = this.context, { texts } = scene;
    const several = rows.length > 1, hasHeldOut = rows[0].heldOut !== null;
    if (!several && !hasHeldOut) return;
    /** @type {[name: string, colour: string, dash: number[]][]} */
    const entries = models.flatMap(({ name }, i) => {
      const colour = this.context.curveColour(i);
      /** @type {[string, string, number[]]} */
      const training = [several ? name : texts.training, colour, []];
      if (!hasHeldOut) return [training];
      return [training, [several ? `${name}, ${texts.heldOut}` : texts.heldOut, colour, HELD_OUT_DASH]];
    });
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.lineWidth = 2.4 * style.pen;
    /** @param {string} name */
    const entryWidth = (name) => context.measureText(name).width + 46;
    const lineHeight = 1.5 * style.font, rowWidth = entries.reduce((sum, [name]) => sum + entryWidth(name), 0);
    const isRow = height < 2 * lineHeight * entries.length && rowWidth < width;
    let right = left + width - 8, y = top + (isRow ? 0.8 : 1.1) * style.font;
    for (const [name, colour, dash] of isRow ? entries.reverse() : entries) {
      context.fillStyle = style.theme.text;
      context.fillText(name, right - 34, y);
      context.strokeStyle = colour;
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(right - 28, y);
      context.lineTo(right, y);
      context.stroke();
      if (isRow) right -= entryWidth(name);
      else y += lineHeight;
    }
    context.setLineDash([]);
  }

  /** The step under the pointer; null outside of the steps shown. @param {MouseEvent} event */
  stepAt(event) {
    if (!this.#area) return null;
    const step = Math.round(((event.offsetX - this.#area.left) / this.#area.width) * this.context.axisEnd);
    return step < 0 || step > this.context.player.shown ? null : step;
  }
}

/**
 * Return which losses of a run are drawn, each with the dashes of its line.
 * @param {Row} row
 * @returns {["loss" | "heldOut", number[]][]}
 */
function curvesOf(row) {
  return row.heldOut === null ? [["loss", []]] : [["heldOut", HELD_OUT_DASH], ["loss", []]];
}

/**
 * Yield at most about MAX_POINTS rows between two indices, both included.
 * @param {Trajectory} trajectory
 * @param {number} from
 * @param {number} to
 */
function* thinned(trajectory, from, to) {
  const stride = Math.max(1, Math.floor((to - from) / MAX_POINTS));
  for (let i = from; i < to; i += stride) yield trajectory.row(i);
  if (to >= from) yield trajectory.row(to);
}
