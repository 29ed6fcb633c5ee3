// The reliability diagram: the accuracy of each bin against its mean confidence, at T = 1 and at the temperature chosen.

/** @import { Bin } from "./measures.js" */
import { svg } from "../shared/dom.js";

const WIDTH = 440, HEIGHT = 372, LEFT = 58, BOTTOM = 50, TOP = 10, RIGHT = 14;
const CENTRE_X = (LEFT + WIDTH - RIGHT) / 2, CENTRE_Y = (TOP + HEIGHT - BOTTOM) / 2;

/** Return the pixel of a confidence and an accuracy in the diagram. @param {number} confidence @param {number} accuracy */
function position(confidence, accuracy) {
  return [LEFT + confidence * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - accuracy * (HEIGHT - BOTTOM - TOP)];
}

export class ReliabilityPlot {
  /** @param {Element} parent @param {Record<string, string>} texts */
  constructor(parent, texts) {
    this.root = svg(parent, "svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
    this.#drawGrid();
    svg(this.root, "text", { x: CENTRE_X, y: HEIGHT - 8, "text-anchor": "middle" }, texts.across);
    svg(this.root, "text", { "text-anchor": "middle", transform: `translate(15 ${CENTRE_Y}) rotate(-90)` }, texts.up);
    const [x1, y1] = position(0, 0), [x2, y2] = position(1, 1);
    svg(this.root, "line", { class: "ideal", x1, y1, x2, y2 });
    this.#label(0.04, 0.9, "start", texts.modest);
    this.#label(0.98, 0.06, "end", texts.bold);
    this.curves = svg(this.root, "g", {});
  }

  /** @param {Bin[]} before Bins at T = 1 @param {Bin[]} now Bins at the temperature chosen @param {string} alt */
  draw(before, now, alt) {
    this.root.setAttribute("aria-label", alt);
    this.curves.replaceChildren();
    this.#drawCurve(before, "before");
    this.#drawDistances(now);
    this.#drawCurve(now, "now");
  }

  #drawGrid() {
    for (let tick = 0; tick <= 5; tick++) {
      const value = tick / 5, [x, y] = position(value, value);
      svg(this.root, "line", { class: "grid", x1: x, x2: x, y1: TOP, y2: HEIGHT - BOTTOM });
      svg(this.root, "line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y });
      svg(this.root, "text", { x, y: HEIGHT - BOTTOM + 18, "text-anchor": "middle" }, String(value));
      svg(this.root, "text", { x: LEFT - 8, y: y + 5, "text-anchor": "end" }, String(value));
    }
  }

  /** @param {number} confidence @param {number} accuracy @param {string} anchor @param {string} text */
  #label(confidence, accuracy, anchor, text) {
    const [x, y] = position(confidence, accuracy);
    svg(this.root, "text", { class: "region-label", x, y, "text-anchor": anchor }, text);
  }

  /** Draw a vertical line from each bin to the diagonal. @param {Bin[]} bins */
  #drawDistances(bins) {
    for (const { confidence, accuracy } of bins) {
      const [x, y1] = position(confidence, accuracy), [, y2] = position(confidence, confidence);
      svg(this.curves, "line", { class: "gap", x1: x, x2: x, y1, y2 });
    }
  }

  /** Draw a line through the bins, with larger markers for more samples. @param {Bin[]} bins @param {"before" | "now"} kind */
  #drawCurve(bins, kind) {
    const total = bins.reduce((sum, { count }) => sum + count, 0);
    const positions = bins.map(({ confidence, accuracy }) => position(confidence, accuracy));
    svg(this.curves, "polyline", { class: kind, points: positions.map((xy) => xy.join()).join(" ") });
    bins.forEach(({ confidence, accuracy, count }, i) => {
      const [x, y] = positions[i], r = 4 + 14 * Math.sqrt(count / total);
      const mark =
        kind === "now"
          ? svg(this.curves, "circle", { class: kind, cx: x, cy: y, r })
          : svg(this.curves, "rect", { class: kind, x: x - r, y: y - r, width: 2 * r, height: 2 * r });
      svg(mark, "title", {}, `${confidence.toFixed(3)} → ${accuracy.toFixed(3)} (n = ${count})`);
    });
  }
}
