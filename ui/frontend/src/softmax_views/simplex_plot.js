// The probability simplex of three classes: the prediction as a point, and its path when the temperature changes.

/** @import { MoveLogits } from "./geometry.js" */
/** @import { ViewData, ViewState } from "./live_view.js" */
/** @import { Point } from "./drawing.js" */
import { arrowStep } from "../shared/cell_focus.js";
import { svg } from "../shared/dom.js";
import { formatProbability } from "../shared/number_format.js";
import { simplexPoint } from "../shared/simplex.js";
import { softmax } from "../shared/softmax.js";
import { addDraggablePoint, addPlot, line, pointsText, rounded } from "./drawing.js";
import { className } from "./live_view.js";
import { levelLine, logitsFor, simplexProbabilities } from "./simplex_geometry.js";

const LEVELS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const NAMED_LEVELS = [0.5, 0.7, 0.9];
const PATH_TEMPERATURES = Array.from({ length: 161 }, (_, i) => 10 ** (-2.5 + (5 * i) / 160));
const MARKED_TEMPERATURES = [0.5, 1, 2, 5];
const CORNERS = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
const MIDDLE = [1 / 3, 1 / 3, 1 / 3];
const MIN_PROBABILITY = 0.0005; // a zero would need infinite logits
const KEY_STEP = 0.02;
const MIN_GAP = 24; // least distance between two labelled marks

export class SimplexPlot {
  /** @type {ViewState | null} */
  #state = null;

  /** @param {HTMLElement} root @param {ViewData} data @param {MoveLogits} moveLogits */
  constructor(root, data, moveLogits) {
    this.data = data;
    this.moveLogits = moveLogits;
    const { plot } = addPlot(root, "simplex", data.texts.simplex);
    addRegions(plot);
    this.path = svg(plot, "polyline", { class: "path" });
    this.marks = MARKED_TEMPERATURES.map((T) => ({
      dot: svg(plot, "circle", { r: 3.5, class: "marker" }),
      text: svg(plot, "text", { class: "marker-label" }, `T=${T}`),
    }));
    CORNERS.forEach((corner, k) => {
      const [x, y] = place(corner), [dx, dy] = [[14, 2], [-36, 28], [36, 28]][k];
      const style = `fill:var(--class-${k})`;
      svg(plot, "text", { x: x + dx, y: y + dy, class: `corner c${k}`, style }, className(data, k));
    });
    const [cx, cy] = place(MIDDLE);
    svg(plot, "circle", { cx, cy, r: 3, class: "marker" });
    this.point = addDraggablePoint(plot, { role: "application", label: data.texts.point, testId: "simplex-point" }, {
      move: ([x, y], released) => this.#move([(x - 40) / 360, (350 - y) / 360], released),
      cancel: () => moveLogits(null),
    });
    this.point.group.onkeydown = (event) => this.#press(event);
  }

  /** @param {ViewState} state */
  draw(state) {
    this.#state = state;
    const { logits, temperature } = state, p = softmax(logits, temperature);
    this.path.setAttribute("points", pointsText(PATH_TEMPERATURES.map((T) => place(softmax(logits, T)))));
    this.#drawMarks(logits);
    this.point.moveTo(place(p));
    const { group } = this.point;
    group.dataset.value = p.join(",");
    const shares = p.map((share, k) => `${this.data.names[k]} ${formatProbability(share)}`).join(this.data.texts.comma);
    group.setAttribute("aria-label", `${this.data.texts.point}${this.data.texts.colon}${shares}`);
  }

  /** Mark some temperatures on the path, and label those that have space for a label. @param {number[]} logits */
  #drawMarks(logits) {
    /** @type {Point[]} */
    const drawn = [];
    this.marks.forEach(({ dot, text }, i) => {
      const [x, y] = place(softmax(logits, MARKED_TEMPERATURES[i]));
      const hasSpace = drawn.every(([a, b]) => Math.hypot(a - x, b - y) >= MIN_GAP);
      if (hasSpace) drawn.push([x, y]);
      dot.setAttribute("transform", `translate(${rounded(x)} ${rounded(y)})`);
      text.setAttribute("x", String(rounded(x + 8)));
      text.setAttribute("y", String(rounded(y - 8)));
      text.style.display = hasSpace ? "" : "none";
    });
  }

  /** @param {number[]} point Point (u, v) of the simplex @param {boolean} released */
  #move(point, released) {
    if (!this.#state) return;
    const { logits, temperature } = this.#state;
    this.moveLogits(logitsFor(simplexProbabilities(point, MIN_PROBABILITY), temperature, logits), released);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const step = arrowStep(event.key);
    if (!step || !this.#state) return;
    event.preventDefault();
    event.stopPropagation();
    const [u, v] = simplexPoint(softmax(this.#state.logits, this.#state.temperature));
    this.#move([u + step[0] * KEY_STEP, v - step[1] * KEY_STEP], true);
  }
}

/** Return the position of probabilities in the plot. @param {number[]} p @returns {Point} */
function place(p) {
  const [u, v] = simplexPoint(p);
  return [40 + u * 360, 350 - v * 360];
}

/** Append the regions of the classes, and lines of equal largest probability. @param {SVGSVGElement} plot */
function addRegions(plot) {
  CORNERS.forEach((corner, k) => {
    const sides = [1, 2].map((step) => corner.map((a, i) => (a + CORNERS[(k + step) % 3][i]) / 2));
    const points = pointsText([corner, sides[0], MIDDLE, sides[1]].map(place));
    svg(plot, "polygon", { points, class: "region", style: `fill:var(--class-${k})` });
    for (const level of LEVELS) line(plot, levelLine(k, level).map(place), "level-line");
  });
  svg(plot, "polygon", { points: pointsText(CORNERS.map(place)), class: "edge" });
  for (const level of NAMED_LEVELS) {
    const [x, y] = place([level, (1 - level) / 2, (1 - level) / 2]);
    svg(plot, "text", { x, y: y + 4, class: "level-label" }, String(level));
  }
}
