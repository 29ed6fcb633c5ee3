// The Jacobian of softmax: how fast each probability changes with each logit.

/** @import { ViewData, ViewState } from "./live_view.js" */
import { listenToCells } from "../shared/cell_focus.js";
import { add } from "../shared/dom.js";
import { formatDecimal } from "../shared/number_format.js";
import { softmax } from "../shared/softmax.js";
import { addClassRow, addGrid, addSumRow } from "./grid.js";
import { className, liveView } from "./live_view.js";

/** ∂ŷᵢ/∂zⱼ = (ŷᵢ/T)(δᵢⱼ − ŷⱼ), one row per output. @param {number[]} p @param {number} temperature */
export function softmaxJacobian(p, temperature) {
  return p.map((a, i) => p.map((b, j) => (a * ((i === j ? 1 : 0) - b)) / temperature));
}

class JacobianTable {
  /** @param {HTMLElement} root @param {ViewData} data @param {(k: number | null) => void} highlight */
  constructor(root, data, highlight) {
    const { names, texts } = data;
    this.data = data;
    const { head, body } = addGrid(root, texts.table, names.length > 6 ? "heatmap" : "heatmap large");
    add(head, "th", "corner", texts.corner);
    this.headings = names.map((_, k) => {
      const heading = add(head, "th", "", `∂z ${className(data, k)}`);
      heading.scope = "col";
      heading.style.color = `var(--class-${k})`;
      return heading;
    });
    this.cells = names.map((_, i) => {
      return addClassRow(body, i, `∂ŷ ${className(data, i)}`, names.map((_, j) => `slope-${i}-${j}`));
    });
    listenToCells(this.cells, (position) => highlight(position && position[1]));
    this.sums = addSumRow(body, names.map(() => "0"));
    this.reading = add(root, "div", "sentence");
    this.reading.dataset.testid = "jacobian-reading";
  }

  /** @param {ViewState} state */
  draw({ logits, temperature, lastMoved, highlighted }) {
    const slopes = softmaxJacobian(softmax(logits, temperature), temperature);
    const max = Math.max(...slopes.flat().map(Math.abs));
    const column = highlighted ?? lastMoved;
    this.cells.forEach((cells, i) =>
      cells.forEach((cell, j) => {
        drawSlope(cell, slopes[i][j], max);
        cell.classList.toggle("highlighted", j === column);
      }),
    );
    for (const cells of [this.headings, this.sums]) {
      cells.forEach((cell, j) => cell.classList.toggle("highlighted", j === column));
    }
    const gain = formatDecimal(slopes[column][column] * 0.1, 4);
    this.reading.textContent = this.data.texts.reading.replace("{name}", className(this.data, column)).replace("{gain}", gain);
    this.reading.style.color = `var(--class-${column})`;
  }
}

/** Show a slope as a number and as a shade. @param {HTMLElement} cell @param {number} slope @param {number} max */
function drawSlope(cell, slope, max) {
  const text = formatDecimal(slope), share = max ? Math.abs(slope) / max : 0;
  cell.textContent = slope > 0 && text !== "0.000" ? `+${text}` : text;
  cell.dataset.value = String(slope);
  const [colour, opacity] = slope < 0 ? ["var(--st-text-color)", 30] : ["var(--st-primary-color)", 55];
  cell.style.background = `color-mix(in srgb, ${colour} ${(share * opacity).toFixed(1)}%, transparent)`;
}

export default liveView((root, data, highlight) => new JacobianTable(root, data, highlight));
