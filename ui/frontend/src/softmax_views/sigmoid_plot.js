// Softmax of the first two logits as a point on the sigmoid of their difference.

/** @import { MoveLogits } from "./geometry.js" */
/** @import { ViewData, ViewState } from "./live_view.js" */
/** @import { Point } from "./drawing.js" */
import { add, svg } from "../shared/dom.js";
import { formatDecimal, formatProbability } from "../shared/number_format.js";
import { sigmoid, sigmoidOf, softmax } from "../shared/softmax.js";
import { addDraggablePoint, addPlot, line, pointsText, rounded } from "./drawing.js";
import { className } from "./live_view.js";
import { LIMIT, logitsWithDifference } from "./simplex_geometry.js";

const CURVE = Array.from({ length: 121 }, (_, i) => -LIMIT + i / 5);
const EVERY = 5; // a circle for softmax is drawn at every fifth point of the curve

/** @type {Record<string, number>} */
const KEY_STEPS = { ArrowUp: 0.1, ArrowRight: 0.1, ArrowDown: -0.1, ArrowLeft: -0.1, PageUp: 1, PageDown: -1 };

export class SigmoidPlot {
  /** @type {ViewState | null} */
  #state = null;

  /** @param {HTMLElement} root @param {ViewData} data @param {MoveLogits} moveLogits */
  constructor(root, data, moveLogits) {
    const { names, texts } = data;
    this.moveLogits = moveLogits;
    const { figure, plot } = addPlot(root, "sigmoid", `${className(data, 0)}${texts.comma}${className(data, 1)}${texts.colon}${texts.sigmoid}`);
    addAxes(plot);
    addCurve(plot);
    this.guide = svg(plot, "polyline", { class: "guide" });
    const label = `${texts.difference} ${names[0]}, ${names[1]}`;
    this.point = addDraggablePoint(plot, { role: "slider", label, testId: "sigmoid-point" }, {
      move: ([x], released) => this.#move(((x - 60) / 360) * 2 * LIMIT - LIMIT, released),
      cancel: () => moveLogits(null),
    });
    const { group } = this.point;
    group.setAttribute("aria-valuemin", String(-LIMIT));
    group.setAttribute("aria-valuemax", String(LIMIT));
    group.onkeydown = (event) => this.#press(event);
    this.words = add(figure, "div", "sentence");
    this.words.dataset.testid = "sigmoid-reading";
  }

  /** @param {ViewState} state */
  draw(state) {
    this.#state = state;
    const z = scaledDifference(state), ofDifference = sigmoidOf(z);
    const [ofPair] = softmax(state.logits.slice(0, 2), state.temperature);
    const shown = Math.min(Math.max(z, -LIMIT), LIMIT), [x, y] = place(shown, ofDifference);
    this.point.moveTo([x, y]);
    this.point.group.setAttribute("aria-valuenow", String(rounded(shown)));
    this.point.group.dataset.value = String(ofDifference);
    this.guide.setAttribute("points", pointsText([[x, 340], [x, y], [60, y]]));
    this.words.textContent = `softmax(z₁, z₂)₁ = ${formatProbability(ofPair)} = σ(${formatDecimal(z, 2)})`;
    this.words.dataset.value = String(ofPair);
  }

  /** @param {number} difference (z₁ − z₂)/T @param {boolean} released */
  #move(difference, released) {
    if (!this.#state) return;
    this.moveLogits(logitsWithDifference(difference, this.#state.temperature, this.#state.logits), released);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const step = KEY_STEPS[event.key];
    if (!step || !this.#state) return;
    event.preventDefault();
    event.stopPropagation();
    this.#move(scaledDifference(this.#state) + step, true);
  }
}

/** @param {ViewState} state */
function scaledDifference({ logits, temperature }) {
  return (logits[0] - logits[1]) / temperature;
}

/** The position of a value in the plot. @param {number} z @param {number} y @returns {Point} */
function place(z, y) {
  return [60 + ((z + LIMIT) / (2 * LIMIT)) * 360, 340 - y * 290];
}

/** @param {SVGSVGElement} plot */
function addAxes(plot) {
  for (const y of [0, 0.5, 1]) {
    line(plot, [place(-LIMIT, y), place(LIMIT, y)], "grid");
    svg(plot, "text", { x: 50, y: place(0, y)[1] + 5, class: "tick end" }, String(y));
  }
  for (const z of [-10, -5, 0, 5, 10]) {
    if (z === 0) line(plot, [place(z, 0), place(z, 1)], "grid");
    svg(plot, "text", { x: place(z, 0)[0], y: 360, class: "tick" }, String(z).replace("-", "−"));
  }
  svg(plot, "text", { x: 240, y: 384, class: "tick" }, "u");
}

/** Append the sigmoid's curve, circles with the values of softmax, and a legend. @param {SVGSVGElement} plot */
function addCurve(plot) {
  svg(plot, "polyline", { points: pointsText(sigmoid(CURVE).map((y, i) => place(CURVE[i], y))), class: "curve" });
  for (let i = 0; i < CURVE.length; i += EVERY) {
    const [cx, cy] = place(CURVE[i], softmax([CURVE[i], 0])[0]);
    svg(plot, "circle", { cx, cy, r: 4, class: "circle" });
  }
  line(plot, [[70, 30], [98, 30]], "curve");
  svg(plot, "text", { x: 106, y: 35, class: "legend" }, "σ(u)");
  svg(plot, "circle", { cx: 84, cy: 58, r: 4, class: "circle" });
  svg(plot, "text", { x: 106, y: 63, class: "legend" }, "softmax(u, 0)₁");
}
